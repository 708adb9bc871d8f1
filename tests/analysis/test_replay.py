"""Past disruptions on the toy corridor: Torkham and Hairatan, or the longer way by Chaman."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from corridor.analysis.assess import assess
from corridor.analysis.dated_posts import steps_of_option
from corridor.analysis.disruptions import Episode, as_it_was
from corridor.analysis.history import History
from corridor.analysis.replay import Replay, ReplayedEpisode, days_replayed, replay
from corridor.analysis.replay_trucks import Truck, find_truck
from corridor.analysis.trip import Trip, build_trip
from corridor.evidence import Event, Evidence, read_evidence
from corridor.network.files import read_network
from corridor.network.roads import RoadNetwork
from corridor.run import network_folder
from corridor.scenario import read_scenario
from tests.analysis.conftest import toy_scenario
from tests.analysis.test_calendar import event, toy_assessment, with_events

NO_OTHER_WAY = event("chaman", "2020-01-01", None)
"""Chaman and Torkham are the only posts between Pakistan and Afghanistan on the toy network."""

STRIKE = event("hairatan", "2026-03-10", "2026-03-20")
FARAP = event("farap", "2020-01-01", None)
CLOCK_USD_PER_H = 2 * 2.0 + 2.0 + 1.0
"""Two drivers, truck and overhead of the toy tariff."""


def replayed(network: RoadNetwork, evidence: Evidence, *events: Event, keys: Sequence[str] = ()) -> Replay:
    trip = build_trip(toy_scenario(*keys), with_events(evidence, *events), network)
    return replay(toy_assessment(trip), network)


def row_of(found: Replay, post: str) -> ReplayedEpisode:
    return next(row for row in found.replayed if post in row.episode.posts)


def trucks_of(network: RoadNetwork, evidence: Evidence, closure: Event, *others: Event) -> tuple[Trip, list[Truck]]:
    """The trucks of all days of a closure, one by one."""
    trip = build_trip(toy_scenario(), as_it_was(with_events(evidence, closure, *others)), network)
    history, episode = History(trip), Episode((closure,))
    ways = history.ways_through(episode, [steps_of_option(option, trip) for option in assess(trip).options])
    days, _ = days_replayed(episode, trip.evidence.as_of)
    found = [find_truck(history, episode, ways, day) for day in days]
    return trip, [truck for truck in found if isinstance(truck, Truck)]


# waiting --------------------------------------------------------------------------------------------
def test_without_another_way_trucks_lose_half_of_the_closure_on_average(
    toy_network: RoadNetwork, toy_evidence: Evidence
) -> None:
    row = row_of(replayed(toy_network, toy_evidence, STRIKE, NO_OTHER_WAY, FARAP), "hairatan")
    assert row.closed_days == 10
    assert (row.at_departure.trucks, row.at_departure.waiting) == (10, 10)
    # midday to midnight: 9.5, 8.5, ... 0.5 days, 5 on average; up to half a day of it is rest that was due anyway
    assert row.at_departure.days == pytest.approx(5.0, abs=0.5)
    assert row.at_departure.days is not None
    assert row.at_departure.days <= 5.0
    assert row.at_departure == row.on_the_road == row.if_all_wait


def test_waiting_costs_the_hours_of_the_truck_and_its_crew(toy_network: RoadNetwork, toy_evidence: Evidence) -> None:
    _, trucks = trucks_of(toy_network, toy_evidence, STRIKE, NO_OTHER_WAY, FARAP)
    waits = [truck.wait for truck in trucks if truck.wait]
    assert len(waits) == 10
    for wait in waits:
        assert wait.extra_usd.known_usd == pytest.approx(CLOCK_USD_PER_H * wait.extra_h)
        assert wait.extra_usd.reading == "exact"


def test_no_truck_waits_longer_than_the_closure_lasts_and_who_comes_later_waits_less(
    toy_network: RoadNetwork, toy_evidence: Evidence
) -> None:
    _, trucks = trucks_of(toy_network, toy_evidence, STRIKE, NO_OTHER_WAY, FARAP)
    lost_h = [truck.wait.extra_h for truck in trucks if truck.wait]
    assert max(lost_h) <= 10 * 24
    assert lost_h == sorted(lost_h, reverse=True)


def test_a_closure_without_end_and_without_another_way_strands_the_trucks(
    toy_network: RoadNetwork, toy_evidence: Evidence
) -> None:
    endless = replace(STRIKE, end=None)
    trip = build_trip(toy_scenario(), with_events(toy_evidence, STRIKE, NO_OTHER_WAY, FARAP), toy_network)
    assessment = toy_assessment(trip)
    later = replace(assessment, evidence=with_events(toy_evidence, endless, NO_OTHER_WAY, FARAP))
    row = row_of(replay(later, toy_network), "hairatan")
    assert row.if_all_wait is None
    assert row.closed_days is None
    assert row.on_the_road.stranded == row.on_the_road.trucks > 0
    assert row.on_the_road.days is None


# other ways -----------------------------------------------------------------------------------------
def test_who_knows_at_departure_takes_the_best_way_without_the_post(
    toy_network: RoadNetwork, toy_evidence: Evidence
) -> None:
    closure = event("torkham", "2026-03-01", "2026-05-30")
    trip, trucks = trucks_of(toy_network, toy_evidence, closure)
    truck = trucks[-1]
    asked = trip.scenario.trip.model_copy(update={"departure": truck.usual.departures.first})
    on_that_day = replace(trip, scenario=trip.scenario.model_copy(update={"trip": asked}))
    option = assess(on_that_day).options[0]  # another run, with the post closed
    assert truck.knew
    assert truck.detour is not None
    assert truck.detour.posts == option.post_ids == ("chaman", "hairatan")
    assert truck.detour.extra_h == pytest.approx(option.ledger.time_h - truck.usual.ledger.time_h)
    assert truck.detour.extra_usd.known_usd == pytest.approx(option.ledger.money_usd - truck.usual.ledger.money_usd)


def test_who_is_caught_on_the_road_drives_back_from_the_post(toy_network: RoadNetwork, toy_evidence: Evidence) -> None:
    _, trucks = trucks_of(toy_network, toy_evidence, event("torkham", "2026-03-01", "2026-05-30"))
    truck = trucks[-1]
    assert truck.detour is not None
    assert truck.turn is not None
    assert truck.turn.posts == ("chaman", "hairatan")
    # 100 km to Torkham and 100 km back, before the 600 km to Chaman: 200 km at 50 km/h, 1 h of stops per 100 km
    assert truck.turn.extra_h - truck.detour.extra_h >= 4 + 2
    driven_usd = 200 * (0.4 * 1.0 + 0.06 + 0.1 * 0.5)  # fuel, tyres, toll on half the roads
    clock_usd = CLOCK_USD_PER_H * (truck.turn.extra_h - truck.detour.extra_h)
    more_usd = truck.turn.extra_usd.known_usd - truck.detour.extra_usd.known_usd
    assert more_usd == pytest.approx(driven_usd + clock_usd)


def test_a_truck_that_left_before_the_closure_cannot_have_known_of_it(
    toy_network: RoadNetwork, toy_evidence: Evidence
) -> None:
    _, trucks = trucks_of(toy_network, toy_evidence, event("hairatan", "2026-03-01", "2026-03-05"))
    # Hairatan is reached on the day after departure: who comes there on 1 March has left on 28 February
    assert [truck.knew for truck in trucks] == [False, True, True, True]
    assert [truck.detour is None for truck in trucks] == [True, False, False, False]
    assert trucks[0].choice("at_departure") == trucks[0].choice("on_the_road")


def test_knowing_at_departure_never_costs_more_than_learning_it_before_the_post(
    toy_network: RoadNetwork, toy_evidence: Evidence
) -> None:
    for post in ("torkham", "hairatan"):
        _, trucks = trucks_of(toy_network, toy_evidence, event(post, "2026-03-01", "2026-03-12"))
        assert len(trucks) == 11
        for truck in trucks:
            knowing, blind = truck.choice("at_departure"), truck.choice("on_the_road")
            assert knowing is not None
            assert blind is not None
            assert knowing.extra_generalised_usd <= blind.extra_generalised_usd + 1e-6


def test_of_two_ways_the_one_that_costs_less_with_the_cargo_s_time_is_chosen(
    toy_network: RoadNetwork, toy_evidence: Evidence
) -> None:
    _, trucks = trucks_of(toy_network, toy_evidence, event("torkham", "2026-03-01", "2026-03-12"))
    kinds = {choice.kind for truck in trucks if (choice := truck.choice("at_departure"))}
    assert kinds == {"wait", "detour"}  # a long wait at first, a short one on the last days
    for truck in trucks:
        chosen = truck.choice("at_departure")
        offered = [choice.extra_generalised_usd for choice in (truck.wait, truck.detour) if choice]
        assert chosen is not None
        assert chosen.extra_generalised_usd == min(offered)


# which disruptions ----------------------------------------------------------------------------------
def test_disruptions_are_told_by_first_day_and_posts_of_one_cause_together(
    toy_network: RoadNetwork, toy_evidence: Evidence
) -> None:
    found = replayed(
        toy_network,
        toy_evidence,
        STRIKE,
        event("torkham", "2026-02-01", "2026-02-03"),
        event("chaman", "2026-02-01", "2026-02-03"),
        event("torkham", "2026-01-01", None, effect="open"),
    )
    assert [row.episode.posts for row in found.replayed] == [("chaman", "torkham"), ("hairatan",)]
    assert found.replayed[0].episode.source == ("wire",)


def test_a_post_on_no_option_is_told_as_not_on_the_way(toy_network: RoadNetwork, toy_evidence: Evidence) -> None:
    found = replayed(toy_network, toy_evidence, event("bazargan", "2026-02-01", "2026-02-03"))
    assert [(row.episode.posts, row.why) for row in found.others] == [(("bazargan",), "not_on_the_way")]


def test_what_lets_this_truck_pass_is_told_as_without_hours(toy_network: RoadNetwork, toy_evidence: Evidence) -> None:
    found = replayed(
        toy_network,
        toy_evidence,
        event("torkham", "2026-02-01", "2026-02-03", effect="queue"),
        event("hairatan", "2026-02-05", "2026-02-07", effect="restricted"),
        event("hairatan", "2026-02-08", "2026-02-09", plates="EU_EFTA"),
    )
    assert [row.why for row in found.others] == ["no_hours"] * 3
    assert found.replayed == ()


def test_closures_to_be_expected_do_not_count_beside_those_that_were(
    toy_network: RoadNetwork, toy_evidence: Evidence
) -> None:
    key = "closures_per_open_year", "torkham"
    parameters = {**toy_evidence.parameters, key: replace(toy_evidence.parameters[key], value=30.0)}
    feared = replace(toy_evidence, parameters=parameters)
    closure = event("torkham", "2026-03-01", "2026-03-03")
    calm, worried = (replayed(toy_network, evidence, closure) for evidence in (toy_evidence, feared))
    assert calm == worried


def test_a_long_closure_has_fourteen_trucks_spread_over_its_first_year() -> None:
    days, every = days_replayed(Episode((event("torkham", "2024-01-01", "2026-01-01"),)), date(2026, 5, 31))
    assert (len(days), every) == (14, 26)
    assert (days[0], days[-1]) == (date(2024, 1, 14), date(2024, 12, 17))
    still, _ = days_replayed(Episode((event("torkham", "2026-05-22", None),)), date(2026, 5, 31))
    assert len(still) == 10  # from 22 to 31 May


@pytest.mark.parametrize("start", ["2026-06-01", "2026-12-01"])
def test_a_closure_that_has_not_begun_by_the_end_of_the_tables_has_no_truck(start: str) -> None:
    assert days_replayed(Episode((event("torkham", start, None),)), date(2026, 5, 31)) == ((), 1)


def test_what_was_over_by_a_day_is_left_out(toy_network: RoadNetwork, toy_evidence: Evidence) -> None:
    old, late = event("hairatan", "2024-03-10", "2024-03-20"), event("hairatan", "2026-03-10", "2026-03-20")
    trip = build_trip(toy_scenario(), with_events(toy_evidence, old, late), toy_network)
    found = replay(toy_assessment(trip), toy_network, since=date(2024, 3, 20))
    assert [row.episode.start for row in found.replayed] == [date(2026, 3, 10)]
    assert found.since == date(2024, 3, 20)


def test_the_data_frame_has_a_row_for_each_state_of_information(
    toy_network: RoadNetwork, toy_evidence: Evidence
) -> None:
    found = replayed(toy_network, toy_evidence, STRIKE)
    frame = found.to_frame()
    assert frame["information"].tolist() == ["at_departure", "on_the_road", "all_wait"]
    assert frame["trucks"].tolist() == [10, 10, 10]
    assert frame["source"].tolist() == ["wire"] * 3


# few searches ---------------------------------------------------------------------------------------
def test_a_search_used_again_finds_what_a_new_one_would_find() -> None:
    evidence = read_evidence()
    keys = ["routes.alternatives=2", "routes.presets=[]"]
    scenario = read_scenario("islamabad-minsk", known=evidence.known_names(), assignments=keys).scenario
    roads = read_network(network_folder(scenario)).roads
    trip = build_trip(scenario, as_it_was(evidence.with_ferries()), roads)
    history = History(trip)
    for day in ("2025-03-25", "2025-03-01", "2025-10-20"):
        departure = date.fromisoformat(day)
        found, fresh = history.best(departure), History(trip).best(departure)
        assert found is not None
        assert fresh is not None
        assert found.steps == fresh.steps
