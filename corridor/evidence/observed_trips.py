"""Trips and distances that somebody has published: what the model is held against, never what it is made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from corridor.evidence.faults import Fault, unknown_names
from corridor.evidence.numbers_tables import NOTE, SOURCE
from corridor.evidence.sources import Source
from corridor.tables import Column, Row, read_table

VIA_SEPARATOR = " > "
TRIP_KINDS = ("measured", "quoted", "general_knowledge")
TRIP_COLUMNS = (
    Column("id"),
    Column("origin"),
    Column("destination"),
    Column("via", optional=True),
    Column("plate"),
    Column("date", optional=True),
    Column("mode"),
    Column("distance_km", "number", optional=True),
    Column("days_low", "number", optional=True),
    Column("days_high", "number", optional=True),
    Column("year", "whole", optional=True),
    SOURCE,
    Column("kind", choices=TRIP_KINDS),
    Column("compare", "yes_no"),
    NOTE,
)


@dataclass(frozen=True, slots=True)
class ObservedTrip:
    """A trip or a distance that somebody has published.

    Parameters
    ----------
    origin, destination : place id or "lon,lat"; free text where the trip cannot be compared
    via : places and posts passed, in order
    date : ISO day, or the year alone where no day is known
    distance_km, days_low, days_high : as published; None where not stated
    kind : one of `TRIP_KINDS`
    note : why it cannot be compared, or why the model differs
    """

    id: str
    origin: str
    destination: str
    via: tuple[str, ...]
    plate: str
    date: str
    mode: str
    distance_km: float | None
    days_low: float | None
    days_high: float | None
    source: tuple[str, ...]
    kind: str
    is_comparable: bool
    note: str


def read_observed_trips(path: Path, sources: Mapping[str, Source]) -> tuple[ObservedTrip, ...]:
    """Every row of the table, in file order.

    Raises
    ------
    DataError
        The table is missing or has faults; the message lists every one with its line.
    """

    def check(rows: Sequence[Row]) -> Iterator[Fault]:
        return unknown_names(rows, "source", sources, "source")

    rows = read_table(path, TRIP_COLUMNS, key=("id",), check=check)
    return tuple(_trip(row) for row in rows)


def _trip(row: Row) -> ObservedTrip:
    return ObservedTrip(
        id=row.text("id"),
        origin=row.text("origin"),
        destination=row.text("destination"),
        via=tuple(row.text("via").split(VIA_SEPARATOR)) if row.text("via") else (),
        plate=row.text("plate"),
        date=row.text("date"),
        mode=row.text("mode"),
        distance_km=row.maybe_number("distance_km"),
        days_low=row.maybe_number("days_low"),
        days_high=row.maybe_number("days_high"),
        source=row.items("source"),
        kind=row.text("kind"),
        is_comparable=row.is_yes("compare"),
        note=row.text("note"),
    )
