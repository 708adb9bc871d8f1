"""A network as tables with geometry, for GIS software."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import shapely
from numpy.typing import NDArray

from corridor.errors import ScenarioError
from corridor.network.edge_shapes import points_along
from corridor.network.roads import RoadNetwork
from corridor.road_kinds import ROAD_CLASSES, SURFACES, TOLLS, TRUCK_ACCESS

WGS84 = "EPSG:4326"
NO_DAY = date(2000, 1, 1)
"""Written into GeoPackages of networks instead of the clock, so that the same network gives the same bytes."""


def to_geodataframes(network: RoadNetwork) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Nodes as points and edges as lines along their bends, in degrees; their numbers are the index.

    Returns
    -------
    GeoDataFrame, GeoDataFrame
        Nodes with `country`; edges with `tail`, `head`, `country`, `post` (empty for roads), `length_km`,
        `free_flow_km_per_h` (before calibration), `relief_sd_m`, the attributes of the road in words, and
        `max_mass_t`, `max_height_m` (missing where there is no limit).
    """
    countries = np.array(network.countries)
    nodes = gpd.GeoDataFrame(
        {"country": countries[network.node_country]},
        geometry=shapely.points(network.node_lon, network.node_lat),
        crs=WGS84,
    )
    edges = gpd.GeoDataFrame(_edge_columns(network, countries), geometry=edge_lines(network), crs=WGS84)
    return nodes, edges


def _edge_columns(network: RoadNetwork, countries: NDArray[np.str_]) -> dict[str, object]:
    attributes = network.attributes
    posts = np.full(network.edge_count, "", dtype=object)
    for post, edge in network.crossing_edges.items():
        posts[edge] = post
    return {
        "tail": network.tail,
        "head": network.head,
        "country": countries[network.edge_country],
        "post": posts,
        "road": np.array(network.road_names, dtype=object)[attributes.road],
        "road_class": np.array(ROAD_CLASSES)[attributes.road_class],
        "surface": np.array(SURFACES)[attributes.surface],
        "toll": np.array(TOLLS)[attributes.toll],
        "truck_access": np.array(TRUCK_ACCESS)[attributes.access],
        "one_way": attributes.one_way,
        "length_km": network.length_km,
        "free_flow_km_per_h": attributes.speed_km_per_h,
        "max_mass_t": _missing_where_infinite(attributes.max_mass_t),
        "max_height_m": _missing_where_infinite(attributes.max_height_m),
        "relief_sd_m": network.relief_sd_m,
        "is_reference": network.is_reference,
    }


def _missing_where_infinite(limit: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.where(np.isinf(limit), np.nan, limit)


def edge_lines(network: RoadNetwork) -> NDArray[np.object_]:
    """Lines from tail to head along the bends, shape (edges,)."""
    places = np.column_stack([network.node_lon, network.node_lat])
    points, number = points_along(places[network.tail], places[network.head], network.shapes)
    return np.asarray(shapely.linestrings(points, indices=number))


def write_network_geopackage(network: RoadNetwork, path: Path, *, attribution: str) -> None:
    """Write layers `nodes`, `edges` and `about` (whose data it is) to a new file, the same bytes each time.

    Raises
    ------
    ScenarioError
        The file cannot be written.
    """
    nodes, edges = to_geodataframes(network)
    about = pd.DataFrame({"attribution": [attribution]})
    with _beside(path) as new:
        write_layers(new, {"nodes": nodes, "edges": edges, "about": about}, day=NO_DAY)


def write_geoparquet(network: RoadNetwork, folder: Path, *, attribution: str) -> list[Path]:
    """Write `nodes.parquet`, `edges.parquet` and `ATTRIBUTION.txt` into a folder; return their paths.

    Raises
    ------
    ScenarioError
        The folder cannot be written.
    """
    paths = [folder / "nodes.parquet", folder / "edges.parquet", folder / "ATTRIBUTION.txt"]
    for path, table in zip(paths, to_geodataframes(network), strict=False):
        with _beside(path) as new:
            table.to_parquet(new, compression="zstd")
    with _beside(paths[-1]) as new:
        new.write_text(attribution + "\n", encoding="utf-8")
    return paths


def write_graphml(network: RoadNetwork, path: Path, *, attribution: str) -> None:
    """Write the graph that OSMnx reads to a new file.

    Raises
    ------
    ScenarioError
        The file cannot be written.
    """
    import osmnx

    from corridor.network.exchange import to_osmnx

    graph = to_osmnx(network)
    graph.graph["attribution"] = attribution
    with _beside(path) as new:
        osmnx.save_graphml(graph, new)


def write_layers(path: Path, layers: Mapping[str, pd.DataFrame], *, day: date) -> None:
    """Write tables to a new GeoPackage that carries a day instead of the clock's.

    The disk is not waited for after each of them, which takes most of the time: a file that is not whole is not kept.
    """
    options = {"OGR_CURRENT_DATE": f"{day.isoformat()}T00:00:00.000Z", "OGR_SQLITE_SYNCHRONOUS": "OFF"}
    pyogrio.set_gdal_config_options(options)
    try:
        for name, layer in layers.items():
            pyogrio.write_dataframe(layer, path, layer=name, driver="GPKG", append=path.exists())
    finally:
        pyogrio.set_gdal_config_options(dict.fromkeys(options))


@contextmanager
def _beside(path: Path) -> Iterator[Path]:
    """A path beside `path` to write to; moved to it when all went well."""
    new = path.with_name(f".{path.stem}-{os.getpid()}{path.suffix}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            yield new
            new.replace(path)
        finally:
            new.unlink(missing_ok=True)
    except (OSError, pyogrio.errors.DataSourceError) as error:
        raise ScenarioError(f"{path}: cannot be written ({error}). Choose another place.") from error
