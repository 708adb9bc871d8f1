"""How far Islamabad reaches on the toy corridor, by hand; and what no opening of a post may do."""

from __future__ import annotations

import numpy as np
import pytest

from corridor.analysis.assess import open_ways
from corridor.analysis.reach import Reached, Spreads, find_spreads
from corridor.analysis.reach_prices import AIMS, Aim, PlatePrices
from corridor.analysis.reach_rest import rest_levels
from corridor.analysis.reach_sheets import find_doors
from corridor.analysis.reach_stations import at_nodes, on_edges
from corridor.analysis.trip import Trip, build_trip
from corridor.costs.drivers_hours import rest_slack_h
from corridor.costs.search_weights import hour_usd
from corridor.evidence import Evidence
from corridor.network.roads import RoadNetwork
from tests.analysis.conftest import toy_scenario
from tests.analysis.test_toy_trip import DOOR_H, DRIVE_H, POST_H, STOPS_H

# With so many stops days end by the clock: 6 h of rest for 18 h on duty in Pakistan and Afghanistan, 9 h for 21 h in
# Uzbekistan; half of the last daily rest comes off where the way ends in Uzbekistan.
DUTY_H = {country: drive_h + STOPS_H[country] for country, drive_h in DRIVE_H.items()}
DAILY_REST_H = (DUTY_H["PAK"] + DUTY_H["AFG"]) * 6 / 18 + DUTY_H["UZB"] * 9 / 21
TASHKENT_H = sum(DUTY_H.values()) + POST_H + DAILY_REST_H - 9 / 2
# A weekly rest of 45 instead of 9 h after 144 h on the clock, half of it off: due from 72 h on, so not yet.
WEEKLY_H = 36 / 144
FUEL_USD = 0.4 * (100 + 500 + 400 * 0.5) + 15.0
OTHER_USD = 60 + 5 + 70 + 400 + 100 + (238 + 50 + 40 + 60) + 90  # tyres, toll, entry, bridge, border fees, TIR carnet
POSTS = ("torkham", "chaman", "hairatan", "torghundi", "farap")


def spreads(trip: Trip, *, is_outward: bool = True) -> Spreads:
    """At the places of the toy (islamabad, tashkent), and at all nodes."""
    nodes = trip.network.node_count
    places = at_nodes(trip.network, np.array([trip.ends[name].node for name in ("islamabad", "tashkent")]))
    return find_spreads(trip, places, at_nodes(trip.network, np.arange(nodes)), is_outward=is_outward)


def trip_with(network: RoadNetwork, evidence: Evidence, **status: str) -> Trip:
    own = {f"crossings.{post}.status": state for post, state in status.items()}
    return build_trip(toy_scenario(), evidence.overridden(own) if own else evidence, network)


def posts_of(reached: Reached, station: int) -> list[str]:
    return [move.crossing_id for move in reached.posts[station]]


def test_hours_to_tashkent_add_up_on_paper(toy_trip: Trip) -> None:
    fastest = spreads(toy_trip).at_places["fastest"]
    assert fastest.value[1] == pytest.approx(TASHKENT_H, abs=1e-3)
    assert posts_of(fastest, 1) == ["torkham", "hairatan"]
    assert fastest.km[1] == pytest.approx(1000.0)


def test_money_to_tashkent_adds_up_on_paper(toy_trip: Trip) -> None:
    cheapest = spreads(toy_trip).at_places["cheapest"]
    assert cheapest.value[1] == pytest.approx(FUEL_USD + OTHER_USD + 7.0 * TASHKENT_H, abs=0.01)  # 2 x 2 + 2 + 1 USD/h


def with_queue(network: RoadNetwork, evidence: Evidence, queue_h: float) -> Trip:
    """The toy with so long a queue at Torkham, between two countries without a weekly rest."""
    return build_trip(toy_scenario(), evidence.overridden({"crossings.torkham.PAK-AFG.queue_h": queue_h}), network)


def test_hours_in_a_queue_bring_the_weekly_rest_nearer(toy_network: RoadNetwork, toy_evidence: Evidence) -> None:
    found = spreads(with_queue(toy_network, toy_evidence, 60.0)).at_places["fastest"]
    clock_h = sum(DUTY_H.values()) + POST_H + 50 + DAILY_REST_H  # a queue of 10 h before
    assert found.value[1] == pytest.approx(clock_h * (1 + WEEKLY_H) - 9 / 2 - 36 / 2, abs=1e-3)


def test_no_weekly_rest_falls_due_where_no_rules_on_the_way_know_one(
    toy_network: RoadNetwork, toy_evidence: Evidence
) -> None:
    found = [spreads(with_queue(toy_network, toy_evidence, queue_h)) for queue_h in (10.0, 60.0)]
    gate = with_queue(toy_network, toy_evidence, 10.0).graph.terminals["hairatan@AFG"].node
    before, after = (each.at_cells["fastest"].value[gate] for each in found)
    assert after - before == pytest.approx(50.0, abs=1e-3)


@pytest.mark.parametrize("free_share", [0.0, 0.5, 1.0])
def test_a_longer_queue_never_takes_less_and_one_of_a_weekly_rest_is_one(
    toy_network: RoadNetwork, toy_evidence: Evidence, free_share: float
) -> None:
    evidence = toy_evidence.overridden({"parameters.queue_rest_share.*": free_share})
    by_level = np.array([_hairatan_h(toy_network, evidence, queue_h) for queue_h in range(0, 180, 10)])
    assert (np.diff(by_level, axis=0) > -1e-9).all()
    daily, weekly = by_level[:, -3], by_level[:, -2]
    due = weekly - daily
    if free_share == 1.0:  # 45 free hours or more
        assert due[-1] == 0.0
    if free_share == 0.0:  # none is free, so all hours count
        np.testing.assert_allclose(due, daily * WEEKLY_H)
    assert (due[1:3] > 0).all()


def _hairatan_h(network: RoadNetwork, evidence: Evidence, queue_h: float) -> list[float]:
    """Hours of a post into Uzbekistan at each level of rest."""
    trip = build_trip(toy_scenario(), evidence.overridden({"crossings.hairatan.AFG-UZB.queue_h": queue_h}), network)
    doors = find_doors(trip, "PAK").all_passages
    tariff = trip.tariff("PAK")
    prices = PlatePrices(trip.network, trip.drive, tariff)
    return [prices.post(doors["hairatan", "AFG-UZB", "PAK", "PAK"], "fastest", level) for level in rest_levels(tariff)]


def test_the_timetable_of_the_same_way_is_that_of_a_run(toy_trip: Trip) -> None:
    assert spreads(toy_trip).timetable_h[1] == pytest.approx(DOOR_H)


def test_the_anchor_is_reached_at_once_and_for_nothing(toy_trip: Trip) -> None:
    found = spreads(toy_trip)
    assert [found.at_places[aim].value[0] for aim in AIMS] == [0.0, 0.0, 0.0]
    assert found.timetable_h[0] == 0.0


def test_a_short_drive_needs_no_rest(toy_trip: Trip) -> None:
    gate = toy_trip.graph.terminals["torkham@PAK"].node
    assert spreads(toy_trip).at_cells["fastest"].value[gate] == pytest.approx(2.0 + 1.0, abs=1e-3)  # driving, stops


def test_half_way_along_a_road_half_of_it_is_driven(toy_trip: Trip) -> None:
    edge = int(np.flatnonzero(np.isclose(toy_trip.network.length_km, 100.0))[0])
    there = on_edges(toy_trip.network, np.array([edge]), np.array([0.5]), is_outward=True)
    found = find_spreads(toy_trip, there, there, is_outward=True)
    assert found.at_places["fastest"].value[0] == pytest.approx(1.5, abs=1e-3)
    assert found.at_places["fastest"].km[0] == pytest.approx(50.0)
    assert found.timetable_h[0] == pytest.approx(1.5)


@pytest.mark.parametrize("aim", AIMS)
def test_the_way_to_a_place_is_as_long_seen_from_there(toy_trip: Trip, aim: Aim) -> None:
    there, back = spreads(toy_trip).at_places[aim], spreads(toy_trip, is_outward=False).at_places[aim]
    assert back.value[0] == pytest.approx(there.value[1], abs=1e-3)
    assert back.km[0] == pytest.approx(there.km[1])
    assert posts_of(back, 0) == posts_of(there, 1)


@pytest.mark.parametrize("post", POSTS)
def test_closing_a_post_never_brings_any_node_nearer(
    toy_network: RoadNetwork, toy_evidence: Evidence, post: str
) -> None:
    everything = dict.fromkeys(POSTS, "open")
    before = spreads(trip_with(toy_network, toy_evidence, **everything))
    after = spreads(trip_with(toy_network, toy_evidence, **{**everything, post: "closed"}))
    for aim in AIMS:
        assert (after.at_cells[aim].value >= before.at_cells[aim].value - 1e-9).all()
    assert not any(post in posts_of(after.at_cells["fastest"], node) for node in range(toy_network.node_count))


def test_with_all_posts_closed_only_the_own_country_is_reached(
    toy_network: RoadNetwork, toy_evidence: Evidence
) -> None:
    trip = trip_with(toy_network, toy_evidence, **dict.fromkeys(POSTS, "closed"))
    found = spreads(trip)
    is_home = np.array([trip.network.country_of(node) == "PAK" for node in range(trip.network.node_count)])
    for aim in AIMS:
        assert np.array_equal(np.isfinite(found.at_cells[aim].value), is_home)
    assert {refusal.crossing_id for refusal in found.refusals} == set(POSTS)


def test_no_node_beyond_a_national_line_is_reached_but_by_posts_that_lead_there(toy_trip: Trip) -> None:
    found = spreads(toy_trip).at_cells["best"]
    for node in np.flatnonzero(np.isfinite(found.value)).tolist():
        countries = ["PAK", *(move.direction.split("-")[1] for move in found.posts[node])]
        left = [move.direction.split("-")[0] for move in found.posts[node]]
        assert left == countries[:-1]
        assert toy_trip.network.country_of(node) == countries[-1]


def test_the_least_cost_is_near_that_of_the_best_chain_by_the_smooth_rule(toy_trip: Trip) -> None:
    seen, _ = open_ways(toy_trip).looked_at(6, required=())
    tariff = toy_trip.tariff("PAK")
    rules = [rules for rules in toy_trip.evidence.driver_rules.values() if rules.crew == 2]
    half_usd = rest_slack_h(rules) / 2 * hour_usd(tariff)
    found_usd = spreads(toy_trip).at_places["best"].value[1]
    assert found_usd == pytest.approx(min(each.generalised_cost_usd for each in seen), abs=half_usd)


def test_the_same_search_finds_the_same_ways_again(toy_trip: Trip) -> None:
    first, second = spreads(toy_trip), spreads(toy_trip)
    for aim in AIMS:
        assert np.array_equal(first.at_cells[aim].value, second.at_cells[aim].value)
        assert first.at_cells[aim].posts == second.at_cells[aim].posts
