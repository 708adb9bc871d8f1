"""The finished road network: nodes renumbered, kinds spelled out as attributes, bends simplified."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import shapely
from numpy.typing import NDArray

from corridor.bundled import data_path
from corridor.evidence import Evidence
from corridor.network.edge_shapes import EdgeShapes, points_along
from corridor.network.geometry import great_circle_km
from corridor.network.osm.edge_kinds import EdgeKinds, attributes_of
from corridor.network.osm.edge_speeds import edge_hours
from corridor.network.osm.edges import Edges
from corridor.network.osm.gates import GatedRoads
from corridor.network.osm.raw_roads import RawRoads
from corridor.network.osm.thinning import ThinnedRoads
from corridor.network.reference_roads import reference_roads
from corridor.network.relief import read_relief_grid, relief_along_edges
from corridor.network.roads import RoadNetwork

TOLERANCE_DEGREES = 2e-4
"""Bends are left out where the line moves by no more than this (about 20 m); lengths are those of all bends."""


def assemble(
    raw: RawRoads, roads: GatedRoads, thinned: ThinnedRoads, kinds: EdgeKinds, evidence: Evidence
) -> RoadNetwork:
    """The network of the edges that are left."""
    edges, kind = thinned.edges, thinned.kind
    used = np.unique(np.concatenate([edges.tail, edges.head]))
    numbers, node_country = np.unique(roads.country[used], return_inverse=True)
    countries = tuple(raw.countries[number] for number in numbers)
    crossing = kinds.crossing[kind]
    network = RoadNetwork(
        countries=countries,
        free_movement=_free_movement(evidence) & frozenset(countries),
        node_lon=roads.nodes.lon[used],
        node_lat=roads.nodes.lat[used],
        node_country=node_country.astype(np.int16),
        tail=np.searchsorted(used, edges.tail).astype(np.int32),
        head=np.searchsorted(used, edges.head).astype(np.int32),
        length_km=edges.length_km,
        relief_sd_m=np.zeros(len(edges)),
        is_reference=np.zeros(len(edges), dtype=bool),
        attributes=attributes_of(
            raw, kinds, kind, one_way=edges.one_way, speed_km_per_h=_speeds(raw, kinds, thinned, evidence)
        ),
        shapes=_simplified(roads, edges),
        road_names=raw.road_names,
        crossing_edges={roads.posts[crossing[edge]]: int(edge) for edge in np.flatnonzero(crossing >= 0)},
    )
    network = replace(network, relief_sd_m=_relief(network))
    return replace(network, is_reference=reference_roads(network, evidence))


def _free_movement(evidence: Evidence) -> frozenset[str]:
    return frozenset(iso3 for iso3, country in evidence.countries.items() if country.free_movement_area)


def _speeds(raw: RawRoads, kinds: EdgeKinds, thinned: ThinnedRoads, evidence: Evidence) -> NDArray[np.float64]:
    """Mean speed of each edge; of one without length, such as a crossing, that of its class."""
    edges, kind = thinned.edges, thinned.kind
    one_km = np.ones(len(kinds.tag_set))
    class_hours = edge_hours(
        kinds=raw.kinds,
        tag_set=kinds.tag_set,
        country=kinds.country,
        countries=raw.countries,
        length_km=one_km,
        way_km=one_km,
        speeds=evidence.truck_speeds,
    )
    has_length = edges.free_flow_h > 0
    speed = 1 / class_hours[kind]
    return np.divide(edges.length_km, edges.free_flow_h, out=speed, where=has_length)


def _simplified(roads: GatedRoads, edges: Edges) -> EdgeShapes:
    """Bends that matter, by the rule of Douglas and Peucker."""
    places = np.column_stack([roads.nodes.lon, roads.nodes.lat])
    points, number = points_along(places[edges.tail], places[edges.head], edges.shapes)
    lines = shapely.linestrings(points, indices=number)
    kept, line = shapely.get_coordinates(shapely.simplify(lines, TOLERANCE_DEGREES), return_index=True)
    is_end = np.diff(line, prepend=-1, append=len(edges)) != 0
    inside = ~(is_end[:-1] | is_end[1:])
    bends = np.bincount(line[inside], minlength=len(edges))
    return EdgeShapes(np.concatenate([[0], np.cumsum(bends)]), kept[inside, 0], kept[inside, 1])


def _relief(network: RoadNetwork) -> NDArray[np.float64]:
    """Relief along the bends of each edge, in metres."""
    pieces = network.segments(np.arange(network.edge_count))
    ends = {name: getattr(pieces, name) for name in ("tail_lon", "tail_lat", "head_lon", "head_lat")}
    km = great_circle_km(lon_a=pieces.tail_lon, lat_a=pieces.tail_lat, lon_b=pieces.head_lon, lat_b=pieces.head_lat)
    relief_m = relief_along_edges(read_relief_grid(data_path("snapshot", "terrain_grid.csv.gz")), **ends, length_km=km)
    total_km = np.bincount(pieces.edge, weights=km, minlength=network.edge_count)
    weighted = np.bincount(pieces.edge, weights=km * relief_m, minlength=network.edge_count)
    return np.divide(weighted, total_km, out=np.zeros(network.edge_count), where=total_km > 0)
