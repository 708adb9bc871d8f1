"""What CAREC's Corridor Performance Measurement and Monitoring (CPMM) publishes by country and year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from corridor.evidence.faults import Fault, unknown_names
from corridor.evidence.numbers_tables import GRADE, NOTE, SOURCE
from corridor.evidence.places import Country
from corridor.evidence.sources import Source
from corridor.names import suggestion
from corridor.tables import Column, Row, read_table

ALL_CAREC = "CAREC"
"""Stands for a country where the figure is the mean of all."""

CPMM_ITEMS = (
    "tfi1_out_h",
    "tfi1_in_h",
    "tfi1_h",
    "tfi2_out_usd",
    "tfi2_in_usd",
    "tfi2_usd",
    "tfi3_usd",
    "swd_km_per_h",
    "swod_km_per_h",
)
"""TFI1 and TFI2 are per side of a post, TFI3 per 500 km and 20 t, SWD and SWOD speeds with and without delay."""

COLUMNS = (
    Column("country"),
    Column("item", choices=CPMM_ITEMS),
    Column("year", "whole"),
    Column("value", "number"),
    SOURCE,
    GRADE,
    NOTE,
)


@dataclass(frozen=True, slots=True)
class CpmmRecord:
    """One figure of CPMM for trucks: an item of `CPMM_ITEMS`, in the unit that its name ends in."""

    country: str
    item: str
    year: int
    value: float
    source: tuple[str, ...]
    grade: str
    note: str


def read_cpmm(path: Path, sources: Mapping[str, Source], countries: Mapping[str, Country]) -> tuple[CpmmRecord, ...]:
    """Every row of the table, in file order.

    Raises
    ------
    DataError
        The table is missing or has faults; the message lists every one with its line.
    """

    def check(rows: Sequence[Row]) -> Iterator[Fault]:
        yield from unknown_names(rows, "source", sources, "source")
        yield from _row_faults(rows, countries)

    rows = read_table(path, COLUMNS, key=("country", "item", "year"), check=check)
    return tuple(_record(row) for row in rows)


def _row_faults(rows: Sequence[Row], countries: Mapping[str, Country]) -> Iterator[Fault]:
    names = {*countries, ALL_CAREC}
    for row in rows:
        country = row.text("country")
        if country not in names:
            yield row.line, f"country: expected a row of countries.csv, got '{country}'. {suggestion(country, names)}"
        if row.number("value") <= 0:
            yield row.line, f"value: expected more than 0, got {row.number('value'):g}"


def _record(row: Row) -> CpmmRecord:
    return CpmmRecord(
        country=row.text("country"),
        item=row.text("item"),
        year=row.whole("year"),
        value=row.number("value"),
        source=row.items("source"),
        grade=row.text("grade"),
        note=row.text("note"),
    )
