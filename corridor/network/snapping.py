"""Points put on the road nearest to them."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from corridor.errors import DataError, ScenarioError
from corridor.network.edge_shapes import EdgeShapes, cut_line, segment_km
from corridor.network.geometry import distance_to_segments
from corridor.network.roads import RoadNetwork

SNAP_LIMIT_KM = 25.0
"""A place farther than this from every road is refused (design section 4)."""

NEAR_DEGREES = 0.3
"""More than `SNAP_LIMIT_KM` of latitude."""


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


def with_point(
    network: RoadNetwork, *, lon: float, lat: float, name: str, country: str = ""
) -> tuple[RoadNetwork, Snap]:
    """The network with a node on the road nearest to a point, and where it was put.

    Raises
    ------
    ScenarioError
        The nearest road is more than `SNAP_LIMIT_KM` away.
    """
    road = nearest_road(network, lon=lon, lat=lat, country=country)
    if not road.distance_km <= SNAP_LIMIT_KM:
        raise ScenarioError(
            f"{name} ({lon:.3f}, {lat:.3f}): too far from a road; expected a road within "
            f"{SNAP_LIMIT_KM:.0f} km, got {road.distance_km:.0f} km to the nearest. "
            "Check that longitude comes first and that the point is on land that the network covers."
        )
    split, node = split_edge(network, road.edge, share=road.share)
    return split, Snap(node, road.distance_km, split.country_of(node))


def nearest_road(network: RoadNetwork, *, lon: float, lat: float, country: str = "") -> NearestRoad:
    """The edge nearest to a point, crossings and ferries apart; of the country named, if one of its is near.

    Notes
    -----
    Edges whose bounding box comes within `NEAR_DEGREES` of latitude are tried first: where one of them is
    within `SNAP_LIMIT_KM`, no other can be nearer.
    """
    is_near = _is_near(network, lon, lat)
    at_home = is_near & _is_in(network, country)
    for edges in (np.flatnonzero(at_home), np.flatnonzero(is_near)):
        near = _nearest_of(network, edges, lon=lon, lat=lat)
        if near and near.distance_km <= SNAP_LIMIT_KM:
            return near
    everywhere = _nearest_of(network, np.flatnonzero(~network.is_crossing & ~network.is_ferry), lon=lon, lat=lat)
    if everywhere is None:
        raise DataError("network: no roads at all; expected at least one edge. Build the network again.")
    return everywhere


def _nearest_of(network: RoadNetwork, edges: NDArray[np.intp], *, lon: float, lat: float) -> NearestRoad | None:
    if not len(edges):
        return None
    pieces = network.segments(edges)
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
    return NearestRoad(edge, _share_of_edge(network, edge, piece, float(share[best])), float(distance_km[best]))


def _share_of_edge(network: RoadNetwork, edge: int, piece: int, share: float) -> float:
    """Where on an edge a share of one of its straight pieces lies."""
    if not network.shapes.counts()[edge]:
        return share
    km = segment_km(*network.line(edge))
    return float((km[:piece].sum() + share * km[piece]) / km.sum()) if km.sum() else 0.0


def _is_in(network: RoadNetwork, country: str) -> NDArray[np.bool_]:
    """Edges of a country; none where no country is named."""
    if country not in network.countries:
        return np.zeros(network.edge_count, dtype=bool)
    return np.asarray(network.edge_country == network.countries.index(country))


def _is_near(network: RoadNetwork, lon: float, lat: float) -> NDArray[np.bool_]:
    west, south, east, north = network.edge_boxes
    lon_margin = NEAR_DEGREES / np.cos(np.radians(lat))
    is_near = (west <= lon + lon_margin) & (east >= lon - lon_margin)
    is_near &= (south <= lat + NEAR_DEGREES) & (north >= lat - NEAR_DEGREES)
    return np.asarray(is_near & ~network.is_crossing & ~network.is_ferry)


def split_edge(network: RoadNetwork, edge: int, *, share: float) -> tuple[RoadNetwork, int]:
    """The network with `edge` cut at `share` of its length, and the node at the cut."""
    tail, head = int(network.tail[edge]), int(network.head[edge])
    if share == 0.0 or share == 1.0:
        return network, head if share else tail
    node, last = network.node_count, network.edge_count
    cut = cut_line(*network.line(edge), share)
    grown = network.with_edges(np.append(np.arange(last), edge), network.crossing_edges)
    new_tail, new_head, length_km = grown.tail.copy(), grown.head.copy(), grown.length_km.copy()
    new_head[edge], new_tail[last] = node, node
    length_km[edge] *= share
    length_km[last] *= 1 - share
    cut_network = replace(
        grown,
        node_lon=np.append(network.node_lon, cut.lon),
        node_lat=np.append(network.node_lat, cut.lat),
        node_country=np.append(network.node_country, network.node_country[tail if share < 0.5 else head]),
        tail=new_tail,
        head=new_head,
        length_km=length_km,
        shapes=_with_cut(grown.shapes, edge, cut.parts),
    )
    return cut_network, node


def _with_cut(shapes: EdgeShapes, edge: int, parts: EdgeShapes) -> EdgeShapes:
    """Shapes in which `edge` and the last edge, its copy, are the two parts of the cut."""
    if not len(parts.lon):
        return shapes
    last = len(shapes) - 1
    order = np.arange(len(shapes))
    order[edge], order[last] = last + 1, last + 2
    return shapes.followed_by(parts).taking(order)
