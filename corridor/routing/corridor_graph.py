"""The corridor graph: gates of posts and places, joined by least-weight legs inside each zone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse.csgraph import connected_components

from corridor.network.roads import RoadNetwork
from corridor.network.shortest_paths import RoadGraph, Tree, build_road_graph, find_tree


@dataclass(frozen=True, slots=True)
class Terminal:
    """An end of legs: a place, or one side of a post.

    Parameters
    ----------
    name : place id or post id
    country : ISO alpha-3 code of the side of the post, or of the place
    zone : the country, or the free-movement area it belongs to
    """

    name: str
    country: str
    zone: str
    node: int
    is_gate: bool


@dataclass(frozen=True, slots=True)
class Leg:
    """A way on the road: nodes and edges of the network in the order of travel."""

    nodes: NDArray[np.int64]
    edges: NDArray[np.intp]


@dataclass(frozen=True)
class ZoneRoads:
    """Roads inside one zone, and the trees from its terminals.

    Parameters
    ----------
    graph : in the numbering of the zone
    local_node : (nodes of the network,) number in the zone, meaningless outside it
    network_node : (nodes of the zone,) number in the network
    """

    graph: RoadGraph
    local_node: NDArray[np.int64]
    network_node: NDArray[np.int64]
    terminals: tuple[Terminal, ...]

    def tree(self, terminal: Terminal) -> Tree:
        """Least-weight tree from a terminal; searched when first asked for."""
        if terminal.node not in self._trees:
            self._trees[terminal.node] = find_tree(self.graph, int(self.local_node[terminal.node]))
        return self._trees[terminal.node]

    @cached_property
    def component(self) -> NDArray[np.int32]:
        """Number of the connected piece of road of each node of the zone, directions apart."""
        return np.asarray(connected_components(self.graph.matrix, directed=True, connection="weak")[1])

    @cached_property
    def _trees(self) -> dict[int, Tree]:
        return {}


@dataclass(frozen=True)
class CorridorGraph:
    """Legs between all terminals of a zone; nothing here knows which posts are open or what they cost."""

    network: RoadNetwork
    zones: Mapping[str, ZoneRoads]
    terminals: Mapping[str, Terminal]

    def leg_usd(self, start: str, end: str) -> float:
        """Search weight of the leg between two terminals of one zone; inf where no road joins them."""
        zone = self.zones[self.terminals[start].zone]
        return float(zone.tree(self.terminals[start]).weight[zone.local_node[self.terminals[end].node]])

    def leg(self, start: str, end: str) -> Leg:
        """The least-weight leg between two terminals of one zone, which must be joined by road."""
        zone = self.zones[self.terminals[start].zone]
        way = zone.tree(self.terminals[start]).way_to(int(zone.local_node[self.terminals[end].node]))
        return Leg(zone.network_node[way], zone.graph.edges_of_way(way))

    def component(self, terminal: str) -> tuple[str, int]:
        """The connected piece of road a terminal stands on: (zone, its number there)."""
        name = self.terminals[terminal].zone
        zone = self.zones[name]
        return name, int(zone.component[zone.local_node[self.terminals[terminal].node]])


def key(terminal: Terminal) -> str:
    """How a terminal is named in the graph: ``torkham@PAK`` for a gate, the place id for a place."""
    return gate_key(terminal.name, terminal.country) if terminal.is_gate else terminal.name


def gate_key(crossing_id: str, country: str) -> str:
    """Name of one side of a post.

    Examples
    --------
    >>> gate_key("torkham", "PAK")
    'torkham@PAK'
    """
    return f"{crossing_id}@{country}"


def post_at(terminal: str) -> str | None:
    """Id of the post that a gate is a side of; None for a place.

    Examples
    --------
    >>> post_at("torkham@PAK"), post_at("islamabad")
    ('torkham', None)
    """
    post, at, _ = terminal.partition("@")
    return post if at else None


def zone_of(network: RoadNetwork, country: str, free_movement_area: str) -> str:
    """The zone in which a truck moves without passing a post: a country, or the whole free-movement area."""
    return free_movement_area if country in network.free_movement else country


def build_corridor_graph(
    network: RoadNetwork,
    *,
    search_usd: NDArray[np.float64],
    is_usable: NDArray[np.bool_],
    crossings: Sequence[str],
    places: Mapping[str, int],
    avoided_countries: frozenset[str],
    free_movement_area: str,
) -> CorridorGraph:
    """Search each zone once from each of its terminals.

    Parameters
    ----------
    search_usd : (edges,) weight of each edge (model.md 6.1), >= 0
    is_usable : (edges,) roads that this truck may use
    crossings : posts whose gates are wanted; those inside the free-movement area are roads, not gates
    places : place id -> node
    avoided_countries : countries whose roads are left out
    """
    zone_by_country = {country: zone_of(network, country, free_movement_area) for country in network.countries}
    terminals = [*_gates(network, crossings, zone_by_country), *_places(network, places, zone_by_country)]
    zones = {
        zone: _zone_roads(network, zone, zone_by_country, terminals, search_usd, is_usable, avoided_countries)
        for zone in sorted({terminal.zone for terminal in terminals})
    }
    return CorridorGraph(network, zones, {key(terminal): terminal for terminal in terminals})


def _gates(network: RoadNetwork, crossings: Sequence[str], zone_by_country: Mapping[str, str]) -> list[Terminal]:
    gates = []
    for crossing_id in crossings:
        sides = network.crossing_nodes(crossing_id)
        if len({zone_by_country[country] for country in sides}) > 1:
            gates += [
                Terminal(crossing_id, country, zone_by_country[country], node, is_gate=True)
                for country, node in sides.items()
            ]
    return gates


def _places(network: RoadNetwork, places: Mapping[str, int], zone_by_country: Mapping[str, str]) -> list[Terminal]:
    countries = {place: network.country_of(node) for place, node in places.items()}
    return [
        Terminal(place, countries[place], zone_by_country[countries[place]], node, is_gate=False)
        for place, node in places.items()
    ]


def _zone_roads(
    network: RoadNetwork,
    zone: str,
    zone_by_country: Mapping[str, str],
    terminals: Sequence[Terminal],
    search_usd: NDArray[np.float64],
    is_usable: NDArray[np.bool_],
    avoided_countries: frozenset[str],
) -> ZoneRoads:
    members = [
        number
        for number, country in enumerate(network.countries)
        if zone_by_country[country] == zone and country not in avoided_countries
    ]
    is_member = np.zeros(len(network.countries), dtype=bool)
    is_member[members] = True
    inside = is_member[network.node_country]
    inside[[terminal.node for terminal in terminals if terminal.zone == zone]] = True
    edges = np.flatnonzero(inside[network.tail] & inside[network.head] & is_usable)
    local_node = np.cumsum(inside, dtype=np.int64) - 1
    graph = build_road_graph(
        tail=local_node[network.tail[edges]].astype(np.int32),
        head=local_node[network.head[edges]].astype(np.int32),
        weight=search_usd[edges],
        edge=edges,
        nodes=int(inside.sum()),
        one_way=network.attributes.one_way[edges],
    )
    members_here = np.flatnonzero(inside)
    return ZoneRoads(
        graph, local_node, members_here, tuple(terminal for terminal in terminals if terminal.zone == zone)
    )
