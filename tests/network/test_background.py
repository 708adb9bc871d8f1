"""The light picture of a network: stretches between junctions, each with the class that most of it has."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from corridor.network.background import build_background
from corridor.network.files import read_network, write_network
from corridor.network.roads import RoadNetwork
from corridor.road_kinds import ROAD_CLASSES
from tests.conftest import build_toy_network
from tests.network.test_files import DESCRIPTION

CLASSES = ["trunk", "primary", "primary", "motorway", "secondary"]


@pytest.fixture
def classless() -> RoadNetwork:
    """From junction C one way of 400 km over two nodes, and two single roads; lengths are not to scale."""
    return build_toy_network(
        nodes=[(name, "PAK", 70.0 + place, 30.0 + place**2) for place, name in enumerate("ABXCDE")],
        roads=[("A", "B", 100.0), ("B", "X", 150.0), ("X", "C", 150.0), ("C", "D", 200.0), ("C", "E", 20.0)],
        posts={},
    )


@pytest.fixture
def classed(classless: RoadNetwork) -> RoadNetwork:
    numbers = np.array([ROAD_CLASSES.index(name) for name in CLASSES], dtype=np.int8)
    return replace(classless, attributes=replace(classless.attributes, road_class=numbers))


def test_a_stretch_has_the_class_of_most_of_its_km_and_the_shortest_is_left_out(classed: RoadNetwork) -> None:
    found = build_background(classed)
    classes = {len(line): ROAD_CLASSES[number] for line, number in zip(found.lines, found.road_class, strict=True)}
    assert classes == {4: "primary", 2: "motorway"}  # 300 of 400 km are primary; C-E has 20 km


def test_lines_and_classes_are_read_as_written(classed: RoadNetwork, tmp_path: Path) -> None:
    write_network(tmp_path / "toy", classed, DESCRIPTION, [])
    found, expected = read_network(tmp_path / "toy").background, build_background(classed)
    np.testing.assert_array_equal(found.road_class, expected.road_class)
    for line, its in zip(found.lines, expected.lines, strict=True):
        np.testing.assert_allclose(line, its)


def test_a_network_without_classes_keeps_the_columns_it_always_had(classless: RoadNetwork, tmp_path: Path) -> None:
    write_network(tmp_path / "toy", classless, DESCRIPTION, [])
    assert pq.read_schema(tmp_path / "toy" / "background.parquet").names == ["line", "lon", "lat"]
    assert read_network(tmp_path / "toy").background.road_class.tolist() == [0, 0]


def test_a_network_of_short_roads_has_no_background(tmp_path: Path) -> None:
    town = build_toy_network(
        nodes=[("a", "PAK", 70.0, 30.0), ("b", "PAK", 70.1, 30.0)], roads=[("a", "b", 9.0)], posts={}
    )
    write_network(tmp_path / "toy", town, DESCRIPTION, [])
    found = read_network(tmp_path / "toy").background
    assert (found.lines, len(found.road_class)) == ((), 0)
