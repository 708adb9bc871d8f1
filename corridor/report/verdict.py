"""The three cards under the headline: the best option, the runner-up, and what lies between them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from corridor.analysis.assessment import Assessment, Option
from corridor.costs.money_cell import Reading
from corridor.report.naming import corridor_names, via_text
from corridor.report.numerals import HOURS_PER_DAY, KG_PER_T
from corridor.report.option_rows import OptionRow
from corridor.report.wording import compared_option

GAP_NOTES: Mapping[Reading, str] = MappingProxyType(
    {"exact": "", "at least": "or more", "at most": "or less", "not settled": "on what is known"}
)
"""How a difference of two amounts with unknown parts is to be read."""


@dataclass(frozen=True, slots=True)
class Card:
    """One card: its numbers are name, number, unit and a note such as "at least"."""

    title: str
    corridor: str
    way: str
    row: OptionRow | None
    numbers: tuple[tuple[str, str, str, str], ...]


def build_cards(assessment: Assessment, open_rows: list[OptionRow]) -> list[Card]:
    """Best, the option to compare it with, and the difference, as far as there are so many open options."""
    if not assessment.options:
        return []
    best = assessment.options[0]
    cards = [_card("Best", best, assessment, open_rows)]
    if len(assessment.options) > 1:
        second = compared_option(assessment)
        title = "Best on other roads" if assessment.rival else "Runner-up"
        cards += [_card(title, second, assessment, open_rows), _gap_card(best, second)]
    return cards


def _card(title: str, option: Option, assessment: Assessment, open_rows: list[OptionRow]) -> Card:
    row = open_rows[assessment.options.index(option)]
    name = corridor_names(option, assessment.evidence)
    return Card(title, name, _way(option, assessment), row, _numbers(option))


def _way(option: Option, assessment: Assessment) -> str:
    text = via_text(option, assessment.all_options, assessment.evidence)
    return text[:1].upper() + text[1:]


def _numbers(option: Option) -> tuple[tuple[str, str, str, str], ...]:
    ledger = option.ledger
    return (
        ("Cost per truck", f"{ledger.money_usd:,.0f}", "USD", "at least" if ledger.is_lower_bound else ""),
        ("Door to door", f"{ledger.time_h / HOURS_PER_DAY:.1f}", "days", ""),
        ("Emissions", f"{ledger.co2e_wtw_kg / KG_PER_T:.1f}", "t CO₂e", ""),
    )


def _gap_card(best: Option, second: Option) -> Card:
    """Differences of the second option to the best one, with sign."""
    gap = second.ledger.money_cell.minus(best.ledger.money_cell)
    days = (second.ledger.time_h - best.ledger.time_h) / HOURS_PER_DAY
    tonnes = (second.ledger.co2e_wtw_kg - best.ledger.co2e_wtw_kg) / KG_PER_T
    return Card(
        "Difference",
        "",
        f"{second.label} against {best.label}",
        None,
        (
            ("Cost per truck", signed(gap.known_usd, decimals=0), "USD", GAP_NOTES[gap.reading]),
            ("Door to door", signed(days, decimals=1), "days", ""),
            ("Emissions", signed(tonnes, decimals=1), "t CO₂e", ""),
        ),
    )


def signed(difference: float, *, decimals: int) -> str:
    """A difference with its sign; a true minus, and no sign on zero.

    Examples
    --------
    >>> signed(612.4, decimals=0), signed(-2.44, decimals=1), signed(-0.01, decimals=1)
    ('+612', '−2.4', '0.0')
    """
    size = f"{abs(difference):,.{decimals}f}"
    if float(size.replace(",", "")) == 0:
        return size
    return ("+" if difference > 0 else "−") + size
