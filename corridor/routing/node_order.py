"""The order in which the nodes of a road graph are taken out."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_array, diags_array
from scipy.sparse.linalg import splu

from corridor.routing.compiled import compiled

Ints = NDArray[np.int32]


def minimum_degree_ranks(nodes: int, start: Ints, end: Ints) -> Ints:
    """Rank of each node in an order that puts few shortcuts into a graph, shape (nodes,).

    Notes
    -----
    The multiple minimum degree order of SuperLU, which scipy tells only after it has factorised a matrix. On the
    embedded network it takes 0.6 s and leaves fewer triangles than nested dissection by inertial cuts (2.2 against
    2.7 million); dissection gives flatter trees, but ways are cheap to find once shortcuts have their weights.

    References
    ----------
    Liu 1985, Modification of the minimum-degree algorithm by multiple elimination, ACM TOMS 11.
    """
    ones = np.ones(len(start))
    joined = csc_array((ones, (start, end)), shape=(nodes, nodes))
    joined = joined + joined.T
    regular = csc_array(diags_array(joined.sum(axis=1) + 1.0) - joined)
    options = {"SymmetricMode": True}
    return splu(regular, permc_spec="MMD_AT_PLUS_A", diag_pivot_thresh=0.0, options=options).perm_c.astype(np.int32)


@compiled
def postorder_ranks(parent: Ints) -> Ints:
    """Position of each node in an order with all nodes below it right before it, the lowest numbers first."""
    below = np.ones(len(parent), np.int32)
    for node in range(len(parent)):
        if parent[node] >= 0:
            below[parent[node]] += below[node]
    rank, free = np.empty(len(parent), np.int32), len(parent)
    begin = np.empty(len(parent), np.int32)
    for node in range(len(parent) - 1, -1, -1):
        if parent[node] >= 0:
            begin[parent[node]] -= below[node]
            begin[node] = begin[parent[node]]
        else:
            free -= below[node]
            begin[node] = free
        rank[node] = begin[node] + below[node] - 1
        begin[node] = rank[node]
    return rank
