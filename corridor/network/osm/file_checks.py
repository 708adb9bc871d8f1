"""What an OpenStreetMap file may not be: packed to fill memory, unsorted, a history, or false about its nodes."""

from __future__ import annotations

import bz2
import gzip
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import osmium
from numpy.typing import NDArray

from corridor.errors import DataError
from corridor.network.osm.extract import E7

SUFFIXES = (".osm.pbf", ".osm", ".osm.gz", ".osm.bz2")

OSMIUM_FAULTS = (RuntimeError, ValueError, IndexError, OverflowError, MemoryError, osmium.InvalidLocationError)
"""What pyosmium makes of the exceptions of libosmium."""

UNPACKING_FAULTS = (OSError, EOFError, zlib.error)

OPENERS: Mapping[str, Callable[..., Any]] = {".gz": gzip.open, ".bz2": bz2.open}
MOST_GROWTH, ALWAYS_UNPACKED_BYTES = 100, 32 << 20
"""OpenStreetMap's XML packs to a tenth or a twentieth; a file that unpacks to a hundred times its size is a bomb."""

TAG_EVERY_BYTES = 1 << 20
"""Text and tags end within 255 characters; a parser takes hours over an attribute of a gigabyte."""

MOST_REFS_A_BYTE, ALWAYS_READ_REFS = 10, 1_000_000
"""A node of a road takes a byte or more of a file, however well it is packed."""

INDEX_ROW = np.dtype([("id", np.int64), ("place", np.int64)])
INDEX_ROWS_AT_ONCE = 1 << 20

ONE_DAY = "Take an extract of one day, or join files with `osmium merge`."
NOWHERE = osmium.osm.Location()


def check_osm_file(path: Path) -> None:
    """Raise DataError where a file is missing or its name is not that of OpenStreetMap data."""
    if not path.name.endswith(SUFFIXES):
        raise DataError(f"{path}: unknown kind of file; expected {', '.join(SUFFIXES)}, got '{path.name}'.")
    if not _is_file(path):
        raise DataError(f"{path}: no such file. Give the path of an OpenStreetMap extract.")


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a folder that may not be entered, a name too long
        return False


def check_unpacked(path: Path) -> None:
    """Raise DataError where XML is packed as OpenStreetMap data never is, or has no tags for long."""
    if path.suffix == ".pbf":
        return
    most_bytes = max(ALWAYS_UNPACKED_BYTES, MOST_GROWTH * path.stat().st_size)
    with OPENERS.get(path.suffix, open)(path, "rb") as file:
        while chunk := file.read(TAG_EVERY_BYTES):
            most_bytes -= len(chunk)
            if most_bytes < 0 or (len(chunk) == TAG_EVERY_BYTES and b"<" not in chunk):
                raise DataError(
                    f"{path}: made to fill memory or time; expected a tag in every {TAG_EVERY_BYTES:,} bytes, and at "
                    f"most {MOST_GROWTH} bytes unpacked from each byte. Do not trust where it came from."
                )


def check_is_of_one_day(path: Path, header: osmium.io.Header) -> None:
    """Raise DataError for a file that holds several versions of an object."""
    if header.has_multiple_object_versions:
        raise DataError(f"{path}: a history or change file; expected an extract of one day. Download that instead.")


def check_way(path: Path, way: osmium.osm.Way, *, refs_before: int) -> None:
    """Raise DataError for a way that is deleted, or with which the roads have more nodes than such a file can hold.

    Parameters
    ----------
    refs_before : nodes of all roads read before
    """
    if way.deleted:
        raise DataError(f"{path}: way {way.id} is deleted; expected no history of roads. {ONE_DAY}")
    refs = refs_before + len(way.nodes)
    if refs > ALWAYS_READ_REFS and refs > MOST_REFS_A_BYTE * path.stat().st_size:
        raise DataError(
            f"{path}: way {way.id}: made to fill memory; expected at most {MOST_REFS_A_BYTE} nodes of roads a byte of "
            f"the file, got {refs:,}. Do not trust where it came from."
        )


def check_node(path: Path, node: int, location: osmium.osm.Location) -> None:
    """Raise DataError for a node whose place is wrong; one that has none is missing, which may be."""
    if node < 0:
        raise DataError(f"{path}: node {node}; expected ids above 0. Give new objects ids with `osmium renumber`.")
    if location != NOWHERE and not location.valid():
        raise DataError(
            f"{path}: node {node}: off the globe; expected lon -180 to 180 and lat -90 to 90, got "
            f"{location.x * E7:g} and {location.y * E7:g}. Correct it, or take another file."
        )


def check_each_way_came_once(path: Path, way_id: NDArray[np.int64]) -> None:
    """Raise DataError where an id of a way comes twice."""
    ids, counts = np.unique(way_id, return_counts=True)
    if (counts > 1).any():
        twice = ids[counts > 1][0]
        raise DataError(f"{path}: way {twice} is in it twice; expected each way once. {ONE_DAY}")


def check_each_node_has_one_place(path: Path, index: BinaryIO, size: int) -> None:
    """Raise DataError where a sorted index of `size` rows has an id at two places."""
    for start in range(0, size, INDEX_ROWS_AT_ONCE):
        index.seek(start * INDEX_ROW.itemsize)
        rows = np.fromfile(index, INDEX_ROW, min(INDEX_ROWS_AT_ONCE + 1, size - start))
        same = np.flatnonzero(rows["id"][1:] == rows["id"][:-1])
        twice = same[rows["place"][same] != rows["place"][same + 1]]
        if len(twice):
            node = rows["id"][twice[0]]
            raise DataError(f"{path}: node {node} is at two places; expected each node once. {ONE_DAY}")
