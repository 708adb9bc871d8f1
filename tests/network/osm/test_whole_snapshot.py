"""The shipped network written as extracts of 53 countries and built again from them is the same network."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from benchmarks.snapshot_extracts import write_snapshot_extracts
from corridor.bundled import data_path
from corridor.evidence import BorderCrossing, Evidence
from corridor.network.files import read_network
from corridor.network.osm.build import build_osm_network
from corridor.network.osm.composite import Composite
from corridor.network.roads import RoadNetwork
from corridor.network.shortest_paths import RoadGraph, build_road_graph, find_tree

pytestmark = pytest.mark.xdist_group("snapshot")

PAIRS, STARTS = 200, 20
SAME_DEGREES = 2e-5
CITY_DEGREES = 0.25
SHARE_OFF_MAX = 0.005


@dataclass(frozen=True)
class Twins:
    """The shipped network, the one built from extracts, and (cities, 2) the node beside each city in both."""

    shipped: RoadNetwork
    built: RoadNetwork
    cities: NDArray[np.int64]


@pytest.fixture(scope="module")
def twins(tmp_path_factory: pytest.TempPathFactory, evidence: Evidence, main_classes: Composite) -> Twins:
    shipped = read_network(data_path("network", "embedded")).roads
    folder = tmp_path_factory.mktemp("snapshot")
    files = write_snapshot_extracts(shipped, folder)
    placed = replace(evidence, crossings=_where_they_stand(shipped, evidence.crossings))
    built, *_ = build_osm_network(
        sorted(files.values()), placed, composite=main_classes, parts_folder=folder / "parts", progress=lambda _: None
    )
    return Twins(shipped, built, _cities(shipped, built, evidence))


def _where_they_stand(network: RoadNetwork, crossings: Mapping[str, BorderCrossing]) -> dict[str, BorderCrossing]:
    """The posts listed at the place that they have on the network, up to 60 km from the real one."""
    nodes = {post: int(network.tail[edge]) for post, edge in network.crossing_edges.items()}
    placed = {
        post: replace(crossings[post], lon=float(network.node_lon[node]), lat=float(network.node_lat[node]))
        for post, node in nodes.items()
    }
    return {**crossings, **placed}


def _cities(shipped: RoadNetwork, built: RoadNetwork, evidence: Evidence) -> NDArray[np.int64]:
    """Beside each city the nearest node that both networks have."""
    trees = [cKDTree(np.column_stack([network.node_lon, network.node_lat])) for network in (shipped, built)]
    off, twin = trees[0].query(trees[1].data)
    common = np.flatnonzero(np.asarray(off) < SAME_DEGREES)
    places = [(place.lon, place.lat) for place in evidence.places.values() if place.kind == "city"]
    off, nearest = cKDTree(trees[1].data[common]).query(np.array(places))
    node = common[np.asarray(nearest)[np.asarray(off) < CITY_DEGREES]]
    return np.column_stack([np.asarray(twin)[node], node])


def graph_of(network: RoadNetwork) -> RoadGraph:
    return build_road_graph(
        tail=network.tail,
        head=network.head,
        weight=network.length_km,
        edge=np.arange(network.edge_count),
        nodes=network.node_count,
        one_way=network.attributes.one_way,
    )


def test_every_post_is_found_again_on_its_road(twins: Twins) -> None:
    assert set(twins.built.crossing_edges) == set(twins.shipped.crossing_edges)


def test_two_hundred_random_pairs_of_cities_are_as_far_apart_on_both(twins: Twins) -> None:
    rng = np.random.default_rng(20261124)
    graphs = graph_of(twins.shipped), graph_of(twins.built)
    compared = 0
    for start in rng.choice(len(twins.cities), size=STARTS, replace=False):
        ends = rng.choice(len(twins.cities), size=PAIRS // STARTS, replace=False)
        shipped_km, built_km = (
            find_tree(graph, int(twins.cities[start, side])).weight[twins.cities[ends, side]]
            for side, graph in enumerate(graphs)
        )
        assert built_km == pytest.approx(shipped_km, rel=SHARE_OFF_MAX)
        compared += int(np.isfinite(shipped_km).sum())
    assert compared > 0.9 * PAIRS


def test_hardly_a_kilometre_of_road_is_lost(twins: Twins) -> None:
    """Dead ends of up to 10 km without a place are."""
    assert twins.built.length_km.sum() == pytest.approx(twins.shipped.length_km.sum(), rel=0.03)
