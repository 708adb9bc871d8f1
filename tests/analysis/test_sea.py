"""The sea benchmark: crossovers and door-to-door totals by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corridor.analysis.sea import assess_sea
from corridor.analysis.sea_ways import SeaBenchmark, SeaWay, find_crossover
from corridor.analysis.trip import build_trip
from corridor.evidence import PORT_OF_PAKISTAN, Evidence, Place, SailingFigure, SeaRoute, Voyage
from corridor.network.roads import RoadNetwork
from tests.analysis.conftest import toy_scenario

UZBEK_TRUCK: dict[str, object] = {
    "parameters.driver_usd_per_h.UZB": 3,
    "parameters.vehicle_usd_per_h.UZB": 2,
    "parameters.overhead_usd_per_h.UZB": 1,
    "parameters.fuel_use_l_per_100_km.UZB": 40,
}
# Islamabad - Karachi Port 600 km in PAK: 12 h of driving, 6 h of stops, no rest due before 16 h
HOME_H = 600 / 50 + 6.0
HOME_USD = (2 * 2 + 2 + 1) * HOME_H + 0.4 * 600 * 1.0 + 0.06 * 600 + 0.1 * 0.5 * 600
# River Port - Tashkent 400 km in UZB: 6.667 h of driving, 4 h of stops, no rest due before 18 h; its toll is unknown
FAR_H = 400 / 60 + 4.0
FAR_USD = (2 * 3 + 2 + 1) * FAR_H + 0.4 * 400 * 0.5 + 0.06 * 400
SAIL_H, PORT_H, OUT_USD, BACK_USD = 480.0, 200.0, 3000.0, 1000.0


def figure(value: float | None) -> SailingFigure:
    return SailingFigure(value, None, None, None, (), "D", "")


def with_toy_sea(evidence: Evidence, *, port_lat: float = 37.2) -> Evidence:
    """Karachi Port where Chaman is, and a port where Hairatan enters Uzbekistan."""
    places = {
        **evidence.places,
        PORT_OF_PAKISTAN: Place(PORT_OF_PAKISTAN, "Karachi Port", "PAK", 66.4, 31.0, "port", 0, ()),
        "river_port": Place("river_port", "River Port", "UZB", 67.4, port_lat, "port", 0, ()),
    }
    out = Voyage(figure(9000.0), figure(SAIL_H), figure(PORT_H), figure(OUT_USD), figure(None))
    route = SeaRoute("river_port", {"out": out, "back": replace(out, freight_usd=figure(BACK_USD))})
    return replace(evidence.overridden(UZBEK_TRUCK), places=places, sea_routes={"river_port": route})


def benchmark(network: RoadNetwork, evidence: Evidence, *assignments: str) -> SeaBenchmark:
    ports = (PORT_OF_PAKISTAN, *evidence.sea_routes)
    return assess_sea(build_trip(toy_scenario(*assignments), evidence, network, further_places=ports))


def only_way(network: RoadNetwork, evidence: Evidence, *assignments: str) -> SeaWay:
    (way,) = benchmark(network, with_toy_sea(evidence), *assignments).ways
    return way


def test_the_crossover_of_the_model_is_166_7_usd_a_day() -> None:
    found = find_crossover(road_usd=9000.0, road_h=18 * 24.0, sea_usd=4500.0, sea_h=45 * 24.0)
    assert found.road_wins == "above"
    assert found.usd_per_day == pytest.approx(4500 / 27)  # (9,000 - 4,500) USD / (45 - 18) days


def test_at_the_crossover_road_and_sea_cost_the_same() -> None:
    found = find_crossover(road_usd=7000.0, road_h=240.0, sea_usd=5200.0, sea_h=1000.0)
    assert found.usd_per_day is not None
    assert 7000 + found.usd_per_day * 240 / 24 == pytest.approx(5200 + found.usd_per_day * 1000 / 24)


def test_a_cheaper_and_faster_road_wins_at_any_value_of_time() -> None:
    assert find_crossover(road_usd=4000.0, road_h=240.0, sea_usd=5000.0, sea_h=900.0).road_wins == "always"
    assert find_crossover(road_usd=4000.0, road_h=240.0, sea_usd=4000.0, sea_h=240.0).road_wins == "always"


def test_a_dearer_and_slower_road_never_wins() -> None:
    found = find_crossover(road_usd=6000.0, road_h=900.0, sea_usd=5000.0, sea_h=240.0)
    assert (found.road_wins, found.usd_per_day) == ("never", None)


def test_a_cheaper_and_slower_road_wins_below_the_crossover() -> None:
    found = find_crossover(road_usd=4000.0, road_h=480.0, sea_usd=5000.0, sea_h=240.0)
    assert found.road_wins == "below"
    assert found.usd_per_day == pytest.approx(100.0)  # 1,000 USD for 10 days


def test_door_to_door_by_sea_adds_up_on_paper(toy_network: RoadNetwork, toy_evidence: Evidence) -> None:
    way = only_way(toy_network, toy_evidence)
    home, far = way.truck_legs
    assert home.ledger.time_h == pytest.approx(HOME_H)
    assert far.ledger.time_h == pytest.approx(FAR_H)
    assert home.ledger.money_usd == pytest.approx(HOME_USD)  # 432: no carnet or insurance inside Pakistan
    assert far.ledger.money_usd == pytest.approx(FAR_USD)  # 200
    assert way.time_h == pytest.approx(HOME_H + FAR_H + SAIL_H + PORT_H)
    assert way.money_usd == pytest.approx(HOME_USD + FAR_USD + OUT_USD)


def test_the_generalised_cost_by_sea_adds_the_time_of_the_cargo_and_the_carbon_of_the_trucks(
    toy_network: RoadNetwork, toy_evidence: Evidence
) -> None:
    way = only_way(toy_network, toy_evidence, "criteria.carbon_usd_per_t=100")
    share_per_day = toy_evidence.cargo_kinds["textiles"].vot_share_per_day
    litres = 0.4 * 600 + 0.4 * 400
    assert way.truck_co2e_wtw_kg == pytest.approx(3.0 * litres)
    expected = way.money_usd + 90_000 * share_per_day / 24 * way.time_h + 0.1 * 3.0 * litres
    assert way.generalised_cost_usd == pytest.approx(expected)


def test_what_nobody_knows_of_a_voyage_makes_its_total_at_least(
    toy_network: RoadNetwork, toy_evidence: Evidence
) -> None:
    assert only_way(toy_network, toy_evidence).unknown == (
        "terminal charges",
        "risk (PAK)",
        "risk (UZB)",
        "toll (UZB)",
    )


def test_each_truck_leg_has_a_tractor_of_the_country_where_it_begins(
    toy_network: RoadNetwork, toy_evidence: Evidence
) -> None:
    assert [leg.plates for leg in only_way(toy_network, toy_evidence).truck_legs] == [("PAK",), ("UZB",)]


def test_the_way_back_is_mirrored_at_its_own_freight(toy_network: RoadNetwork, toy_evidence: Evidence) -> None:
    back = only_way(
        toy_network,
        toy_evidence,
        "trip={origin: tashkent, destination: islamabad, departure: 2026-05-31}",
        "vehicle.plate=UZB",
    )
    assert [(leg.start_name, leg.end_name) for leg in back.truck_legs] == [
        ("Tashkent", "River Port"),
        ("Karachi Port", "Islamabad"),
    ]
    assert back.money_usd == pytest.approx(HOME_USD + FAR_USD + BACK_USD)


def test_a_trip_without_an_end_in_pakistan_has_no_benchmark(toy_network: RoadNetwork, toy_evidence: Evidence) -> None:
    evidence = with_toy_sea(toy_evidence)
    found = benchmark(toy_network, evidence, "trip={origin: river_port, destination: tashkent, departure: 2026-05-31}")
    assert found.ways == ()
    assert found.reason == "The sea routes known are those of Karachi, and neither end of the trip lies in Pakistan."


def test_a_trip_inside_pakistan_has_no_benchmark(toy_network: RoadNetwork, toy_evidence: Evidence) -> None:
    trip = f"trip={{origin: islamabad, destination: {PORT_OF_PAKISTAN}, departure: 2026-05-31}}"
    found = benchmark(toy_network, with_toy_sea(toy_evidence), trip)
    assert found.reason == "Both ends of the trip lie in Pakistan: no ship goes between them."


def test_a_port_off_the_roads_is_listed_as_missing(toy_network: RoadNetwork, toy_evidence: Evidence) -> None:
    found = benchmark(toy_network, with_toy_sea(toy_evidence, port_lat=38.9))
    assert found.ways == ()
    assert found.missing == {"river_port": "River Port is not on the roads of this network"}


def test_a_port_that_no_open_post_leads_to_is_listed_as_missing(
    toy_network: RoadNetwork, toy_evidence: Evidence
) -> None:
    evidence = with_toy_sea(toy_evidence)
    afghan_port = replace(evidence.places["river_port"], country="AFG", lon=67.4, lat=37.2)
    evidence = replace(evidence, places={**evidence.places, "river_port": afghan_port})
    found = benchmark(toy_network, evidence, "routes.avoid.posts=[hairatan, torghundi]")
    assert found.missing == {"river_port": "no open way by road between River Port and Tashkent"}


def test_pricing_the_sea_leaves_the_road_as_it_was(toy_network: RoadNetwork, toy_evidence: Evidence) -> None:
    from corridor.analysis.assess import assess

    evidence = with_toy_sea(toy_evidence)
    ports = (PORT_OF_PAKISTAN, "river_port")
    with_ports = assess(build_trip(toy_scenario(), evidence, toy_network, further_places=ports))
    without = assess(build_trip(toy_scenario(), evidence, toy_network))
    for option, before in zip(with_ports.options, without.options, strict=True):
        assert option.chain == before.chain
        assert option.generalised_cost_usd == pytest.approx(before.generalised_cost_usd, rel=1e-12)
