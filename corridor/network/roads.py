"""The road network: nodes with a country, edges with a length, posts as the only way across a border."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy.sparse.csgraph import connected_components

from corridor.errors import DataError
from corridor.network.edge_shapes import EdgeShapes, Segments
from corridor.network.road_attributes import RoadAttributes
from corridor.network.shortest_paths import build_road_graph
from corridor.road_kinds import FERRY

if TYPE_CHECKING:
    import geopandas as gpd
    import networkx as nx

    from corridor.evidence import Evidence

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]


@dataclass(frozen=True)
class RoadNetwork:
    """Roads between places and border posts; every edge lies in one country or is a listed crossing.

    Parameters
    ----------
    countries : ISO alpha-3 codes that `node_country` points into
    node_lon, node_lat : (nodes,) degrees
    node_country : (nodes,) index into `countries`
    tail, head : (edges,) node indices; an edge can be driven both ways unless it is one-way
    length_km : (edges,) road length, corrected for terrain where the source has cut the bends
    relief_sd_m : (edges,) standard deviation of elevation around the edge, metres
    is_reference : (edges,) whether the edge sets the mean speed of its country (model.md 1)
    attributes : class, speed, surface, toll, direction and truck limits of the edges
    shapes : bends of the edges
    road_names : what `attributes.road` points into; the first is empty
    crossing_edges : post id -> edge that is the crossing itself (length 0, its two ends in two countries)

    Raises
    ------
    DataError
        Arrays of different length, a node index out of range, a length that is negative or not finite, a
        speed that is not positive, an edge between two countries that is neither a crossing nor inside `free_movement`.
    """

    countries: tuple[str, ...]
    free_movement: frozenset[str]
    node_lon: Floats
    node_lat: Floats
    node_country: NDArray[np.int16]
    tail: Ints
    head: Ints
    length_km: Floats
    relief_sd_m: Floats
    is_reference: NDArray[np.bool_]
    attributes: RoadAttributes
    shapes: EdgeShapes
    road_names: tuple[str, ...]
    crossing_edges: Mapping[str, int]

    def __post_init__(self) -> None:
        check_network(self)

    @property
    def node_count(self) -> int:
        """Number of nodes."""
        return len(self.node_lon)

    @property
    def edge_count(self) -> int:
        """Number of edges."""
        return len(self.tail)

    @cached_property
    def is_crossing(self) -> NDArray[np.bool_]:
        """Which edges are crossings, shape (edges,)."""
        mask = np.zeros(self.edge_count, dtype=bool)
        mask[list(self.crossing_edges.values())] = True
        return mask

    @cached_property
    def is_ferry(self) -> NDArray[np.bool_]:
        """Which edges are sailed and not driven, shape (edges,)."""
        return np.asarray(self.attributes.road_class == FERRY)

    @cached_property
    def edge_country(self) -> NDArray[np.int16]:
        """Country of each edge, shape (edges,): that of its tail (both ends agree outside free movement)."""
        return self.node_country[self.tail]

    @cached_property
    def component(self) -> NDArray[np.int32]:
        """Number of the connected piece of road that each node stands on, directions apart, shape (nodes,)."""
        numbers = np.arange(self.edge_count)
        graph = build_road_graph(
            tail=self.tail, head=self.head, weight=self.length_km, edge=numbers, nodes=self.node_count
        )
        return np.asarray(connected_components(graph.matrix, directed=False)[1])

    def country_of(self, node: int) -> str:
        """ISO alpha-3 code of the country in which a node lies."""
        return self.countries[int(self.node_country[node])]

    def crossing_nodes(self, crossing_id: str) -> dict[str, int]:
        """The two ends of a post: country -> node."""
        edge = self.crossing_edges[crossing_id]
        return {self.country_of(int(node)): int(node) for node in (self.tail[edge], self.head[edge])}

    def without(self, *, crossings: Iterable[str]) -> RoadNetwork:
        """The same network in which these posts cannot be crossed at all."""
        closed = [self.crossing_edges[crossing_id] for crossing_id in crossings]
        keep = np.ones(self.edge_count, dtype=bool)
        keep[closed] = False
        return self.keeping_edges(keep)

    def keeping_edges(self, keep: NDArray[np.bool_]) -> RoadNetwork:
        """The same network with only the edges of the mask."""
        position = np.cumsum(keep) - 1
        posts = {post: int(position[edge]) for post, edge in self.crossing_edges.items() if keep[edge]}
        return self.with_edges(np.flatnonzero(keep), posts)

    def with_edges(self, edges: NDArray[np.intp], crossing_edges: Mapping[str, int]) -> RoadNetwork:
        """The network whose edges are these, in their order."""
        return replace(
            self,
            tail=self.tail[edges],
            head=self.head[edges],
            length_km=self.length_km[edges],
            relief_sd_m=self.relief_sd_m[edges],
            is_reference=self.is_reference[edges],
            attributes=self.attributes.taking(edges),
            shapes=self.shapes.taking(edges),
            crossing_edges=crossing_edges,
        )

    def segments(self, edges: NDArray[np.intp]) -> Segments:
        """Straight pieces of some edges."""
        count = self.shapes.counts()[edges]
        shapes = self.shapes.taking(edges)
        number = np.repeat(np.arange(len(edges)), count)
        slot = np.arange(len(shapes.lon)) + number
        piece = np.repeat(np.arange(len(edges)), count + 1)
        first, last = shapes.start[:-1] + np.arange(len(edges)), shapes.start[1:] + np.arange(len(edges))
        ends = []
        for node_degrees, bends in ((self.node_lon, shapes.lon), (self.node_lat, shapes.lat)):
            tail, head = np.empty(len(piece)), np.empty(len(piece))
            tail[first], tail[slot + 1] = node_degrees[self.tail[edges]], bends
            head[slot], head[last] = bends, node_degrees[self.head[edges]]
            ends.append((tail, head))
        (tail_lon, head_lon), (tail_lat, head_lat) = ends
        return Segments(edges[piece], tail_lon, tail_lat, head_lon, head_lat)

    def line(self, edge: int) -> tuple[Floats, Floats]:
        """Longitudes and latitudes of an edge from tail to head, both ends included."""
        lon, lat = self.shapes.points_of(edge)
        tail, head = self.tail[edge], self.head[edge]
        return (
            np.concatenate([self.node_lon[[tail]], lon, self.node_lon[[head]]]),
            np.concatenate([self.node_lat[[tail]], lat, self.node_lat[[head]]]),
        )

    def way_line(self, nodes: NDArray[np.int64], edges: NDArray[np.intp]) -> tuple[Floats, Floats]:
        """Longitudes and latitudes along a way, its bends included, in the order of travel.

        Parameters
        ----------
        nodes, edges : of the way; edge i joins nodes i and i + 1
        """
        if not self.shapes.counts()[edges].any():
            return self.node_lon[nodes], self.node_lat[nodes]
        lon, lat = [self.node_lon[nodes[:1]]], [self.node_lat[nodes[:1]]]
        for start, edge in zip(nodes.tolist(), edges.tolist(), strict=False):
            step = 1 if self.tail[edge] == start else -1
            edge_lon, edge_lat = self.line(edge)
            lon.append(edge_lon[::step][1:])
            lat.append(edge_lat[::step][1:])
        return np.concatenate(lon), np.concatenate(lat)

    @cached_property
    def edge_boxes(self) -> tuple[Floats, Floats, Floats, Floats]:
        """West, south, east and north of each edge, degrees, each of shape (edges,)."""
        lon = self.node_lon[self.tail], self.node_lon[self.head]
        lat = self.node_lat[self.tail], self.node_lat[self.head]
        boxes = np.minimum(*lon), np.minimum(*lat), np.maximum(*lon), np.maximum(*lat)
        bent = np.flatnonzero(self.shapes.counts())
        if len(bent):
            starts = self.shapes.start[bent]
            for side, reach, bends in zip(boxes, (np.minimum, np.minimum, np.maximum, np.maximum), "xyxy", strict=True):
                extreme = reach.reduceat(self.shapes.lon if bends == "x" else self.shapes.lat, starts)
                side[bent] = reach(side[bent], extreme)
        return boxes

    def to_geodataframes(self) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
        """Nodes and edges as GeoDataFrames, see `corridor.network.geodata`."""
        from corridor.network.geodata import to_geodataframes

        return to_geodataframes(self)

    def to_osmnx(self) -> nx.MultiDiGraph:
        """The graph that OSMnx works on, see `corridor.network.exchange`."""
        from corridor.network.exchange import to_osmnx

        return to_osmnx(self)

    @staticmethod
    def from_osmnx(graph: nx.MultiDiGraph, evidence: Evidence) -> RoadNetwork:
        """A network from a graph of OSMnx, see `corridor.network.exchange`."""
        from corridor.network.exchange import from_osmnx

        return from_osmnx(graph, evidence)


def check_network(network: RoadNetwork) -> None:
    """Raise DataError where the arrays contradict each other (see `RoadNetwork`)."""
    edges, nodes = len(network.tail), len(network.node_lon)
    for name in ("head", "length_km", "relief_sd_m", "is_reference", "attributes", "shapes"):
        if len(getattr(network, name)) != edges:
            raise DataError(f"network: {name} has {len(getattr(network, name))} rows; expected {edges}, one an edge.")
    for name in ("node_lat", "node_country"):
        if len(getattr(network, name)) != nodes:
            raise DataError(f"network: {name} has {len(getattr(network, name))} rows; expected {nodes}, one a node.")
    if edges and not (
        min(network.tail.min(), network.head.min()) >= 0 and max(network.tail.max(), network.head.max()) < nodes
    ):
        raise DataError(f"network: an edge names a node outside 0..{nodes - 1}. Build the network again.")
    if not (np.isfinite(network.length_km).all() and (network.length_km >= 0).all()):
        raise DataError("network: an edge has a negative or missing length_km. Build the network again.")
    if not (network.attributes.speed_km_per_h > 0).all():
        raise DataError("network: an edge has no speed_km_per_h; expected > 0. Build the network again.")
    _check_borders(network)


def _check_borders(network: RoadNetwork) -> None:
    free = np.array([country in network.free_movement for country in network.countries], dtype=bool)
    a, b = network.node_country[network.tail], network.node_country[network.head]
    stray = (a != b) & ~(free[a] & free[b]) & ~network.is_crossing
    if stray.any():
        edge = int(np.flatnonzero(stray)[0])
        raise DataError(
            f"network: {int(stray.sum())} edges cross a border away from a listed post, the first between "
            f"{network.countries[a[edge]]} and {network.countries[b[edge]]} at "
            f"{network.node_lon[network.tail[edge]]:.3f}, {network.node_lat[network.tail[edge]]:.3f}."
        )
