from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import networkx as nx
import numpy as np
import osmnx
import pyogrio
import pytest
import shapely

from corridor.errors import DataError, ScenarioError
from corridor.evidence import Evidence, read_evidence
from corridor.network.edge_shapes import EdgeShapes
from corridor.network.geodata import write_geoparquet, write_network_geopackage
from corridor.network.road_attributes import RoadAttributes
from corridor.network.roads import RoadNetwork
from corridor.road_kinds import ROAD_CLASSES, SURFACES, TOLLS, TRUCK_ACCESS

TO_TORKHAM, TO_HAIRATAN = 0, 2
SOURCE = "© OpenStreetMap contributors (ODbL)"


@pytest.fixture(scope="module")
def evidence() -> Evidence:
    return read_evidence()


@pytest.fixture
def mixed(toy_network: RoadNetwork) -> RoadNetwork:
    """The toy network with every kind of attribute: a bent one-way motorway, a ferry, limits, tolls, names."""
    edges = toy_network.edge_count
    start = np.zeros(edges + 1, dtype=np.int64)
    start[TO_TORKHAM + 1 :] = 2
    attributes = RoadAttributes(
        road_class=np.array([1, 3, ROAD_CLASSES.index("ferry"), *[5] * (edges - 3)], dtype=np.int8),
        surface=np.array([1, 2, 0, *[0] * (edges - 3)], dtype=np.int8),
        toll=np.array([2, 1, 0, *[0] * (edges - 3)], dtype=np.int8),
        access=np.array([0, 1, 0, 2, *[0] * (edges - 4)], dtype=np.int8),
        one_way=np.arange(edges) == TO_TORKHAM,
        speed_km_per_h=np.linspace(20, 80, edges),
        max_mass_t=np.array([30.5, *[np.inf] * (edges - 1)]),
        max_height_m=np.array([np.inf, 4.2, *[np.inf] * (edges - 2)]),
        road=np.array([1, *[0] * (edges - 1)], dtype=np.int32),
    )
    shapes = EdgeShapes(start, np.array([72.5, 71.5]), np.array([33.9, 34.0]))
    return replace(toy_network, attributes=attributes, shapes=shapes, road_names=("", "M1; <b>"))


def rows(network: RoadNetwork) -> list[tuple[object, ...]]:
    """Every edge with all that is known about it, in an order of their own."""
    posts = {edge: post for post, edge in network.crossing_edges.items()}
    return sorted(_row(network, edge, posts.get(edge, "")) for edge in range(network.edge_count))


def _row(network: RoadNetwork, edge: int, post: str) -> tuple[object, ...]:
    attributes = network.attributes
    lon, lat = network.line(edge)
    return (
        tuple(lon.tolist()),
        tuple(lat.tolist()),
        network.country_of(int(network.tail[edge])),
        post,
        round(float(network.length_km[edge]), 9),
        *(int(getattr(attributes, name)[edge]) for name in ("road_class", "surface", "toll", "access", "one_way")),
        *(float(getattr(attributes, name)[edge]) for name in ("speed_km_per_h", "max_mass_t", "max_height_m")),
        network.road_names[int(attributes.road[edge])],
        float(network.relief_sd_m[edge]),
        bool(network.is_reference[edge]),
    )


def test_a_network_comes_back_from_osmnx_as_it_went(mixed: RoadNetwork, evidence: Evidence) -> None:
    back = RoadNetwork.from_osmnx(mixed.to_osmnx(), evidence)
    assert rows(back) == rows(mixed)
    assert back.countries == mixed.countries


def test_a_network_comes_back_from_a_graphml_file(mixed: RoadNetwork, evidence: Evidence, tmp_path: Path) -> None:
    osmnx.save_graphml(mixed.to_osmnx(), tmp_path / "graph.graphml")
    back = RoadNetwork.from_osmnx(osmnx.load_graphml(tmp_path / "graph.graphml"), evidence)
    assert rows(back) == rows(mixed)


def test_osmnx_finds_the_same_way_and_time_and_respects_the_one_way_road(mixed: RoadNetwork) -> None:
    graph = mixed.to_osmnx()
    way = osmnx.routing.shortest_path(graph, 0, 11, weight="length")
    assert nx.path_weight(graph, way, "length") == pytest.approx(1_000_000)
    assert nx.path_weight(graph, [0, 1], "travel_time") == pytest.approx(100 / 20 * 3600)
    assert not graph.has_edge(1, 0)
    nodes, edges = osmnx.graph_to_gdfs(graph)
    assert len(nodes) == mixed.node_count
    assert len(edges) == 2 * mixed.edge_count - 1


def osmnx_square() -> nx.MultiDiGraph:
    """Three ways of Almaty as OSMnx gives them: a two-way road cut in two, a one-way street, a footway."""
    graph = nx.MultiDiGraph(crs="epsg:4326")
    for node, (x, y) in enumerate([(76.90, 43.20), (76.91, 43.20), (76.92, 43.20), (76.92, 43.21)]):
        graph.add_node(node, x=x, y=y)
    road = {
        "osmid": [7, 8],
        "highway": ["trunk", "primary"],
        "oneway": False,
        "length": 810.0,
        "maxspeed": ["60", "50"],
    }
    graph.add_edge(0, 1, **road, reversed=False)
    graph.add_edge(1, 0, **road, reversed=True)
    graph.add_edge(1, 2, osmid=9, highway="residential", oneway=True, reversed=False, length=811.0, surface="gravel")
    graph.add_edge(2, 3, osmid=10, highway="footway", oneway=False, reversed=False, length=1110.0)
    graph.add_edge(3, 2, osmid=10, highway="footway", oneway=False, reversed=True, length=1110.0)
    return graph


def test_a_graph_of_osmnx_becomes_a_network_of_its_truck_roads(evidence: Evidence) -> None:
    network = RoadNetwork.from_osmnx(osmnx_square(), evidence)
    assert network.length_km.tolist() == [0.81, 0.811]
    assert network.attributes.one_way.tolist() == [False, True]
    assert [ROAD_CLASSES[number] for number in network.attributes.road_class] == ["trunk", "residential"]
    assert set(network.countries) == {"KAZ"}
    speeds = evidence.truck_speeds
    expected = [60.0, speeds.class_speed_km_per_h("KAZ", "residential") * speeds.surface_factor("gravel")]
    assert network.attributes.speed_km_per_h == pytest.approx(expected)


def test_a_road_across_a_border_without_a_post_is_left_out(mixed: RoadNetwork, evidence: Evidence) -> None:
    graph = mixed.to_osmnx()
    for _, _, data in graph.edges(data=True):
        if data.get("post") == "torkham":
            del data["post"]
    network = RoadNetwork.from_osmnx(graph, evidence)
    assert sorted(network.crossing_edges) == sorted({*mixed.crossing_edges} - {"torkham"})
    assert network.edge_count == mixed.edge_count - 1


def broken_graphs() -> Iterator[tuple[nx.MultiDiGraph, str]]:
    yield nx.MultiDiGraph(crs="epsg:32642"), "expected degrees"
    yield nx.MultiDiGraph(crs="epsg:4326"), "no road for trucks"
    placeless = nx.MultiDiGraph(crs="epsg:4326")
    placeless.add_edge(1, 2, highway="primary", length=1.0)
    yield placeless, "no x and y in degrees"
    slow = osmnx_square()
    slow.edges[1, 2, 0]["highway"] = "road"
    yield slow, "unknown class has no speed_kph"


@pytest.mark.parametrize(("graph", "words"), list(broken_graphs()))
def test_a_graph_that_cannot_be_a_network_is_refused(graph: nx.MultiDiGraph, words: str, evidence: Evidence) -> None:
    with pytest.raises(DataError, match=words):
        RoadNetwork.from_osmnx(graph, evidence)


def test_geodataframes_hold_every_road_with_its_bends_and_attributes_in_words(mixed: RoadNetwork) -> None:
    nodes, edges = mixed.to_geodataframes()
    assert (len(nodes), len(edges), str(edges.crs)) == (mixed.node_count, mixed.edge_count, "EPSG:4326")
    first = edges.iloc[TO_TORKHAM]
    assert shapely.get_coordinates(first.geometry)[:, 0].tolist() == [73.0, 72.5, 71.5, 71.1]
    assert (first.road_class, first.surface, first.toll, first.one_way) == ("motorway", "paved", "tolled", True)
    assert (first.max_mass_t, first.road, first.country) == (30.5, "M1; <b>", "PAK")
    assert np.isnan(edges.max_mass_t.iloc[1])
    assert set(edges.truck_access) <= set(TRUCK_ACCESS)
    assert set(edges.surface) <= set(SURFACES)
    assert set(edges.toll) <= set(TOLLS)
    assert edges.loc[edges.post != "", "post"].tolist() == list(mixed.crossing_edges)


def test_a_geopackage_holds_nodes_edges_and_whose_data_it_is_the_same_bytes_each_time(
    mixed: RoadNetwork, tmp_path: Path
) -> None:
    for name in ("a.gpkg", "b.gpkg"):
        write_network_geopackage(mixed, tmp_path / name, attribution=SOURCE)
    assert (tmp_path / "a.gpkg").read_bytes() == (tmp_path / "b.gpkg").read_bytes()
    assert gpd.read_file(tmp_path / "a.gpkg", layer="edges").length_km.sum() == pytest.approx(mixed.length_km.sum())
    assert pyogrio.read_dataframe(tmp_path / "a.gpkg", layer="about").attribution.tolist() == [SOURCE]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.gpkg", "b.gpkg"]


def test_geoparquet_files_read_back_with_their_attribution_beside_them(mixed: RoadNetwork, tmp_path: Path) -> None:
    paths = write_geoparquet(mixed, tmp_path / "out", attribution=SOURCE)
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(path.name for path in paths)
    assert gpd.read_parquet(paths[1]).length_km.sum() == pytest.approx(mixed.length_km.sum())
    assert paths[2].read_text(encoding="utf-8").strip() == SOURCE


def test_a_place_that_cannot_be_written_is_said(mixed: RoadNetwork, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(ScenarioError, match="cannot be written"):
        write_network_geopackage(mixed, tmp_path / "file" / "a.gpkg", attribution=SOURCE)
