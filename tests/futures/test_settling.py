"""Futures that double until the ranking has settled: the same as drawn at once, and no more than allowed."""

from __future__ import annotations

import pytest

from corridor.futures import settling
from corridor.futures.convergence import find_steps, settled_n
from corridor.futures.draws import Draws
from corridor.futures.factors import Factors
from corridor.futures.outcomes import draw_outcomes, joined_outcomes
from corridor.futures.registry import SOBOL_VARIABLES
from corridor.futures.settling import Drawn, LaterDraws, draw_until_settled
from corridor.network.roads import RoadNetwork
from tests.futures.toy_futures import ToyFutures, build_toy_futures, digest


def drawn_until_settled(toy: ToyFutures) -> Drawn:
    return draw_until_settled(toy.options, toy.evidence, toy.scenario, rest="smooth")


def test_futures_drawn_in_two_parts_are_those_drawn_at_once(toy_network: RoadNetwork) -> None:
    toy = build_toy_futures(toy_network)
    later = Factors(toy.evidence, LaterDraws(Draws(1024, 7, SOBOL_VARIABLES), 256))
    joined = joined_outcomes(toy.draw(n=256), draw_outcomes(toy.options, later, toy.scenario))
    assert digest(joined) == digest(toy.draw(n=1024))


@pytest.mark.parametrize(("most", "n"), [(1024, 1024), (8192, 8192), (16384, 16384), (32768, 32768)])
def test_a_ranking_that_never_settles_takes_all_futures_that_are_allowed(
    toy_network: RoadNetwork, monkeypatch: pytest.MonkeyPatch, most: int, n: int
) -> None:
    monkeypatch.setattr(settling, "settled_n", lambda _: None)
    toy = build_toy_futures(toy_network, f"uncertainty.draws={most}")
    drawn = drawn_until_settled(toy)
    assert drawn.draws.n == len(drawn.on_average.hours) == len(drawn.this_truck.hours) == n
    assert digest(drawn.this_truck) == digest(toy.draw(n=n))
    assert digest(drawn.on_average) == digest(toy.draw(n=n, has_luck=False))


def test_a_ranking_that_has_settled_asks_for_no_more(toy_network: RoadNetwork) -> None:
    toy = build_toy_futures(toy_network, "uncertainty.draws=1048576")
    drawn = drawn_until_settled(toy)
    assert settled_n(find_steps(drawn.this_truck)) is not None
    assert drawn.draws.n < 1048576
    if drawn.draws.n > 8192:
        half = toy.draw(n=drawn.draws.n // 2)
        assert settled_n(find_steps(half)) is None
