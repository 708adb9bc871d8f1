"""Reads deflators.csv and price_indexing.csv."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from corridor.evidence.faults import Fault, outside, unknown_names
from corridor.evidence.numbers_tables import GRADE, NOTE, SOURCE
from corridor.evidence.parameters import ParameterDefinition
from corridor.evidence.prices import INDICES, NOT_INDEXED, PriceBasis, PriceIndex
from corridor.evidence.sources import Source
from corridor.tables import Column, Row, read_table

DEFLATOR_COLUMNS = (
    Column("currency"),
    Column("index", choices=INDICES),
    Column("year", "whole"),
    Column("value", "number"),
    SOURCE,
    GRADE,
    NOTE,
)
INDEXING_COLUMNS = (
    Column("parameter"),
    Column("index", choices=(*INDICES, NOT_INDEXED)),
    Column("reason"),
)
LEAST_INDEX, MOST_INDEX = 1e-6, 1e12
"""Any scale will do, as long as levels can be divided by each other."""


def read_prices(
    folder: Path, definitions: Mapping[str, ParameterDefinition], sources: Mapping[str, Source], *, base_year: int
) -> PriceBasis:
    """The base year, the levels of the price indices, and which parameter follows which."""
    return PriceBasis(
        base_year=base_year,
        indices=_read_indices(folder / "deflators.csv", sources),
        indexing=_read_indexing(folder / "price_indexing.csv", definitions),
    )


def _read_indices(path: Path, sources: Mapping[str, Source]) -> dict[tuple[str, str, int], PriceIndex]:
    def check(rows: Sequence[Row]) -> Iterator[Fault]:
        yield from unknown_names(rows, "source", sources, "source")
        yield from outside(rows, "value", LEAST_INDEX, MOST_INDEX)

    rows = read_table(path, DEFLATOR_COLUMNS, key=("currency", "index", "year"), check=check)
    return {(row.text("currency"), row.text("index"), row.whole("year")): _price_index(row) for row in rows}


def _price_index(row: Row) -> PriceIndex:
    return PriceIndex(
        currency=row.text("currency"),
        index=row.text("index"),
        year=row.whole("year"),
        value=row.number("value"),
        source=row.items("source"),
        grade=row.text("grade"),
        note=row.text("note"),
    )


def _read_indexing(path: Path, definitions: Mapping[str, ParameterDefinition]) -> dict[str, str]:
    money = {name for name, definition in definitions.items() if definition.is_money}
    rows = read_table(
        path,
        INDEXING_COLUMNS,
        key=("parameter",),
        check=lambda rows: unknown_names(rows, "parameter", money, "parameter of money"),
    )
    return {row.text("parameter"): row.text("index") for row in rows}
