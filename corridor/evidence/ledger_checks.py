"""Whether every number can be trusted as far as it says: one function per check, each naming the offenders."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from corridor.evidence.evidence import Evidence
from corridor.evidence.figures import list_figures
from corridor.evidence.ledger_rows import Sourced, graded_rows, source_users
from corridor.evidence.parameters import FX_NAME
from corridor.evidence.prices import price_faults
from corridor.evidence.sources import GRADES

Check = Callable[[Evidence], Iterable[str]]

IN_HOUSE_SOURCES = frozenset({"judgement", "general-knowledge", "model-specification"})
"""Keys of sources.csv that are no publication: what rests on them alone is an estimate."""

DERIVED_AT_BEST = ("A", "B", "C")

STALE_AFTER_YEARS = 5
"""A figure older than this before `evidence_as_of` is called stale: it predates the post-pandemic prices, the closures
of 2022-2026 and the latest two reports of CPMM, the main source."""


@dataclass(frozen=True, slots=True)
class LedgerFinding:
    """What one check has found: a ``fault`` breaks the rules of the tables, a ``warning`` a reader should know."""

    severity: Literal["fault", "warning"]
    check: str
    text: str


def check_ledger(evidence: Evidence, measures: Iterable[Sourced] = ()) -> list[LedgerFinding]:
    """Everything the checks find, faults first, in the order of the checks and of the tables.

    Parameters
    ----------
    measures : the bundled ones, which use sources as well
    """
    faults = [LedgerFinding("fault", name, text) for name, check in FAULT_CHECKS.items() for text in check(evidence)]
    faults += [LedgerFinding("fault", "unused source", text) for text in unused_sources(evidence, measures)]
    return faults + [
        LedgerFinding("warning", name, text) for name, check in WARNING_CHECKS.items() for text in check(evidence)
    ]


def rows_without_unit(evidence: Evidence) -> Iterator[str]:
    """Numbers of which nobody says what they count."""
    for figure in list_figures(evidence):
        if figure.value is not None and not figure.unit:
            yield f"{figure.key}: has no unit; expected one. Add it."


def rows_without_year(evidence: Evidence) -> Iterator[str]:
    """Undated parameters and measurements whose note does not say so."""
    for row in graded_rows(evidence):
        if row.has_year and row.year is None and not any(word in row.note for word in ("dated", "year")):
            yield f"{row.where}: has no year; expected one, or a note that says why the source is undated."


def rows_without_source(evidence: Evidence) -> Iterator[str]:
    """Rows that name no source."""
    for row in graded_rows(evidence):
        if not row.source:
            yield f"{row.where}: names no source; expected keys of sources.csv."


def values_outside_their_range(evidence: Evidence) -> Iterator[str]:
    """Means that are not between their low and high."""
    for figure in list_figures(evidence):
        known = (figure.low, figure.value, figure.high)
        if None not in known and not (figure.low or 0.0) <= (figure.value or 0.0) <= (figure.high or 0.0):
            yield (
                f"{figure.key}: the mean is outside its range; expected {figure.low:g} to {figure.high:g}, "
                f"got {figure.value:g}."
            )


def ranges_upside_down(evidence: Evidence) -> Iterator[str]:
    """Rows whose low is above their high."""
    for figure in list_figures(evidence):
        if figure.low is not None and figure.high is not None and figure.low > figure.high:
            yield f"{figure.key}: expected low <= high, got low {figure.low:g}, high {figure.high:g}."


def values_outside_their_definition(evidence: Evidence) -> Iterator[str]:
    """Parameters beyond the bounds that parameter_definitions.csv sets."""
    for row in evidence.parameters.values():
        bounds = evidence.definitions[row.name]
        for name, number in (("value", row.value), ("low", row.low), ("high", row.high)):
            if number is not None and not bounds.minimum <= number <= bounds.maximum:
                wanted = f"{bounds.minimum:g} to {bounds.maximum:g} {bounds.unit}"
                yield f"{row.key}: {name}: expected {wanted}, got {number:g}."


def unused_sources(evidence: Evidence, measures: Iterable[Sourced]) -> Iterator[str]:
    """Publications that neither a row nor a measure names."""
    used = source_users(evidence, measures)
    for key in evidence.sources:
        if key not in used:
            yield f"sources.csv: '{key}' is used by no row. Remove it or use it."


def missing_sources(evidence: Evidence) -> Iterator[str]:
    """Keys that rows name and sources.csv does not know."""
    for key, users in source_users(evidence).items():
        if key not in evidence.sources:
            yield f"sources.csv: '{key}' is missing; {users[0]} names it. Add the publication."


def unknown_grades(evidence: Evidence) -> Iterator[str]:
    """Grades other than A to D."""
    for row in graded_rows(evidence):
        if row.grade not in GRADES:
            yield f"{row.where}: expected a grade from A to D, got '{row.grade}'."


def upgraded_grades(evidence: Evidence) -> Iterator[str]:
    """Rows that claim more than an estimate and have no publication behind them."""
    for row in graded_rows(evidence):
        if row.grade in DERIVED_AT_BEST and row.source and IN_HOUSE_SOURCES.issuperset(row.source):
            alone = ", ".join(row.source)
            yield f"{row.where}: grade {row.grade} rests on {alone} alone; expected D, or a publication."


def estimates_without_note(evidence: Evidence) -> Iterator[str]:
    """Rows of grade D that do not say what the judgement is."""
    for row in graded_rows(evidence):
        if row.grade == "D" and not row.note:
            yield f"{row.where}: grade D without a note; expected the reasoning behind the judgement."


def duplicate_rows(evidence: Evidence) -> Iterator[str]:
    """Measurements that stand in the table twice; the other tables refuse a repeated key when they are read."""
    counts = Counter(evidence.measured_times)
    for row, count in counts.items():
        if count > 1:
            where = f"{row.crossing} {row.direction} {row.movement} {row.year}"
            yield f"crossing_times.csv: {where}: {count} equal rows. Keep one."


def amounts_without_rate_or_index(evidence: Evidence) -> Iterator[str]:
    """Money whose currency has no exchange rate, or lacks a year of an index that it has."""
    return price_faults(evidence.parameters, evidence.prices)


def money_without_indexing(evidence: Evidence) -> Iterator[str]:
    """Parameters of money of which nobody says whether prices move them."""
    for name, definition in evidence.definitions.items():
        if definition.is_money and name not in evidence.prices.indexing:
            yield f"price_indexing.csv: '{name}' has no row; expected the index it follows, or none. Add it."


def undated_sources(evidence: Evidence) -> Iterator[str]:
    """Publications with neither a year nor a day on which they were read."""
    for source in evidence.sources.values():
        if source.year is None and source.read_on is None:
            yield f"sources.csv: '{source.key}' has neither year nor read_on; expected one of them."


def stale_years(evidence: Evidence) -> Iterator[str]:
    """Figures from long before the day up to which the tables know; stand-ins for a post are their parameter's."""
    oldest = evidence.as_of.year - STALE_AFTER_YEARS
    for figure in list_figures(evidence):
        if figure.year is not None and figure.year < oldest and figure.rung in ("", "measured"):
            yield f"{figure.key}: of {figure.year}, more than {STALE_AFTER_YEARS} years before {evidence.as_of}."


def undated_rows(evidence: Evidence) -> Iterator[str]:
    """Figures in use of which the source gives no year."""
    for row in graded_rows(evidence):
        if row.in_use and row.has_year and row.year is None:
            yield f"{row.where}: undated."


def sources_without_year(evidence: Evidence) -> Iterator[str]:
    """Publications that carry no year; the day of reading is all that dates them."""
    for source in evidence.sources.values():
        if source.year is None and source.read_on is not None:
            yield f"sources.csv: '{source.key}' carries no year; read on {source.read_on}."


def rates_of_another_year(evidence: Evidence) -> Iterator[str]:
    """Exchange rates that are not of the base year."""
    base = evidence.prices.base_year
    for row in evidence.parameters.values():
        if row.name == FX_NAME and row.source and row.year != base:
            yield f"{row.key}: a rate of {row.year}, not of the base year {base}."


FAULT_CHECKS: Mapping[str, Check] = MappingProxyType(
    {
        "unit": rows_without_unit,
        "year": rows_without_year,
        "source": rows_without_source,
        "range": values_outside_their_range,
        "order": ranges_upside_down,
        "bounds": values_outside_their_definition,
        "missing source": missing_sources,
        "grade": unknown_grades,
        "upgraded": upgraded_grades,
        "note": estimates_without_note,
        "duplicate": duplicate_rows,
        "conversion": amounts_without_rate_or_index,
        "indexing": money_without_indexing,
        "undated source": undated_sources,
    }
)
WARNING_CHECKS: Mapping[str, Check] = MappingProxyType(
    {
        "stale": stale_years,
        "undated": undated_rows,
        "source year": sources_without_year,
        "rate year": rates_of_another_year,
    }
)
