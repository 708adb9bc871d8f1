"""Read one OpenStreetMap file with pyosmium: one pass, node locations in an index on disk."""

from __future__ import annotations

import tempfile
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import cast

import numpy as np
import osmium

from corridor.errors import DataError
from corridor.network.osm.extract import E7, POINT_KINDS, Extract
from corridor.network.osm.neighbourhoods import Cell, cell_of
from corridor.network.osm.tag_rules import LABEL_KEYS, RULE_KEYS, road_label

Areas = Mapping[str, frozenset[Cell] | None]
"""Class of road -> cells where it is read; None = everywhere."""

SUFFIXES = (".osm.pbf", ".osm", ".osm.gz", ".osm.bz2")
POINT_TAGS = (("barrier", "border_control"), ("barrier", "toll_booth"), ("highway", "toll_booth"))
WKB_HEAD_BYTES = 9
"""Byte order, kind and number of points, before the points of a line (OGC Simple Features)."""


def read_osm_file(path: Path, *, areas: Areas, scratch: Path | None = None) -> Extract:
    """Ways of some `highway` values, ferries, and posts and toll booths, out of a file.

    Parameters
    ----------
    areas : value of `highway` -> cells in which a way of it must begin or end, None = kept everywhere
    scratch : folder for the index of node locations, 16 bytes a node of the file; deleted at the end

    Raises
    ------
    DataError
        The file is missing, damaged, of another format, or its nodes lie off the globe.

    Notes
    -----
    Nodes come before ways in a file, so a single pass has to remember where every node is. The index is a
    mapped file: the system may drop its pages at any time, and memory holds the kept roads only.
    """
    check_osm_file(path)
    with tempfile.TemporaryDirectory(prefix="corridor-", dir=scratch) as folder:
        gathered = _Gathered(osmium.geom.WKBFactory(), osmium.geom.use_nodes.ALL, areas)
        try:
            date = _read(path, areas, Path(folder) / "locations", gathered)
        except (RuntimeError, ValueError, OSError, MemoryError, UnicodeDecodeError) as error:
            raise DataError(
                f"{path}: cannot be read as OpenStreetMap data ({error}). Download it again, or check the file."
            ) from error
    return gathered.extract(path.name, date)


def check_osm_file(path: Path) -> None:
    """Raise DataError where a file is missing or its name is not that of OpenStreetMap data."""
    if not path.name.endswith(SUFFIXES):
        raise DataError(f"{path}: unknown kind of file; expected {', '.join(SUFFIXES)}, got '{path.name}'.")
    if not path.is_file():
        raise DataError(f"{path}: no such file. Give the path of an OpenStreetMap extract.")


def _read(path: Path, classes: Iterable[str], index_file: Path, gathered: _Gathered) -> str:
    """Gather everything wanted from a file; return the date of its data."""
    entities = osmium.osm.NODE | osmium.osm.WAY
    reader = osmium.io.Reader(str(path), entities)
    date = str(reader.header().get("osmosis_replication_timestamp", ""))[:10]
    locations = osmium.NodeLocationsForWays(osmium.index.create_map(f"sparse_file_array,{index_file}"))
    index_file.unlink()  # it lives on while it is open, and goes when the process does, even if killed
    locations.ignore_errors()
    roads = osmium.filter.TagFilter(*(("highway", value) for value in sorted(classes)), ("route", "ferry"))
    points = osmium.filter.TagFilter(*POINT_TAGS)
    roads.enable_for(osmium.osm.WAY)
    points.enable_for(osmium.osm.NODE)
    try:
        for thing in osmium.OsmFileIterator(reader, roads, locations, points):
            gathered.add(thing)
    finally:
        reader.close()
    return date or gathered.youngest


@dataclass(slots=True)
class _Gathered:
    """Columns that grow while a file is read; `lines` makes the coordinates of a way in one call."""

    lines: osmium.geom.WKBFactory
    all_nodes: osmium.geom.use_nodes
    areas: Areas
    way_id: array[int] = field(default_factory=lambda: array("q"))
    tag_set: array[int] = field(default_factory=lambda: array("i"))
    road: array[int] = field(default_factory=lambda: array("i"))
    ref_count: array[int] = field(default_factory=lambda: array("i"))
    node_id: array[int] = field(default_factory=lambda: array("q"))
    lines_wkb: list[bytes] = field(default_factory=list)
    points: list[tuple[int, int, int, int]] = field(default_factory=list)
    tag_sets: dict[tuple[str, ...], int] = field(default_factory=dict)
    road_names: dict[str, int] = field(default_factory=lambda: {"": 0})
    dropped: Counter[str] = field(default_factory=Counter)
    youngest: str = ""

    def add(self, thing: object) -> None:
        if isinstance(thing, osmium.osm.Way):
            self._add_way(thing)
        elif isinstance(thing, osmium.osm.Node):
            self._add_point(thing)

    def _add_point(self, node: osmium.osm.Node) -> None:
        kind = POINT_KINDS.index(node.tags.get("barrier") or node.tags.get("highway"))
        if node.location.valid():
            self.points.append((node.id, node.location.x, node.location.y, kind))

    def _add_way(self, way: osmium.osm.Way) -> None:
        get = cast("Callable[[str, str], str]", way.tags.get)
        cells = self.areas.get(get("highway", ""))
        if cells is not None and not _touches(way, cells):
            return
        tags = tuple([get(key, "") for key in RULE_KEYS])
        number = self.tag_sets.setdefault(tags, len(self.tag_sets))
        name = road_label(**{key.replace(":", "_"): get(key, "") for key in LABEL_KEYS})
        road = self.road_names.setdefault(name, len(self.road_names))
        if way.timestamp.year > 1970:
            self.youngest = max(self.youngest, way.timestamp.date().isoformat())
        for ids, line in self._pieces(way):
            self.way_id.append(way.id)
            self.tag_set.append(number)
            self.road.append(road)
            self.ref_count.append(len(ids))
            self.node_id.extend(ids)
            self.lines_wkb.append(line)

    def _pieces(self, way: osmium.osm.Way) -> Iterator[tuple[list[int], bytes]]:
        """The way, or its pieces between nodes that the file does not hold: ids, and (lon, lat) as doubles."""
        try:
            line = bytes.fromhex(self.lines.create_linestring(way, self.all_nodes))
        except (RuntimeError, osmium.InvalidLocationError):
            yield from self._broken_pieces(way)
        else:
            yield [node.ref for node in way.nodes], line[WKB_HEAD_BYTES:]

    def _broken_pieces(self, way: osmium.osm.Way) -> Iterator[tuple[list[int], bytes]]:
        self.dropped["ways with missing nodes"] += 1
        is_known = [node.location.valid() for node in way.nodes]
        for known, run in groupby(zip(way.nodes, is_known, strict=True), key=itemgetter(1)):
            nodes = [node for node, _ in run]
            if known and len(nodes) > 1:
                degrees = array("d", [degree for node in nodes for degree in (node.lon, node.lat)])
                yield [node.ref for node in nodes], degrees.tobytes()

    def extract(self, name: str, data_date: str) -> Extract:
        degrees = np.frombuffer(b"".join(self.lines_wkb), dtype=np.float64).reshape(-1, 2)
        lon_e7, lat_e7 = np.rint(degrees / E7).astype(np.int32).T
        points = np.array(self.points, dtype=np.int64).reshape(-1, 4)
        return Extract(
            name=name,
            data_date=data_date,
            way_id=np.frombuffer(self.way_id, dtype=np.int64),
            tag_set=np.frombuffer(self.tag_set, dtype=np.int32),
            road=np.frombuffer(self.road, dtype=np.int32),
            ref_start=np.concatenate([[0], np.cumsum(np.frombuffer(self.ref_count, dtype=np.int32), dtype=np.int64)]),
            node_id=np.frombuffer(self.node_id, dtype=np.int64),
            lon_e7=lon_e7,
            lat_e7=lat_e7,
            point_id=points[:, 0],
            point_lon_e7=points[:, 1].astype(np.int32),
            point_lat_e7=points[:, 2].astype(np.int32),
            point_kind=points[:, 3].astype(np.int8),
            tag_sets=tuple(
                {key: text for key, text in zip(RULE_KEYS, tags, strict=True) if text} for tags in self.tag_sets
            ),
            road_names=tuple(self.road_names),
            dropped=dict(self.dropped),
        )


def _touches(way: osmium.osm.Way, cells: frozenset[Cell]) -> bool:
    """Whether a way begins or ends in one of the cells."""
    ends = (way.nodes[0].location, way.nodes[-1].location) if len(way.nodes) else ()
    return any(cell_of(lon=end.lon, lat=end.lat) in cells for end in ends if end.valid())
