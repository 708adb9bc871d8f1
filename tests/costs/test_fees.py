"""Fees of states by plate, mass and length of stay: whole days, cheapest vignettes, and what is known to be missing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corridor.costs.fees import (
    bridge_fee_usd,
    cheapest_cover_usd,
    entry_extras_usd,
    entry_fee_usd,
    long_stay_usd,
    risk_fees_usd,
    vignette_usd,
)
from corridor.costs.ledger import TimeRow
from corridor.costs.stay_fees import has_stay_fees, stay_rows
from corridor.costs.stretches import PricedStage
from corridor.costs.tariff import Amount, Tariff
from corridor.costs.trip_fees import area_risk_fees, least_trip_fees_usd, trip_fees
from corridor.evidence import Evidence
from tests.costs.by_hand import post, priced_tariff, road

EUR = 94.5 / 80.7
"""USD for one EUR: RUB per EUR over RUB per USD, as in the table of parameters."""


def weighing(tariff: Tariff, gross_mass_t: float) -> Tariff:
    """The tariff of a truck of another gross mass."""
    evidence = tariff.evidence
    vehicles = {key: replace(truck, gross_mass_t=gross_mass_t) for key, truck in evidence.vehicles.items()}
    return Tariff(replace(evidence, vehicles=vehicles), tariff.scenario, tariff.plate)


@pytest.mark.parametrize(("gross_mass_t", "entry_usd", "bridge_usd"), [(10, 130, 40), (20, 180, 60), (40, 250, 100)])
def test_turkmenistan_asks_by_mass(
    evidence: Evidence, gross_mass_t: float, entry_usd: float, bridge_usd: float
) -> None:
    tariff = weighing(priced_tariff(evidence, {}), gross_mass_t)
    bridge = bridge_fee_usd(tariff, "farap")
    assert entry_fee_usd(tariff, "TKM").value == entry_usd
    assert bridge is not None
    assert bridge.value == bridge_usd


def test_a_tier_by_mass_belongs_to_the_row_of_its_own_plates(evidence: Evidence) -> None:
    """An agreement with one plate is not undone by the tiers of all others."""
    agreed = priced_tariff(evidence, {"parameters.entry_fee_usd.TKM:PAK": 0})
    assert entry_fee_usd(weighing(agreed, 10), "TKM").value == 0


def test_at_home_there_is_no_entry_fee(evidence: Evidence) -> None:
    assert entry_fee_usd(priced_tariff(evidence, {}, plate="UZB"), "UZB") == Amount(0.0, ())


@pytest.mark.parametrize(("days", "extra_usd"), [(1, 0), (14, 0), (15, 200), (60, 200)])
def test_uzbekistan_asks_european_trucks_for_a_stay_beyond_fourteen_days(
    evidence: Evidence, days: int, extra_usd: float
) -> None:
    polish, pakistani = priced_tariff(evidence, {}, plate="POL"), priced_tariff(evidence, {})
    assert entry_fee_usd(polish, "UZB").value == 80
    assert long_stay_usd(polish, "UZB", days).value == extra_usd  # 280 - 80 beyond 14 days
    assert long_stay_usd(pakistani, "UZB", days).value == 0


def test_turkmenistan_is_known_to_ask_for_more_and_nobody_knows_how_much(evidence: Evidence) -> None:
    assert entry_extras_usd(priced_tariff(evidence, {}), "TKM").value is None
    assert entry_extras_usd(priced_tariff(evidence, {}, plate="TKM"), "TKM").value == 0
    assert entry_extras_usd(priced_tariff(evidence, {}), "UZB").value == 0
    told = priced_tariff(evidence, {"parameters.entry_extras_usd.TKM:*": 60})
    assert entry_extras_usd(told, "TKM").value == 60


def test_the_cheapest_mix_of_lithuanian_vignettes_covers_the_stay(evidence: Evidence) -> None:
    tariff = priced_tariff(evidence, {})
    eur = {days: (vignette_usd(tariff, "LTU", days).value or 0) / EUR for days in (1, 2, 3, 8, 10, 31)}
    # 16 a day, 40 a week, 79 a month: two days 32; three days a week; 40 + 16; 79 against 40 + 40; 79 + 16
    assert eur == pytest.approx({1: 16, 2: 32, 3: 40, 8: 56, 10: 79, 31: 95}, rel=1e-5)


def test_a_longer_stay_never_costs_less_and_only_whole_days_count() -> None:
    prices = {1: 16.0, 7: 40.0, 30: 79.0, 365: 834.0}
    usd = [cheapest_cover_usd(days, prices) for days in range(400)]
    assert usd == sorted(usd)
    assert usd[0] == 0


@pytest.mark.parametrize(("hours", "eur"), [(20.0, 16), (24.0, 16), (24.1, 32), (49.0, 40)])
def test_a_vignette_is_bought_for_every_day_begun(evidence: Evidence, hours: float, eur: float) -> None:
    stages = [road(priced_tariff(evidence, {}), LTU=300.0)]
    (row,) = stay_rows(stages, [TimeRow(0, "LTU", "drive", hours, ())])
    assert (row.component, row.country) == ("toll", "LTU")
    assert row.usd == pytest.approx(eur * EUR, rel=1e-5)
    assert has_stay_fees(stages)


def test_a_country_passed_at_sea_asks_for_no_vignette(evidence: Evidence) -> None:
    leg = road(priced_tariff(evidence, {}), LTU=300.0)
    ferry = replace(leg, stretches=tuple(replace(part, road_km=0.0) for part in leg.stretches))
    assert stay_rows([ferry], [TimeRow(0, "LTU", "ferry", 30.0, ())]) == []
    assert not has_stay_fees([ferry])


def test_plazas_whose_spacing_nobody_knows_leave_the_toll_unknown(evidence: Evidence) -> None:
    known = priced_tariff(
        evidence, {"parameters.toll_plaza_fee_usd.PAK": 2, "parameters.toll_plazas_per_100_km.PAK": 3}
    )
    assert known.plaza_usd_per_km("PAK").value == pytest.approx(0.06)  # 2 USD x 3 per 100 km
    assert known.plaza_usd_per_km("CHN").value == 0
    fee_only = priced_tariff(evidence, {"parameters.toll_plaza_fee_usd.CHN": 2})
    assert fee_only.plaza_usd_per_km("CHN").value is None


def test_the_risk_premium_is_a_share_of_the_value_of_the_cargo(evidence: Evidence) -> None:
    told = {"parameters.escort_usd.AFG": 300, "parameters.premium_share.AFG": 0.004}
    fees = risk_fees_usd(priced_tariff(evidence, told, "cargo.value_usd=90000"), "AFG")
    assert [fee.value for fee in fees] == [300, 360]  # 90,000 x 0.004
    assert [fee.value for fee in risk_fees_usd(priced_tariff(evidence, {}), "AFG")] == [None, None]


def test_a_trip_inside_the_european_union_has_no_unknown_fees_of_the_trip(evidence: Evidence) -> None:
    stages = [road(priced_tariff(evidence, {}, plate="POL"), POL=300.0, DEU=400.0)]
    assert trip_fees(stages) == []
    assert [fee.value for *_, fee in area_risk_fees(stages)] == [0, 0, 0, 0]


def test_a_foreign_truck_needs_insurance_and_permits_inside_the_european_union(evidence: Evidence) -> None:
    stages = [road(priced_tariff(evidence, {}), POL=300.0, DEU=400.0)]
    assert [name for name, _ in trip_fees(stages)] == ["insurance", "permit"]


def test_a_trip_at_home_needs_no_carnet_insurance_or_permit(evidence: Evidence) -> None:
    assert trip_fees([road(priced_tariff(evidence, {}), PAK=1200.0)]) == []


def test_a_trip_inside_the_customs_union_needs_insurance_and_no_carnet_or_permit(evidence: Evidence) -> None:
    tariff = priced_tariff(evidence, {}, plate="BLR")
    stages: list[PricedStage] = [
        road(tariff, BLR=200.0),
        post(tariff, "krasnaya_gorka", "BLR-RUS"),
        road(tariff, RUS=500.0),
    ]
    assert [name for name, _ in trip_fees(stages)] == ["insurance"]
    assert least_trip_fees_usd(tariff, ("BLR", "RUS")) == 0


def test_a_trip_over_a_customs_border_needs_all_three(evidence: Evidence) -> None:
    tariff = priced_tariff(evidence, {"parameters.tir_carnet_usd.*": 90})
    stages: list[PricedStage] = [road(tariff, PAK=100.0), post(tariff, "torkham", "PAK-AFG"), road(tariff, AFG=200.0)]
    assert dict(trip_fees(stages))["tir_carnet"].value == 90
    assert [name for name, fee in trip_fees(stages) if fee.value is None] == ["insurance", "permit"]
    assert least_trip_fees_usd(tariff, ("PAK", "AFG")) == 90
