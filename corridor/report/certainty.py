"""What the unknown fees leave open: whether an option is surely cheapest, or surely first (model.md 4.2)."""

from __future__ import annotations

from collections.abc import Sequence

from corridor.analysis.assessment import Option
from corridor.costs.money_cell import MoneyCell

UNSETTLED = "That holds for what is known: fees that nobody knows differ between the options and may change it."
"""Said where an option is cheapest only as far as fees are known."""


def is_surely_cheapest(cheapest: Option, options: Sequence[Option]) -> bool:
    """Whether no other option can cost less money, whatever the unknown fees are."""
    cell = cheapest.ledger.money_cell
    return all(cell.is_surely_below(other.ledger.money_cell) for other in options if other is not cheapest)


def is_surely_best(options: Sequence[Option]) -> bool:
    """Whether the first option has the least generalised cost, whatever the unknown fees are."""
    cells = [MoneyCell(option.generalised_cost_usd, option.ledger.money_cell.unknown) for option in options]
    return all(cells[0].is_surely_below(other) for other in cells[1:])
