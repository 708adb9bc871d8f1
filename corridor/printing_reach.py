"""How far a place reaches, on the terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from corridor.printing import print_json, print_table
from corridor.report.background import Floats
from corridor.report.naming import country_name
from corridor.report.numerals import with_plain_spaces
from corridor.report.reach_bands import DAYS_BANDS
from corridor.report.reach_findings import Reach, ReachChange, count_within
from corridor.report.reach_rows import common_usd_bands, reach_document, shut_reasons
from corridor.report.reach_wording import (
    corridors_title,
    days_change_title,
    days_title,
    facts_text,
    gain_text,
    usd_change_title,
)

Values = Callable[[Reach], Floats]


def print_reach(reach: Reach, change: ReachChange | None, *, folder: Path, as_json: bool) -> None:
    """What lies within days and USD, before and after where two scenarios are compared, and where the maps are."""
    if as_json:
        print_json({"folder": str(folder), **reach_document(reach, change)})
        return
    titles = [days_title(reach), corridors_title(reach)]
    titles += [days_change_title(change), usd_change_title(change)] if change else []
    for line in (*titles, facts_text(reach)):
        sys.stdout.write(f"{with_plain_spaces(line)}\n")
    reaches = [reach, change.after] if change else [reach]
    if change:
        sys.stdout.write(f"\nbefore: {reach.scenario.id}, after: {change.after.scenario.id}\n")
    for unit, values, bounds in (
        ("days", Reach.timetable_days, DAYS_BANDS),
        ("USD/t", Reach.place_usd_per_t, common_usd_bands(reaches)),
    ):
        _print_counts(reaches, values, bounds, unit)
    for line in dict.fromkeys(gap for each in reaches for gap in _gaps(each)):
        sys.stdout.write(f"{line}\n")
    sys.stdout.write(f"\nMaps: {folder / 'figures'}\n")


def _print_counts(reaches: Sequence[Reach], values: Values, bounds: Sequence[float], unit: str) -> None:
    """Places and people within each bound; before, after and the gain in people where there are two scenarios."""
    is_change = len(reaches) > 1
    header = ["within"]
    for word in (" before", " after") if is_change else ("",):
        header += [f"places{word}", "million people", "of these abroad"]
    sys.stdout.write(f"\n{unit}\n")
    rows = []
    for bound in bounds:
        counts = [count_within(reach, values(reach), bound) for reach in reaches]
        numbers = [(str(c.places), f"{c.people / 1e6:.1f}", f"{c.people_abroad / 1e6:.1f}") for c in counts]
        gain = [with_plain_spaces(gain_text(*counts))] if is_change else []
        rows.append([f"{bound:g}", *(cell for cells in numbers for cell in cells), *gain])
    print_table([*header, *(["more people"] if is_change else [])], rows, right=range(8))


def _gaps(reach: Reach) -> Iterator[str]:
    """Countries of which nothing is reached, and places too far from a road."""
    for country, reason in shut_reasons(reach).items():
        yield f"Not reached: {country_name(country, reach.evidence)} ({reason})"
    if reach.off_road:
        yield f"Too far from a road of the network: {', '.join(place.name for place in reach.off_road)}"
