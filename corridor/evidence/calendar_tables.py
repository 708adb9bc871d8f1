"""Reads closed_days.csv and truck_bans.csv."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

from corridor.evidence.crossings import MONTHS, BorderCrossing
from corridor.evidence.faults import Fault, outside, unknown_names
from corridor.evidence.numbers_tables import GRADE, NOTE, SOURCE
from corridor.evidence.places import Country
from corridor.evidence.sources import Source
from corridor.evidence.truck_calendar import ClosedDays, TruckBan
from corridor.tables import Column, Row, read_table

WEEKDAYS = tuple(range(1, 8))
HOURS_PER_WEEK = 168.0

CLOSED_COLUMNS = (
    Column("crossing"),
    Column("first_day", "date"),
    Column("last_day", "date"),
    Column("reason"),
    SOURCE,
    GRADE,
    NOTE,
)
BAN_COLUMNS = (
    Column("id"),
    Column("country"),
    Column("weekdays", "list"),
    Column("from_h", "number"),
    Column("hours", "number"),
    Column("months", "list", optional=True),
    Column("over_t", "number"),
    Column("day_share", "number"),
    SOURCE,
    GRADE,
    NOTE,
)


def read_closed_days(
    path: Path, sources: Mapping[str, Source], crossings: Mapping[str, BorderCrossing]
) -> tuple[ClosedDays, ...]:
    """Days on which posts are shut, post by post in order of time."""

    def check(rows: Sequence[Row]) -> Iterator[Fault]:
        yield from unknown_names(rows, "crossing", crossings, "post")
        yield from unknown_names(rows, "source", sources, "source")
        yield from _backward_days(rows)
        yield from _overlaps(rows)

    rows = read_table(path, CLOSED_COLUMNS, key=("crossing", "first_day"), check=check)
    return tuple(map(_closed_days, _in_order(rows)))


def read_truck_bans(
    path: Path, sources: Mapping[str, Source], countries: Mapping[str, Country]
) -> tuple[TruckBan, ...]:
    """Hours at which trucks may not drive."""

    def check(rows: Sequence[Row]) -> Iterator[Fault]:
        yield from unknown_names(rows, "country", countries, "country")
        yield from unknown_names(rows, "source", sources, "source")
        yield from _outside_of(rows, "weekdays", WEEKDAYS)
        yield from _outside_of(rows, "months", MONTHS)
        yield from outside(rows, "from_h", 0.0, 24.0)
        yield from outside(rows, "day_share", 0.0, 1.0)
        yield from _too_long(rows)

    rows = read_table(path, BAN_COLUMNS, key=("id",), check=check)
    return tuple(_truck_ban(row) for row in rows)


def _in_order(rows: Sequence[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (row.text("crossing"), row.day("first_day")))


def _closed_days(row: Row) -> ClosedDays:
    return ClosedDays(
        crossing=row.text("crossing"),
        first_day=row.day("first_day"),
        last_day=row.day("last_day"),
        reason=row.text("reason"),
        source=row.items("source"),
        grade=row.text("grade"),
        note=row.text("note"),
    )


def _truck_ban(row: Row) -> TruckBan:
    return TruckBan(
        id=row.text("id"),
        country=row.text("country"),
        weekdays=tuple(map(int, row.items("weekdays"))),
        from_h=row.number("from_h"),
        hours=row.number("hours"),
        months=tuple(map(int, row.items("months"))) or MONTHS,
        over_t=row.number("over_t"),
        day_share=row.number("day_share"),
        source=row.items("source"),
        grade=row.text("grade"),
        note=row.text("note"),
    )


def _backward_days(rows: Sequence[Row]) -> Iterator[Fault]:
    for row in rows:
        first, last = row.day("first_day"), row.day("last_day")
        if last < first:
            yield row.line, f"last_day: expected {first} or later, got {last}. Correct the row."


def _overlaps(rows: Sequence[Row]) -> Iterator[Fault]:
    for earlier, later in pairwise(_in_order(rows)):
        is_same = earlier.text("crossing") == later.text("crossing")
        if is_same and later.day("first_day") <= earlier.day("last_day"):
            expected = f"a day after {earlier.day('last_day')}, the last of line {earlier.line}"
            yield later.line, f"first_day: expected {expected}, got {later.day('first_day')}. Join the two rows."


def _outside_of(rows: Sequence[Row], column: str, choices: Sequence[int]) -> Iterator[Fault]:
    known = [str(choice) for choice in choices]
    for row in rows:
        for entry in row.items(column):
            if entry not in known:
                expected = f"expected numbers from {known[0]} to {known[-1]}, joined by ';'"
                yield row.line, f"{column}: {expected}, got '{entry}'. Correct the row."


def _too_long(rows: Sequence[Row]) -> Iterator[Fault]:
    """Bans that would run into the next of the same row."""
    for row in rows:
        most_h = HOURS_PER_WEEK / max(1, len(row.items("weekdays")))
        if not 0 < row.number("hours") < most_h:
            expected = f"expected above 0 and below {most_h:g}, when it begins again"
            yield row.line, f"hours: {expected}, got {row.number('hours'):g}. Correct the row."
