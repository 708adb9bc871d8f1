"""Least weights from some nodes to all others, and what adds up along the ways there."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from corridor.network.shortest_paths import WEIGHT_STEP
from corridor.routing.least_arcs import LeastArcs
from corridor.routing.road_arcs import whole_steps

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

NO_NODE = -1


@dataclass(frozen=True, slots=True)
class Spread:
    """The tree of least ways from some nodes; all arrays of shape (nodes,).

    Parameters
    ----------
    weight : least weight, that of the root included; inf where no way leads
    before : the node before; `NO_NODE` at a root, and where no way leads
    row : of the arc that leads there from the node before; `NO_NODE` where there is none
    """

    weight: Floats
    before: NDArray[np.int32]
    row: NDArray[np.int32]

    def sums(self, amount: Floats) -> Floats:
        """Sum over the arcs of the way to each node.

        Parameters
        ----------
        amount : (rows,) of each row
        """
        total = np.where(self.row == NO_NODE, 0.0, amount[self.row])
        above = self.before
        while (above != NO_NODE).any():
            has_more = above != NO_NODE
            total = np.where(has_more, total + total[above], total)
            above = np.where(has_more, above[above], NO_NODE)
        return total

    def last(self, is_marked: NDArray[np.bool_]) -> NDArray[np.int32]:
        """The marked node nearest to the end of the way to each node, itself included; else the root.

        Parameters
        ----------
        is_marked : (nodes,)
        """
        nodes = np.arange(len(self.before), dtype=np.int32)
        found = np.where(is_marked | (self.before == NO_NODE), nodes, self.before)
        while (found != found[found]).any():
            found = found[found]
        return found


def spread_from(least: LeastArcs, weight: Floats, *, roots: Ints, start: Floats) -> Spread:
    """Search from all roots at once, each with a weight to begin with; without a root nothing is reached.

    Parameters
    ----------
    weight : (rows,) weight of each row, >= 0; becomes whole multiples of `WEIGHT_STEP`
    roots, start : nodes, each once, and what it costs to begin there; may be negative
    """
    nodes = least.arcs.nodes
    if not len(roots):
        none = np.full(nodes, NO_NODE, dtype=np.int32)
        return Spread(np.full(nodes, np.inf), none, none)
    matrix, rows = least.matrix(whole_steps(weight))
    begin = np.rint(start / WEIGHT_STEP)
    shift = begin.min() - 1
    graph = _with_source(matrix, roots, begin - shift)
    all_steps, all_before = dijkstra(graph, directed=True, indices=[nodes], return_predecessors=True)
    steps, before = all_steps[0, :nodes], all_before[0, :nodes]
    is_below = (before >= 0) & (before != nodes)
    above = np.where(is_below, before, NO_NODE).astype(np.int32)
    row = np.full(nodes, NO_NODE, dtype=np.int32)
    below = np.flatnonzero(is_below)
    row[below] = rows[least.place_of(above[below].astype(np.int64), below)]
    return Spread((steps + shift) * WEIGHT_STEP, above, row)


def _with_source(matrix: csr_array, roots: Ints, steps: Floats) -> csr_array:
    """The graph with one more node, the last, from which an arc leads to each root."""
    nodes = matrix.shape[0]
    order = np.argsort(roots)
    return csr_array(
        (
            np.concatenate([matrix.data, steps[order]]),
            np.concatenate([matrix.indices, roots[order].astype(np.int32)]),
            np.append(matrix.indptr, matrix.indptr[-1] + len(roots)).astype(np.int32),
        ),
        shape=(nodes + 1, nodes + 1),
    )
