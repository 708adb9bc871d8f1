"""Points on roads at which a search is read off: nodes, and places between two nodes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corridor.network.roads import RoadNetwork

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Stations:
    """Points on roads; at a node both ends are the node itself and nothing of an edge is driven.

    Parameters
    ----------
    node : (2, stations) the two ends of the edge on which a point stands
    edge : (stations,) that edge; any where nothing of it is driven
    share : (2, stations) what of it lies between each end and the point, 0 to 1; inf where no truck may drive it so
    country : (stations,) index into the countries of the network
    """

    node: Ints
    edge: Ints
    share: Floats
    country: Ints

    def __len__(self) -> int:
        return int(self.node.shape[1])


def at_nodes(network: RoadNetwork, nodes: Ints) -> Stations:
    """Stations at some nodes."""
    return Stations(
        node=np.stack([nodes, nodes]),
        edge=np.zeros(len(nodes), dtype=np.int64),
        share=np.zeros((2, len(nodes))),
        country=network.node_country[nodes].astype(np.int64),
    )


def on_edges(network: RoadNetwork, edges: Ints, shares: Floats, *, is_outward: bool) -> Stations:
    """Stations on some edges.

    Parameters
    ----------
    shares : where on each edge, 0 at its tail, 1 at its head
    is_outward : whether a truck comes to them, and not from them
    """
    against = np.where(network.attributes.one_way[edges], np.inf, 0.0)
    from_tail, from_head = shares, 1 - shares
    return Stations(
        node=np.stack([network.tail[edges], network.head[edges]]).astype(np.int64),
        edge=edges.astype(np.int64),
        share=np.stack([from_tail, from_head + against] if is_outward else [from_tail + against, from_head]),
        country=network.edge_country[edges].astype(np.int64),
    )
