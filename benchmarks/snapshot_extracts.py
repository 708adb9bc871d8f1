"""The embedded network written as OpenStreetMap extracts, one a country, to build it again from files of that kind.

    python -m benchmarks.snapshot_extracts FOLDER

Junctions, lengths and posts are those of the embedded network. Its roads have no classes, surfaces or bends: these
are invented by rule. Nothing here has been on a map:

- `highway` is trunk where the road sets its country's mean speed (`is_reference`), primary elsewhere;
- `surface` is asphalt on a third of the roads and gravel on one in thirty, drawn by number; the others have none;
- no road has `maxspeed`, `oneway` or limits;
- what a road is longer than the line between its ends it winds in zigzag within 1 km of its tail, so that it does not
  stray over borders on the way.

Nodes 0 km apart, and so the two gates of a post, are one node, which has `barrier=border_control` at a post. A road
is in the file of each country at its ends, with the same ids in both.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import osmium
from numpy.typing import NDArray
from osmium.osm.mutable import Node, Way
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from benchmarks.drawn_shares import drawn_shares
from corridor.bundled import data_path
from corridor.network.edge_shapes import EdgeShapes, ragged_rows
from corridor.network.files import read_network
from corridor.network.geometry import EARTH_RADIUS_KM, great_circle_km
from corridor.network.roads import RoadNetwork

TOOTH_KM = 4.0
WINDING_KM = 1.0
FIRST_WAY_ID = 1
KM_PER_DEGREE = np.pi * EARTH_RADIUS_KM / 180
WIDTH_STEPS = 12
"""Corrections of the width of the teeth; each leaves a small part of the fault."""

PAVED_SHARE, GRAVEL_SHARE = 1 / 3, 1 / 30

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class OsmRoads:
    """A network as OpenStreetMap has it: ids of nodes and ways, bends as nodes.

    Parameters
    ----------
    roads : edges that are crossings included, which are not written
    node_id : (nodes,) of the network's nodes
    bends : between the ends of each edge
    first_bend_id : nodes of bends are numbered from here, edge by edge
    straight_edges : edges that would have to be shorter than the line between their ends, written as that line
    """

    roads: RoadNetwork
    node_id: NDArray[np.int64]
    bends: EdgeShapes
    first_bend_id: int
    straight_edges: int

    def edges_of(self, country: int) -> NDArray[np.intp]:
        """Edges that begin or end in a country, in order, without crossings and edges inside one node."""
        tail, head = self.roads.tail, self.roads.head
        is_there = (self.roads.node_country[tail] == country) | (self.roads.node_country[head] == country)
        is_line = (self.node_id[tail] != self.node_id[head]) | (self.bends.counts() > 0)
        return np.flatnonzero(is_there & is_line & ~self.roads.is_crossing)

    def refs(self, edge: int) -> list[int]:
        """Node ids along an edge."""
        start, end = (self.first_bend_id + self.bends.start[edge : edge + 2]).tolist()
        bends = range(start, end)
        return [int(self.node_id[self.roads.tail[edge]]), *bends, int(self.node_id[self.roads.head[edge]])]

    def tags(self, edge: int) -> dict[str, str]:
        """Tags of an edge, by the rules above."""
        highway = {"highway": "trunk" if self.roads.is_reference[edge] else "primary"}
        share = float(drawn_shares(edge))
        if share < GRAVEL_SHARE:
            return highway | {"surface": "gravel"}
        return highway | {"surface": "asphalt"} if share < GRAVEL_SHARE + PAVED_SHARE else highway

    def post_names(self) -> dict[int, str]:
        """Node id of each post -> its id in the table of crossings."""
        posts = self.roads.crossing_edges.items()
        return {int(self.node_id[self.roads.tail[edge]]): post for post, edge in posts}


def write_snapshot_extracts(network: RoadNetwork, folder: Path) -> dict[str, Path]:
    """Write one `.osm.pbf` a country and return their paths by country (ISO alpha-3); the same bytes each time."""
    osm = as_osm_roads(network)
    folder.mkdir(parents=True, exist_ok=True)
    numbers = {country: number for number, country in enumerate(network.countries)}
    edges = {country: osm.edges_of(number) for country, number in numbers.items()}
    return {
        country: _write_country(folder / f"{country.lower()}.osm.pbf", osm, edges[country])
        for country in network.countries
        if len(edges[country])
    }


def as_osm_roads(network: RoadNetwork) -> OsmRoads:
    """The network with ids and with bends that give each edge its length."""
    node_id = 1 + _first_of_place(network)
    bends, straight_edges = zigzag(network)
    return OsmRoads(network, node_id, bends, 1 + network.node_count, straight_edges)


def _first_of_place(network: RoadNetwork) -> NDArray[np.int64]:
    """For each node the lowest number of the nodes that edges of 0 km join to it, itself included."""
    joins = np.flatnonzero((network.length_km == 0) & (_line_km(network) == 0))
    count = network.node_count
    graph = coo_array((np.ones(len(joins)), (network.tail[joins], network.head[joins])), shape=(count, count))
    place = connected_components(graph, directed=False)[1]
    _, first = np.unique(place, return_index=True)
    return np.asarray(first[place], dtype=np.int64)


def _line_km(network: RoadNetwork) -> Floats:
    tail, head, lon, lat = network.tail, network.head, network.node_lon, network.node_lat
    return great_circle_km(lon_a=lon[tail], lat_a=lat[tail], lon_b=lon[head], lat_b=lat[head])


def zigzag(network: RoadNetwork) -> tuple[EdgeShapes, int]:
    """Bends that give every edge its length, and the number of edges too short for any.

    Notes
    -----
    Teeth of equal base alternate left and right of the line's first `WINDING_KM`. By Pythagoras a stretch from foot
    to tip gains tip_km^2 = stretch_km^2 - (half a base)^2; the width is corrected until the great circles add up.
    """
    line_km = _line_km(network)
    too_short = (network.length_km <= line_km) & (network.length_km > 0)
    is_straight = network.length_km <= line_km
    winding = np.minimum(WINDING_KM / np.maximum(line_km, WINDING_KM), 1.0)
    straight_km = line_km * (1 - winding)
    teeth = np.where(is_straight, 0, np.ceil(network.length_km / TOOTH_KM)).astype(np.int64)
    count = np.maximum(2 * teeth - 1, 0)
    start = np.concatenate([[0], np.cumsum(count)])
    squared_km2 = np.zeros(network.edge_count)
    for _ in range(WIDTH_STEPS):
        shapes = _teeth(network, start, count, winding=winding, tip_km=np.sqrt(squared_km2))
        has_km, wants_km = _lengths(network, shapes) - straight_km, network.length_km - straight_km
        missing_km2 = wants_km**2 - has_km**2
        squared_km2 = np.maximum(squared_km2 + missing_km2 / np.maximum(2 * teeth, 1) ** 2, 0.0)
    return _teeth(network, start, count, winding=winding, tip_km=np.sqrt(squared_km2)), int(too_short.sum())


def _teeth(
    network: RoadNetwork, start: NDArray[np.int64], count: NDArray[np.int64], *, winding: Floats, tip_km: Floats
) -> EdgeShapes:
    """Bends at equal shares of the winding share of each line, every other one aside by `tip_km`."""
    edge = np.repeat(np.arange(network.edge_count), count)
    place = ragged_rows(np.zeros(len(count), dtype=np.int64), count)
    share = (place + 1) / (count[edge] + 1) * winding[edge]
    side = np.array([1.0, 0.0, -1.0, 0.0])[place % 4] * tip_km[edge]
    tail, head = network.tail[edge], network.head[edge]
    lon, lat = network.node_lon, network.node_lat
    foot_lon, foot_lat = _between(lon[tail], lon[head], share), _between(lat[tail], lat[head], share)
    squeeze = np.cos(np.radians(foot_lat))
    east, north = (lon[head] - lon[tail]) * squeeze, lat[head] - lat[tail]
    across = side / KM_PER_DEGREE / np.maximum(np.hypot(east, north), 1e-12)
    return EdgeShapes(start, _rounded(foot_lon - north * across / squeeze), _rounded(foot_lat + east * across))


def _between(low: Floats, high: Floats, share: Floats) -> Floats:
    return np.asarray(low + (high - low) * share)


def _rounded(degrees: Floats) -> Floats:
    return np.asarray(np.round(degrees, 7))


def _lengths(network: RoadNetwork, shapes: EdgeShapes) -> Floats:
    """Great-circle km along each edge, bends included."""
    pieces = replace(network, shapes=shapes).segments(np.arange(network.edge_count))
    km = great_circle_km(lon_a=pieces.tail_lon, lat_a=pieces.tail_lat, lon_b=pieces.head_lon, lat_b=pieces.head_lat)
    return np.asarray(np.bincount(pieces.edge, weights=km, minlength=network.edge_count), dtype=np.float64)


def _write_country(path: Path, osm: OsmRoads, edges: NDArray[np.intp]) -> Path:
    ways = [(FIRST_WAY_ID + edge, osm.refs(edge), osm.tags(edge)) for edge in edges.tolist()]
    node_ids = np.unique(np.array([ref for _, refs, _ in ways for ref in refs], dtype=np.int64))
    with osmium.SimpleWriter(str(path), overwrite=True) as writer:
        _add_nodes(writer, osm, node_ids)
        for way_id, refs, tags in ways:
            writer.add_way(Way(id=way_id, nodes=refs, version=1, tags=tags))
    return path


def _add_nodes(writer: osmium.SimpleWriter, osm: OsmRoads, node_ids: NDArray[np.int64]) -> None:
    lon = np.concatenate([osm.roads.node_lon, osm.bends.lon])[node_ids - 1].tolist()
    lat = np.concatenate([osm.roads.node_lat, osm.bends.lat])[node_ids - 1].tolist()
    posts = osm.post_names()
    for node_id, *location in zip(node_ids.tolist(), lon, lat, strict=True):
        post = posts.get(node_id)
        tags = {"barrier": "border_control", "name": post} if post else {}
        writer.add_node(Node(id=node_id, location=tuple(location), version=1, tags=tags))


def main() -> None:
    """Write the extracts of the embedded network into a folder."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    network = read_network(data_path("network", "embedded")).roads
    paths = write_snapshot_extracts(network, folder)
    print(f"{len(paths)} files in {folder}; {as_osm_roads(network).straight_edges} edges shorter than a straight line")


if __name__ == "__main__":
    main()
