"""A light picture of the network for maps: main roads as simplified lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import NDArray

from corridor.network.roads import RoadNetwork

TOLERANCE_DEGREES = 0.04
"""Lines may be off by this much (about 4 km)."""

LEAST_KM = 25.0
"""Shorter stretches between junctions are left out: in towns they only blacken the map."""

Line = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Background:
    """Stretches between junctions, in a fixed order.

    Parameters
    ----------
    lines : each of shape (points, 2), longitude first
    road_class : (lines,) index into `ROAD_CLASSES`; 0 where the network has no classes
    """

    lines: tuple[Line, ...]
    road_class: NDArray[np.int8]


def build_background(network: RoadNetwork) -> Background:
    """The light picture of a network; a stretch has the class that most of its km have."""
    ways = [(way, edges) for way, edges, length_km in _stretches(network) if length_km >= LEAST_KM]
    lines = [
        shapely.LineString(np.column_stack(network.way_line(np.array(way), np.array(edges)))) for way, edges in ways
    ]
    simplified = shapely.simplify(np.array(lines, dtype=object), TOLERANCE_DEGREES)
    return Background(
        lines=tuple(np.round(shapely.get_coordinates(line), 2) for line in simplified),
        road_class=np.array([_main_class(network, edges) for _, edges in ways], dtype=np.int8),
    )


def _main_class(network: RoadNetwork, edges: list[int]) -> int:
    km_by_class = np.bincount(network.attributes.road_class[edges], weights=network.length_km[edges])
    return int(np.argmax(km_by_class))


def _stretches(network: RoadNetwork) -> Iterator[tuple[list[int], list[int], float]]:
    """Ways from junction to junction over nodes with exactly two edges, each once: nodes, edges and km."""
    tail, head = network.tail, network.head
    edge_ends = np.concatenate([tail, head])
    order = np.argsort(edge_ends, kind="stable")
    start = np.searchsorted(edge_ends[order], np.arange(network.node_count + 1))
    edges_at = [(order[a:b] % network.edge_count).tolist() for a, b in pairwise(start.tolist())]
    tails, heads, lengths = tail.tolist(), head.tolist(), network.length_km.tolist()
    used = [False] * network.edge_count
    junctions = [node for node, ends in enumerate(edges_at) if len(ends) not in (0, 2)]
    for junction in junctions:
        for first in edges_at[junction]:
            if not used[first]:
                way, edges, length_km, at, along = [junction], [], 0.0, junction, first
                while True:
                    used[along] = True
                    length_km += lengths[along]
                    at = heads[along] if tails[along] == at else tails[along]
                    way.append(at)
                    edges.append(along)
                    onward = [e for e in edges_at[at] if e != along]
                    if len(edges_at[at]) != 2 or used[onward[0]]:
                        break
                    along = onward[0]
                yield way, edges, length_km
