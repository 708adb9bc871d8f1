"""Amounts with unknown parts: sums, differences, and what may be said of two of them (model.md 4.2)."""

from __future__ import annotations

from math import inf

import pytest

from corridor.costs.money_cell import MoneyCell, Reading

TOLL, PERMIT, FEE = "toll.CHN 595 km", "permit.PAK", "border_fee.IRN"


def cell(known_usd: float, *unknown: str) -> MoneyCell:
    return MoneyCell(known_usd, frozenset(unknown))


def test_a_sum_adds_what_is_known_and_unites_what_is_not() -> None:
    assert cell(100, TOLL, PERMIT) + cell(50, TOLL, FEE) == cell(150, TOLL, PERMIT, FEE)


def test_dividing_by_mass_keeps_what_is_unknown() -> None:
    assert cell(1800, TOLL).scaled(1 / 18) == cell(100, TOLL)


def test_a_negative_factor_is_refused() -> None:
    with pytest.raises(ValueError, match="expected a factor >= 0, got -1"):
        cell(100, TOLL).scaled(-1)


@pytest.mark.parametrize(
    ("a", "b", "reading"),
    [
        (cell(120, PERMIT), cell(100, PERMIT), "exact"),
        (cell(120, PERMIT, TOLL), cell(100, PERMIT), "at least"),
        (cell(120, PERMIT), cell(100, PERMIT, TOLL), "at most"),
        (cell(120, FEE), cell(100, TOLL), "not settled"),
    ],
)
def test_what_both_do_not_know_cancels_in_a_difference(a: MoneyCell, b: MoneyCell, reading: Reading) -> None:
    gap = a.minus(b)
    assert (gap.known_usd, gap.reading) == (20, reading)


def test_an_unknown_cancels_against_itself() -> None:
    own = cell(700, TOLL, PERMIT)
    assert (own.minus(own).known_usd, own.minus(own).reading) == (0, "exact")


def test_cheaper_is_certain_only_where_the_unknowns_cannot_turn_it() -> None:
    assert cell(100, PERMIT).is_surely_below(cell(120, PERMIT))
    assert cell(100).is_surely_below(cell(120, TOLL))  # the other can only become dearer
    assert not cell(100, TOLL).is_surely_below(cell(120))
    assert not cell(120).is_surely_below(cell(100, TOLL))
    assert not cell(100).is_surely_below(cell(100))


def test_a_bracket_may_settle_what_an_unknown_leaves_open() -> None:
    assert cell(100, TOLL).is_surely_below(cell(120), most_usd={TOLL: 19.9})  # 119.9 < 120
    assert not cell(100, TOLL).is_surely_below(cell(120), most_usd={TOLL: 20})
    assert not cell(100, TOLL, FEE).is_surely_below(cell(120), most_usd={TOLL: 1, FEE: inf})
