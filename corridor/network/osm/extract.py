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

E7 = 1e-7
"""OpenStreetMap's unit of coordinates, degrees."""

POINT_KINDS = ("border_control", "toll_booth")


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
        with np.load(path, allow_pickle=False) as archive:
            arrays = {name: archive[name] for name in archive.files}
        texts = json.loads(arrays.pop("texts").tobytes())
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
        raise DataError(f"{path}: damaged ({error}). Delete it and build again.") from error
    texts["tag_sets"], texts["road_names"] = tuple(texts["tag_sets"]), tuple(texts["road_names"])
    return Extract(**arrays, **texts)
