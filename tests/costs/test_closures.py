"""Closures against the worked example, a simulated gate and what must always hold (model.md 3.5)."""

from __future__ import annotations

from math import exp, inf, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from corridor.costs.closures import FIXED_CV, Closures, build_closures
from corridor.errors import DataError
from corridor.futures.draws import Draws

Floats = NDArray[np.float64]
DRAWS = Draws(8192, seed=7, knowledge_names=())

per_years, durations = st.floats(0, 20), st.floats(0.1, 100)


def closures(per_year: Floats | float, days: Floats | float) -> Closures:
    return build_closures(closures_per_open_year=per_year, closure_days=days, where="torkham")


def drawn_wait_h(gate: Closures, days_ahead: Floats | float) -> Floats:
    state_u, residual_u = DRAWS.luck("state"), DRAWS.luck("residual")
    return gate.drawn_wait_h(days_ahead, state_u=state_u, residual_u=residual_u)


def test_the_worked_example_of_the_model() -> None:
    gate = closures(1.5, 10.0)
    assert float(gate.closed_share) == pytest.approx(15 / 380)
    assert float(gate.blind_wait_h()) == pytest.approx(15 / 380 * 240)  # 9.5 h
    ahead = 15 / 380 * (1 - exp(-(1.5 / 365 + 0.1) * 3))
    assert ahead == pytest.approx(0.0106, abs=5e-5)
    assert float(gate.closed_share_ahead(3.0)) == pytest.approx(ahead)
    assert float(gate.known_open_wait_h(3.0)) == pytest.approx(2.5, abs=0.05)  # 0.0106 x 240 h


def test_closures_of_fixed_length_are_waited_for_half_as_long() -> None:
    gate = closures(1.5, 10.0)
    assert float(gate.blind_wait_h(duration_cv=FIXED_CV)) == pytest.approx(15 / 380 * 120)  # half of 240 h


def test_where_it_is_never_closed_nobody_waits() -> None:
    gate = closures(0.0, 10.0)
    assert float(gate.closed_share) == 0.0
    assert float(gate.blind_wait_h()) == 0.0
    assert not drawn_wait_h(gate, inf).any()


@given(per_year=per_years, days=durations)
def test_far_ahead_to_have_known_it_open_is_to_know_nothing(per_year: float, days: float) -> None:
    gate = closures(per_year, days)
    assert float(gate.closed_share_ahead(0.0)) == 0.0
    assert float(gate.closed_share_ahead(inf)) == float(gate.closed_share)
    assert float(gate.known_open_wait_h(inf)) == pytest.approx(float(gate.blind_wait_h()))


@given(per_year=per_years, days=durations, ahead=st.floats(0, 100), more=st.floats(0, 100))
def test_the_further_ahead_the_longer_the_mean_wait(per_year: float, days: float, ahead: float, more: float) -> None:
    gate = closures(per_year, days)
    assert gate.known_open_wait_h(ahead + more) >= gate.known_open_wait_h(ahead)


@given(per_year=per_years, days=durations, more=st.floats(0, 10), longer=st.floats(0, 50))
def test_more_or_longer_closures_never_shorten_a_blind_wait(
    per_year: float, days: float, more: float, longer: float
) -> None:
    waits_h = (drawn_wait_h(gate, inf) for gate in (closures(per_year + more, days + longer), closures(per_year, days)))
    worse_h, better_h = waits_h
    assert (worse_h >= better_h - 1e-9).all()


@pytest.mark.parametrize("days_ahead", [3.0, 15.0, inf])
def test_drawn_waits_have_the_mean_and_the_share_of_the_formulas(days_ahead: float) -> None:
    gate = closures(6.0, 8.0)
    share, mean_h = float(gate.closed_share_ahead(days_ahead)), float(gate.known_open_wait_h(days_ahead))
    wait_h = drawn_wait_h(gate, days_ahead)
    sd_h = sqrt(2 * share * 192**2 - mean_h**2)  # E[wait^2] = P 2 d^2, d = 192 h
    assert wait_h.mean() == pytest.approx(mean_h, abs=3 * sd_h / sqrt(DRAWS.n))
    assert (wait_h > 0).mean() == pytest.approx(share, abs=3 * sqrt(share * (1 - share) / DRAWS.n))


def test_a_gate_played_day_by_day_is_closed_as_often_as_the_formula_says() -> None:
    paths, days_ahead = 40_000, 5.0
    rng = np.random.default_rng(1)
    left_days, is_open = np.full(paths, days_ahead), np.full(paths, fill_value=True)
    stay_days = rng.exponential(365 / 12, paths)  # 12 closures per open year, of 4 days each
    while (stay_days < left_days).any():
        is_over = stay_days < left_days
        left_days = left_days - np.where(is_over, stay_days, 0.0)
        is_open = is_open ^ is_over
        stay_days = np.where(is_over, rng.exponential(np.where(is_open, 365 / 12, 4.0)), stay_days)
    share = float(closures(12.0, 4.0).closed_share_ahead(days_ahead))
    assert (~is_open).mean() == pytest.approx(share, abs=3 * sqrt(share * (1 - share) / paths))
    residual_h = 24 * (stay_days - left_days)[~is_open]  # memoryless: again 4 days
    assert residual_h.mean() == pytest.approx(96.0, abs=3 * 96 / sqrt(len(residual_h)))


def test_each_future_has_its_own_closures_and_its_own_way_to_the_post() -> None:
    gate = closures(np.array([0.0, 1.5, 1.5]), np.array([10.0, 10.0, 20.0]))
    assert gate.closed_share == pytest.approx([0.0, 15 / 380, 30 / 395])
    bad_luck = np.full(3, 0.999)
    wait_h = gate.drawn_wait_h(np.array([3.0, 0.0, 3.0]), state_u=bad_luck, residual_u=np.full(3, 1 - exp(-1)))
    assert wait_h == pytest.approx([0.0, 0.0, 480.0])  # never closed; just seen open; closed, residual d x 1


@pytest.mark.parametrize("per_year", [-1.0, inf, float("nan")])
def test_closures_that_are_negative_or_endless_are_refused(per_year: float) -> None:
    message = "torkham: closures_per_open_year: out of bounds; expected 0 or above, got"
    with pytest.raises(DataError, match=message):
        closures(per_year, 10.0)


@pytest.mark.parametrize("days", [0.0, -1.0, inf])
def test_closures_without_a_duration_are_refused(days: float) -> None:
    with pytest.raises(DataError, match="torkham: closure_days: out of bounds; expected above 0, got"):
        closures(1.5, np.array([10.0, days]))
