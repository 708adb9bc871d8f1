"""Reads sea_routes.csv."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import cast, get_args

from corridor.evidence.faults import Fault, disordered, outside, unknown_names
from corridor.evidence.ferries import UNKNOWN_FIGURE, SailingFigure
from corridor.evidence.ferry_tables import figure_of
from corridor.evidence.numbers_tables import GRADE, NOTE, SOURCE
from corridor.evidence.places import Place
from corridor.evidence.sea_routes import SeaRoute, Voyage, Way
from corridor.evidence.sources import Source
from corridor.tables import Column, Row, raise_faults, read_table

HOURS_PER_DAY = 24.0
NEEDED = ("sea_km", "sail_days", "port_days")
QUANTITIES = (*NEEDED, "freight_usd", "handling_usd")
"""Of a voyage; freight and terminal charges may be unknown."""

SEA_COLUMNS = (
    Column("port"),
    Column("way", choices=get_args(Way)),
    Column("quantity", choices=QUANTITIES),
    Column("value", "number"),
    Column("low", "number", optional=True),
    Column("high", "number", optional=True),
    Column("year", "whole", optional=True),
    SOURCE,
    GRADE,
    NOTE,
)

Found = Mapping[tuple[str, str], Mapping[str, Row]]


def read_sea_routes(path: Path, sources: Mapping[str, Source], places: Mapping[str, Place]) -> dict[str, SeaRoute]:
    """Sea routes by the port at their far end, in file order.

    Raises
    ------
    DataError
        A row has a fault, or a voyage lacks its km, its days at sea or its days in port.
    """

    def check(rows: Sequence[Row]) -> Iterator[Fault]:
        yield from unknown_names(rows, "port", places, "place")
        yield from unknown_names(rows, "source", sources, "source")
        yield from disordered(rows, ("low", "value", "high"))
        for column in ("value", "low", "high"):
            yield from outside(rows, column, 0.0, float("inf"))

    figures: dict[tuple[str, str], dict[str, Row]] = defaultdict(dict)
    for row in read_table(path, SEA_COLUMNS, key=("port", "way", "quantity"), check=check):
        figures[row.text("port"), row.text("way")][row.text("quantity")] = row
    ports = list(dict.fromkeys(port for port, _ in figures))
    raise_faults(path, _gaps(ports, figures))
    return {port: SeaRoute(port, {way: _voyage(figures[port, way]) for way in _ways()}) for port in ports}


def _ways() -> tuple[Way, ...]:
    return cast("tuple[Way, ...]", get_args(Way))


def _gaps(ports: Sequence[str], figures: Found) -> Iterator[Fault]:
    """What a voyage lacks; listed before the first line."""
    for port in ports:
        for way in _ways():
            missing = [name for name in NEEDED if name not in figures.get((port, way), {})]
            if missing:
                yield 1, f"{port} {way}: no row for {', '.join(missing)}; expected one each. Add them."


def _voyage(rows: Mapping[str, Row]) -> Voyage:
    return Voyage(
        sea_km=figure_of(rows["sea_km"]),
        sail_h=_hours(figure_of(rows["sail_days"])),
        port_h=_hours(figure_of(rows["port_days"])),
        freight_usd=figure_of(rows["freight_usd"]) if "freight_usd" in rows else UNKNOWN_FIGURE,
        handling_usd=figure_of(rows["handling_usd"]) if "handling_usd" in rows else UNKNOWN_FIGURE,
    )


def _hours(days: SailingFigure) -> SailingFigure:
    value, low, high = (None if d is None else d * HOURS_PER_DAY for d in (days.value, days.low, days.high))
    return replace(days, value=value, low=low, high=high)
