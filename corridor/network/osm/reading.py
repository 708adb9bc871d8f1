"""Read one OpenStreetMap file with pyosmium: one pass, node locations in an index on disk."""

from __future__ import annotations

import tempfile
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import cast

import numpy as np
import osmium

from corridor.errors import DataError
from corridor.network.osm.extract import E7, POINT_KINDS, Extract, check_stretches
from corridor.network.osm.file_checks import (
    INDEX_ROW,
    OSMIUM_FAULTS,
    UNPACKING_FAULTS,
    check_each_node_has_one_place,
    check_each_way_came_once,
    check_is_of_one_day,
    check_node,
    check_osm_file,
    check_unpacked,
    check_way,
)
from corridor.network.osm.neighbourhoods import CELL_DEGREES, Cell
from corridor.network.osm.tag_rules import LABEL_KEYS, RULE_KEYS, road_label

Areas = Mapping[str, frozenset[Cell] | None]
"""Class of road -> cells where it is read; None = everywhere."""

LABEL_FIELDS = {key: key.replace(":", "_") for key in LABEL_KEYS}
NO_TIME = datetime(1970, 1, 1, tzinfo=UTC)
"""What libosmium gives for objects without a time."""

CELL_E7 = round(CELL_DEGREES / E7)
POINT_TAGS = (("barrier", "border_control"), ("barrier", "toll_booth"), ("highway", "toll_booth"))
WKB_HEAD_BYTES = 9
"""Byte order, kind and number of points, before the points of a line (OGC Simple Features)."""

Sieve = osmium.filter.TagFilter | osmium.NodeLocationsForWays


def read_osm_file(path: Path, *, areas: Areas, scratch: Path | None = None) -> Extract:
    """Ways of some `highway` values, ferries, and posts and toll booths, out of a file.

    Parameters
    ----------
    areas : value of `highway` -> cells in which a way of it must begin or end, None = kept everywhere
    scratch : folder for the index of node locations, 16 bytes a node of the file; deleted at the end

    Raises
    ------
    DataError
        The file is missing, damaged, of another format, packed to fill memory, or a history or change file; its nodes
        come after its ways or have negative ids; it holds a way or node twice; nodes lie off the globe or absurdly far
        from each other.

    Notes
    -----
    Nodes come before ways in a file, so a single pass has to remember where every node is. The index is a
    mapped file: the system may drop its pages at any time, and memory holds the kept roads only.
    """
    check_osm_file(path)
    with tempfile.TemporaryDirectory(prefix="corridor-", dir=scratch) as folder:
        gathered = _Gathered(path, osmium.geom.WKBFactory(), osmium.geom.use_nodes.ALL, areas)
        try:
            check_unpacked(path)
            date = _read(path, areas, Path(folder) / "locations", gathered)
        except (*OSMIUM_FAULTS, *UNPACKING_FAULTS) as error:
            raise DataError(
                f"{path}: cannot be read as OpenStreetMap data ({error}). Download it again, or check the file."
            ) from error
    extract = gathered.extract(path.name, date)
    check_stretches(path, extract)
    return extract


def _read(path: Path, classes: Iterable[str], index_file: Path, gathered: _Gathered) -> str:
    """Gather everything wanted from a file; return the date of its data."""
    reader = osmium.io.Reader(str(path), osmium.osm.NODE | osmium.osm.WAY)
    try:
        header = reader.header()
        check_is_of_one_day(path, header)
        index = osmium.index.create_map(f"sparse_file_array,{index_file}")
        with index_file.open("rb") as rows:
            index_file.unlink()  # it lives on while it is open, and goes when the process does, even if killed
            sieves = _sieves(classes, header, index)  # held here, for the iterator does not hold them
            for thing in osmium.OsmFileIterator(reader, *sieves):
                gathered.add(thing, index)
            gathered.check_order(index)
            check_each_node_has_one_place(path, rows, index.used_memory() // INDEX_ROW.itemsize)
    finally:
        reader.close()
    date = header.get("osmosis_replication_timestamp", "")[:10]
    return date or (gathered.youngest.date().isoformat() if gathered.youngest > NO_TIME else "")


def _sieves(classes: Iterable[str], header: osmium.io.Header, index: osmium.index.LocationTable) -> list[Sieve]:
    """What objects pass, in turn: roads only, their places told to them, posts and toll booths only."""
    roads = osmium.filter.TagFilter(*(("highway", value) for value in sorted(classes)), ("route", "ferry"))
    points = osmium.filter.TagFilter(*POINT_TAGS)
    roads.enable_for(osmium.osm.WAY)
    points.enable_for(osmium.osm.NODE)
    if "LocationsOnWays" in (header.get(f"pbf_optional_feature_{number}") for number in range(9)):
        return [roads, points]
    locations = osmium.NodeLocationsForWays(index)
    locations.ignore_errors()
    return [roads, locations, points]


@dataclass(slots=True)
class _Gathered:
    """Columns that grow while a file is read; `lines` makes the coordinates of a way in one call."""

    path: Path
    lines: osmium.geom.WKBFactory
    all_nodes: osmium.geom.use_nodes
    areas: Areas
    ways_read: array[int] = field(default_factory=lambda: array("q"))
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
    youngest: datetime = NO_TIME
    index_bytes_before: int | None = None

    def add(self, thing: object, index: osmium.index.LocationTable) -> None:
        if isinstance(thing, osmium.osm.Way):
            if self.index_bytes_before is None:
                self.index_bytes_before = index.used_memory()
            self._add_way(thing)
        elif isinstance(thing, osmium.osm.Node):
            self._add_point(thing)

    def _add_point(self, node: osmium.osm.Node) -> None:
        kind = next(POINT_KINDS.index(value) for key, value in POINT_TAGS if node.tags.get(key) == value)
        check_node(self.path, node.id, node.location)
        if node.location.valid():
            self.points.append((node.id, node.location.x, node.location.y, kind))

    def _add_way(self, way: osmium.osm.Way) -> None:
        cells = self.areas.get(cast("str", way.tags.get("highway", "")))
        if cells is not None and not _touches(way, cells):
            return
        tags: dict[str, str] = dict(way.tags)
        rules = tuple([tags.get(key, "") for key in RULE_KEYS])
        number = self.tag_sets.setdefault(rules, len(self.tag_sets))
        name = road_label(**{field: tags.get(key, "") for key, field in LABEL_FIELDS.items()})
        road = self.road_names.setdefault(name, len(self.road_names))
        self.youngest = max(self.youngest, way.timestamp)
        check_way(self.path, way, refs_before=len(self.node_id))
        self.ways_read.append(way.id)
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
        if len(way.nodes) < 2:
            self.dropped["ways of fewer than two nodes"] += 1
            return
        self.dropped["ways with missing nodes"] += 1
        for node in way.nodes:
            check_node(self.path, node.ref, node.location)
        is_known = [node.location.valid() for node in way.nodes]
        for known, run in groupby(zip(way.nodes, is_known, strict=True), key=itemgetter(1)):
            nodes = [node for node, _ in run]
            if known and len(nodes) > 1:
                degrees = array("d", [degree for node in nodes for degree in (node.lon, node.lat)])
                yield [node.ref for node in nodes], degrees.tobytes()

    def check_order(self, index: osmium.index.LocationTable) -> None:
        """Raise DataError where nodes came after a way, which then lacks them, or where a way came twice."""
        if self.index_bytes_before not in (None, index.used_memory()):
            raise DataError(
                f"{self.path}: not sorted; expected all nodes before the first way. Sort it with `osmium sort`."
            )
        check_each_way_came_once(self.path, np.frombuffer(self.ways_read, dtype=np.int64))

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
    nodes = way.nodes
    try:
        first, last = nodes[0].location, nodes[-1].location
    except IndexError:
        return False
    is_near = (first.x // CELL_E7, first.y // CELL_E7) in cells
    return is_near or (last.x // CELL_E7, last.y // CELL_E7) in cells
