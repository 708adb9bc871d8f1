"""Sections of the calibration page on misses: what they come from, as far as the figures tell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from corridor.analysis.calibration import CountryComparison, CpmmComparison
from corridor.analysis.calibration_posts import SideUse
from corridor.report.calibration_countries import WAYS, number_or_dash, years_text
from corridor.report.sections import Section


def misses_section(countries: Sequence[CountryComparison], name: Mapping[str, str]) -> Section:
    """What the misses in speed with stops come from, as far as the figures tell."""
    rows = [
        (
            name[row.country],
            f"{speed.modelled:.1f}",
            years_text(speed),
            number_or_dash(row.swd_with_published_hours, 1),
            number_or_dash(row.totals.km_per_passage, 0),
            number_or_dash(row.totals.km_per_passage_at(speed.latest.value), 0),
            _cause(row, speed),
        )
        for row in countries
        if (speed := row.measures.get("swd_stops")) and not speed.is_inside
    ]
    return Section(
        "Where the speed with stops misses, and why",
        "Two trials on each miss: every side at the hours that CPMM published last, and the length of a passage at "
        "which the model's own hours would give CPMM's latest speed.",
        ("country", "model", "CPMM", "at CPMM's hours a side", "km each", "km that would agree", "what it points to"),
        tuple(rows),
    )


def hours_misses_section(
    countries: Sequence[CountryComparison], sides: Sequence[SideUse], name: Mapping[str, str]
) -> Section:
    """Which sides take the hours of a country out of CPMM's range."""
    rows = [
        (name[row.country], f"{hours.modelled:.1f}", years_text(hours), "; ".join(_far_sides(hours, sides, name)))
        for row in countries
        if (hours := row.measures.get("side_h")) and not hours.is_inside
    ]
    return Section(
        "Where the hours a side miss, and why",
        "The sides on the wrong side of CPMM's years, with the evidence that the model took.",
        ("country", "model", "CPMM", "sides beyond"),
        tuple(rows),
    )


def _far_sides(hours: CpmmComparison, sides: Sequence[SideUse], name: Mapping[str, str]) -> list[str]:
    own = [side for side in sides if side.country == hours.country]
    above = hours.modelled > hours.high
    far = [side for side in own if (side.hours > hours.high if above else side.hours < hours.low)]
    return [
        f"{name[side.crossing]} {WAYS[side.movement]} {side.hours:.1f} h ({side.rung.replace('_', ' ')}, {side.grade})"
        for side in far
    ]


def _cause(row: CountryComparison, speed: CpmmComparison) -> str:
    at_published = row.swd_with_published_hours
    agreeing_km, km = row.totals.km_per_passage_at(speed.latest.value), row.totals.km_per_passage or 0.0
    if at_published is not None and speed.low <= round(at_published, 1) <= speed.high:
        return "hours at the posts"
    if agreeing_km is None:
        return "road stops: no length of passage would agree"
    longer = "longer" if agreeing_km > km else "shorter"
    if at_published is None or (at_published < speed.low) == (speed.modelled < speed.low):
        return f"passages that CPMM measures are {longer}, or its road stops differ"
    return "hours at the posts, and the length of passages"
