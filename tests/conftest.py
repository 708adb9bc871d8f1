"""The toy corridor: few enough roads and posts that every total can be added up on paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pytest

from corridor.network.edge_shapes import straight
from corridor.network.road_attributes import classless
from corridor.network.roads import RoadNetwork

ToyNode = tuple[str, str, float, float]
"""Name, country, longitude, latitude."""

SLOW_FIXTURE = "full_report"
"""What takes a minute to make, for tests of several files: all of them run in one process, which makes it once."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin, where tests run in several processes, with groups that share what is slow to make: each stays in one."""
    for item in items:
        if SLOW_FIXTURE in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.xdist_group(SLOW_FIXTURE))
    if config.getoption("loadgroup", default=False):
        items.sort(key=lambda item: item.get_closest_marker("xdist_group") is None)


def build_toy_network(
    nodes: Sequence[ToyNode],
    roads: Sequence[tuple[str, str, float]],
    posts: Mapping[str, tuple[str, str]],
    *,
    free_movement: frozenset[str] = frozenset(),
) -> RoadNetwork:
    """Roads as (name, name, km); posts as post id -> (node on one side, node on the other), 0 km apart."""
    number = {name: index for index, (name, *_) in enumerate(nodes)}
    countries = tuple(sorted({country for _, country, _, _ in nodes}))
    edges = [*roads, *((a, b, 0.0) for a, b in posts.values())]
    return RoadNetwork(
        countries=countries,
        free_movement=free_movement,
        node_lon=np.array([lon for *_, lon, _ in nodes]),
        node_lat=np.array([lat for *_, lat in nodes]),
        node_country=np.array([countries.index(country) for _, country, *_ in nodes], dtype=np.int16),
        tail=np.array([number[a] for a, _, _ in edges], dtype=np.int32),
        head=np.array([number[b] for _, b, _ in edges], dtype=np.int32),
        length_km=np.array([km for *_, km in edges]),
        relief_sd_m=np.zeros(len(edges)),
        is_reference=np.ones(len(edges), dtype=bool),
        attributes=classless(np.full(len(edges), 50.0)),
        shapes=straight(len(edges)),
        road_names=("",),
        crossing_edges={post: len(roads) + index for index, post in enumerate(posts)},
    )


@pytest.fixture
def toy_network() -> RoadNetwork:
    """Islamabad to Tashkent: by Torkham and Hairatan 1,000 km, by Chaman, Torghundi and Farap 2,000 km.

    islamabad -100- torkham =AFG= -500- hairatan =UZB= -400- tashkent
    islamabad -600- chaman =AFG= -500- torghundi =TKM= -500- farap =UZB= -400- tashkent
    chaman and torkham are also joined inside Afghanistan (700 km), and so are hairatan and torghundi (800 km).
    """
    return build_toy_network(
        nodes=[
            ("islamabad", "PAK", 73.0, 33.7),
            ("torkham@PAK", "PAK", 71.1, 34.1),
            ("torkham@AFG", "AFG", 71.1, 34.1),
            ("chaman@PAK", "PAK", 66.4, 31.0),
            ("chaman@AFG", "AFG", 66.4, 31.0),
            ("hairatan@AFG", "AFG", 67.4, 37.2),
            ("hairatan@UZB", "UZB", 67.4, 37.2),
            ("torghundi@AFG", "AFG", 62.3, 35.3),
            ("torghundi@TKM", "TKM", 62.3, 35.3),
            ("farap@TKM", "TKM", 63.7, 39.3),
            ("farap@UZB", "UZB", 63.7, 39.3),
            ("tashkent", "UZB", 69.3, 41.3),
        ],
        roads=[
            ("islamabad", "torkham@PAK", 100.0),
            ("islamabad", "chaman@PAK", 600.0),
            ("torkham@AFG", "hairatan@AFG", 500.0),
            ("torkham@AFG", "chaman@AFG", 700.0),
            ("chaman@AFG", "torghundi@AFG", 500.0),
            ("hairatan@AFG", "torghundi@AFG", 800.0),
            ("torghundi@TKM", "farap@TKM", 500.0),
            ("hairatan@UZB", "tashkent", 400.0),
            ("farap@UZB", "tashkent", 400.0),
        ],
        posts={
            "torkham": ("torkham@PAK", "torkham@AFG"),
            "chaman": ("chaman@PAK", "chaman@AFG"),
            "hairatan": ("hairatan@AFG", "hairatan@UZB"),
            "torghundi": ("torghundi@AFG", "torghundi@TKM"),
            "farap": ("farap@TKM", "farap@UZB"),
        },
    )
