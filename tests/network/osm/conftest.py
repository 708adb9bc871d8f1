"""Networks built from the toy corridor's files, once a session."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from corridor.bundled import data_path
from corridor.evidence import Evidence, read_evidence
from corridor.network.draft import Repair
from corridor.network.files import NetworkDescription
from corridor.network.osm.build import build_osm_network
from corridor.network.osm.composite import Composite, read_composite
from corridor.network.roads import RoadNetwork
from tests.network.osm.toy_extract import EastNorth, lon_lat, write_toy_corridor

NEAR_DEGREES = 2e-4


@dataclass(frozen=True)
class BuiltRoads:
    """A network with what its build says about it."""

    network: RoadNetwork
    description: NetworkDescription
    repairs: tuple[Repair, ...]

    def node_at(self, place: EastNorth) -> set[int]:
        """Nodes at a point given in km east and north of Torkham."""
        lon, lat = lon_lat(*place)
        near = (np.abs(self.network.node_lon - lon) < NEAR_DEGREES) & (
            np.abs(self.network.node_lat - lat) < NEAR_DEGREES
        )
        return set(np.flatnonzero(near).tolist())

    def edges_between(self, start: EastNorth, end: EastNorth) -> list[int]:
        """Edges whose tail lies at one point and whose head lies at another."""
        starts, ends = self.node_at(start), self.node_at(end)
        pairs = zip(self.network.tail.tolist(), self.network.head.tolist(), strict=True)
        return [edge for edge, (tail, head) in enumerate(pairs) if tail in starts and head in ends]

    def edge(self, start: EastNorth, end: EastNorth, *, length_km: float) -> int:
        """The one edge between two points, either way, of a length."""
        both = [*self.edges_between(start, end), *self.edges_between(end, start)]
        (found,) = [edge for edge in both if abs(self.network.length_km[edge] - length_km) < 0.01]
        return found


Build = Callable[[Sequence[Path]], BuiltRoads]


@pytest.fixture(scope="session")
def evidence() -> Evidence:
    return read_evidence()


@pytest.fixture(scope="session")
def main_classes(evidence: Evidence) -> Composite:
    return read_composite(data_path("network", "osm_classes.csv"), countries=list(evidence.countries))


@pytest.fixture
def build(evidence: Evidence, main_classes: Composite, tmp_path: Path) -> Build:
    def build_files(paths: Sequence[Path]) -> BuiltRoads:
        return BuiltRoads(
            *build_osm_network(
                paths, evidence, composite=main_classes, parts_folder=tmp_path / "parts", progress=lambda _: None
            )
        )

    return build_files


@pytest.fixture(scope="session")
def toy_roads(evidence: Evidence, main_classes: Composite, tmp_path_factory: pytest.TempPathFactory) -> BuiltRoads:
    folder = tmp_path_factory.mktemp("toy")
    paths = write_toy_corridor(folder)
    return BuiltRoads(
        *build_osm_network(
            list(paths.values()),
            evidence,
            composite=main_classes,
            parts_folder=folder / "parts",
            progress=lambda _: None,
        )
    )
