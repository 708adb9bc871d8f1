"""Roads that a truck may use: posted limits of mass and height, and streets where only its customers may drive."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from corridor.evidence import Vehicle
from corridor.network.roads import RoadNetwork
from corridor.road_kinds import TRUCK_ACCESS


def loaded_mass_t(vehicle: Vehicle, *, cargo_t: float) -> float:
    """Mass of the truck with its cargo, t: gross mass less the payload that is not there."""
    return vehicle.gross_mass_t - vehicle.payload_t + cargo_t


def is_passable(network: RoadNetwork, *, mass_t: float, height_m: float) -> NDArray[np.bool_]:
    """Roads that are not closed to trucks and whose limits this truck keeps, shape (edges,); posts always are."""
    attributes = network.attributes
    passable = attributes.access != TRUCK_ACCESS.index("closed")
    passable &= (attributes.max_mass_t >= mass_t) & (attributes.max_height_m >= height_m)
    return np.asarray(passable | network.is_crossing)


def is_open_to(network: RoadNetwork, *, stops: Sequence[int]) -> NDArray[np.bool_]:
    """Roads that a truck with these stops may use, shape (edges,).

    Parameters
    ----------
    stops : nodes where the truck loads, unloads or calls

    Notes
    -----
    Roads open "to load and unload there only" join into patches; a patch is open if a stop stands on it. Then it
    may also be driven from end to end: no sign forbids the way out on the other side.
    """
    restricted = np.flatnonzero(network.attributes.access == TRUCK_ACCESS.index("destination"))
    patch = _patches(network, restricted)
    is_open = np.ones(network.edge_count, dtype=bool)
    is_open[restricted] = np.isin(patch[network.tail[restricted]], patch[list(stops)])
    return is_open | network.is_crossing


def _patches(network: RoadNetwork, edges: NDArray[np.intp]) -> NDArray[np.int32]:
    """Number of the connected piece of some edges on which each node stands, shape (nodes,)."""
    ends = network.tail[edges], network.head[edges]
    graph = coo_array((np.ones(len(edges), dtype=np.int8), ends), shape=(network.node_count,) * 2)
    return np.asarray(connected_components(graph, directed=False)[1])
