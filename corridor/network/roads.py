"""The road network: nodes with a country, edges with a length, posts as the only way across a border."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse.csgraph import connected_components

from corridor.errors import DataError, ScenarioError
from corridor.network.geometry import distance_to_segments
from corridor.network.shortest_paths import build_road_graph

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
    tail, head : (edges,) node indices; an edge can be driven both ways
    length_km : (edges,) road length, corrected for terrain
    relief_sd_m : (edges,) standard deviation of elevation around the edge, metres
    is_reference : (edges,) whether the edge sets the mean speed of its country (model.md 1)
    crossing_edges : post id -> edge that is the crossing itself (length 0, its two ends in two countries)

    Raises
    ------
    DataError
        Arrays of different length, a node index out of range, a length that is negative or not finite,
        an edge between two countries that is neither a crossing nor inside `free_movement`.
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
    crossing_edges: Mapping[str, int]

    def __post_init__(self) -> None:
        check_network(self)

    @property
    def node_count(self) -> int:
        """Number of nodes."""
        return len(self.node_lon)

    @property
    def edge_count(self) -> int:
        """Number of edges, each drivable both ways."""
        return len(self.tail)

    @cached_property
    def is_crossing(self) -> NDArray[np.bool_]:
        """Which edges are crossings, shape (edges,)."""
        mask = np.zeros(self.edge_count, dtype=bool)
        mask[list(self.crossing_edges.values())] = True
        return mask

    @cached_property
    def edge_country(self) -> NDArray[np.int16]:
        """Country of each edge, shape (edges,): that of its tail (both ends agree outside free movement)."""
        return self.node_country[self.tail]

    @cached_property
    def component(self) -> NDArray[np.int32]:
        """Number of the connected piece of road that each node stands on, shape (nodes,)."""
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
        position = np.cumsum(keep) - 1
        return replace(
            self,
            tail=self.tail[keep],
            head=self.head[keep],
            length_km=self.length_km[keep],
            relief_sd_m=self.relief_sd_m[keep],
            is_reference=self.is_reference[keep],
            crossing_edges={
                crossing_id: int(position[edge]) for crossing_id, edge in self.crossing_edges.items() if keep[edge]
            },
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
        """The edge nearest to a point, crossings apart; of the country named, if one of its is near.

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
        everywhere = self._nearest_of(np.flatnonzero(~self.is_crossing), lon=lon, lat=lat)
        if everywhere is None:
            raise DataError("network: no roads at all; expected at least one edge. Build the network again.")
        return everywhere

    def _nearest_of(self, edges: NDArray[np.intp], *, lon: float, lat: float) -> NearestRoad | None:
        if not len(edges):
            return None
        distance_km, share = distance_to_segments(
            lon=lon,
            lat=lat,
            tail_lon=self.node_lon[self.tail[edges]],
            tail_lat=self.node_lat[self.tail[edges]],
            head_lon=self.node_lon[self.head[edges]],
            head_lat=self.node_lat[self.head[edges]],
        )
        best = int(np.argmin(distance_km))
        return NearestRoad(int(edges[best]), float(share[best]), float(distance_km[best]))

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
        return np.asarray(is_near & ~self.is_crossing)

    @cached_property
    def _edge_boxes(self) -> tuple[Floats, Floats, Floats, Floats]:
        """West, south, east and north of each edge, degrees, each of shape (edges,)."""
        lon = self.node_lon[self.tail], self.node_lon[self.head]
        lat = self.node_lat[self.tail], self.node_lat[self.head]
        return np.minimum(*lon), np.minimum(*lat), np.maximum(*lon), np.maximum(*lat)

    def _split(self, edge: int, *, share: float) -> tuple[RoadNetwork, int]:
        """The network with `edge` cut at `share` of its length, and the node at the cut."""
        tail, head = int(self.tail[edge]), int(self.head[edge])
        if share == 0.0 or share == 1.0:
            return self, head if share else tail
        node = self.node_count
        nearer = tail if share < 0.5 else head
        length_km = self.length_km.copy()
        length_km[edge] *= share
        new_head = self.head.copy()
        new_head[edge] = node
        network = replace(
            self,
            node_lon=np.append(self.node_lon, (1 - share) * self.node_lon[tail] + share * self.node_lon[head]),
            node_lat=np.append(self.node_lat, (1 - share) * self.node_lat[tail] + share * self.node_lat[head]),
            node_country=np.append(self.node_country, self.node_country[nearer]),
            tail=np.append(self.tail, np.int32(node)),
            head=np.append(new_head, np.int32(head)),
            length_km=np.append(length_km, self.length_km[edge] * (1 - share)),
            relief_sd_m=np.append(self.relief_sd_m, self.relief_sd_m[edge]),
            is_reference=np.append(self.is_reference, self.is_reference[edge]),
        )
        return network, node


def check_network(network: RoadNetwork) -> None:
    """Raise DataError where the arrays contradict each other (see `RoadNetwork`)."""
    edges, nodes = len(network.tail), len(network.node_lon)
    for name in ("head", "length_km", "relief_sd_m", "is_reference"):
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
