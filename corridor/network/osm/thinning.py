"""Roads thinned to what a trip can use: chains contracted, dead ends and lone pieces left out."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corridor.network.osm.contraction import contract
from corridor.network.osm.edges import Edges, Nodes
from corridor.network.osm.pruning import dead_ends, travelled

ROUNDS = 20
"""Dead ends behind dead ends are looked for at most this many times."""


@dataclass(frozen=True, slots=True)
class ThinnedRoads:
    """Edges between junctions, the kind of each, and what was left out."""

    edges: Edges
    kind: NDArray[np.int64]
    dead_end_km: float
    lone_km: float


def thin_roads(nodes: Nodes, edges: Edges, kind: NDArray[np.int64], *, kept: Collection[int]) -> ThinnedRoads:
    """Contract the chains of roads of which nothing is lost by it, and leave out what no trip needs.

    Parameters
    ----------
    kind : (edges,) edges of two kinds are never joined
    kept : nodes that must stay: gates, and nodes beside places
    """
    is_kept = np.zeros(len(nodes), dtype=bool)
    is_kept[list(kept)] = True
    edges, kind = contract(nodes, edges, kind, kept=is_kept)
    useful = travelled(edges, nodes=len(nodes), kept=kept)
    lone_km = float(edges.length_km[~useful].sum())
    edges, kind = _only(edges, kind, useful)
    dead_end_km = 0.0
    for _ in range(ROUNDS):
        edges, kind = contract(nodes, edges, kind, kept=is_kept)
        loose = dead_ends(edges, kept=kept)
        if not loose.any():
            break
        dead_end_km += float(edges.length_km[loose].sum())
        edges, kind = _only(edges, kind, ~loose)
    return ThinnedRoads(edges, kind, dead_end_km, lone_km)


def _only(edges: Edges, kind: NDArray[np.int64], mask: NDArray[np.bool_]) -> tuple[Edges, NDArray[np.int64]]:
    rows = np.flatnonzero(mask)
    return edges.taking(rows), kind[rows]
