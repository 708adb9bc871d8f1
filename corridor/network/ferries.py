"""Ferries put on a network for a trip: each port on the road nearest to it, and a crossing between the two."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from corridor.evidence import BorderCrossing, Port
from corridor.network.edge_shapes import straight
from corridor.network.roads import RoadNetwork
from corridor.network.snapping import SNAP_LIMIT_KM, NearestRoad, nearest_road, split_edge


@dataclass(frozen=True, slots=True)
class _Quay:
    """A port on the network: its node, and an edge beside it."""

    node: int
    edge: int


def with_ferries(network: RoadNetwork, crossings: Iterable[BorderCrossing]) -> RoadNetwork:
    """The network with a crossing of length 0 between the ports of every ferry that both have a road near.

    Posts among the crossings are left as they are; ferries that cannot be put on the road are left out, see
    `unplaced_ferries`.
    """
    ferries = [crossing for crossing in crossings if _is_on(network, crossing)]
    missing = unplaced_ferries(network, ferries)
    placed = [ferry for ferry in ferries if ferry.id not in missing]
    network, quays = _with_quays(network, _ports(placed))
    links = {
        ferry.id: (quays[ferry.ferry.ports[0].id], quays[ferry.ferry.ports[1].id]) for ferry in placed if ferry.ferry
    }
    return _with_links(network, links) if links else network


def unplaced_ferries(network: RoadNetwork, crossings: Iterable[BorderCrossing]) -> dict[str, str]:
    """Ferry -> why it cannot be put on this network, for those between two countries that the network has."""
    ferries = [crossing for crossing in crossings if _is_on(network, crossing)]
    gaps = {port.id: _gap(network, port) for port in _ports(ferries).values()}
    reasons = {
        ferry.id: "; ".join(gaps[port.id] for port in ferry.ferry.ports if gaps[port.id])
        for ferry in ferries
        if ferry.ferry
    }
    return {ferry_id: reason for ferry_id, reason in reasons.items() if reason}


def _is_on(network: RoadNetwork, crossing: BorderCrossing) -> bool:
    """Whether a crossing is a ferry between two countries of the network."""
    return crossing.ferry is not None and {crossing.country_a, crossing.country_b} <= set(network.countries)


def _ports(ferries: Iterable[BorderCrossing]) -> dict[str, Port]:
    """Ports by id, each once."""
    return {port.id: port for ferry in ferries if ferry.ferry for port in ferry.ferry.ports}


def _road_at(network: RoadNetwork, port: Port) -> NearestRoad:
    return nearest_road(network, lon=port.lon, lat=port.lat, country=port.country)


def _gap(network: RoadNetwork, port: Port) -> str:
    """Why a port cannot be put on the road; empty where it can."""
    road = _road_at(network, port)
    if road.distance_km > SNAP_LIMIT_KM:
        return f"{port.name} is {road.distance_km:.0f} km from the nearest road"
    country = network.country_of(int(network.tail[road.edge]))
    return "" if country == port.country else f"the road nearest to {port.name} is in {country}"


def _with_quays(network: RoadNetwork, ports: Mapping[str, Port]) -> tuple[RoadNetwork, dict[str, _Quay]]:
    quays = {}
    for port in ports.values():
        road = _road_at(network, port)
        network, node = split_edge(network, road.edge, share=road.share)
        quays[port.id] = _Quay(node, road.edge)
    return network, quays


def _with_links(network: RoadNetwork, links: Mapping[str, tuple[_Quay, _Quay]]) -> RoadNetwork:
    """Append the crossings; each has the attributes of the road at its first port and no length."""
    first = network.edge_count
    beside = np.array([here.edge for here, _ in links.values()], dtype=np.intp)
    tails = np.array([here.node for here, _ in links.values()], dtype=network.tail.dtype)
    heads = np.array([there.node for _, there in links.values()], dtype=network.head.dtype)
    none = np.zeros(len(links))
    return replace(
        network,
        tail=np.append(network.tail, tails),
        head=np.append(network.head, heads),
        length_km=np.append(network.length_km, none),
        relief_sd_m=np.append(network.relief_sd_m, none),
        is_reference=np.append(network.is_reference, none.astype(bool)),
        attributes=network.attributes.taking(np.append(np.arange(first), beside)),
        shapes=network.shapes.followed_by(straight(len(links))),
        crossing_edges={**network.crossing_edges, **{link: first + n for n, link in enumerate(links)}},
    )
