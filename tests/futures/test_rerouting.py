"""Roads and posts at the prices of futures, and the check of fixed legs against the whole network."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from corridor.analysis.assess import assess
from corridor.analysis.assessment import Assessment, Option
from corridor.analysis.trip import Trip, build_trip
from corridor.analysis.whole_roads import whole_roads
from corridor.bundled import data_path
from corridor.costs.arrival import passage_on_arrival
from corridor.costs.search_weights import edge_search_usd, passage_search_usd
from corridor.costs.stretches import PostStage
from corridor.errors import RouteError
from corridor.evidence import read_evidence
from corridor.futures.drawn_amounts import DrawnAmounts
from corridor.futures.draws import Draws
from corridor.futures.edge_prices import drawn_hour_usd, edge_prices
from corridor.futures.factors import Factors
from corridor.futures.fixed_legs import fixed_legs
from corridor.futures.option_draw import OptionDraw, Part, carbon_parts, money_parts, time_parts
from corridor.futures.post_prices import post_usd
from corridor.futures.posts_met import open_passages, posts_met
from corridor.futures.registry import SOBOL_VARIABLES
from corridor.futures.repriced_trip import reprice_trip
from corridor.futures.rerouting import check_trip, compare_ways
from corridor.network.files import StoredNetwork, read_network
from corridor.network.roads import RoadNetwork
from corridor.printing_rerouting import route_check_document
from corridor.rerouting import check_routes
from corridor.routing.hierarchy import Hierarchy
from corridor.routing.road_arcs import NodePair
from corridor.routing.steps import Chain, LegEnds, Move
from corridor.routing.tree_search import TreeSearch
from corridor.run import run
from corridor.scenario import read_scenario
from tests.analysis.conftest import ROUND_NUMBERS, toy_scenario
from tests.conftest import build_toy_network
from tests.futures.toy_futures import ENDS, ToyFutures, build_toy_futures, toy_evidence

Floats = NDArray[np.float64]
ONCE = {"tir_carnet", "insurance", "permit", "risk"}
"""Paid once a trip; the risk premium of the origin too, and the toy has no other."""


@pytest.fixture
def toy(toy_network: RoadNetwork) -> ToyFutures:
    return build_toy_futures(toy_network)


@pytest.fixture
def trip(toy: ToyFutures, toy_network: RoadNetwork) -> Trip:
    return build_trip(toy.scenario, toy.evidence, toy_network)


def factors(toy: ToyFutures, *, n: int = 16, has_luck: bool = False) -> Factors:
    return Factors(toy.evidence, Draws(n, 7, SOBOL_VARIABLES), has_luck)


# prices of roads and posts -------------------------------------------------------------------------------------------
def test_where_nothing_is_drawn_a_road_costs_what_the_search_says(
    toy: ToyFutures, trip: Trip, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Factors, "of", lambda _self, _effect: None)
    tariff = trip.tariff("PAK")
    prices = edge_prices(trip.network, trip.drive, tariff, DrawnAmounts(factors(toy, n=2)))
    expected = edge_search_usd(trip.network, trip.drive, tariff)
    assert (expected > 10).sum() == 9  # the roads of the toy; its posts have no length
    np.testing.assert_allclose(prices.usd(slice(0, 2)), np.column_stack([expected, expected]), rtol=1e-12)


def test_where_nothing_is_drawn_a_post_costs_what_the_search_says(
    toy: ToyFutures, trip: Trip, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Factors, "of", lambda _self, _effect: None)
    passages = open_passages(trip)
    assert {move.crossing_id for move in passages} == set(trip.network.crossing_edges)
    for passage in passages.values():
        tariff = trip.tariff("PAK")
        met = passage_on_arrival(passage, tariff, trip.departures, clock_h=100.0)
        found = post_usd(PostStage(met, tariff), DrawnAmounts(factors(toy, n=2)), clock_h=100.0)
        assert found == pytest.approx(passage_search_usd(met, tariff), rel=1e-12)


def test_a_post_is_met_when_the_cheapest_way_brings_the_truck_there(toy_network: RoadNetwork) -> None:
    evidence = replace(read_evidence().overridden(ROUND_NUMBERS), places=ENDS)
    trip = build_trip(toy_scenario(), evidence, toy_network)
    passages = open_passages(trip)
    met = posts_met(trip, passages, fixed_legs(trip, tuple(passages), tuple(trip.ends)))
    clocks_h = {(move.crossing_id, move.direction): post.clock_h for move, post in zip(passages, met, strict=True)}
    # 2 h behind the wheel, 6/16 of that for rest, 1 h of stops; then 15 h at Torkham, 12.5 h driven, rest, 5 h of stops
    assert clocks_h["torkham", "PAK-AFG"] == pytest.approx(2 * 22 / 16 + 1)
    assert clocks_h["hairatan", "AFG-UZB"] == pytest.approx(3.75 + 15 + 12.5 * 22 / 16 + 5)


def sum_of(draw: OptionDraw, parts: Iterable[Part], stages: set[int]) -> Floats:
    """What some stages come to in each future, rest and what is paid once a trip left out."""
    kept = [
        part
        for part in parts
        if part.stage in stages
        and part.component not in ONCE
        and not any(key.startswith("driver_rules.") for key in part.basis)
    ]
    return draw.by(lambda _part: "all", kept).get("all", np.zeros(draw.factors.uniforms.n))


def generalised(draw: OptionDraw, stages: set[int]) -> Floats:
    """Money, cargo time and carbon price of some stages by the drawn ledger."""
    ledger, tariff = draw.option.ledger, draw.tariff
    return (
        sum_of(draw, money_parts(ledger), stages)
        + tariff.cargo_usd_per_h.known * sum_of(draw, time_parts(ledger), stages)
        + tariff.scenario.criteria.carbon_usd_per_t / 1000 * sum_of(draw, carbon_parts(ledger), stages)
    )


@pytest.mark.parametrize("has_luck", [False, True])
def test_roads_and_posts_of_an_option_cost_what_its_drawn_ledger_says(
    toy: ToyFutures, trip: Trip, *, has_luck: bool
) -> None:
    drawn, tariff = DrawnAmounts(factors(toy, has_luck=has_luck)), trip.tariff("PAK")
    prices, hour_usd = edge_prices(trip.network, trip.drive, tariff, drawn), drawn_hour_usd(tariff, drawn)
    for option in toy.options:
        draw, chain = OptionDraw(option, drawn.factors, tariff), chain_of(trip, option)
        edges = np.concatenate([trip.leg(step).edges for step in chain.steps if isinstance(step, LegEnds)])
        roads_usd = prices.usd(slice(0, 16))[edges].sum(axis=0) - rest_usd(draw, hour_usd)
        legs = {number for number, stage in enumerate(option.stages) if stage.kind == "leg"}
        np.testing.assert_allclose(roads_usd, generalised(draw, legs), rtol=1e-9)
        for number, stage in enumerate(trip.stages(chain, open_passages(trip))):
            if isinstance(stage, PostStage):
                before_h = sum(row.hours for row in option.ledger.time if row.stage < number)
                usd = post_usd(stage, drawn, clock_h=before_h) + absorbed_h(draw, number) * hour_usd
                np.testing.assert_allclose(usd, generalised(draw, {number}), rtol=1e-9)


def chain_of(trip: Trip, option: Option) -> Chain:
    """The legs and moves of an option."""
    gates = {(move.crossing_id, move.direction): move for move in open_passages(trip)}
    here, steps = trip.scenario.trip.origin, list[LegEnds | Move]()
    for passed in option.chain:
        steps += [LegEnds(here, gates[passed].start, "PAK"), gates[passed]]
        here = gates[passed].end
    return Chain((*steps, LegEnds(here, trip.scenario.trip.destination, "PAK")), 0.0)


def rest_usd(draw: OptionDraw, hour_usd: Floats) -> Floats:
    """Rest that the driving of each country brings due, by the rules in force there."""
    by_country = draw.by(
        lambda part: part.country, [p for p in time_parts(draw.option.ledger) if p.component == "drive"]
    )
    due = {country: rest_due(draw, country) for country in by_country}
    return sum((hours * due[country] for country, hours in by_country.items()), np.zeros(len(hour_usd))) * hour_usd


def rest_due(draw: OptionDraw, country: str) -> float:
    rules = draw.tariff.rules(country)
    daily = rules.rest_h / rules.day_h
    if rules.week_h is None:
        return daily
    # AETR with two drivers: a week of 144 h holds 5 days of 18 + 9 h and 9 h more, so 99 h driven (model.md 2)
    assert rules.weekly_rest_h is not None
    return daily + (rules.weekly_rest_h - rules.rest_h) / 99


def absorbed_h(draw: OptionDraw, stage: int) -> Floats:
    absorption = draw.tariff.absorption
    wait_h = sum_of(draw, time_parts(draw.option.ledger), {stage})
    return absorption.absorption_share * np.minimum(absorption.rest_share * wait_h, absorption.cap_h)


# the check -----------------------------------------------------------------------------------------------------------
def test_a_quicker_road_is_found_where_an_hour_is_dearer(two_roads: Trip) -> None:
    """Islamabad to Torkham: 100 km in 1.385 h, or 80 km in 2.215 h (see `two_roads`).

    A km costs 0.4 fuel + 0.06 tyres + 0.05 toll and 0.01 h of stops; an hour behind the wheel brings 6/16 h of rest. At
    7 USD an hour the short road costs 46.40 + 21.32, the quick one 58.00 + 13.33. At 14 USD it is 94.65 against 91.65.
    """
    dear_hour = {f"parameters.{part}_usd_per_h.PAK": 2.0 for part in ("driver", "vehicle", "overhead")}
    options = assess(two_roads).options
    for multiples, saved_usd in (({}, 0.0), (dear_hour, 0.8307692 * 1.375 * 14 - 20 * 0.65)):
        drawn = Factors(two_roads.evidence, Draws(2, 7, SOBOL_VARIABLES), has_luck=False, multiples=multiples)
        check = compare_ways(reprice_trip(two_roads, drawn), options)
        assert check.gap_usd == pytest.approx(saved_usd, abs=0.001)
        assert check.is_cheaper.tolist() == [saved_usd > 0] * 2
        assert not check.is_other_chain.any()


@pytest.fixture
def two_roads() -> Trip:
    """Two roads inside Pakistan: 100 km at 60 and 80 km at 30 before calibration; k = 50 (10/6 + 16/6) / 180."""
    roads = [
        ("islamabad", "quick", 50.0), ("quick", "torkham@PAK", 50.0),
        ("islamabad", "short", 40.0), ("short", "torkham@PAK", 40.0),
        ("torkham@AFG", "hairatan@AFG", 500.0), ("hairatan@UZB", "tashkent", 400.0),
    ]  # fmt: skip
    nodes = [
        ("islamabad", "PAK", 73.0, 33.7), ("quick", "PAK", 72.0, 34.2), ("short", "PAK", 72.0, 33.5),
        ("torkham@PAK", "PAK", 71.1, 34.1), ("torkham@AFG", "AFG", 71.1, 34.1), ("hairatan@AFG", "AFG", 67.4, 37.2),
        ("hairatan@UZB", "UZB", 67.4, 37.2), ("tashkent", "UZB", 69.3, 41.3),
    ]  # fmt: skip
    posts = {"torkham": ("torkham@PAK", "torkham@AFG"), "hairatan": ("hairatan@AFG", "hairatan@UZB")}
    network = build_toy_network(nodes, roads, posts)
    network.attributes.speed_km_per_h[:4] = [60.0, 60.0, 30.0, 30.0]
    evidence = replace(read_evidence().overridden({**ROUND_NUMBERS, "parameters.speed_sdlog.*": 0}), places=ENDS)
    scenario = toy_scenario("cargo.value_usd=0.01")  # a cargo whose time is worth nothing
    return build_trip(scenario, evidence, network)


def test_the_whole_network_has_the_roads_of_the_legs_in_the_same_directions(toy_network: RoadNetwork) -> None:
    toy_network.attributes.one_way[1] = True  # from Islamabad to Chaman
    trip = build_trip(toy_scenario(), toy_evidence(), toy_network)
    moves = tuple(open_passages(trip))
    arcs = whole_roads(trip, moves)
    roads = arcs.row < trip.network.edge_count
    expected = set()
    for zone in trip.graph.zones.values():
        start, end = np.divmod(zone.graph.pair_keys, zone.graph.node_count)
        nodes = zone.network_node[start].tolist(), zone.network_node[end].tolist()
        expected |= set(zip(*nodes, zone.graph.pair_edges.tolist(), strict=True))
    found = zip(arcs.start[roads].tolist(), arcs.end[roads].tolist(), arcs.row[roads].tolist(), strict=True)
    assert set(found) == expected
    assert len(expected) == 2 * 9 - 1
    gates = [(trip.graph.terminals[move.start].node, trip.graph.terminals[move.end].node) for move in moves]
    assert list(zip(arcs.start[~roads].tolist(), arcs.end[~roads].tolist(), strict=True)) == gates


def test_no_way_over_all_roads_costs_more_than_over_fixed_legs(toy: ToyFutures, trip: Trip) -> None:
    check = check_trip(trip, toy.options, draws=64, has_luck=True)
    assert (check.rerouted_usd <= check.fixed_usd).all()
    assert check.is_cheaper.sum() == 0  # the toy has one road between any two of its posts
    assert set(check.fixed_chains) > {check.fixed_chains[0]}


def test_a_chain_that_is_not_listed_costs_what_it_costs_as_an_option(toy: ToyFutures, trip: Trip) -> None:
    check = check_trip(trip, toy.options[:1], draws=64)
    all_usd = toy.draw(n=64, has_luck=False).generalised_usd
    posts = [option.post_ids for option in toy.options]
    assert check.unlisted_chains
    assert posts[0] not in check.unlisted_chains
    np.testing.assert_array_equal(check.listed_usd, all_usd[:, :1])
    for number, chain in enumerate(check.unlisted_chains):
        np.testing.assert_allclose(check.unlisted_usd[:, number], all_usd[:, posts.index(chain)], rtol=1e-9)


def test_the_first_futures_of_many_are_those_of_few(toy: ToyFutures, trip: Trip) -> None:
    few, many = (check_trip(trip, toy.options, draws=draws) for draws in (8, 32))
    np.testing.assert_array_equal(many.fixed_usd[:8], few.fixed_usd)
    np.testing.assert_array_equal(many.rerouted_usd[:8], few.rerouted_usd)


def test_with_scipy_alone_the_check_finds_the_same(toy: ToyFutures, trip: Trip) -> None:
    fast, slow = (check_trip(trip, toy.options, draws=16, search_of=search) for search in (None, TreeSearch))
    np.testing.assert_array_equal(fast.rerouted_usd, slow.rerouted_usd)
    assert fast.rerouted_chains == slow.rerouted_chains


def test_what_has_to_be_passed_is_passed_in_every_future(toy_network: RoadNetwork) -> None:
    toy = build_toy_futures(toy_network, "routes.via=[chaman]")
    check = check_trip(build_trip(toy.scenario, toy.evidence, toy_network), toy.options, draws=16)
    assert all("chaman" in chain for chain in (*check.rerouted_chains, *check.fixed_chains))


def test_where_every_way_changes_the_tractor_the_message_says_so(toy_network: RoadNetwork) -> None:
    evidence = toy_evidence().overridden({"eligibility.PAK.AFG": "swap"})
    trip = build_trip(toy_scenario(), evidence, toy_network)
    with pytest.raises(RouteError, match="expected one without a change of tractor"):
        check_trip(trip, (), draws=2)


# the shipped network -------------------------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def network() -> StoredNetwork:
    return read_network(data_path("network", "embedded"))


@pytest.fixture(scope="module")
def assessment(network: StoredNetwork) -> Assessment:
    tables = read_evidence()
    scenario = read_scenario("lahore-berlin", known=tables.known_names()).scenario
    return run(scenario, tables, against_sea=False, network=network, progress=lambda _message: None)


def test_on_the_shipped_network_the_hierarchy_finds_the_ways_of_dijkstra(
    assessment: Assessment, network: StoredNetwork
) -> None:
    pytest.importorskip("numba", reason="without numba there is no hierarchy to compare")
    trip = build_trip(assessment.scenario, assessment.evidence, network.roads)
    repriced = reprice_trip(trip, Factors(trip.evidence, Draws(4, 7, SOBOL_VARIABLES), has_luck=True))
    steps = repriced.steps(slice(0, 4))
    ends = [trip.graph.terminals[name].node for name in ("lahore", "berlin", "taftan@IRN", "samur@RUS")]
    pairs = [NodePair(a, b) for a in ends for b in ends]
    fast, slow = repriced.search.ways(steps, pairs), TreeSearch(repriced.search.arcs).ways(steps, pairs)
    assert isinstance(repriced.search, Hierarchy)
    for a, b in zip(fast, slow, strict=True):
        for future, (one, other) in enumerate(zip(a, b, strict=True)):
            assert one is not None
            assert other is not None
            assert one.steps == other.steps == steps[one.rows, future].sum() == steps[other.rows, future].sum()


def test_on_the_shipped_network_fixed_legs_stay_within_the_bar(assessment: Assessment, network: StoredNetwork) -> None:
    check = check_routes(assessment, draws=32, network=network)
    assert (check.rerouted_usd <= check.fixed_usd).all()
    assert check.quantiles()["median"] < 0.005
    assert check.quantiles()["p99"] < 0.03
    swaps = tuple(option.label for option in assessment.options if option.plates[-1][1] != "PAK")
    assert check.left_out == swaps != ()


def test_a_document_of_a_check_is_plain_json_with_one_record_a_future(toy: ToyFutures, trip: Trip) -> None:
    document = json.loads(json.dumps(route_check_document(check_trip(trip, toy.options, draws=8)), allow_nan=False))
    assert [record["future"] for record in document["by_future"]] == list(range(8))
    assert document["gap_share"] == {"median": 0.0, "p95": 0.0, "p99": 0.0, "maximum": 0.0}
