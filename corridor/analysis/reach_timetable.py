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
from corridor.analysis.reach_trails import Branch
from corridor.analysis.trip import Trip
from corridor.costs.arrival import on_arrival
from corridor.costs.border import Passage
from corridor.costs.driven_km import DrivenKm, driven_km
from corridor.costs.hours import chain_rests_h, time_rows
from corridor.costs.stretches import PostStage, PricedStage, RoadStage, cut_leg
from corridor.routing.steps import Move


def timetable_hours(growth: Growth, stations: Stations, label: Label, passages: Mapping[PostKey, Passage]) -> Floats:
    """Hours of the way to each station, drivers' rest by the timetable, shape (stations,); inf where no way leads.

    Parameters
    ----------
    passages : every post as the border has it, without season and closures to come
    """
    hours = np.where(np.isfinite(label.value), 0.0, np.inf)
    staging = _Staging(growth.search.trip, passages)
    ways = {at: _way_to(growth, stations, label, at) for at in np.flatnonzero(np.isfinite(label.value)).tolist()}
    chains = {at: staging.stages(way) for at, way in ways.items() if way}
    for (at, stages), rests_h in zip(chains.items(), chain_rests_h(list(chains.values())), strict=True):
        hours[at] = fsum(row.hours for row in time_rows(stages, rests_h=rests_h))
    return hours


@dataclass(frozen=True, slots=True)
class _Drive:
    """An edge, or a part of it."""

    edge: int
    share: float


def _way_to(growth: Growth, stations: Stations, label: Label, at: int) -> list[_Drive | Move]:
    """Roads and posts of a way, in order of travel."""
    branch = Branch(growth, int(label.sheet[at]), int(label.level[at]))
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
