import json
from pathlib import Path

import numpy as np
import pytest

from corridor.bundled import data_path
from corridor.errors import DataError, ScenarioError
from corridor.network.draft import Repair
from corridor.network.files import NetworkDescription, read_network, write_network
from corridor.network.roads import RoadNetwork
from corridor.network.snapping import with_point
from tests.conftest import build_toy_network

DESCRIPTION = NetworkDescription(
    name="toy",
    source="by hand",
    licence="none",
    attribution="nobody",
    snapshot_of="never",
    is_schematic=True,
    length_factors=[1.0, 0.0],
    length_errors={"check": 0.0},
    repairs={"gap_joined": 1},
    unconnected_posts={},
)


def write_toy(folder: Path, network: RoadNetwork) -> Path:
    write_network(folder, network, DESCRIPTION, [Repair("gap_joined", "why", 0.5, 73.0, 33.7)])
    return folder


def test_what_is_written_is_read_back(tmp_path: Path, toy_network: RoadNetwork) -> None:
    stored = read_network(write_toy(tmp_path / "toy", toy_network))
    assert stored.description == DESCRIPTION
    assert stored.roads.crossing_edges == toy_network.crossing_edges
    np.testing.assert_allclose(stored.roads.length_km, toy_network.length_km, atol=5e-4)
    np.testing.assert_allclose(stored.roads.node_lon, toy_network.node_lon, atol=5e-6)


def test_writing_twice_gives_the_same_bytes(tmp_path: Path, toy_network: RoadNetwork) -> None:
    a, b = write_toy(tmp_path / "a", toy_network), write_toy(tmp_path / "b", toy_network)
    assert {f.name: f.read_bytes() for f in a.iterdir()} == {f.name: f.read_bytes() for f in b.iterdir()}


def test_a_network_replaces_an_older_one_and_leaves_nothing_beside_it(tmp_path: Path, toy_network: RoadNetwork) -> None:
    write_toy(tmp_path / "toy", toy_network)
    write_toy(tmp_path / "toy", toy_network)
    assert [path.name for path in tmp_path.iterdir()] == ["toy"]


def test_a_file_cut_short_is_named_with_both_digests(tmp_path: Path, toy_network: RoadNetwork) -> None:
    folder = write_toy(tmp_path / "toy", toy_network)
    path = folder / "edges.parquet"
    path.write_bytes(path.read_bytes()[:-10])
    with pytest.raises(DataError, match=r"edges\.parquet: damaged or cut short; expected sha256 .* got .*"):
        read_network(folder)


def test_a_missing_folder_says_how_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="expected a folder made by `corridor network build`"):
        read_network(tmp_path / "nowhere")


def test_another_format_is_refused(tmp_path: Path, toy_network: RoadNetwork) -> None:
    folder = write_toy(tmp_path / "toy", toy_network)
    document = json.loads((folder / "network.json").read_text())
    (folder / "network.json").write_text(json.dumps(document | {"format": "corridor-network-9"}))
    with pytest.raises(DataError, match="expected corridor-network-2, got 'corridor-network-9'"):
        read_network(folder)


def test_a_folder_that_cannot_be_written_is_said_before_anything_is_lost(
    tmp_path: Path, toy_network: RoadNetwork
) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(ScenarioError, match="cannot be written"):
        write_toy(tmp_path / "file" / "toy", toy_network)


def test_an_edge_across_a_border_without_a_post_is_refused() -> None:
    with pytest.raises(DataError, match="1 edges cross a border away from a listed post"):
        build_toy_network(
            nodes=[("a", "PAK", 70.0, 30.0), ("b", "AFG", 71.0, 30.0)], roads=[("a", "b", 100.0)], posts={}
        )


def test_a_place_in_the_sea_is_refused_with_its_distance(toy_network: RoadNetwork) -> None:
    with pytest.raises(ScenarioError, match=r"sea \(60\.000, 22\.000\): too far from a road.*got \d+ km"):
        with_point(toy_network, lon=60.0, lat=22.0, name="sea")


def test_a_place_beside_a_road_splits_it_and_leaves_its_length(toy_network: RoadNetwork) -> None:
    network, snap = with_point(toy_network, lon=72.05, lat=33.9, name="halfway")
    assert network.length_km.sum() == pytest.approx(toy_network.length_km.sum())
    assert network.node_count == toy_network.node_count + 1
    assert snap.country == "PAK"


def test_closing_a_crossing_takes_its_edge_away_and_no_other(toy_network: RoadNetwork) -> None:
    closed = toy_network.without(crossings=["hairatan"])
    assert closed.edge_count == toy_network.edge_count - 1
    for post, edge in closed.crossing_edges.items():
        assert {closed.country_of(int(n)) for n in (closed.tail[edge], closed.head[edge])} == set(
            toy_network.crossing_nodes(post)
        )


@pytest.fixture(scope="module")
def embedded() -> RoadNetwork:
    return read_network(data_path("network", "embedded")).roads


def test_the_embedded_network_covers_the_region(embedded: RoadNetwork) -> None:
    assert embedded.node_count > 100_000
    assert {"PAK", "AFG", "IRN", "CHN", "KAZ", "RUS", "BLR", "POL", "DEU", "FRA"} <= set(embedded.countries)


def test_no_edge_of_the_embedded_network_crosses_a_border_away_from_a_post(embedded: RoadNetwork) -> None:
    a, b = embedded.node_country[embedded.tail], embedded.node_country[embedded.head]
    free = np.array([country in embedded.free_movement for country in embedded.countries])
    across = (a != b) & ~(free[a] & free[b])
    assert set(np.flatnonzero(across)) <= set(embedded.crossing_edges.values())
