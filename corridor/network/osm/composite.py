"""Which classes of road are kept where: a table of country x classes x polygon."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray

from corridor.errors import DataError
from corridor.road_kinds import ROAD_CLASSES
from corridor.tables import Column, Row, read_table

CLASSES_WITH_LINKS = ("motorway", "trunk", "primary", "secondary", "tertiary")
CLASSES = tuple(name for name in ROAD_CLASSES if name not in ("unknown", "ferry") and not name.endswith("_link"))


@dataclass(frozen=True, slots=True)
class CompositeRow:
    """Classes kept in a country (``*`` for those without a row), inside a polygon or everywhere."""

    country: str
    classes: frozenset[str]
    polygon: shapely.Geometry | None


Composite = tuple[CompositeRow, ...]


def read_composite(path: Path, *, countries: Sequence[str]) -> Composite:
    """The table of classes to keep.

    Raises
    ------
    DataError
        The file is missing or has faults: an unknown country or class, a polygon that is none. All in one message.
    """
    columns = [
        Column("country", choices=("*", *countries)),
        Column("classes", "list"),
        Column("polygon", optional=True),
    ]
    rows = read_table(path, columns, check=_faults)
    if not rows:
        raise DataError(f"{path}: no rows; expected at least one, such as '*,motorway;trunk;primary,'.")
    return tuple(
        CompositeRow(row.text("country"), _with_links(row.items("classes")), _polygon(row.text("polygon")))
        for row in rows
    )


def classes_read(composite: Composite) -> frozenset[str]:
    """Every class that some row keeps."""
    return frozenset().union(*(row.classes for row in composite))


def is_kept(
    composite: Composite,
    *,
    road_class: NDArray[np.int8],
    country: NDArray[np.int16],
    countries: Sequence[str],
    lon: NDArray[np.float64],
    lat: NDArray[np.float64],
) -> NDArray[np.bool_]:
    """Whether edges are of a class kept where they lie, all arrays of shape (edges,).

    Parameters
    ----------
    road_class, country : index into `ROAD_CLASSES` and `countries`
    lon, lat : a point of the edge, degrees
    """
    named = {row.country for row in composite}
    kept = np.zeros(len(road_class), dtype=bool)
    for row in composite:
        here = [number for number, iso3 in enumerate(countries) if row.country == (iso3 if iso3 in named else "*")]
        wanted = [number for number, name in enumerate(ROAD_CLASSES) if name in row.classes]
        matches = np.flatnonzero(np.isin(country, here) & np.isin(road_class, wanted))
        if row.polygon is not None:
            shapely.prepare(row.polygon)
            matches = matches[shapely.contains_xy(row.polygon, lon[matches], lat[matches])]
        kept[matches] = True
    return kept


def _with_links(classes: Sequence[str]) -> frozenset[str]:
    links = {f"{name}_link" for name in classes if name in CLASSES_WITH_LINKS}
    return frozenset(classes) | links


def _polygon(text: str) -> shapely.Geometry | None:
    return shapely.from_wkt(text) if text else None


def _faults(rows: Sequence[Row]) -> list[tuple[int, str]]:
    faults = []
    for row in rows:
        unknown = [name for name in row.items("classes") if name not in CLASSES]
        if unknown:
            faults.append((row.line, f"classes: unknown; expected any of {', '.join(CLASSES)}, got '{unknown[0]}'."))
        if not _is_polygon(row.text("polygon")):
            faults.append(
                (row.line, "polygon: not a polygon; expected well-known text such as 'POLYGON ((60 30, ...))'.")
            )
    return faults


def _is_polygon(text: str) -> bool:
    polygon = shapely.from_wkt(text, on_invalid="ignore") if text else None
    return not text or (polygon is not None and polygon.geom_type in ("Polygon", "MultiPolygon") and polygon.is_valid)
