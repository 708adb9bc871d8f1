"""OpenStreetMap PBF out of arrays: nodes and ways by the block, not one by one.

Format: https://wiki.openstreetmap.org/wiki/PBF_Format (fileformat.proto and osmformat.proto). Numbers in a file are
"varints" (7 bits a byte), signed ones folded to unsigned first; keys of fields are small varints too.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from typing import BinaryIO

import numpy as np
from numpy.typing import ArrayLike, NDArray

VERSION, TIMESTAMP_S, CHANGESET = 3, 1_767_225_600, 160_000_001
"""The same for every object: 2026-01-01."""

BYTES_KIND = 2
"""Protobuf's number for fields with a length in front of them."""

NANODEGREES_PER_E7 = 100


def varints(values: ArrayLike) -> bytes:
    """Unsigned numbers as varints, one after the other.

    Examples
    --------
    >>> varints([1, 127, 300]).hex()
    '017fac02'
    """
    numbers = np.asarray(values, dtype=np.uint64).ravel()
    size = varint_sizes(numbers)
    start = np.cumsum(size) - size
    encoded = np.empty(int(size.sum()), dtype=np.uint8)
    for place in range(int(size.max(initial=0))):
        rows = np.flatnonzero(size > place)
        seven = ((numbers[rows] >> np.uint64(7 * place)) & np.uint64(0x7F)).astype(np.uint8)
        encoded[start[rows] + place] = seven | np.where(size[rows] > place + 1, 0x80, 0).astype(np.uint8)
    return encoded.tobytes()


def varint_sizes(numbers: NDArray[np.uint64]) -> NDArray[np.int64]:
    """Bytes that each number takes as a varint."""
    size = np.ones(numbers.shape, dtype=np.int64)
    largest = int(numbers.max(initial=0))
    for place in range(1, (largest.bit_length() + 6) // 7):
        size += numbers >= np.uint64(1 << (7 * place))
    return size


def folded(values: ArrayLike) -> NDArray[np.uint64]:
    """Signed numbers as unsigned ones, small where the number is near zero.

    Examples
    --------
    >>> folded([0, -1, 1, -2]).tolist()
    [0, 1, 2, 3]
    """
    signed = np.asarray(values, dtype=np.int64)
    return ((signed << 1) ^ (signed >> 63)).astype(np.uint64)


def steps(values: NDArray[np.int64]) -> NDArray[np.uint64]:
    """Differences along the last axis, the first from zero, folded."""
    return folded(np.diff(values, axis=-1, prepend=0))


def field(number: int, payload: bytes) -> bytes:
    """A field with bytes in it: text, numbers packed, or another message."""
    return varints([number << 3 | BYTES_KIND, len(payload)]) + payload


def number_field(number: int, value: int) -> bytes:
    """A field with one unsigned number in it."""
    return varints([number << 3, value])


def write_header(file: BinaryIO, *, west: float, south: float, east: float, north: float) -> None:
    """Write the first block of a file; degrees."""
    nanodegrees = folded(np.rint(np.array([west, east, north, south]) * 1e9))
    box = b"".join(number_field(number, int(side)) for number, side in enumerate(nanodegrees, start=1))
    features = field(4, b"OsmSchema-V0.6") + field(4, b"DenseNodes") + field(5, b"Sort.Type_then_ID")
    _write_blob(file, b"OSMHeader", field(1, box) + features + number_field(32, TIMESTAMP_S))


def write_nodes(
    file: BinaryIO,
    *,
    node_id: NDArray[np.int64],
    lon_e7: NDArray[np.int64],
    lat_e7: NDArray[np.int64],
    tags: NDArray[np.int64],
    strings: Sequence[str],
) -> None:
    """Write a block of nodes.

    Parameters
    ----------
    node_id : (nodes,) rising
    tags : (nodes, 2) key and value of a node as places in `strings`, 0 where it has none
    strings : texts of the block; the first is empty
    """
    same = np.zeros(len(node_id) - 1, dtype=np.uint64)
    info = (
        field(1, varints(np.full(len(node_id), VERSION)))
        + field(2, varints(np.append(folded(TIMESTAMP_S), same)))
        + field(3, varints(np.append(folded(CHANGESET), same)))
    )
    ended = np.column_stack([tags, np.zeros(len(tags), dtype=np.int64)])
    is_said = np.column_stack([tags > 0, np.ones(len(tags), dtype=bool)])
    dense = (
        field(1, varints(steps(node_id)))
        + field(5, info)
        + field(8, varints(steps(lat_e7)))
        + field(9, varints(steps(lon_e7)))
        + field(10, varints(ended[is_said]))
    )
    _write_group(file, field(2, dense), strings)


def write_ways(
    file: BinaryIO,
    *,
    way_id: NDArray[np.int64],
    refs: NDArray[np.int64],
    keys: NDArray[np.int64],
    values: NDArray[np.int64],
    strings: Sequence[str],
) -> None:
    """Write a block of ways that have as many nodes and tags as one another.

    Parameters
    ----------
    way_id : (ways,) rising
    refs : (ways, nodes) node ids
    keys, values : (ways, tags) places in `strings`
    """
    body = np.column_stack(
        [
            *_columns(len(way_id), 0x08, way_id),
            *_packed_columns(0x12, keys.astype(np.uint64)),
            *_packed_columns(0x1A, values.astype(np.uint64)),
            *_columns(len(way_id), *_way_info()),
            *_packed_columns(0x42, steps(refs)),
        ]
    )
    size = varint_sizes(body).sum(axis=1)
    _write_group(file, varints(np.column_stack([*_columns(len(way_id), 0x1A, size), body])), strings)


def _way_info() -> list[int]:
    """Version, time and changeset with their keys, and the key and length before them."""
    inside = [0x08, VERSION, 0x10, TIMESTAMP_S, 0x18, CHANGESET]
    return [0x22, len(varints(inside)), *inside]


def _columns(rows: int, *values: ArrayLike) -> list[NDArray[np.uint64]]:
    """Each value as a column; a single number stands in every row."""
    return [np.broadcast_to(np.asarray(value).astype(np.uint64), rows) for value in values]


def _packed_columns(key: int, numbers: NDArray[np.uint64]) -> list[NDArray[np.uint64]]:
    """Columns of a packed field: its key, the length, the numbers."""
    size = varint_sizes(numbers).sum(axis=1)
    return [*_columns(len(numbers), key, size), *numbers.T]


def _write_group(file: BinaryIO, group: bytes, strings: Sequence[str]) -> None:
    table = b"".join(field(1, text.encode()) for text in strings)
    _write_blob(file, b"OSMData", field(1, table) + field(2, group))


def _write_blob(file: BinaryIO, kind: bytes, payload: bytes) -> None:
    blob = number_field(2, len(payload)) + field(3, zlib.compress(payload))
    head = field(1, kind) + number_field(3, len(blob))
    file.write(struct.pack(">I", len(head)) + head + blob)
