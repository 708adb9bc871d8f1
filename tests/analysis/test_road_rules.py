"""What the attributes of roads do to a trip: directions, truck bans, limits, tolls by road, ferries, speeds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest

from corridor.analysis.assess import assess
from corridor.analysis.assessment import Option
from corridor.analysis.trip import build_trip
from corridor.costs.drive_time import drive_time
from corridor.errors import ScenarioError
from corridor.evidence import Evidence, Place
from corridor.network.roads import RoadNetwork
from corridor.road_kinds import ROAD_CLASSES, SURFACES, TOLLS, TRUCK_ACCESS
from tests.analysis.conftest import toy_scenario

TO_TORKHAM, TO_CHAMAN, TO_HAIRATAN, LAST = 0, 1, 2, 7
SHORT, ROUND = ("torkham", "hairatan"), ("chaman", "hairatan")


def with_attribute(network: RoadNetwork, name: str, values: Mapping[int, float]) -> RoadNetwork:
    """The network with one attribute of some edges changed."""
    column = getattr(network.attributes, name).copy()
    column[list(values)] = list(values.values())
    return replace(network, attributes=replace(network.attributes, **{name: column}))


def best(network: RoadNetwork, evidence: Evidence, *assignments: str) -> Option:
    return assess(build_trip(toy_scenario(*assignments), evidence, network)).options[0]


def usd(option: Option, component: str, country: str) -> float | None:
    (row,) = (row for row in option.ledger.money if (row.component, row.country) == (component, country))
    return row.usd


def turned(network: RoadNetwork, edge: int) -> RoadNetwork:
    """The network with one edge drivable from its head to its tail only."""
    tail, head = network.tail.copy(), network.head.copy()
    tail[edge], head[edge] = network.head[edge], network.tail[edge]
    return with_attribute(replace(network, tail=tail, head=head), "one_way", {edge: 1})


def test_no_truck_drives_against_a_one_way_road(toy_network: RoadNetwork, toy_evidence: Evidence) -> None:
    assert best(with_attribute(toy_network, "one_way", {TO_TORKHAM: 1}), toy_evidence).post_ids == SHORT
    assert best(turned(toy_network, TO_TORKHAM), toy_evidence).post_ids == ROUND


def test_a_road_closed_to_trucks_is_not_used(toy_network: RoadNetwork, toy_evidence: Evidence) -> None:
    closed = with_attribute(toy_network, "access", {TO_HAIRATAN: TRUCK_ACCESS.index("closed")})
    assert best(closed, toy_evidence).length_km == pytest.approx(100 + 700 + 500 + 800 + 400)  # by Chaman, Torghundi


def test_a_bridge_carries_the_half_empty_truck_and_not_the_full_one(
    toy_network: RoadNetwork, toy_evidence: Evidence
) -> None:
    weak = with_attribute(toy_network, "max_mass_t", {TO_TORKHAM: 30.0})  # 40 t less 25 t of payload, and the cargo
    assert best(weak, toy_evidence, "cargo.mass_t=15").post_ids == SHORT
    assert best(weak, toy_evidence, "cargo.mass_t=15.1").post_ids == ROUND


def test_a_tunnel_lower_than_the_truck_is_avoided(toy_network: RoadNetwork, toy_evidence: Evidence) -> None:
    height_m = toy_evidence.vehicles["artic_euro5_40t"].height_m
    assert best(with_attribute(toy_network, "max_height_m", {TO_TORKHAM: height_m}), toy_evidence).post_ids == SHORT
    low = with_attribute(toy_network, "max_height_m", {TO_TORKHAM: height_m - 0.1})
    assert best(low, toy_evidence).post_ids == ROUND


def test_a_street_for_customers_only_is_driven_to_load_and_not_to_pass_through(
    toy_network: RoadNetwork, toy_evidence: Evidence
) -> None:
    customers = TRUCK_ACCESS.index("destination")
    at_the_door = with_attribute(toy_network, "access", {TO_TORKHAM: customers})
    assert best(at_the_door, toy_evidence).post_ids == SHORT
    on_the_way = with_attribute(toy_network, "access", {TO_HAIRATAN: customers})
    assert best(on_the_way, toy_evidence).length_km > 1000


def test_a_place_is_not_put_on_a_road_closed_to_trucks(toy_network: RoadNetwork, toy_evidence: Evidence) -> None:
    closed = with_attribute(toy_network, "access", dict.fromkeys((7, 8), TRUCK_ACCESS.index("closed")))
    with pytest.raises(ScenarioError, match=r"tashkent.*too far from a road"):
        best(closed, toy_evidence)


@pytest.mark.parametrize(
    ("road_class", "toll", "tolled_km"),
    [
        ("unknown", "unknown", 50.0),  # half of the corridor's km in the toy's evidence
        ("motorway", "unknown", 100.0),
        ("motorway_link", "unknown", 100.0),
        ("primary", "unknown", 0.0),
        ("primary", "tolled", 100.0),
        ("motorway", "free", 0.0),
    ],
)
def test_the_toll_is_due_on_roads_tagged_or_classed_as_tolled(
    toy_network: RoadNetwork, toy_evidence: Evidence, road_class: str, toll: str, tolled_km: float
) -> None:
    network = with_attribute(toy_network, "road_class", {TO_TORKHAM: ROAD_CLASSES.index(road_class)})
    network = with_attribute(network, "toll", {TO_TORKHAM: TOLLS.index(toll)})
    assert usd(best(network, toy_evidence), "toll", "PAK") == pytest.approx(0.1 * tolled_km)


def test_a_trunk_road_in_pakistan_pays_at_every_plaza(toy_network: RoadNetwork, toy_evidence: Evidence) -> None:
    network = with_attribute(toy_network, "road_class", {TO_TORKHAM: ROAD_CLASSES.index("trunk")})  # 100 km
    plazas = {"parameters.toll_plaza_fee_usd.PAK": 2, "parameters.toll_plazas_per_100_km.PAK": 3}
    option = best(network, toy_evidence.overridden(plazas))
    tolls = [row.usd for row in option.ledger.money if (row.component, row.country) == ("toll", "PAK")]
    assert tolls == pytest.approx([0.0, 6.0])  # no toll per km on a trunk road; 3 plazas x 2 USD


def test_a_road_tagged_as_tolled_pays_by_km_and_at_no_plaza(toy_network: RoadNetwork, toy_evidence: Evidence) -> None:
    network = with_attribute(toy_network, "road_class", {TO_TORKHAM: ROAD_CLASSES.index("trunk")})
    network = with_attribute(network, "toll", {TO_TORKHAM: TOLLS.index("tolled")})
    option = best(network, toy_evidence.overridden({"parameters.toll_plaza_fee_usd.PAK": 2}))
    assert usd(option, "toll", "PAK") == pytest.approx(0.1 * 100)


def test_gravel_and_earth_wear_tyres_more(toy_network: RoadNetwork, toy_evidence: Evidence) -> None:
    gravel, earth = SURFACES.index("gravel"), SURFACES.index("earth")
    option = best(with_attribute(toy_network, "surface", {TO_TORKHAM: earth, TO_HAIRATAN: gravel}), toy_evidence)
    assert usd(option, "tyres_maintenance", "PAK") == pytest.approx(0.06 * 100 * 2)
    assert usd(option, "tyres_maintenance", "AFG") == pytest.approx(0.06 * 500 * 1.5)


def test_a_ferry_takes_its_own_hours_burns_nothing_and_its_fare_is_unknown(
    toy_network: RoadNetwork, toy_evidence: Evidence
) -> None:
    """500 of 1,000 km at sea at 25 km/h, in the place of the road to Hairatan."""
    network = with_attribute(toy_network, "road_class", {TO_HAIRATAN: ROAD_CLASSES.index("ferry")})
    network = with_attribute(network, "speed_km_per_h", {TO_HAIRATAN: 25.0})
    option = best(network, toy_evidence)
    hours = option.ledger.hours_by(lambda row: row.component)
    assert option.post_ids == SHORT
    assert hours["ferry"] == pytest.approx(20.0)
    assert hours["drive"] == pytest.approx(100 / 50 + 400 / 60)
    assert hours["road_stops"] == pytest.approx(5.0)
    assert usd(option, "tyres_maintenance", "AFG") == 0.0
    assert usd(option, "ferry_fare", "AFG") is None
    assert option.ledger.is_lower_bound


def test_the_weight_of_the_search_is_the_cost_of_the_ledger_on_every_kind_of_road(
    toy_network: RoadNetwork, toy_evidence: Evidence
) -> None:
    network = with_attribute(toy_network, "road_class", {0: 1, 1: 3, 2: 15, 3: 5, 7: 3})
    network = with_attribute(network, "toll", {3: TOLLS.index("tolled")})
    trip = build_trip(toy_scenario(), toy_evidence, network)
    for option in assess(trip).options:
        money_usd = sum(row.usd or 0.0 for row in option.ledger.money)
        assert money_usd + option.cargo_time_usd + option.carbon_usd == pytest.approx(option.generalised_cost_usd)


def test_faster_roads_gain_what_slower_ones_lose_so_that_the_mean_speed_is_the_observed_one(
    toy_network: RoadNetwork, toy_evidence: Evidence
) -> None:
    """100 km at 60 and 600 km at 50 km/h in Pakistan, observed at 50: both faster by the same factor k."""
    network = with_attribute(toy_network, "speed_km_per_h", {TO_TORKHAM: 60.0, TO_CHAMAN: 30.0})
    hours = drive_time(network, toy_evidence).hours
    assert hours[[TO_TORKHAM, TO_CHAMAN]].sum() == pytest.approx(700 / 50)
    assert hours[TO_CHAMAN] / 600 / (hours[TO_TORKHAM] / 100) == pytest.approx(60 / 30)


def test_a_place_is_never_put_on_a_ferry(toy_network: RoadNetwork, toy_evidence: Evidence) -> None:
    network = with_attribute(toy_network, "road_class", {TO_TORKHAM: ROAD_CLASSES.index("ferry")})
    far = Place("islamabad", "Islamabad", "PAK", 72.0, 33.85, "city", 0, ())
    evidence = replace(toy_evidence, places={**toy_evidence.places, "islamabad": far})
    with pytest.raises(ScenarioError, match="too far from a road"):
        build_trip(toy_scenario(), evidence, network)


def test_lines_on_the_map_follow_the_bends_in_the_direction_of_travel(
    toy_network: RoadNetwork, toy_evidence: Evidence
) -> None:
    start = np.zeros(toy_network.edge_count + 1, dtype=np.int64)
    start[TO_TORKHAM + 1 :] = 2
    bent = turned(toy_network, LAST)
    bent = replace(bent, attributes=toy_network.attributes)
    shapes = type(toy_network.shapes)(start, np.array([72.5, 71.5]), np.array([33.9, 34.0]))
    option = best(replace(bent, shapes=shapes), toy_evidence)
    assert option.stages[0].lon.tolist() == [73.0, 72.5, 71.5, 71.1]
    assert option.stages[-1].lon.tolist() == [67.4, 69.3]
