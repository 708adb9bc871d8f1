"""Roads behind the options: main roads stand out where the network knows classes, on paper and on the screen."""

from __future__ import annotations

from dataclasses import replace

import matplotlib.pyplot as plt
import numpy as np
import pytest

from corridor.analysis.assessment import Assessment
from corridor.network.background import Background
from corridor.report.background import build_frame
from corridor.report.ground import ROAD_WIDTH_PT, draw_ground
from corridor.report.map_data import build_map_data
from corridor.report.road_ranks import OTHER, RANKS
from corridor.road_kinds import ROAD_CLASSES

CLASSES = ["tertiary", "trunk_link", "primary", "motorway", "unknown"]


@pytest.fixture
def classed(assessment: Assessment) -> Assessment:
    """The invented trip before five roads across Kazakhstan, each of another class."""
    lines = tuple(np.array([[50.0, 45.0 + place], [70.0, 45.0 + place]]) for place in range(5))
    numbers = np.array([ROAD_CLASSES.index(name) for name in CLASSES], dtype=np.int8)
    return replace(assessment, network=replace(assessment.network, background=Background(lines, numbers)))


def test_the_live_map_draws_each_rank_in_its_width_main_roads_last(classed: Assessment) -> None:
    roads = build_map_data(classed)["roads"]
    assert [(rank["rank"], len(rank["lines"])) for rank in roads] == [("other", 2), ("primary", 1), ("main", 2)]
    assert [line[0][1] for line in roads[-1]["lines"]] == [46.0, 48.0]  # trunk_link and motorway
    assert [rank["width"] for rank in roads] == [rank.width_share for rank in RANKS]


def test_roads_of_unknown_class_are_all_alike(assessment: Assessment) -> None:
    (roads,) = build_map_data(assessment)["roads"]
    assert (roads["color"], roads["width"]) == (OTHER.color, 1.0)
    assert len(roads["lines"]) == len(assessment.network.background.lines)


def road_lines(assessment: Assessment, *, with_roads: bool) -> list[tuple[str, float]]:
    """Name of the rank and width of each line of roads on the static map, in the order drawn."""
    figure, axes = plt.subplots()
    frame = build_frame(np.array([40.0, 80.0]), np.array([40.0, 55.0]), margin=0.0, least_aspect=1.0)
    draw_ground(axes, assessment, frame, with_roads=with_roads)
    plt.close(figure)
    names = {rank.color: rank.name for rank in RANKS}
    lines = [(str(line.get_color()), line.get_linewidth()) for line in axes.get_lines()]
    return [(names[color], width_pt) for color, width_pt in lines if color in names]


def test_the_static_map_draws_the_same_ranks(classed: Assessment) -> None:
    widths_pt = [(rank.name, ROAD_WIDTH_PT * rank.width_share) for rank in RANKS]
    assert road_lines(classed, with_roads=True) == widths_pt
    assert road_lines(classed, with_roads=False) == []
