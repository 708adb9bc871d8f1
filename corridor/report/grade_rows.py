"""How much of each option's cost and time rests on which grade of evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import fsum

from corridor.analysis.assessment import Assessment, Option
from corridor.evidence import NOT_GRADED, Evidence
from corridor.report.evidence_used import (
    GRADE_ORDER,
    money_grade_shares,
    other_years,
    price_year_shares,
    time_grade_shares,
    weak_share,
)
from corridor.report.numerals import share_text
from corridor.report.option_rows import BarPart

GRADE_COLORS = {"A": "#2f6f4f", "B": "#8db59b", "C": "#e0a63c", "D": "#c05a3a", NOT_GRADED: "#d5d9dd"}


@dataclass(frozen=True, slots=True)
class GradeRow:
    """How much of an option's cost and time rests on each grade, and how much of its cost is in other prices.

    Parameters
    ----------
    other_years : share of the cost in prices of other years than the base year; by_year : the years, as printed
    """

    label: str
    weak_cost: str
    weak_time: str
    other_years: str
    by_year: str
    cost_bar: tuple[BarPart, ...]
    time_bar: tuple[BarPart, ...]


def build_grade_rows(assessment: Assessment) -> list[GradeRow]:
    """Shares of cost and time by grade, one row per option."""
    return [_grade_row(option, assessment.evidence) for option in assessment.all_options]


def _grade_row(option: Option, evidence: Evidence) -> GradeRow:
    cost, time = money_grade_shares(option, evidence), time_grade_shares(option, evidence)
    other = other_years(price_year_shares(option, evidence), evidence.prices.base_year)
    return GradeRow(
        label=option.label,
        weak_cost=share_text(weak_share(cost)),
        weak_time=share_text(weak_share(time)),
        other_years=share_text(fsum(other.values())),
        by_year=", ".join(f"{year}: {share_text(share)}" for year, share in other.items()),
        cost_bar=_grade_bar(cost),
        time_bar=_grade_bar(time),
    )


def _grade_bar(shares: Mapping[str, float]) -> tuple[BarPart, ...]:
    bar, start = [], 0.0
    for grade in GRADE_ORDER:
        name = "not graded" if grade == NOT_GRADED else f"grade {grade}"
        width = 100 * shares[grade]
        bar.append(
            BarPart(name, f"{name}: {share_text(shares[grade])}", GRADE_COLORS[grade], round(start, 3), round(width, 3))
        )
        start += width
    return tuple(bar)
