"""What is near a place or post: cells of a grid around them, and the nearest edge."""

from __future__ import annotations

from collections.abc import Set

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from corridor.network.geometry import EARTH_RADIUS_KM, unit_sphere_xyz
from corridor.network.osm.edges import Edges, Nodes

REACH_KM = 25.0
"""Roads are looked for within this distance of a place or post, as when a scenario is run (`SNAP_LIMIT_KM`)."""

CELL_DEGREES = 0.1
KM_PER_DEGREE = np.pi * EARTH_RADIUS_KM / 180

Cell = tuple[int, int]
Floats = NDArray[np.float64]


def cells_around(*, lon: Floats, lat: Floats, km: float) -> frozenset[Cell]:
    """Cells (column, row) that hold every point within `km` of some points.

    Examples
    --------
    >>> sorted(cells_around(lon=np.array([74.55]), lat=np.array([0.05]), km=1.0))
    [(745, 0)]
    """
    cells: set[Cell] = set()
    for east, north in zip(lon.tolist(), lat.tolist(), strict=True):
        rows = _cells(north, km / KM_PER_DEGREE)
        columns = _cells(east, km / (KM_PER_DEGREE * np.cos(np.radians(abs(north) + km / KM_PER_DEGREE))))
        cells |= {(column, row) for column in columns for row in rows}
    return frozenset(cells)


def _cells(degrees: float, margin: float) -> range:
    return range(int((degrees - margin) // CELL_DEGREES), int((degrees + margin) // CELL_DEGREES) + 1)


def is_in_cells(cells: Set[Cell], *, lon: Floats, lat: Floats) -> NDArray[np.bool_]:
    """Whether points lie in any of the cells, shape (points,)."""
    width = round(720 / CELL_DEGREES)
    wanted = np.array([row * width + column for column, row in sorted(cells)], dtype=np.int64)
    row, column = (np.floor_divide(degrees, CELL_DEGREES).astype(np.int64) for degrees in (lat, lon))
    return np.isin(row * width + column, wanted)


def nearest_edges(
    nodes: Nodes, edges: Edges, some: NDArray[np.intp], *, place_lon: Floats, place_lat: Floats
) -> tuple[Floats, NDArray[np.intp]]:
    """Distance in km from each place to the nearest point of some edges, inf beyond `REACH_KM`, and that edge."""
    cells = cells_around(lon=place_lon, lat=place_lat, km=REACH_KM)
    count = edges.shapes.counts()[some]
    bends = edges.shapes.taking(some)
    lon = np.concatenate([nodes.lon[edges.tail[some]], nodes.lon[edges.head[some]], bends.lon])
    lat = np.concatenate([nodes.lat[edges.tail[some]], nodes.lat[edges.head[some]], bends.lat])
    edge = np.concatenate([some, some, np.repeat(some, count)])
    near = np.flatnonzero(is_in_cells(cells, lon=lon, lat=lat))
    if not len(near):
        return np.full(len(place_lon), np.inf), np.zeros(len(place_lon), dtype=np.intp)
    tree = cKDTree(unit_sphere_xyz(lon=lon[near], lat=lat[near]))
    km, nearest = tree.query(unit_sphere_xyz(lon=place_lon, lat=place_lat), distance_upper_bound=REACH_KM)
    return np.asarray(km), edge[near[np.minimum(nearest, len(near) - 1)]]
