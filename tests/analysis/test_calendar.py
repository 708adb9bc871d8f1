"""A fixed chain of posts on any day: the season, the closures and the rules of the day on which it gets there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest

from corridor.analysis.assess import assess
from corridor.analysis.assessment import Assessment
from corridor.analysis.calendar import DatedWay, WayByDay
from corridor.analysis.dated_posts import posts_by_day, steps_of_option
from corridor.analysis.sea_ways import SeaBenchmark
from corridor.analysis.seasons import find_seasons, posts_without_season
from corridor.analysis.trip import Trip, build_trip
from corridor.evidence import EligibilityRule, Event, Evidence, read_evidence
from corridor.evidence.rules import Effect
from corridor.network.files import read_network
from corridor.network.roads import RoadNetwork
from corridor.run import network_folder, run
from corridor.scenario import read_scenario
from tests.analysis.conftest import toy_scenario
from tests.report.fake_trip import build_network

JULY_DOUBLE = (1.0,) * 6 + (2.0,) + (1.0,) * 4 + (0.0,)


def event(crossing: str, start: str, end: str | None, *, effect: Effect = "closed", plates: str = "*") -> Event:
    """An invented event of the toy corridor."""
    first, last = date.fromisoformat(start), date.fromisoformat(end) if end else None
    return Event(crossing, effect, plates, first, last, "day", "strike", ("wire",), "high")


def with_events(evidence: Evidence, *events: Event) -> Evidence:
    """The toy evidence with these events and no other; no post is set open by hand."""
    return replace(evidence, events=events, status_overrides={})


def with_season(evidence: Evidence, factors: tuple[float, ...]) -> Evidence:
    """The toy evidence with a season at Hairatan."""
    crossing = evidence.crossings["hairatan"]
    times = crossing.times["AFG-UZB"]
    seasonal = replace(times, queue=replace(times.queue, month_factors=factors))
    changed = replace(crossing, times={**crossing.times, "AFG-UZB": seasonal})
    return replace(evidence, crossings={**evidence.crossings, "hairatan": changed})


def toy_assessment(trip: Trip) -> Assessment:
    """A run of the toy trip as far as the calendar and the replay read it."""
    answer = assess(trip)
    return Assessment(
        run_id="toy",
        scenario=trip.scenario,
        changes=(),
        evidence=trip.evidence,
        network=build_network(),
        origin_name="Islamabad",
        origin_lon_lat=(73.0, 33.7),
        destination_name="Tashkent",
        destination_lon_lat=(69.3, 41.3),
        shortest_km=answer.shortest_km,
        great_circle_km=answer.great_circle_km,
        options=answer.options,
        closed_options=answer.closed_options,
        unreachable_corridors=answer.unreachable_corridors,
        sea=SeaBenchmark((), {}, "The sea was not asked for."),
        notes=answer.notes,
    )


def best_way(trip: Trip) -> WayByDay:
    """The best option of a trip, to be followed on any day."""
    return WayByDay(trip, posts_by_day(trip), steps_of_option(assess(trip).options[0], trip))


def hours_of(way: DatedWay, component: str) -> float:
    return sum(row.hours for row in way.ledger.time if row.component == component)


def test_without_seasons_every_departure_has_the_ledger_of_the_run(toy_trip: Trip) -> None:
    way, option = best_way(toy_trip), assess(toy_trip).options[0]
    for week in range(53):
        dated = way.on(toy_trip.departure + timedelta(days=7 * week))
        assert dated.ledger == option.ledger
        assert dated.is_open


def test_a_way_by_two_places_is_taken_apart_and_put_together_again(
    toy_network: RoadNetwork, toy_evidence: Evidence
) -> None:
    termez = replace(toy_evidence.places["tashkent"], id="termez", name="Termez", lon=67.5, lat=37.3)
    evidence = replace(toy_evidence, places={**toy_evidence.places, "termez": termez})
    trip = build_trip(toy_scenario("routes.via=[torkham, termez]"), evidence, toy_network)
    option = assess(trip).options[0]
    steps = steps_of_option(option, trip)
    assert [step.end for step in steps[-2:]] == ["termez", "tashkent"]
    assert WayByDay(trip, posts_by_day(trip), steps).on(trip.departure).ledger == option.ledger


def test_the_queue_of_a_season_is_that_of_the_day_of_arrival(toy_network: RoadNetwork, toy_evidence: Evidence) -> None:
    trip = build_trip(toy_scenario(), with_season(toy_evidence, JULY_DOUBLE), toy_network)
    way = best_way(trip)
    # 5 h at Hairatan on the mean, twice as much in the middle of July; it is reached on the second day, after 41.5 h:
    # 3 h to Torkham, 15 h there, 17.5 h of driving and stops through Afghanistan, 6 h of rest
    summer, spring = way.on(date(2026, 7, 15)), way.on(date(2026, 4, 14))
    assert summer.visits[1].before_h == pytest.approx(41.5)
    assert summer.visits[1].day == date(2026, 7, 16)
    assert hours_of(summer, "border_queue") == pytest.approx(10 + 10, abs=0.2)
    assert hours_of(spring, "border_queue") == pytest.approx(10 + 5)


def test_a_post_that_closes_while_the_truck_is_on_its_way_makes_the_way_closed(
    toy_network: RoadNetwork, toy_evidence: Evidence
) -> None:
    evidence = with_events(toy_evidence, event("hairatan", "2026-06-02", "2026-06-04"))
    way = best_way(build_trip(toy_scenario(), evidence, toy_network))
    days = {day: way.on(date(2026, 5, 29) + timedelta(days=day)) for day in range(6)}
    # departure 29 May to 3 June; Hairatan is reached on the next day, and closed on 2 and 3 June
    assert [dated.is_open for dated in days.values()] == [True, True, True, False, False, True]
    refusal = days[3].visits[1].refusal
    assert refusal is not None
    assert refusal.source == ("wire",)
    assert "strike" in refusal.reason
    assert days[3].ledger == days[0].ledger  # figures as if it could be passed


def test_a_rule_that_begins_on_the_way_changes_the_tractor(toy_network: RoadNetwork, toy_evidence: Evidence) -> None:
    swap = EligibilityRule("PAK", "UZB", "AFG", date(2026, 6, 2), None, "swap", ("law",), "A", "")
    evidence = replace(toy_evidence, eligibility=(*toy_evidence.eligibility, swap))
    way = best_way(build_trip(toy_scenario(), evidence, toy_network))
    before, after = way.on(date(2026, 5, 31)), way.on(date(2026, 6, 1))
    assert before.plates == ((0, "PAK"),)
    assert after.plates == ((0, "PAK"), (4, "UZB"))  # after leg, post, leg, post
    assert hours_of(after, "swap") == evidence.parameter("swap_h", "*").value


def test_a_second_change_of_tractor_is_refused(toy_network: RoadNetwork, toy_evidence: Evidence) -> None:
    swaps = [
        EligibilityRule("PAK", "AFG", "PAK", date(2026, 6, 1), None, "swap", ("law",), "A", ""),
        EligibilityRule("AFG", "UZB", "AFG", date(2026, 6, 1), None, "swap", ("law",), "A", ""),
    ]
    evidence = replace(toy_evidence, eligibility=(*toy_evidence.eligibility, *swaps))
    dated = best_way(build_trip(toy_scenario(), evidence, toy_network)).on(date(2026, 6, 1))
    assert [visit.refusal is None for visit in dated.visits] == [True, False]


def test_seasons_tell_the_least_and_the_greatest_queue_that_was_met(
    toy_network: RoadNetwork, toy_evidence: Evidence
) -> None:
    trip = build_trip(toy_scenario(), with_season(toy_evidence, JULY_DOUBLE), toy_network)
    way = best_way(trip)
    dated = {"A": [way.on(date(2026, month, 15)) for month in (4, 7)]}
    (season,) = find_seasons(dated, trip.evidence)
    assert (season.crossing_id, season.labels) == ("hairatan", ("A",))
    assert (season.least_h, season.most_h) == pytest.approx((5, 10), abs=0.2)
    assert posts_without_season(dated, trip.evidence) == ("torkham",)


@pytest.fixture(scope="module")
def shipped() -> Sequence[WayByDay]:
    """Options of a shipped scenario, those by Astara and Samur with their seasons."""
    evidence = read_evidence()
    keys = ["routes.alternatives=3", "routes.presets=[caspian]"]
    scenario = read_scenario("karachi-minsk", known=evidence.known_names(), assignments=keys).scenario
    network = read_network(network_folder(scenario))
    assessment = run(scenario, evidence, network=network, against_sea=False, progress=lambda _: None)
    trip = build_trip(assessment.scenario, assessment.evidence, network.roads)
    posts = posts_by_day(trip)
    return [WayByDay(trip, posts, steps_of_option(option, trip)) for option in assessment.options]


def arrivals(way: WayByDay, first: date, days: int) -> Iterator[tuple[date, float]]:
    """Day of departure, and arrival in hours after the first of them."""
    for day in range(days):
        departure = first + timedelta(days=day)
        yield departure, 24.0 * day + way.on(departure).ledger.time_h


def test_leaving_a_day_later_never_arrives_earlier(shipped: Sequence[WayByDay]) -> None:
    seasonal = [
        way for way in shipped if any(visit.crossing_id == "samur" for visit in way.on(date(2027, 1, 1)).visits)
    ]
    assert len(seasonal) >= 3
    for way in seasonal:
        for (departure, before_h), (_, after_h) in pairwise(arrivals(way, date(2026, 11, 1), 366)):
            assert after_h >= before_h, departure


def test_the_turn_of_the_year_and_the_leap_day_are_days_like_others(shipped: Sequence[WayByDay]) -> None:
    way = shipped[0]
    for first in (date(2027, 12, 30), date(2028, 2, 27)):
        hours = [way.on(first + timedelta(days=day)).ledger.time_h for day in range(4)]
        assert max(hours) - min(hours) < 3.0  # a queue that falls from 22 to 11 h in a month loses 0.4 h a day
