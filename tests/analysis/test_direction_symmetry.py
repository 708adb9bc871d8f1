"""A corridor that is the same from both ends is the same in both directions."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corridor.analysis.assess import assess
from corridor.analysis.assessment import Option
from corridor.analysis.trip import build_trip
from corridor.evidence import Evidence, Place, read_evidence
from corridor.network.roads import RoadNetwork
from tests.analysis.conftest import ROUND_NUMBERS, toy_scenario
from tests.conftest import build_toy_network

MIRROR: dict[str, object] = {
    **{
        f"crossings.{post}.{direction}.{name}": value
        for post, directions in (("hairatan", ("AFG-UZB", "UZB-AFG")), ("torghundi", ("AFG-TKM", "TKM-AFG")))
        for direction in directions
        for name, value in (
            *(("queue_h", 7), ("exit_side_h", 2), ("entry_side_h", 3)),
            *(("exit_fee_usd", 40), ("entry_fee_usd", 60)),
        )
    },
    **{
        f"parameters.{name}.{country}": value
        for country in ("UZB", "TKM")
        for name, value in (
            *(("swod_km_per_h", 45), ("stop_h_per_100_km", 1), ("diesel_usd_per_l", 0.7), ("entry_extras_apply", 0)),
            *(("toll_usd_per_km", 0.05), ("tolled_km_share", 0.5), ("escort_usd", 30), ("premium_share", 0.001)),
        )
    },
    **{f"parameters.entry_fee_usd.{country}:AFG": 120 for country in ("UZB", "TKM")},
    **{f"parameters.bridge_fee_usd.{post}": 80 for post in ("hairatan", "torghundi")},
    "parameters.queue_rest_share.*": 0.5,
    **{f"crossings.{post}.status": "open" for post in ("hairatan", "torghundi")},
}
"""The two frontiers of Afghanistan with Uzbekistan and Turkmenistan, the same both ways."""


@cache
def mirrored() -> Evidence:
    """The tables with these numbers over them, and both ends of the corridor as places."""
    ends = {
        "north": Place("north", "North", "UZB", 66.0, 38.5, "city", 0, ()),
        "west": Place("west", "West", "TKM", 61.0, 37.0, "city", 0, ()),
    }
    return replace(read_evidence().overridden({**ROUND_NUMBERS, **MIRROR}), places=ends)


def best(network: RoadNetwork, *, origin: str, destination: str, crew: int) -> Option:
    ends = (f"trip.origin={origin}", f"trip.destination={destination}")
    keys = ("vehicle.plate=AFG", f"vehicle.crew={crew}", "vehicle.empty_return_share=0.4")
    return assess(build_trip(toy_scenario(*ends, *keys), mirrored(), network)).options[0]


@given(outer_km=st.floats(10, 900), inner_km=st.floats(10, 900), crew=st.sampled_from([1, 2]))
@settings(max_examples=40, deadline=None)
def test_on_a_corridor_that_is_the_same_from_both_ends_both_directions_cost_and_take_the_same(
    outer_km: float, inner_km: float, crew: int
) -> None:
    network = build_toy_network(
        nodes=[
            *(("north", "UZB", 66.0, 38.5), ("hairatan@UZB", "UZB", 67.4, 37.2), ("hairatan@AFG", "AFG", 67.4, 37.2)),
            *(("torghundi@AFG", "AFG", 62.3, 35.3), ("torghundi@TKM", "TKM", 62.3, 35.3), ("west", "TKM", 61.0, 37.0)),
        ],
        roads=[
            ("north", "hairatan@UZB", outer_km),
            ("hairatan@AFG", "torghundi@AFG", inner_km),
            ("torghundi@TKM", "west", outer_km),
        ],
        posts={"hairatan": ("hairatan@UZB", "hairatan@AFG"), "torghundi": ("torghundi@AFG", "torghundi@TKM")},
    )
    there = best(network, origin="north", destination="west", crew=crew)
    back = best(network, origin="west", destination="north", crew=crew)
    assert there.post_ids == back.post_ids[::-1]
    assert there.ledger.time_h == pytest.approx(back.ledger.time_h, abs=1e-6)
    assert there.ledger.usd_by(lambda row: row.component) == pytest.approx(
        back.ledger.usd_by(lambda row: row.component), abs=0.005
    )
    assert there.ledger.co2e_wtw_kg == pytest.approx(back.ledger.co2e_wtw_kg)
    assert there.generalised_cost_usd == pytest.approx(back.generalised_cost_usd, abs=0.005)
