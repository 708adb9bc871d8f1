"""A built network on disk: two Parquet tables, the list of repairs, and a JSON description with digests."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from corridor.errors import DataError, ScenarioError
from corridor.network.background import Background, build_background
from corridor.network.draft import Repair
from corridor.network.edge_shapes import EdgeShapes
from corridor.network.health import MappedRoads, SourceFile
from corridor.network.road_attributes import RoadAttributes
from corridor.network.roads import RoadNetwork

FORMAT = "corridor-network-2"
NUMPY_TYPES = {"int8": np.int8, "int16": np.int16, "int32": np.int32, "float": np.float32}
ATTRIBUTE_TYPES = {"f": np.dtype(np.float32), "b": np.dtype(np.int8)}
DEGREES = 1e-5
MAP_DEGREES = 0.01
KM = 1e-3
"""Coordinates are stored in units of 1e-5 degrees (1 m), 0.01 on the background map; lengths in metres."""


@dataclass(frozen=True, slots=True)
class NetworkDescription:
    """Where a network comes from and what was done to it.

    Parameters
    ----------
    snapshot_of : age of the data, in words
    length_factors : factors of the length correction (a, b), see `corridor.network.lengths`
    length_errors : group of known distances -> mean absolute relative error, 0 to 1
    repairs : kind -> number
    unconnected_posts : listed post that no road reaches -> reason
    files : what it was built from, where that is files of OpenStreetMap
    mapped : what the source says of its roads, by country; empty where it has no attributes at all
    """

    name: str
    source: str
    licence: str
    attribution: str
    snapshot_of: str
    is_schematic: bool
    length_factors: Sequence[float]
    length_errors: Mapping[str, float]
    repairs: Mapping[str, int]
    unconnected_posts: Mapping[str, str]
    files: Sequence[SourceFile] = ()
    mapped: Sequence[MappedRoads] = ()


@dataclass(frozen=True, slots=True)
class StoredNetwork:
    """A network with its description, its light picture for maps, and the digest of its files."""

    roads: RoadNetwork
    description: NetworkDescription
    background: Background
    digest: str


def read_network(folder: Path) -> StoredNetwork:
    """Read a network folder written by `write_network`.

    Raises
    ------
    DataError
        The folder or one of its files is missing, cut short or changed.
    """
    document = _read_document(folder)
    nodes = _read_table(folder, "nodes.parquet", document)
    edges = _read_table(folder, "edges.parquet", document)
    roads = RoadNetwork(
        countries=tuple(document["countries"]),
        free_movement=frozenset(document["free_movement"]),
        node_lon=_column(nodes, "lon") * DEGREES,
        node_lat=_column(nodes, "lat") * DEGREES,
        node_country=_column(nodes, "country"),
        tail=_column(edges, "tail"),
        head=_column(edges, "head"),
        length_km=_column(edges, "length_m") * KM,
        relief_sd_m=_column(edges, "relief_sd_m").astype(float),
        is_reference=_column(edges, "is_reference").astype(bool),
        attributes=_attributes(edges),
        shapes=_shapes(edges, _read_table(folder, "shapes.parquet", document)),
        road_names=tuple(document["road_names"]),
        crossing_edges=document["crossing_edges"],
    )
    background = _read_table(folder, "background.parquet", document)
    digest = hashlib.sha256(json.dumps(document["sha256"], sort_keys=True).encode()).hexdigest()
    return StoredNetwork(roads, _description(document["description"]), _background(background), digest)


def _description(facts: Mapping[str, Any]) -> NetworkDescription:
    files = tuple(SourceFile(**row) for row in facts["files"])
    mapped = tuple(MappedRoads(**row) for row in facts["mapped"])
    return NetworkDescription(**{**facts, "files": files, "mapped": mapped})


def write_network(folder: Path, roads: RoadNetwork, description: NetworkDescription, repairs: Sequence[Repair]) -> None:
    """Write a network folder beside its place and move it in, so that a killed build leaves nothing half-written.

    Raises
    ------
    ScenarioError
        The parent folder cannot be written, or the folder holds something else than a network.
    """
    check_place(folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    except OSError as error:
        raise ScenarioError(f"{folder}: cannot be written ({error.strerror}). Choose another folder.") from error
    try:
        _write_files(beside, roads, description, repairs)
        beside.chmod(0o755)
        _replace_folder(beside, folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def check_place(folder: Path) -> None:
    """Raise ScenarioError where a network folder may not be put: something else would be lost."""
    is_free = not folder.exists() or (folder.is_dir() and not any(folder.iterdir()))
    if not is_free and not (folder / "network.json").is_file():
        raise ScenarioError(
            f"{folder}: holds something else; expected a new folder, or one made by `corridor network build`. "
            "Choose another folder."
        )


def _write_files(folder: Path, roads: RoadNetwork, description: NetworkDescription, repairs: Sequence[Repair]) -> None:
    files = {
        "nodes.parquet": _parquet(
            lon=_stored_degrees(roads.node_lon),
            lat=_stored_degrees(roads.node_lat),
            country=roads.node_country,
        ),
        "edges.parquet": _parquet(
            tail=roads.tail,
            head=roads.head,
            length_m=np.rint(roads.length_km / KM).astype(np.int32),
            relief_sd_m=np.rint(roads.relief_sd_m).astype(np.int16),
            is_reference=roads.is_reference.astype(np.int8),
            **_attribute_columns(roads.attributes),
            points=roads.shapes.counts().astype(np.int32),
        ),
        "shapes.parquet": _parquet(lon=_stored_degrees(roads.shapes.lon), lat=_stored_degrees(roads.shapes.lat)),
        "background.parquet": _background_parquet(build_background(roads)),
        "repairs.csv": _repairs_csv(repairs),
    }
    document = {
        "format": FORMAT,
        "description": asdict(description),
        "countries": list(roads.countries),
        "free_movement": sorted(roads.free_movement),
        "road_names": list(roads.road_names),
        "crossing_edges": dict(sorted(roads.crossing_edges.items())),
        "sha256": {name: hashlib.sha256(content).hexdigest() for name, content in files.items()},
    }
    for name, content in files.items():
        (folder / name).write_bytes(content)
    (folder / "network.json").write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")


def _stored_degrees(degrees: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    return np.rint(degrees / DEGREES).astype(np.int32)


def _attribute_columns(attributes: RoadAttributes) -> dict[str, np.ndarray[Any, Any]]:
    columns = {field.name: getattr(attributes, field.name) for field in fields(attributes)}
    return {
        name: column.astype(ATTRIBUTE_TYPES.get(column.dtype.kind, column.dtype)) for name, column in columns.items()
    }


def _attributes(table: pa.Table) -> RoadAttributes:
    columns = {field.name: _column(table, field.name) for field in fields(RoadAttributes)}
    columns = {name: column.astype(float) if column.dtype.kind == "f" else column for name, column in columns.items()}
    return RoadAttributes(**{**columns, "one_way": columns["one_way"].astype(bool)})


def _shapes(edges: pa.Table, points: pa.Table) -> EdgeShapes:
    start = np.concatenate([[0], np.cumsum(_column(edges, "points"), dtype=np.int64)])
    return EdgeShapes(start, _column(points, "lon") * DEGREES, _column(points, "lat") * DEGREES)


def _replace_folder(new: Path, place: Path) -> None:
    """Move `new` to `place`; what was there is moved away first and deleted last."""
    if not place.exists():
        new.rename(place)
        return
    old = place.with_name(f".{place.name}-old-{os.getpid()}")
    place.rename(old)
    new.rename(place)
    shutil.rmtree(old)


def _parquet(**columns: np.ndarray[Any, Any]) -> bytes:
    buffer = io.BytesIO()
    table = pa.table({name: _arrow_array(column) for name, column in columns.items()})
    pq.write_table(table, buffer, compression="zstd", compression_level=15, store_schema=False)
    return buffer.getvalue()


def _arrow_array(column: np.ndarray[Any, Any]) -> pa.Array:
    """A column without gaps over numpy's own memory (Arrow's conversion would import pandas)."""
    values = np.ascontiguousarray(column)
    return pa.Array.from_buffers(pa.from_numpy_dtype(values.dtype), len(values), [None, pa.py_buffer(values)])


def _background_parquet(background: Background) -> bytes:
    """One row per point; a network without classes has no column of them."""
    points = np.rint(np.concatenate([np.zeros((0, 2)), *background.lines]) / MAP_DEGREES).astype(np.int16)
    number = np.repeat(np.arange(len(background.lines), dtype=np.int32), [len(line) for line in background.lines])
    classes = {"road_class": background.road_class[number]} if background.road_class.any() else {}
    return _parquet(line=number, lon=points[:, 0], lat=points[:, 1], **classes)


def _column(table: pa.Table, name: str) -> np.ndarray[Any, Any]:
    """A numeric column as an array over Arrow's own memory (Arrow's conversion would import pandas)."""
    column = table[name].combine_chunks()
    column = column.chunk(0) if isinstance(column, pa.ChunkedArray) else column
    values = np.frombuffer(column.buffers()[1], dtype=NUMPY_TYPES[str(column.type)])
    return values[column.offset : column.offset + len(column)]


def _background(table: pa.Table) -> Background:
    points = np.column_stack([_column(table, "lon"), _column(table, "lat")]) * MAP_DEGREES
    starts = np.flatnonzero(np.diff(_column(table, "line"), prepend=-1))
    has_classes = "road_class" in table.column_names
    classes = _column(table, "road_class") if has_classes else np.zeros(len(points), dtype=np.int8)
    return Background(tuple(np.split(points, starts)[1:]), classes[starts])


def _repairs_csv(repairs: Sequence[Repair]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["kind", "reason", "length_km", "lon", "lat"])
    for repair in repairs:
        writer.writerow(
            [repair.kind, repair.reason, f"{repair.length_km:.3f}", f"{repair.lon:.4f}", f"{repair.lat:.4f}"]
        )
    return text.getvalue().encode()


def _read_document(folder: Path) -> dict[str, Any]:
    path = folder / "network.json"
    try:
        document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise DataError(
            f"{path}: not found; expected a folder made by `corridor network build`. "
            "Give `network: embedded` or the path of such a folder."
        ) from error
    except (OSError, ValueError) as error:
        raise DataError(f"{path}: cannot be read ({error}). Build the network again.") from error
    if document.get("format") != FORMAT:
        raise DataError(
            f"{path}: unknown format; expected {FORMAT}, got {document.get('format')!r}. Build the network again."
        )
    return document


def _read_table(folder: Path, name: str, document: Mapping[str, Any]) -> pa.Table:
    path = folder / name
    try:
        content = path.read_bytes()
    except OSError as error:
        raise DataError(f"{path}: cannot be read ({error.strerror}). Build the network again.") from error
    digest, expected = hashlib.sha256(content).hexdigest(), document["sha256"][name]
    if digest != expected:
        raise DataError(
            f"{path}: damaged or cut short; expected sha256 {expected[:12]}..., got {digest[:12]}... of "
            f"{len(content)} bytes. Install corridor again, or build the network again."
        )
    return pq.ParquetFile(pa.BufferReader(content)).read()
