"""The roads that set the mean speed of each country: those on which it was measured (model.md 1)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from corridor.bundled import data_path
from corridor.evidence import Evidence
from corridor.evidence.calibration_trips import read_calibration_trips
from corridor.network.relief import relief_factor
from corridor.network.roads import RoadNetwork
from corridor.network.shortest_paths import RoadGraph, Tree, build_road_graph, find_tree
from corridor.network.snapshot_tables import read_region
from corridor.network.waypoints import waypoint_finder


def reference_roads(network: RoadNetwork, evidence: Evidence) -> NDArray[np.bool_]:
    """Edges that set the mean speed of their country, shape (edges,).

    Notes
    -----
    Where CPMM measured the speed they are those of CAREC's corridors, over which its trips go
    (`calibration_trips.csv`); in other countries those of the presets, between the ends that `region.json` names.
    Each is the fastest way through the posts. Stretches whose ends are not both on this network, or not joined
    by open posts, are left out: a part of a corridor calibrates the countries that it covers.
    """
    graph = _open_roads(network, _relative_hours(network, evidence), evidence)
    find = _finder(network)
    of_trips, of_presets = (
        _on_the_way(graph, _stretches(trips, find, evidence), edge_count=network.edge_count)
        for trips in (_trips(evidence), _presets(evidence))
    )
    measured = {record.country for record in evidence.cpmm if record.item == "swod_km_per_h"}
    is_measured = np.array([country in measured for country in network.countries])
    return np.where(is_measured[network.edge_country], of_trips, of_presets)


def _on_the_way(graph: RoadGraph, stretches: Iterable[tuple[int, int]], *, edge_count: int) -> NDArray[np.bool_]:
    """Edges on the ways between the ends of each stretch."""
    trees: dict[int, Tree] = {}
    mask = np.zeros(edge_count, dtype=bool)
    for start, end in sorted(set(stretches)):
        trees.setdefault(start, find_tree(graph, start))
        if np.isfinite(trees[start].weight[end]):
            mask[graph.edges_of_way(trees[start].way_to(end))] = True
    return mask


def _relative_hours(network: RoadNetwork, evidence: Evidence) -> NDArray[np.float64]:
    """Hours on each edge before the mean of its country is set."""
    cap_m = evidence.parameter("relief_cap_m", "*").value
    per_100_m = evidence.parameter("relief_time_factor_per_100_m", "*").value
    factor = relief_factor(network.relief_sd_m, per_100_m=per_100_m, cap_m=cap_m)
    return np.asarray(factor * network.length_km / network.attributes.speed_km_per_h)


def _open_roads(network: RoadNetwork, weight: NDArray[np.float64], evidence: Evidence) -> RoadGraph:
    """The roads, and the posts that trucks in transit may pass."""
    no_transit = {event.crossing for event in evidence.events if event.plates.startswith("transit")}
    usable = np.ones(network.edge_count, dtype=bool)
    for post, edge in network.crossing_edges.items():
        crossing = evidence.crossings[post]
        usable[edge] = crossing.trucks and crossing.status != "closed" and post not in no_transit
    edges = np.flatnonzero(usable)
    return build_road_graph(
        tail=network.tail[edges],
        head=network.head[edges],
        weight=weight[edges],
        edge=edges,
        nodes=network.node_count,
        one_way=network.attributes.one_way[edges],
    )


def _finder(network: RoadNetwork) -> Callable[[str], int | None]:
    posts = {post: int(network.tail[edge]) for post, edge in network.crossing_edges.items()}
    return waypoint_finder(lon=network.node_lon, lat=network.node_lat, component=network.component, posts=posts)


def _trips(evidence: Evidence) -> Iterator[list[str]]:
    """Stops of the trips over which the model is set beside CPMM."""
    for trip in read_calibration_trips(data_path("calibration_trips.csv"), evidence):
        yield [trip.origin, *trip.via, trip.destination]


def _presets(evidence: Evidence) -> Iterator[list[str]]:
    """Stops of the named corridors."""
    region = read_region(data_path("snapshot", "region.json"))
    for corridor in evidence.corridors.values():
        via = (alternatives[0] for alternatives in corridor.posts)
        yield [region.reference_origin, *via, region.reference_destination]


def _stretches(
    trips: Iterable[Sequence[str]], find: Callable[[str], int | None], evidence: Evidence
) -> Iterator[tuple[int, int]]:
    """Nodes of consecutive stops, as far as they are on the network."""
    for stops in trips:
        for start, end in pairwise(find(_waypoint(stop, evidence)) for stop in stops):
            if start is not None and end is not None:
                yield start, end


def _waypoint(stop: str, evidence: Evidence) -> str:
    place = evidence.places.get(stop)
    return f"{place.lon} {place.lat}" if place else stop
