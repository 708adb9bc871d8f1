"""Least ways under changing weights by scipy's Dijkstra: one tree per start and future, no preparation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse.csgraph import dijkstra

from corridor.routing.least_arcs import LeastArcs
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
        matrix, rows = self._least.matrix(steps)
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
        return Way(int(weight[pair.end]), rows[self._least.place_of(way[:-1], way[1:])])

    @cached_property
    def _least(self) -> LeastArcs:
        return LeastArcs(self.arcs)
