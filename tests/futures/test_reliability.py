"""Quantiles and promises against lists that can be counted, and against the lognormal of model.md 5."""

from __future__ import annotations

from dataclasses import replace
from math import log, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import lognorm

from corridor.costs.ledger import Ledger, MoneyRow
from corridor.errors import ScenarioError
from corridor.futures.outcomes import Outcomes
from corridor.futures.reliability import QUANTILES, build_reliability_panel, find_spread, lower_bounds
from tests.futures.by_hand import outcomes_by_hand
from tests.report.fake_trip import build_option

HUNDRED = [float(number) for number in range(101)]
"""0 to 100: the quantile of p is 100 p."""


def hundred_days() -> Outcomes:
    return outcomes_by_hand({"A": [10 * day for day in HUNDRED]}, days={"A": HUNDRED}, cargo_usd_per_day=240.0)


def test_quantiles_are_those_that_can_be_counted() -> None:
    option = build_reliability_panel(hundred_days()).options[0]
    days, usd = option.days, option.usd
    assert [days.mean, days.p10, days.p50, days.p80, days.p90, days.p95] == pytest.approx([50, 10, 50, 80, 90, 95])
    assert [usd.mean, usd.p10, usd.p50, usd.p80, usd.p90, usd.p95] == pytest.approx([500, 100, 500, 800, 900, 950])


def test_the_buffer_is_p95_less_the_median_and_the_promise_p80() -> None:
    option = build_reliability_panel(hundred_days()).options[0]
    assert option.buffer_h == pytest.approx((95 - 50) * 24)
    assert option.promise_days == pytest.approx(80)


def test_a_promise_is_kept_by_those_who_take_no_longer() -> None:
    promise = build_reliability_panel(hundred_days(), promised_days=98.0).options[0].promise
    assert promise is not None
    assert promise.on_time_share == pytest.approx(99 / 101)  # 0 to 98 of 101; one is a day late, one two
    assert promise.mean_late_h == pytest.approx((24 + 48) / 101)
    assert promise.mean_late_usd == pytest.approx(10 * (24 + 48) / 101)  # 240 USD a day are 10 USD/h


def test_lateness_of_a_lognormal_wait_is_that_of_the_specification() -> None:
    # mean 24 h, CV 1, promise 40 h: E late 4.06 h, P late 0.152, p80 - p50 17.2 h (model.md 5)
    sdlog = sqrt(log(2))
    u = (np.arange(200_000) + 0.5) / 200_000
    hours = lognorm.ppf(u, sdlog, scale=24 * np.exp(-(sdlog**2) / 2))
    outcomes = outcomes_by_hand({"A": np.zeros(len(hours))}, days={"A": hours / 24})
    option = build_reliability_panel(outcomes, promised_days=40 / 24).options[0]
    assert option.promise is not None
    assert option.promise.mean_late_h == pytest.approx(4.06, abs=0.005)
    assert 1 - option.promise.on_time_share == pytest.approx(0.152, abs=0.0005)
    assert 24 * (option.days.p80 - option.days.p50) == pytest.approx(17.2, abs=0.05)


def test_without_a_promise_there_is_none() -> None:
    panel = build_reliability_panel(hundred_days())
    assert panel.options[0].promise is None
    assert panel.to_frame().on_time_share.isna().all()


def test_one_future_has_no_spread() -> None:
    option = build_reliability_panel(outcomes_by_hand({"A": [7.0]}, days={"A": [3.0]})).options[0]
    assert set(vars_of(option.days)) == {3.0}
    assert option.buffer_h == 0.0


def vars_of(spread: object) -> list[float]:
    return [getattr(spread, name) for name in ("mean", "p10", "p50", "p80", "p90", "p95")]


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=50))
def test_quantiles_never_fall_and_stay_inside_what_was_drawn(values: list[float]) -> None:
    spread = find_spread(np.array(values))
    quantiles = vars_of(spread)[1:]
    assert quantiles == sorted(quantiles)
    assert min(values) <= quantiles[0]
    assert quantiles[-1] <= max(values)


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=50))
def test_as_many_futures_lie_below_a_quantile_as_it_says(values: list[float]) -> None:
    spread = find_spread(np.array(values))
    for p, quantile in zip(QUANTILES, vars_of(spread)[1:], strict=True):
        at_most = sum(value <= quantile * (1 + 1e-12) for value in values)
        assert at_most >= np.floor(p * (len(values) - 1)) + 1  # the order statistic below the interpolated one


def test_money_of_an_option_with_unknown_fees_is_a_lower_bound() -> None:
    known = Ledger((), (MoneyRow(0, "PAK", "toll", 5.0, ()),), ())
    unknown = Ledger((), (MoneyRow(0, "PAK", "toll", None, ()),), ())
    options = [replace(build_option("A"), ledger=known), replace(build_option("B"), ledger=unknown)]
    panel = build_reliability_panel(outcomes_by_hand({"A": [5.0], "B": [0.0]}), lower_bounds=lower_bounds(options))
    assert [option.is_lower_bound for option in panel.options] == [False, True]


@pytest.mark.parametrize("days", [0.0, -1.0, float("nan")])
def test_a_promise_of_no_days_is_refused(days: float) -> None:
    with pytest.raises(ScenarioError, match="promised days: too few; expected more than 0, got"):
        build_reliability_panel(hundred_days(), promised_days=days)


def test_the_frame_has_a_row_per_option_and_says_its_units() -> None:
    frame = build_reliability_panel(outcomes_by_hand({"A": [1.0], "B": [2.0]}), promised_days=1.0).to_frame()
    assert list(frame.label) == ["A", "B"]
    assert list(frame.columns) == [
        "label", "mean_days", "p10_days", "p50_days", "p80_days", "p90_days", "p95_days",
        "mean_usd", "p10_usd", "p50_usd", "p80_usd", "p90_usd", "p95_usd", "usd_is_lower_bound",
        "buffer_h", "promised_days", "on_time_share", "mean_late_h", "mean_late_usd",
    ]  # fmt: skip
