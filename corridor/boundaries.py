"""Which boundaries the maps show, and how: settled ones drawn through, disputed ones dashed (F45)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Literal

import shapely
from shapely.geometry import mapping, shape

from corridor.bundled import data_path
from corridor.errors import ScenarioError
from corridor.names import suggestion

NEUTRAL = "neutral"
OWN_SUFFIX = ".geojson"
MOST_BYTES = 5_000_000
DECIMALS = 2

Line = Literal["border", "disputed"]
LINE_OF_KIND: Mapping[str, Line] = {"border": "border", "contested": "disputed"}
LINE_OF_OWN_KIND: Mapping[str, Line] = {"border": "border", "disputed": "disputed"}
Feature = Mapping[str, Any]


@cache
def land_features() -> tuple[Feature, ...]:
    """Land of each country: `iso3`, `name`, and `label`, a point for the name."""
    return tuple(row for row in _bundled() if row["properties"]["kind"] == "land")


@cache
def line_features(view: str) -> tuple[Feature, ...]:
    """Lines between countries; `kind` is ``border`` (settled) or ``disputed``, which is drawn dashed.

    Parameters
    ----------
    view : ``neutral``; the ISO alpha-3 code of a country with a claim; or the path of a .geojson file with
        lines whose property `kind` is ``border`` or ``disputed``, which takes the place of all bundled lines

    Raises
    ------
    ScenarioError
        No claim of that country is known, or the file cannot be used.

    Notes
    -----
    In the neutral view every claim is dashed, and so is a line of control. In the view of a country its claims on
    land that another holds are borders; claims of others on land that it holds, and lines within its land that it
    does not accept, are left out. Lines of control stay dashed in every view.
    """
    if view.endswith(OWN_SUFFIX):
        return tuple(_read_own(Path(view)))
    if view != NEUTRAL and view not in claimants():
        raise ScenarioError(
            f"map.boundaries: no view of that name; expected {NEUTRAL}, a country with a claim "
            f"({', '.join(claimants())}) or a {OWN_SUFFIX} file, got '{view}'. {suggestion(view, claimants())}"
        )
    lines = ((row, _line_in_view(row["properties"], view)) for row in _bundled())
    return tuple(_feature(line, row["geometry"]) for row, line in lines if line is not None)


@cache
def claimants() -> tuple[str, ...]:
    """Countries whose claims are known, and so can be a view."""
    return tuple(sorted({row["properties"]["claimant"] for row in _bundled() if "claimant" in row["properties"]}))


@cache
def _bundled() -> tuple[Feature, ...]:
    text = data_path("map", "countries.geojson").read_text(encoding="utf-8")
    return tuple(json.loads(text)["features"])


def _line_in_view(properties: Mapping[str, str], view: str) -> Line | None:
    """How a view draws a bundled feature; None where it does not, or where it is land."""
    kind = properties["kind"]
    if kind != "claim":
        return LINE_OF_KIND.get(kind)
    if view == properties["holder"]:
        return None
    return "border" if view == properties["claimant"] else "disputed"


def _feature(line: Line, geometry: object) -> Feature:
    return {"type": "Feature", "properties": {"kind": line}, "geometry": geometry}


def _read_own(path: Path) -> Iterator[Feature]:
    features = _own_features(path)
    for number, row in enumerate(features, start=1):
        where = f"{path}: feature {number}"
        if not isinstance(row, dict):
            raise _unusable(where, "a GeoJSON feature", type(row).__name__)
        properties = row.get("properties")
        kind = properties.get("kind") if isinstance(properties, dict) else None
        if kind not in tuple(LINE_OF_OWN_KIND):
            raise _unusable(where, "the property kind to be border or disputed", repr(kind)[:40])
        yield _feature(LINE_OF_OWN_KIND[kind], _own_line(row.get("geometry"), where))


def _own_features(path: Path) -> Sequence[object]:
    """The features of a file, as far as it is GeoJSON at all."""
    try:
        size = path.stat().st_size
        text = path.read_text(encoding="utf-8") if size <= MOST_BYTES else ""
    except OSError as error:
        raise _unusable(str(path), "a file that can be read", str(error.strerror)) from error
    except UnicodeDecodeError as error:
        raise _unusable(str(path), "UTF-8 text", "other bytes") from error
    if size > MOST_BYTES:
        raise _unusable(str(path), f"at most {MOST_BYTES:,} bytes", f"{size:,}")
    try:
        features = json.loads(text)["features"]
    except (ValueError, TypeError, KeyError, RecursionError):
        raise _unusable(str(path), "a whole GeoJSON FeatureCollection", "something else, or a part of one") from None
    if not isinstance(features, list) or not features:
        raise _unusable(str(path), "a list of features", "none")
    return features


def _own_line(geometry: object, where: str) -> object:
    """A line in degrees as GeoJSON, with coordinates rounded as those of the bundled lines are."""
    try:
        line = shapely.set_precision(shape(geometry), 10**-DECIMALS)
    except (ValueError, TypeError, KeyError, AttributeError, shapely.errors.ShapelyError):
        raise _unusable(where, "a LineString or MultiLineString", "no such geometry") from None
    if line.is_empty:
        raise _unusable(where, f"a line longer than {10**-DECIMALS:g} degrees", "none, or a shorter one")
    if line.geom_type not in ("LineString", "MultiLineString"):
        raise _unusable(where, "a LineString or MultiLineString", line.geom_type)
    west, south, east, north = line.bounds
    if west < -180 or east > 180 or south < -90 or north > 90:
        raise _unusable(where, "longitude, then latitude in degrees", f"{west:g}, {south:g} to {east:g}, {north:g}")
    return json.loads(json.dumps(mapping(line)), parse_float=lambda text: round(float(text), DECIMALS))


def _unusable(where: str, expected: str, got: str) -> ScenarioError:
    return ScenarioError(
        f"{where}: no boundaries to draw; expected {expected}, got {got}. "
        f"Mend the file, or write {NEUTRAL} for map.boundaries."
    )
