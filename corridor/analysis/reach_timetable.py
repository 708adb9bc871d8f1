"""Hours of found ways by the timetable of a run, to count places by and to set beside those with rest by the hour."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from math import fsum

import numpy as np

from corridor.analysis.reach_search import Growth, Label
from corridor.analysis.reach_sheets import PostKey, post_key
from corridor.analysis.reach_stations import Floats, Stations
from corridor.analysis.reach_trails import Branch, Posts
from corridor.analysis.trip import Trip
from corridor.costs.arrival import on_arrival
from corridor.costs.border import Passage
from corridor.costs.driven_km import DrivenKm, driven_km
from corridor.costs.hours import chain_rests_h, time_rows
from corridor.costs.stretches import PostStage, PricedStage, RoadStage, cut_leg
from corridor.routing.steps import Move


def timetable_hours(growth: Growth, stations: Stations, label: Label, passages: Mapping[PostKey, Passage]) -> Floats:
    """Least hours by the timetable of the ways found to each station, shape (stations,); inf where no way leads.

    Parameters
    ----------
    label : where to each station the least way ends; the ways of all levels of rest in its sheet are timed
    passages : every post as the border has it, without season and closures to come
    """
    hours = np.full(len(stations), np.inf)
    staging = _Staging(growth.search.trip, passages)
    ways = {at: _ways_to(growth, stations, label, at) for at in np.flatnonzero(np.isfinite(label.value)).tolist()}
    hours[[at for at, found in ways.items() if not all(found)]] = 0.0
    timed = [(at, staging.stages(way)) for at, found in ways.items() for way in found if way]
    chains = [stages for _, stages in timed]
    for (at, stages), rests_h in zip(timed, chain_rests_h(chains), strict=True):
        hours[at] = min(hours[at], fsum(row.hours for row in time_rows(stages, rests_h=rests_h)))
    return hours


@dataclass(frozen=True, slots=True)
class _Drive:
    """An edge, or a part of it."""

    edge: int
    share: float


Way = list[_Drive | Move]


def _ways_to(growth: Growth, stations: Stations, label: Label, at: int) -> list[Way]:
    """The way of a label and those of other levels of rest by other posts."""
    own = int(label.level[at])
    levels = [own, *(level for level in range(len(growth.levels)) if level != own)]
    ways: dict[Posts, Way] = {}
    for level in levels:
        way = _way_to(growth, stations, label, at, level)
        ways.setdefault(tuple(step for step in way if isinstance(step, Move)), way)
    return list(ways.values())


def _way_to(growth: Growth, stations: Stations, label: Label, at: int, level: int) -> Way:
    """Roads and posts of the way of a level, in order of travel."""
    branch = Branch(growth, int(label.sheet[at]), level)
    steps = branch.steps(int(stations.node[label.end[at], at]))
    way = [step if isinstance(step, Move) else _Drive(step, 1.0) for step in steps]
    share = float(stations.share[label.end[at], at])
    part = [_Drive(int(stations.edge[at]), share)] if share > 0 else []
    return [*way, *part] if growth.search.is_outward else [*part, *way]


@dataclass(frozen=True)
class _Staging:
    """Turns ways into stages that can be priced."""

    trip: Trip
    passages: Mapping[PostKey, Passage]

    def stages(self, way: Sequence[_Drive | Move]) -> tuple[PricedStage, ...]:
        """Legs and posts of a way, each post as it is when the truck comes."""
        return on_arrival(tuple(self._stages(way)), self.trip.departures)

    def _stages(self, way: Sequence[_Drive | Move]) -> Iterator[PricedStage]:
        plate = self.trip.home_plate
        for _, steps in groupby(way, key=lambda step: step if isinstance(step, Move) else step.share):
            group = list(steps)
            drives = [step for step in group if isinstance(step, _Drive)]
            if drives:
                yield self._leg(drives, plate)
            for move in (step for step in group if isinstance(step, Move)):
                yield PostStage(self.passages[post_key(move)], self.trip.tariff(move.plate_before))
                plate = move.plate_after

    def _leg(self, drives: Sequence[_Drive], plate: str) -> RoadStage:
        """Edges of which the same share is driven."""
        edges, share = np.array([drive.edge for drive in drives], dtype=np.intp), drives[0].share
        stretches = cut_leg(self.trip.network, self.trip.drive, self._driven_km, edges)
        parts = (
            replace(each, drive_h=each.drive_h * share, road_km=each.road_km * share, ferry_h=each.ferry_h * share)
            for each in stretches
        )
        return RoadStage(tuple(parts), self.trip.tariff(plate))

    @cached_property
    def _driven_km(self) -> DrivenKm:
        return driven_km(self.trip.network, self.trip.tariff(self.trip.home_plate))
