"""Derive data/map/countries.geojson, the background of every map, from Natural Earth (public domain).

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python data/derive/map_background.py package/countries-50m.json

Two kinds of feature come out: `land` (one per country, with its ISO alpha-3 code, its name and a point
for the name) and `border` (the arcs that two countries share, so that coasts are not drawn as borders).
Seas and the Caspian are where no country is. Shared arcs are simplified once, so neighbours still fit.
"""

import csv
import json
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import mapping

BOX = (-22.0, 8.0, 122.0, 73.0)
"""West, south, east, north, degrees: wider than the network, so that a conical map has no empty corner."""

NAMED_BOX = (-11.0, 20.0, 92.0, 63.0)
"""The box of the network: names of countries go inside it."""

TOLERANCE_DEG = 0.012
DECIMALS = 2
LEAST_ISLAND_DEG2 = 0.02

DATA = Path(__file__).resolve().parents[1]

ALPHA_3_OF_ATLAS_NAME = {
    "Bosnia and Herz.": "BIH",
    "Macedonia": "MKD",
    "Turkey": "TUR",
}
"""Names that the atlas shortens or spells in its own way."""

Ring = list[tuple[float, float]]


def alpha_3_of_name() -> dict[str, str]:
    """Country name -> ISO alpha-3, from data/countries.csv and the atlas's own spellings."""
    with (DATA / "countries.csv").open(encoding="utf-8", newline="") as file:
        return {row["name"]: row["iso3"] for row in csv.DictReader(file)} | ALPHA_3_OF_ATLAS_NAME


def decoded_arcs(topology: dict[str, Any]) -> list[Ring]:
    """Lon/lat of every arc: TopoJSON stores quantised steps from point to point."""
    (x_scale, y_scale), (x_0, y_0) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        xs = accumulate(step[0] for step in arc)
        ys = accumulate(step[1] for step in arc)
        arcs.append([(x * x_scale + x_0, y * y_scale + y_0) for x, y in zip(xs, ys, strict=True)])
    return arcs


def simplified(arc: Ring) -> Ring:
    """The arc without points that matter less than `TOLERANCE_DEG`; its two ends stay."""
    line = shapely.simplify(shapely.LineString(arc), TOLERANCE_DEG, preserve_topology=True)
    return [(float(x), float(y)) for x, y in line.coords]


def rings_of(country: dict[str, Any]) -> Iterator[list[list[int]]]:
    """Polygons of a country, each a list of rings, each a list of arc numbers."""
    yield from [country["arcs"]] if country["type"] == "Polygon" else country["arcs"]


def stitched(numbers: list[int], arcs: list[Ring]) -> Ring:
    """One closed ring from its arcs; a negative number ~n means arc n backwards."""
    ring: Ring = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        ring.extend(arc[1:] if ring else arc)
    return ring


def land_of(country: dict[str, Any], arcs: list[Ring]) -> shapely.Geometry:
    """Land of a country inside the box, without islands too small to see."""
    polygons = []
    for rings in rings_of(country):
        outer, *holes = [stitched(numbers, arcs) for numbers in rings]
        if len(outer) >= 4:
            polygons.append(shapely.Polygon(outer, [hole for hole in holes if len(hole) >= 4]))
    whole = shapely.clip_by_rect(shapely.union_all(shapely.make_valid(polygons)), *BOX)
    parts = [part for part in shapely.get_parts(whole) if part.area >= LEAST_ISLAND_DEG2]
    return shapely.MultiPolygon(parts)


def label_point(land: shapely.Geometry) -> list[float]:
    """Where the country's name goes: the middle of the largest circle in what lies in the network's box."""
    inside = shapely.clip_by_rect(land, *NAMED_BOX)
    parts = shapely.get_parts(land if inside.is_empty else inside)
    largest = max(parts, key=lambda part: float(part.area))
    middle = shapely.get_point(shapely.maximum_inscribed_circle(largest, tolerance=0.05), 0)
    return [round(middle.x, 2), round(middle.y, 2)]


def border_lines(countries: list[dict[str, Any]], arcs: list[Ring]) -> shapely.Geometry:
    """The arcs that two countries share."""
    uses = Counter(
        number if number >= 0 else ~number
        for country in countries
        for rings in rings_of(country)
        for numbers in rings
        for number in numbers
    )
    shared = [shapely.LineString(arcs[number]) for number, times in sorted(uses.items()) if times > 1]
    return shapely.line_merge(shapely.clip_by_rect(shapely.multilinestrings(shared), *BOX))


def feature(geometry: shapely.Geometry, **properties: Any) -> dict[str, Any]:
    """One GeoJSON feature with rounded coordinates."""
    rounded = json.loads(json.dumps(mapping(geometry)), parse_float=lambda text: round(float(text), DECIMALS))
    return {"type": "Feature", "properties": properties, "geometry": rounded}


def main(atlas: Path) -> None:
    """Write the background."""
    topology = json.loads(atlas.read_text(encoding="utf-8"))
    countries = topology["objects"]["countries"]["geometries"]
    arcs = [simplified(arc) for arc in decoded_arcs(topology)]
    codes = alpha_3_of_name()
    features = []
    for country in sorted(countries, key=lambda country: str(country["properties"]["name"])):
        land, name = land_of(country, arcs), country["properties"]["name"]
        if not land.is_empty:
            properties = {"iso3": codes.get(name, ""), "name": name, "label": label_point(land)}
            features.append(feature(land, kind="land", **properties))
    features.append(feature(border_lines(countries, arcs), kind="border"))
    text = json.dumps({"type": "FeatureCollection", "features": features}, separators=(",", ":"))
    (DATA / "map" / "countries.geojson").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
