"""Ways cut into edges: each with a country at both ends, a direction, and the hours of a truck."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import shapely
from numpy.typing import NDArray

from corridor.evidence import Evidence, TruckSpeeds
from corridor.network.draft import Repair
from corridor.network.labels import country_at
from corridor.network.osm.border_labels import mend_labels
from corridor.network.osm.edge_speeds import edge_hours
from corridor.network.osm.edges import Edges, Nodes, WayLines, cut_ways, joints, number_nodes, turned
from corridor.network.osm.extract import Extract
from corridor.network.osm.neighbourhoods import nearest_edges
from corridor.network.osm.way_kinds import NOT_A_ROAD, WayKinds, read_way_kinds


@dataclass(frozen=True, slots=True)
class RawRoads:
    """Edges between every joint of the ways, not yet contracted.

    Parameters
    ----------
    kinds : attributes by tag set
    tag_set, road : (ways,) index into the rows of `kinds`, and into `road_names`
    country : (nodes,) index into `countries`
    """

    kinds: WayKinds
    tag_set: NDArray[np.int32]
    road: NDArray[np.int32]
    road_names: tuple[str, ...]
    nodes: Nodes
    edges: Edges
    country: NDArray[np.int16]
    countries: tuple[str, ...]

    def road_class(self, edges: Edges) -> NDArray[np.int8]:
        """Class of some edges, index into `ROAD_CLASSES`."""
        return np.asarray(self.kinds.road_class[self.tag_set[edges.way]])


def cut_into_roads(
    extract: Extract, evidence: Evidence, polygons: Mapping[str, shapely.Geometry]
) -> tuple[RawRoads, tuple[Repair, ...]]:
    """Edges of an extract in the countries of the table.

    Parameters
    ----------
    polygons : ISO alpha-3 -> polygon; roads outside the countries of `evidence` are left out
    """
    kinds = read_way_kinds(extract.tag_sets, zone_limits=evidence.truck_speeds.zone_limits)
    extract = extract.keeping_ways(kinds.road_class[extract.tag_set] != NOT_A_ROAD)
    nodes, lines = number_nodes(extract)
    country = country_at(lon=nodes.lon, lat=nodes.lat, polygons=list(polygons.values())).astype(np.int16)
    edges = cut_ways(nodes, lines, joints(lines, len(nodes)) | _beside_borders(lines, country))
    is_known = np.isin(list(polygons), list(evidence.countries))
    edges = edges.taking(np.flatnonzero(is_known[country[edges.tail]] & is_known[country[edges.head]]))
    country, repairs = mend_labels(
        nodes, edges, country, polygons=list(polygons.values()), homes=_homes(nodes, edges, evidence)
    )
    way_km = np.bincount(edges.way, weights=edges.length_km, minlength=extract.ways).astype(np.float64)
    roads = RawRoads(
        kinds=kinds,
        tag_set=extract.tag_set,
        road=extract.road,
        road_names=extract.road_names,
        nodes=nodes,
        edges=_directed(edges, kinds, extract.tag_set),
        country=country,
        countries=tuple(polygons),
    )
    return _timed(roads, way_km, evidence.truck_speeds), repairs


def _beside_borders(lines: WayLines, country: NDArray[np.int16]) -> NDArray[np.bool_]:
    """Nodes whose neighbour on a way lies in another country, shape (nodes,)."""
    here = country[lines.node]
    across = np.flatnonzero(lines.neighbours() & (here[1:] != here[:-1]))
    beside = np.zeros(len(country), dtype=bool)
    beside[lines.node[across]] = beside[lines.node[across + 1]] = True
    return beside


def _homes(nodes: Nodes, edges: Edges, evidence: Evidence) -> NDArray[np.int64]:
    """Nodes of the edges nearest to places."""
    lon, lat = places_of(evidence)
    km, nearest = nearest_edges(nodes, edges, np.arange(len(edges)), place_lon=lon, place_lat=lat)
    return edges.tail[nearest[np.isfinite(km)]]


def places_of(evidence: Evidence) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Longitudes and latitudes of all places."""
    places = evidence.places.values()
    return np.array([place.lon for place in places]), np.array([place.lat for place in places])


def _directed(edges: Edges, kinds: WayKinds, tag_set: NDArray[np.int32]) -> Edges:
    """The edges with their directions; those drivable against the order of their nodes are turned."""
    tags = tag_set[edges.way]
    return replace(turned(edges, kinds.backward[tags]), one_way=kinds.one_way[tags])


def _timed(roads: RawRoads, way_km: NDArray[np.float64], speeds: TruckSpeeds) -> RawRoads:
    present = np.unique(roads.country[roads.edges.tail])
    position = np.zeros(len(roads.countries), dtype=np.int16)
    position[present] = np.arange(len(present))
    hours = edge_hours(
        kinds=roads.kinds,
        tag_set=roads.tag_set[roads.edges.way],
        country=position[roads.country[roads.edges.tail]],
        countries=[roads.countries[number] for number in present],
        length_km=roads.edges.length_km,
        way_km=way_km[roads.edges.way],
        speeds=speeds,
    )
    return replace(roads, edges=replace(roads.edges, free_flow_h=hours))
