"""Reads sources.csv, parameter_definitions.csv and parameters.csv."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import cast, get_args

from corridor.evidence.faults import Fault, disordered, unknown_names
from corridor.evidence.parameters import (
    FX_NAME,
    PACKAGE_CURRENCY,
    Parameter,
    ParameterDefinition,
    ScopeKind,
)
from corridor.evidence.places import Country
from corridor.evidence.prices import PriceBasis, in_base_prices
from corridor.evidence.scopes import scope_fault
from corridor.evidence.sources import GRADES, Source
from corridor.names import suggestion
from corridor.tables import Column, Row, read_table

SCOPE_KINDS = get_args(ScopeKind)
GRADE = Column("grade", choices=tuple(GRADES))
SOURCE = Column("source", "list")
NOTE = Column("note", optional=True)

SOURCE_COLUMNS = (
    Column("key"),
    Column("title"),
    Column("publisher", optional=True),
    Column("year", "whole", optional=True),
    Column("address", optional=True),
    Column("read_on", "date", optional=True),
)
DEFINITION_COLUMNS = (
    Column("name"),
    Column("unit"),
    Column("scope_kind", choices=SCOPE_KINDS),
    Column("minimum", "number"),
    Column("maximum", "number"),
    Column("description"),
)
PARAMETER_COLUMNS = (
    Column("name"),
    Column("scope"),
    Column("value", "number"),
    Column("low", "number", optional=True),
    Column("high", "number", optional=True),
    Column("unit"),
    Column("currency", optional=True),
    Column("year", "year"),
    SOURCE,
    GRADE,
    NOTE,
)


def read_sources(path: Path) -> dict[str, Source]:
    """Publications by key."""
    rows = read_table(path, SOURCE_COLUMNS, key=("key",))
    return {
        row.text("key"): Source(
            key=row.text("key"),
            title=row.text("title"),
            publisher=row.text("publisher"),
            year=row.maybe_whole("year"),
            address=row.text("address"),
            read_on=row.maybe_day("read_on"),
        )
        for row in rows
    }


def read_definitions(path: Path) -> dict[str, ParameterDefinition]:
    """What each parameter means, by name."""
    rows = read_table(
        path,
        DEFINITION_COLUMNS,
        key=("name",),
        check=lambda rows: disordered(rows, ("minimum", "maximum")),
    )
    return {
        row.text("name"): ParameterDefinition(
            name=row.text("name"),
            unit=row.text("unit"),
            scope_kind=cast("ScopeKind", row.text("scope_kind")),
            minimum=row.number("minimum"),
            maximum=row.number("maximum"),
            description=row.text("description"),
        )
        for row in rows
    }


def read_parameters(
    path: Path,
    definitions: Mapping[str, ParameterDefinition],
    sources: Mapping[str, Source],
    countries: Mapping[str, Country],
    crossings: Collection[str],
    prices: PriceBasis,
) -> dict[tuple[str, str], Parameter]:
    """Parameters by (name, scope), money in USD, in prices of the base year where an index leads there."""

    def check(rows: Sequence[Row]) -> Iterator[Fault]:
        yield from unknown_names(rows, "name", definitions, "parameter")
        yield from unknown_names(rows, "source", sources, "source")
        yield from disordered(rows, ("low", "high"))
        defined = [row for row in rows if row.text("name") in definitions]
        rates = _rates(defined)
        for row in defined:
            definition = definitions[row.text("name")]
            yield from _scope_faults(row, definition, countries, crossings)
            yield from chain(_unit_faults(row, definition, rates), _bound_faults(row, definition, rates))

    rows = read_table(path, PARAMETER_COLUMNS, key=("name", "scope"), check=check)
    stated = {(row.text("name"), row.text("scope")): _parameter(row) for row in rows}
    return in_base_prices(stated, prices)


def _rates(rows: Sequence[Row]) -> dict[str, float]:
    rates = {row.text("scope"): row.number("value") for row in rows if row.text("name") == FX_NAME}
    return {currency: rate for currency, rate in rates.items() if rate > 0} | {PACKAGE_CURRENCY: 1.0, "": 1.0}


def _scope_faults(
    row: Row, definition: ParameterDefinition, countries: Mapping[str, Country], crossings: Collection[str]
) -> Iterator[Fault]:
    fault = scope_fault(definition, row.text("scope"), countries, crossings)
    if fault:
        yield row.line, fault


def _unit_faults(row: Row, definition: ParameterDefinition, rates: Mapping[str, float]) -> Iterator[Fault]:
    currency, unit = row.text("currency"), row.text("unit")
    if definition.is_money != bool(currency):
        wanted = "a currency" if definition.is_money else "no currency"
        yield (
            row.line,
            f"currency: '{definition.name}' is in {definition.unit}; expected {wanted}, got '{currency}'",
        )
    elif unit != definition.stated_unit(currency):
        yield row.line, f"unit: expected {definition.stated_unit(currency)}, got '{unit}'"
    if currency not in rates:
        yield (
            row.line,
            f"currency: '{FX_NAME}' has no row for '{currency}'. {suggestion(currency, set(rates) - {''})}",
        )
    if currency not in ("", PACKAGE_CURRENCY) and row.number("value") == 0:
        yield row.line, f"currency: an amount of 0 is stated in {PACKAGE_CURRENCY}, got '{currency}'"
    if (row.maybe_number("low") is None) != (row.maybe_number("high") is None):
        yield row.line, "low, high: expected both or neither, got one. Give the other or clear it."


def _bound_faults(row: Row, definition: ParameterDefinition, rates: Mapping[str, float]) -> Iterator[Fault]:
    rate = rates.get(row.text("currency"))
    for column in ("value", "low", "high"):
        stated = row.maybe_number(column)
        if stated is None or rate is None or definition.minimum <= stated / rate <= definition.maximum:
            continue
        wanted = f"{definition.minimum:g} to {definition.maximum:g} {definition.unit}"
        yield row.line, f"{column}: expected {wanted}, got {stated / rate:g}. Correct the row."


def _parameter(row: Row) -> Parameter:
    return Parameter(
        name=row.text("name"),
        scope=row.text("scope"),
        value=row.number("value"),
        low=row.maybe_number("low"),
        high=row.maybe_number("high"),
        unit=row.text("unit"),
        currency=row.text("currency"),
        stated_value=row.number("value"),
        year=row.maybe_whole("year"),
        source=row.items("source"),
        grade=row.text("grade"),
        note=row.text("note"),
        price_year=row.maybe_whole("year") if row.text("currency") else None,
    )
