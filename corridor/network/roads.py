"""The road network: nodes with a country, edges with a length, posts as the only way across a border."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse.csgraph import connected_components

from corridor.errors import DataError, ScenarioError
from corridor.network.edge_shapes import EdgeShapes, Segments, cut_line, segment_km
from corridor.network.geometry import distance_to_segments
from corridor.network.road_attributes import RoadAttributes
from corridor.network.shortest_paths import build_road_graph
from corridor.road_kinds import FERRY

SNAP_LIMIT_KM = 25.0
"""A place farther than this from every road is refused (design section 4)."""

NEAR_DEGREES = 0.3
"""More than `SNAP_LIMIT_KM` of latitude."""

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Snap:
    """Where a point was put on the network: its node, and how far from the point that is."""

    node: int
    distance_km: float
    country: str


@dataclass(frozen=True, slots=True)
class NearestRoad:
    """The edge nearest to a point, where on it (0 = tail, 1 = head), and how far away."""

    edge: int
    share: float
    distance_km: float


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
        return self._with_edges(np.flatnonzero(keep), posts)

    def _with_edges(self, edges: NDArray[np.intp], crossing_edges: Mapping[str, int]) -> RoadNetwork:
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

    def with_point(self, *, lon: float, lat: float, name: str, country: str = "") -> tuple[RoadNetwork, Snap]:
        """The network with a node on the road nearest to a point, and where it was put.

        Raises
        ------
        ScenarioError
            The nearest road is more than `SNAP_LIMIT_KM` away.
        """
        road = self.nearest_road(lon=lon, lat=lat, country=country)
        if not road.distance_km <= SNAP_LIMIT_KM:
            raise ScenarioError(
                f"{name} ({lon:.3f}, {lat:.3f}): too far from a road; expected a road within "
                f"{SNAP_LIMIT_KM:.0f} km, got {road.distance_km:.0f} km to the nearest. "
                "Check that longitude comes first and that the point is on land inside 11 W - 92 E, 20 - 63 N."
            )
        network, node = self._split(road.edge, share=road.share)
        return network, Snap(node, road.distance_km, network.country_of(node))

    def nearest_road(self, *, lon: float, lat: float, country: str = "") -> NearestRoad:
        """The edge nearest to a point, crossings and ferries apart; of the country named, if one of its is near.

        Notes
        -----
        Edges whose bounding box comes within `NEAR_DEGREES` of latitude are tried first: where one of them is
        within `SNAP_LIMIT_KM`, no other can be nearer.
        """
        is_near = self._is_near(lon, lat)
        at_home = is_near & self._is_in(country)
        for edges in (np.flatnonzero(at_home), np.flatnonzero(is_near)):
            near = self._nearest_of(edges, lon=lon, lat=lat)
            if near and near.distance_km <= SNAP_LIMIT_KM:
                return near
        everywhere = self._nearest_of(np.flatnonzero(~self.is_crossing & ~self.is_ferry), lon=lon, lat=lat)
        if everywhere is None:
            raise DataError("network: no roads at all; expected at least one edge. Build the network again.")
        return everywhere

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

    def _nearest_of(self, edges: NDArray[np.intp], *, lon: float, lat: float) -> NearestRoad | None:
        if not len(edges):
            return None
        pieces = self.segments(edges)
        distance_km, share = distance_to_segments(
            lon=lon,
            lat=lat,
            tail_lon=pieces.tail_lon,
            tail_lat=pieces.tail_lat,
            head_lon=pieces.head_lon,
            head_lat=pieces.head_lat,
        )
        best = int(np.argmin(distance_km))
        edge = int(pieces.edge[best])
        piece = best - int(np.searchsorted(pieces.edge, edge))
        return NearestRoad(edge, self._share_of_edge(edge, piece, float(share[best])), float(distance_km[best]))

    def _share_of_edge(self, edge: int, piece: int, share: float) -> float:
        """Where on an edge a share of one of its straight pieces lies."""
        if not self.shapes.counts()[edge]:
            return share
        km = segment_km(*self.line(edge))
        return float((km[:piece].sum() + share * km[piece]) / km.sum()) if km.sum() else 0.0

    def _is_in(self, country: str) -> NDArray[np.bool_]:
        """Edges of a country; none where no country is named."""
        if country not in self.countries:
            return np.zeros(self.edge_count, dtype=bool)
        return np.asarray(self.edge_country == self.countries.index(country))

    def _is_near(self, lon: float, lat: float) -> NDArray[np.bool_]:
        west, south, east, north = self._edge_boxes
        lon_margin = NEAR_DEGREES / np.cos(np.radians(lat))
        is_near = (west <= lon + lon_margin) & (east >= lon - lon_margin)
        is_near &= (south <= lat + NEAR_DEGREES) & (north >= lat - NEAR_DEGREES)
        return np.asarray(is_near & ~self.is_crossing & ~self.is_ferry)

    @cached_property
    def _edge_boxes(self) -> tuple[Floats, Floats, Floats, Floats]:
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

    def _split(self, edge: int, *, share: float) -> tuple[RoadNetwork, int]:
        """The network with `edge` cut at `share` of its length, and the node at the cut."""
        tail, head = int(self.tail[edge]), int(self.head[edge])
        if share == 0.0 or share == 1.0:
            return self, head if share else tail
        node, last = self.node_count, self.edge_count
        cut = cut_line(*self.line(edge), share)
        grown = self._with_edges(np.append(np.arange(last), edge), self.crossing_edges)
        new_tail, new_head, length_km = grown.tail.copy(), grown.head.copy(), grown.length_km.copy()
        new_head[edge], new_tail[last] = node, node
        length_km[edge] *= share
        length_km[last] *= 1 - share
        network = replace(
            grown,
            node_lon=np.append(self.node_lon, cut.lon),
            node_lat=np.append(self.node_lat, cut.lat),
            node_country=np.append(self.node_country, self.node_country[tail if share < 0.5 else head]),
            tail=new_tail,
            head=new_head,
            length_km=length_km,
            shapes=_with_cut(grown.shapes, edge, cut.parts),
        )
        return network, node


def _with_cut(shapes: EdgeShapes, edge: int, parts: EdgeShapes) -> EdgeShapes:
    """Shapes in which `edge` and the last edge, its copy, are the two parts of the cut."""
    if not len(parts.lon):
        return shapes
    last = len(shapes) - 1
    order = np.arange(len(shapes))
    order[edge], order[last] = last + 1, last + 2
    return shapes.followed_by(parts).taking(order)


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
