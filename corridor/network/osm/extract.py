"""What is kept of one OpenStreetMap file: the ways a truck may use, their nodes, and points at the border."""

from __future__ import annotations

import io
import json
import os
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corridor.errors import DataError
from corridor.network.edge_shapes import ragged_rows
from corridor.network.geometry import great_circle_km

E7 = 1e-7
"""OpenStreetMap's unit of coordinates, degrees."""

POINT_KINDS = ("border_control", "toll_booth")

LONGEST_STRETCH_KM = 1500.0
"""Between two neighbouring nodes of a road or ferry; the longest ferries of Europe, drawn straight, stay below."""

SURELY_SHORT_E7 = 50_000_000
"""5 degrees, at most 800 km."""


@dataclass(frozen=True, slots=True)
class Extract:
    """Ways and points of a file, or of several joined.

    Parameters
    ----------
    data_date : ISO date of the file's header, or of its youngest object; empty where neither is known
    way_id : (ways,) a way whose nodes are missing in the middle appears as several pieces
    tag_set : (ways,) index into `tag_sets`
    road : (ways,) index into `road_names`
    ref_start : (ways + 1,) where the nodes of each way begin
    node_id, lon_e7, lat_e7 : (refs,) nodes of the ways, in order; coordinates in units of `E7`
    tag_sets : distinct tags of ways, key -> value
    road_names : distinct labels of roads; the first is empty
    point_kind : (points,) index into `POINT_KINDS`
    dropped : reason -> number of ways left out
    """

    name: str
    data_date: str
    way_id: NDArray[np.int64]
    tag_set: NDArray[np.int32]
    road: NDArray[np.int32]
    ref_start: NDArray[np.int64]
    node_id: NDArray[np.int64]
    lon_e7: NDArray[np.int32]
    lat_e7: NDArray[np.int32]
    point_id: NDArray[np.int64]
    point_lon_e7: NDArray[np.int32]
    point_lat_e7: NDArray[np.int32]
    point_kind: NDArray[np.int8]
    tag_sets: tuple[Mapping[str, str], ...]
    road_names: tuple[str, ...]
    dropped: Mapping[str, int]

    @property
    def ways(self) -> int:
        """Number of ways and pieces of ways."""
        return len(self.way_id)

    def keeping_ways(self, keep: NDArray[np.bool_]) -> Extract:
        """The extract with only the ways of the mask."""
        ways = np.flatnonzero(keep)
        count = np.diff(self.ref_start)[ways]
        rows = ragged_rows(self.ref_start[:-1][ways], count)
        return replace(
            self,
            way_id=self.way_id[ways],
            tag_set=self.tag_set[ways],
            road=self.road[ways],
            ref_start=np.concatenate([[0], np.cumsum(count)]),
            node_id=self.node_id[rows],
            lon_e7=self.lon_e7[rows],
            lat_e7=self.lat_e7[rows],
        )


def check_stretches(path: Path, extract: Extract) -> None:
    """Raise DataError where two neighbouring nodes of a way lie so far apart that one must be in a wrong place."""
    lon_e7, lat_e7 = extract.lon_e7.astype(np.int64), extract.lat_e7.astype(np.int64)
    is_long = np.maximum(np.abs(np.diff(lon_e7)), np.abs(np.diff(lat_e7))) > SURELY_SHORT_E7
    is_long[extract.ref_start[1:-1] - 1] = False  # from the end of a way to the start of the next
    first = np.flatnonzero(is_long)
    lon, lat = lon_e7 * E7, lat_e7 * E7
    km = great_circle_km(lon_a=lon[first], lat_a=lat[first], lon_b=lon[first + 1], lat_b=lat[first + 1])
    for row, length_km in zip(first.tolist(), km.tolist(), strict=True):
        if length_km > LONGEST_STRETCH_KM:
            raise DataError(
                f"{path}: nodes {extract.node_id[row]} and {extract.node_id[row + 1]} follow each other on a way; "
                f"expected at most {LONGEST_STRETCH_KM:,.0f} km between, got {length_km:,.0f}. Correct their places."
            )


TEXTS = ("name", "data_date", "tag_sets", "road_names", "dropped")


def write_extract(path: Path, extract: Extract) -> None:
    """Write an extract beside its place and move it in."""
    arrays = {field.name: getattr(extract, field.name) for field in fields(extract) if field.name not in TEXTS}
    texts = json.dumps({name: getattr(extract, name) for name in TEXTS}, ensure_ascii=False)
    buffer = io.BytesIO()
    np.savez(buffer, texts=np.frombuffer(texts.encode(), dtype=np.uint8), **arrays)
    beside = path.with_suffix(f".{os.getpid()}")
    beside.write_bytes(buffer.getvalue())
    beside.replace(path)


def read_extract_file(path: Path) -> Extract:
    """Read an extract written by `write_extract`.

    Raises
    ------
    DataError
        The file is damaged.
    """
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as archive:
            _check_sums(archive.zip)
            arrays = {name: archive[name] for name in archive.files}
        texts = json.loads(arrays.pop("texts").tobytes())
        texts["tag_sets"], texts["road_names"] = tuple(texts["tag_sets"]), tuple(texts["road_names"])
        return Extract(**arrays, **texts)
    except (OSError, ValueError, KeyError, TypeError, EOFError, RuntimeError, zipfile.BadZipFile) as error:
        raise DataError(f"{path}: damaged ({error}). Delete it and build again.") from error


def _check_sums(archive: zipfile.ZipFile) -> None:
    """Raise BadZipFile where a checksum is wrong; numpy may read less than an array and then would not notice."""
    if damaged := archive.testzip():
        raise zipfile.BadZipFile(f"wrong checksum of {damaged}")
