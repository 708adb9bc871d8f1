"""The toy corridor with a ferry from Hairatan to Tashkent beside the post: hours and dollars by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corridor.analysis.assess import assess, open_ways
from corridor.analysis.assessment import Option
from corridor.analysis.options import Ways
from corridor.analysis.presets import find_preset_way
from corridor.analysis.trip import Trip, build_trip
from corridor.costs.border import Passage
from corridor.errors import RouteError
from corridor.evidence import BorderCrossing, Evidence, FerryLine, Port, Sailing, SailingFigure
from corridor.network.ferries import unplaced_ferries, with_ferries
from corridor.network.roads import RoadNetwork
from corridor.routing.steps import Chain
from tests.analysis.conftest import toy_scenario

WAIT_H, SAIL_H, FARE_USD = 10.0, 20.0, 500.0
VIA_FERRY = [frozenset({"toy_ferry"})]


def figure(value: float) -> SailingFigure:
    return SailingFigure(value, None, None, None, (), "D", "")


def with_toy_ferry(
    evidence: Evidence, *, wait_h: float = WAIT_H, sail_h: float = SAIL_H, port_lat: float = 37.2
) -> Evidence:
    """A ferry from the Afghan side of Hairatan to Tashkent itself, with the sides of the post Hairatan."""
    post = evidence.crossings["hairatan"]
    sailing = Sailing(figure(wait_h), figure(sail_h), figure(FARE_USD))
    ports = {
        "AFG": Port("port_a", "South Quay", "AFG", 67.4, port_lat),
        "UZB": Port("port_b", "North Quay", "UZB", 69.3, 41.3),
    }
    line = FerryLine((ports[post.country_a], ports[post.country_b]), 300.0, {"AFG-UZB": sailing, "UZB-AFG": sailing})
    ferry = replace(post, id="toy_ferry", name="Toy ferry", lon=68.0, lat=39.0, ferry=line)
    return replace(evidence, crossings={**evidence.crossings, "toy_ferry": ferry})


def ferry_trip(network: RoadNetwork, evidence: Evidence, *assignments: str) -> Trip:
    return build_trip(toy_scenario(*assignments), evidence, network)


def by_ferry(network: RoadNetwork, evidence: Evidence, *assignments: str) -> Option:
    """The best option that sails."""
    return assess(ferry_trip(network, with_toy_ferry(evidence), "routes.via=[toy_ferry]", *assignments)).options[0]


def usd(option: Option, component: str) -> float:
    return sum(row.usd or 0.0 for row in option.ledger.money if row.component == component)


def test_a_ferry_has_its_own_hours_and_its_fare(toy_network: RoadNetwork, toy_evidence: Evidence) -> None:
    option = by_ferry(toy_network, toy_evidence)
    assert option.chain == (("torkham", "PAK-AFG"), ("toy_ferry", "AFG-UZB"))
    hours = option.ledger.hours_by(lambda row: row.component)
    assert hours["ferry_wait"] == WAIT_H
    assert hours["ferry"] == SAIL_H
    assert hours["border_queue"] == pytest.approx(10 + 5)  # Torkham, and the port with the sides of Hairatan
    assert hours["drive"] == pytest.approx(100 / 50 + 500 / 40)  # nothing is driven in Uzbekistan
    assert usd(option, "ferry_fare") == FARE_USD
    assert usd(option, "border_fee") == pytest.approx(238 + 50 + 40 + 60)
    assert option.length_km == pytest.approx(600.0)  # by road


def test_a_ferry_is_a_stage_from_port_to_port(toy_network: RoadNetwork, toy_evidence: Evidence) -> None:
    option = by_ferry(toy_network, toy_evidence)
    (stage,) = [stage for stage in option.stages if stage.is_ferry]
    assert stage.lon.tolist() == pytest.approx([67.4, 69.3])
    assert stage.lat.tolist() == pytest.approx([37.2, 41.3])
    assert [s.label for s in option.stages][2:] == ["Torkham – South Quay", "Toy ferry", "North Quay – Tashkent"]


@pytest.mark.parametrize("share", [0.0, 0.4])
def test_every_total_is_still_the_sum_of_its_parts(
    toy_network: RoadNetwork, toy_evidence: Evidence, share: float
) -> None:
    ledger = by_ferry(toy_network, toy_evidence, f"vehicle.empty_return_share={share}").ledger
    for key in ("component", "country", "stage"):
        usd_parts = ledger.usd_by(lambda row, key=key: getattr(row, key))  # type: ignore[misc]
        hour_parts = ledger.hours_by(lambda row, key=key: getattr(row, key))  # type: ignore[misc]
        assert sum(usd_parts.values()) == pytest.approx(ledger.money_usd, abs=0.005)
        assert sum(hour_parts.values()) == pytest.approx(ledger.time_h, abs=1e-6)


def test_an_empty_truck_pays_the_fare_too(toy_network: RoadNetwork, toy_evidence: Evidence) -> None:
    half = by_ferry(toy_network, toy_evidence, "vehicle.empty_return_share=0.5")
    without = with_toy_ferry(toy_evidence)
    line = without.crossings["toy_ferry"].ferry
    assert line is not None
    free = {direction: replace(sailing, fare_usd=figure(0.0)) for direction, sailing in line.sailings.items()}
    gratis = replace(without.crossings["toy_ferry"], ferry=replace(line, sailings=free))
    evidence = replace(without, crossings={**without.crossings, "toy_ferry": gratis})
    trip = ferry_trip(toy_network, evidence, "routes.via=[toy_ferry]", "vehicle.empty_return_share=0.5")
    saved = usd(half, "empty_return") - usd(assess(trip).options[0], "empty_return")
    assert saved == pytest.approx(0.5 * FARE_USD)


def test_the_quick_cost_equals_the_ledger_and_the_search_weight_bounds_it(
    toy_network: RoadNetwork, toy_evidence: Evidence
) -> None:
    evidence = with_toy_ferry(toy_evidence)
    keys = ("routes.via=[toy_ferry]", "vehicle.empty_return_share=0.4", "criteria.carbon_usd_per_t=80")
    trip = ferry_trip(toy_network, evidence, *keys)
    found = open_ways(trip).best(6, required=VIA_FERRY).options
    assert found
    for option, distinct in zip(assess(trip).options, found, strict=True):
        assert distinct.candidate.generalised_cost_usd == pytest.approx(option.generalised_cost_usd, abs=0.005)
        bound_usd = trip.lower_bound_usd(distinct.candidate.chain, ends=("islamabad", "tashkent"))
        assert bound_usd <= distinct.candidate.generalised_cost_usd + 1e-6


def all_chains(ways: Ways) -> list[Chain]:
    return list(ways.search(()).chains())


def test_with_ferries_the_best_option_is_the_best_of_all_chains(
    toy_network: RoadNetwork, toy_evidence: Evidence
) -> None:
    trip = ferry_trip(toy_network, with_toy_ferry(toy_evidence, wait_h=0.5, sail_h=1.0))
    ways = open_ways(trip)
    found = ways.border.passages(trip.tariff, "PAK")
    moves = {trip.move(passage): passage for passage in found if isinstance(passage, Passage)}
    costs = trip.generalised_costs_usd([trip.stages(chain, moves) for chain in all_chains(ways)])
    best = ways.best(1, required=[]).options[0].candidate
    assert best.generalised_cost_usd == pytest.approx(min(costs))


def test_avoiding_all_ferries_gives_the_results_without_them(
    toy_network: RoadNetwork, toy_evidence: Evidence, toy_trip: Trip
) -> None:
    avoiding = assess(ferry_trip(toy_network, with_toy_ferry(toy_evidence), "routes.avoid.posts=[toy_ferry]"))
    for option, before in zip(avoiding.options, assess(toy_trip).options, strict=True):
        assert option.chain == before.chain
        assert option.generalised_cost_usd == pytest.approx(before.generalised_cost_usd, rel=1e-12)
        assert option.ledger.time_h == pytest.approx(before.ledger.time_h, rel=1e-12)


@pytest.mark.parametrize("slower", [{"wait_h": 30.0}, {"sail_h": 40.0}, {"wait_h": 200.0, "sail_h": 25.0}])
@pytest.mark.parametrize("via", ["[]", "[toy_ferry]"])
def test_a_ferry_that_gets_slower_never_makes_the_best_option_cheaper(
    toy_network: RoadNetwork, toy_evidence: Evidence, slower: dict[str, float], via: str
) -> None:
    def cost_usd(evidence: Evidence) -> float:
        return assess(ferry_trip(toy_network, evidence, f"routes.via={via}")).options[0].generalised_cost_usd

    slow = with_toy_ferry(toy_evidence, **slower)
    assert cost_usd(slow) >= cost_usd(with_toy_ferry(toy_evidence))


def test_opening_a_ferry_never_makes_the_best_option_dearer(
    toy_network: RoadNetwork, toy_evidence: Evidence, toy_trip: Trip
) -> None:
    fast = ferry_trip(toy_network, with_toy_ferry(toy_evidence, wait_h=0.0, sail_h=0.5))
    assert assess(fast).options[0].generalised_cost_usd <= assess(toy_trip).options[0].generalised_cost_usd + 1e-9


def test_hours_at_sea_are_offered_as_rest(toy_network: RoadNetwork, toy_evidence: Evidence) -> None:
    found = open_ways(ferry_trip(toy_network, with_toy_ferry(toy_evidence))).best(6, required=VIA_FERRY)
    passages = [passage for distinct in found.options for passage in distinct.candidate.passages]
    assert {passage.rest_h for passage in passages if passage.sea} == {SAIL_H}
    assert {passage.rest_h for passage in passages if not passage.sea} == {0.0}


def test_a_ferry_leaves_the_length_of_the_roads(toy_network: RoadNetwork, toy_evidence: Evidence) -> None:
    ferry = with_toy_ferry(toy_evidence).crossings["toy_ferry"]
    grown = with_ferries(toy_network, [ferry])
    assert grown.length_km.sum() == pytest.approx(toy_network.length_km.sum())
    assert set(grown.crossing_nodes("toy_ferry")) == {"AFG", "UZB"}


def two_ferries(evidence: Evidence) -> list[BorderCrossing]:
    ferry = with_toy_ferry(evidence).crossings["toy_ferry"]
    return [ferry, replace(ferry, id="second_ferry")]


def test_two_ferries_share_their_ports(toy_network: RoadNetwork, toy_evidence: Evidence) -> None:
    grown = with_ferries(toy_network, two_ferries(toy_evidence))
    assert grown.crossing_nodes("toy_ferry") == grown.crossing_nodes("second_ferry")
    assert grown.edge_count == toy_network.edge_count + 2


def test_a_port_far_from_every_road_is_reported_and_not_guessed(
    toy_network: RoadNetwork, toy_evidence: Evidence
) -> None:
    evidence = with_toy_ferry(toy_evidence, port_lat=39.2)  # two degrees of latitude north of the road
    ferry = evidence.crossings["toy_ferry"]
    gap = unplaced_ferries(toy_network, [ferry])["toy_ferry"]
    assert gap.startswith("South Quay is ")
    assert gap.endswith(" km from the nearest road")
    assert "toy_ferry" not in with_ferries(toy_network, [ferry]).crossing_edges
    with pytest.raises(RouteError, match=r"toy_ferry: South Quay is \d+ km from the nearest road\. Check via"):
        assess(ferry_trip(toy_network, evidence, "routes.via=[toy_ferry]"))


def test_a_preset_by_a_ferry_without_a_road_says_so(toy_network: RoadNetwork, toy_evidence: Evidence) -> None:
    trip = ferry_trip(toy_network, with_toy_ferry(toy_evidence, port_lat=39.2))
    corridor = replace(trip.evidence.corridors["caspian"], posts=(("toy_ferry",),))
    way = find_preset_way(open_ways(trip), corridor, [])
    assert way.candidate is None
    assert way.reason.startswith("toy_ferry: South Quay is ")


def test_a_network_without_the_countries_of_a_ferry_says_nothing_of_it(
    toy_network: RoadNetwork, toy_evidence: Evidence
) -> None:
    assert unplaced_ferries(toy_network, toy_evidence.ferries.values()) == {}


def test_a_way_by_sea_says_that_its_carbon_is_a_lower_bound(toy_network: RoadNetwork, toy_evidence: Evidence) -> None:
    trip = ferry_trip(toy_network, with_toy_ferry(toy_evidence), "routes.via=[toy_ferry]")
    assert "CO2e at sea is not known: that of ways by the Toy ferry is a lower bound." in assess(trip).notes
