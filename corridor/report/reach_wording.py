"""What the maps and tables of a reach say in words."""

from __future__ import annotations

from collections import Counter

import numpy as np

from corridor.report.background import ATTRIBUTION, DISCLAIMER, SCHEMATIC, Floats
from corridor.report.naming import country_name
from corridor.report.numerals import HOURS_PER_DAY, NBSP, counted, share_text
from corridor.report.reach_bands import families_of
from corridor.report.reach_corridors import HOME, family_name
from corridor.report.reach_findings import Count, Reach, ReachChange, change_at_places, count_within
from corridor.report.reach_grid import CELL_KM, ROAD_LIMIT_KM
from corridor.report.reach_rows import shut_reasons
from corridor.report.sources import PLACE_LICENCE

TITLE_DAYS = 7.0
MOST_REASONS = 2
LEAST_CHANGE_H, LEAST_CHANGE_USD = 0.1, 1.0
"""A smaller change is none for a reader."""


def people_text(people: int) -> str:
    """People as a reader says them.

    Examples
    --------
    >>> people_text(102_424_451).replace(NBSP, " "), people_text(8_919), people_text(0)
    ('102 million people', '8,919 people', 'no counted people')
    """
    if people >= 10_000_000:
        return f"{people / 1e6:.0f}{NBSP}million people"
    if people >= 1_000_000:
        return f"{people / 1e6:.1f}{NBSP}million people"
    return f"{people:,} people" if people else "no counted people"


def places_text(count: Count) -> str:
    """Places with their people."""
    return f"{counted(count.places, 'place', 'places')} with {people_text(count.people)}"


def days_title(reach: Reach) -> str:
    """What lies within a week by the timetable of a run."""
    return _within_title(reach, reach.timetable_days(), TITLE_DAYS, f"{TITLE_DAYS:g}{NBSP}days")


def usd_title(reach: Reach, bound: float) -> str:
    """What lies within so many USD a tonne."""
    return _within_title(reach, reach.place_usd_per_t(), bound, f"{bound:g}{NBSP}USD a tonne")


def _within_title(reach: Reach, value: Floats, bound: float, text: str) -> str:
    if not count_within(reach, value, np.finfo(float).max).places_abroad:
        return f"No way is open {'from' if reach.is_outward else 'to'} {reach.anchor} {_other_countries(reach)}"
    places = places_text(count_within(reach, value, bound))
    if reach.is_outward:
        return f"From {reach.anchor} a truck reaches {places} within {text}"
    return f"Trucks from {places} reach {reach.anchor} within {text}"


def _other_countries(reach: Reach) -> str:
    return "to another country" if reach.is_outward else "from another country"


def middle_bound(value: Floats, edges: tuple[float, ...]) -> float:
    """The edge within which the share of the reached values is nearest to a half."""
    finite = value[np.isfinite(value)]
    return min(edges, key=lambda edge: abs(float((finite <= edge).mean()) - 0.5)) if len(finite) else edges[0]


def corridors_title(reach: Reach) -> str:
    """Which corridors win to how many places abroad."""
    reached = reach.at_places["best"]
    is_open = np.isfinite(reached.value) & reach.is_abroad
    families = families_of(reach, reached.posts)
    wins = Counter(family for family, ok in zip(families, is_open.tolist(), strict=True) if ok and family != HOME)
    if not wins:
        return f"No way is open {'from' if reach.is_outward else 'to'} {reach.anchor} {_other_countries(reach)}"
    ranked = sorted(wins.items(), key=lambda win: (-win[1], win[0]))[:2]
    word = "to" if reach.is_outward else "from"
    parts = [f"{family_name(family, reach.evidence)} {word} {number}" for family, number in ranked]
    whose = f"{'From' if reach.is_outward else 'To'} {reach.anchor} the best way is"
    return f"{whose} {' and '.join(parts)} of {is_open.sum()} places abroad"


def days_change_title(change: ReachChange) -> str:
    """How many places come nearer or move away in days, and which most."""
    found = change_at_places(change, "fastest")
    hours = found.absolute
    days = f"{float(np.nanmax(np.abs(hours), initial=0.0)) / HOURS_PER_DAY:.1f}{NBSP}days"
    return _change_title(change, hours, LEAST_CHANGE_H, days)


def usd_change_title(change: ReachChange) -> str:
    """The same in USD a tonne."""
    found = change_at_places(change, "cheapest")
    usd = found.absolute
    most = f"{float(np.nanmax(np.abs(usd), initial=0.0)) / change.before.mass_t:,.0f}{NBSP}USD a tonne"
    return _change_title(change, usd, LEAST_CHANGE_USD, most, words=("cheaper", "dearer"))


def _change_title(
    change: ReachChange, values: Floats, least: float, most: str, words: tuple[str, str] = ("nearer", "farther")
) -> str:
    old, new = change.before.scenario.id, change.after.scenario.id
    less, more = int((values <= -least).sum()), int((values >= least).sum())
    if not (less or more):
        return f"No place is {words[0]} or {words[1]} with {new} than with {old}"
    at = int(np.nanargmax(np.abs(values)))
    place, word = change.before.places[at].name, words[0] if values[at] < 0 else words[1]
    count = len(change.before.places)
    moved = f"{less} of {count} places are {words[0]}" if less else f"{more} of {count} places are {words[1]}"
    others = f" and {more} {words[1]}" if less and more else ""
    return f"With {new}, {moved}{others}; {place} is {most} {word}"


def facts_text(reach: Reach) -> str:
    """What moves and when, for a line under a title."""
    scenario = reach.scenario
    cargo = reach.evidence.cargo_kinds[scenario.cargo.kind].name
    day = scenario.trip.departure
    crew = counted(scenario.vehicle.crew, "driver", "drivers")
    return f"{cargo}, {scenario.cargo.mass_t:g} t · {scenario.vehicle.plate} plates, {crew} · {day.day} {day:%B %Y}"


def foot_text(reach: Reach) -> str:
    """How to read the cells, and whose data they are."""
    cells = (
        f"Cells about {CELL_KM:g} km wide, cut at borders; each shows the nearest road of its own country within "
        f"{ROAD_LIMIT_KM:g} km, blank where there is none. Drive from road to cell not counted. {PLACE_LICENCE}"
    )
    schematic = f"{SCHEMATIC} " if reach.is_schematic else ""
    return f"{cells}\n{schematic}{ATTRIBUTION}{_shut_text(reach)}\n{DISCLAIMER}"


def _shut_text(reach: Reach) -> str:
    """Why the countries that are hatched are not reached; empty where none is."""
    hatched = set(reach.grid.country[reach.cells].tolist())
    reasons = {country: why for country, why in shut_reasons(reach).items() if country in hatched}
    named = [f"{country_name(code, reach.evidence)} ({why})" for code, why in reasons.items()]
    more = f" and {len(named) - MOST_REASONS} more" if len(named) > MOST_REASONS else ""
    return f" · No way open: {', '.join(named[:MOST_REASONS])}{more}" if named else ""


def gain_text(before: Count, after: Count) -> str:
    """How many people more (or fewer) are within a bound."""
    people = after.people - before.people
    sign = "+" if people >= 0 else "−"
    share = f" ({sign}{share_text(abs(people) / before.people)})" if before.people else ""
    return f"{sign}{abs(people) / 1e6:,.1f}{share}"
