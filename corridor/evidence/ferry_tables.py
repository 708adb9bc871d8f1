"""Reads ferries.csv and ferry_sailings.csv."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from corridor.evidence.crossings import BORDER_STATUSES, BorderCrossing
from corridor.evidence.faults import Fault, disordered, outside, unknown_names
from corridor.evidence.ferries import UNKNOWN_FIGURE, FerryLine, Port, Sailing, SailingFigure, mean_wait_h
from corridor.evidence.numbers_tables import GRADE, NOTE, SOURCE
from corridor.evidence.places import Country
from corridor.evidence.sources import Source
from corridor.tables import Column, Row, raise_faults, read_table

QUANTITIES = ("headway_h", "wait_h", "sail_h", "fare_usd")
"""Of a sailing; a wait is either given, or follows from the range of the headway."""


def _port_columns(side: str) -> tuple[Column, ...]:
    texts = (Column(f"{name}_{side}") for name in ("port", "port_name", "country"))
    return (*texts, Column(f"lon_{side}", "number"), Column(f"lat_{side}", "number"))


FERRY_COLUMNS = (
    Column("id"),
    Column("name"),
    *_port_columns("a"),
    *_port_columns("b"),
    Column("sea_km", "number"),
    Column("status", choices=BORDER_STATUSES),
    Column("status_note", optional=True),
    SOURCE,
    NOTE,
)
SAILING_COLUMNS = (
    Column("ferry"),
    Column("direction"),
    Column("quantity", choices=QUANTITIES),
    Column("value", "number", optional=True),
    Column("low", "number", optional=True),
    Column("high", "number", optional=True),
    Column("year", "whole", optional=True),
    SOURCE,
    GRADE,
    NOTE,
)


def read_ferries(
    path: Path, sources: Mapping[str, Source], countries: Mapping[str, Country]
) -> dict[str, BorderCrossing]:
    """Ferry lines by id, as crossings still without times and sailings."""

    def check(rows: Sequence[Row]) -> Iterator[Fault]:
        for side in "ab":
            yield from unknown_names(rows, f"country_{side}", countries, "country")
            yield from outside(rows, f"lon_{side}", -180.0, 180.0)
            yield from outside(rows, f"lat_{side}", -90.0, 90.0)
        yield from unknown_names(rows, "source", sources, "source")
        yield from outside(rows, "sea_km", 1.0, 2000.0)

    return {row.text("id"): _ferry(row) for row in read_table(path, FERRY_COLUMNS, key=("id",), check=check)}


def _ferry(row: Row) -> BorderCrossing:
    here, there = _port(row, "a"), _port(row, "b")
    return BorderCrossing(
        id=row.text("id"),
        name=row.text("name"),
        country_a=here.country,
        country_b=there.country,
        lon=(here.lon + there.lon) / 2,
        lat=(here.lat + there.lat) / 2,
        status=row.text("status"),
        trucks=True,
        status_note=row.text("status_note"),
        source=row.items("source"),
        note=row.text("note"),
        times={},
        ferry=FerryLine((here, there), row.number("sea_km"), {}),
    )


def _port(row: Row, side: str) -> Port:
    return Port(
        id=row.text(f"port_{side}"),
        name=row.text(f"port_name_{side}"),
        country=row.text(f"country_{side}"),
        lon=row.number(f"lon_{side}"),
        lat=row.number(f"lat_{side}"),
    )


def ports_of(ferries: Mapping[str, BorderCrossing]) -> set[str]:
    """Ids of all ports of some lines."""
    return {port.id for ferry in ferries.values() if ferry.ferry for port in ferry.ferry.ports}


def read_sailings(
    path: Path, sources: Mapping[str, Source], ferries: Mapping[str, BorderCrossing]
) -> dict[str, BorderCrossing]:
    """The same ferry lines with their sailings in both directions.

    Raises
    ------
    DataError
        A row has a fault, or a line lacks hours at sea or a wait in one direction.
    """

    def check(rows: Sequence[Row]) -> Iterator[Fault]:
        yield from unknown_names(rows, "ferry", ferries, "ferry")
        yield from unknown_names(rows, "source", sources, "source")
        yield from disordered(rows, ("low", "value", "high"))
        for column in ("value", "low", "high"):
            yield from outside(rows, column, 0.0, float("inf"))
        for row in rows:
            yield from _row_faults(row, ferries)

    rows = read_table(path, SAILING_COLUMNS, key=("ferry", "direction", "quantity"), check=check)
    figures: dict[tuple[str, str], dict[str, Row]] = defaultdict(dict)
    for row in rows:
        figures[row.text("ferry"), row.text("direction")][row.text("quantity")] = row
    raise_faults(path, _gaps(ferries, figures))
    return {key: _with_sailings(ferry, figures) for key, ferry in ferries.items()}


def _row_faults(row: Row, ferries: Mapping[str, BorderCrossing]) -> Iterator[Fault]:
    ferry, quantity = ferries.get(row.text("ferry")), row.text("quantity")
    if ferry and row.text("direction") not in ferry.directions:
        yield row.line, f"direction: expected {' or '.join(ferry.directions)}, got '{row.text('direction')}'"
    value, low, high = (row.maybe_number(name) for name in ("value", "low", "high"))
    if quantity == "headway_h" and (value is not None or low is None or not high):
        yield row.line, "headway_h: expected low and high > 0, and no value: the mean wait follows from the range"
    if quantity != "headway_h" and value is None:
        yield row.line, f"{quantity}: expected a value. Leave the row out where nobody knows"


def _gaps(
    ferries: Mapping[str, BorderCrossing], figures: Mapping[tuple[str, str], Mapping[str, Row]]
) -> Iterator[Fault]:
    """Directions without hours at sea, or without exactly one way to tell the wait; listed before the first line."""
    for ferry in ferries.values():
        for direction in ferry.directions:
            found = figures.get((ferry.id, direction), {})
            if "sail_h" not in found:
                yield 1, f"{ferry.id} {direction}: no row for sail_h; expected one. Add it."
            if ("wait_h" in found) == ("headway_h" in found):
                yield 1, f"{ferry.id} {direction}: expected either wait_h or headway_h. Add one or drop one."


def _with_sailings(ferry: BorderCrossing, figures: Mapping[tuple[str, str], Mapping[str, Row]]) -> BorderCrossing:
    if ferry.ferry is None:
        return ferry
    sailings = {direction: _sailing(figures[ferry.id, direction]) for direction in ferry.directions}
    return replace(ferry, ferry=replace(ferry.ferry, sailings=sailings))


def _sailing(rows: Mapping[str, Row]) -> Sailing:
    wait_h = figure_of(rows["wait_h"]) if "wait_h" in rows else _wait_from_headway(rows["headway_h"])
    fare_usd = figure_of(rows["fare_usd"]) if "fare_usd" in rows else UNKNOWN_FIGURE
    return Sailing(wait_h, figure_of(rows["sail_h"]), fare_usd)


def _wait_from_headway(row: Row) -> SailingFigure:
    """The mean wait for a departure; its range is that of regular departures at either bound."""
    low, high = row.number("low"), row.number("high")
    wait_h = mean_wait_h(headway_low_h=low, headway_high_h=high)
    note = f"headway uniform from {low:g} to {high:g} h: mean wait {wait_h:.1f} h; {row.text('note')}"
    return replace(figure_of(row), value=wait_h, low=low / 2, high=high, note=note)


def figure_of(row: Row) -> SailingFigure:
    """A figure with its range and what it rests on."""
    return SailingFigure(
        value=row.maybe_number("value"),
        low=row.maybe_number("low"),
        high=row.maybe_number("high"),
        year=row.maybe_whole("year"),
        source=row.items("source"),
        grade=row.text("grade"),
        note=row.text("note"),
    )
