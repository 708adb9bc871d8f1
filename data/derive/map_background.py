"""Derive data/map/countries.geojson, the background of every map, from Natural Earth (public domain).

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    apt-get download qgis-common && dpkg-deb -x qgis-common_*.deb qgis
    python data/derive/map_background.py package/countries-50m.json qgis/usr/share/qgis/resources/data/world_map.gpkg

Four kinds of feature come out: `land` (one per country, with its ISO alpha-3 code, its name and a point for the
name), `border` (the arcs that two countries share, so that coasts are not drawn as borders), `contested` (the parts of
such arcs that run through territory in dispute) and `claim` (lines up to which a country claims what another holds, or
that it does not accept within itself, with the ISO alpha-3 codes of `claimant` and `holder`). Seas and the Caspian are
where no country is. Shared arcs are simplified once, so neighbours still fit.
"""

import csv
import json
import sys
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path
from typing import Any

import geopandas as gpd
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

CONTESTED_BOXES = {
    ("India", "Pakistan"): [(73.0, 32.3, 78.0, 37.5)],
    ("India", "Siachen Glacier"): [BOX],
    ("Pakistan", "Siachen Glacier"): [BOX],
    ("China", "Siachen Glacier"): [BOX],
    ("China", "India"): [(76.0, 30.0, 81.2, 36.0), (91.5, 26.5, 97.5, 29.8)],
    ("Russia", "Ukraine"): [(32.0, 44.0, 36.8, 46.6)],
    ("Cyprus", "N. Cyprus"): [BOX],
    ("Kosovo", "Serbia"): [BOX],
    ("Israel", "Palestine"): [BOX],
    ("Israel", "Syria"): [BOX],
}
"""Two units of the atlas -> where the line between them runs through territory that both, or a third, claim."""

COUNTRY_OF_CLAIM = {
    "Chinese": "CHN", "Georgian": "GEO", "Indian": "IND", "Kenyan": "KEN", "Lebanese": "LBN", "Moldovan": "MDA",
    "Pakistani": "PAK", "Portuguese": "PRT", "South Sudanese": "SSD", "Sudanese": "SDN", "Syrian": "SYR",
    "Ukrainian": "UKR", "Western Saharan": "ESH",
}  # fmt: skip
ENDED_CLAIMS = frozenset({"Ceasefire Line 1994", "Former USSR oblast in 1991"})
"""Lines of Nagorno-Karabakh, which Azerbaijan has held whole since September 2023."""

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


def shared_arcs(countries: list[dict[str, Any]]) -> dict[int, tuple[str, str]]:
    """Number of each arc that two countries share -> their names, sorted."""
    users: dict[int, set[str]] = {}
    for country in countries:
        for rings in rings_of(country):
            for numbers in rings:
                for number in numbers:
                    users.setdefault(max(number, ~number), set()).add(str(country["properties"]["name"]))
    pairs = {number: sorted(names) for number, names in sorted(users.items()) if len(names) > 1}
    return {number: (names[0], names[1]) for number, names in pairs.items()}


def border_lines(countries: list[dict[str, Any]], arcs: list[Ring]) -> tuple[shapely.Geometry, shapely.Geometry]:
    """The lines that two countries share: those that are settled, and those through territory in dispute."""
    settled, contested = [], []
    for number, pair in shared_arcs(countries).items():
        line = shapely.clip_by_rect(shapely.LineString(arcs[number]), *BOX)
        disputed = shapely.union_all([shapely.box(*box) for box in CONTESTED_BOXES.get(pair, [])])
        settled.append(shapely.difference(line, disputed))
        contested.append(shapely.intersection(line, disputed))
    return shapely.line_merge(shapely.union_all(settled)), shapely.line_merge(shapely.union_all(contested))


def claims(world_map: Path) -> Iterator[dict[str, Any]]:
    """A feature for each claimant and holder."""
    lines = gpd.read_file(world_map, layer="disputed_borders").cx[BOX[0] : BOX[2], BOX[1] : BOX[3]]
    lines = lines[~lines["name"].isin(ENDED_CLAIMS)]
    claimant = lines["name"].str.removesuffix(" claim").map(COUNTRY_OF_CLAIM)
    if claimant.isna().any():
        raise SystemExit(f"{world_map}: unknown claims {sorted(lines['name'][claimant.isna()])}; add their countries.")
    for (by, holder), group in lines.groupby([claimant, "adm0_a3_l"], sort=True):
        line = shapely.simplify(shapely.line_merge(shapely.union_all(group.geometry)), TOLERANCE_DEG)
        yield feature(shapely.clip_by_rect(line, *BOX), kind="claim", claimant=by, holder=holder)


def feature(geometry: shapely.Geometry, **properties: Any) -> dict[str, Any]:
    """One GeoJSON feature with rounded coordinates."""
    rounded = json.loads(json.dumps(mapping(geometry)), parse_float=lambda text: round(float(text), DECIMALS))
    return {"type": "Feature", "properties": properties, "geometry": rounded}


def main(atlas: Path, world_map: Path) -> None:
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
    settled, contested = border_lines(countries, arcs)
    features += [feature(settled, kind="border"), feature(contested, kind="contested"), *claims(world_map)]
    text = json.dumps({"type": "FeatureCollection", "features": features}, separators=(",", ":"))
    (DATA / "map" / "countries.geojson").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
