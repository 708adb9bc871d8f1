"""Money by hand: the worked example of the model, empty legs, the way back, and scaling (model.md 4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import fsum

import pytest

from corridor.analysis.assess import open_ways
from corridor.analysis.trip import build_trip
from corridor.costs.generalised_cost import chain_costs_usd
from corridor.costs.hours import time_rows
from corridor.costs.ledger import Ledger, MoneyRow, TimeRow
from corridor.costs.money import money_rows
from corridor.costs.search_weights import return_revenue_usd
from corridor.costs.stretches import PricedStage
from corridor.costs.unit_costs import unit_costs
from corridor.evidence import Evidence
from corridor.network.roads import RoadNetwork
from tests.analysis.conftest import ROUND_NUMBERS, toy_scenario
from tests.costs.by_hand import post, priced_tariff, road

EXAMPLE: dict[str, object] = {
    "parameters.fuel_use_l_per_100_km.PAK": 40,
    "parameters.fuel_reference_mass_t.*": 18,
    "parameters.diesel_usd_per_l.PAK": 0.96,
    "parameters.diesel_usd_per_l.AFG": 0.65,
    "parameters.toll_usd_per_km.PAK": 0.05,
    "parameters.toll_usd_per_km.AFG": 0.03,
    "parameters.driver_usd_per_h.PAK": 4,
    "parameters.vehicle_usd_per_h.PAK": 3.2,
    "parameters.overhead_usd_per_h.PAK": 0,
    "parameters.tyres_maintenance_usd_per_km.*": 0.06,
    "parameters.idle_share.*": 0,
    "parameters.entry_fee_usd.AFG:PAK": 0,
    "parameters.tir_carnet_usd.*": 0,
    "parameters.insurance_usd.*": 0,
    "parameters.permit_usd.*": 0,
    "parameters.escort_usd.*": 0,
    "parameters.premium_share.*": 0,
    "crossings.torkham.PAK-AFG.exit_fee_usd": 238,
    "crossings.torkham.PAK-AFG.entry_fee_usd": 317,
}
CLOCK = (
    TimeRow(0, "PAK", "drive", 20.0, ()),  # 500 km at 25 km/h
    TimeRow(0, "PAK", "driver_rest", 23.5, ()),
    TimeRow(1, "PAK", "border_queue", 24.0, ()),
    TimeRow(2, "AFG", "drive", 6.0, ()),  # 300 km at 50 km/h
    TimeRow(2, "AFG", "driver_rest", 0.75, ()),
)
"""43.5 + 24 + 6.75 = 74.25 h, the schedule of one driver under the AETR as the model's example has it."""


def example(evidence: Evidence, more: dict[str, object], *assignments: str) -> list[PricedStage]:
    tariff = priced_tariff(evidence, {**EXAMPLE, **more}, "cargo.mass_t=18", "vehicle.crew=1", *assignments)
    first, second = road(tariff, tolled=True, PAK=500.0), road(tariff, tolled=True, fuel_factor=36 / 40, AFG=300.0)
    return [first, post(tariff, "torkham", "PAK-AFG"), second]


def usd_by_component(rows: Sequence[MoneyRow]) -> dict[str, float]:
    names = dict.fromkeys(row.component for row in rows)
    return {name: fsum(row.usd or 0.0 for row in rows if row.component == name) for name in names}


def total_usd(rows: Sequence[MoneyRow]) -> float:
    return fsum(row.usd or 0.0 for row in rows)


def test_the_worked_example_of_the_model(evidence: Evidence) -> None:
    rows = money_rows(example(evidence, {}, "vehicle.empty_return_share=0"), CLOCK, origin_country="PAK")
    usd = usd_by_component(rows)
    assert usd["fuel"] == pytest.approx(192.00 + 70.20)  # 200 l x 0.96 + 300 km x 0.36 l x 0.65
    assert usd["driver"] == pytest.approx(297.00)  # 4.00 x 74.25 h
    assert usd["vehicle"] == pytest.approx(237.60)  # 3.20 x 74.25 h
    assert usd["tyres_maintenance"] == pytest.approx(48.00)  # 0.06 x 800 km
    assert usd["toll"] == pytest.approx(25 + 9)
    assert usd["border_fee"] == pytest.approx(555.00)
    assert total_usd(rows) == pytest.approx(1433.80)
    assert all(row.usd is not None for row in rows)


def test_the_worked_example_per_tonne_and_kilometre(evidence: Evidence) -> None:
    rows = money_rows(example(evidence, {}, "vehicle.empty_return_share=0"), CLOCK, origin_country="PAK")
    costs = unit_costs(Ledger(CLOCK, rows, ()), mass_t=18, length_km=800)
    assert costs.usd_per_t == pytest.approx(79.66, abs=0.005)
    assert costs.usd_per_t_km == pytest.approx(0.0996, abs=0.00005)
    assert costs.usd_per_500_km == pytest.approx(896, abs=0.5)
    assert costs.usd_per_500_km_without_border_fees == pytest.approx((1433.80 - 555) * 500 / 800)
    assert costs.usd_per_t_km * 18 * 800 == pytest.approx(1433.80)


@pytest.mark.parametrize(("mass_t", "length_km"), [(0.0, 800.0), (18.0, 0.0)])
def test_no_cost_per_unit_of_nothing(mass_t: float, length_km: float) -> None:
    with pytest.raises(ValueError, match="expected mass and length above 0"):
        unit_costs(Ledger((), (), ()), mass_t=mass_t, length_km=length_km)


def test_a_leg_of_no_length_costs_nothing(evidence: Evidence) -> None:
    tariff = priced_tariff(evidence, EXAMPLE, "vehicle.empty_return_share=0.4")
    assert total_usd(money_rows([road(tariff, tolled=True, PAK=0.0)], (), origin_country="PAK")) == 0


def test_without_empty_returns_nothing_is_charged_for_the_way_back(evidence: Evidence) -> None:
    rows = money_rows(example(evidence, {}, "vehicle.empty_return_share=0"), CLOCK, origin_country="PAK")
    assert usd_by_component(rows)["empty_return"] == 0


def test_a_truck_that_always_returns_empty_pays_the_full_way_back(evidence: Evidence) -> None:
    rows = money_rows(example(evidence, {}, "vehicle.empty_return_share=1"), CLOCK, origin_country="PAK")
    empty_l_per_km = 0.4 * 22 / (22 + 12 * 18 / 25)
    fuel_usd = empty_l_per_km * (500 * 0.96 + 300 * 0.9 * 0.65)
    # hours, tyres and tolls as on the way out; border fees are not paid again
    assert usd_by_component(rows)["empty_return"] == pytest.approx(297 + 237.6 + 48 + 34 + fuel_usd)


@pytest.mark.parametrize("revenue_usd", [0, 100, 400, 10_000])
def test_a_return_load_pays_for_the_way_back_at_most(evidence: Evidence, revenue_usd: float) -> None:
    half = "vehicle.empty_return_share=0.5"
    before = usd_by_component(money_rows(example(evidence, {}, half), CLOCK, origin_country="PAK"))["empty_return"]
    stages = example(evidence, {"parameters.return_revenue_usd.*": revenue_usd}, half)
    after = usd_by_component(money_rows(stages, CLOCK, origin_country="PAK"))["empty_return"]
    assert after == pytest.approx(max(0.0, before - 0.5 * revenue_usd))  # 0.5 x (way back - revenue)+


WHOLE_TRIP: dict[str, object] = {
    "parameters.escort_usd.AFG": 150,
    "parameters.escort_usd.PAK": 20,
    "parameters.premium_share.*": 0.002,
    "parameters.insurance_usd.*": 130,
    "parameters.return_revenue_usd.*": 700,
    "parameters.vignette_usd.1:AFG": 9,
    "parameters.vignette_usd.7:AFG": 30,
    "parameters.long_stay_fee_usd.1:UZB:*": 45,
}
"""Everything that no single stage decides: fees of the trip and of stays, escorts, premiums, return loads."""


def test_the_quick_cost_equals_the_ledger_with_every_fee_of_the_whole_trip(
    toy_network: RoadNetwork, evidence: Evidence
) -> None:
    scenario = toy_scenario("vehicle.empty_return_share=0.4", "criteria.carbon_usd_per_t=80")
    trip = build_trip(scenario, evidence.overridden({**ROUND_NUMBERS, **WHOLE_TRIP}), toy_network)
    for distinct in open_ways(trip).best(6, required=[]).options:
        stages = distinct.candidate.stages
        ledger = trip.ledger(stages, origin_country="PAK")
        carbon_usd = 80 / 1000 * ledger.co2e_wtw_kg
        cargo_usd = trip.tariff("PAK").cargo_usd_per_h.known * ledger.time_h
        assert chain_costs_usd([stages])[0] == pytest.approx(ledger.money_usd + carbon_usd + cargo_usd, abs=0.005)
        assert (
            trip.lower_bound_usd(
                distinct.candidate.chain, ends=(trip.scenario.trip.origin, trip.scenario.trip.destination)
            )
            <= chain_costs_usd([stages])[0] + 1e-6
        )
        assert {"risk", "insurance"} <= {row.component for row in ledger.money if row.usd}
        assert any(row.component == "toll" and row.country == "AFG" and row.usd for row in ledger.money)


def test_all_money_twice_as_dear_makes_every_result_twice_as_dear(evidence: Evidence) -> None:
    share = "vehicle.empty_return_share=0.4"
    once = evidence.overridden({**EXAMPLE, **WHOLE_TRIP})
    rows = money_rows(example(once, WHOLE_TRIP, share), CLOCK, origin_country="PAK")
    doubled = {
        key: row.scaled(2.0) if once.definitions[row.name].is_money else row for key, row in once.parameters.items()
    }
    passage = "crossings.torkham.PAK-AFG"
    tariff = priced_tariff(
        replace(once, parameters=doubled), {f"{passage}.exit_fee_usd": 476, f"{passage}.entry_fee_usd": 634},
        "cargo.mass_t=18", "vehicle.crew=1", "cargo.value_usd=180000", share,
    )  # fmt: skip
    first, second = road(tariff, tolled=True, PAK=500.0), road(tariff, tolled=True, fuel_factor=36 / 40, AFG=300.0)
    twice = money_rows([first, post(tariff, "torkham", "PAK-AFG"), second], CLOCK, origin_country="PAK")
    assert [row.usd for row in twice] == pytest.approx([None if row.usd is None else 2 * row.usd for row in rows])
    assert return_revenue_usd(tariff) == pytest.approx(2 * 0.4 * 700)


def test_an_unknown_fee_anywhere_makes_the_total_at_least(evidence: Evidence) -> None:
    for missing in ("parameters.insurance_usd.*", "parameters.permit_usd.*", "parameters.escort_usd.*"):
        numbers = {key: value for key, value in EXAMPLE.items() if key != missing}
        tariff = priced_tariff(evidence, numbers)
        stages: list[PricedStage] = [road(tariff, PAK=500.0), post(tariff, "torkham", "PAK-AFG"), road(tariff, AFG=9.0)]
        assert Ledger((), money_rows(stages, time_rows(stages), origin_country="PAK"), ()).is_lower_bound
