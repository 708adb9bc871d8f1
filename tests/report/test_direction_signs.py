"""Arrowheads along the options of the static map."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch

from corridor.analysis.assessment import Assessment
from corridor.report.direction_signs import arrow_outlines, arrow_places, arrow_spots
from corridor.report.label_places import Floats
from corridor.report.map_lines import DrawnLine, MapWays, build_lines, draw_lines
from corridor.report.map_sheet import Sheet
from corridor.report.map_sizes import FULL
from corridor.report.palette import option_styles
from corridor.report.tracks import build_tracks

from .map_parts import sheet_of

NO_SPOTS = np.zeros((0, 3))
EASTBOUND = np.column_stack([np.arange(0.0, 400.0, 2.0), np.zeros(200)])


def test_arrowheads_point_along_the_way() -> None:
    assert arrow_places(EASTBOUND, NO_SPOTS)[:, 2:].tolist() == pytest.approx(np.array([[1.0, 0.0]] * 6))
    assert arrow_places(EASTBOUND[::-1], NO_SPOTS)[:, 2:].tolist() == pytest.approx(np.array([[-1.0, 0.0]] * 6))


def test_the_tip_is_ahead_of_the_tails_on_either_side() -> None:
    northbound = np.array([[10.0, 20.0, 0.0, 1.0]])
    tail, tip, other_tail, notch, _ = arrow_outlines(northbound, half_width_pt=2.0)[0]
    assert tip.tolist() == pytest.approx([10.0, 22.2])  # 1.1 half widths ahead
    assert sorted([tail[0], other_tail[0]]) == pytest.approx([8.0, 12.0])
    assert max(tail[1], other_tail[1], notch[1]) < 20.0


def test_arrowheads_of_a_line_keep_their_distance() -> None:
    x = arrow_places(EASTBOUND, NO_SPOTS)[:, 0]
    assert np.diff(x).min() >= 60.0


def test_no_arrowhead_touches_a_mark() -> None:
    first = arrow_places(EASTBOUND, NO_SPOTS)[0, 0]
    mark = np.array([[first, 0.0, 9.0]])
    moved = arrow_places(EASTBOUND, mark)
    assert len(moved)
    assert np.abs(moved[:, 0] - first).min() > 9.0


def test_no_arrowhead_stands_in_a_bend() -> None:
    angle = np.linspace(0.0, 20.0, 400)
    coil = 2.0 * np.column_stack([np.cos(angle), np.sin(angle)])  # narrower than an arrowhead is long
    assert len(arrow_places(coil, NO_SPOTS)) == 0


def test_lines_side_by_side_take_turns() -> None:
    first = arrow_places(EASTBOUND, NO_SPOTS)
    second = arrow_places(np.add(EASTBOUND, (0.0, 3.0)), arrow_spots(first))
    assert len(second)
    assert min(np.hypot(*(a[:2] - b[:2])) for a in first for b in second) > 24.0  # eight lanes


@pytest.fixture(scope="module")
def ways(assessment: Assessment) -> MapWays:
    return MapWays(assessment, option_styles(assessment.all_options), build_tracks(assessment.all_options))


def drawn(ways: MapWays, sheet: Sheet) -> tuple[list[DrawnLine], dict[str, Floats]]:
    """The lines, and the outlines of the arrowheads of each option in points, (arrows, 5, 2)."""
    axes = Figure(figsize=(11.5, 7.2)).add_axes((0, 0, 1, 1))
    lines = build_lines(ways, sheet)
    draw_lines(axes, lines, sheet, spots=NO_SPOTS)
    paths = [(str(patch.get_gid()), patch.get_path()) for patch in axes.patches if isinstance(patch, PathPatch)]
    return lines, {gid: np.asarray(path.vertices).reshape(-1, 5, 2) / sheet.metres_per_pt for gid, path in paths}


def test_each_option_has_one_path_of_arrowheads_that_stands_out_with_it(ways: MapWays) -> None:
    sheet = sheet_of(ways, FULL)
    _, arrows = drawn(ways, sheet)
    assert sorted(arrows) == [f"option-{label}" for label in "ABCDEFG"]


def test_arrowheads_stand_on_the_line_in_its_lane_and_point_towards_the_destination(ways: MapWays) -> None:
    sheet = sheet_of(ways, FULL)
    lines, arrows = drawn(ways, sheet)
    for line in lines:
        points = sheet.in_points(line.x, line.y)
        for tail, tip, other_tail, *_ in arrows[f"option-{line.label}"]:
            back = (tail + other_tail) / 2
            nearest = [int(np.hypot(*(points - end).T).argmin()) for end in (back, tip)]
            assert np.hypot(*(points - (back + tip) / 2).T).min() < 1.6  # half a step of ten km and a bit
            assert nearest[0] <= nearest[1]


def test_arrowheads_of_all_options_stand_apart(ways: MapWays) -> None:
    _, arrows = drawn(ways, sheet_of(ways, FULL))
    middles = [(label, outline[1]) for label, outlines in arrows.items() for outline in outlines]
    pairs = [(a, b) for (label, a), (other, b) in combinations(middles, 2) if label != other]
    assert min(np.hypot(*(a - b)) for a, b in pairs) > 18.0  # six lanes, and these are tips, not middles
