"""The trips whose options are set beside CPMM's country figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corridor.evidence.evidence import Evidence
from corridor.evidence.faults import Fault, unknown_names
from corridor.evidence.observed_trips import VIA_SEPARATOR
from corridor.names import suggestion
from corridor.tables import Column, Row, read_table

COLUMNS = (
    Column("id"),
    Column("origin"),
    Column("destination"),
    Column("plate"),
    Column("corridors", "list", optional=True),
    Column("via", optional=True),
    Column("counts_for", "list", optional=True),
    Column("note"),
)


@dataclass(frozen=True, slots=True)
class CalibrationTrip:
    """A trip, and along which named corridors or through which posts it is run; closed ones as if open.

    Parameters
    ----------
    counts_for : the only countries whose figures it enters, for trips added on their account; empty for all others
    """

    id: str
    origin: str
    destination: str
    plate: str
    corridors: tuple[str, ...]
    via: tuple[str, ...]
    counts_for: tuple[str, ...]
    note: str


def read_calibration_trips(path: Path, evidence: Evidence) -> tuple[CalibrationTrip, ...]:
    """Every row of the table, in file order.

    Raises
    ------
    DataError
        The table is missing or has faults; the message lists every one with its line.
    """

    def check(rows: Sequence[Row]) -> Iterator[Fault]:
        yield from unknown_names(rows, "origin", evidence.places, "place")
        yield from unknown_names(rows, "destination", evidence.places, "place")
        yield from unknown_names(rows, "plate", evidence.countries, "country")
        yield from _way_faults(rows, evidence)

    return tuple(_trip(row) for row in read_table(path, COLUMNS, key=("id",), check=check))


def _way_faults(rows: Sequence[Row], evidence: Evidence) -> Iterator[Fault]:
    for row in rows:
        trip = _trip(row)
        if bool(trip.corridors) == bool(trip.via):
            yield row.line, "corridors, via: expected one of the two, got both or none. Say which way is taken."
        for column, names, known in (
            ("corridors", trip.corridors, evidence.corridors),
            ("via", trip.via, evidence.crossings),
            ("counts_for", trip.counts_for, evidence.countries),
        ):
            for name in sorted(set(names) - set(known)):
                yield row.line, f"{column}: unknown name '{name}'. {suggestion(name, known)}"


def _trip(row: Row) -> CalibrationTrip:
    via = row.text("via")
    return CalibrationTrip(
        id=row.text("id"),
        origin=row.text("origin"),
        destination=row.text("destination"),
        plate=row.text("plate"),
        corridors=row.items("corridors"),
        via=tuple(via.split(VIA_SEPARATOR)) if via else (),
        counts_for=row.items("counts_for"),
        note=row.text("note"),
    )
