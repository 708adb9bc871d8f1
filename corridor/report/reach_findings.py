"""What a place reaches, ready to be counted, drawn and written; and what changes from one scenario to another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corridor.analysis.reach import Reached
from corridor.analysis.reach_prices import Aim
from corridor.costs.border import Refusal
from corridor.evidence import Evidence, Place
from corridor.report.background import Floats
from corridor.report.reach_grid import CellRoads, Grid
from corridor.scenario import Scenario

HOURS_PER_DAY = 24.0


@dataclass(frozen=True)
class Reach:
    """How far a place reaches under one scenario.

    Parameters
    ----------
    run_id : ``<scenario id>-<hash8>`` of the scenario, tables and network behind it
    anchor : name of the place; `is_outward` says whether trucks come from it or go to it
    is_schematic : whether the network cuts the bends of roads
    places : those on a road that the truck may use; `off_road` are the others
    at_places, at_cells : by aim; the cells are those of `grid` with a road, in order
    timetable_h : least hours to each place by the timetable of a run, (places,)
    """

    run_id: str
    scenario: Scenario
    evidence: Evidence
    anchor: str
    anchor_country: str
    anchor_lon_lat: tuple[float, float]
    is_outward: bool
    is_schematic: bool
    places: tuple[Place, ...]
    off_road: tuple[Place, ...]
    at_places: Mapping[Aim, Reached]
    timetable_h: Floats
    grid: Grid
    roads: CellRoads
    at_cells: Mapping[Aim, Reached]
    refusals: tuple[Refusal, ...]

    @property
    def cells(self) -> NDArray[np.intp]:
        """Numbers of the cells of the grid that have a road, in the order of `at_cells`."""
        return np.flatnonzero(self.roads.has_road)

    @property
    def mass_t(self) -> float:
        """Cargo of the truck."""
        return self.scenario.cargo.mass_t

    def place_days(self) -> Floats:
        """Days of the fastest way to each place, rest by the hour as on the maps, (places,)."""
        return self.at_places["fastest"].value / HOURS_PER_DAY

    def place_usd_per_t(self) -> Floats:
        """USD a tonne of the cheapest way to each place, (places,)."""
        return self.at_places["cheapest"].value / self.mass_t

    def timetable_days(self) -> Floats:
        """Least days to each place by the timetable of a run, as in titles and counts, (places,)."""
        return self.timetable_h / HOURS_PER_DAY

    def cell_days(self) -> Floats:
        """Days of the fastest way to each cell with a road."""
        return self.at_cells["fastest"].value / HOURS_PER_DAY

    def cell_usd_per_t(self) -> Floats:
        """USD a tonne of the cheapest way to each cell with a road."""
        return self.at_cells["cheapest"].value / self.mass_t

    @property
    def is_abroad(self) -> NDArray[np.bool_]:
        """Which places lie outside the anchor's country, (places,)."""
        return np.array([place.country != self.anchor_country for place in self.places], dtype=bool)

    @property
    def population(self) -> NDArray[np.int64]:
        """People of each place, 0 where it is no town, (places,)."""
        return np.array([place.population for place in self.places], dtype=np.int64)

    @property
    def is_reached(self) -> NDArray[np.bool_]:
        """Which places any way leads to, (places,)."""
        return np.isfinite(self.at_places["fastest"].value)


@dataclass(frozen=True, slots=True)
class Count:
    """Places within a bound, their people, and those of them that are abroad."""

    places: int
    people: int
    places_abroad: int
    people_abroad: int


def count_within(reach: Reach, value: Floats, bound: float) -> Count:
    """Places whose value is at most a bound.

    Parameters
    ----------
    value : (places,) days, or USD a tonne
    """
    is_within = value <= bound
    is_abroad = is_within & reach.is_abroad
    people = reach.population
    return Count(int(is_within.sum()), int(people[is_within].sum()), int(is_abroad.sum()), int(people[is_abroad].sum()))


@dataclass(frozen=True)
class ReachChange:
    """What changes from one scenario to another, both with the same anchor, places and grid."""

    before: Reach
    after: Reach


@dataclass(frozen=True, slots=True)
class Change:
    """A change at some points: absolute, as a share of what was, and by km of the way that was; nan without a way.

    Parameters
    ----------
    before, after : values, inf where no way is open
    km : of the way before
    """

    before: Floats
    after: Floats
    km: Floats

    @property
    def is_both(self) -> NDArray[np.bool_]:
        """Where a way is open before and after."""
        return np.asarray(np.isfinite(self.before) & np.isfinite(self.after))

    @property
    def is_new(self) -> NDArray[np.bool_]:
        """Where a way is open after only."""
        return np.asarray(~np.isfinite(self.before) & np.isfinite(self.after))

    @property
    def is_lost(self) -> NDArray[np.bool_]:
        """Where a way is open before only."""
        return np.asarray(np.isfinite(self.before) & ~np.isfinite(self.after))

    @property
    def absolute(self) -> Floats:
        """After less before, in the unit of the values."""
        return np.where(self.is_both, _finite(self.after) - _finite(self.before), np.nan)

    @property
    def share(self) -> Floats:
        """The change as a share of the value before."""
        return _divided(self.absolute, _finite(self.before))

    @property
    def per_km(self) -> Floats:
        """The change by km of the way before."""
        return _divided(self.absolute, self.km)


def change_at_places(change: ReachChange, aim: Aim) -> Change:
    """The change at every place, in hours (fastest) or USD per truck."""
    before, after = change.before.at_places[aim], change.after.at_places[aim]
    return Change(before.value, after.value, before.km)


def change_at_cells(change: ReachChange, aim: Aim) -> tuple[NDArray[np.intp], Change]:
    """Cells with a road in both scenarios, and the change there."""
    before, after = change.before, change.after
    cells = np.intersect1d(before.cells, after.cells)
    a, b = (np.searchsorted(reach.cells, cells) for reach in (before, after))
    old, new = before.at_cells[aim], after.at_cells[aim]
    return cells, Change(old.value[a], new.value[b], old.km[a])


def _finite(values: Floats) -> Floats:
    return np.where(np.isfinite(values), values, 0.0)


def _divided(values: Floats, by: Floats) -> Floats:
    return np.divide(values, by, out=np.full_like(values, np.nan), where=by > 0)
