"""From a scenario to how far its origin, or its destination, reaches."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corridor.analysis.assess import terminal_name
from corridor.analysis.reach import find_spreads
from corridor.analysis.reach_stations import Stations, on_edges
from corridor.analysis.trip import Trip, build_trip, locate
from corridor.analysis.whole_roads import drivable_edges
from corridor.errors import ScenarioError
from corridor.evidence import Evidence, Place
from corridor.evidence.layering import with_layers
from corridor.network.files import StoredNetwork, read_network
from corridor.network.snapping import SNAP_LIMIT_KM, nearest_road
from corridor.report.reach_findings import Reach, ReachChange
from corridor.report.reach_grid import Grid, build_grid, find_roads
from corridor.run import Progress, check_boundaries, check_load, check_measures, network_folder, run_id
from corridor.scenario import ListedMeasure, Scenario


def find_reach(
    scenario: Scenario,
    evidence: Evidence,
    *,
    is_outward: bool = True,
    measures: Sequence[ListedMeasure] = (),
    network: StoredNetwork | None = None,
    grid: Grid | None = None,
    progress: Progress,
) -> Reach:
    """Days, USD and the best corridor between the origin of a scenario and every place and part of the network.

    Parameters
    ----------
    evidence : as read from the tables; the scenario's overrides and measures are applied here
    is_outward : from the origin; else to the destination, from wherever a truck of the scenario may be
    measures : those that the scenario lists, as read with it
    network : the scenario's own where it was already read
    grid : cells of a map to be compared with; by default those of the network
    progress : told what happens next

    Raises
    ------
    ScenarioError, DataError
        See `corridor.errors`.
    """
    check_measures(scenario, measures)
    evidence, _ = with_layers(evidence.with_ferries(), scenario, measures)
    check_load(scenario, evidence)
    check_boundaries(scenario)
    if network is None:
        progress("reading the network")
        network = read_network(network_folder(scenario))
    free = scenario.routes.model_copy(update={"via": ()})
    trip = build_trip(scenario.model_copy(update={"routes": free}), evidence, network.roads)
    anchor = scenario.trip.origin if is_outward else scenario.trip.destination
    is_joined = trip.network.component == trip.network.component[trip.ends[anchor].node]
    edges = drivable_edges(trip)
    grid = grid or build_grid(trip.network, is_joined)
    roads = find_roads(grid, trip.network, edges[is_joined[trip.network.tail[edges]]])
    put = _put_on_roads(trip, edges, evidence.places.values(), is_outward=is_outward)
    progress("searching all roads")
    at_cells = on_edges(trip.network, roads.edge[roads.has_road], roads.share[roads.has_road], is_outward=is_outward)
    found = find_spreads(trip, put.stations, at_cells, is_outward=is_outward)
    return Reach(
        run_id=run_id(scenario, network, measures, own=evidence.own),
        scenario=scenario,
        evidence=evidence,
        anchor=terminal_name(evidence, anchor),
        anchor_country=trip.ends[anchor].country,
        anchor_lon_lat=locate(anchor, evidence),
        is_outward=is_outward,
        is_schematic=network.description.is_schematic,
        places=put.places,
        off_road=put.off_road,
        at_places=found.at_places,
        timetable_h=found.timetable_h,
        grid=grid,
        roads=roads,
        at_cells=found.at_cells,
        refusals=found.refusals,
    )


def compare_reach(before: Reach, after: Reach) -> ReachChange:
    """What changes from one scenario to another.

    Raises
    ------
    ScenarioError
        The two do not start from the same place, or not on the same grid.
    """
    if (before.anchor, before.is_outward) != (after.anchor, after.is_outward):
        raise ScenarioError(
            f"{after.scenario.id}: another place than {before.scenario.id}; expected {before.anchor}, got "
            f"{after.anchor}. Give both the same origin, or the same destination."
        )
    if before.grid is not after.grid:
        raise ScenarioError(
            f"{after.scenario.id}: cells of its own; expected those of {before.scenario.id}. "
            "Hand in `grid` of the first to the second."
        )
    return ReachChange(before, after)


class _OnRoads(NamedTuple):
    """Places put on roads that the truck may use, the others, and where the first stand."""

    places: tuple[Place, ...]
    off_road: tuple[Place, ...]
    stations: Stations


def _put_on_roads(trip: Trip, edges: NDArray[np.intp], places: Iterable[Place], *, is_outward: bool) -> _OnRoads:
    """Each place on the nearest of some roads in its own country, if one is within `SNAP_LIMIT_KM`."""
    usable = trip.network.keeping_edges(_mask(edges, trip.network.edge_count))
    put, off_road, at, shares = [], [], [], []
    for place in places:
        road = nearest_road(usable, lon=place.lon, lat=place.lat, country=place.country)
        is_own = usable.country_of(int(usable.tail[road.edge])) == place.country
        if road.distance_km <= SNAP_LIMIT_KM and is_own:
            put.append(place)
            at.append(edges[road.edge])
            shares.append(road.share)
        else:
            off_road.append(place)
    stations = on_edges(
        trip.network, np.array(at, dtype=np.int64), np.array(shares, dtype=float), is_outward=is_outward
    )
    return _OnRoads(tuple(put), tuple(off_road), stations)


def _mask(numbers: NDArray[np.intp], length: int) -> NDArray[np.bool_]:
    mask = np.zeros(length, dtype=bool)
    mask[numbers] = True
    return mask
