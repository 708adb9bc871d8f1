"""A grid of hexagons over a map, cut along the borders of countries, and the road that each cell stands for."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from corridor.network.geometry import unit_sphere_xyz
from corridor.network.roads import RoadNetwork
from corridor.report.background import Floats, MapFrame, build_frame, land_in, lon_lat

CELL_KM = 40.0
"""Width of a hexagon from side to side, in the plane of the map."""

ROAD_LIMIT_KM = 50.0
"""A cell whose middle is farther than this from every road of its country stays blank."""

MARGIN, LEAST_ASPECT = 0.015, 1.6
NO_ROAD = -1


@dataclass(frozen=True)
class Grid:
    """Cells of a map, country by country.

    Parameters
    ----------
    frame : window and projection
    shape : (cells,) polygons in the plane of the map
    country : (cells,) ISO alpha-3 codes
    lon, lat : (cells,) middles, degrees
    """

    frame: MapFrame
    shape: NDArray[np.object_]
    country: NDArray[np.str_]
    lon: Floats
    lat: Floats

    def __len__(self) -> int:
        return len(self.shape)


@dataclass(frozen=True, slots=True)
class CellRoads:
    """The road node that each cell stands for, `NO_ROAD` where there is none, and km to it; shape (cells,)."""

    node: NDArray[np.int64]
    road_km: Floats


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
    shapes, codes = _cells_of(frame, countries)
    middles = shapely.centroid(shapes)
    lon, lat = lon_lat(frame, shapely.get_x(middles), shapely.get_y(middles))
    return Grid(frame, shapes, codes, lon, lat)


def find_roads(grid: Grid, network: RoadNetwork, is_wanted: NDArray[np.bool_]) -> CellRoads:
    """The wanted node of its own country that is nearest to the middle of each cell, as far as `ROAD_LIMIT_KM`."""
    node, road_km = np.full(len(grid), NO_ROAD, dtype=np.int64), np.full(len(grid), np.inf)
    for number, country in enumerate(network.countries):
        nodes = np.flatnonzero(is_wanted & (network.node_country == number))
        cells = np.flatnonzero(grid.country == country)
        if len(nodes) and len(cells):
            tree = cKDTree(unit_sphere_xyz(lon=network.node_lon[nodes], lat=network.node_lat[nodes]))
            found = tree.query(unit_sphere_xyz(lon=grid.lon[cells], lat=grid.lat[cells]))
            far_km, nearest = np.asarray(found[0]), np.asarray(found[1])
            is_near = far_km <= ROAD_LIMIT_KM
            node[cells[is_near]], road_km[cells[is_near]] = nodes[nearest[is_near]], far_km[is_near]
    return CellRoads(node, road_km)


def _cells_of(frame: MapFrame, countries: Collection[str]) -> tuple[NDArray[np.object_], NDArray[np.str_]]:
    """Hexagons cut along the land of each country, in a fixed order."""
    hexagons = _hexagons(frame)
    tree = shapely.STRtree(hexagons)
    land = land_in(frame)
    shapes: list[NDArray[np.object_]] = [np.zeros(0, dtype=object)]
    codes: list[NDArray[np.str_]] = [np.zeros(0, dtype="<U3")]
    for code in sorted(countries):
        area = shapely.union_all(land.geometry[(land["kind"] == "land") & (land["iso3"] == code)].to_numpy())
        shapely.prepare(area)
        touching = hexagons[np.sort(tree.query(area, predicate="intersects"))]
        inside = shapely.contains_properly(area, touching)
        cut = np.where(inside, touching, shapely.intersection(touching, np.where(inside, None, area)))
        cut = cut[shapely.area(cut) > 0]
        shapes.append(cut)
        codes.append(np.full(len(cut), code))
    return np.concatenate(shapes), np.concatenate(codes)


def _hexagons(frame: MapFrame) -> NDArray[np.object_]:
    """Hexagons that cover a window, a corner at the top of each; rows from the south, each from the west."""
    width = 1000 * CELL_KM
    side = width / np.sqrt(3)
    rows = np.arange(np.ceil((frame.north - frame.south) / (1.5 * side)) + 1)
    columns = np.arange(np.ceil((frame.east - frame.west) / width) + 1)
    row, column = (axis.ravel() for axis in np.meshgrid(rows, columns, indexing="ij"))
    x = frame.west + (column + 0.5 * (row % 2)) * width
    y = frame.south + row * 1.5 * side
    angles = np.radians(np.arange(30, 390, 60))
    corners = np.stack([x[:, None] + side * np.cos(angles), y[:, None] + side * np.sin(angles)], axis=-1)
    return np.asarray(shapely.polygons(corners))
