"""Trucks that set out over several days."""

from __future__ import annotations

from datetime import date

from corridor.costs.departures import Departures


def test_as_many_trucks_set_out_on_each_day_whatever_the_number_of_futures() -> None:
    week = Departures(date(2026, 11, 1), 7)
    assert week.late_h == (0.0, 24.0, 48.0, 72.0, 96.0, 120.0, 144.0)
    assert week.drawn_late_h(14).tolist() == [*week.late_h, *week.late_h]
    assert week.drawn_late_h(3).tolist() == [0.0, 24.0, 48.0]


def test_who_sets_out_on_one_day_is_never_late() -> None:
    assert Departures(date(2026, 11, 1)).drawn_late_h(4).tolist() == [0.0] * 4
