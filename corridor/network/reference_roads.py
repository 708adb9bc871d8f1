"""The roads that set the mean speed of each country: those of the presets (model.md 1)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from corridor.bundled import data_path
from corridor.evidence import Evidence
from corridor.network.roads import RoadNetwork
from corridor.network.shortest_paths import RoadGraph, Tree, build_road_graph, find_tree
from corridor.network.snapshot_tables import read_region
from corridor.network.waypoints import waypoint_finder


def reference_roads(network: RoadNetwork, *, weight: NDArray[np.float64], evidence: Evidence) -> NDArray[np.bool_]:
    """Edges on the ways of least weight through the posts of each preset, between the ends that the table names.

    Parameters
    ----------
    weight : (edges,) km or hours

    Notes
    -----
    Stretches whose ends are not both on this network, or not joined by open posts, are left out: a part of a
    corridor calibrates the countries that it covers.
    """
    graph = _open_roads(network, weight, evidence)
    trees: dict[int, Tree] = {}
    mask = np.zeros(network.edge_count, dtype=bool)
    for start, end in sorted(set(_stretches(network, evidence))):
        trees.setdefault(start, find_tree(graph, start))
        if np.isfinite(trees[start].weight[end]):
            mask[graph.edges_of_way(trees[start].way_to(end))] = True
    return mask


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


def _stretches(network: RoadNetwork, evidence: Evidence) -> Iterator[tuple[int, int]]:
    """Nodes of consecutive stops of the presets, as far as they are on the network."""
    region = read_region(data_path("snapshot", "region.json"))
    posts = {post: int(network.tail[edge]) for post, edge in network.crossing_edges.items()}
    find = waypoint_finder(lon=network.node_lon, lat=network.node_lat, component=network.component, posts=posts)
    for corridor in evidence.corridors.values():
        via = (alternatives[0] for alternatives in corridor.posts)
        stops = [region.reference_origin, *via, region.reference_destination]
        for start, end in pairwise(find(_waypoint(stop, evidence)) for stop in stops):
            if start is not None and end is not None:
                yield start, end


def _waypoint(stop: str, evidence: Evidence) -> str:
    place = evidence.places.get(stop)
    return f"{place.lon} {place.lat}" if place else stop
