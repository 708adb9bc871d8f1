"""What is said of amounts with unknown parts holds whatever the unknown parts turn out to be (model.md 4.2)."""

from __future__ import annotations

from collections.abc import Mapping
from math import fsum

from hypothesis import given
from hypothesis import strategies as st

from corridor.costs.money_cell import MoneyCell

NAMES = ("toll.CHN 595 km", "toll.RUS 1270 km", "permit.PAK", "insurance.PAK")
USD = st.integers(0, 500).map(float)
"""Whole dollars, which add up exactly."""

CELLS = st.builds(MoneyCell, USD, st.frozensets(st.sampled_from(NAMES)))
FOUND_OUT = st.fixed_dictionaries(dict.fromkeys(NAMES, USD))
"""What each unknown amount turns out to be."""


def true_usd(cell: MoneyCell, found_out: Mapping[str, float]) -> float:
    return cell.known_usd + fsum(found_out[name] for name in cell.unknown)


@given(a=CELLS, b=CELLS, found_out=FOUND_OUT)
def test_at_least_and_at_most_are_what_they_say(a: MoneyCell, b: MoneyCell, found_out: Mapping[str, float]) -> None:
    gap = a.minus(b)
    true_gap_usd = true_usd(a, found_out) - true_usd(b, found_out)
    assert {
        "exact": true_gap_usd == gap.known_usd,
        "at least": true_gap_usd >= gap.known_usd,
        "at most": true_gap_usd <= gap.known_usd,
        "not settled": True,
    }[gap.reading]


@given(a=CELLS, b=CELLS, most=FOUND_OUT, share=st.floats(0, 1))
def test_what_is_surely_cheaper_is_cheaper_however_dear_its_unknown_parts_turn_out(
    a: MoneyCell, b: MoneyCell, most: Mapping[str, float], share: float
) -> None:
    found_out = {name: share * usd for name, usd in most.items()}  # within the brackets
    if a.is_surely_below(b, most_usd=most):
        assert true_usd(a, found_out) < true_usd(b, found_out)
    if a.is_surely_below(b):  # without brackets
        assert true_usd(a, most) < true_usd(b, most)


@given(a=CELLS, b=CELLS, c=CELLS)
def test_sums_do_not_depend_on_their_order_and_an_unknown_part_never_gets_lost(
    a: MoneyCell, b: MoneyCell, c: MoneyCell
) -> None:
    assert a + b == b + a
    assert (a + b) + c == a + (b + c)
    assert (a + b).is_lower_bound == (a.is_lower_bound or b.is_lower_bound)
