"""Rows of the ranking and of the closed presets: every cell as it is printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corridor.analysis.assessment import Assessment, Option
from corridor.evidence import Evidence
from corridor.report.bars import cost_parts, time_parts
from corridor.report.evidence_used import money_grade_shares, time_grade_shares, weak_share
from corridor.report.naming import country_name, option_title, post_names, short_post_name
from corridor.report.numerals import (
    HOURS_PER_DAY,
    KG_PER_T,
    NBSP,
    counted,
    joined,
    share_text,
)
from corridor.report.palette import GROUP_COLORS, OptionStyle, ink_on, option_styles
from corridor.report.profile import border_hours


@dataclass(frozen=True, slots=True)
class BarPart:
    """One part of a bar: where it starts and how wide it is, in per cent of the widest bar."""

    name: str
    text: str
    color: str
    start: float
    width: float


@dataclass(frozen=True, slots=True)
class OptionRow:
    """One option in the ranking or among the closed ones."""

    label: str
    color: str
    ink: str
    is_open: bool
    name: str
    chain: str
    also_via: str
    named: str
    plates: str
    length: str
    usd: str
    is_lower_bound: bool
    generalised: str
    days: str
    border_days: str
    co2e: str
    weak_cost: str
    weak_time: str
    usd_bar: tuple[BarPart, ...]
    time_bar: tuple[BarPart, ...]
    reasons: tuple[tuple[str, str], ...]


def build_option_rows(assessment: Assessment, options: Sequence[Option]) -> list[OptionRow]:
    """Rows of some options; bars share one scale over all options of the assessment."""
    styles = option_styles(assessment.all_options)
    most_usd = max(option.ledger.money_usd for option in assessment.all_options)
    most_h = max(option.ledger.time_h for option in assessment.all_options)
    return [
        _option_row(option, assessment, styles[option.label], most_usd=most_usd, most_h=most_h) for option in options
    ]


def _option_row(
    option: Option, assessment: Assessment, style: OptionStyle, *, most_usd: float, most_h: float
) -> OptionRow:
    ledger, evidence = option.ledger, assessment.evidence
    return OptionRow(
        label=option.label,
        color=style.color,
        ink=ink_on(style.color),
        is_open=option.is_open,
        name=option_title(option, assessment.all_options, evidence),
        chain=" › ".join(post_names(option, evidence)) or "no border post",
        also_via=also_via_text(option, evidence),
        named=named_text(option, evidence),
        plates=_plates_text(option, evidence),
        length=f"{option.length_km:,.0f}",
        usd=f"{ledger.money_usd:,.0f}",
        is_lower_bound=ledger.is_lower_bound,
        generalised=f"{option.generalised_cost_usd:,.0f}",
        days=f"{ledger.time_h / HOURS_PER_DAY:.1f}",
        border_days=f"{border_hours(option) / HOURS_PER_DAY:.1f}",
        co2e=f"{ledger.co2e_wtw_kg / KG_PER_T:.1f}",
        weak_cost=share_text(weak_share(money_grade_shares(option, evidence))),
        weak_time=share_text(weak_share(time_grade_shares(option, evidence))),
        usd_bar=build_bar(cost_parts(option), most_usd, unit="USD"),
        time_bar=build_bar(time_parts(option), most_h, unit="h"),
        reasons=tuple((evidence.crossings[post.crossing_id].name, post.reason) for post in option.closed_posts),
    )


def named_text(option: Option, evidence: Evidence) -> str:
    """Whether the option follows a corridor that the minister named himself (corridors.csv)."""
    if any(evidence.corridors[name].named_by_minister for name in option.corridors):
        return "Follows a way that the minister named at the April 2025 meeting."
    return ""


def also_via_text(option: Option, evidence: Evidence) -> str:
    """How many near-copies were merged into an option, and which parallel posts they use instead."""
    if not option.also_via:
        return ""
    others = sorted({post for chain in option.also_via for post in chain} - set(option.post_ids))
    names = joined([short_post_name(evidence.crossings[post].name) for post in others])
    copies = counted(len(option.also_via), "near-copy", "near-copies")
    return f"{copies} through parallel posts: {names}." if names else f"{copies} of the same posts."


def _plates_text(option: Option, evidence: Evidence) -> str:
    """Whose tractors pull the trailer, in order."""
    names = dict.fromkeys(country_name(plate, evidence) for _, plate in option.plates)
    return " then ".join(names)


def build_bar(parts: Mapping[str, float], most: float, *, unit: str) -> tuple[BarPart, ...]:
    """Parts of a bar one after the other, in per cent of `most`."""
    bar, start = [], 0.0
    for name, size in parts.items():
        width = 100 * size / most if most else 0.0
        bar.append(
            BarPart(name, f"{name}: {size:,.0f}{NBSP}{unit}", GROUP_COLORS[name], round(start, 3), round(width, 3))
        )
        start += width
    return tuple(bar)
