"""Health of a network in a few figures, and its light picture for maps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corridor.network.background import Background
from corridor.network.files import StoredNetwork
from corridor.network.health import MappedRoads, SourceFile
from corridor.network.roads import RoadNetwork


@dataclass(frozen=True, slots=True)
class NetworkSummary:
    """Health of the network a run used, for the report's data section.

    Parameters
    ----------
    name, source, licence, snapshot_of : plain words for the attribution
    is_schematic : whether lines on a map are straight stretches that cut the bends
    repairs : kind of repair -> how many
    length_error_share : mean absolute error on known distances that were not used to fit, 0 to 1; None where
        none of them lies on the network
    files : files of OpenStreetMap that it was built from
    mapped : what the map says of its roads by country; empty where the source has no attributes
    background : simplified roads for the faint layer of maps
    """

    name: str
    source: str
    licence: str
    snapshot_of: str
    is_schematic: bool
    nodes: int
    edges: int
    length_km: float
    repairs: Mapping[str, int]
    length_error_share: float | None
    files: Sequence[SourceFile]
    mapped: Sequence[MappedRoads]
    background: Background


@dataclass(frozen=True, slots=True)
class CountryRoads:
    """Roads of one country on the network."""

    country: str
    nodes: int
    length_km: float
    posts: int


def summarise(stored: StoredNetwork) -> NetworkSummary:
    """Figures of a stored network."""
    roads, description = stored.roads, stored.description
    return NetworkSummary(
        name=description.name,
        source=description.source,
        licence=description.licence,
        snapshot_of=description.snapshot_of,
        is_schematic=description.is_schematic,
        nodes=roads.node_count,
        edges=roads.edge_count,
        length_km=float(roads.length_km.sum()),
        repairs=description.repairs,
        length_error_share=description.length_errors.get("check"),
        files=description.files,
        mapped=description.mapped,
        background=stored.background,
    )


def component_sizes(roads: RoadNetwork) -> NDArray[np.int64]:
    """Nodes of each connected piece, largest first."""
    return np.sort(np.bincount(roads.component))[::-1]


def roads_by_country(roads: RoadNetwork) -> list[CountryRoads]:
    """Nodes, km and posts of each country, most km first."""
    count = len(roads.countries)
    nodes = np.bincount(roads.node_country, minlength=count)
    length_km = np.bincount(roads.edge_country, weights=roads.length_km, minlength=count)
    posts = np.zeros(count, dtype=int)
    for edge in roads.crossing_edges.values():
        posts[roads.node_country[[roads.tail[edge], roads.head[edge]]]] += 1
    rows = [
        CountryRoads(country, int(nodes[number]), float(length_km[number]), int(posts[number]))
        for number, country in enumerate(roads.countries)
    ]
    return sorted(rows, key=lambda row: (-row.length_km, row.country))
