"""Rows of the table in the one-page brief: the options that it lists, every cell as it is printed."""

from __future__ import annotations

from dataclasses import dataclass

from corridor.analysis.assessment import Assessment, Option
from corridor.futures.reliability import Spread
from corridor.futures.study import FuturesStudy
from corridor.report.futures_wording import odds_text
from corridor.report.naming import post_names, short_corridor_names
from corridor.report.numerals import counted, joined
from corridor.report.option_rows import build_option_rows
from corridor.report.wording import compared_option

LISTED_MAX = 6
"""So many open options stand in the table, the others are counted."""


@dataclass(frozen=True, slots=True)
class Letter:
    """The letter of an option on its colour."""

    label: str
    color: str
    ink: str


@dataclass(frozen=True, slots=True)
class BriefRow:
    """One open option; cells on the futures are empty where there are none.

    Parameters
    ----------
    half_within, most_within : days that half of the trucks, and 19 in 20, do not exceed
    first : in how many futures it is the cheapest over many trips, as text; first_share : the same as a number
    """

    letter: Letter
    corridor: str
    posts: tuple[str, ...]
    usd: str
    is_lower_bound: bool
    days: str
    half_within: str
    most_within: str
    co2e: str
    first: str
    first_share: float


def listed_options(assessment: Assessment, study: FuturesStudy | None) -> tuple[Option, ...]:
    """The best, its rival, the leader over the futures, then those that are the cheapest in most futures."""
    options = assessment.options
    told = {compared_option(assessment).label} if len(options) > 1 else set()
    told |= {options[0].label} if options else set()
    told |= {study.leader} if study else set()
    others = [option.label for option in options if option.label not in told]
    if study:
        others.sort(key=study.ranks_on_average.first_share, reverse=True)
    chosen = told | set(others[: LISTED_MAX - len(told)])
    return tuple(option for option in options if option.label in chosen)


def build_brief_rows(assessment: Assessment, study: FuturesStudy | None) -> list[BriefRow]:
    """One row per listed option, in the order of the ranking."""
    return [_brief_row(option, assessment, study) for option in listed_options(assessment, study)]


def _brief_row(option: Option, assessment: Assessment, study: FuturesStudy | None) -> BriefRow:
    row = build_option_rows(assessment, [option])[0]
    days = _days_of(option, study)
    share = study.ranks_on_average.first_share(option.label) if study else 0.0
    return BriefRow(
        letter=Letter(row.label, row.color, row.ink),
        corridor=short_corridor_names(option, assessment.evidence),
        posts=post_names(option, assessment.evidence),
        usd=row.usd,
        is_lower_bound=row.is_lower_bound,
        days=row.days,
        half_within=f"{days.p50:.1f}" if days else "",
        most_within=f"{days.p95:.1f}" if days else "",
        co2e=row.co2e,
        first=odds_text(share) if study else "",
        first_share=share,
    )


def _days_of(option: Option, study: FuturesStudy | None) -> Spread | None:
    """Days of an option over the futures."""
    return next((row.days for row in study.reliability.options if row.label == option.label), None) if study else None


def closed_letters(assessment: Assessment) -> list[Letter]:
    """Letters of the closed options, as on the map."""
    rows = build_option_rows(assessment, assessment.closed_options)
    return [Letter(row.label, row.color, row.ink) for row in rows]


def unlisted_sentence(assessment: Assessment, study: FuturesStudy | None) -> str:
    """How many open options are not listed, and where they are; empty where all are."""
    listed = listed_options(assessment, study)
    labels = [option.label for option in assessment.options if option not in listed]
    if not labels:
        return ""
    ways = counted(len(labels), "more open way", "more open ways")
    share = sum(map(study.ranks_on_average.first_share, labels)) if study else 0.0
    odds = f" (the cheapest in {odds_text(share)})" if study else ""
    return f"{ways}, {joined(labels)}{odds}, {'is' if len(labels) == 1 else 'are'} in report.html."
