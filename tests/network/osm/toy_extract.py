"""Small OSM extracts whose totals can be added up on paper, and a toy corridor through Torkham.

Every road of the toy runs straight east or north; points are (km east, km north) of the Torkham post. The drawing is
not to scale, "|" runs north. Every rung "=3=" of the main road is blocked to some trucks, and has a way round that
everyone may take, 3 km to the side: 3 + 8 + 3 = 14 km in place of 8.

    Jalalabad (-59, 34)                        (the line)
       | 14                                        :
    (-59, 20) --------- unlisted road, 104 km -----:------------------------- (45, 20)
       | 20                                        :                             | 20       +-- secondary 21 --+
    (-59, 0) 1 =f= =o= =d= =c= =h= =w= =p= -2 TORKHAM 2 - =n= ==dual 10== O ==== (45, 0) 2 (47) -- trunk 13 --(60)
            -58 -50 -42 -34 -26 -18 -10 -2         0      2   10       20  25      | 13
                                                                               Peshawar (45, -13)

    (60) ==== toll motorway 28, booth at 74 ==== (88) -- 8 -- Mardan (88, 8)
    (60) ---- 3 + 28 + 3 km of free primary ---- (88)

| Rung | From, to km east | Straight road | Way round |
| --- | --- | --- | --- |
| f | -58, -50 | ferry for motor vehicles, 8 km in 40 minutes | north, 14 km |
| o | -50, -42 | oneway=-1, its nodes from west to east: drivable westward only | south, 14 km |
| d | -42, -34 | hgv=destination | north, 14 km |
| c | -34, -26 | highway=construction | south, 14 km |
| h | -26, -18 | 2 km of tunnel with maxheight=3.5 | north, 14 km |
| w | -18, -10 | 2 km of bridge with maxweight=10 | south, 14 km |
| p | -10, -2 | access=private | north, 14 km |
| n | 2, 10 | hgv=no | south, 14 km |

- Dual carriageway 10 to 20: eastward 10 km; westward 30 m south of it, 8 km + 2 slants of 1 km = 10.001 km.
- Roundabout O from 24.94 to 25, clockwise: a square on its tip, 4 sides of 0.03 x sqrt(2) km. Either way through it
  is 2 sides, 0.085 km. From its tip in the north hangs a dead end of 5 km that serves nothing.
- From 25 to 45 five ways: 6 km at 60 km/h, 6 km of gravel at 30, a bridge of 2 km and a tunnel of 2 km at 80, 4 km
  at 80: 20 km in 0.1 + 0.2 + 0.025 + 0.025 + 0.05 = 0.4 h at the posted speeds.
- Motorway 60 to 88: eastward 28 km; westward 26 km + 2 slants of 1 km = 28.001 km and no `oneway` tag. Booth each.
- At 20 a tertiary road of which only the first kilometre is in the file.
- The ways from -2 to 2 through Torkham and from 0 to 10 on the unlisted road are in both files, with the same ids.

Peshawar to Jalalabad with 40 t and 4 m, by Torkham: 13 + 20 + 0.085 + 4.94 + 10.001 + 14 + 4 + 5 x 14 + 8 + 8 + 1
+ 34 = 187.026 km; back: 6 km more (rung o), 0.001 less. By the unlisted road it would be 13 + 124 + 14 = 151 km.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, cos, dist, pi, radians
from pathlib import Path

import osmium
from osmium.osm.mutable import Node, Way

from corridor.network.geometry import EARTH_RADIUS_KM

LonLat = tuple[float, float]
"""Degrees."""

EastNorth = tuple[float, float]
"""Kilometres east and north of Torkham."""

Tags = Mapping[str, str]

WayRow = tuple[int, Sequence[int], Tags]
"""Way id, node ids, tags."""

NO_TAGS: Mapping[int, Tags] = {}

TORKHAM_LON, TORKHAM_LAT = 71.093, 34.124
"""As in crossings.csv; the country polygons part 45 m east of it."""

KM_PER_DEGREE = pi * EARTH_RADIUS_KM / 180
NODE_STEP_KM = 2.0
FIRST_NODE_ID, FIRST_WAY_ID = 11_000_000_001, 1_200_000_001
"""Node ids do not fit into 32 bits, as in real extracts."""

ASIDE_KM = 0.03
"""Between the two carriageways, and from the middle of the roundabout to its tips."""


def write_extract(
    path: Path,
    nodes: Mapping[int, LonLat],
    ways: Sequence[WayRow],
    *,
    node_tags: Mapping[int, Tags] = NO_TAGS,
) -> Path:
    """Write nodes (id -> lon, lat) and ways to one OSM file and return its path, sorted by id as extracts are.

    The suffix decides the format: `.osm.pbf`, `.osm`, `.osm.gz` or `.osm.bz2`. A way may name nodes that `nodes`
    lacks: the file is then an incomplete extract.
    """
    with osmium.SimpleWriter(str(path), overwrite=True) as writer:
        for node_id, location in sorted(nodes.items()):
            writer.add_node(Node(id=node_id, location=location, version=1, tags=dict(node_tags.get(node_id, {}))))
        for way_id, refs, tags in sorted(ways, key=lambda way: way[0]):
            writer.add_way(Way(id=way_id, nodes=list(refs), version=1, tags=dict(tags)))
    return path


@dataclass(frozen=True, slots=True)
class ToyWay:
    """A way through some corners, in the files of these countries."""

    corners: tuple[EastNorth, ...]
    tags: Tags
    files: tuple[str, ...]

    def points(self) -> tuple[EastNorth, ...]:
        """Its corners and, between them, a point every 2 km at most."""
        between = [point for start, end in pairwise(self.corners) for point in _stretch(start, end)]
        return (*between, self.corners[-1])


def _stretch(start: EastNorth, end: EastNorth) -> Iterator[EastNorth]:
    pieces = max(1, ceil(dist(start, end) / NODE_STEP_KM - 1e-9))
    for piece in range(pieces):
        east, north = (a + (b - a) * piece / pieces for a, b in zip(start, end, strict=True))
        yield round(east, 6), round(north, 6)


PAK, AFG, BOTH = ("PAK",), ("AFG",), ("AFG", "PAK")

TRUNK = {"highway": "trunk", "ref": "N-5", "surface": "asphalt"}
TRUNK_AFG = {"highway": "trunk", "ref": "A1"}
ROUND_WEST, ROUND_NORTH = (24.94, 0.0), (24.97, ASIDE_KM)
ROUND_EAST, ROUND_SOUTH = (25.0, 0.0), (24.97, -ASIDE_KM)

MISSING = frozenset({(20.0, 2.0), (20.0, 3.0)})
"""Points that a way names and no file holds."""

POINT_TAGS: Mapping[EastNorth, Tags] = {
    (0.0, 0.0): {"barrier": "border_control", "name": "Torkham"},
    (74.0, 0.0): {"barrier": "toll_booth"},
    (74.0, -ASIDE_KM): {"barrier": "toll_booth"},
    (31.0, 0.0): {"highway": "crossing"},
    (45.1, -12.9): {"amenity": "restaurant", "name": "Khyber"},
    (-58.9, 33.9): {"shop": "car_repair"},
}


def _road(*corners: EastNorth, files: tuple[str, ...], tags: Tags) -> ToyWay:
    return ToyWay(corners, tags, files)


def _way_round(west: float, east: float, *, north: float, files: tuple[str, ...] = AFG) -> ToyWay:
    """The 14 km that everyone may take beside a rung of 8 km."""
    corners = (west, 0.0), (west, north), (east, north), (east, 0.0)
    return ToyWay(corners, {"highway": "primary"}, files)


def _carriageways(west: float, east: float, *, east_tags: Tags, west_tags: Tags) -> tuple[ToyWay, ToyWay]:
    """A one-way pair, eastward along the axis and westward beside it (traffic keeps left)."""
    back = (east, 0.0), (east - 1, -ASIDE_KM), (west + 1, -ASIDE_KM), (west, 0.0)
    return _road((west, 0.0), (east, 0.0), files=PAK, tags=east_tags), ToyWay(back, west_tags, PAK)


def _afghan_rungs() -> tuple[ToyWay, ...]:
    def straight(west: float, east: float, **tags: str) -> ToyWay:
        return _road((west, 0.0), (east, 0.0), files=AFG, tags=TRUNK_AFG | tags)

    ferry = {"route": "ferry", "motor_vehicle": "yes", "duration": "00:40"}
    return (
        straight(-59.0, -58.0),
        _road((-58.0, 0.0), (-50.0, 0.0), files=AFG, tags=ferry),
        _way_round(-58.0, -50.0, north=3.0),
        straight(-50.0, -42.0, oneway="-1"),
        _way_round(-50.0, -42.0, north=-3.0),
        straight(-42.0, -34.0, hgv="destination"),
        _way_round(-42.0, -34.0, north=3.0),
        straight(-34.0, -26.0, highway="construction", construction="trunk"),
        _way_round(-34.0, -26.0, north=-3.0),
        straight(-26.0, -23.0),
        straight(-23.0, -21.0, tunnel="yes", maxheight="3.5"),
        straight(-21.0, -18.0),
        _way_round(-26.0, -18.0, north=3.0),
        straight(-18.0, -15.0),
        straight(-15.0, -13.0, bridge="yes", maxweight="10"),
        straight(-13.0, -10.0),
        _way_round(-18.0, -10.0, north=-3.0),
        straight(-10.0, -2.0, access="private"),
        _way_round(-10.0, -2.0, north=3.0),
        _road((-59.0, 0.0), (-59.0, 34.0), files=AFG, tags=TRUNK_AFG),
    )


def _border_roads() -> tuple[ToyWay, ...]:
    unlisted = {"highway": "secondary", "name": "unlisted road"}
    return (
        _road((-2.0, 0.0), (2.0, 0.0), files=BOTH, tags={"highway": "trunk", "name": "Khyber Pass"}),
        _road((45.0, 0.0), (45.0, 20.0), (10.0, 20.0), files=PAK, tags=unlisted),
        _road((10.0, 20.0), (0.0, 20.0), files=BOTH, tags=unlisted),
        _road((0.0, 20.0), (-59.0, 20.0), files=AFG, tags=unlisted),
    )


def _khyber_to_peshawar() -> tuple[ToyWay, ...]:
    def stretch(west: float, east: float, **tags: str) -> ToyWay:
        return _road((west, 0.0), (east, 0.0), files=PAK, tags=TRUNK | tags)

    ring = (ROUND_WEST, ROUND_NORTH, ROUND_EAST, ROUND_SOUTH, ROUND_WEST)
    one_way = TRUNK | {"oneway": "yes"}
    return (
        stretch(2.0, 10.0, hgv="no"),
        _way_round(2.0, 10.0, north=-3.0, files=PAK),
        *_carriageways(10.0, 20.0, east_tags=one_way, west_tags=one_way),
        stretch(20.0, 24.94),
        ToyWay(ring, TRUNK | {"junction": "roundabout"}, PAK),
        _road(ROUND_NORTH, (24.97, 5.0 + ASIDE_KM), files=PAK, tags={"highway": "unclassified"}),
        stretch(25.0, 31.0, maxspeed="60"),
        stretch(31.0, 37.0, maxspeed="30", surface="gravel"),
        stretch(37.0, 39.0, maxspeed="80", bridge="yes"),
        stretch(39.0, 41.0, maxspeed="80", tunnel="yes"),
        stretch(41.0, 45.0, maxspeed="80"),
        _road((45.0, 0.0), (45.0, -13.0), files=PAK, tags=TRUNK),
        _road((20.0, 0.0), (20.0, 1.0), (20.0, 2.0), (20.0, 3.0), files=PAK, tags={"highway": "tertiary"}),
    )


def _peshawar_to_mardan() -> tuple[ToyWay, ...]:
    motorway = {"highway": "motorway", "toll": "yes", "maxspeed": "120", "maxspeed:hgv": "100", "ref": "M-1"}
    free = (60.0, 0.0), (60.0, -3.0), (88.0, -3.0), (88.0, 0.0)
    eastward, westward = _carriageways(60.0, 88.0, east_tags=motorway | {"oneway": "yes"}, west_tags=motorway)
    booth_west = (87.0, -ASIDE_KM), (74.0, -ASIDE_KM), (61.0, -ASIDE_KM)
    return (
        _road((45.0, 0.0), (47.0, 0.0), files=PAK, tags=TRUNK),
        _road((47.0, 0.0), (60.0, 0.0), files=PAK, tags=TRUNK),
        _road((47.0, 0.0), (47.0, 4.0), (60.0, 4.0), (60.0, 0.0), files=PAK, tags={"highway": "secondary"}),
        eastward,
        ToyWay((westward.corners[0], *booth_west, westward.corners[-1]), westward.tags, PAK),
        ToyWay(free, {"highway": "primary"}, PAK),
        _road((88.0, 0.0), (88.0, 8.0), files=PAK, tags={"highway": "primary", "name": "Mardan road"}),
    )


def _noise() -> tuple[ToyWay, ...]:
    def square(east: float, north: float) -> tuple[EastNorth, ...]:
        return (east, north), (east + 0.02, north), (east + 0.02, north + 0.02), (east, north + 0.02), (east, north)

    return (
        ToyWay(square(45.2, -12.5), {"building": "yes", "name": "bazaar"}, PAK),
        ToyWay(square(-58.8, 33.5), {"building": "house"}, AFG),
        ToyWay(square(45.5, -12.0), {"landuse": "residential"}, PAK),
        _road((31.0, 0.0), (31.0, 0.5), files=PAK, tags={"highway": "footway"}),
        _road((-26.0, 0.3), (-30.0, 0.3), files=AFG, tags={"highway": "path"}),
        _road((2.5, 0.2), (44.5, 0.2), files=PAK, tags={"railway": "rail", "name": "Khyber line"}),
        _road((-57.0, -1.0), (-57.0, 2.0), files=AFG, tags={"waterway": "river", "name": "Kabul"}),
    )


TOY_WAYS = (*_afghan_rungs(), *_border_roads(), *_khyber_to_peshawar(), *_peshawar_to_mardan(), *_noise())


def toy_node_ids() -> dict[EastNorth, int]:
    """Node id of every point of the toy, missing ones too, from west to east."""
    points = {point for way in TOY_WAYS for point in way.points()} | set(POINT_TAGS)
    return {point: FIRST_NODE_ID + number for number, point in enumerate(sorted(points))}


def lon_lat(east_km: float, north_km: float) -> LonLat:
    """Degrees of a point of the toy; roads along a parallel are to scale, and so nearly are those along a meridian."""
    lat = TORKHAM_LAT + north_km / KM_PER_DEGREE
    return TORKHAM_LON + east_km / (KM_PER_DEGREE * cos(radians(lat))), lat


def write_toy_corridor(folder: Path) -> dict[str, Path]:
    """Write `western.osm.pbf` (AFG) and `eastern.osm.pbf` (PAK) and return their paths by country."""
    names = {"AFG": "western.osm.pbf", "PAK": "eastern.osm.pbf"}
    return {country: _write_country(folder / name, country) for country, name in names.items()}


def _write_country(path: Path, country: str) -> Path:
    node_id = toy_node_ids()
    numbered = [(FIRST_WAY_ID + number, way) for number, way in enumerate(TOY_WAYS) if country in way.files]
    lone = {point for point in POINT_TAGS if (point[0] < 0) == (country == "AFG")}
    points = {point for _, way in numbered for point in way.points()} | lone
    return write_extract(
        path,
        {node_id[point]: lon_lat(*point) for point in points - MISSING},
        [(way_id, [node_id[point] for point in way.points()], way.tags) for way_id, way in numbered],
        node_tags={node_id[point]: tags for point, tags in POINT_TAGS.items() if point in points},
    )
