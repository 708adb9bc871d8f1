"""How far a place reaches: the least hours, money and generalised cost between it and any point on the roads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import fsum
from typing import NamedTuple

import numpy as np

from corridor.analysis.reach_prices import AIMS, Aim
from corridor.analysis.reach_search import Growth, ReachSearch
from corridor.analysis.reach_sheets import Doors, build_sheets, find_doors
from corridor.analysis.reach_stations import Floats, Stations
from corridor.analysis.reach_timetable import timetable_hours
from corridor.analysis.reach_trails import Posts, find_trail
from corridor.analysis.trip import Trip
from corridor.costs.arrival import passage_on_arrival
from corridor.costs.border import Passage, Refusal
from corridor.costs.fees import risk_fees_usd
from corridor.costs.trip_fees import needed_fees


@dataclass(frozen=True, slots=True)
class Reached:
    """The least ways between the anchor and some stations by one aim.

    Parameters
    ----------
    value : (stations,) hours where the fastest ways are sought, else USD; inf where no way is open
    km : (stations,) of the way; 0 where there is none
    posts : posts passed, in order of travel, one tuple a station
    """

    value: Floats
    km: Floats
    posts: tuple[Posts, ...]


@dataclass(frozen=True, slots=True)
class Spreads:
    """What a search finds at places and cells, by aim, and the posts that are shut to the truck.

    Parameters
    ----------
    timetable_h : least hours to the places by the timetable of a run
    """

    at_places: Mapping[Aim, Reached]
    at_cells: Mapping[Aim, Reached]
    timetable_h: Floats
    refusals: tuple[Refusal, ...]


def find_spreads(trip: Trip, places: Stations, cells: Stations, *, is_outward: bool) -> Spreads:
    """Search all roads from the origin of a trip, or to its destination.

    Notes
    -----
    A search needs one weight for a post, whatever way leads there: that of the hour at which the truck comes by the
    fastest way from the origin, with rest by the hour, holidays and closures to come left out.
    """
    anchor = trip.ends[trip.scenario.trip.origin if is_outward else trip.scenario.trip.destination]
    origin = trip.ends[trip.scenario.trip.origin]
    doors = find_doors(trip, anchor.country)
    clocks_h = _clocks_h(trip, doors if is_outward else find_doors(trip, origin.country), origin.node)
    sheets = build_sheets(trip, _doors_met(trip, doors, clocks_h), is_outward=is_outward)
    search = ReachSearch(trip, sheets, anchor.node, is_outward)
    found = {aim: _found(search.grow(aim), places, cells, doors) for aim in AIMS}
    return Spreads(
        at_places={aim: each.at_places for aim, each in found.items()},
        at_cells={aim: each.at_cells for aim, each in found.items()},
        timetable_h=found["fastest"].timetable_h,
        refusals=doors.refusals,
    )


class _Found(NamedTuple):
    """What one aim finds; `timetable_h` is empty for all but the fastest ways."""

    at_places: Reached
    at_cells: Reached
    timetable_h: Floats


def _found(growth: Growth, places: Stations, cells: Stations, doors: Doors) -> _Found:
    is_timed = growth.aim == "fastest"
    hours = timetable_hours(growth, places, growth.label(places), doors.all_passages) if is_timed else np.zeros(0)
    return _Found(_reached(growth, places), _reached(growth, cells), hours)


def _reached(growth: Growth, stations: Stations) -> Reached:
    label = growth.label(stations)
    trail = find_trail(growth, stations, label)
    if growth.aim == "fastest":
        return Reached(label.value, trail.km, trail.posts)
    once_usd: dict[tuple[str, Posts], float] = {}
    fees_usd = np.zeros(len(stations))
    for number, key in enumerate(zip(_origins(growth.search, stations), trail.posts, strict=True)):
        if key not in once_usd:
            once_usd[key] = _once_usd(growth.search.trip, *key)
        fees_usd[number] = once_usd[key]
    return Reached(label.value + fees_usd, trail.km, trail.posts)


def _origins(search: ReachSearch, stations: Stations) -> list[str]:
    """Country in which the way of each station begins."""
    network = search.trip.network
    if search.is_outward:
        return [network.country_of(search.anchor)] * len(stations)
    return [network.countries[number] for number in stations.country.tolist()]


def _once_usd(trip: Trip, origin_country: str, posts: Posts) -> float:
    """Known USD that a way pays once: papers of the trip, and the risk premium of the country in which it begins."""
    home = trip.tariff(trip.home_plate)
    return fsum(fee.known for fee in risk_fees_usd(home, origin_country)) + _papers_usd(trip, origin_country, posts)


def _papers_usd(trip: Trip, origin_country: str, posts: Posts) -> float:
    crossed, driven = [], [(trip.home_plate, origin_country)]
    for post in posts:
        left, entered = post.direction.split("-")
        crossed.append((left, entered))
        driven += [(post.plate_before, left), (post.plate_after, entered)]
    fees = needed_fees(trip.tariff(trip.home_plate), driven=driven, crossed=crossed)
    return fsum(fee.known for _, fee in fees)


def _clocks_h(trip: Trip, doors: Doors, start: int) -> Mapping[str, float]:
    """Gate -> hours from departure at a node until the truck comes there; no entry where it does not."""
    sheets = [sheet for sheet in build_sheets(trip, doors, is_outward=True) if not sheet.country]
    search = ReachSearch(trip, sheets, start, is_outward=True)
    all_kinds = [level for level in search.levels if not level.is_everywhere][-1:]
    growth = search.grow("fastest", all_kinds)
    least_h = np.min([grown.trees[0].weight for grown in growth.sheets], axis=0)
    gates = {name: terminal.node for name, terminal in trip.graph.terminals.items() if terminal.is_gate}
    return {name: float(least_h[node]) for name, node in gates.items() if np.isfinite(least_h[node])}


def _doors_met(trip: Trip, doors: Doors, clocks_h: Mapping[str, float]) -> Doors:
    """Every post in its season, with the closures and holidays to be expected by the time the truck comes."""

    def met(passage: Passage) -> Passage:
        clock_h = clocks_h.get(f"{passage.crossing_id}@{passage.country_left}", 0.0)
        return passage_on_arrival(passage, trip.tariff(passage.plate_before), trip.departures, clock_h=clock_h)

    return replace(
        doors,
        passages=tuple(met(passage) for passage in doors.passages),
        end_only={country: tuple(met(passage) for passage in each) for country, each in doors.end_only.items()},
    )
