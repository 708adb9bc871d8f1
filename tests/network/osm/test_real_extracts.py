"""Real extracts against OSMnx and networkx: Almaty, Moscow, the Belarus-Russia border, and two in Finland.

Those in Finland come with the package pyrosm. The others lie in a folder beside the repository.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from math import inf
from pathlib import Path

import networkx as nx
import numpy as np
import osmium
import osmnx
import pyrosm
import pytest
from scipy.spatial import cKDTree

from corridor.evidence import BorderCrossing, Evidence
from corridor.network.osm.build import build_osm_network
from corridor.network.osm.composite import CLASSES, CompositeRow
from corridor.network.osm.tag_rules import (
    road_class,
    speed_limit_km_per_h,
    surface,
    travel_direction,
    truck_speed_limit_km_per_h,
)
from corridor.network.roads import RoadNetwork
from corridor.network.shortest_paths import build_road_graph, find_tree
from tests.network.osm.conftest import Build

SHARED = Path(__file__).resolve().parents[3].parent / "shared" / "osm"

IN_PYROSM = Path(pyrosm.__file__).parent / "data"

needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="needs the folder ../shared/osm with small real extracts")

STREETS = (CompositeRow("*", frozenset(CLASSES) | {f"{name}_link" for name in CLASSES[:5]}, None),)
PAIRS = 200
TOLERANCE = 0.005

EXTRACTS = (
    pytest.param(SHARED / "almaty.osm.pbf", "KAZ", id="almaty", marks=needs_shared),
    pytest.param(SHARED / "moscow.osm.gz", "RUS", id="moscow", marks=needs_shared),
    pytest.param(IN_PYROSM / "Helsinki.osm.pbf", "FIN", id="helsinki"),
    pytest.param(IN_PYROSM / "test.osm.pbf", "FIN", id="a_motorway_in_finland"),
)


@pytest.fixture(scope="module")
def streets(
    path: Path, country: str, evidence: Evidence, tmp_path_factory: pytest.TempPathFactory
) -> tuple[RoadNetwork, nx.MultiDiGraph]:
    folder = tmp_path_factory.mktemp("streets")
    network, _, _ = build_osm_network(
        [path], evidence, composite=STREETS, parts_folder=folder / "parts", progress=lambda _: None
    )
    return network, _osmnx_graph(path, folder / "ways.osm", evidence, country)


def _osmnx_graph(path: Path, xml: Path, evidence: Evidence, country: str) -> nx.MultiDiGraph:
    """The same ways as OSMnx reads them, unsimplified, with the hours of a truck on each edge."""
    _write_roads_only(path, xml)
    graph = osmnx.graph_from_xml(xml, simplify=False, retain_all=True)
    for _, _, data in graph.edges(data=True):
        tags = {key: value for key, value in data.items() if isinstance(value, str)}
        data["hours"] = data["length"] / 1000 / _speed_km_per_h(tags, evidence, country)
    return graph


def _write_roads_only(path: Path, xml: Path) -> None:
    """Ways on which a truck could drive, with their nodes, as XML.

    Implied directions are spelled out, and ways are cut where the file lacks a node: OSMnx refuses such a file.
    """
    known = {node.id for node in osmium.FileProcessor(str(path), osmium.osm.NODE)}
    found = (way for way in osmium.FileProcessor(str(path), osmium.osm.WAY) if isinstance(way, osmium.osm.Way))
    ways = [piece for way in found for piece in _pieces(way, known)]
    wanted = {node for nodes, _ in ways for node in nodes}
    with osmium.SimpleWriter(str(xml), overwrite=True) as writer:
        for node in osmium.FileProcessor(str(path), osmium.osm.NODE):
            if isinstance(node, osmium.osm.Node) and node.id in wanted:
                writer.add_node(osmium.osm.mutable.Node(node, tags=[]))
        for number, (nodes, tags) in enumerate(ways, start=1):
            writer.add_way(osmium.osm.mutable.Way(id=number, nodes=nodes, tags=tags, version=1))


def _pieces(way: osmium.osm.Way, known: set[int]) -> Iterator[tuple[list[int], dict[str, str]]]:
    tags = dict(way.tags)
    if road_class(tags) in (None, "ferry"):
        return
    tags["oneway"] = {"forward": "yes", "backward": "-1", "both": "no"}[travel_direction(tags)]
    tags.pop("junction", None)
    for is_known, run in groupby([node.ref for node in way.nodes], key=known.__contains__):
        nodes = list(run)
        if is_known and len(nodes) > 1:
            yield nodes, tags


def _speed_km_per_h(tags: dict[str, str], evidence: Evidence, country: str) -> float:
    """The rule of the model, edge by edge: min(class speed x surface factor, limit)."""
    speeds, kind = evidence.truck_speeds, road_class(tags)
    assert kind is not None
    free_flow = speeds.class_speed_km_per_h(country, kind) * speeds.surface_factor(surface(tags))
    for_trucks = truck_speed_limit_km_per_h(tags, zone_limits=speeds.zone_limits)
    for_all = speed_limit_km_per_h(tags, zone_limits=speeds.zone_limits) or inf
    legal = speeds.legal_limit_km_per_h(country, kind)
    return min(free_flow, for_trucks if for_trucks is not None else min(for_all, legal))


@pytest.mark.parametrize("measure", ["length", "hours"])
@pytest.mark.parametrize(("path", "country"), EXTRACTS, scope="module")
def test_random_pairs_are_as_far_apart_as_osmnx_and_networkx_find_them(
    streets: tuple[RoadNetwork, nx.MultiDiGraph], measure: str
) -> None:
    network, graph = streets
    weight = network.length_km if measure == "length" else network.length_km / network.attributes.speed_km_per_h
    roads = build_road_graph(
        tail=network.tail,
        head=network.head,
        weight=weight * (1 if measure == "length" else 60),
        edge=np.arange(network.edge_count),
        nodes=network.node_count,
        one_way=network.attributes.one_way,
    )
    same = _same_nodes(network, graph)
    rng = np.random.default_rng(7)
    reached = 0
    for start in rng.choice(network.node_count, size=10, replace=False).tolist():
        tree = find_tree(roads, start)
        theirs = nx.single_source_dijkstra_path_length(graph, same[start], weight=measure)
        for end in rng.choice(network.node_count, size=PAIRS // 10, replace=False).tolist():
            expected = theirs.get(same[end], inf) * (0.001 if measure == "length" else 60)
            assert tree.weight[end] == pytest.approx(expected, rel=TOLERANCE, abs=0.02), (start, end)
            reached += bool(np.isfinite(expected))
    assert reached > 0.9 * PAIRS


def _same_nodes(network: RoadNetwork, graph: nx.MultiDiGraph) -> list[int]:
    """The node of the graph at the place of each node of the network."""
    ids, places = zip(*((node, (data["x"], data["y"])) for node, data in graph.nodes(data=True)), strict=True)
    off, nearest = cKDTree(places).query(np.column_stack([network.node_lon, network.node_lat]))
    assert np.max(off) < 1e-7
    return [ids[row] for row in np.asarray(nearest)]


@pytest.mark.parametrize(("path", "country"), EXTRACTS, scope="module")
def test_one_way_streets_make_the_way_back_another_way(streets: tuple[RoadNetwork, nx.MultiDiGraph]) -> None:
    network, _ = streets
    assert network.attributes.one_way.mean() > 0.05


@needs_shared
def test_a_listed_post_is_found_on_a_real_border_road(evidence: Evidence, tmp_path: Path) -> None:
    post = replace(evidence.crossings["ezerishche"], id="dolostsy", lon=29.175, lat=56.0084)
    with_post = replace(evidence, crossings={**evidence.crossings, "dolostsy": post})
    network, description, _ = build_osm_network(
        [SHARED / "belarus-russia-border.osm.gz"],
        with_post,
        composite=STREETS,
        parts_folder=tmp_path / "parts",
        progress=lambda _: None,
    )
    assert isinstance(post, BorderCrossing)
    assert sorted(network.crossing_nodes("dolostsy")) == ["BLR", "RUS"]
    assert "dolostsy" not in description.unconnected_posts


@needs_shared
def test_the_main_roads_of_almaty_are_told_apart_by_class(build: Build) -> None:
    built = build([SHARED / "almaty.osm.pbf"])
    (row,) = built.description.mapped
    assert row.country == "KAZ"
    assert built.description.snapshot_of == "OpenStreetMap, 2012-03-13"
    assert 0 < row.share("surface") < 1
