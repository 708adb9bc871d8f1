"""What must hold for every option of a trip on the toy corridor (model.md, invariants I1 and I5 to I7)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from math import fsum
from typing import TypeVar

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corridor.analysis.assess import Answer, assess
from corridor.analysis.assessment import Option
from corridor.analysis.trip import build_trip
from corridor.evidence import Evidence, Place, read_evidence
from corridor.network.roads import RoadNetwork
from corridor.network.snapping import split_edge
from tests.analysis.conftest import ROUND_NUMBERS, toy_scenario

CROWDED: dict[str, object] = {
    **ROUND_NUMBERS,
    "parameters.permit_usd.*": 20_000,
    "parameters.escort_usd.AFG": 150,
    "parameters.premium_share.*": 0.002,
    "parameters.insurance_usd.*": 130,
    "parameters.return_revenue_usd.*": 700,
    "parameters.queue_rest_share.*": 0.5,
}
"""A permit so dear that all sensible ways cost less than half more than the best."""

Key = TypeVar("Key")
Row = TypeVar("Row")

KEYS = ("vehicle.empty_return_share=0.4", "criteria.carbon_usd_per_t=80", "routes.presets=[trans_afghan, west_afghan]")
CARGO_USD = 90_000
ENDS = {"islamabad": (73.0, 33.7, "PAK"), "tashkent": (69.3, 41.3, "UZB")}


def place(name: str, lon: float, lat: float, country: str) -> Place:
    return Place(name, name.title(), country, lon, lat, "city", 0, ())


@cache
def crowded() -> Evidence:
    """Kept out of the arguments of tests, whose reports of failed examples it would fill."""
    places = {name: place(name, *where) for name, where in ENDS.items()}
    return replace(read_evidence().overridden(CROWDED), places=places)


def answer(network: RoadNetwork, evidence: Evidence, *assignments: str) -> Answer:
    return assess(build_trip(toy_scenario(*KEYS, *assignments), evidence, network))


def figures(option: Option) -> Mapping[str, float]:
    """The totals of an option, and its hours and USD by component and country."""
    ledger = option.ledger
    parts = {
        **ledger.hours_by(lambda row: f"h {row.component} {row.country}"),
        **ledger.usd_by(lambda row: f"USD {row.component} {row.country}"),
    }
    return {
        **{str(name): amount for name, amount in parts.items()},
        "km": option.length_km,
        "hours": ledger.time_h,
        "money": ledger.money_usd,
        "co2e": ledger.co2e_wtw_kg,
        "generalised": option.generalised_cost_usd,
    }


def assert_same(found: Answer, expected: Answer) -> None:
    """The same options in the same order, to a millionth of an hour and half a cent."""
    assert [option.chain for option in found.options] == [option.chain for option in expected.options]
    for option, other in zip(found.options, expected.options, strict=True):
        assert figures(option) == pytest.approx(figures(other), abs=1e-6)
    assert found.shortest_km == pytest.approx(expected.shortest_km, abs=1e-6)


@given(
    queue_h=st.floats(0, 60),
    swod=st.floats(15, 80),
    fee_usd=st.floats(0, 3000),
    share=st.floats(0, 1),
    crew=st.sampled_from([1, 2]),
)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_components_stages_and_countries_add_up_to_the_totals_of_every_option(
    toy_network: RoadNetwork, queue_h: float, swod: float, fee_usd: float, share: float, crew: int
) -> None:
    own = {
        "crossings.torkham.PAK-AFG.queue_h": queue_h,
        "crossings.hairatan.AFG-UZB.exit_fee_usd": fee_usd,
        "parameters.swod_km_per_h.AFG": swod,
    }
    keys = (f"vehicle.empty_return_share={share}", f"vehicle.crew={crew}")
    for option in answer(toy_network, crowded().overridden(own), *keys).options:
        ledger = option.ledger
        for name in ("component", "country", "stage"):
            usd = ledger.usd_by(lambda row, name=name: getattr(row, name))  # type: ignore[misc]
            hours = ledger.hours_by(lambda row, name=name: getattr(row, name))  # type: ignore[misc]
            assert fsum(usd.values()) == pytest.approx(ledger.money_usd, abs=0.005)
            assert fsum(hours.values()) == pytest.approx(ledger.time_h, abs=1e-6)
        assert {row.stage for row in ledger.time} == set(range(len(option.stages)))
        by_country = [km for stage in option.stages for km in stage.length_km_by_country.values()]
        assert fsum(by_country) == pytest.approx(option.length_km, abs=1e-6)
        clock = ledger.usd_by(lambda row: row.component in ("driver", "vehicle", "overhead"))
        assert clock[True] == pytest.approx((2 * crew + 2 + 1) * ledger.time_h, abs=0.005)  # USD per hour, each once
        cargo_usd = CARGO_USD * crowded().cargo_kinds["textiles"].vot_share_per_day * ledger.time_h / 24
        carbon_usd = 80 * ledger.co2e_wtw_kg / 1000
        assert option.generalised_cost_usd == pytest.approx(ledger.money_usd + cargo_usd + carbon_usd, abs=0.005)


def times(evidence: Evidence, factor: str) -> Evidence:
    """The evidence with all amounts of money times a factor: parameters, and fees at posts."""
    scaled = {
        key: row.scaled(float(factor)) if evidence.definitions[row.name].is_money else row
        for key, row in evidence.parameters.items()
    }
    fees = {f"crossings.*.*.{side}_fee_usd": f"x{factor}" for side in ("exit", "entry")}
    return replace(evidence, parameters=scaled).overridden(fees)


@pytest.mark.parametrize("factor", ["0.25", "3"])
def test_all_money_times_a_factor_scales_every_dollar_and_changes_no_rank_and_no_hour(
    toy_network: RoadNetwork, factor: str
) -> None:
    once, scale = answer(toy_network, crowded()), float(factor)
    keys = (f"cargo.value_usd={CARGO_USD * scale}", f"criteria.carbon_usd_per_t={80 * scale}")
    scaled = answer(toy_network, times(crowded(), factor), *keys)
    assert len(once.options) >= 3
    assert [option.chain for option in scaled.options] == [option.chain for option in once.options]
    for dear, cheap in zip(scaled.options, once.options, strict=True):
        usd = [None if row.usd is None else scale * row.usd for row in cheap.ledger.money]
        assert [row.usd for row in dear.ledger.money] == pytest.approx(usd)
        assert dear.generalised_cost_usd == pytest.approx(scale * cheap.generalised_cost_usd)
        assert dear.ledger.time == cheap.ledger.time
        assert dear.ledger.co2e_wtw_kg == cheap.ledger.co2e_wtw_kg


ROADS = range(9)
"""Edges of the toy network that are roads; those behind them are posts."""


@pytest.mark.parametrize("edge", ROADS)
def test_a_road_cut_in_two_pieces_leaves_every_total(toy_network: RoadNetwork, edge: int) -> None:
    cut, _ = split_edge(toy_network, edge, share=0.3)
    assert cut.edge_count == toy_network.edge_count + 1
    assert_same(answer(cut, crowded()), answer(toy_network, crowded()))


def test_a_stop_named_half_way_along_the_road_leaves_every_total(toy_network: RoadNetwork) -> None:
    half = place("half_way", (71.1 + 67.4) / 2, (34.1 + 37.2) / 2, "AFG")  # on the line from Torkham to Hairatan
    evidence = replace(crowded(), places={**crowded().places, "half_way": half})
    by_torkham = ("routes.presets=[]", "routes.avoid.posts=[chaman]", "routes.alternatives=1")
    direct = answer(toy_network, evidence, *by_torkham).options[0]
    stopping = answer(toy_network, evidence, *by_torkham, "routes.via=[half_way]").options[0]
    assert len(stopping.stages) == len(direct.stages) + 1
    assert figures(stopping) == pytest.approx(figures(direct), abs=1e-6)


def turned(rows: Mapping[Key, Row]) -> dict[Key, Row]:
    """The rows, last one first."""
    return dict(reversed(list(rows.items())))


def relabelled(network: RoadNetwork, seed: int) -> RoadNetwork:
    """The network with its nodes, edges, posts and countries in another order."""
    rng = np.random.default_rng(seed)
    nodes, edges = rng.permutation(network.node_count), rng.permutation(network.edge_count)
    countries = tuple(reversed(network.countries))
    number = np.array([countries.index(code) for code in network.countries], dtype=np.int16)
    position, edge_position = np.argsort(nodes).astype(np.int32), np.argsort(edges)
    moved = replace(
        network,
        countries=countries,
        node_lon=network.node_lon[nodes],
        node_lat=network.node_lat[nodes],
        node_country=number[network.node_country[nodes]],
        tail=position[network.tail],
        head=position[network.head],
    )
    posts = {post: int(edge_position[edge]) for post, edge in turned(network.crossing_edges).items()}
    return moved.with_edges(edges, posts)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_order_of_nodes_roads_posts_and_countries_changes_nothing(toy_network: RoadNetwork, seed: int) -> None:
    assert_same(answer(relabelled(toy_network, seed), crowded()), answer(toy_network, crowded()))


def test_the_order_of_the_rows_of_evidence_changes_nothing(toy_network: RoadNetwork) -> None:
    evidence = crowded()
    other_order = replace(
        evidence,
        parameters=turned(evidence.parameters),
        crossings=turned(evidence.crossings),
        countries=turned(evidence.countries),
        driver_rules=turned(evidence.driver_rules),
        corridors=turned(evidence.corridors),
        events=evidence.events[::-1],
        eligibility=evidence.eligibility[::-1],
    )
    assert_same(answer(toy_network, other_order), answer(toy_network, evidence))
