"""Parameters: units, currencies, scopes, and that a faulty table is refused whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from corridor.errors import DataError, ScenarioError
from corridor.evidence import Evidence, read_evidence
from corridor.evidence.parameters import scopes_to_try
from tests.evidence.conftest import add_rows


def test_the_belarusian_toll_is_converted_from_euro(evidence: Evidence) -> None:
    toll = evidence.parameter("toll_usd_per_km", "BLR")
    assert toll.value == pytest.approx(0.176 * 94.5 / 80.7, abs=1e-6)  # EUR/km x (RUB/EUR / RUB/USD) = 0.206
    assert (toll.stated_value, toll.unit, toll.currency, toll.grade) == (0.176, "EUR/km", "EUR", "B")


def test_low_and_high_are_converted_with_the_value(evidence: Evidence) -> None:
    toll = evidence.parameter("toll_usd_per_km", "PAK")
    assert toll.value == pytest.approx(15.5 / 280)
    assert toll.low == pytest.approx(11.5 / 280)
    assert toll.high == pytest.approx(18 / 280)


@pytest.mark.parametrize(
    ("name", "year_eur"),
    [
        ("driver_usd_per_h", 23_847 * 1.15),
        ("vehicle_usd_per_h", 13_713 + 3_440 + 654),
        ("overhead_usd_per_h", 7_255),
    ],
)
def test_a_lithuanian_hour_is_a_year_over_271_days(evidence: Evidence, name: str, year_eur: float) -> None:
    assert evidence.parameter(name, "LTU").stated_value == round(year_eur / 271 / 24, 2)


def test_the_pakistani_driver_is_paid_by_his_own_month(evidence: Evidence) -> None:
    pay = evidence.parameter("driver_usd_per_h", "PAK")
    assert pay.value == pytest.approx(106_000 / 730 * 1.2 / 280, rel=1e-3)  # 0.62 USD/h


def test_fuel_in_mountains_grows_by_what_was_said_of_the_karakoram_highway(evidence: Evidence) -> None:
    factor = evidence.parameter("fuel_terrain_factor_per_100_m", "*")
    capped = evidence.parameter("relief_cap_m", "*").value / 100
    assert (factor.low, factor.high) == (0.30 / capped, 0.60 / capped)


def test_well_to_wheel_is_never_below_tank_to_wheel(evidence: Evidence) -> None:
    assert evidence.parameter("wtw_kg_per_l", "*").value > evidence.parameter("ttw_kg_per_l", "*").value


def test_an_own_row_wins_over_the_area_and_the_area_over_all_others(evidence: Evidence) -> None:
    assert evidence.parameter("entry_fee_usd", "UZB:KAZ").value == 300
    assert evidence.parameter("entry_fee_usd", "UZB:LTU").value == 80
    assert evidence.parameter("entry_fee_usd", "UZB:PAK").value == 400
    assert evidence.parameter("entry_fee_usd", "BLR:PAK").value == 0


def test_scopes_are_tried_from_the_narrow_to_the_wide() -> None:
    assert scopes_to_try("AFG:PAK", {"LTU": "EU_EFTA"}) == ["AFG:PAK", "AFG:*", "*"]
    assert scopes_to_try("LTU", {"LTU": "EU_EFTA"}) == ["LTU", "EU_EFTA", "*"]


@pytest.mark.parametrize("country", ["CHN", "IRN", "TUR", "AZE", "LVA"])
def test_a_toll_of_unknown_rate_stays_unknown(evidence: Evidence, country: str) -> None:
    assert evidence.find_parameter("toll_usd_per_km", country) is None
    with pytest.raises(DataError, match=f"'toll_usd_per_km' is not known for '{country}'"):
        evidence.parameter("toll_usd_per_km", country)


@pytest.mark.parametrize("name", ["insurance_usd", "permit_usd", "escort_usd", "premium_share", "swap_fee_usd"])
def test_nobody_invented_what_was_not_found(evidence: Evidence, name: str) -> None:
    assert evidence.find_parameter(name, "*") is None
    assert evidence.overridden({f"parameters.{name}.*": 0.1}).parameter(name, "*").value == 0.1


def test_a_misspelt_parameter_names_the_nearest(evidence: Evidence) -> None:
    with pytest.raises(DataError, match=r"no parameter 'diesel_usd_per_litre'. Did you mean 'diesel_usd_per_l'\?"):
        evidence.find_parameter("diesel_usd_per_litre", "PAK")


def test_every_derived_parameter_shows_its_sum_in_the_note(evidence: Evidence) -> None:
    derived = [row for row in evidence.parameters.values() if row.grade == "C"]
    assert [row.key for row in derived if "=" not in row.note] == []


def test_every_kilometre_price_with_a_toll_has_a_share_of_tolled_road(evidence: Evidence) -> None:
    tolled = {scope for name, scope in evidence.parameters if name == "toll_usd_per_km"}
    assert tolled == {scope for name, scope in evidence.parameters if name == "tolled_km_share"}


def test_all_faults_of_the_parameter_table_come_at_once(tables: Path) -> None:
    first = add_rows(
        tables / "parameters.csv",
        "toll_usd_per_kilometre,PAK,1,,,USD/km,USD,2025,judgement,D,",
        "toll_usd_per_km,PAC,1,,,USD/km,USD,2025,judgement,D,",
        "toll_usd_per_km,GEO,1,,,EUR/mile,EUR,2025,judgment,D,",
        "toll_usd_per_km,TJK,1,,,GBP/km,GBP,2025,judgement,D,",
        "toll_usd_per_km,KGZ,1,2,1,USD/km,USD,2025,judgement,D,",
        "idle_share,PAK,1.5,,,share,USD,2025,judgement,D,",
        "clear_h,*,2,1,,h,,2025,judgement,D,",
    )
    with pytest.raises(DataError) as caught:
        read_evidence(tables)
    found = str(caught.value)
    for offset, words in enumerate(
        [
            "unknown parameter 'toll_usd_per_kilometre'. Did you mean 'toll_usd_per_km'?",
            "unknown country 'PAC'. Did you mean 'PAK'?",
            "unit: expected EUR/km, got 'EUR/mile'",
            "'fx_local_per_usd' has no row for 'GBP'",
            "expected low <= high, got low 2, high 1",
            "expected no currency, got 'USD'",
            "expected both or neither",
        ]
    ):
        assert any(
            line.startswith(f"parameters.csv:{first + offset}:") and words in line for line in found.splitlines()
        )
    assert "unknown source 'judgment'. Did you mean 'judgement'?" in found
    assert "value: expected 0 to 1 share, got 1.5" in found
    assert "'idle_share' is one number for all; expected '*', got 'PAK'" in found


def test_a_missing_date_of_the_evidence_is_refused(tables: Path) -> None:
    (tables / "evidence.toml").write_text("as_of = 2026-05-31\n", encoding="utf-8")
    with pytest.raises(DataError, match="evidence_as_of: expected a date like 2026-05-31, got 'None'"):
        read_evidence(tables)


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("parameters.vignette_usd.*", r"expected a whole number of days and a colon first, got '\*'"),
        ("parameters.vignette_usd.LTU", "expected a whole number of days and a colon first, got 'LTU'"),
        ("parameters.vignette_usd.07:LTU", "expected a whole number of days and a colon first, got '07'"),
        ("parameters.vignette_usd.7:LTV", "unknown country 'LTV'"),
        ("parameters.entry_fee_by_mass_usd.x:TKM:*", "expected a whole number of t and a colon first, got 'x'"),
        ("parameters.bridge_fee_by_mass_usd.20:farab", "unknown post 'farab'"),
        ("parameters.surface_cost_factor.mud", "unknown surface 'mud'"),
    ],
)
def test_a_tier_names_its_limit_first(evidence: Evidence, key: str, words: str) -> None:
    with pytest.raises(ScenarioError, match=words):
        evidence.overridden({key: 1})


def test_tiers_come_by_their_limit_and_of_their_own_scope_only(evidence: Evidence) -> None:
    assert [(limit, row.value) for limit, row in evidence.tiers("entry_fee_by_mass_usd", "TKM:*")] == [
        (10, 130),
        (20, 180),
    ]
    assert evidence.tiers("entry_fee_by_mass_usd", "TKM:PAK") == ()


def test_every_plaza_fee_has_a_spacing_and_a_share_of_road(evidence: Evidence) -> None:
    with_plazas = {scope for name, scope in evidence.parameters if name == "toll_plaza_fee_usd"}
    for other in ("toll_plazas_per_100_km", "plaza_km_share"):
        assert with_plazas == {scope for name, scope in evidence.parameters if name == other}


def test_every_fee_by_mass_or_stay_belongs_to_a_fee_without_limit(evidence: Evidence) -> None:
    owners = {
        "entry_fee_by_mass_usd": "entry_fee_usd",
        "long_stay_fee_usd": "entry_fee_usd",
        "bridge_fee_by_mass_usd": "bridge_fee_usd",
    }
    tiers = [(name, scope.partition(":")[2]) for name, scope in evidence.parameters if name in owners]
    assert tiers
    assert [(name, scope) for name, scope in tiers if (owners[name], scope) not in evidence.parameters] == []
