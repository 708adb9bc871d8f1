"""Equations of the model that no other test works out on paper: driving, rest, fuel, fees (model.md 1, 2, 4, 7)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from math import fsum

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corridor.costs.drive_time import DriveTime, drive_time
from corridor.costs.driven_km import driven_km
from corridor.costs.generalised_cost import chain_costs_usd
from corridor.costs.hours import smooth_rests_h, time_rows
from corridor.costs.ledger import MoneyRow
from corridor.costs.money import money_rows
from corridor.costs.stretches import PricedStage
from corridor.costs.timetable import Segment, plan_trips
from corridor.errors import DataError
from corridor.evidence import DriverRules, Evidence, read_evidence
from corridor.network.road_attributes import classless
from corridor.network.roads import RoadNetwork
from tests.conftest import build_toy_network
from tests.costs.by_hand import post, priced_tariff, road

RELIEF: dict[str, object] = {
    "parameters.relief_time_factor_per_100_m.*": 0.1,
    "parameters.relief_cap_m.*": 400,
    "parameters.mountain_relief_sd_m.*": 200,
}
TORKHAM = "crossings.torkham.PAK-AFG"


@cache
def shipped() -> Evidence:
    """The bundled evidence, where a fixture would fill the reports of failed examples."""
    return read_evidence()


def roads_in_pakistan(
    length_km: Sequence[float],
    speed_km_per_h: Sequence[float],
    *,
    relief_sd_m: Sequence[float] = (),
    is_reference: Sequence[bool] = (),
) -> RoadNetwork:
    """Roads one behind the other, of given free-flow speeds; flat and all of them reference roads unless told."""
    names = [f"node_{number}" for number in range(len(length_km) + 1)]
    nodes = [(name, "PAK", 70.0 + number, 33.0) for number, name in enumerate(names)]
    network = build_toy_network(nodes, list(zip(names, names[1:], length_km, strict=False)), {})
    return replace(
        network,
        attributes=classless(list(speed_km_per_h)),
        relief_sd_m=np.array(relief_sd_m) if relief_sd_m else network.relief_sd_m,
        is_reference=np.array(is_reference) if is_reference else network.is_reference,
    )


def timed(evidence: Evidence, network: RoadNetwork, *, swod: float) -> DriveTime:
    """Driving hours with round factors of relief, where CPMM's speed without delay is `swod` km/h."""
    return drive_time(network, evidence.overridden({**RELIEF, "parameters.swod_km_per_h.PAK": swod}))


def usd_by_component(rows: Sequence[MoneyRow]) -> Mapping[str, float]:
    names = dict.fromkeys(row.component for row in rows)
    return {name: fsum(row.usd or 0.0 for row in rows if row.component == name) for name in names}


def test_the_model_s_example_of_calibration_drives_at_66_and_27_5_km_per_h(evidence: Evidence) -> None:
    # 100 km at 60 and 50 km at 25: 3.667 h, mean 40.91; observed 45: k = 1.1, 100/66 and 50/27.5
    found = timed(evidence, roads_in_pakistan([100, 50], [60, 25]), swod=45)
    assert found.hours.tolist() == pytest.approx([1.515, 1.818], abs=0.0005)
    assert found.hours.sum() == pytest.approx(150 / 45)


def test_relief_moves_hours_between_roads_and_never_the_mean(evidence: Evidence) -> None:
    # 200 m: factor 1 + 0.1 x 2 = 1.2; 900 m: capped at 400, 1.4; 3 x 100 km at 50 are 6 h, split as 1 : 1.2 : 1.4
    hilly = roads_in_pakistan([100, 100, 100], [80, 80, 80], relief_sd_m=[0, 200, 900])
    hours = timed(evidence, hilly, swod=50).hours
    assert hours.tolist() == pytest.approx([6 / 3.6, 6 * 1.2 / 3.6, 6 * 1.4 / 3.6])


def test_other_roads_are_driven_at_the_factor_of_the_reference_roads(evidence: Evidence) -> None:
    # reference 100 km at 60, observed 45: k = 0.75; the other road, free-flow 40, is driven at 30
    network = roads_in_pakistan([100, 100], [60, 40], is_reference=[True, False])
    assert timed(evidence, network, swod=45).hours.tolist() == pytest.approx([100 / 45, 100 / 30])


def test_mountain_roads_keep_a_mean_speed_of_their_own(evidence: Evidence) -> None:
    # above 200 m: 100 km at 20 are 5 h, however steep; up to 200 m: 2 x 100 km at 50 are 4 h, split as 1 : 1.2
    network = roads_in_pakistan([100, 100, 100], [60, 60, 60], relief_sd_m=[0, 200, 300])
    own = evidence.overridden({"parameters.swod_mountain_km_per_h.PAK": 20})
    found = timed(own, network, swod=50)
    assert found.hours.tolist() == pytest.approx([4 / 2.2, 4 * 1.2 / 2.2, 5.0])
    assert found.basis("PAK", np.array([2])) == ("parameters.swod_mountain_km_per_h.PAK",)


def test_a_country_without_any_length_of_road_cannot_be_calibrated(evidence: Evidence) -> None:
    with pytest.raises(DataError, match="speed calibration: no reference road; expected at least one"):
        timed(evidence, roads_in_pakistan([0.0], [60]), swod=45)


@given(
    roads=st.lists(st.tuples(st.floats(0.1, 900), st.floats(5, 120), st.floats(0, 2000)), min_size=1, max_size=8),
    swod=st.floats(10, 80),
)
@settings(max_examples=50, deadline=None)
def test_the_mean_speed_of_the_reference_roads_is_the_observed_one_and_with_a_higher_one_no_road_is_slower(
    roads: list[tuple[float, float, float]], swod: float
) -> None:
    length_km, speed, relief = (list(column) for column in zip(*roads, strict=True))
    network = roads_in_pakistan(length_km, speed, relief_sd_m=relief)
    hours = timed(shipped(), network, swod=swod).hours
    assert network.length_km.sum() / hours.sum() == pytest.approx(swod, rel=1e-9)
    assert (timed(shipped(), network, swod=1.25 * swod).hours < hours).all()


def test_half_free_hours_of_a_wait_are_stretched_to_a_night_where_that_is_the_shortest(
    rules: Mapping[str, DriverRules],
) -> None:
    # 8 h and a break, 12 h at the post of which 6 are free, 5 h more to make them 11, 9 + 0.75, 11, 3
    aetr = rules["aetr_1"]
    trip = [Segment(aetr, 8.0, wait_h=12.0, free_h=6.0), Segment(aetr, 12.0)]
    plan = plan_trips([trip])
    assert plan.stay_rest_h[0, 0] == pytest.approx(5.0)
    assert 20.0 + 12.0 + plan.rest_h.sum() == pytest.approx(8.75 + 17 + 9.75 + 11 + 3)


SMOOTH: dict[str, object] = {
    "parameters.queue_rest_share.*": 0.5,
    "parameters.queue_absorption_share.*": 0.6,
    "parameters.absorption_cap_h.*": 11,
    f"{TORKHAM}.queue_h": 10,
    f"{TORKHAM}.exit_side_h": 0,
    f"{TORKHAM}.entry_side_h": 0,
    "parameters.swap_h.*": 2,
}


def smooth_rests(evidence: Evidence, *, queue_h: float, rule: str = "drive") -> list[float]:
    """Rest of each crew by the smooth rule: 25 h driven by one driver in Pakistan, a queue, 10 h in Afghanistan."""
    tariff = priced_tariff(evidence, {**SMOOTH, f"{TORKHAM}.queue_h": queue_h}, "vehicle.crew=1")
    stages: list[PricedStage] = [road(tariff, PAK=1250.0), post(tariff, "torkham", "PAK-AFG", rule=rule)]
    stages.append(road(tariff, AFG=500.0))
    return [rest_h for _, rest_h in smooth_rests_h(stages)]


def test_the_smooth_rule_takes_off_the_rest_what_waits_replace(evidence: Evidence) -> None:
    # 35 h, gap 5 and day 10 h: 6 stops of 0.5 h, 3 of them nights of 8 h: 25.5 h, less 0.6 x min(0.5 x 10, 11) = 3
    assert smooth_rests(evidence, queue_h=0) == pytest.approx([6 * 0.5 + 3 * 7.5])
    assert smooth_rests(evidence, queue_h=10) == pytest.approx([25.5 - 3])
    assert smooth_rests(evidence, queue_h=100) == pytest.approx([25.5 - 0.6 * 11])


def test_a_crew_that_takes_over_begins_rested_by_the_smooth_rule(evidence: Evidence) -> None:
    # 25 h: 4 stops, 2 nights: 17 h, less 0.6 x 0.5 x (10 queue + 2 change) = 3.6; 10 h: one break of 0.5 h
    assert smooth_rests(evidence, queue_h=10, rule="swap") == pytest.approx([17 - 3.6, 0.5])


FUEL: dict[str, object] = {
    "parameters.fuel_use_l_per_100_km.PAK": 30.64,
    "parameters.fuel_reference_mass_t.*": 18,
    "parameters.fuel_empty_l_per_100_km.*": 22,
    "parameters.fuel_full_l_per_100_km.*": 34,
    "parameters.fuel_terrain_factor_per_100_m.*": 0.1,
    "parameters.relief_cap_m.*": 400,
}


@pytest.mark.parametrize(("mass_t", "l_per_100_km"), [(25, 34.0), (18, 30.64), (12.5, 28.0)])
def test_fuel_rises_with_the_load_from_empty_to_full(evidence: Evidence, mass_t: float, l_per_100_km: float) -> None:
    # 22 + (34 - 22) x mass/25 l per 100 km, at the use of this plate with 18 t: 22 + 12 x 0.72 = 30.64
    tariff = priced_tariff(evidence, FUEL, f"cargo.mass_t={mass_t}")
    assert 100 * tariff.fuel_l_per_km.known == pytest.approx(l_per_100_km)
    assert 100 * tariff.empty_fuel_l_per_km.known == pytest.approx(22.0)


def test_a_plate_that_burns_more_does_so_at_every_load(evidence: Evidence) -> None:
    tariff = priced_tariff(evidence, {**FUEL, "parameters.fuel_use_l_per_100_km.PAK": 2 * 30.64}, "cargo.mass_t=25")
    assert 100 * tariff.fuel_l_per_km.known == pytest.approx(68.0)  # 2 x 34
    assert 100 * tariff.empty_fuel_l_per_km.known == pytest.approx(44.0)  # 2 x 22


def test_relief_adds_fuel_up_to_its_cap_and_no_tyres(evidence: Evidence) -> None:
    network = roads_in_pakistan([100, 100, 100], [50, 50, 50], relief_sd_m=[0, 250, 900])
    driven = driven_km(network, priced_tariff(evidence, FUEL))
    assert driven.fuel_km.tolist() == pytest.approx([100, 125, 140])  # 100 x (1 + 0.1 x min(relief, 400)/100)
    assert driven.wear_km.tolist() == [100, 100, 100]


FEES: dict[str, object] = {
    "parameters.tir_carnet_usd.*": 90,
    "parameters.insurance_usd.*": 130,
    "parameters.permit_usd.*": 50,
    "parameters.escort_usd.PAK": 20,
    "parameters.escort_usd.AFG": 150,
    "parameters.escort_usd.UZB": 0,
    "parameters.premium_share.*": 0.002,
}


def test_fees_of_the_trip_are_paid_once_and_risk_in_each_country(evidence: Evidence) -> None:
    tariff = priced_tariff(evidence, FEES, "cargo.value_usd=90000")
    stages: list[PricedStage] = [road(tariff, PAK=9.0), post(tariff, "torkham", "PAK-AFG"), road(tariff, AFG=9.0)]
    stages += [post(tariff, "hairatan", "AFG-UZB"), road(tariff, UZB=9.0)]
    usd = usd_by_component(money_rows(stages, (), origin_country="PAK"))
    assert (usd["tir_carnet"], usd["insurance"], usd["permit"]) == (90, 130, 50)  # two customs borders, one trip
    assert usd["risk"] == pytest.approx(20 + 150 + 0 + 3 * 180)  # escorts, and 0.002 x 90,000 in three countries


def test_a_change_of_tractor_costs_its_fee_its_hours_and_the_rates_of_the_next_plate(evidence: Evidence) -> None:
    numbers = {**SMOOTH, "parameters.swap_fee_usd.*": 120, f"{TORKHAM}.queue_h": 0}
    for plate, rate in (("PAK", 3), ("AFG", 5)):
        numbers |= {f"parameters.driver_usd_per_h.{plate}": rate, f"parameters.stop_h_per_100_km.{plate}": 1}
    home, next_ = priced_tariff(evidence, numbers), priced_tariff(evidence, numbers, plate="AFG")
    stages: list[PricedStage] = [road(home, PAK=100.0), post(home, "torkham", "PAK-AFG", rule="swap")]
    stages.append(road(next_, AFG=50.0))
    rows = money_rows(stages, time_rows(stages), origin_country="PAK")
    assert [(row.country, row.usd) for row in rows if row.component == "swap_fee"] == [("PAK", 120)]
    # two drivers at 3 USD/h: 2 h driven, 1 h of stops, 2 h of change; at 5 USD/h: 1 h driven, 0.5 h of stops
    assert usd_by_component(rows)["driver"] == pytest.approx(2 * 3 * 5.0 + 2 * 5 * 1.5)


def test_the_price_of_carbon_counts_all_litres_well_to_wheel(evidence: Evidence) -> None:
    numbers = {**FUEL, "parameters.wtw_kg_per_l.*": 3.24, "parameters.idle_l_per_h.*": 2.5, f"{TORKHAM}.queue_h": 20}
    costs_usd = []
    for usd_per_t in (0, 80):
        keys = (f"criteria.carbon_usd_per_t={usd_per_t}", "vehicle.empty_return_share=0.25", "cargo.mass_t=18")
        tariff = priced_tariff(evidence, {**numbers, "parameters.idle_share.*": 0.5}, *keys)
        costs_usd += chain_costs_usd([[road(tariff, PAK=1000.0), post(tariff, "torkham", "PAK-AFG")]])
    # 306.4 l, 0.25 x 220 l on the way back and 20 x 0.5 x 2.5 l in the queue: 386.4 l x 3.24 kg = 1.2519 t at 80 USD
    assert costs_usd[1] - costs_usd[0] == pytest.approx(386.4 * 3.24 / 1000 * 80)
