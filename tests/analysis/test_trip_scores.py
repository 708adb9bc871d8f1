"""Measures of error, each with a value that can be worked out on paper."""

from __future__ import annotations

import pytest

from corridor.analysis.trip_scores import coverage_bounds, naive_days, score, skill_share
from corridor.errors import DataError

MODEL, OBSERVED = [6.2, 11.5, 14.0], [7.0, 10.0, 18.0]


def test_the_errors_of_three_trips_are_those_worked_out_on_paper() -> None:
    found = score(MODEL, OBSERVED)
    assert round(found.mape_share, 3) == 0.162  # (11.4 + 15.0 + 22.2) / 3 = 16.2 %
    assert round(found.bias_share, 3) == -0.075  # ln ratios -0.121, 0.140, -0.251: exp(-0.0775) - 1
    assert round(found.mdape_share, 3) == 0.150


def test_a_perfect_model_has_no_error() -> None:
    found = score(OBSERVED, OBSERVED)
    assert (found.bias_share, found.mape_share, found.mdape_share, found.log_rmse) == (0.0, 0.0, 0.0, 0.0)


def test_doubling_all_observations_gives_a_bias_of_minus_half() -> None:
    assert score(OBSERVED, [2 * days for days in OBSERVED]).bias_share == pytest.approx(-0.5)


def test_the_order_of_trips_changes_nothing() -> None:
    order = [2, 0, 1]
    assert score([MODEL[i] for i in order], [OBSERVED[i] for i in order]) == score(MODEL, OBSERVED)


@pytest.mark.parametrize(("n", "bounds"), [(8, (4, 8)), (12, (7, 12)), (20, (12, 19))])
def test_counts_inside_that_agree_with_four_in_five(n: int, bounds: tuple[int, int]) -> None:
    assert coverage_bounds(n) == bounds  # central 95 % of Binomial(n, 0.8)


def test_the_naive_rival_drives_and_waits_a_day_at_each_post() -> None:
    assert naive_days(900.0, 3, km_per_day=450.0, days_per_post=1.0) == 5.0  # 2 + 3


def test_skill_is_nothing_against_oneself_and_below_nothing_where_the_rival_is_better() -> None:
    close, far = score(MODEL, OBSERVED), score([2 * days for days in MODEL], OBSERVED)
    assert skill_share(close, close) == 0.0
    assert skill_share(far, close) < 0 < skill_share(close, far)


def test_nothing_observed_is_an_error() -> None:
    with pytest.raises(DataError, match="at least one of each"):
        score([], [])
