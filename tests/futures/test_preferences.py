"""Preferences drawn from ranges: whom an option suits (model.md 5.4)."""

from __future__ import annotations

from math import log

import numpy as np
import pytest

from corridor.errors import ScenarioError
from corridor.futures.draws import Draws
from corridor.futures.outcomes import Outcomes
from corridor.futures.preferences import (
    PreferenceRanges,
    Preferences,
    build_preference_ranking,
    draw_preferences,
    generalised_usd,
)
from tests.futures.by_hand import outcomes_by_hand

N = 8192
DRAWS = Draws(N, seed=7, knowledge_names=())
THREE_SIGMA = 3 * 0.5 / N**0.5
"""Three standard errors of any share."""


def three_options(*, cargo_usd_per_day: float) -> Outcomes:
    """(6,000 USD, 24 d), (7,000, 19), (9,000, 15): the order switches at 200 and at 500 USD a day (model.md 5)."""
    return outcomes_by_hand(
        {"A": [6000.0] * N, "B": [7000.0] * N, "C": [9000.0] * N},
        days={"A": [24.0] * N, "B": [19.0] * N, "C": [15.0] * N},
        cargo_usd_per_day=cargo_usd_per_day,
    )


def test_first_ranks_follow_from_where_the_order_switches() -> None:
    # 250 USD a day, a quarter to four times: 62.5 to 1,000, a ratio of 16
    ranking = build_preference_ranking(three_options(cargo_usd_per_day=250.0), DRAWS)
    expected = [log(200 / 62.5) / log(16), log(500 / 200) / log(16), log(1000 / 500) / log(16)]
    found = [ranking.acceptability.first_share(label) for label in "ABC"]
    assert found == pytest.approx(expected, abs=THREE_SIGMA)
    assert [central.first_share for central in ranking.central] == found
    assert [24 * usd for usd in ranking.cargo_usd_per_h] == pytest.approx([62.5, 1000.0])


def test_the_central_preference_is_the_mean_where_an_option_is_first() -> None:
    # mean of a log-uniform between 200 and 500: (500 - 200) / ln(500 / 200) = 327.4
    ranking = build_preference_ranking(three_options(cargo_usd_per_day=250.0), DRAWS)
    assert ranking.central[1].cargo_usd_per_h == pytest.approx(300 / log(2.5) / 24, rel=0.02)
    assert ranking.central[1].carbon_usd_per_t == pytest.approx(199 / log(200), rel=0.05)  # as in all futures


def test_who_has_the_central_preference_of_a_certain_option_is_sure_of_it() -> None:
    ranking = build_preference_ranking(three_options(cargo_usd_per_day=250.0), DRAWS)
    assert [central.confidence_share for central in ranking.central] == [1.0, 1.0, 1.0]


def test_confidence_falls_to_the_share_of_futures_in_which_the_option_wins_for_somebody_like_that() -> None:
    # days are equal, so preferences do not matter: A is dearer in a quarter of the futures
    quarter = [9000.0, 6000.0, 6000.0, 6000.0] * (N // 4)
    outcomes = outcomes_by_hand({"A": quarter, "B": [7000.0] * N}, cargo_usd_per_day=250.0)
    ranking = build_preference_ranking(outcomes, DRAWS)
    assert [central.confidence_share for central in ranking.central] == [0.75, 0.25]


def test_an_option_that_is_never_first_suits_nobody() -> None:
    outcomes = outcomes_by_hand({"A": [1.0] * N, "B": [2.0] * N})
    central = build_preference_ranking(outcomes, DRAWS).central[1]
    assert (central.first_share, central.cargo_usd_per_h, central.confidence_share) == (0.0, None, None)


def test_preferences_stay_in_their_ranges_and_half_lie_below_the_geometric_mean() -> None:
    ranges = PreferenceRanges(cargo_time_multiple=(0.5, 8.0), carbon_usd_per_t=(4.0, 100.0))
    preferences = draw_preferences(DRAWS, ranges, cargo_usd_per_h=10.0)
    for values, low, middle, high in (
        (preferences.cargo_usd_per_h, 5.0, 20.0, 80.0),
        (preferences.carbon_usd_per_t, 4.0, 20.0, 100.0),
    ):
        assert low <= values.min() < values.max() <= high
        assert (values < middle).mean() == pytest.approx(0.5, abs=THREE_SIGMA)


def test_the_two_preferences_are_drawn_independently() -> None:
    preferences = draw_preferences(DRAWS, PreferenceRanges(), cargo_usd_per_h=10.0)
    correlation = np.corrcoef(np.log(preferences.cargo_usd_per_h), np.log(preferences.carbon_usd_per_t))[0, 1]
    assert abs(correlation) < 3 / N**0.5


def test_other_options_meet_the_same_preferences() -> None:
    both = build_preference_ranking(three_options(cargo_usd_per_day=250.0), DRAWS)
    two = build_preference_ranking(three_options(cargo_usd_per_day=250.0).of(["A", "B"]), DRAWS)
    assert two.central[0] == both.central[0]  # A wins exactly where it won before: C never won below 500 USD a day


def test_cost_grows_with_the_price_of_carbon_by_its_tonnes() -> None:
    outcomes = outcomes_by_hand({"A": [100.0]}, co2e_kg={"A": [2500.0]})
    usd = [generalised_usd(outcomes, Preferences(np.zeros(1), np.array([price])))[0, 0] for price in (0.0, 10.0, 110.0)]
    assert usd == pytest.approx([100, 125, 375])  # 2.5 t


def test_at_the_scenario_s_own_preferences_the_cost_is_that_of_the_outcomes() -> None:
    outcomes = outcomes_by_hand(
        {"A": [100.0]}, days={"A": [2.0]}, co2e_kg={"A": [500.0]}, cargo_usd_per_day=30.0, carbon_usd_per_t=40.0
    )
    own = Preferences(np.array([30 / 24]), np.array([40.0]))
    assert generalised_usd(outcomes, own) == pytest.approx(outcomes.generalised_usd)


def test_a_cargo_whose_time_is_worth_nothing_stays_so() -> None:
    ranking = build_preference_ranking(three_options(cargo_usd_per_day=0.0), DRAWS)
    assert ranking.cargo_usd_per_h == (0.0, 0.0)
    assert ranking.acceptability.first_share("A") == 1.0


@pytest.mark.parametrize("bounds", [(0.0, 1.0), (2.0, 1.0), (-1.0, 1.0), (1.0, float("inf"))])
def test_a_range_that_is_none_is_refused(bounds: tuple[float, float]) -> None:
    with pytest.raises(ScenarioError, match="carbon_usd_per_t: no range; expected 0 < low <= high, got"):
        PreferenceRanges(carbon_usd_per_t=bounds)


def test_the_frame_leaves_out_the_preferences_of_an_option_that_suits_nobody() -> None:
    frame = build_preference_ranking(outcomes_by_hand({"A": [1.0] * N, "B": [2.0] * N}), DRAWS).to_frame()
    assert list(frame.columns) == ["label", "first_share", "cargo_usd_per_h", "carbon_usd_per_t", "confidence_share"]
    assert frame.confidence_share.isna().tolist() == [False, True]
