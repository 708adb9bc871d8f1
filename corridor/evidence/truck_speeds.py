"""How fast a loaded truck goes by class and surface, and the limits that the law sets; used to build networks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from corridor.errors import DataError
from corridor.evidence.faults import Fault, disordered, outside, unknown_names
from corridor.evidence.numbers_tables import GRADE, NOTE, SOURCE
from corridor.evidence.parameters import ANY
from corridor.evidence.places import Country
from corridor.evidence.sources import Source
from corridor.names import suggestion
from corridor.road_kinds import ROAD_CLASSES, SURFACES
from corridor.tables import Column, Row, read_table

Quantity = Literal["class_speed", "surface_factor", "ferry_speed", "truck_limit", "zone_limit"]

ROADS = tuple(name for name in ROAD_CLASSES if name not in ("unknown", "ferry"))
WHAT: Mapping[str, tuple[str, ...]] = {
    "class_speed": ROADS,
    "surface_factor": SURFACES,
    "ferry_speed": ("ferry",),
    "truck_limit": (ANY, *(name for name in ROADS if not name.endswith("_link"))),
}
"""What each quantity is given for; zones are named as in tags."""

NEEDED = (
    *(("class_speed", road_class) for road_class in ROADS),
    *(("surface_factor", surface) for surface in SURFACES),
    ("ferry_speed", "ferry"),
    ("truck_limit", ANY),
)
"""Rows without which some road would have no speed: they must be there for all countries (``*``)."""

UNITS = {"surface_factor": "ratio"}
SPEED_UNIT = "km/h"
MOST_KM_PER_H = 200.0

COLUMNS = (
    Column("quantity", choices=get_args(Quantity)),
    Column("country"),
    Column("what"),
    Column("value", "number"),
    Column("low", "number", optional=True),
    Column("high", "number", optional=True),
    Column("unit"),
    Column("year", "whole"),
    SOURCE,
    GRADE,
    NOTE,
)


@dataclass(frozen=True, slots=True)
class TruckSpeed:
    """One row: a speed or limit in km/h, or a factor, for a country (``*`` = all others) and a kind of road.

    Parameters
    ----------
    low, high : 10th and 90th percentile of what is not known; None where nobody said
    """

    quantity: Quantity
    country: str
    what: str
    value: float
    low: float | None
    high: float | None
    year: int
    source: tuple[str, ...]
    grade: str
    note: str


@dataclass(frozen=True, slots=True)
class TruckSpeeds:
    """Speeds and limits of trucks by country and kind of road.

    Parameters
    ----------
    rows : by (quantity, country, what)
    iso2 : ISO alpha-3 -> alpha-2, as tags name zones
    """

    rows: Mapping[tuple[str, str, str], TruckSpeed]
    iso2: Mapping[str, str]

    def class_speed_km_per_h(self, country: str, road_class: str) -> float:
        """Free flow of a loaded truck on a paved road of a class, before calibration."""
        return self._value("class_speed", country, road_class)

    def legal_limit_km_per_h(self, country: str, road_class: str) -> float:
        """What the law allows a truck outside towns; a link is like its class."""
        name = road_class.removesuffix("_link")
        own = self.rows.get(("truck_limit", country, name)) or self.rows.get(("truck_limit", country, ANY))
        common = self.rows.get(("truck_limit", ANY, name)) or self.rows["truck_limit", ANY, ANY]
        return (own or common).value

    def surface_factor(self, surface: str) -> float:
        """Share of the class speed that a surface leaves, > 0."""
        return self._value("surface_factor", ANY, surface)

    @property
    def ferry_km_per_h(self) -> float:
        """Speed of ferries of which the map gives no duration."""
        return self._value("ferry_speed", ANY, "ferry")

    @property
    def zone_limits(self) -> Mapping[str, float]:
        """Limits by the names that tags use, e.g. ``PK:urban``, and ``walk``."""
        return {
            row.what if row.country == ANY else f"{self.iso2[row.country]}:{row.what}": row.value
            for row in self.rows.values()
            if row.quantity == "zone_limit"
        }

    def _value(self, quantity: str, country: str, what: str) -> float:
        return (self.rows.get((quantity, country, what)) or self.rows[quantity, ANY, what]).value


def read_truck_speeds(path: Path, sources: Mapping[str, Source], countries: Mapping[str, Country]) -> TruckSpeeds:
    """The table of truck speeds, checked.

    Raises
    ------
    DataError
        The table has faults, or no row for all countries where one is needed.
    """

    def check(rows: Sequence[Row]) -> Iterator[Fault]:
        yield from unknown_names(rows, "source", sources, "source")
        yield from unknown_names(rows, "country", {*countries, ANY}, "country")
        yield from disordered(rows, ("low", "value", "high"))
        for row in rows:
            yield from _row_faults(row)

    table = read_table(path, COLUMNS, key=("quantity", "country", "what"), check=check)
    rows = {(row.text("quantity"), row.text("country"), row.text("what")): _truck_speed(row) for row in table}
    missing = [f"{quantity} of '{what}'" for quantity, what in NEEDED if (quantity, ANY, what) not in rows]
    if missing:
        raise DataError(f"{path.name}: no row for all countries ('{ANY}') of {', '.join(missing)}. Add it.")
    return TruckSpeeds(rows, {country.id: country.iso2 for country in countries.values()})


def _row_faults(row: Row) -> Iterator[Fault]:
    quantity, what = row.text("quantity"), row.text("what")
    known = WHAT.get(quantity)
    if known and what not in known:
        yield row.line, f"what: unknown kind of road '{what}'. {suggestion(what, known)}"
    unit = UNITS.get(quantity, SPEED_UNIT)
    if row.text("unit") != unit:
        yield row.line, f"unit: expected {unit}, got '{row.text('unit')}'. Correct the row."
    yield from outside([row], "value", *((0.01, 1.0) if unit == "ratio" else (1.0, MOST_KM_PER_H)))


def _truck_speed(row: Row) -> TruckSpeed:
    quantities: dict[str, Quantity] = {name: name for name in get_args(Quantity)}
    return TruckSpeed(
        quantity=quantities[row.text("quantity")],
        country=row.text("country"),
        what=row.text("what"),
        value=row.number("value"),
        low=row.maybe_number("low"),
        high=row.maybe_number("high"),
        year=row.whole("year"),
        source=row.items("source"),
        grade=row.text("grade"),
        note=row.text("note"),
    )
