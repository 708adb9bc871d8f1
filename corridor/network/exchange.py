"""Networks to and from OSMnx, whose graphs are networkx MultiDiGraphs with one arc for each direction of travel."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import networkx as nx
import numpy as np
import shapely
from numpy.typing import NDArray

from corridor.bundled import data_path
from corridor.errors import DataError
from corridor.evidence import Evidence
from corridor.network.edge_shapes import EdgeShapes, segment_km
from corridor.network.geodata import edge_lines
from corridor.network.labels import country_at, read_country_polygons
from corridor.network.osm.edge_speeds import edge_hours
from corridor.network.osm.tag_rules import RULE_KEYS, road_class, road_label
from corridor.network.osm.way_kinds import NOT_A_ROAD, WayKinds, read_way_kinds
from corridor.network.relief import read_relief_grid
from corridor.network.road_attributes import RoadAttributes
from corridor.network.roads import RoadNetwork
from corridor.road_kinds import ROAD_CLASSES, SURFACES, TOLLS, TRUCK_ACCESS, UNKNOWN_CLASS

CLASS_UNKNOWN_TAG = "road"
"""OpenStreetMap's `highway` value for a road of which the class is not known."""

TOLL_TAGS = {"tolled": "yes", "free": "no"}
ACCESS_TAGS = {"destination": "destination", "closed": "no"}
M_PER_KM = 1000.0
S_PER_H = 3600.0

Arc = dict[str, Any]


def to_osmnx(network: RoadNetwork) -> nx.MultiDiGraph:
    """The network as OSMnx knows it: nodes with `x` and `y`, arcs with `length` (m), `speed_kph`, `travel_time` (s).

    Notes
    -----
    A road open both ways gives two arcs, the second with `reversed`; `osmid` is the number of the edge. Speeds are
    free flow before calibration. Attributes become tags (`highway`, `surface`, `toll`, `hgv`, `maxweight`,
    `maxheight`); `country` of nodes and `post` of crossings make the way back lossless.
    """
    graph = nx.MultiDiGraph(
        crs="epsg:4326", created_with="corridor", simplified=True, free_movement=";".join(sorted(network.free_movement))
    )
    for node in range(network.node_count):
        x, y = float(network.node_lon[node]), float(network.node_lat[node])
        graph.add_node(node, x=x, y=y, country=network.country_of(node))
    posts = {edge: post for post, edge in network.crossing_edges.items()}
    lines, bends = edge_lines(network), network.shapes.counts()
    for edge in range(network.edge_count):
        arc = _arc(network, edge, posts.get(edge, ""))
        tail, head = int(network.tail[edge]), int(network.head[edge])
        line = {"geometry": lines[edge]} if bends[edge] else {}
        graph.add_edge(tail, head, **arc, **line, reversed=False)
        if not arc["oneway"]:
            back = {"geometry": shapely.reverse(lines[edge])} if bends[edge] else {}
            graph.add_edge(head, tail, **arc, **back, reversed=True)
    return graph


def _arc(network: RoadNetwork, edge: int, post: str) -> Arc:
    attributes = network.attributes
    speed = float(attributes.speed_km_per_h[edge])
    length_km = float(network.length_km[edge])
    arc: Arc = {
        "osmid": edge,
        "length": length_km * M_PER_KM,
        "speed_kph": speed,
        "travel_time": length_km / speed * S_PER_H,
        "oneway": bool(attributes.one_way[edge]),
        "relief_sd_m": float(network.relief_sd_m[edge]),
        "is_reference": bool(network.is_reference[edge]),
    }
    return arc | _tags(attributes, edge) | _labels(network.road_names[int(attributes.road[edge])], post)


def _labels(road: str, post: str) -> Arc:
    return {key: text for key, text in (("ref", road), ("post", post)) if text}


def _tags(attributes: RoadAttributes, edge: int) -> dict[str, str]:
    """The attributes of an edge as tags; what is not known has none."""
    name = ROAD_CLASSES[attributes.road_class[edge]]
    tags = {"highway": CLASS_UNKNOWN_TAG if name == "unknown" else name}
    if name == "ferry":
        tags = {"highway": name, "route": name, "motor_vehicle": "yes"}
    surface, toll = SURFACES[attributes.surface[edge]], TOLLS[attributes.toll[edge]]
    access = TRUCK_ACCESS[attributes.access[edge]]
    limits = {"maxweight": attributes.max_mass_t[edge], "maxheight": attributes.max_height_m[edge]}
    return (
        tags
        | ({"surface": surface} if surface != "unknown" else {})
        | ({"toll": TOLL_TAGS[toll]} if toll in TOLL_TAGS else {})
        | ({"hgv": ACCESS_TAGS[access]} if access in ACCESS_TAGS else {})
        | {key: f"{limit:g}" for key, limit in limits.items() if np.isfinite(limit)}
    )


def from_osmnx(graph: nx.MultiDiGraph, evidence: Evidence) -> RoadNetwork:
    """A network from any OSMnx graph in degrees, simplified or not.

    Parameters
    ----------
    evidence : countries and truck speeds, for arcs without `speed_kph`

    Raises
    ------
    DataError
        The graph is projected, has no road for trucks, or arcs lack what they need.

    Notes
    -----
    Two arcs of the same way against each other are one road open both ways. Of a tag that simplification made a list
    the first entry counts. Arcs across a border that carry no `post` are left out, save inside free movement.
    """
    if "4326" not in str(graph.graph.get("crs", "")):
        raise DataError(
            f"graph: expected degrees (crs epsg:4326), got {graph.graph.get('crs')}. Project it back first."
        )
    places = _Places.of(graph, evidence)
    edges = [edge for edge in _paired(graph, places) if places.may_join(edge)]
    if not edges:
        raise DataError("graph: no road for trucks in a country of the table. Check which ways it holds.")
    return _network(edges, places, evidence)


@dataclass(frozen=True, slots=True)
class _Edge:
    tail: int
    head: int
    data: Arc
    tags: dict[str, str]
    one_way: bool


@dataclass(frozen=True)
class _Places:
    """Nodes of a graph by position: where they lie and in which country."""

    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    country: tuple[str, ...]
    free: frozenset[str]
    row: Mapping[Any, int]

    @classmethod
    def of(cls, graph: nx.MultiDiGraph, evidence: Evidence) -> _Places:
        try:
            lon = np.array([float(data["x"]) for _, data in graph.nodes(data=True)])
            lat = np.array([float(data["y"]) for _, data in graph.nodes(data=True)])
        except (KeyError, TypeError, ValueError) as error:
            raise DataError(f"graph: a node has no x and y in degrees ({error}). Make it with OSMnx.") from error
        polygons = read_country_polygons(data_path("snapshot", "country_polygons.json.gz"))
        found = country_at(lon=lon, lat=lat, polygons=list(polygons.values()))
        codes = list(polygons)
        country = tuple(
            str(data.get("country") or codes[number])
            for number, (_, data) in zip(found, graph.nodes(data=True), strict=True)
        )
        free = {code for code, row in evidence.countries.items() if row.free_movement_area}
        unknown = sorted(frozenset(country) - set(evidence.countries))
        if unknown:
            raise DataError(f"graph: roads in {', '.join(unknown)}, of which the tables know nothing. Cut them off.")
        return cls(lon, lat, country, frozenset(free), {node: row for row, node in enumerate(graph.nodes)})

    def may_join(self, edge: _Edge) -> bool:
        """Whether an edge stays in one country, is a post, or lies where nobody stops."""
        ends = {self.country[edge.tail], self.country[edge.head]}
        return len(ends) == 1 or bool(edge.data.get("post")) or ends <= self.free


def _paired(graph: nx.MultiDiGraph, places: _Places) -> Iterator[_Edge]:
    """Roads for trucks, the two arcs of a road open both ways as one."""
    waiting: dict[tuple[int, int, str, int], list[Arc]] = defaultdict(list)
    found: list[tuple[int, int, Arc]] = []
    for u, v, data in sorted(graph.edges(data=True), key=lambda arc: _is_yes(arc[2].get("reversed"))):
        tail, head = places.row[u], places.row[v]
        key = str(data.get("osmid")), round(float(data.get("length", 0.0)) * 10)
        twins = waiting[head, tail, *key]
        if twins and not _is_yes(data.get("oneway")):
            twins.pop()["two_way"] = True
        else:
            arc = dict(data)
            waiting[tail, head, *key].append(arc)
            found.append((tail, head, arc))
    for tail, head, arc in found:
        tags = {key: text for key in RULE_KEYS if (text := _text(arc.get(key)))}
        if road_class(tags) or tags.get("highway") == CLASS_UNKNOWN_TAG:
            yield _Edge(tail, head, arc, tags, one_way=not arc.get("two_way", False))


def _is_yes(value: object) -> bool:
    return str(_first(value)).lower() in ("true", "yes", "1")


def _first(value: object) -> object:
    """A value, or the first of a list, which GraphML keeps as text."""
    if isinstance(value, str) and value.startswith("["):
        try:
            value = ast.literal_eval(value)
        except (ValueError, SyntaxError):
            return value
    return value[0] if isinstance(value, list) and value else value


def _text(value: object) -> str:
    first = _first(value)
    return "" if first is None or first != first else str(first)


def _network(edges: Sequence[_Edge], places: _Places, evidence: Evidence) -> RoadNetwork:
    countries = tuple(sorted(set(places.country)))
    node_country = np.array([countries.index(code) for code in places.country], dtype=np.int16)
    tail = np.array([edge.tail for edge in edges], dtype=np.int32)
    head = np.array([edge.head for edge in edges], dtype=np.int32)
    shapes = _shapes(edges)
    length_km = np.array([_length_km(edge, places) for edge in edges])
    kinds = read_way_kinds([edge.tags for edge in edges], zone_limits=evidence.truck_speeds.zone_limits)
    roads = [_label(edge.data) for edge in edges]
    road_names = ("", *sorted({*roads} - {""}))
    number = {name: position for position, name in enumerate(road_names)}
    return RoadNetwork(
        countries=countries,
        free_movement=places.free & set(countries),
        node_lon=places.lon,
        node_lat=places.lat,
        node_country=node_country,
        tail=tail,
        head=head,
        length_km=length_km,
        relief_sd_m=_relief(edges, places),
        is_reference=np.array([_is_yes(edge.data.get("is_reference")) for edge in edges]),
        attributes=RoadAttributes(
            road_class=np.where(kinds.road_class == NOT_A_ROAD, UNKNOWN_CLASS, kinds.road_class).astype(np.int8),
            surface=kinds.surface,
            toll=kinds.toll,
            access=kinds.access,
            one_way=np.array([edge.one_way for edge in edges]),
            speed_km_per_h=_speeds(edges, kinds, node_country[tail], countries, length_km, evidence),
            max_mass_t=kinds.max_mass_t,
            max_height_m=kinds.max_height_m,
            road=np.array([number[road] for road in roads], dtype=np.int32),
        ),
        shapes=shapes,
        road_names=road_names,
        crossing_edges={str(edge.data["post"]): row for row, edge in enumerate(edges) if edge.data.get("post")},
    )


def _label(arc: Arc) -> str:
    return road_label(
        ref=_text(arc.get("ref")),
        int_ref=_text(arc.get("int_ref")),
        name_en=_text(arc.get("name:en")),
        name=_text(arc.get("name")),
    )


def _line(edge: _Edge) -> NDArray[np.float64]:
    """Points of an edge between its ends, shape (points, 2)."""
    geometry = edge.data.get("geometry")
    if geometry is None:
        return np.zeros((0, 2))
    line = shapely.from_wkt(geometry) if isinstance(geometry, str) else geometry
    return np.asarray(shapely.get_coordinates(line)[1:-1])


def _shapes(edges: Sequence[_Edge]) -> EdgeShapes:
    lines = [_line(edge) for edge in edges]
    points = np.concatenate(lines)
    return EdgeShapes(np.cumsum([0, *(len(line) for line in lines)]), points[:, 0], points[:, 1])


def _length_km(edge: _Edge, places: _Places) -> float:
    if "length" in edge.data:
        return float(edge.data["length"]) / M_PER_KM
    ends = np.array([[places.lon[node], places.lat[node]] for node in (edge.tail, edge.head)])
    lon, lat = np.vstack([ends[:1], _line(edge), ends[1:]]).T
    return float(segment_km(lon, lat).sum())


def _relief(edges: Sequence[_Edge], places: _Places) -> NDArray[np.float64]:
    """Relief as the graph has it, else that around the middle of the edge."""
    tail, head = (np.array([getattr(edge, end) for edge in edges]) for end in ("tail", "head"))
    grid = read_relief_grid(data_path("snapshot", "terrain_grid.csv.gz"))
    middle = grid.at((places.lon[tail] + places.lon[head]) / 2, (places.lat[tail] + places.lat[head]) / 2)
    stated = np.array([float(edge.data.get("relief_sd_m", np.nan)) for edge in edges])
    return np.where(np.isnan(stated), middle, stated)


def _speeds(
    edges: Sequence[_Edge],
    kinds: WayKinds,
    country: NDArray[np.int16],
    countries: Sequence[str],
    length_km: NDArray[np.float64],
    evidence: Evidence,
) -> NDArray[np.float64]:
    """`speed_kph` where the graph has it, else the truck speed of class, surface and limits."""
    stated = np.array([float(edge.data.get("speed_kph", np.nan)) for edge in edges])
    unit_km = np.where(length_km > 0, length_km, 1.0)
    hours = edge_hours(
        kinds=kinds,
        tag_set=np.arange(len(edges), dtype=np.int32),
        country=country,
        countries=countries,
        length_km=unit_km,
        way_km=unit_km,
        speeds=evidence.truck_speeds,
    )
    by_class = np.where(kinds.road_class == NOT_A_ROAD, np.nan, unit_km / hours)
    speed = np.where(np.isnan(stated), by_class, stated)
    if not (speed > 0).all():
        raise DataError("graph: a road of unknown class has no speed_kph. Add speeds with OSMnx, or leave it out.")
    return speed
