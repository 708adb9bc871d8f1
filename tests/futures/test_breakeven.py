"""At which value of a number two options cost the same: on paper, and by running the model again."""

from __future__ import annotations

from dataclasses import replace
from math import exp, sqrt

import numpy as np
import pytest

from corridor.analysis.assessment import Assessment
from corridor.errors import ScenarioError
from corridor.futures.asked import find_asked, gap_at_usd, list_asked
from corridor.futures.breakeven import break_evens_frame, find_break_even, find_break_evens, solve_numbers
from corridor.futures.pairs import find_pair, multiplied, scenario_factors
from corridor.futures.switches import bracketed_roots, grid_points, straight_root
from corridor.network.roads import RoadNetwork
from tests.analysis.conftest import toy_scenario
from tests.futures.change_trip import (
    BY_CHAMAN,
    BY_TORKHAM,
    FEE,
    QUEUE,
    QUIET,
    by_chain,
    drawn_assessment,
    labels_of,
    sure_evidence,
    toy_assessment,
)

USD_PER_QUEUE_H = 2 * 2 + 2 + 1 + 2 * 0.5 * 1 + 90_000 * 0.008 / 24
"""Two drivers, truck, overhead, 2 l/h for half of the queue at 1 USD/l, and the cargo: 38 USD."""


@pytest.fixture
def sure(toy_network: RoadNetwork) -> Assessment:
    return toy_assessment(toy_network, sure_evidence())


@pytest.fixture
def drawn(toy_network: RoadNetwork) -> Assessment:
    return drawn_assessment(toy_network)


def ledger_gap_usd(assessment: Assessment) -> float:
    a, b = (by_chain(assessment, posts) for posts in (BY_TORKHAM, BY_CHAMAN))
    return a.generalised_cost_usd - b.generalised_cost_usd


def test_a_fee_may_rise_by_the_whole_gap_before_the_order_changes(sure: Assessment) -> None:
    found = find_break_even(sure, FEE, between=labels_of(sure))
    (switch,) = found.switches
    assert found.line.gap_usd == pytest.approx(ledger_gap_usd(sure))
    assert switch.value == pytest.approx(238 - ledger_gap_usd(sure))
    assert (switch.better_below, switch.better_above) == labels_of(sure)


def test_a_queue_may_grow_by_the_gap_over_what_an_hour_costs(sure: Assessment) -> None:
    found = find_break_even(sure, QUEUE, between=labels_of(sure))
    (switch,) = found.switches
    assert switch.value == pytest.approx(10 - ledger_gap_usd(sure) / USD_PER_QUEUE_H, abs=0.05)


@pytest.mark.parametrize("key", [QUEUE, FEE, "crossings.torkham.PAK-AFG.entry_side_h"])
def test_the_break_even_is_where_the_model_run_again_changes_its_mind(
    key: str, sure: Assessment, toy_network: RoadNetwork
) -> None:
    found = find_break_even(sure, key, between=labels_of(sure), low=1, high=5000)
    (switch,) = found.switches
    step = 0.1 if found.asked.unit == "h" else 0.01

    def rerun_gap_usd(value: float) -> float:
        return ledger_gap_usd(toy_assessment(toy_network, sure_evidence(**{key: value})))

    grid = np.linspace(switch.value - 2 * step, switch.value + 2 * step, 5)
    signs = [rerun_gap_usd(value) < 0 for value in grid.tolist()]
    is_a_below = switch.better_below == labels_of(sure)[0]
    assert signs[:2] == [is_a_below] * 2
    assert signs[3:] == [not is_a_below] * 2


def test_a_straight_line_and_a_bracket_find_the_same_value(drawn: Assessment) -> None:
    pair = find_pair(drawn, labels_of(drawn))
    factors, asked = scenario_factors(drawn, has_luck=True), find_asked(FEE, pair)

    def gap_of(value: float) -> float:
        return float(gap_at_usd(pair, factors, {asked: value}).mean())

    root = straight_root(gap_of, asked.value, 0.0, 1e9)
    (bracketed,) = bracketed_roots(gap_of, grid_points(10.0, 20_000.0, 33), "USD")
    assert root == pytest.approx(bracketed, abs=1.0)


def test_at_the_value_as_it_is_the_gap_is_that_of_the_futures(drawn: Assessment) -> None:
    pair, factors = find_pair(drawn), scenario_factors(drawn, has_luck=True)
    plain = pair.gap_usd(factors)
    for asked in list_asked(pair):
        assert gap_at_usd(pair, factors, {asked: asked.value}) == pytest.approx(plain, abs=1e-6)


def test_multiplied_futures_are_those_of_new_draws(drawn: Assessment) -> None:
    pair, factors = find_pair(drawn), scenario_factors(drawn, has_luck=True)
    shared = pair.gap_usd(multiplied(factors, {QUEUE: 2.0}))
    fresh = pair.gap_usd(multiplied(scenario_factors(drawn, has_luck=True), {QUEUE: 2.0}))
    assert (shared == fresh).all()


def test_exchanging_the_options_leaves_the_break_even_and_mirrors_the_rest(drawn: Assessment) -> None:
    a, b = labels_of(drawn)
    there, back = (find_break_even(drawn, QUEUE, between=labels) for labels in ((a, b), (b, a)))
    assert [switch.value for switch in there.switches] == pytest.approx([switch.value for switch in back.switches])
    assert there.line.gap_usd == pytest.approx(-back.line.gap_usd)
    assert [s.better_below for s in there.switches] == [s.better_below for s in back.switches]


def test_every_change_of_sign_is_found() -> None:
    roots = bracketed_roots(lambda x: (x - 2) * (x - 5) * (x - 7), [0.0, 1.0, 3.0, 6.0, 8.0], "h")
    assert roots == pytest.approx([2.0, 5.0, 7.0], abs=0.05)


def test_two_changes_between_two_points_stay_unseen() -> None:
    assert bracketed_roots(lambda x: (x - 2) * (x - 2.5), [1.0, 3.0], "h") == []


def test_a_flat_line_and_one_that_passes_out_of_bounds_have_no_root() -> None:
    assert straight_root(lambda _: -5.0, 10.0, 0.0, 100.0) is None
    assert straight_root(lambda x: x + 5.0, 10.0, 0.0, 100.0) is None  # at -5
    assert straight_root(lambda x: x - 5.0, 10.0, 0.0, 100.0) == 5.0


def test_where_no_value_in_the_range_changes_the_order_the_nearest_beyond_is_told(sure: Assessment) -> None:
    found = find_break_even(sure, QUEUE, between=labels_of(sure), low=1, high=20)
    (switch,) = found.switches
    assert not switch.is_inside
    assert switch.value == pytest.approx(10 - ledger_gap_usd(sure) / USD_PER_QUEUE_H, abs=0.05)
    assert found.better_now == labels_of(sure)[0]


def test_a_number_that_both_options_rest_on_alike_has_no_effect(sure: Assessment) -> None:
    found = find_break_even(sure, "parameters.tir_carnet_usd.*", between=labels_of(sure))
    assert not found.has_effect
    assert found.switches == ()


def test_the_distance_counts_standard_deviations_of_the_drawn_factor(drawn: Assessment) -> None:
    found = find_break_even(drawn, FEE, between=labels_of(drawn))
    (switch,) = found.switches
    fee = drawn.evidence.crossings["torkham"].times["PAK-AFG"].exit_fee
    sdlog = drawn.evidence.parameter("figure_sdlog", fee.grade).value
    spread = found.asked.value * sqrt(exp(sdlog**2) - 1)
    assert found.spread == pytest.approx(spread, rel=0.02)
    assert found.distance_sd(switch) == pytest.approx((switch.value - found.asked.value) / spread, rel=0.02)


def test_nothing_drawn_about_a_number_leaves_its_distance_open(sure: Assessment) -> None:
    found = find_break_even(sure, FEE, between=labels_of(sure))
    assert found.distance_sd(found.switches[0]) is None


def test_at_the_break_even_price_of_carbon_the_gap_is_paid_by_the_co2e(sure: Assessment) -> None:
    a, b = (by_chain(sure, posts) for posts in (BY_TORKHAM, BY_CHAMAN))
    found = find_break_even(sure, "criteria.carbon_usd_per_t", between=(a.label, b.label), low=0, high=1e6)
    slope_t = (a.ledger.co2e_wtw_kg - b.ledger.co2e_wtw_kg) / 1000
    gaps = np.array(found.line.gaps_usd)
    assert np.diff(gaps) == pytest.approx(np.diff(found.line.values) * slope_t)


def test_the_break_even_value_of_time_is_the_gap_in_money_over_the_gap_in_hours(toy_network: RoadNetwork) -> None:
    scenario = toy_scenario(*QUIET, "cargo.value_usd=90000")
    sure = toy_assessment(toy_network, sure_evidence(**{FEE: 3_000}), scenario)
    a, b = (by_chain(sure, posts) for posts in (BY_TORKHAM, BY_CHAMAN))
    usd, hours = a.ledger.money_usd - b.ledger.money_usd, a.ledger.time_h - b.ledger.time_h
    assert hours < 0 < usd  # Torkham is dearer and faster, so that dear cargo goes there
    (switch,) = find_break_even(sure, "vot_share_per_day", between=(a.label, b.label), low=0, high=1).switches
    assert switch.value == pytest.approx(-usd / hours * 24 / 90_000)
    assert (switch.better_below, switch.better_above) == (b.label, a.label)


def test_all_break_evens_are_those_of_single_questions_nearest_first(drawn: Assessment) -> None:
    between = labels_of(drawn)
    found = find_break_evens(drawn, between=between).rows
    distances = [each.distance_sd(each.nearest) or 0.0 for each in found if each.nearest and each.spread]
    assert distances == sorted(distances)
    assert distances
    for each in found[:5]:
        asked = each.asked
        single = find_break_even(drawn, asked.key, between=between, low=asked.low, high=asked.high)
        assert each.nearest is not None
        assert min(abs(s.value - each.nearest.value) for s in single.switches) <= max(0.11, 0.002 * each.nearest.value)


def test_a_third_option_that_has_overtaken_both_is_named(toy_network: RoadNetwork) -> None:
    """With Hairatan at its old fee the way over it is better than both ways over Torghundi, whatever Torkham asks."""
    cheap = toy_assessment(toy_network, sure_evidence(**{"crossings.hairatan.AFG-UZB.exit_fee_usd": 40}))
    over_hairatan = next(option.label for option in cheap.options if "hairatan" in option.post_ids)
    found = find_break_even(cheap, FEE, between=labels_of(cheap))
    assert [found.overtaken_by(switch) for switch in found.switches] == [over_hairatan]


def test_what_is_likely_of_a_drawn_number_lies_around_it_and_of_a_sure_one_is_not_told(
    drawn: Assessment, sure: Assessment
) -> None:
    found = find_break_even(drawn, QUEUE, between=labels_of(drawn))
    assert found.likely is not None
    assert found.likely[0] < found.asked.value < found.likely[1]
    (certain,) = solve_numbers(sure, find_pair(sure, labels_of(sure)), [found.asked]).rows
    assert (certain.likely, certain.spread) == (None, 0.0)
    assert certain.to_frame()["is_likely"].isna().all()


def test_frames_name_units_and_keep_numbers_without_a_switch(sure: Assessment) -> None:
    found = find_break_even(sure, QUEUE, between=labels_of(sure))
    without = find_break_even(sure, "parameters.tir_carnet_usd.*", between=labels_of(sure))
    frame = break_evens_frame([found, without])
    assert frame["unit"].tolist() == ["h", "USD"]
    assert frame["switch_value"].isna().tolist() == [False, True]
    assert len(found.line_frame()) == len(found.line.values)


def test_a_key_may_be_shortened_to_its_end(sure: Assessment) -> None:
    pair = find_pair(sure, labels_of(sure))
    assert find_asked("torkham.PAK-AFG.queue_h", pair).key == QUEUE
    assert find_asked(f"override.{QUEUE}", pair).key == QUEUE
    assert find_asked("diesel_usd_per_l.PAK", pair).key == "parameters.diesel_usd_per_l.PAK"


@pytest.mark.parametrize(
    ("key", "message"),
    [
        ("queue_h", "expected the whole key of one"),
        ("torkam.PAK-AFG.queue_h", "Did you mean 'torkham.PAK-AFG.queue_h'?"),
        ("crossings.khunjerab.PAK-CHN.queue_h", "rests on it"),
        ("parameters.fuel_terrain_factor_per_100_m.*", "does not grow in proportion"),
        ("parameters.return_revenue_usd.*", "no figure is known"),
        ("premium_share.AFG", "no figure is known"),
        ("countries.AFG.aetr", "no single number"),
    ],
)
def test_what_cannot_be_solved_for_says_why(key: str, message: str, sure: Assessment) -> None:
    with pytest.raises(ScenarioError, match="parameter ") as fault:
        find_break_even(sure, key, between=labels_of(sure))
    assert message in str(fault.value)


def test_a_number_that_is_0_cannot_be_multiplied(toy_network: RoadNetwork) -> None:
    sure = toy_assessment(toy_network, sure_evidence(**{FEE: 0}))
    with pytest.raises(ScenarioError, match="it is 0, and every multiple of 0 is 0"):
        find_break_even(sure, FEE, between=labels_of(sure))


def test_a_speed_cannot_be_solved_for_where_hours_mix_it_with_that_of_mountains(sure: Assessment) -> None:
    pair = find_pair(sure, labels_of(sure))
    both = ("parameters.swod_km_per_h.PAK", "parameters.swod_mountain_km_per_h.PAK")
    time = tuple(replace(row, basis=both) if both[0] in row.basis else row for row in pair.a.ledger.time)
    mixed = replace(pair, a=replace(pair.a, ledger=replace(pair.a.ledger, time=time)))
    assert find_asked(both[0], pair).unit == "km/h"
    with pytest.raises(ScenarioError, match="rest on another of its kind as well"):
        find_asked(both[0], mixed)


def test_a_range_upside_down_is_refused(sure: Assessment) -> None:
    with pytest.raises(ScenarioError, match="no range; expected low < high"):
        find_break_even(sure, QUEUE, between=labels_of(sure), low=20, high=5)


def test_the_same_option_twice_and_an_unknown_one_are_refused(sure: Assessment) -> None:
    with pytest.raises(ScenarioError, match="twice the same option"):
        find_pair(sure, ("A", "A"))
    with pytest.raises(ScenarioError, match="no option 'Z'"):
        find_pair(sure, ("A", "Z"))
