"""Closed days and bans: sums on paper, and against trucks sent one by one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import lognorm

from corridor.costs.closed_days import (
    Spell,
    ban_wait,
    find_spells,
    holiday_wait,
    mean_spell_wait_h,
    spell_wait_h,
)
from corridor.costs.departures import Departures
from corridor.costs.tariff import Tariff
from corridor.evidence import MONTHS, ClosedDays, TruckBan, read_evidence
from tests.analysis.conftest import toy_scenario

FESTIVAL = ClosedDays("khunjerab", date(2027, 2, 5), date(2027, 2, 7), "festival", ("judgement",), "D", "")
SUNDAY = TruckBan("deu_sunday", "DEU", (7,), 0.0, 22.0, MONTHS, 7.5, 1.0, ("judgement",), "D", "")


def tariff_with(*closed: ClosedDays) -> Tariff:
    return Tariff(replace(read_evidence(), closed_days=closed), toy_scenario(), "PAK")


def lognorm_by_mean_and_cv(mean_h: float, cv: float) -> Any:
    sdlog = np.sqrt(np.log1p(cv**2))
    return lognorm(s=sdlog, scale=mean_h * np.exp(-(sdlog**2) / 2))


# closed days --------------------------------------------------------------------------------------
def test_a_spell_is_told_in_hours_from_departure() -> None:
    assert find_spells([FESTIVAL], date(2027, 2, 1)) == [(96.0, 168.0)]
    assert find_spells([FESTIVAL], date(2027, 2, 6)) == [(-24.0, 48.0)]
    assert find_spells([FESTIVAL], date(2027, 2, 8)) == []


def test_who_comes_on_closed_days_waits_at_most_all_of_them_and_half_of_them_on_average() -> None:
    arrivals_h = np.linspace(96.0, 168.0, 721)
    lost_h = spell_wait_h(arrivals_h, Spell(96.0, 168.0), work_h=0.0)
    assert lost_h.max() == 72.0
    assert lost_h.mean() == pytest.approx(36.0)


def test_who_comes_too_late_to_be_done_before_loses_them_all() -> None:
    lost_h = spell_wait_h(np.array([92.9, 93.1, 95.9]), Spell(96.0, 168.0), work_h=3.0)
    assert lost_h.tolist() == [0.0, 72.0, 72.0]


@given(
    start_h=st.floats(-50, 300),
    length_h=st.floats(1, 200),
    arrival_h=st.floats(5, 300),
    sd_share=st.floats(0.05, 0.5),
    work_h=st.floats(0, 12),
)
def test_the_mean_is_that_of_lognormal_arrivals(
    start_h: float, length_h: float, arrival_h: float, sd_share: float, work_h: float
) -> None:
    spell = Spell(start_h, start_h + length_h)
    u = (np.arange(100_000) + 0.5) / 100_000
    arrivals_h = lognorm_by_mean_and_cv(arrival_h, sd_share).ppf(u)
    by_hand_h = spell_wait_h(arrivals_h, spell, work_h=work_h).mean()
    mean_h = mean_spell_wait_h(spell, arrival_h=arrival_h, sd_h=sd_share * arrival_h, work_h=work_h)
    assert mean_h == pytest.approx(by_hand_h, abs=0.01 + 2e-4 * length_h)


def test_trucks_of_a_week_lose_the_mean_of_its_days() -> None:
    tariff, first = tariff_with(FESTIVAL), date(2027, 1, 31)
    days = [
        holiday_wait(tariff, "khunjerab", Departures(first + timedelta(days=day)), clock_h=60.0, work_h=2.0).known
        for day in range(7)
    ]
    week = holiday_wait(tariff, "khunjerab", Departures(first, 7), clock_h=60.0, work_h=2.0)
    assert week.known == pytest.approx(np.mean(days), abs=0.01)
    assert week.basis == ("closed_days.khunjerab.2027-02-05", "parameters.arrival_sd_share.*")


def test_far_from_closed_days_nothing_is_lost_and_nothing_is_rested_on() -> None:
    tariff = tariff_with(FESTIVAL)
    for day in (date(2026, 11, 1), date(2027, 2, 8)):
        assert holiday_wait(tariff, "khunjerab", Departures(day), clock_h=70.0, work_h=2.0) == (0.0, ())
    assert holiday_wait(tariff, "taftan", Departures(date(2027, 2, 4)), clock_h=30.0, work_h=2.0) == (0.0, ())


# bans ---------------------------------------------------------------------------------------------
def test_a_ban_on_paper() -> None:
    wait = ban_wait([SUNDAY], gross_mass_t=40.0, month=5, on_road_h=10.0)
    assert wait.known == pytest.approx(22 * (11 + 10) / 168)  # 2.75 h
    assert wait.basis == ("truck_bans.deu_sunday",)


@pytest.mark.parametrize("weekdays", [(7,), (6, 7)])
def test_a_ban_is_what_trucks_at_all_hours_of_the_week_lose(weekdays: tuple[int, ...]) -> None:
    ban, on_road_h = replace(SUNDAY, weekdays=weekdays, from_h=8.0, hours=14.0), 6.0
    entries_h = np.arange(0, 168, 0.01)
    lost_h = np.zeros_like(entries_h)
    for start_h in [24.0 * (day - 1) + 8 + 168 * week for day in weekdays for week in (0, 1)]:
        lost_h += spell_wait_h(entries_h, Spell(start_h, start_h + 14.0), work_h=on_road_h)
    wait = ban_wait([ban], gross_mass_t=40.0, month=5, on_road_h=on_road_h)
    assert wait.known == pytest.approx(lost_h.mean(), rel=1e-3)


def test_a_ban_holds_in_its_months_and_above_its_mass() -> None:
    summer = replace(SUNDAY, months=(7, 8), over_t=12.0)
    assert ban_wait([summer], gross_mass_t=40.0, month=7, on_road_h=10.0).known > 0
    assert ban_wait([summer], gross_mass_t=40.0, month=9, on_road_h=10.0) == (0.0, ())
    assert ban_wait([summer], gross_mass_t=12.0, month=7, on_road_h=10.0) == (0.0, ())


def test_a_long_way_meets_each_ban_once() -> None:
    at_most_h = 22 * (11 + 146) / 168
    assert ban_wait([SUNDAY], gross_mass_t=40.0, month=5, on_road_h=500.0).known == pytest.approx(at_most_h)
