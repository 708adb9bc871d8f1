"""Road lengths made longer where the source has cut the bends: fitted on known distances, never on the checks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import lsq_linear

from corridor.errors import DataError
from corridor.network.shortest_paths import RoadGraph, build_road_graph, find_tree

RELIEF_CAP_M = 400.0
"""Relief above this adds no further length (model.md 1)."""

FIT_ROUNDS = 6
OUTLIER_SHARE = 0.15


@dataclass(frozen=True, slots=True)
class KnownDistance:
    """A distance that people quote: nodes along the way, in order, and the range of km quoted."""

    name: str
    nodes: tuple[int, ...]
    low_km: float
    high_km: float
    use: str

    def error_share(self, length_km: float) -> float:
        """Relative error to the nearer end of the range; 0 inside it.

        Examples
        --------
        >>> pair = KnownDistance("Moscow - Minsk", (0, 1), 700.0, 725.0, "check")
        >>> pair.error_share(710.0), round(pair.error_share(665.0), 3)
        (0.0, -0.05)
        """
        if length_km < self.low_km:
            return length_km / self.low_km - 1
        return max(0.0, length_km / self.high_km - 1)


@dataclass(frozen=True, slots=True)
class RoadLengths:
    """The edges whose length is to be corrected, all arrays of shape (edges,)."""

    tail: NDArray[np.int32]
    head: NDArray[np.int32]
    raw_km: NDArray[np.float64]
    relief_sd_m: NDArray[np.float64]
    nodes: int

    def features(self) -> NDArray[np.float64]:
        """What the correction multiplies, shape (edges, 2): km, and km x relief in units of 100 m."""
        relief = np.minimum(self.relief_sd_m, RELIEF_CAP_M) / 100
        return np.column_stack([self.raw_km, self.raw_km * relief])


def fit_length_factors(roads: RoadLengths, known: Sequence[KnownDistance]) -> NDArray[np.float64]:
    """Factors (a, b) of `corrected_km`, fitted on the pairs whose `use` is ``fit``.

    Notes
    -----
    The way itself depends on the factors, so ways and factors are found in turn, `FIT_ROUNDS` times.
    Least squares on relative errors to the middle of the range, each factor >= 0. Pairs more than
    `OUTLIER_SHARE` off in one round are left out of it: a wrong road, not a wrong length.
    """
    factors = np.array([1.0, 0.0])
    pairs = [pair for pair in known if pair.use == "fit"]
    middle_km = np.array([(pair.low_km + pair.high_km) / 2 for pair in pairs])
    for _ in range(FIT_ROUNDS):
        sums = sums_along(roads, pairs, corrected_km(roads, factors), roads.features())
        usable = np.abs(sums @ factors / middle_km - 1) < OUTLIER_SHARE
        scaled = sums[usable] / middle_km[usable, None]
        factors = lsq_linear(scaled, np.ones(int(usable.sum())), bounds=(0.0, np.inf)).x
    return np.asarray(factors)


def corrected_km(roads: RoadLengths, factors: NDArray[np.float64]) -> NDArray[np.float64]:
    """Corrected lengths: raw_km * (a + b * min(relief_sd_m, 400) / 100) (model.md 1)."""
    return np.asarray(roads.features() @ factors)


def sums_along(
    roads: RoadLengths,
    pairs: Sequence[KnownDistance],
    weight_km: NDArray[np.float64],
    values: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Sum of `values` (edges, columns) along the shortest way of each pair, shape (pairs, columns)."""
    graph = road_graph(roads, weight_km)
    ways = [edges_along(graph, pair.nodes, name=pair.name) for pair in pairs]
    return np.array([values[way].sum(axis=0) for way in ways])


def road_graph(roads: RoadLengths, weight_km: NDArray[np.float64]) -> RoadGraph:
    """The roads as a graph with these weights."""
    numbers = np.arange(len(weight_km))
    return build_road_graph(tail=roads.tail, head=roads.head, weight=weight_km, edge=numbers, nodes=roads.nodes)


def edges_along(graph: RoadGraph, nodes: Sequence[int], *, name: str) -> NDArray[np.intp]:
    """Edges of the shortest way through `nodes` in order.

    Raises
    ------
    DataError
        Two of the nodes are not connected.
    """
    way: list[NDArray[np.intp]] = []
    for start, end in pairwise(nodes):
        tree = find_tree(graph, start)
        if not np.isfinite(tree.weight[end]):
            raise DataError(f"{name}: no road between two of its points; expected a connected network.")
        way.append(graph.edges_of_way(tree.way_to(end)))
    return np.concatenate(way)
