"""Rows of all tables in one shape, for the checks of the ledger of evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from corridor.evidence.evidence import Evidence
from corridor.evidence.figure import Figure
from corridor.evidence.sea_figures import ferry_figures, voyage_figures


class Sourced(Protocol):
    """A row of any table, or a measure, that names its sources."""

    @property
    def source(self) -> tuple[str, ...]:
        """Keys of sources.csv."""


class _Graded(Sourced, Protocol):
    """A row of any table that carries a grade and a note as well."""

    @property
    def grade(self) -> str: ...
    @property
    def note(self) -> str: ...


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One graded row of a table.

    Parameters
    ----------
    where : table and row, as a message names them
    has_year : whether its table has a column of years
    in_use : whether a result may rest on it
    """

    where: str
    source: tuple[str, ...]
    grade: str
    note: str
    year: int | None = None
    has_year: bool = False
    in_use: bool = True


def graded_rows(evidence: Evidence) -> Iterator[LedgerRow]:
    """Every row that carries a grade; the numbers that a scenario or a measure set are left out."""
    for row in evidence.parameters.values():
        if row.set_by == "tables":
            yield LedgerRow(row.key, row.source, row.grade, row.note, row.year, has_year=True)
    for speed in evidence.truck_speeds.rows.values():
        where = f"truck_speeds.csv: {speed.quantity} {speed.country} {speed.what}"
        yield LedgerRow(where, speed.source, speed.grade, speed.note, speed.year, has_year=True)
    yield from _measured_rows(evidence)
    for figure in _sea_figures(evidence):
        if figure.set_by == "tables":
            yield LedgerRow(figure.key, figure.source, figure.grade, figure.note, figure.year, has_year=True)
    yield from _rows_without_years(evidence)


def _measured_rows(evidence: Evidence) -> Iterator[LedgerRow]:
    for row in evidence.measured_times:
        where = f"crossing_times.csv: {row.crossing} {row.direction} {row.movement} {row.kind} {row.year or 'undated'}"
        in_use = row.use == "yes"
        yield LedgerRow(where, row.source, row.grade, row.note, row.year, has_year=True, in_use=in_use)


def _sea_figures(evidence: Evidence) -> list[Figure]:
    """What is known of ferries and of sea routes; a figure that nobody knows has no row."""
    figures = (*ferry_figures(evidence, ""), *voyage_figures(evidence, ""))
    return [figure for figure in figures if figure.value is not None]


def _rows_without_years(evidence: Evidence) -> Iterator[LedgerRow]:
    tables: dict[str, Iterable[tuple[str, _Graded]]] = {
        "queue_estimates.csv": ((f"{row.crossing} {row.direction}", row) for row in evidence.queue_estimates),
        "driver_rules.csv": evidence.driver_rules.items(),
        "cargo_kinds.csv": evidence.cargo_kinds.items(),
        "vehicles.csv": evidence.vehicles.items(),
        "eligibility.csv": ((f"{row.plate} in {row.country}", row) for row in evidence.eligibility),
        "closed_days.csv": ((f"{row.crossing} {row.first_day}", row) for row in evidence.closed_days),
        "truck_bans.csv": ((row.id, row) for row in evidence.truck_bans),
        "deflators.csv": ((f"{row.currency} {row.year}", row) for row in evidence.prices.indices.values()),
    }
    for table, rows in tables.items():
        for name, row in rows:
            yield LedgerRow(f"{table}: {name}", row.source, row.grade, row.note)


def source_users(evidence: Evidence, measures: Iterable[Sourced] = ()) -> dict[str, list[str]]:
    """Source key -> the tables that name it, in the order of the tables; the measures last."""
    tables: dict[str, Iterable[Sourced]] = {
        "parameters.csv": evidence.parameters.values(),
        "countries.csv": evidence.countries.values(),
        "places.csv": evidence.places.values(),
        "crossings.csv": (row for row in evidence.crossings.values() if row.ferry is None),
        "ferries.csv": evidence.ferries.values(),
        "ferry_sailings.csv": ferry_figures(evidence, ""),
        "sea_routes.csv": voyage_figures(evidence, ""),
        "vehicles.csv": evidence.vehicles.values(),
        "cargo_kinds.csv": evidence.cargo_kinds.values(),
        "driver_rules.csv": evidence.driver_rules.values(),
        "corridors.csv": evidence.corridors.values(),
        "events.csv": evidence.events,
        "eligibility.csv": evidence.eligibility,
        "closed_days.csv": evidence.closed_days,
        "truck_bans.csv": evidence.truck_bans,
        "crossing_times.csv": evidence.measured_times,
        "queue_estimates.csv": evidence.queue_estimates,
        "observed_trips.csv": evidence.observed_trips,
        "cpmm.csv": evidence.cpmm,
        "truck_speeds.csv": evidence.truck_speeds.rows.values(),
        "deflators.csv": evidence.prices.indices.values(),
        "measures": measures,
    }
    users: dict[str, list[str]] = {}
    for table, rows in tables.items():
        for key in dict.fromkeys(key for row in rows for key in row.source):
            users.setdefault(key, []).append(table)
    return users
