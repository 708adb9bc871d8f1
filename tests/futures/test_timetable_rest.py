"""Rest in every future by a timetable of its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from numpy.typing import NDArray

from corridor.analysis.assess import assess
from corridor.analysis.trip import build_trip
from corridor.costs.ledger import TimeRow
from corridor.costs.tariff import Tariff
from corridor.costs.timetable import SCHEDULES
from corridor.evidence import MONTHS, ClosedDays, TruckBan
from corridor.futures.draws import Draws
from corridor.futures.factors import Factors
from corridor.futures.option_draw import Rest
from corridor.futures.outcomes import draw_outcomes
from corridor.futures.registry import SOBOL_VARIABLES
from corridor.futures.timetable_rest import timetable_rest_h
from corridor.network.roads import RoadNetwork
from tests.futures.toy_futures import ToyFutures, build_toy_futures


@pytest.fixture
def toy(toy_network: RoadNetwork) -> ToyFutures:
    return build_toy_futures(toy_network)


@pytest.fixture
def tariff(toy: ToyFutures) -> Tariff:
    return Tariff(toy.evidence, toy.scenario, toy.scenario.vehicle.plate)


RESTS: tuple[Rest, Rest] = ("smooth", "timetable")


def mean_h(row: TimeRow) -> NDArray[np.float64]:
    return np.full(1, row.hours)


def planned_h(toy: ToyFutures, number: int) -> float:
    return sum(row.hours for row in toy.options[number].ledger.time if row.component == "driver_rest")


def test_at_mean_inputs_the_rest_of_the_ledger_comes_out(toy: ToyFutures, tariff: Tariff) -> None:
    for number, option in enumerate(toy.options):
        (rest_h,) = timetable_rest_h(option, mean_h, tariff, futures=1, schedules=SCHEDULES)
        assert rest_h == pytest.approx(planned_h(toy, number))


def test_at_mean_inputs_bans_and_closed_days_are_rested_in_as_in_the_ledger(
    toy: ToyFutures, toy_network: RoadNetwork
) -> None:
    ban = TruckBan("afg_days", "AFG", tuple(range(1, 8)), 0.0, 20.0, MONTHS, 7.5, 1.0, ("judgement",), "D", "")
    first = toy.scenario.trip.departure + timedelta(days=1)
    closed = ClosedDays("hairatan", first, first + timedelta(days=2), "holiday", ("judgement",), "D", "")
    evidence = replace(toy.evidence, truck_bans=(ban,), closed_days=(closed,))
    options = assess(build_trip(toy.scenario, evidence, toy_network)).options
    tariff = Tariff(evidence, toy.scenario, toy.scenario.vehicle.plate)
    assert {"ban_wait", "holiday_wait"} <= {row.component for option in options for row in option.ledger.time}
    for option in options:
        (rest_h,) = timetable_rest_h(option, mean_h, tariff, futures=1, schedules=SCHEDULES)
        assert rest_h == pytest.approx(sum(r.hours for r in option.ledger.time if r.component == "driver_rest"))


def test_each_future_has_the_timetable_that_it_would_have_alone(toy: ToyFutures, tariff: Tariff) -> None:
    rng = np.random.default_rng(3)
    stretch = rng.uniform(0.5, 2.0, 20)
    option = toy.options[0]
    together = timetable_rest_h(option, lambda row: row.hours * stretch, tariff, futures=20)
    alone = [
        timetable_rest_h(option, lambda row, by=by: np.full(1, row.hours * by), tariff, futures=1)[0]  # type: ignore[misc]
        for by in stretch
    ]
    assert together == pytest.approx(alone)


def test_outcomes_by_timetables_differ_in_rest_and_what_it_costs_alone(toy: ToyFutures) -> None:
    smooth, planned = (
        draw_outcomes(toy.options, Factors(toy.evidence, Draws(256, 7, SOBOL_VARIABLES)), toy.scenario, rest=rest)
        for rest in RESTS
    )
    for name, hours in planned.hours_by_component.items():
        is_same = np.allclose(hours, smooth.hours_by_component[name])
        assert is_same != (name == "driver_rest"), name
    assert np.allclose(planned.usd_by_component["fuel"], smooth.usd_by_component["fuel"])
