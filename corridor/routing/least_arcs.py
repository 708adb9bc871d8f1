"""Arcs as a matrix for scipy's search: of those that join the same nodes the least, whatever the weights."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from corridor.routing.road_arcs import RoadArcs


@dataclass(frozen=True)
class LeastArcs:
    """The pairs of nodes that some arc joins, found once for all weights."""

    arcs: RoadArcs

    def matrix(self, steps: NDArray[np.int64]) -> tuple[csr_array, NDArray[np.int32]]:
        """The graph with the least arc of each pair, and the row of each that is kept, in the order of its data.

        Parameters
        ----------
        steps : (rows,) weights in whole multiples of `WEIGHT_STEP`, above 0
        """
        weight = steps[self.arcs.row[self._order]]
        least = np.minimum.reduceat(weight, self._first) if len(weight) else weight
        which = np.flatnonzero(weight == least[self._group])
        kept = which[is_first(self._group[which])]
        shape = (self.arcs.nodes, self.arcs.nodes)
        matrix = csr_array((least.astype(np.float64), self.ends, self.row_starts), shape=shape)
        return matrix, self.arcs.row[self._order[kept]]

    def place_of(self, start: NDArray[np.int64], end: NDArray[np.int64]) -> NDArray[np.intp]:
        """Where the data of a matrix have the arcs between some pairs of nodes, which must be joined."""
        return np.searchsorted(self._joined_keys, start * self.arcs.nodes + end)

    @cached_property
    def ends(self) -> NDArray[np.int32]:
        """Second node of each pair."""
        return (self._joined_keys % self.arcs.nodes).astype(np.int32)

    @cached_property
    def row_starts(self) -> NDArray[np.int32]:
        """Position of the first pair of each node, and the number of pairs, shape (nodes + 1,)."""
        keys = np.arange(self.arcs.nodes + 1, dtype=np.int64) * self.arcs.nodes
        return np.searchsorted(self._joined_keys, keys).astype(np.int32)

    @cached_property
    def _order(self) -> NDArray[np.intp]:
        """Arcs by start, then end; parallel ones as they were."""
        return np.argsort(self._keys, kind="stable")

    @cached_property
    def _keys(self) -> NDArray[np.int64]:
        return self.arcs.start.astype(np.int64) * self.arcs.nodes + self.arcs.end

    @cached_property
    def _first(self) -> NDArray[np.intp]:
        """Position in `_order` of the first arc of each pair."""
        return np.flatnonzero(is_first(self._keys[self._order]))

    @cached_property
    def _joined_keys(self) -> NDArray[np.int64]:
        """Key of each pair of nodes that some arc joins, in order."""
        return self._keys[self._order][self._first]

    @cached_property
    def _group(self) -> NDArray[np.intp]:
        """Number of the pair of each arc in `_order`."""
        return np.cumsum(is_first(self._keys[self._order])) - 1


def is_first(values: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Where a value of an ordered array differs from the one before.

    Examples
    --------
    >>> is_first(np.array([3, 3, 5])).tolist()
    [True, False, True]
    """
    return np.append(np.ones(min(len(values), 1), dtype=bool), values[1:] != values[:-1])
