"""All roads and posts of a trip as one graph."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from corridor.analysis.trip import Trip
from corridor.costs.restrictions import is_open_to
from corridor.routing.road_arcs import RoadArcs
from corridor.routing.steps import Move


def whole_roads(trip: Trip, moves: Sequence[Move]) -> RoadArcs:
    """Every road that the legs of a trip may use, in both directions, and its moves.

    Notes
    -----
    Rows are the edges of the network, then the moves.
    """
    return with_moves(trip, roads_of(trip), moves)


def roads_of(trip: Trip) -> RoadArcs:
    """Every road that the legs of a trip may use, in both directions; rows are the edges of the network."""
    network, edges = trip.network, drivable_edges(trip)
    both = edges[~network.attributes.one_way[edges]]
    return RoadArcs(
        nodes=network.node_count,
        start=np.concatenate([network.tail[edges], network.head[both]]),
        end=np.concatenate([network.head[edges], network.tail[both]]),
        row=np.concatenate([edges, both]).astype(np.int32),
    )


def with_moves(trip: Trip, roads: RoadArcs, moves: Sequence[Move]) -> RoadArcs:
    """Roads, and moves whose rows come after all edges of the network."""
    terminals, first = trip.graph.terminals, trip.network.edge_count
    starts = np.array([terminals[move.start].node for move in moves], dtype=np.int32)
    ends = np.array([terminals[move.end].node for move in moves], dtype=np.int32)
    return RoadArcs(
        nodes=roads.nodes,
        start=np.concatenate([roads.start, starts]),
        end=np.concatenate([roads.end, ends]),
        row=np.concatenate([roads.row, first + np.arange(len(moves), dtype=np.int32)]),
    )


def drivable_edges(trip: Trip) -> NDArray[np.intp]:
    """Edges inside the zones of the corridor graph that this truck may use."""
    network = trip.network
    is_drivable = np.zeros(network.edge_count, dtype=bool)
    for zone in trip.graph.zones.values():
        inside = np.zeros(network.node_count, dtype=bool)
        inside[zone.network_node] = True
        is_drivable |= inside[network.tail] & inside[network.head]
    return np.flatnonzero(is_drivable & is_open_to(network, stops=[snap.node for snap in trip.ends.values()]))
