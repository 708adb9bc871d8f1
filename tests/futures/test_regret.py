"""Regret by hand, limits, splits and choices between scenarios (model.md 5.5)."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from corridor.errors import ScenarioError
from corridor.futures.limits import build_limits_table
from corridor.futures.portfolio import build_portfolio
from corridor.futures.regret import build_regret_table
from corridor.futures.scenario_regret import build_scenario_regret, compare_scenarios, way_name
from tests.futures.by_hand import outcomes_by_hand
from tests.report.fake_trip import build_assessment, build_option

Floats = NDArray[np.float64]
COSTS = arrays(np.float64, st.tuples(st.integers(1, 30), st.just(3)), elements=st.floats(0, 1e5))
FOUR = {"A": [10.0, 14.0, 9.0, 13.0], "B": [12.0, 11.0, 13.0, 10.0]}
"""The four draws of model.md 5: means 11.5, 11.5, regret of A 0, 3, 0, 3, of B 2, 0, 4, 0."""


def test_regret_of_four_draws_is_that_of_the_specification() -> None:
    a, b = build_regret_table(outcomes_by_hand(FOUR)).options
    assert (a.mean_usd, b.mean_usd) == (1.5, 1.5)
    assert (a.p95_usd, b.p95_usd) == pytest.approx((3.0, 2 + 0.85 * 2))  # 0, 0, 2, 4: 0.95 x 3 = 2.85 steps up


def test_near_is_how_often_the_loss_is_small() -> None:
    a, b = build_regret_table(outcomes_by_hand(FOUR), near_usd=2.0).options
    assert (a.near_share, b.near_share) == (0.5, 0.75)


@given(COSTS)
def test_the_least_mean_regret_is_what_perfect_knowledge_is_worth(costs: Floats) -> None:
    outcomes = outcomes_by_hand(dict(zip("ABC", costs.T, strict=True)))
    least = min(option.mean_usd for option in build_regret_table(outcomes).options)
    assert least == pytest.approx(costs.mean(axis=0).min() - costs.min(axis=1).mean(), abs=1e-6)


@given(COSTS)
def test_mean_regret_ranks_like_mean_cost(costs: Floats) -> None:
    options = build_regret_table(outcomes_by_hand(dict(zip("ABC", costs.T, strict=True)))).options
    regret = np.array([option.mean_usd for option in options])
    mean = costs.mean(axis=0)
    assert regret - regret[0] == pytest.approx(mean - mean[0], abs=1e-6)


def test_a_single_option_loses_nothing() -> None:
    only = build_regret_table(outcomes_by_hand({"A": [5.0, 9.0]}), near_usd=0.0).of("A")
    assert (only.mean_usd, only.p95_usd, only.near_share) == (0.0, 0.0, 1.0)


def test_near_cannot_be_below_nothing() -> None:
    with pytest.raises(ScenarioError, match="near USD: below 0; expected 0 or more, got -1"):
        build_regret_table(outcomes_by_hand(FOUR), near_usd=-1.0)


def test_the_frame_of_regret_says_its_units() -> None:
    frame = build_regret_table(outcomes_by_hand(FOUR), near_usd=2.0).to_frame()
    assert list(frame.columns) == ["label", "mean_regret_usd", "p95_regret_usd", "near_share"]
    assert frame.mean_regret_usd.tolist() == [1.5, 1.5]


def test_limits_are_kept_where_both_days_and_dollars_are() -> None:
    outcomes = outcomes_by_hand({"A": [5, 6, 7, 8]}, days={"A": [9, 8, 7, 6]})
    row = build_limits_table(outcomes, days=8, usd=6).options[0]
    assert (row.days_share, row.usd_share, row.both_share) == (0.75, 0.5, 0.25)  # days 8, 7, 6; 5 and 6 USD; only 6
    assert not row.is_at_most


def test_shares_within_a_limit_of_money_are_at_most_where_fees_are_unknown() -> None:
    table = build_limits_table(outcomes_by_hand({"A": [5], "B": [5]}), days=1, usd=6, lower_bounds={"B"})
    assert table.to_frame().is_at_most.tolist() == [False, True]


@pytest.mark.parametrize(("days", "usd", "name"), [(0, 1, "days"), (1, 0, "USD"), (float("nan"), 1, "days")])
def test_a_limit_of_nothing_is_refused(days: float, usd: float, name: str) -> None:
    with pytest.raises(ScenarioError, match=f"limit of {name}: too low; expected more than 0, got"):
        build_limits_table(outcomes_by_hand(FOUR), days=days, usd=usd)


def test_a_split_of_two_options_that_fail_in_turn_is_surer_than_each() -> None:
    # A takes 10 or 20 days, B 20 or 10: half and half always 15. A costs 100 on the mean, B 140
    outcomes = outcomes_by_hand({"A": [50, 150], "B": [140, 140]}, days={"A": [10, 20], "B": [20, 10]})
    portfolio = build_portfolio(outcomes, "A", "B")
    half = portfolio.mixes[5]
    assert (half.share_a, half.mean_days, half.p95_days) == pytest.approx((0.5, 15.0, 15.0))
    assert portfolio.mixes[0].p95_days == portfolio.mixes[10].p95_days == pytest.approx(19.5)  # 10 + 0.95 x 10
    assert portfolio.surest == half
    assert portfolio.cheapest.share_a == 1.0
    assert portfolio.price_of_resilience_usd == pytest.approx(20.0)


@given(arrays(np.float64, st.tuples(st.integers(1, 20), st.just(4)), elements=st.floats(0, 1e4)))
def test_the_mean_of_a_split_is_linear_in_its_share_and_its_ends_are_the_options(values: Floats) -> None:
    a_usd, b_usd, a_days, b_days = values.T
    portfolio = build_portfolio(outcomes_by_hand({"A": a_usd, "B": b_usd}, days={"A": a_days, "B": b_days}), "A", "B")
    for mix in portfolio.mixes:
        assert mix.mean_usd == pytest.approx(mix.share_a * a_usd.mean() + (1 - mix.share_a) * b_usd.mean(), abs=1e-6)
    for mix, usd, days in ((portfolio.mixes[-1], a_usd, a_days), (portfolio.mixes[0], b_usd, b_days)):
        assert mix.p95_usd == pytest.approx(np.quantile(usd, 0.95))
        assert mix.p95_days == pytest.approx(np.quantile(days, 0.95))


def test_a_split_has_eleven_shares_unless_others_are_asked_for() -> None:
    outcomes = outcomes_by_hand(FOUR)
    assert build_portfolio(outcomes, "A", "B").to_frame().share_a.tolist() == [n / 10 for n in range(11)]
    assert [mix.share_a for mix in build_portfolio(outcomes, "A", "B", shares=[0.25]).mixes] == [0.25]


@pytest.mark.parametrize(
    ("labels", "shares", "message"),
    [
        (("A", "Z"), (0.5,), "split: no option Z; expected an open option of the run, got 'Z'. Known: A, B."),
        (("A", "A"), (0.5,), "split: both options are one; expected two, got A twice"),
        (("A", "B"), (1.5,), "split: share out of bounds; expected 0 to 1, got 1.5"),
    ],
)
def test_a_split_that_makes_no_sense_is_refused(
    labels: tuple[str, str], shares: tuple[float, ...], message: str
) -> None:
    with pytest.raises(ScenarioError, match=message):
        build_portfolio(outcomes_by_hand(FOUR), *labels, shares=shares)


def test_losses_in_named_scenarios_are_counted_from_the_best_of_each() -> None:
    # "open": best A at 10; "shut": best B at 13. A loses 0 and 17, B 2 and 0, C 1 and 3
    mean_usd = {"open": {"A": 10.0, "B": 12.0, "C": 11.0}, "shut": {"A": 30.0, "B": 13.0, "C": 16.0}}
    regret = build_scenario_regret(mean_usd)
    assert {row.option: row.loss_usd for row in regret.options} == {"A": (0, 17), "B": (2, 0), "C": (1, 3)}
    assert {row.option: row.mean_usd for row in regret.options} == {"A": 8.5, "B": 1.0, "C": 2.0}
    assert {row.option: row.worst_usd for row in regret.options} == {"A": 17, "B": 2, "C": 3}
    assert regret.least_mean == regret.least_worst == "B"


def test_least_on_the_mean_and_least_at_worst_may_be_two_ways() -> None:
    # A loses 0, 0 and 5: mean 1.7, worst 5; B 3, 3 and 0: mean 2, worst 3
    mean_usd = {"x": {"A": 10.0, "B": 13.0}, "y": {"A": 10.0, "B": 13.0}, "z": {"A": 15.0, "B": 10.0}}
    regret = build_scenario_regret(mean_usd)
    assert (regret.least_mean, regret.least_worst) == ("A", "B")


def test_a_way_without_figures_in_a_scenario_is_not_chosen() -> None:
    regret = build_scenario_regret({"open": {"A": 1.0, "B": 2.0}, "shut": {"B": 9.0}})
    assert regret.options[0].loss_usd == (0.0, None)
    assert (regret.options[0].mean_usd, regret.options[0].worst_usd) == (None, None)
    assert regret.least_worst == "B"
    assert build_scenario_regret({"open": {"A": 1.0}, "shut": {"B": 1.0}}).least_mean is None


def test_equal_losses_go_by_name() -> None:
    assert build_scenario_regret({"x": {"B": 1.0, "A": 1.0}}).least_mean == "A"


def test_a_scenario_without_a_way_is_refused() -> None:
    with pytest.raises(ScenarioError, match="regret: nothing to compare; expected options in every scenario"):
        build_scenario_regret({"shut": {}})


def test_one_run_or_one_name_twice_cannot_be_compared() -> None:
    run = build_assessment()
    for runs in ([("a", run)], [("a", run), ("a", run)]):
        with pytest.raises(ScenarioError, match="regret: not enough scenarios; expected two or more, each once"):
            compare_scenarios(runs)


def test_ways_are_called_by_their_posts() -> None:
    assert way_name(build_option("F")) == " > ".join(build_option("F").post_ids)
    assert way_name(build_option("F")).startswith("chaman > torghundi > ")
