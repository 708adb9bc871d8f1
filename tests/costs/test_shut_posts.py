"""Hours at posts that are shut: for the night, the weekend, or by a closure."""

from __future__ import annotations

import numpy as np
import pytest

from corridor.costs.border import build_passage
from corridor.costs.shut_posts import drawn_opening_wait_h, mean_opening_wait_h
from corridor.costs.tariff import Tariff
from corridor.evidence import read_evidence
from corridor.scenario import Scenario
from tests.analysis.conftest import toy_scenario


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return toy_scenario()


def test_a_post_open_from_ten_to_six_every_day_costs_a_third_of_a_day() -> None:
    # model.md 3.7 (vii): 3 h of work and 10.33 h in all
    assert mean_opening_wait_h(work_h=3, open_h_per_day=8, open_days_per_week=7) == pytest.approx(10.333 - 3, abs=1e-3)


def test_a_post_that_never_shuts_costs_nothing() -> None:
    assert mean_opening_wait_h(work_h=3, open_h_per_day=24, open_days_per_week=7) == 0


def test_weekends_count_as_one_long_night() -> None:
    # four nights of 16 h and one of 64 h: (4 x 16 x 8 + 64 x 32) / 168 = 15.24 h
    assert mean_opening_wait_h(work_h=0, open_h_per_day=8, open_days_per_week=5) == pytest.approx(2560 / 168)


def test_the_mean_is_that_of_trucks_that_come_at_every_minute_of_the_week() -> None:
    opens = np.arange(5) * 24.0 + 10
    came_h = (np.arange(168 * 60) + 0.5) / 60
    open_so_far_h = np.clip(came_h[:, None] - opens, 0, 8).sum(axis=1)  # the working clock G(t)
    done = open_so_far_h + 2.0
    day = np.floor((done - 1e-9) / 8)
    left_h = np.where(day < 5, opens[np.minimum(day, 4).astype(int)] + done - 8 * day, 168 + 10 + done - 40)
    lost_h = float((left_h - came_h - 2.0).mean())
    assert mean_opening_wait_h(work_h=2, open_h_per_day=8, open_days_per_week=5) == pytest.approx(lost_h, abs=1e-3)


def test_longer_hours_and_more_days_never_cost_more() -> None:
    waits = np.array(
        [
            [mean_opening_wait_h(work_h=2, open_h_per_day=hours, open_days_per_week=days) for hours in (8, 16, 24)]
            for days in (5, 6, 7)
        ]
    )
    assert (np.diff(waits, axis=0) <= 0).all()
    assert (np.diff(waits, axis=1) < 0).all()


def test_a_time_measured_at_the_post_holds_its_closed_doors(scenario: Scenario) -> None:
    tariff = Tariff(read_evidence(), scenario, "PAK")
    waits = [
        build_passage(tariff.evidence, "torugart", way, tariff, rule="drive", assumed_rule=False).opening_wait.known
        for way in ("KGZ-CHN", "CHN-KGZ")
    ]
    assert waits == pytest.approx([0, 7 * 12 * (6 + 2) / 168])  # seven nights of 12 h


@pytest.mark.parametrize("hours", [24.0, 13.5, 8.0])
@pytest.mark.parametrize("days", [7.0, 6.0, 5.5, 5.0])
@pytest.mark.parametrize("work_h", [0.0, 2.0, 10.0])
def test_doors_drawn_for_each_truck_take_what_they_take_on_average(hours: float, days: float, work_h: float) -> None:
    doors = {"work_h": work_h, "open_h_per_day": hours, "open_days_per_week": days}
    u = (np.arange(200_000) + 0.5) / 200_000
    lost_h = drawn_opening_wait_h(u, **doors)
    assert lost_h.mean() == pytest.approx(mean_opening_wait_h(**doors), abs=1e-3)
    assert 0 <= lost_h.min() <= lost_h.max() <= 24 - hours + 24 * (7 - days) + 1e-9
