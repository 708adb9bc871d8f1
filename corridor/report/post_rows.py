"""Rows of the border ledger: what happens to a truck at each post, and what the figure rests on."""

from __future__ import annotations

from dataclasses import dataclass

from corridor.analysis.assessment import Option
from corridor.costs.ledger import MONEY_COMPONENTS
from corridor.evidence import RUNGS, Evidence, Fee, SideTime
from corridor.report.naming import country_name
from corridor.report.numerals import clock_text, hours_text, usd_text
from corridor.report.profile import PostVisit, build_post_visits


@dataclass(frozen=True, slots=True)
class SideCell:
    """Hours or USD of one side of a post, and what they rest on."""

    text: str
    evidence: str
    grade: str


@dataclass(frozen=True, slots=True)
class PostRow:
    """One post in the border ledger of an option."""

    name: str
    direction: str
    arrival: str
    queue: SideCell
    exit_side: SideCell
    entry_side: SideCell
    shut: str
    swap: str
    sea: str
    total: str
    fees: str
    exit_fee: SideCell
    entry_fee: SideCell
    other_fees: tuple[str, ...]
    fee_evidence: str


def build_post_rows(option: Option, evidence: Evidence) -> list[PostRow]:
    """The border ledger of an option, in order of travel."""
    return [build_post_row(visit, evidence) for visit in build_post_visits(option, evidence)]


def build_post_row(visit: PostVisit, evidence: Evidence) -> PostRow:
    """One post: hours and fees of each side with their evidence."""
    times = evidence.crossings[visit.crossing_id].times[visit.direction]
    leaving, entering = visit.direction.split("-")
    return PostRow(
        name=visit.name,
        direction=f"{country_name(leaving, evidence)} to {country_name(entering, evidence)}",
        arrival=clock_text(visit.arrival_h),
        queue=_side_cell(visit.queue_h, times.queue),
        exit_side=_side_cell(visit.exit_side_h, times.exit_side),
        entry_side=_side_cell(visit.entry_side_h, times.entry_side),
        shut=hours_text(visit.shut_h) if visit.shut_h else "",
        swap=hours_text(visit.swap_h) if visit.swap_h else "",
        sea=_sea_text(visit),
        total=hours_text(visit.hours),
        fees=_fees_text(visit),
        exit_fee=_fee_cell(times.exit_fee),
        entry_fee=_fee_cell(times.entry_fee),
        other_fees=tuple(_other_fee_text(component, usd) for component, usd in visit.other_fees if usd != 0),
        fee_evidence="; ".join(dict.fromkeys(_evidence_text(fee) for fee in (times.exit_fee, times.entry_fee))),
    )


def _sea_text(visit: PostVisit) -> str:
    """Hours of a ferry: "65.8 h of it waiting for the ferry, 21 h at sea"; empty at a post."""
    if not visit.ferry_h:
        return ""
    return f"{hours_text(visit.ferry_wait_h)} of it waiting for the ferry, {hours_text(visit.ferry_h)} at sea"


def _side_cell(hours: float, side: SideTime) -> SideCell:
    return SideCell(hours_text(hours), _evidence_text(side), side.grade)


def _fees_text(visit: PostVisit) -> str:
    """Fees of a visit; nothing known beside something unknown is unknown, not "at least 0"."""
    if visit.has_unknown_fee and visit.fees_usd == 0:
        return "unknown"
    return usd_text(visit.fees_usd, is_lower_bound=visit.has_unknown_fee)


def _other_fee_text(component: str, usd: float | None) -> str:
    """A fee beside those of the two sides: Bridge fees 107 USD, Entry and transit fees unknown."""
    amount = "unknown" if usd is None else usd_text(usd, is_lower_bound=False)
    return f"{MONEY_COMPONENTS[component]} {amount}"


def _fee_cell(fee: Fee) -> SideCell:
    text = "unknown" if fee.usd is None else usd_text(fee.usd, is_lower_bound=False)
    return SideCell(text, _evidence_text(fee), fee.grade)


def _evidence_text(side: SideTime | Fee) -> str:
    """The rung of evidence and its year: "measured at this post, side and direction, 2023"."""
    return RUNGS[side.rung] + (f", {side.year}" if side.year else "")
