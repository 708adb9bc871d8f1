"""What the figures rest on: the numbers behind a ledger, and how much of a total is weak or in old prices."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import fsum

from corridor.analysis.assessment import Assessment, Option
from corridor.costs.ledger import CarbonRow, MoneyRow, TimeRow
from corridor.evidence import GRADES, NOT_GRADED, Evidence, Figure, find_figures

GRADE_ORDER = (*GRADES, NOT_GRADED)
WEAK_GRADES = ("C", "D")
UNDATED = "undated"
"""Year of prices of which no source gives the year."""

CARGO_TIME = "cargo_time"
"""Component of generalised cost beside money: what a day takes off the cargo's value."""

Shares = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class UsedFigure:
    """One number that an option rests on, the labels of those options, and the components it enters."""

    figure: Figure
    options: tuple[str, ...]
    components: tuple[str, ...]

    @property
    def is_of_post(self) -> bool:
        """Whether it is hours or fees of a border post or a ferry."""
        return self.figure.key.startswith(("crossings.", "ferries."))


def build_used_figures(assessment: Assessment) -> list[UsedFigure]:
    """Every number that any option rests on, by key; a set of rules appears with each of its numbers."""
    labels: defaultdict[str, dict[str, None]] = defaultdict(dict)
    components: defaultdict[str, set[str]] = defaultdict(set)
    for label, component, basis in _uses(assessment):
        for key in basis:
            labels[key][label] = None
            components[key].add(component)
    return [
        UsedFigure(figure, tuple(labels[key]), tuple(sorted(components[key])))
        for key in sorted(labels)
        for figure in find_figures(key, assessment.evidence) or (_unresolved(key),)
    ]


def _uses(assessment: Assessment) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Label, component and keys of every row of every ledger, and of the cargo's time."""
    cargo_key = f"cargo_kinds.{assessment.scenario.cargo.kind}.vot_share_per_day"
    for option in assessment.all_options:
        rows: tuple[TimeRow | MoneyRow | CarbonRow, ...] = (
            *option.ledger.time,
            *option.ledger.money,
            *option.ledger.carbon,
        )
        for row in rows:
            yield option.label, row.component, row.basis
        yield option.label, CARGO_TIME, (cargo_key,)


def _unresolved(key: str) -> Figure:
    return Figure(key, key, "", key, None, "", (), NOT_GRADED, "")


def weakest_grade(basis: Iterable[str], evidence: Evidence) -> str:
    """The worst grade among pieces of evidence; `NOT_GRADED` where there is none (model.md 4.3)."""
    return _weakest(figure.grade for key in basis for figure in find_figures(key, evidence))


def _weakest(grades: Iterable[str]) -> str:
    return max((grade for grade in grades if grade in GRADES), default=NOT_GRADED)


def time_grade_shares(option: Option, evidence: Evidence) -> dict[str, float]:
    """Share of an option's hours on each grade; a row counts with the weakest thing it rests on."""
    grades = _grades_by_basis(option.ledger.time, evidence)
    return _in_order(_shares((grades[row.basis], row.hours) for row in option.ledger.time))


def money_grade_shares(option: Option, evidence: Evidence) -> dict[str, float]:
    """Share of an option's known USD on each grade."""
    grades = _grades_by_basis(option.ledger.money, evidence)
    return _in_order(_shares((grades[row.basis], row.usd) for row in option.ledger.money if row.usd is not None))


def _grades_by_basis(rows: Sequence[TimeRow | MoneyRow], evidence: Evidence) -> dict[tuple[str, ...], str]:
    bases = {row.basis for row in rows}
    grades = {key: weakest_grade((key,), evidence) for key in {key for basis in bases for key in basis}}
    return {basis: _weakest(grades[key] for key in basis) for basis in bases}


def _in_order(shares: Shares) -> dict[str, float]:
    return {grade: shares.get(grade, 0.0) for grade in GRADE_ORDER}


def weak_share(shares: Shares) -> float:
    """Share that rests on derived figures or judgement."""
    return fsum(shares[grade] for grade in WEAK_GRADES)


def price_year_shares(option: Option, evidence: Evidence) -> dict[str, float]:
    """Share of an option's known USD by the year of its prices, oldest first, `UNDATED` last.

    An amount that rests on prices of several years counts with the oldest.
    """
    money = [row for row in option.ledger.money if row.usd]
    years = {basis: price_year(basis, evidence) for basis in {row.basis for row in money}}
    shares = _shares((years[row.basis], row.usd or 0.0) for row in money)
    return {year: shares[year] for year in sorted(shares, key=lambda year: (year == UNDATED, year))}


def price_year(basis: Iterable[str], evidence: Evidence) -> str:
    """The year in whose prices an amount is, the oldest of several; what a scenario sets is of the base year.

    An amount that rests on no price of a table is a share of the cargo's value, which the scenario sets.
    """
    figures = [figure for key in basis for figure in find_figures(key, evidence)]
    base = evidence.prices.base_year
    prices = [figure for figure in figures if figure.unit.startswith("USD")]
    years = [base if figure.is_of_scenario else figure.price_year for figure in prices]
    if figures and not prices:
        return str(base)
    known = [year for year in years if year is not None]
    return str(min(known)) if known and len(known) == len(years) else UNDATED


def other_years(shares: Shares, base_year: int) -> dict[str, float]:
    """The shares that are not in prices of the base year."""
    return {year: share for year, share in shares.items() if year != str(base_year)}


def _shares(parts: Iterable[tuple[str, float]]) -> dict[str, float]:
    """Name -> its share of the sum of all amounts."""
    amounts: defaultdict[str, list[float]] = defaultdict(list)
    for name, amount in parts:
        amounts[name].append(amount)
    total = fsum(amount for part in amounts.values() for amount in part)
    return {name: fsum(part) / total if total else 0.0 for name, part in amounts.items()}
