"""A grid of hexagons over a map, cut along the borders of countries, and the road that each cell stands for."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from corridor.boundaries import NEUTRAL
from corridor.network.geometry import unit_sphere_xyz
from corridor.network.roads import RoadNetwork
from corridor.report.background import Floats, MapFrame, build_frame, land_in, lon_lat

CELL_KM = 40.0
"""Width of a hexagon from side to side, in the plane of the map."""

ROAD_LIMIT_KM = 50.0
"""A cell whose middle is farther than this from every road of its country stays blank."""

POINT_STEP_KM = 5.0
"""Points on roads from which cells choose."""

CORNER_M = 1.0
"""To what corners of cut cells are rounded where they are joined, so that those of neighbours meet."""

MARGIN, LEAST_ASPECT = 0.015, 1.6
NO_ROAD = -1


@dataclass(frozen=True)
class Grid:
    """Cells of a map, country by country.

    Parameters
    ----------
    frame : window and projection
    shape : (cells,) polygons in the plane of the map; is_whole : which are hexagons that no border cuts
    country : (cells,) ISO alpha-3 codes
    lon, lat : (cells,) middles, degrees
    """

    frame: MapFrame
    shape: NDArray[np.object_]
    is_whole: NDArray[np.bool_]
    country: NDArray[np.str_]
    lon: Floats
    lat: Floats

    def __len__(self) -> int:
        return len(self.shape)

    def joined(self, cells: NDArray[np.intp]) -> shapely.Geometry:
        """One area of some cells."""
        shapes = self.shape[cells]
        is_whole = self.is_whole[cells]
        inner = shapely.coverage_union_all(shapes[is_whole])
        return shapely.union_all([inner, *shapes[~is_whole]], grid_size=CORNER_M)


@dataclass(frozen=True, slots=True)
class CellRoads:
    """The point on a road that each cell stands for, shape (cells,).

    Parameters
    ----------
    edge : `NO_ROAD` where there is none
    share : where on the edge, 0 at its tail, 1 at its head
    road_km : from the middle of the cell to it
    """

    edge: NDArray[np.int64]
    share: Floats
    road_km: Floats

    @property
    def has_road(self) -> NDArray[np.bool_]:
        """Which cells have one."""
        return np.asarray(self.edge != NO_ROAD)


def build_grid(network: RoadNetwork, is_wanted: NDArray[np.bool_]) -> Grid:
    """Cells over the countries of a network.

    Parameters
    ----------
    is_wanted : (nodes,) nodes that the map has to show
    """
    frame = build_frame(
        network.node_lon[is_wanted], network.node_lat[is_wanted], margin=MARGIN, least_aspect=LEAST_ASPECT
    )
    countries = {network.countries[number] for number in np.unique(network.node_country[is_wanted]).tolist()}
    cells = _cells_of(frame, countries)
    middles = shapely.centroid(cells.shape)
    lon, lat = lon_lat(frame, shapely.get_x(middles), shapely.get_y(middles))
    return Grid(frame, *cells, lon, lat)


def find_roads(grid: Grid, network: RoadNetwork, edges: NDArray[np.intp]) -> CellRoads:
    """The point on a road of its own country that is nearest to the middle of each cell, as far as `ROAD_LIMIT_KM`.

    Parameters
    ----------
    edges : roads that count
    """
    points = _points_along(network, edges)
    country = network.edge_country[points.edge]
    edge, share = np.full(len(grid), NO_ROAD, dtype=np.int64), np.zeros(len(grid))
    road_km = np.full(len(grid), np.inf)
    for number, code in enumerate(network.countries):
        own, cells = np.flatnonzero(country == number), np.flatnonzero(grid.country == code)
        if len(own) and len(cells):
            found = cKDTree(points.xyz[own]).query(unit_sphere_xyz(lon=grid.lon[cells], lat=grid.lat[cells]))
            far_km, nearest = np.asarray(found[0]), own[np.asarray(found[1])]
            near = far_km <= ROAD_LIMIT_KM
            edge[cells[near]], share[cells[near]] = points.edge[nearest[near]], points.share[nearest[near]]
            road_km[cells[near]] = far_km[near]
    return CellRoads(edge, share, road_km)


class _RoadPoints(NamedTuple):
    """Points on roads: their edge, where on it, and their place in space."""

    edge: NDArray[np.int64]
    share: Floats
    xyz: Floats


def _points_along(network: RoadNetwork, edges: NDArray[np.intp]) -> _RoadPoints:
    """Points on some edges, at most `POINT_STEP_KM` from each other."""
    pieces = network.segments(edges)
    tail = unit_sphere_xyz(lon=pieces.tail_lon, lat=pieces.tail_lat)
    head = unit_sphere_xyz(lon=pieces.head_lon, lat=pieces.head_lat)
    piece_km = np.linalg.norm(head - tail, axis=1)
    is_new = np.append(True, pieces.edge[1:] != pieces.edge[:-1])
    first = np.flatnonzero(is_new)[np.cumsum(is_new) - 1]
    before_km = np.cumsum(piece_km) - piece_km
    start_km, total_km = before_km - before_km[first], np.add.reduceat(piece_km, np.flatnonzero(is_new))
    count = np.maximum(1, np.ceil(piece_km / POINT_STEP_KM)).astype(np.int64)
    piece = np.repeat(np.arange(len(piece_km)), count)
    part = (np.arange(len(piece)) - np.repeat(np.cumsum(count) - count, count) + 0.5) / count[piece]
    along_km = start_km[piece] + part * piece_km[piece]
    edge_km = total_km[np.cumsum(is_new) - 1][piece]
    share = np.divide(along_km, edge_km, out=np.zeros_like(along_km), where=edge_km > 0)
    return _RoadPoints(pieces.edge[piece], share, tail[piece] + part[:, None] * (head - tail)[piece])


class _Cells(NamedTuple):
    """Shape of some cells, whether it is a whole hexagon, and country."""

    shape: NDArray[np.object_]
    is_whole: NDArray[np.bool_]
    country: NDArray[np.str_]


def _cells_of(frame: MapFrame, countries: Collection[str]) -> _Cells:
    """Hexagons cut along the land of each country, in a fixed order."""
    hexagons = _hexagons(frame)
    tree = shapely.STRtree(hexagons)
    land = land_in(frame, NEUTRAL)
    parts: list[_Cells] = [_Cells(np.zeros(0, dtype=object), np.zeros(0, dtype=bool), np.zeros(0, dtype="<U3"))]
    for code in sorted(countries):
        area = shapely.union_all(land.geometry[(land["kind"] == "land") & (land["iso3"] == code)].to_numpy())
        shapely.prepare(area)
        touching = hexagons[np.sort(tree.query(area, predicate="intersects"))]
        inside = shapely.contains_properly(area, touching)
        cut = np.where(inside, touching, shapely.intersection(touching, np.where(inside, None, area)))
        kept = shapely.area(cut) > 0
        parts.append(_Cells(cut[kept], inside[kept], np.full(int(kept.sum()), code)))
    return _Cells(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def _hexagons(frame: MapFrame) -> NDArray[np.object_]:
    """Hexagons that cover a window, a corner at the top of each; rows from the south, each from the west.

    Notes
    -----
    Corners stand on a lattice of half widths and half sides, so that neighbours have theirs to the last bit in common.
    """
    half_width = 500 * CELL_KM
    half_side = half_width / np.sqrt(3)
    rows = np.arange(np.ceil((frame.north - frame.south) / (3 * half_side)) + 1)
    columns = np.arange(np.ceil((frame.east - frame.west) / (2 * half_width)) + 1)
    row, column = (axis.ravel() for axis in np.meshgrid(rows, columns, indexing="ij"))
    x = (2 * column + row % 2)[:, None] + np.array([1, 0, -1, -1, 0, 1])
    y = (3 * row)[:, None] + np.array([1, 2, 1, -1, -2, -1])
    corners = np.stack([frame.west + x * half_width, frame.south + y * half_side], axis=-1)
    return np.asarray(shapely.polygons(corners))
