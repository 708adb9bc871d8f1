"""Price year and currency: one order of conversion, no nearest year, and amounts that keep their year say so."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridor.errors import DataError
from corridor.evidence import Evidence, Parameter, PriceBasis, PriceIndex, conversion_text, find_figures, read_evidence
from corridor.evidence.prices import in_base_prices, usd_in_base_prices
from tests.evidence.conftest import add_rows

BASE = 2025


def amount(value: float, currency: str = "EUR", year: int | None = 2021, name: str = "tyres_usd_per_km") -> Parameter:
    return Parameter(
        name,
        "*",
        value,
        value / 2,
        value * 2,
        f"{currency}/km",
        currency,
        value,
        year,
        ("s",),
        "C",
        "",
        price_year=year,
    )


def rate(local_per_usd: float, currency: str = "EUR", year: int = BASE) -> Parameter:
    name = "fx_local_per_usd"
    return Parameter(name, currency, local_per_usd, None, None, "local/USD", "", local_per_usd, year, ("s",), "B", "")


def prices(*levels: tuple[str, int, float], index: str = "purchases") -> PriceBasis:
    """A base year, the levels of one index, and one parameter that follows purchases."""
    rows = [PriceIndex(currency, index, year, level, ("s",), "B", "") for currency, year, level in levels]
    indices = {(row.currency, row.index, row.year): row for row in rows}
    return PriceBasis(BASE, indices, {"tyres_usd_per_km": "purchases", "toll_usd_per_km": "none"})


def convert(row: Parameter, basis: PriceBasis, *rates: Parameter) -> Parameter:
    return in_base_prices({(one.name, one.scope): one for one in (row, *rates)}, basis)[row.name, row.scope]


def test_tyres_of_2021_are_inflated_in_euro_and_then_converted() -> None:
    basis = prices(("EUR", 2021, 100.0), ("EUR", BASE, 130.0))
    tyres = convert(amount(0.049), basis, rate(1 / 1.171))
    assert tyres.value == pytest.approx(0.0746, abs=5e-5)  # 0.049 EUR x 130/100 x 1.171 USD/EUR = 0.07459
    assert tyres.low == pytest.approx(tyres.value / 2)
    assert tyres.high == pytest.approx(tyres.value * 2)
    assert (tyres.price_year, tyres.year, tyres.stated_value) == (BASE, 2021, 0.049)


def test_an_amount_rests_on_its_rate_and_on_both_levels_of_its_index() -> None:
    basis = prices(("EUR", 2021, 100.0), ("EUR", BASE, 130.0))
    assert convert(amount(0.049), basis, rate(0.9)).basis == (
        "parameters.tyres_usd_per_km.*",
        "parameters.fx_local_per_usd.EUR",
        "deflators.EUR.purchases.2025",
        "deflators.EUR.purchases.2021",
    )
    assert convert(amount(4.0, "USD"), prices()).basis == ("parameters.tyres_usd_per_km.*",)


def test_the_other_order_would_use_the_inflation_of_the_dollar_and_differ() -> None:
    own_first = usd_in_base_prices(100.0, inflation=2.0, local_per_usd=300.0)  # 100 x 2 / 300 = 0.667
    dollar_first = 100.0 / 160.0 * 1.25  # at the rate of then, 160, and 25 % of inflation in USD = 0.781
    assert own_first == pytest.approx(0.6667, abs=1e-4)
    assert dollar_first / own_first == pytest.approx(300 / 160 * 1.25 / 2.0)  # the change of the real rate


def test_an_amount_in_dollars_is_inflated_and_needs_no_rate() -> None:
    basis = prices(("USD", 2021, 80.0), ("USD", BASE, 100.0))
    assert convert(amount(4.0, "USD"), basis).value == pytest.approx(5.0)  # 4 x 100/80


def test_an_amount_without_an_index_keeps_its_year_and_says_so() -> None:
    kept = convert(amount(0.049), prices(), rate(0.5))
    assert kept.value == pytest.approx(0.098)  # 0.049 / 0.5
    assert kept.price_year == 2021


def test_a_fee_fixed_by_law_is_not_inflated() -> None:
    basis = prices(("EUR", 2021, 100.0), ("EUR", BASE, 130.0))
    toll = convert(amount(0.2, name="toll_usd_per_km"), basis, rate(0.5))
    assert toll.value == pytest.approx(0.4)  # 0.2 / 0.5
    assert toll.price_year == 2021


def test_an_undated_amount_is_not_inflated() -> None:
    basis = prices(("EUR", 2021, 100.0), ("EUR", BASE, 130.0))
    assert convert(amount(0.2, year=None), basis, rate(0.5)).price_year is None


def test_an_index_for_other_years_is_no_substitute() -> None:
    basis = prices(("EUR", 2020, 95.0), ("EUR", BASE, 130.0))
    with pytest.raises(DataError, match="expected the index 'purchases' of EUR for 2021 and 2025, got none for 2021"):
        convert(amount(0.049), basis, rate(0.5))


def test_an_inflated_amount_needs_the_rate_of_the_base_year() -> None:
    basis = prices(("EUR", 2021, 100.0), ("EUR", BASE, 130.0))
    with pytest.raises(DataError, match="expected the rate of EUR of that year, got one of 2024"):
        convert(amount(0.049), basis, rate(0.5, year=2024))


def test_a_missing_rate_is_an_error_that_names_the_currency() -> None:
    with pytest.raises(DataError, match="expected a row of 'fx_local_per_usd' for EUR, got none"):
        convert(amount(0.049), prices())


def test_all_that_is_missing_is_said_at_once() -> None:
    rows = {
        (str(number), "*"): replace(amount(1.0, currency), name=str(number)) for number, currency in enumerate("AB")
    }
    with pytest.raises(DataError) as caught:
        in_base_prices(rows, prices())
    assert len(str(caught.value).splitlines()) == 2


@given(
    value=st.floats(1e-3, 1e6),
    local_per_usd=st.floats(1e-3, 1e4),
    then=st.floats(1.0, 1e3),
    now=st.floats(1.0, 1e3),
)
def test_back_to_the_currency_and_the_year_gives_the_amount_again(
    value: float, local_per_usd: float, then: float, now: float
) -> None:
    basis = prices(("EUR", 2021, then), ("EUR", BASE, now))
    usd = convert(amount(value), basis, rate(local_per_usd)).value
    assert usd * local_per_usd * then / now == pytest.approx(value)


@given(factor=st.floats(0.1, 10.0))
def test_the_scale_of_an_index_does_not_matter(factor: float) -> None:
    one = convert(amount(1.0), prices(("EUR", 2021, 100.0), ("EUR", BASE, 130.0)), rate(0.9))
    other = convert(amount(1.0), prices(("EUR", 2021, 100.0 * factor), ("EUR", BASE, 130.0 * factor)), rate(0.9))
    assert one.value == pytest.approx(other.value)


def test_converting_twice_is_converting_once() -> None:
    basis = prices(("EUR", 2021, 100.0), ("EUR", BASE, 130.0))
    rows = {(row.name, row.scope): row for row in (amount(0.049), rate(0.9))}
    once = in_base_prices(rows, basis)
    again = in_base_prices(once, basis)
    assert again["tyres_usd_per_km", "*"].value == pytest.approx(once["tyres_usd_per_km", "*"].value)


def test_no_index_is_shipped_so_every_bundled_amount_keeps_its_year(evidence: Evidence) -> None:
    assert evidence.prices.base_year == BASE
    assert not evidence.prices.indices
    assert all(row.price_year == row.year for row in evidence.parameters.values() if row.currency)


def test_a_table_of_deflators_moves_every_indexed_amount_of_its_currency(tables: Path, evidence: Evidence) -> None:
    levels = {2021: 100.0, 2024: 120.0, BASE: 125.0}
    for index in ("purchases", "wages"):
        rows = (f"EUR,{index},{year},{level},judgement,D,invented for this test" for year, level in levels.items())
        add_rows(tables / "deflators.csv", *rows)
    moved = read_evidence(tables)
    for name, scope in (("vehicle_usd_per_h", "PAK"), ("driver_usd_per_h", "LTU")):
        before, after = evidence.parameter(name, scope), moved.parameter(name, scope)
        assert after.value == pytest.approx(before.value * 1.25)  # 125 / 100
        assert after.price_year == BASE
    toll = moved.parameter("toll_usd_per_km", "DEU")
    assert (toll.value, toll.price_year) == (evidence.parameter("toll_usd_per_km", "DEU").value, 2023)
    (level,) = find_figures("deflators.EUR.wages.2021", moved)
    assert (level.value, level.grade) == (100.0, "D")
    text = conversion_text(moved.parameter("vehicle_usd_per_h", "LTU"), moved)
    assert text == "2.74 EUR/h x 1.25 (EUR purchases, 2021 to 2025) / 0.853971 EUR/USD (2025); in prices of 2025"


def test_faulty_rows_of_both_tables_are_refused_with_their_lines(tables: Path) -> None:
    line = add_rows(tables / "deflators.csv", "EUR,purchases,2021,-5,judgment,D,")
    with pytest.raises(DataError, match=rf"deflators.csv:{line}: .*judgment(.|\n)*value: expected 1e-06 to 1e\+12"):
        read_evidence(tables)


def test_what_a_scenario_sets_is_in_prices_of_the_base_year(evidence: Evidence) -> None:
    own = evidence.overridden({"parameters.diesel_usd_per_l.PAK": 1.1}).parameter("diesel_usd_per_l", "PAK")
    assert (own.value, own.year, own.price_year) == (1.1, None, BASE)
