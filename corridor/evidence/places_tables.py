"""Reads countries.csv, places.csv, corridors.csv, vehicles.csv, cargo_kinds.csv and driver_rules.csv."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal, cast

from corridor.evidence.crossings import BorderCrossing
from corridor.evidence.faults import Fault, disordered, outside, unknown_names
from corridor.evidence.numbers_tables import GRADE, NOTE, SOURCE
from corridor.evidence.places import Corridor, Country, Place
from corridor.evidence.sources import Source
from corridor.evidence.vehicles import CargoKind, DriverRules, Vehicle
from corridor.names import suggestion
from corridor.tables import Column, Row, read_table

STEP_SEPARATOR = ">"
ALTERNATIVE_SEPARATOR = "|"

COUNTRY_COLUMNS = (
    Column("iso3"),
    Column("iso2"),
    Column("name"),
    Column("free_movement_area", optional=True),
    Column("customs_union", optional=True),
    Column("aetr", "yes_no"),
    SOURCE,
)
PLACE_COLUMNS = (
    Column("id"),
    Column("name"),
    Column("country"),
    Column("lon", "number"),
    Column("lat", "number"),
    Column("kind", choices=("city", "port", "dry_port")),
    Column("population", "whole"),
    SOURCE,
    NOTE,
)
CORRIDOR_COLUMNS = (
    Column("id"),
    Column("name"),
    Column("code"),
    Column("named_by_minister", "yes_no"),
    Column("posts"),
    NOTE,
    SOURCE,
)
VEHICLE_COLUMNS = (
    Column("id"),
    Column("name"),
    Column("gross_mass_t", "number"),
    Column("payload_t", "number"),
    Column("axles", "whole"),
    Column("length_m", "number"),
    Column("height_m", "number"),
    Column("emission_class"),
    SOURCE,
    GRADE,
    NOTE,
)
CARGO_COLUMNS = (
    Column("id"),
    Column("name"),
    Column("vot_share_per_day", "number"),
    Column("low", "number", optional=True),
    Column("high", "number", optional=True),
    SOURCE,
    GRADE,
    NOTE,
)
DRIVER_COLUMNS = (
    Column("id"),
    Column("crew", "whole"),
    Column("gap_h", "number", optional=True),
    Column("break_h", "number", optional=True),
    Column("day_h", "number"),
    Column("span_h", "number"),
    Column("rest_h", "number"),
    Column("week_h", "number", optional=True),
    Column("fortnight_h", "number", optional=True),
    Column("week_clock_h", "number", optional=True),
    Column("weekly_rest_h", "number", optional=True),
    Column("split_first_h", "number", optional=True),
    Column("split_rest_h", "number", optional=True),
    Column("split_span_h", "number", optional=True),
    SOURCE,
    GRADE,
    NOTE,
)


def read_countries(path: Path, sources: Mapping[str, Source]) -> dict[str, Country]:
    """Countries by ISO alpha-3."""
    rows = read_table(
        path,
        COUNTRY_COLUMNS,
        key=("iso3",),
        check=lambda rows: unknown_names(rows, "source", sources, "source"),
    )
    return {
        row.text("iso3"): Country(
            id=row.text("iso3"),
            iso2=row.text("iso2"),
            name=row.text("name"),
            free_movement_area=row.text("free_movement_area"),
            customs_union=row.text("customs_union"),
            is_aetr_party=row.is_yes("aetr"),
            source=row.items("source"),
        )
        for row in rows
    }


def check_positions(rows: Sequence[Row]) -> Iterator[Fault]:
    """Rows whose lon or lat is no degree of longitude or latitude."""
    yield from outside(rows, "lon", -180.0, 180.0)
    yield from outside(rows, "lat", -90.0, 90.0)


def read_places(path: Path, sources: Mapping[str, Source], countries: Mapping[str, Country]) -> dict[str, Place]:
    """Places by id."""

    def check(rows: Sequence[Row]) -> Iterator[Fault]:
        yield from unknown_names(rows, "country", countries, "country")
        yield from unknown_names(rows, "source", sources, "source")
        yield from check_positions(rows)

    return {row.text("id"): _place(row) for row in read_table(path, PLACE_COLUMNS, key=("id",), check=check)}


def _place(row: Row) -> Place:
    return Place(
        id=row.text("id"),
        name=row.text("name"),
        country=row.text("country"),
        lon=row.number("lon"),
        lat=row.number("lat"),
        kind=cast("Literal['city', 'port', 'dry_port']", row.text("kind")),
        population=row.whole("population"),
        source=row.items("source"),
    )


def read_corridors(
    path: Path, sources: Mapping[str, Source], crossings: Mapping[str, BorderCrossing]
) -> dict[str, Corridor]:
    """Named corridors by id."""

    def check(rows: Sequence[Row]) -> Iterator[Fault]:
        yield from unknown_names(rows, "source", sources, "source")
        for row in rows:
            for post in (post for step in _steps(row.text("posts")) for post in step):
                if post not in crossings:
                    yield row.line, f"posts: unknown post '{post}'. {suggestion(post, crossings)}"

    rows = read_table(path, CORRIDOR_COLUMNS, key=("id",), check=check)
    return {
        row.text("id"): Corridor(
            id=row.text("id"),
            name=row.text("name"),
            code=row.text("code"),
            named_by_minister=row.is_yes("named_by_minister"),
            posts=_steps(row.text("posts")),
            note=row.text("note"),
            source=row.items("source"),
        )
        for row in rows
    }


def _steps(posts: str) -> tuple[tuple[str, ...], ...]:
    steps = (step.split(ALTERNATIVE_SEPARATOR) for step in posts.split(STEP_SEPARATOR))
    return tuple(tuple(post.strip() for post in step) for step in steps)


def read_vehicles(path: Path, sources: Mapping[str, Source]) -> dict[str, Vehicle]:
    """Types of truck by id."""

    def check(rows: Sequence[Row]) -> Iterator[Fault]:
        yield from unknown_names(rows, "source", sources, "source")
        yield from disordered(rows, ("payload_t", "gross_mass_t"))

    rows = read_table(path, VEHICLE_COLUMNS, key=("id",), check=check)
    return {
        row.text("id"): Vehicle(
            id=row.text("id"),
            name=row.text("name"),
            gross_mass_t=row.number("gross_mass_t"),
            payload_t=row.number("payload_t"),
            axles=row.whole("axles"),
            length_m=row.number("length_m"),
            height_m=row.number("height_m"),
            emission_class=row.text("emission_class"),
            source=row.items("source"),
            grade=row.text("grade"),
            note=row.text("note"),
        )
        for row in rows
    }


def read_cargo_kinds(path: Path, sources: Mapping[str, Source]) -> dict[str, CargoKind]:
    """Kinds of cargo by id."""

    def check(rows: Sequence[Row]) -> Iterator[Fault]:
        yield from unknown_names(rows, "source", sources, "source")
        yield from disordered(rows, ("low", "vot_share_per_day", "high"))
        yield from outside(rows, "vot_share_per_day", 0.0, 1.0)

    rows = read_table(path, CARGO_COLUMNS, key=("id",), check=check)
    return {
        row.text("id"): CargoKind(
            id=row.text("id"),
            name=row.text("name"),
            vot_share_per_day=row.number("vot_share_per_day"),
            low=row.maybe_number("low"),
            high=row.maybe_number("high"),
            source=row.items("source"),
            grade=row.text("grade"),
            note=row.text("note"),
        )
        for row in rows
    }


def read_driver_rules(path: Path, sources: Mapping[str, Source]) -> dict[str, DriverRules]:
    """Rule sets on drivers' hours by id."""

    def check(rows: Sequence[Row]) -> Iterator[Fault]:
        yield from unknown_names(rows, "source", sources, "source")
        yield from disordered(rows, ("break_h", "gap_h", "day_h", "span_h"))

    rows = read_table(path, DRIVER_COLUMNS, key=("id",), check=check)
    return {row.text("id"): _driver_rules(row) for row in rows}


def _driver_rules(row: Row) -> DriverRules:
    return DriverRules(
        id=row.text("id"),
        crew=row.whole("crew"),
        gap_h=row.maybe_number("gap_h"),
        break_h=row.maybe_number("break_h"),
        day_h=row.number("day_h"),
        span_h=row.number("span_h"),
        rest_h=row.number("rest_h"),
        week_h=row.maybe_number("week_h"),
        fortnight_h=row.maybe_number("fortnight_h"),
        week_clock_h=row.maybe_number("week_clock_h"),
        weekly_rest_h=row.maybe_number("weekly_rest_h"),
        split_first_h=row.maybe_number("split_first_h"),
        split_rest_h=row.maybe_number("split_rest_h"),
        split_span_h=row.maybe_number("split_span_h"),
        source=row.items("source"),
        grade=row.text("grade"),
        note=row.text("note"),
    )
