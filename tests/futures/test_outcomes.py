"""Futures against the ledger they are drawn from, and what must hold for all of them (model.md 15.1, 15.4)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import sqrt

import numpy as np
import pytest
from numpy.typing import NDArray

from corridor.analysis.assessment import Option
from corridor.futures.draws import Draws
from corridor.futures.factors import Factors
from corridor.futures.outcomes import Outcomes, draw_futures, draw_outcomes
from corridor.futures.ranking import first_shares
from corridor.futures.registry import SOBOL_VARIABLES
from corridor.network.roads import RoadNetwork
from tests.futures.toy_futures import ToyFutures, build_toy_futures, digest
from tests.hash_seeds import printed_under_hash_seeds

Floats = NDArray[np.float64]

REST_AND_WHAT_IT_COSTS = {"driver_rest", "driver", "vehicle", "overhead", "empty_return"}
"""Components that hang on rest, which is no product of what is drawn: its mean lies up to a tenth above the plan."""

CAPPED = {"toll"}
"""The tolled share of the roads cannot exceed 1, which takes a little off the mean of its factor."""


@pytest.fixture
def toy(toy_network: RoadNetwork) -> ToyFutures:
    return build_toy_futures(toy_network)


def parts_of(outcomes: Outcomes, option: Option) -> list[tuple[str, Floats, float]]:
    """Component, what was drawn for it, what the ledger says."""
    column = outcomes.column(option.label)
    hours, usd = option.ledger.hours_by(lambda row: row.component), option.ledger.usd_by(lambda row: row.component)
    return [
        (name, part[:, column], ledger.get(name, 0.0))
        for parts, ledger in ((outcomes.hours_by_component, hours), (outcomes.usd_by_component, usd))
        for name, part in parts.items()
    ]


def test_the_toy_has_options_that_differ(toy: ToyFutures) -> None:
    assert len({option.post_ids for option in toy.options}) == len(toy.options) >= 3


@pytest.mark.parametrize("has_luck", [True, False])
def test_where_every_factor_is_1_the_ledger_comes_out(
    toy: ToyFutures, monkeypatch: pytest.MonkeyPatch, *, has_luck: bool
) -> None:
    monkeypatch.setattr(Factors, "of", lambda _self, _effect: None)
    monkeypatch.setattr(Factors, "closure_share", lambda _self, _post, days_ahead: np.ones_like(days_ahead))
    outcomes = toy.draw(n=4, has_luck=has_luck)
    for column, option in enumerate(toy.options):
        ledger = option.ledger
        assert outcomes.hours[:, column] == pytest.approx(ledger.time_h, abs=1e-9)
        assert outcomes.usd[:, column] == pytest.approx(ledger.money_usd, abs=1e-9)
        assert outcomes.co2e_wtw_kg[:, column] == pytest.approx(ledger.co2e_wtw_kg, abs=1e-9)
        assert outcomes.generalised_usd[:, column] == pytest.approx(option.generalised_cost_usd, abs=1e-6)
        for name, drawn, planned in parts_of(outcomes, option):
            assert drawn == pytest.approx(planned, abs=1e-9), name


def test_the_parts_add_up_to_the_totals(toy: ToyFutures) -> None:
    outcomes = toy.draw(n=1024)
    np.testing.assert_allclose(sum(outcomes.hours_by_component.values()), outcomes.hours, rtol=1e-12)
    np.testing.assert_allclose(sum(outcomes.usd_by_component.values()), outcomes.usd, rtol=1e-12)


def test_the_mean_of_a_component_is_that_of_the_ledger(toy: ToyFutures) -> None:
    outcomes = toy.draw()
    for option in toy.options:
        for name, drawn, planned in parts_of(outcomes, option):
            if name not in REST_AND_WHAT_IT_COSTS | CAPPED:
                error = drawn.std(ddof=1) / sqrt(len(drawn))
                assert drawn.mean() == pytest.approx(planned, abs=3 * error + 1e-9), f"{name} of {option.label}"


def test_what_hangs_on_rest_or_on_a_share_stays_near_the_ledger(toy: ToyFutures) -> None:
    outcomes = toy.draw()
    for option in toy.options:
        for name, drawn, planned in parts_of(outcomes, option):
            if name in REST_AND_WHAT_IT_COSTS | CAPPED:
                assert drawn.mean() == pytest.approx(planned, rel=0.2), f"{name} of {option.label}"


def test_nothing_drawn_is_below_0_or_without_end(toy: ToyFutures) -> None:
    outcomes = toy.draw(n=1024)
    for parts in (outcomes.hours_by_component, outcomes.usd_by_component, {"co2e": outcomes.co2e_wtw_kg}):
        for name, part in parts.items():
            assert np.isfinite(part).all(), name
            assert part.min() >= 0.0, name


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(toy: ToyFutures) -> None:
    assert digest(toy.draw(n=256)) == digest(toy.draw(n=256)) != digest(toy.draw(n=256, seed=8))


def test_the_first_futures_of_many_are_those_of_few(toy: ToyFutures) -> None:
    many, few = toy.draw(n=1024), toy.draw(n=256)
    np.testing.assert_array_equal(many.hours[:256], few.hours)
    np.testing.assert_array_equal(many.usd[:256], few.usd)


def test_permuting_the_options_permutes_the_columns(toy: ToyFutures) -> None:
    order = toy.options[::-1]
    backwards, forwards = toy.draw(n=256, options=order), toy.draw(n=256)
    assert backwards.labels == tuple(option.label for option in order)
    assert digest(backwards.of(forwards.labels)) == digest(forwards)


def test_an_option_more_leaves_the_others_as_they_were(toy: ToyFutures) -> None:
    few, all_options = toy.draw(n=256, options=toy.options[:2]), toy.draw(n=256)
    np.testing.assert_array_equal(all_options.hours[:, :2], few.hours)
    np.testing.assert_array_equal(all_options.usd[:, :2], few.usd)
    np.testing.assert_array_equal(all_options.co2e_wtw_kg[:, :2], few.co2e_wtw_kg)


def test_all_options_meet_the_same_futures(toy: ToyFutures) -> None:
    first = toy.options[0]
    twins = toy.draw(n=256, options=(first, replace(first, label="twin")))
    np.testing.assert_array_equal(twins.usd[:, 0], twins.usd[:, 1])
    np.testing.assert_array_equal(twins.hours[:, 0], twins.hours[:, 1])


def test_single_trucks_spread_wider_than_means_over_many_trips(toy: ToyFutures) -> None:
    single, many = toy.draw(), toy.draw(has_luck=False)
    assert (single.hours.std(axis=0) > 1.1 * many.hours.std(axis=0)).all()


def test_knowledge_is_the_same_with_and_without_luck(toy: ToyFutures) -> None:
    # tyres and tolls rest on no hours, and on nothing that differs from truck to truck
    single, many = toy.draw(n=256), toy.draw(n=256, has_luck=False)
    for name in ("tyres_maintenance", "toll", "border_fee"):
        np.testing.assert_array_equal(single.usd_by_component[name], many.usd_by_component[name])
    np.testing.assert_array_equal(single.hours_by_component["drive"], many.hours_by_component["drive"])


def test_costs_grow_in_a_straight_line_with_a_price(toy: ToyFutures) -> None:
    key = "parameters.diesel_usd_per_l.PAK"
    once, twice, thrice = (toy.draw(n=256, multiples={key: multiple}).usd for multiple in (1.0, 2.0, 3.0))
    np.testing.assert_allclose(thrice - twice, twice - once, atol=1e-6)
    assert (twice - once > 1.0).all()  # every way begins in Pakistan


def test_hours_of_a_post_grow_in_a_straight_line_and_nothing_else_does(toy: ToyFutures) -> None:
    key = "crossings.torkham.PAK-AFG.queue_h"
    once, twice, thrice = (toy.draw(n=256, multiples={key: m}).hours_by_component for m in (1.0, 2.0, 3.0))
    by_torkham = ["torkham" in option.post_ids for option in toy.options]
    for name in once:
        if name != "driver_rest":
            np.testing.assert_allclose(thrice[name] - twice[name], twice[name] - once[name], atol=1e-9)
            assert (twice[name] > once[name]).any(axis=0).tolist() == (
                by_torkham if name == "border_queue" else [False] * len(by_torkham)
            ), name


def test_hours_of_driving_fall_as_a_speed_rises(toy: ToyFutures) -> None:
    # in Pakistan t hours become t/2 and t/4: the second halving saves half of the first
    key = "parameters.swod_km_per_h.PAK"
    slow, fast, faster = (toy.draw(n=256, multiples={key: m}).hours_by_component["drive"] for m in (1.0, 2.0, 4.0))
    np.testing.assert_allclose(fast - faster, (slow - fast) / 2, atol=1e-9)
    assert (slow - fast > 0.5).all()


def test_a_multiple_of_what_no_option_rests_on_changes_nothing(toy: ToyFutures) -> None:
    key = "parameters.diesel_usd_per_l.POL"
    assert digest(toy.draw(n=256, multiples={key: 5.0})) == digest(toy.draw(n=256))


def test_futures_of_a_scenario_are_those_of_its_draws_and_seed(toy: ToyFutures) -> None:
    drawn = draw_futures(toy.options, toy.evidence, toy.scenario)
    uncertainty = toy.scenario.uncertainty
    assert digest(drawn) == digest(toy.draw(n=8192, seed=uncertainty.seed))


def test_columns_of_some_options_are_those_of_all(toy: ToyFutures) -> None:
    outcomes = toy.draw(n=256)
    label = outcomes.labels[-1]
    some = outcomes.of([label])
    np.testing.assert_array_equal(some.generalised_usd[:, 0], outcomes.generalised_usd[:, -1])
    assert some.days.max() == outcomes.hours[:, -1].max() / 24


@dataclass(frozen=True)
class OtherLuck:
    """The same knowledge with other luck."""

    draws: Draws
    number: int

    @property
    def n(self) -> int:
        return self.draws.n

    def knowledge(self, name: str) -> Floats:
        return self.draws.knowledge(name)

    def luck(self, name: str) -> Floats:
        return self.draws.luck(f"{name}.{self.number}")


def test_futures_without_luck_are_the_mean_over_trips_with_other_luck(toy: ToyFutures) -> None:
    # model.md: what holds on average over many trips, checked against 32 inner draws of luck
    draws = Draws(1024, 7, SOBOL_VARIABLES)
    inner = [
        draw_outcomes(toy.options, Factors(toy.evidence, OtherLuck(draws, number)), toy.scenario).generalised_usd
        for number in range(32)
    ]
    with_luck_usd, without_usd = np.mean(inner, axis=0), toy.draw(n=1024, has_luck=False).generalised_usd
    assert with_luck_usd.mean(axis=0) == pytest.approx(without_usd.mean(axis=0), rel=0.01)
    labels = [option.label for option in toy.options]
    assert first_shares(labels, with_luck_usd) == pytest.approx(first_shares(labels, without_usd), abs=0.05)


def test_futures_do_not_depend_on_the_hash_seed_of_python() -> None:
    code = (
        "from tests.conftest import toy_network; from tests.futures.toy_futures import build_toy_futures, digest;"
        "print(digest(build_toy_futures(toy_network.__wrapped__()).draw(n=64)))"
    )
    outputs = printed_under_hash_seeds(code)
    assert len(outputs) == 1
    assert len(outputs.pop().strip()) == 64
