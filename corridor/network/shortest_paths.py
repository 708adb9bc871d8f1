"""Least-weight ways on a road graph (scipy's Dijkstra), with the edges they use."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

WEIGHT_STEP = 1e-4
"""Weights (USD or km) become whole multiples of this, so that ties are rare and sums exact (routing.md 7)."""


@dataclass(frozen=True, slots=True)
class RoadGraph:
    """A road graph ready for searches; of parallel edges only the cheapest is kept, for each direction.

    Parameters
    ----------
    matrix : weights in multiples of `WEIGHT_STEP`, from row to column
    pair_keys : sorted keys of the kept directions, node left x nodes + node reached
    pair_edges : the edge behind each key
    """

    matrix: csr_array
    pair_keys: NDArray[np.int64]
    pair_edges: NDArray[np.intp]

    @property
    def node_count(self) -> int:
        """Number of nodes."""
        return int(self.matrix.shape[0])

    def edges_of_way(self, way: NDArray[np.int64]) -> NDArray[np.intp]:
        """Edges between consecutive nodes of a way, shape (len(way) - 1,)."""
        return self.pair_edges[np.searchsorted(self.pair_keys, way[:-1] * self.node_count + way[1:])]


@dataclass(frozen=True, slots=True)
class Tree:
    """Least weight from one node to all: `weight` (inf where there is no road) and the node before, (nodes,)."""

    weight: NDArray[np.float64]
    before: NDArray[np.int32]

    def way_to(self, node: int) -> NDArray[np.int64]:
        """Nodes of the way from the root to `node`, both included."""
        way = [node]
        while (previous := int(self.before[way[-1]])) >= 0:
            way.append(previous)
        return np.array(way[::-1], dtype=np.int64)


def build_road_graph(
    *,
    tail: NDArray[np.int32],
    head: NDArray[np.int32],
    weight: NDArray[np.float64],
    edge: NDArray[np.intp],
    nodes: int,
    one_way: NDArray[np.bool_] | None = None,
) -> RoadGraph:
    """Build the graph of some edges.

    Parameters
    ----------
    tail, head, weight, edge : (edges,) ends, weight >= 0 and the number under which the edge is known
    one_way : (edges,) edges drivable from tail to head only; without it all are drivable both ways

    Raises
    ------
    ValueError
        A weight is negative or not finite: a closed road is absent, never dear.
    """
    if not (np.isfinite(weight).all() and (weight >= 0).all()):
        raise ValueError("road graph: every weight must be finite and >= 0")
    back = np.arange(len(tail)) if one_way is None else np.flatnonzero(~one_way)
    start = np.concatenate([tail, head[back]]).astype(np.int64)
    end = np.concatenate([head, tail[back]]).astype(np.int64)
    behind = np.concatenate([np.arange(len(tail)), back])
    key = start * nodes + end
    order = np.lexsort((weight[behind], key))
    kept = order[np.concatenate([[True], key[order][1:] != key[order][:-1]])] if len(order) else order
    steps = np.maximum(np.rint(weight[behind[kept]] / WEIGHT_STEP), 1.0)
    matrix = csr_array((steps, (start[kept], end[kept])), shape=(nodes, nodes))
    return RoadGraph(matrix, key[kept], edge[behind[kept]])


def find_tree(graph: RoadGraph, root: int) -> Tree:
    """Least-weight tree from a node."""
    steps, before = dijkstra(graph.matrix, directed=True, indices=[root], return_predecessors=True)
    return Tree(steps[0] * WEIGHT_STEP, before[0])
