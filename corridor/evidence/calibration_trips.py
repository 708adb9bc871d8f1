"""The trips whose options are set beside CPMM's country figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
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
    Column("via"),
    Column("note"),
)


@dataclass(frozen=True, slots=True)
class CalibrationTrip:
    """A trip through posts in this order, closed ones as if open."""

    id: str
    origin: str
    destination: str
    plate: str
    via: tuple[str, ...]
    note: str

    @property
    def way_back(self) -> CalibrationTrip:
        """The same trip the other way."""
        return replace(self, origin=self.destination, destination=self.origin, via=self.via[::-1])


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
        for row in rows:
            for name in sorted(set(_trip(row).via) - set(evidence.crossings)):
                yield row.line, f"via: unknown post '{name}'. {suggestion(name, evidence.crossings)}"

    return tuple(_trip(row) for row in read_table(path, COLUMNS, key=("id",), check=check))


def _trip(row: Row) -> CalibrationTrip:
    return CalibrationTrip(
        id=row.text("id"),
        origin=row.text("origin"),
        destination=row.text("destination"),
        plate=row.text("plate"),
        via=tuple(row.text("via").split(VIA_SEPARATOR)),
        note=row.text("note"),
    )
