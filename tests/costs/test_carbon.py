"""CO2e by the logic of ISO 14083: the worked example of the model, and what intensity depends on (model.md 7)."""

from __future__ import annotations

import pytest

from corridor.costs.carbon import carbon_rows, default_co2e_kg, intensity_g_per_t_km
from corridor.costs.ledger import CarbonRow
from corridor.costs.money import money_rows
from corridor.costs.stretches import PricedStage
from corridor.evidence import Evidence
from tests.costs.by_hand import post, priced_tariff, road

EXAMPLE: dict[str, object] = {
    "parameters.fuel_use_l_per_100_km.PAK": 31.6,  # 22 + (34 - 22) x 20/25
    "parameters.fuel_reference_mass_t.*": 20,
    "parameters.fuel_empty_l_per_100_km.*": 22,
    "parameters.fuel_full_l_per_100_km.*": 34,
    "parameters.idle_share.*": 0.5,
    "parameters.idle_l_per_h.*": 2.5,
    "parameters.ttw_kg_per_l.*": 2.67,
    "parameters.wtw_kg_per_l.*": 3.24,
    "crossings.torkham.PAK-AFG.queue_h": 20,
}
"""1,000 km with 20 t of 25, a quarter of the way back empty, 20 h of queue."""


def example_rows(evidence: Evidence, *assignments: str) -> tuple[CarbonRow, ...]:
    tariff = priced_tariff(evidence, EXAMPLE, "cargo.mass_t=20", "vehicle.empty_return_share=0.25", *assignments)
    return carbon_rows([road(tariff, PAK=1000.0), post(tariff, "torkham", "PAK-AFG")])


def test_the_worked_example_of_the_model(evidence: Evidence) -> None:
    rows = example_rows(evidence)
    litres = {row.component: row.fuel_l for row in rows}
    assert litres["driving"] == pytest.approx(316.0)  # 1,000 km x 31.6 l/100 km
    assert litres["empty_return"] == pytest.approx(55.0)  # 0.25 x 1,000 km x 22 l/100 km
    assert litres["idling"] == pytest.approx(25.0)  # 20 h x 0.5 x 2.5 l/h
    assert sum(row.ttw_kg for row in rows) == pytest.approx(1057.32)  # 396 l x 2.67
    wtw_kg = sum(row.wtw_kg for row in rows)
    assert wtw_kg == pytest.approx(1283.04)  # 396 l x 3.24
    assert intensity_g_per_t_km(wtw_kg, mass_t=20, distance_km=1000) == pytest.approx(64.152)


def test_well_to_wheel_is_never_below_tank_to_wheel_in_any_row(evidence: Evidence) -> None:
    assert all(row.wtw_kg >= row.ttw_kg for row in example_rows(evidence))


def test_intensity_depends_on_the_distance_that_it_is_counted_on() -> None:
    # 1,283 kg over 20 t x 1,000 km, and over the 800 km of the great circle: 64.15 x 1,000/800 = 80.19
    assert intensity_g_per_t_km(1283, mass_t=20, distance_km=1000) == pytest.approx(64.15)
    assert intensity_g_per_t_km(1283, mass_t=20, distance_km=800) == pytest.approx(80.1875)


def test_twice_the_load_on_the_same_fuel_halves_the_intensity() -> None:
    once = intensity_g_per_t_km(1000, mass_t=10, distance_km=500)
    assert intensity_g_per_t_km(1000, mass_t=20, distance_km=500) == pytest.approx(once / 2)


@pytest.mark.parametrize(("mass_t", "distance_km"), [(0.0, 1000.0), (20.0, 0.0)])
def test_no_intensity_without_a_load_or_a_distance(mass_t: float, distance_km: float) -> None:
    with pytest.raises(ValueError, match="expected mass and distance above 0"):
        intensity_g_per_t_km(1283, mass_t=mass_t, distance_km=distance_km)


def test_the_litres_of_the_emissions_are_the_litres_paid_for(evidence: Evidence) -> None:
    at_one_usd = {**EXAMPLE, "parameters.diesel_usd_per_l.PAK": 1}
    tariff = priced_tariff(evidence, at_one_usd, "cargo.mass_t=20", "vehicle.empty_return_share=0")
    stages: list[PricedStage] = [road(tariff, PAK=1000.0), post(tariff, "torkham", "PAK-AFG")]
    rows = money_rows(stages, (), origin_country="PAK")
    paid_usd = sum(row.usd or 0.0 for row in rows if row.component == "fuel")
    assert sum(row.fuel_l for row in carbon_rows(stages)) == pytest.approx(paid_usd)  # 316 + 25 l at 1 USD


def test_the_sum_by_country_is_the_total(evidence: Evidence) -> None:
    tariff = priced_tariff(evidence, EXAMPLE, "vehicle.empty_return_share=0.25")
    rows = carbon_rows([road(tariff, PAK=100.0), post(tariff, "torkham", "PAK-AFG"), road(tariff, AFG=500.0)])
    by_country = {code: sum(row.wtw_kg for row in rows if row.country == code) for code in ("PAK", "AFG")}
    assert sum(by_country.values()) == pytest.approx(sum(row.wtw_kg for row in rows))


def test_the_glec_default_is_g_times_tonnes_times_km_with_the_regional_uplift() -> None:
    usual = default_co2e_kg(g_per_t_km=95, mass_t=20, distance_km=1000, uplift_share=0)
    assert usual == pytest.approx(1900)  # 95 x 20 x 1,000 / 1,000
    assert default_co2e_kg(g_per_t_km=95, mass_t=20, distance_km=1000, uplift_share=0.22) == pytest.approx(2318)
