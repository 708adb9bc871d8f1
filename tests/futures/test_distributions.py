"""Quantiles against the worked examples of the model, scipy and formulas on paper (model.md 3.2, 3.3)."""

from __future__ import annotations

from math import exp, log, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import lognorm

from corridor.errors import DataError
from corridor.futures.distributions import (
    P90_PER_MEAN_MAX,
    Z90,
    Gamma,
    Lognormal,
    factor_by_range,
    factor_by_sdlog,
    gamma_by_mean_and_cv,
    lognormal_by_mean_and_cv,
    lognormal_by_mean_and_p90,
    lognormal_by_median_and_p90,
)
from corridor.futures.draws import Draws

DRAWS = Draws(8192, seed=7, knowledge_names=("error_of_the_mean", "truck"))


def at(distribution: Lognormal | Gamma, u: float) -> float:
    return float(distribution.quantile(u))


@pytest.mark.parametrize(
    ("share", "wait_h"), [(0.1, 5.8), (0.5, 17.0), (0.8, 34.2), (0.9, 49.3), (0.95, 66.7), (0.99, 117.7)]
)
def test_a_wait_of_24_h_and_cv_1_has_the_quantiles_of_the_model(share: float, wait_h: float) -> None:
    wait = lognormal_by_mean_and_cv(24.0, 1.0, where="torkham")
    assert wait.sdlog == pytest.approx(sqrt(log(2)))  # ln(1 + 1^2)
    assert log(at(wait, 0.5)) == pytest.approx(2.8315, abs=5e-5)  # mu = ln 24 - ln 2/2
    assert at(wait, share) == pytest.approx(wait_h, abs=0.05)


def test_a_mean_of_24_h_and_a_p90_of_48_h_have_the_spread_of_the_model() -> None:
    wait = lognormal_by_mean_and_p90(24.0, 48.0, where="torkham")
    assert wait.sdlog == pytest.approx(0.7755, abs=5e-5)  # 1.2816 - sqrt(1.6424 - 2 ln 2)
    assert wait.cv == pytest.approx(0.908, abs=5e-4)  # sqrt(e^(0.7755^2) - 1)


def test_with_cv_1_the_p90_is_2_06_and_the_p99_4_9_times_the_mean() -> None:
    wait = lognormal_by_mean_and_cv(1.0, 1.0, where="torkham")
    assert at(wait, 0.9) == pytest.approx(2.06, abs=0.005)
    assert at(wait, 0.99) == pytest.approx(4.9, abs=0.05)


@given(mean=st.floats(0.01, 1000), ratio=st.floats(1.001, P90_PER_MEAN_MAX))
def test_a_p90_given_with_the_mean_comes_back_as_the_p90(mean: float, ratio: float) -> None:
    assert at(lognormal_by_mean_and_p90(mean, ratio * mean, where="x"), 0.9) == pytest.approx(ratio * mean)


@given(median=st.floats(0.01, 1000), ratio=st.floats(1, 40))
def test_a_median_and_a_p90_come_back_as_both(median: float, ratio: float) -> None:
    wait = lognormal_by_median_and_p90(median, ratio * median, where="x")
    assert at(wait, 0.5) == pytest.approx(median)
    assert at(wait, 0.9) == pytest.approx(ratio * median)


def test_the_mean_of_a_median_of_10_and_a_p90_of_30() -> None:
    wait = lognormal_by_median_and_p90(10.0, 30.0, where="x")
    assert wait.mean == pytest.approx(14.440, abs=5e-4)  # sdlog ln 3/1.28155 = 0.85725; 10 e^(0.73488/2)


@given(mean=st.floats(0.01, 1000), cv=st.floats(0.01, 3), share=st.floats(0.001, 0.999))
def test_a_lognormal_is_that_of_scipy(mean: float, cv: float, share: float) -> None:
    wait = lognormal_by_mean_and_cv(mean, cv, where="x")
    theirs = lognorm(s=wait.sdlog, scale=at(wait, 0.5))
    assert theirs.mean() == pytest.approx(mean)
    assert theirs.std() == pytest.approx(cv * mean)
    assert at(wait, share) == pytest.approx(float(theirs.ppf(share)))


@pytest.mark.parametrize(
    ("distribution", "sd"),
    [
        (lognormal_by_mean_and_cv(24.0, 1.0, where="x"), 24.0),
        (lognormal_by_mean_and_cv(24.0, 0.5, where="x", minimum=6.0), 12.0),
        (gamma_by_mean_and_cv(24.0, 0.5, where="x"), 12.0),
    ],
)
def test_the_mean_of_many_draws_is_the_mean(distribution: Lognormal | Gamma, sd: float) -> None:
    three_errors = 3 * sd / sqrt(DRAWS.n)
    assert distribution.quantile(DRAWS.knowledge("truck")).mean() == pytest.approx(24.0, abs=three_errors)
    drawn = distribution.quantile(DRAWS.luck("truck"))
    assert drawn.mean() == pytest.approx(24.0, abs=three_errors)
    assert drawn.std() == pytest.approx(sd, rel=0.1)


def test_a_minimum_leaves_mean_and_cv_of_the_whole_and_is_never_undershot() -> None:
    wait = lognormal_by_mean_and_cv(24.0, 0.5, where="x", minimum=6.0)
    assert wait.sdlog == pytest.approx(sqrt(log(1 + (12 / 18) ** 2)))  # sd 12 h on the 18 h above the minimum
    assert wait.cv == pytest.approx(0.5)
    assert at(wait, 2.0**-53) >= 6.0


def test_the_error_of_a_mean_multiplies_only_what_is_above_the_minimum() -> None:
    wait = lognormal_by_mean_and_cv(24.0, 0.0, where="x", minimum=6.0)
    assert float(wait.quantile(0.3, factor=2.0)) == pytest.approx(42.0)  # 6 + 2 x 18


def test_an_error_of_the_mean_and_luck_together_spread_as_the_model_says() -> None:
    # sdlog 0.35 and CV 1: sqrt(0.1225 + 0.6931) = 0.9031, a CV of sqrt(e^0.8156 - 1) = 1.12
    error = factor_by_sdlog(0.35, where="x").quantile(DRAWS.knowledge("error_of_the_mean"))
    wait = lognormal_by_mean_and_cv(24.0, 1.0, where="x").quantile(DRAWS.knowledge("truck"), factor=error)
    assert np.log(wait).std() == pytest.approx(0.9031, abs=0.01)
    assert wait.mean() == pytest.approx(24.0, abs=3 * 1.12 * 24 / sqrt(DRAWS.n))


@given(share=st.floats(0.001, 0.999))
def test_a_gamma_of_cv_1_is_the_exponential(share: float) -> None:
    assert at(gamma_by_mean_and_cv(24.0, 1.0, where="x"), share) == pytest.approx(-24 * log(1 - share))


@given(share=st.floats(0.001, 0.999))
def test_a_gamma_of_cv_a_half_is_the_sum_of_four_exponentials(share: float) -> None:
    x = at(gamma_by_mean_and_cv(24.0, 0.5, where="x"), share) / 6  # shape 1/0.5^2 = 4, scale 24 x 0.25 = 6
    assert 1 - exp(-x) * (1 + x + x**2 / 2 + x**3 / 6) == pytest.approx(share)


def test_a_range_sets_the_ratio_of_p90_to_p10_and_keeps_the_mean() -> None:
    factor = factor_by_range(1.0, 4.0, where="clear_h")
    assert factor.sdlog == pytest.approx(log(4) / (2 * 1.28155), abs=1e-5)
    assert factor.mean == 1.0
    assert at(factor, 0.9) / at(factor, 0.1) == pytest.approx(4.0)


def test_a_value_that_is_the_mean_of_its_range_keeps_low_and_high() -> None:
    low, high = 1.0, 4.0
    sdlog = log(high / low) / (2 * Z90)
    value = sqrt(low * high) * exp(sdlog**2 / 2)  # median 2, mean 2.315
    factor = factor_by_range(low, high, where="clear_h")
    assert value * at(factor, 0.1) == pytest.approx(low)
    assert value * at(factor, 0.9) == pytest.approx(high)


@pytest.mark.parametrize("bound", [0.0, 5.0])
def test_a_range_of_one_number_is_a_constant(bound: float) -> None:
    assert set(factor_by_range(bound, bound, where="x").quantile(DRAWS.knowledge("truck"))) == {1.0}


def test_a_cv_of_0_is_a_constant() -> None:
    drawn = lognormal_by_mean_and_cv(24.0, 0.0, where="x").quantile(DRAWS.luck("truck"))
    assert set(drawn) == {24.0}


def test_a_p90_too_far_above_the_mean_is_refused_with_a_way_out() -> None:
    message = (
        "torkham: no lognormal has P90/mean above 2.273; expected P90/mean above 1 and at most 2.273, got 2.5. "
        "Give median and P90, or model the closure separately."
    )
    with pytest.raises(DataError) as error:
        lognormal_by_mean_and_p90(24.0, 60.0, where="torkham")
    assert str(error.value) == message


def test_the_greatest_p90_over_the_mean_is_2_273() -> None:
    assert pytest.approx(2.273, abs=5e-4) == P90_PER_MEAN_MAX
    assert lognormal_by_mean_and_p90(1.0, P90_PER_MEAN_MAX, where="x").sdlog == pytest.approx(Z90)


@pytest.mark.parametrize("p90", [24.0, 20.0])
def test_a_p90_at_or_below_the_mean_is_refused(p90: float) -> None:
    with pytest.raises(DataError, match=r"torkham: P90 is not above the mean; expected P90/mean above 1"):
        lognormal_by_mean_and_p90(24.0, p90, where="torkham")


@pytest.mark.parametrize(("mean", "minimum"), [(0.0, 0.0), (-1.0, 0.0), (6.0, 6.0), (6.0, -1.0), (float("nan"), 0.0)])
def test_a_mean_not_above_the_minimum_is_refused(mean: float, minimum: float) -> None:
    with pytest.raises(DataError, match="torkham: mean not above the minimum; expected 0 <= minimum < mean"):
        lognormal_by_mean_and_cv(mean, 1.0, where="torkham", minimum=minimum)


def test_a_gamma_without_mean_or_spread_is_refused() -> None:
    with pytest.raises(DataError, match="torkham: mean not above"):
        gamma_by_mean_and_cv(0.0, 0.5, where="torkham")
    with pytest.raises(DataError, match="torkham: CV out of bounds; expected above 0, got 0"):
        gamma_by_mean_and_cv(24.0, 0.0, where="torkham")


def test_a_negative_cv_is_refused() -> None:
    with pytest.raises(DataError, match="torkham: CV out of bounds; expected 0 or above, got -1"):
        lognormal_by_mean_and_cv(24.0, -1.0, where="torkham")


def test_a_p90_below_the_median_is_refused() -> None:
    with pytest.raises(DataError, match="torkham: no lognormal has these; expected 0 < median <= P90, got median 10"):
        lognormal_by_median_and_p90(10.0, 9.0, where="torkham")


def test_a_spread_of_more_than_3_is_refused_however_it_is_given() -> None:
    assert factor_by_sdlog(3.0, where="x").sdlog == 3.0
    message = "torkham: spread out of bounds; expected an sdlog of 0 to 3"
    with pytest.raises(DataError, match=message):
        factor_by_sdlog(3.01, where="torkham")
    with pytest.raises(DataError, match=message):
        lognormal_by_mean_and_cv(24.0, 91.0, where="torkham")  # sqrt(e^9 - 1) = 90.01
    with pytest.raises(DataError, match=message):
        factor_by_range(1.0, 2185.0, where="torkham")  # e^(6 x 1.28155) = 2,184
    with pytest.raises(DataError, match=message):
        lognormal_by_median_and_p90(1.0, 47.0, where="torkham")  # e^(3 x 1.28155) = 46.7


@pytest.mark.parametrize(("low", "high"), [(4.0, 1.0), (0.0, 1.0), (-1.0, 1.0), (1.0, float("inf"))])
def test_a_range_that_is_upside_down_or_reaches_0_is_refused(low: float, high: float) -> None:
    with pytest.raises(DataError, match=r"clear_h: no range; expected 0 < low <= high, got"):
        factor_by_range(low, high, where="clear_h")
