"""A toy trip whose every total can be added up on paper: round prices, round speeds, round waits."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corridor.analysis.trip import Trip, build_trip
from corridor.evidence import Evidence, Place, read_evidence
from corridor.network.roads import RoadNetwork
from corridor.scenario import Scenario, read_scenario

ROUND_NUMBERS: dict[str, object] = {
    "parameters.swod_km_per_h.PAK": 50,
    "parameters.swod_km_per_h.AFG": 40,
    "parameters.swod_km_per_h.UZB": 60,
    "parameters.swod_km_per_h.TKM": 50,
    "parameters.stop_h_per_100_km.PAK": 1,
    "parameters.stop_h_per_100_km.AFG": 1,
    "parameters.stop_h_per_100_km.*": 1,
    "parameters.driver_usd_per_h.PAK": 2,
    "parameters.vehicle_usd_per_h.PAK": 2,
    "parameters.overhead_usd_per_h.PAK": 1,
    "parameters.fuel_use_l_per_100_km.PAK": 40,
    "parameters.fuel_reference_mass_t.*": 18,
    "parameters.diesel_usd_per_l.PAK": 1,
    "parameters.diesel_usd_per_l.AFG": 1,
    "parameters.diesel_usd_per_l.UZB": 0.5,
    "parameters.diesel_usd_per_l.TKM": 0.5,
    "parameters.tyres_maintenance_usd_per_km.*": 0.06,
    "parameters.toll_usd_per_km.PAK": 0.1,
    "parameters.tolled_km_share.PAK": 0.5,
    "parameters.toll_plaza_fee_usd.PAK": 0,
    "parameters.entry_fee_usd.AFG:PAK": 70,
    "parameters.entry_fee_usd.UZB:*": 400,
    "parameters.bridge_fee_usd.hairatan": 100,
    "parameters.tir_carnet_usd.*": 90,
    "parameters.idle_l_per_h.*": 2,
    "parameters.queue_rest_share.*": 0,
    "parameters.wtw_kg_per_l.*": 3,
    "parameters.ttw_kg_per_l.*": 2.5,
    "parameters.closures_per_open_year.torkham": 0,
    "crossings.torkham.status": "open",
    "crossings.chaman.status": "open",
    "crossings.torkham.PAK-AFG.queue_h": 10,
    "crossings.torkham.PAK-AFG.exit_side_h": 2,
    "crossings.torkham.PAK-AFG.entry_side_h": 3,
    "crossings.torkham.PAK-AFG.exit_fee_usd": 238,
    "crossings.torkham.PAK-AFG.entry_fee_usd": 50,
    "crossings.hairatan.AFG-UZB.queue_h": 5,
    "crossings.hairatan.AFG-UZB.exit_side_h": 1,
    "crossings.hairatan.AFG-UZB.entry_side_h": 2,
    "crossings.hairatan.AFG-UZB.exit_fee_usd": 40,
    "crossings.hairatan.AFG-UZB.entry_fee_usd": 60,
}


@pytest.fixture(scope="session")
def toy_evidence() -> Evidence:
    """The real tables with round numbers over them, and the two places on the toy network."""
    evidence = read_evidence().overridden(ROUND_NUMBERS)
    ends = {
        "islamabad": Place("islamabad", "Islamabad", "PAK", 73.0, 33.7, "city", 0, ()),
        "tashkent": Place("tashkent", "Tashkent", "UZB", 69.3, 41.3, "city", 0, ()),
    }
    return replace(evidence, places=ends)


def toy_scenario(*assignments: str) -> Scenario:
    """Islamabad to Tashkent with 18 t, two drivers, no empty way back, no presets; further keys as given."""
    keys = [
        "id=toy",
        "title=Toy",
        "why=Test",
        "trip={origin: islamabad, destination: tashkent, departure: 2026-05-31}",
        "vehicle.empty_return_share=0",
        "routes.presets=[]",
        *assignments,
    ]
    return read_scenario("base", known=None, assignments=keys).scenario


@pytest.fixture
def toy_trip(toy_network: RoadNetwork, toy_evidence: Evidence) -> Trip:
    return build_trip(toy_scenario(), toy_evidence, toy_network)
