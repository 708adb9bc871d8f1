"""The tables say the same in whatever order their rows stand, and in whatever currency their amounts are given."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corridor.evidence import Evidence, Parameter, entry_rule, read_evidence, status_on
from corridor.evidence.parameters import FX_NAME
from corridor.evidence.prices import in_base_prices

DAYS = (date(2022, 6, 1), date(2024, 1, 22), date(2025, 9, 15), date(2026, 11, 1))
PLATES = ("PAK", "BLR", "POL", "UZB")


def shuffle_rows(folder: Path, seed: int) -> None:
    """Every table of a folder with its rows, each of them one line, in another order."""
    for path in sorted(folder.glob("*.csv")):
        header, *rows = path.read_text(encoding="utf-8").splitlines()
        order = np.random.default_rng(seed).permutation(len(rows))
        path.write_text("\n".join([header, *(rows[number] for number in order)]) + "\n", encoding="utf-8")


def entries(evidence: Evidence) -> Iterator[tuple[str, str, str]]:
    """Plate, country entered, country left, at every frontier."""
    for crossing in evidence.crossings.values():
        for direction in crossing.directions:
            left, entered = direction.split("-")
            for plate in PLATES:
                yield plate, entered, left


@pytest.mark.parametrize("seed", [1, 2])
def test_the_order_of_rows_changes_no_number_no_status_and_no_rule(tables: Path, evidence: Evidence, seed: int) -> None:
    shuffle_rows(tables, seed)
    found = read_evidence(tables)
    assert list(found.parameters) != list(evidence.parameters)  # the rows do stand in another order
    for name in ("parameters", "crossings", "ferries", "sea_routes", "driver_rules", "cargo_kinds", "truck_speeds"):
        assert getattr(found, name) == getattr(evidence, name), name
    for day in DAYS:
        for crossing in evidence.crossings:
            assert status_on(found, crossing, day) == status_on(evidence, crossing, day), (crossing, day)
        for plate, country, left in entries(evidence):
            rules = [
                entry_rule(one, plate=plate, country=country, entered_from=left, day=day) for one in (found, evidence)
            ]
            assert rules[0] == rules[1], (plate, country, left, day)


@cache
def shipped() -> Evidence:
    """Kept out of the arguments of the test below, whose reports of failed examples it would fill."""
    return read_evidence()


def restated(row: Parameter, local_per_usd: float) -> Parameter:
    """An amount in USD as a source would give it that writes in an invented currency."""
    unit = row.unit.replace("USD", "XTS", 1)
    stated = row.stated_value * local_per_usd
    return replace(row.scaled(local_per_usd), currency="XTS", unit=unit, stated_value=stated)


@given(local_per_usd=st.floats(0.001, 50_000))
@settings(max_examples=10, deadline=None)
def test_amounts_given_in_another_currency_at_its_rate_are_the_same_dollars(local_per_usd: float) -> None:
    before = shipped().parameters
    rate = replace(before[FX_NAME, "EUR"], scope="XTS", value=local_per_usd, stated_value=local_per_usd)
    abroad = {key: restated(row, local_per_usd) if row.currency == "USD" else row for key, row in before.items()}
    after = in_base_prices({**abroad, (FX_NAME, "XTS"): rate}, shipped().prices)
    in_dollars = [key for key, row in before.items() if row.currency == "USD"]
    assert len(in_dollars) > 20
    assert [after[key].value for key in in_dollars] == pytest.approx([before[key].value for key in in_dollars])
    assert [after[key].high for key in in_dollars] == pytest.approx([before[key].high for key in in_dollars])
