"""What no trip needs: short dead ends, and pieces of road that cannot be left or reached."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray
from scipy.sparse.csgraph import connected_components

from corridor.network.osm.edges import Edges
from corridor.network.shortest_paths import build_road_graph

DEAD_END_KM = 10.0
"""A dead end this short serves nothing: from all of it the through road is within reach of a place."""

LEAST_PIECE_KM = 25.0
"""A piece of road with fewer km and neither place nor post is left out, unless it is the longest."""


def dead_ends(edges: Edges, *, kept: Collection[int]) -> NDArray[np.bool_]:
    """Edges no longer than `DEAD_END_KM` that end nowhere, shape (edges,).

    Parameters
    ----------
    kept : nodes that are somewhere: places and gates
    """
    is_kept = np.zeros(int(max(edges.tail.max(initial=-1), edges.head.max(initial=-1))) + 1, dtype=bool)
    is_kept[list(kept)] = True
    degree = np.bincount(edges.tail, minlength=len(is_kept)) + np.bincount(edges.head, minlength=len(is_kept))
    is_loose = (degree == 1) & ~is_kept
    return np.asarray((is_loose[edges.tail] | is_loose[edges.head]) & (edges.length_km <= DEAD_END_KM))


def travelled(edges: Edges, *, nodes: int, kept: Collection[int]) -> NDArray[np.bool_]:
    """Edges on pieces of road that can be driven to and back, long enough or with a kept node, shape (edges,)."""
    graph = build_road_graph(
        tail=edges.tail.astype(np.int32),
        head=edges.head.astype(np.int32),
        weight=edges.length_km,
        edge=np.arange(len(edges)),
        nodes=nodes,
        one_way=edges.one_way,
    )
    pieces, piece = connected_components(graph.matrix, directed=True, connection="strong")
    inside = piece[edges.tail] == piece[edges.head]
    km = np.bincount(piece[edges.tail[inside]], weights=edges.length_km[inside], minlength=pieces)
    is_wanted = km >= min(LEAST_PIECE_KM, km.max(initial=0.0))
    is_wanted[piece[list(kept)]] = True
    return np.asarray(inside & is_wanted[piece[edges.tail]])
