"""One option along its way: when it reaches each post, and how hours and USD grow with the kilometres."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import fsum

from corridor.analysis.assessment import Option, Stage
from corridor.evidence import Evidence

SHUT_TIME = ("opening_wait", "closure_wait", "holiday_wait")
BORDER_TIME = ("border_queue", *SHUT_TIME, "exit_side", "entry_side", "swap", "ferry_wait")
"""Components of time that pass at a post or in a port."""

FEES_AT_POST = (
    "border_fee",
    "bridge_fee",
    "entry_fee",
    "entry_extras",
    "tir_carnet",
    "insurance",
    "permit",
    "swap_fee",
    "ferry_fare",
)
"""Components of money that are paid once at a post, however long the truck waits."""


@dataclass(frozen=True, slots=True)
class PostVisit:
    """What happens to a truck at one post.

    Parameters
    ----------
    at_km, arrival_h : since departure; arrival is at the end of the queue
    shut_h : waiting for the post to open, closures to be expected and closed days
    ferry_wait_h, ferry_h : waiting for a ferry and at sea; 0 at a post
    fees_usd : known fees; `has_unknown_fee` says that there are others
    other_fees : component and USD of what is paid here beside the fees of the two sides; None = unknown
    """

    stage: int
    crossing_id: str
    name: str
    direction: str
    lon: float
    lat: float
    at_km: float
    arrival_h: float
    queue_h: float
    shut_h: float
    exit_side_h: float
    entry_side_h: float
    swap_h: float
    ferry_wait_h: float
    ferry_h: float
    fees_usd: float
    has_unknown_fee: bool
    other_fees: tuple[tuple[str, float | None], ...]

    @property
    def hours(self) -> float:
        """Everything that passes at the post, or from port to port."""
        sides_h = (self.queue_h, self.shut_h, self.exit_side_h, self.entry_side_h, self.swap_h)
        return fsum((*sides_h, self.ferry_wait_h, self.ferry_h))


@dataclass(frozen=True, slots=True)
class Step:
    """One point of a staircase: kilometres and the amount (h or USD) so far; `post` where it jumped."""

    length_km: float
    amount: float
    post: str


def build_post_visits(option: Option, evidence: Evidence) -> tuple[PostVisit, ...]:
    """One visit per post of the option, in order of travel."""
    return tuple(_visit(option, number, evidence) for number, stage in enumerate(option.stages) if stage.kind == "post")


def _visit(option: Option, number: int, evidence: Evidence) -> PostVisit:
    stage = option.stages[number]
    crossing = evidence.crossings[stage.crossing_id]
    paid = [row for row in option.ledger.money if row.stage == number and row.component in FEES_AT_POST]
    fees = [row.usd for row in paid]
    return PostVisit(
        stage=number,
        crossing_id=stage.crossing_id,
        name=crossing.name,
        direction=stage.direction,
        lon=crossing.lon,
        lat=crossing.lat,
        at_km=fsum(before.length_km for before in option.stages[:number]),
        arrival_h=fsum(row.hours for row in option.ledger.time if row.stage < number),
        queue_h=_hours(option, number, ("border_queue",)),
        shut_h=_hours(option, number, SHUT_TIME),
        exit_side_h=_hours(option, number, ("exit_side",)),
        entry_side_h=_hours(option, number, ("entry_side",)),
        swap_h=_hours(option, number, ("swap",)),
        ferry_wait_h=_hours(option, number, ("ferry_wait",)),
        ferry_h=_hours(option, number, ("ferry",)),
        fees_usd=fsum(usd for usd in fees if usd is not None),
        has_unknown_fee=None in fees,
        other_fees=tuple((row.component, row.usd) for row in paid if row.component != "border_fee"),
    )


def _hours(option: Option, stage: int, components: Iterable[str]) -> float:
    wanted = frozenset(components)
    return fsum(row.hours for row in option.ledger.time if row.stage == stage and row.component in wanted)


def border_hours(option: Option) -> float:
    """Hours an option spends at its posts."""
    return fsum(row.hours for row in option.ledger.time if row.component in BORDER_TIME)


def build_time_steps(option: Option) -> tuple[Step, ...]:
    """Hours since departure along the way; they jump at posts."""
    by_stage = option.ledger.hours_by(lambda row: row.stage)
    return _steps(option.stages, by_stage)


def build_money_steps(option: Option) -> tuple[Step, ...]:
    """Known USD since departure along the way; they jump at posts."""
    by_stage = option.ledger.usd_by(lambda row: row.stage)
    return _steps(option.stages, by_stage)


def _steps(stages: tuple[Stage, ...], by_stage: dict[object, float]) -> tuple[Step, ...]:
    steps = [Step(0.0, 0.0, "")]
    for number, stage in enumerate(stages):
        before = steps[-1]
        post = stage.label if stage.kind == "post" else ""
        steps.append(Step(before.length_km + stage.length_km, before.amount + by_stage.get(number, 0.0), post))
    return tuple(steps)
