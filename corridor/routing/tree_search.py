"""Least ways under changing weights by scipy's Dijkstra: one tree per start and future, no preparation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from corridor.routing.road_arcs import NodePair, RoadArcs, Steps, Way


@dataclass(frozen=True)
class TreeSearch:
    """A `RoadSearch` that needs nothing but scipy; the faster one is tested against it."""

    arcs: RoadArcs

    def ways(self, steps: Steps, pairs: Sequence[NodePair]) -> list[list[Way | None]]:
        """See `RoadSearch.ways`."""
        futures = [self._ways_of_future(column, pairs) for column in np.ascontiguousarray(steps.T)]
        return [list(ways) for ways in zip(*futures, strict=True)]

    def _ways_of_future(self, steps: Steps, pairs: Sequence[NodePair]) -> list[Way | None]:
        matrix, rows = self._matrix(steps)
        starts = sorted({pair.start for pair in pairs})
        weight, before = dijkstra(matrix, directed=True, indices=starts, return_predecessors=True)
        position = {start: number for number, start in enumerate(starts)}
        return [self._way(weight[position[a]], before[position[a]], rows, NodePair(a, b)) for a, b in pairs]

    def _way(
        self, weight: NDArray[np.float64], before: NDArray[np.int32], rows: NDArray[np.int32], pair: NodePair
    ) -> Way | None:
        if not np.isfinite(weight[pair.end]):
            return None
        nodes = [pair.end]
        while nodes[-1] != pair.start:
            nodes.append(int(before[nodes[-1]]))
        way = np.array(nodes[::-1], dtype=np.int64)
        keys = way[:-1] * self.arcs.nodes + way[1:]
        return Way(int(weight[pair.end]), rows[np.searchsorted(self._joined_keys, keys)])

    def _matrix(self, steps: Steps) -> tuple[csr_array, NDArray[np.int32]]:
        """The graph with the least of the arcs that join the same nodes, and the row of each that is kept."""
        weight = steps[self.arcs.row[self._order]]
        least = np.minimum.reduceat(weight, self._first) if len(weight) else weight
        which = np.flatnonzero(weight == np.repeat(least, self._count))
        kept = which[np.unique(self._group[which], return_index=True)[1]]
        start, end = np.divmod(self._joined_keys, self.arcs.nodes)
        matrix = csr_array((least.astype(np.float64), (start, end)), shape=(self.arcs.nodes, self.arcs.nodes))
        return matrix, self.arcs.row[self._order[kept]]

    @cached_property
    def _order(self) -> NDArray[np.intp]:
        """Arcs by start, then end; parallel ones as they were."""
        return np.argsort(self._keys, kind="stable")

    @cached_property
    def _keys(self) -> NDArray[np.int64]:
        return self.arcs.start.astype(np.int64) * self.arcs.nodes + self.arcs.end

    @cached_property
    def _joined_keys(self) -> NDArray[np.int64]:
        """Key of each pair of nodes that some arc joins, in order."""
        return np.unique(self._keys)

    @cached_property
    def _first(self) -> NDArray[np.intp]:
        """Position in `_order` of the first arc of each pair."""
        return np.searchsorted(self._keys[self._order], self._joined_keys)

    @cached_property
    def _count(self) -> NDArray[np.intp]:
        return np.diff(np.append(self._first, len(self._order)))

    @cached_property
    def _group(self) -> NDArray[np.intp]:
        """Number of the pair of each arc in `_order`."""
        return np.repeat(np.arange(len(self._first)), self._count)
