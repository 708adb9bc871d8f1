"""Ranks counted by hand, and what must hold for all of them (model.md 5.2, 5.4)."""

from __future__ import annotations

from math import hypot, log, log1p, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray
from scipy.special import ndtr

from corridor.futures.distributions import lognormal_by_mean_and_cv
from corridor.futures.draws import Draws
from corridor.futures.ranking import (
    build_rank_acceptability,
    find_ranks,
    first_shares,
    least_mean_labels,
    order_by_mean,
    rank_acceptability,
)
from tests.futures.by_hand import outcomes_by_hand

Floats = NDArray[np.float64]
LABELS = ("A", "B", "C", "D")
COSTS = arrays(np.float64, st.tuples(st.integers(1, 30), st.just(4)), elements=st.floats(0, 1e5))
TIED_COSTS = arrays(np.float64, st.tuples(st.integers(1, 30), st.just(4)), elements=st.integers(0, 3).map(float))


def test_shares_of_ranks_are_those_that_can_be_counted() -> None:
    # A first in futures 1 and 2, B in 3, C in 4; C last in 1, 2 and 3
    outcomes = outcomes_by_hand({"A": [1, 1, 5, 9], "B": [2, 3, 4, 8], "C": [3, 4, 6, 7]})
    ranks = build_rank_acceptability(outcomes)
    assert ranks.n == 4
    assert ranks.share.tolist() == [[0.5, 0.25, 0.25], [0.25, 0.75, 0.0], [0.25, 0.0, 0.75]]
    assert ranks.first_share("C") == 0.25


def test_money_time_and_carbon_all_count() -> None:
    # in money A is cheaper by 30; B is a day faster, worth 20, and saves 500 kg, at 40 USD/t worth 20: B by 10
    outcomes = outcomes_by_hand(
        {"A": [100.0], "B": [130.0]},
        days={"A": [11.0], "B": [10.0]},
        co2e_kg={"A": [1500.0], "B": [1000.0]},
        cargo_usd_per_day=20.0,
        carbon_usd_per_t=40.0,
    )
    assert build_rank_acceptability(outcomes).first_share("B") == 1.0


def test_the_value_of_time_decides_between_three_options_as_in_the_specification() -> None:
    # (6,000 USD, 24 d), (7,000, 19), (9,000, 15): the order switches at 200 and at 500 USD a day
    usd_per_day = (np.arange(1000) + 0.5)[:, np.newaxis]
    costs = np.array([6000, 7000, 9000]) + usd_per_day * np.array([24, 19, 15])
    assert first_shares(("A", "B", "C"), costs).tolist() == pytest.approx([0.2, 0.3, 0.5])


def test_costs_within_half_a_dollar_go_by_label_whatever_the_order_of_columns() -> None:
    costs = np.array([[100.0, 100.1, 99.9]])
    assert find_ranks(("A", "B", "C"), costs).tolist() == [[0, 1, 2]]
    assert find_ranks(("C", "B", "A"), costs).tolist() == [[2, 1, 0]]
    assert find_ranks(("A", "B", "C"), np.array([[100.0, 99.0, 98.0]])).tolist() == [[2, 1, 0]]


def test_ties_for_the_first_rank_are_told() -> None:
    ranks = build_rank_acceptability(outcomes_by_hand({"A": [5, 5, 5, 9], "B": [5, 6, 4, 5], "C": [9, 9, 9, 5]}))
    assert [ranks.first_share(label) for label in "ABC"] == [0.5, 0.5, 0.0]
    assert [ranks.tied_first_share(label) for label in "ABC"] == [0.25, 0.5, 0.25]  # A with B in 1, B with C in 4


def test_a_single_option_is_first_everywhere_and_tied_with_nobody() -> None:
    ranks = build_rank_acceptability(outcomes_by_hand({"A": [5.0, 6.0]}))
    assert ranks.share.tolist() == [[1.0]]
    assert ranks.tied_first_share("A") == 0.0


@given(COSTS | TIED_COSTS)
def test_every_option_has_one_rank_and_every_rank_one_option(costs: Floats) -> None:
    share = rank_acceptability(LABELS, costs).share
    assert share.sum(axis=0) == pytest.approx(np.ones(4))
    assert share.sum(axis=1) == pytest.approx(np.ones(4))
    assert (np.sort(find_ranks(LABELS, costs), axis=1) == np.arange(4)).all()


@given(COSTS | TIED_COSTS, st.permutations(range(4)))
def test_the_order_of_columns_does_not_matter(costs: Floats, order: list[int]) -> None:
    labels = [LABELS[column] for column in order]
    np.testing.assert_array_equal(find_ranks(labels, costs[:, order]), find_ranks(LABELS, costs)[:, order])


@given(COSTS | TIED_COSTS)
def test_a_third_option_never_changes_which_of_two_ranks_before_the_other(costs: Floats) -> None:
    with_third, without = find_ranks(LABELS, costs), find_ranks(LABELS[:2], costs[:, :2])
    np.testing.assert_array_equal(with_third[:, 0] < with_third[:, 1], without[:, 0] < without[:, 1])


@given(COSTS | TIED_COSTS)
def test_removing_an_option_that_is_never_first_leaves_the_first_ranks_of_the_others(costs: Floats) -> None:
    kept = [0, 1, 3]
    costs = costs.copy()
    costs[:, 2] = costs[:, kept].min(axis=1) + 1000  # C is never first
    np.testing.assert_array_equal(
        first_shares([LABELS[column] for column in kept], costs[:, kept]), first_shares(LABELS, costs)[kept]
    )


@given(COSTS)
def test_a_cost_that_all_options_share_changes_no_rank(costs: Floats) -> None:
    shared = 0.5 * np.arange(len(costs))[:, np.newaxis]  # whole steps of comparison, so that rounding stays the same
    np.testing.assert_array_equal(
        find_ranks(LABELS, np.rint(2 * costs) / 2 + shared), find_ranks(LABELS, np.rint(2 * costs) / 2)
    )


def test_the_order_by_mean_is_by_mean_and_ties_by_label() -> None:
    costs = np.array([[1.0, 4.0, 2.0, 9.0], [5.0, 2.0, 4.0, 0.0]])  # means 3, 3, 3, 4.5
    assert order_by_mean(("B", "C", "A", "D"), costs) == ("A", "B", "C", "D")
    assert least_mean_labels(("B", "C", "A", "D"), costs) == ("A", "B", "C")


def test_the_frame_has_a_row_per_option_and_rank() -> None:
    frame = build_rank_acceptability(outcomes_by_hand({"A": [1, 3], "B": [2, 2]})).to_frame()
    assert frame.values.tolist() == [["A", 1, 0.5], ["A", 2, 0.5], ["B", 1, 0.5], ["B", 2, 0.5]]


@pytest.mark.parametrize(
    ("ratio", "cv_a", "cv_b"), [(1.0, 0.3, 0.3), (1.1, 0.2, 0.5), (0.8, 0.4, 0.1), (1.5, 0.6, 0.6)]
)
def test_of_two_lognormal_costs_the_first_is_less_as_often_as_known(ratio: float, cv_a: float, cv_b: float) -> None:
    # P(A < B) = Phi((ln median B - ln median A) / sqrt(s_A^2 + s_B^2))
    n, names = 8192, ("a", "b")
    draws = Draws(n, 7, names)
    means = {"a": 10_000.0, "b": 10_000.0 * ratio}
    costs = {
        name: lognormal_by_mean_and_cv(means[name], cv, where=name)
        for name, cv in zip(names, (cv_a, cv_b), strict=True)
    }
    usd = np.stack([costs[name].quantile(draws.knowledge(name)) for name in names], axis=1)
    sdlogs = [sqrt(log1p(cv**2)) for cv in (cv_a, cv_b)]
    medians = [means[name] / sqrt(1 + cv**2) for name, cv in zip(names, (cv_a, cv_b), strict=True)]
    known = ndtr((log(medians[1]) - log(medians[0])) / hypot(*sdlogs))
    error = sqrt(known * (1 - known) / n)
    assert first_shares(("A", "B"), usd)[0] == pytest.approx(known, abs=3 * error)
