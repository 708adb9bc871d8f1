"""The departure calendar over the futures of the toy corridor."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from corridor.analysis.assess import assess
from corridor.analysis.calendar import WayByDay
from corridor.analysis.dated_posts import posts_by_day, steps_of_option
from corridor.analysis.trip import build_trip
from corridor.evidence import ClosedDays, Evidence, Place, read_evidence
from corridor.futures.calendar import CalendarCell, DepartureCalendar, ShutPost, departure_calendar
from corridor.futures.draws import Draws
from corridor.futures.factors import Factors
from corridor.futures.outcomes import draw_futures, draw_outcomes
from corridor.futures.registry import SOBOL_VARIABLES
from corridor.network.roads import RoadNetwork
from tests.analysis.conftest import ROUND_NUMBERS, toy_scenario
from tests.analysis.test_calendar import JULY_DOUBLE, event, toy_assessment, with_events, with_season
from tests.futures.toy_futures import build_toy_futures

DRAWS = "uncertainty.draws=256"
FIRST = date(2026, 6, 1)


@pytest.fixture(scope="module")
def toy_evidence() -> Evidence:
    """The round numbers of the toy trip, and its two ends."""
    ends = {
        "islamabad": Place("islamabad", "Islamabad", "PAK", 73.0, 33.7, "city", 0, ()),
        "tashkent": Place("tashkent", "Tashkent", "UZB", 69.3, 41.3, "city", 0, ()),
    }
    return replace(read_evidence().overridden(ROUND_NUMBERS), places=ends)


def calendar_of(network: RoadNetwork, evidence: Evidence, *keys: str, weeks: int = 4) -> DepartureCalendar:
    assessment = toy_assessment(build_trip(toy_scenario(DRAWS, *keys), evidence, network))
    return departure_calendar(assessment, network, weeks=weeks)


def cell(label: str, week: int, p50_days: float, *, usd: float = 100.0, is_open: bool = True) -> CalendarCell:
    day = FIRST + timedelta(days=7 * week)
    shut = () if is_open else (ShutPost("torkham", "PAK-AFG", day, "closed", ()),)
    return CalendarCell(label, day, p50_days, 2 * p50_days, usd, usd, False, 0.0, 0.0, {}, shut)  # noqa: FBT003


def hand_made(*cells: CalendarCell) -> DepartureCalendar:
    departures = tuple(dict.fromkeys(each.departure for each in cells))
    return DepartureCalendar(departures, tuple(dict.fromkeys(each.label for each in cells)), cells, (), (), FIRST)


def test_without_seasons_every_week_has_the_quantiles_of_the_run(
    toy_network: RoadNetwork, toy_evidence: Evidence
) -> None:
    trip = build_trip(toy_scenario(DRAWS), toy_evidence, toy_network)
    assessment = toy_assessment(trip)
    calendar = departure_calendar(assessment, toy_network, weeks=3)
    outcomes = draw_futures(assessment.options, assessment.evidence, assessment.scenario)
    assert calendar.labels == outcomes.labels
    for column, label in enumerate(outcomes.labels):
        for found in calendar.row(label):
            assert found.p50_days == pytest.approx(np.median(outcomes.days[:, column]))
            assert found.p95_days == pytest.approx(np.quantile(outcomes.days[:, column], 0.95))
            assert found.mean_usd == pytest.approx(outcomes.usd[:, column].mean())
            assert found.mean_generalised_usd == pytest.approx(outcomes.generalised_usd[:, column].mean())


def test_departures_are_a_week_apart_from_the_day_of_the_scenario(
    toy_network: RoadNetwork, toy_evidence: Evidence
) -> None:
    calendar = calendar_of(toy_network, toy_evidence, weeks=52)
    assert calendar.departures[0] == date(2026, 5, 31)
    assert calendar.departures[-1] == date(2027, 5, 23)  # 51 weeks are 357 days
    assert len(calendar.cells) == 52 * len(calendar.labels)


def test_a_season_lengthens_the_way_of_the_options_that_pass_its_post_and_of_no_other(
    toy_network: RoadNetwork, toy_evidence: Evidence
) -> None:
    calendar = calendar_of(toy_network, with_season(toy_evidence, JULY_DOUBLE), weeks=8)
    (season,) = calendar.seasons
    for label in calendar.labels:
        row = calendar.row(label)
        days = [each.p50_days for each in row]
        assert (max(days) > min(days)) == (label in season.labels)
        assert row[6].p50_days == max(days)  # leaves on 12 July: the queue is longest on the 16th


def test_an_option_that_is_closed_in_all_weeks_is_left_out(toy_network: RoadNetwork, toy_evidence: Evidence) -> None:
    evidence = with_events(toy_evidence, event("torkham", "2026-01-01", None))
    trip = build_trip(toy_scenario(DRAWS, "routes.presets=[trans_afghan]"), evidence, toy_network)
    assessment = toy_assessment(trip)
    calendar = departure_calendar(assessment, toy_network, weeks=2)
    assert [option.is_open for option in assessment.all_options] == [True, True, False]  # the last one by Torkham
    assert calendar.labels == ("A", "B")
    assert all(each.is_open for each in calendar.cells)


def test_an_option_that_opens_later_in_the_year_comes_in(toy_network: RoadNetwork, toy_evidence: Evidence) -> None:
    evidence = with_events(toy_evidence, event("torkham", "2026-01-01", "2026-06-10"))
    calendar = calendar_of(toy_network, evidence, "routes.presets=[trans_afghan]")
    reopened = calendar.labels[-1]
    assert [each.is_open for each in calendar.row(reopened)] == [False, False, True, True]  # 31 May, 7, 14, 21 June
    shut = calendar.row(reopened)[0].shut_posts[0]
    assert (shut.crossing_id, shut.reached, shut.source) == ("torkham", date(2026, 5, 31), ("wire",))
    bests = [calendar.best(day) for day in calendar.departures]
    assert [best.label for best in bests if best] == ["A", "A", reopened, reopened]  # Torkham is the shorter way


def test_the_best_of_a_week_is_the_cheapest_that_is_open() -> None:
    calendar = hand_made(
        cell("A", 0, 9.0, usd=90, is_open=False), cell("B", 0, 10.0, usd=100), cell("C", 0, 8.0, usd=110)
    )
    best = calendar.best(FIRST)
    assert best is not None
    assert best.label == "B"
    assert hand_made(cell("A", 0, 9.0, is_open=False)).best(FIRST) is None


def test_a_truck_that_the_next_week_overtakes_is_named() -> None:
    calendar = hand_made(cell("A", 0, 20.0), cell("A", 1, 12.9), cell("A", 2, 6.0))
    # 20 days from day 0, 12.9 from day 7 = 19.9, 6 from day 14 = 20.0
    assert calendar.overtaken == (calendar.cells[0],)


def test_the_data_frame_has_a_row_for_every_week_and_option(toy_network: RoadNetwork, toy_evidence: Evidence) -> None:
    calendar = calendar_of(toy_network, toy_evidence)
    frame = calendar.to_frame()
    assert len(frame) == len(calendar.cells)
    assert {"p50_days", "p95_days", "mean_usd", "mean_generalised_usd"} <= set(frame.columns)
    assert frame.groupby("departure")["is_best"].sum().tolist() == [1] * len(calendar.departures)


def test_closures_that_may_begin_on_the_way_block_their_share_of_the_trips(
    toy_network: RoadNetwork, toy_evidence: Evidence
) -> None:
    key = "closures_per_open_year", "torkham"
    row = replace(toy_evidence.parameters[key], value=36.5)  # 0.1 a day of open gate
    evidence = replace(toy_evidence, parameters={**toy_evidence.parameters, key: row})
    (first, *_) = calendar_of(toy_network, evidence, "uncertainty.draws=4096", weeks=1).cells
    # 3 h after departure: P (1 - exp(-(0.1 + 1/8.1) / 8)), P = 0.81 / 1.81
    expected = 0.81 / 1.81 * (1 - np.exp(-(0.1 + 1 / 8.1) / 8))
    assert first.blocked_share == pytest.approx(expected, abs=3 * (expected / 4096) ** 0.5)


# closed days --------------------------------------------------------------------------------------
def with_closed_days(evidence: Evidence, first: date, days: int) -> Evidence:
    closed = ClosedDays("torkham", first, first + timedelta(days=days - 1), "holiday", ("judgement",), "D", "")
    return replace(evidence, closed_days=(closed,))


def test_closed_days_take_what_trucks_that_leave_on_each_day_of_the_week_lose(
    toy_network: RoadNetwork, toy_evidence: Evidence
) -> None:
    evidence = with_closed_days(toy_evidence, FIRST + timedelta(days=9), 3)
    quiet, closed = (calendar_of(toy_network, tables, weeks=4) for tables in (toy_evidence, evidence))
    label = next(each.label for each in closed.cells if each.closed_days)
    lost_h = [sum(cell.closed_days.values()) for cell in closed.row(label)]
    assert lost_h[1] == max(lost_h) > 5
    assert lost_h[3] == 0
    for before, after in zip(quiet.row(label), closed.row(label), strict=True):
        assert after.p95_days >= before.p95_days - 1e-9
        assert after.p95_days - before.p95_days < 4.0  # three days, and what rests they move
    assert closed.row(label)[3].p50_days == quiet.row(label)[3].p50_days


def test_in_the_futures_closed_days_take_about_what_is_expected_of_them(toy_network: RoadNetwork) -> None:
    toy = build_toy_futures(toy_network, "trip.departure=2026-06-01")
    hairatan = ClosedDays("hairatan", date(2026, 6, 4), date(2026, 6, 7), "holiday", ("judgement",), "D", "")
    spread = toy.evidence.overridden({"parameters.arrival_sd_share.*": 0.5})  # of the long queue at Torkham
    evidence = replace(spread, closed_days=(hairatan,))
    option = next(
        each for each in assess(build_trip(toy.scenario, evidence, toy_network)).options if "hairatan" in each.post_ids
    )
    expected_h = sum(row.hours for row in option.ledger.time if row.component == "holiday_wait")
    factors = Factors(evidence, Draws(8192, 7, SOBOL_VARIABLES))
    drawn_h = draw_outcomes([option], factors, toy.scenario).hours_by_component["holiday_wait"][:, 0]
    assert drawn_h.mean() == pytest.approx(expected_h, rel=0.2)
    assert 0 <= drawn_h.min() < drawn_h.max() <= 96
    on_average = draw_outcomes([option], Factors(evidence, factors.uniforms, has_luck=False), toy.scenario)
    assert on_average.hours_by_component["holiday_wait"][:, 0] == pytest.approx(expected_h)


def test_the_trucks_of_a_week_lose_in_the_futures_about_what_is_expected_of_them(
    toy_network: RoadNetwork, toy_evidence: Evidence
) -> None:
    torkham = ClosedDays(
        "torkham", FIRST + timedelta(days=4), FIRST + timedelta(days=6), "holiday", ("judgement",), "D", ""
    )
    trip = build_trip(toy_scenario(DRAWS), replace(toy_evidence, closed_days=(torkham,)), toy_network)
    option = next(each for each in assess(trip).options if "torkham" in each.post_ids)
    dated = WayByDay(trip, posts_by_day(trip), steps_of_option(option, trip), 7).on(FIRST)
    expected_h = sum(row.hours for row in dated.ledger.time if row.component == "holiday_wait")
    of_week = replace(option, departures=dated.departures, ledger=dated.ledger)
    factors = Factors(trip.evidence, Draws(1024, 7, SOBOL_VARIABLES))
    drawn_h = draw_outcomes([of_week], factors, trip.scenario).hours_by_component["holiday_wait"][:, 0]
    assert drawn_h.mean() == pytest.approx(expected_h, rel=0.1)
    # three of seven days of departure fall into the closure, one more comes too late before it
    assert 0.3 < (drawn_h > 0).mean() < 0.7
