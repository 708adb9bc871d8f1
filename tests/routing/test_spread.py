"""Least weights from many roots, against a search written out by hand."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from corridor.routing.least_arcs import LeastArcs
from corridor.routing.road_arcs import RoadArcs
from corridor.routing.spread import NO_NODE, Spread, spread_from

NODES, ARCS = 40, 90


def random_arcs(seed: int) -> tuple[RoadArcs, np.ndarray]:
    draw = np.random.default_rng(seed)
    start, end = draw.integers(0, NODES, (2, ARCS)).astype(np.int32)
    return RoadArcs(NODES, start, end, np.arange(ARCS, dtype=np.int32)), np.round(draw.uniform(1, 9, ARCS), 4)


def least_by_rounds(arcs: RoadArcs, weight: np.ndarray, begin: dict[int, float]) -> np.ndarray:
    """Bellman and Ford: every arc again and again."""
    least = np.full(NODES, np.inf)
    for node, usd in begin.items():
        least[node] = usd
    for _, arc in product(range(NODES), range(ARCS)):
        least[arcs.end[arc]] = min(least[arcs.end[arc]], least[arcs.start[arc]] + weight[arc])
    return least


@pytest.mark.parametrize("seed", range(5))
def test_weights_from_roots_with_a_start_of_their_own_are_those_of_a_search_by_rounds(seed: int) -> None:
    arcs, weight = random_arcs(seed)
    found = spread_from(LeastArcs(arcs), weight, roots=np.array([3, 7]), start=np.array([2.0, -1.5]))
    np.testing.assert_allclose(found.weight, least_by_rounds(arcs, weight, {3: 2.0, 7: -1.5}), atol=1e-6)


@pytest.mark.parametrize("seed", range(5))
def test_what_adds_up_along_the_ways_is_the_weight_without_that_of_the_root(seed: int) -> None:
    arcs, weight = random_arcs(seed)
    found = spread_from(LeastArcs(arcs), weight, roots=np.array([3, 7]), start=np.array([0.0, 5.0]))
    begin = np.where(found.last(np.zeros(NODES, dtype=bool)) == 7, 5.0, 0.0)
    is_reached = np.isfinite(found.weight)
    np.testing.assert_allclose(found.sums(weight)[is_reached], (found.weight - begin)[is_reached], atol=1e-6)


def test_without_a_root_nothing_is_reached() -> None:
    arcs, weight = random_arcs(0)
    found = spread_from(LeastArcs(arcs), weight, roots=np.zeros(0, dtype=np.int64), start=np.zeros(0))
    assert np.isinf(found.weight).all()
    assert (found.before == NO_NODE).all()


def test_the_last_mark_is_the_nearest_one_before_the_end_of_a_way() -> None:
    line = np.array([NO_NODE, 0, 1, 2], dtype=np.int32)
    spread = Spread(np.arange(4.0), line, line)
    assert spread.last(np.array([False, True, False, False])).tolist() == [0, 1, 1, 1]
    assert spread.last(np.zeros(4, dtype=bool)).tolist() == [0, 0, 0, 0]
