"""The inset of the static map: where posts crowd, where it goes, and what it shows."""

from __future__ import annotations

import json
from dataclasses import replace

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from scipy.spatial import KDTree

from corridor.analysis.assessment import Assessment
from corridor.report.crowding import CROWD_HEIGHT, CROWD_WIDTH, LEAST_CROWD, find_crowd
from corridor.report.inset_lines import build_inset_lines, with_own_letters
from corridor.report.inset_places import LEAST_TIMES, find_place
from corridor.report.label_places import Box
from corridor.report.map_inset import Inset, find_inset
from corridor.report.map_lines import LANE_PT, MapWays, build_lines, with_letters
from corridor.report.map_names import end_labels
from corridor.report.map_posts import build_circles
from corridor.report.map_sheet import Sheet
from corridor.report.map_sizes import FULL, SMALL
from corridor.report.maps import build_brief_map, build_map
from corridor.report.palette import option_styles
from corridor.report.pictures import STYLE, svg_bytes
from corridor.report.tracks import build_tracks
from corridor.scenario import bundled_scenarios

from .map_parts import sheet_of
from .save_map_geometry import GEOMETRY

PAGE = Box(0.0, 0.0, 800.0, 500.0)
NO_SPOTS = np.zeros((0, 3))
SPREAD = np.array([(x, y, 4.0) for x in (100.0, 300.0, 500.0, 700.0) for y in (60.0, 440.0)])
CROWD = np.array([(600.0 + 12 * at, 250.0 + 9 * at, 4.0) for at in range(LEAST_CROWD)])
CROWDED = {"islamabad-minsk", "islamabad-minsk-measures", "karachi-minsk", "minsk-karachi"}
"""Bundled scenarios whose posts crowd: in Kyrgyzstan and Tajikistan, or west of the Caspian."""


def test_the_window_has_its_set_size_and_holds_the_posts_that_crowd() -> None:
    window = find_crowd(np.concatenate([SPREAD, CROWD]), NO_SPOTS, PAGE)
    assert window is not None
    assert (window.east - window.west, window.north - window.south) == pytest.approx(
        (CROWD_WIDTH * 800, CROWD_HEIGHT * 800)
    )
    assert all(window.holds(x, y) for x, y, _ in CROWD)
    assert not any(window.holds(x, y) for x, y, _ in SPREAD)


def test_posts_that_crowd_are_in_the_middle_of_the_window() -> None:
    window = find_crowd(CROWD, NO_SPOTS, PAGE)
    assert window is not None
    assert (window.west + window.east) / 2 == pytest.approx(630.0, abs=1.5)  # 600 and 660
    assert (window.south + window.north) / 2 == pytest.approx(272.5, abs=1.5)  # 250 and 295


def test_spread_posts_have_no_window() -> None:
    assert find_crowd(SPREAD, NO_SPOTS, PAGE) is None


def test_one_post_fewer_is_no_crowd() -> None:
    assert find_crowd(CROWD[1:], NO_SPOTS, PAGE) is None


def test_the_window_cuts_no_post() -> None:
    beside = np.array([(690.0 + 8 * at, 270.0, 5.0) for at in range(6)])
    posts = np.concatenate([CROWD, beside])
    window = find_crowd(posts, NO_SPOTS, PAGE)
    assert window is not None
    for x, y, radius in posts:
        assert window.grown(-radius).holds(x, y) or not window.grown(radius).holds(x, y)


def test_the_window_leaves_out_the_ends_of_the_trip() -> None:
    assert find_crowd(CROWD, np.array([(630.0, 272.0, 5.0)]), PAGE) is None


WINDOW = Box(600.0, 250.0, 700.0, 330.0)


def test_an_inset_takes_a_corner_as_large_as_the_lines_leave_room() -> None:
    upright = np.column_stack([np.full(100, 258.0), np.linspace(0, 500, 100)])
    other_corners = np.array([(0.0, 500.0, 30.0), (800.0, 0.0, 30.0), (800.0, 500.0, 30.0)])
    found = find_place(WINDOW, PAGE, upright, other_corners)
    assert found is not None
    place, times = found
    assert (place.west, place.south) == (0.0, 0.0)
    assert times == pytest.approx(2.5)  # 258 less a gap of 8 over 100
    assert place.east - place.west == pytest.approx(250.0)


def test_an_inset_goes_elsewhere_along_the_edge_when_all_corners_are_taken() -> None:
    corners = np.array([(x, y, 30.0) for x in (0.0, 800.0) for y in (0.0, 500.0)])
    found = find_place(WINDOW, PAGE, np.zeros((0, 2)), corners)
    assert found is not None
    assert not any(found[0].holds(x, y) for x, y, _ in corners)
    assert 0.0 in (found[0].south, found[0].west) or 500.0 in (found[0].north,)


def test_without_room_there_is_no_inset() -> None:
    mesh = np.array([(x, y) for x in np.arange(0.0, 800.0, 100.0) for y in np.arange(0.0, 500.0, 100.0)])
    assert find_place(WINDOW, PAGE, mesh, NO_SPOTS) is None


@pytest.mark.parametrize("name", bundled_scenarios())
def test_the_inset_of_a_bundled_scenario_covers_no_line_and_no_mark(name: str) -> None:
    geometry = json.loads(GEOMETRY.read_text(encoding="utf-8"))[name]
    posts, ends, lines = (np.array(geometry[part], dtype=float) for part in ("posts", "ends", "lines"))
    page = Box(*geometry["page"][0])
    window = find_crowd(posts, ends, page)
    assert (window is not None) == (name in CROWDED)
    if window is None:
        return
    found = find_place(window, page, lines, np.concatenate([posts, ends]))
    assert found is not None
    place, times = found
    assert times >= LEAST_TIMES
    assert place.lies_in(page)
    assert not place.overlaps(window)
    assert place.grown(4.0).count_inside(lines) == 0
    assert not any(place.grown(radius).holds(x, y) for x, y, radius in np.concatenate([posts, ends]))


@pytest.fixture(scope="module")
def ways(assessment: Assessment) -> MapWays:
    return MapWays(assessment, option_styles(assessment.all_options), build_tracks(assessment.all_options))


@pytest.fixture(scope="module")
def sheet(ways: MapWays) -> Sheet:
    return sheet_of(ways, FULL)


@pytest.fixture(scope="module")
def inset(ways: MapWays, sheet: Sheet) -> Inset:
    """That of the invented trip, around Kyrgyzstan and Tajikistan."""
    ends = sheet.spots(end_labels(ways.assessment, sheet.frame, FULL))
    found = find_inset(build_lines(ways, sheet), build_circles(ways.assessment, sheet), ends, sheet)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def figure(assessment: Assessment) -> Figure:
    return build_map(assessment)


def texts_of(axes: Axes) -> list[str]:
    return [text.get_text() for text in axes.texts]


def posts_named(figure: Figure, assessment: Assessment, sheet: Sheet) -> list[int]:
    """How often each post's name stands on map and inset together."""
    written = texts_of(figure.axes[0]) + texts_of(figure.axes[1])
    names = [circle.text for circle in build_circles(assessment, sheet)]
    assert len(names) == len(set(names))
    return [written.count(name) for name in names]


def test_each_post_has_its_name_once_on_map_and_inset_together(
    figure: Figure, assessment: Assessment, sheet: Sheet
) -> None:
    assert posts_named(figure, assessment, sheet) == [1] * 23


def test_each_post_has_its_name_once_on_the_small_map_and_its_inset(assessment: Assessment, sheet: Sheet) -> None:
    part = replace(assessment, options=assessment.options[:3])
    assert posts_named(build_brief_map(assessment, "ABC"), part, sheet) == [1] * 20  # without those of D alone


def test_names_of_the_window_stand_in_the_inset_and_its_circles_on_both(figure: Figure) -> None:
    on_map, in_inset = texts_of(figure.axes[0]), texts_of(figure.axes[1])
    assert "Kulma 30\u00a0h, closed" in in_inset
    assert "Kulma 30\u00a0h, closed" not in on_map
    circles = [
        sum(line.get_marker() == "o" and line.get_markersize() > 4 for line in axes.lines) for axes in figure.axes
    ]
    assert circles[:2] == [23, 7]


def test_the_inset_says_how_many_times_it_is_as_large_and_the_map_where_it_is(figure: Figure, inset: Inset) -> None:
    assert f"Inset, {inset.times:.1f} times as large" in texts_of(figure.axes[1])
    assert "Inset" in texts_of(figure.axes[0])
    on_map, enlarged = (axes.get_window_extent().width / np.ptp(axes.get_xlim()) for axes in figure.axes[:2])
    assert enlarged / on_map == pytest.approx(inset.times)


def test_letters_of_the_map_keep_away_from_window_and_inset(ways: MapWays, sheet: Sheet, inset: Inset) -> None:
    lines = with_letters(build_lines(ways, sheet), ways, sheet, kept_free=inset.boxes)
    letters = [np.array(line.letter) / sheet.metres_per_pt for line in lines if line.letter]
    assert len(letters) == len(lines)
    assert not any(box.holds(*letter) for letter in letters for box in inset.boxes)


def inner_sheet(inset: Inset, sheet: Sheet) -> Sheet:
    edges_m = {edge: getattr(inset.window, edge) * sheet.metres_per_pt for edge in ("west", "south", "east", "north")}
    return Sheet(replace(sheet.frame, **edges_m), sheet.metres_per_pt / inset.times, FULL)


def test_letters_in_the_inset_stand_on_a_stretch_of_their_own(ways: MapWays, sheet: Sheet, inset: Inset) -> None:
    inner = inner_sheet(inset, sheet)
    lines = with_own_letters(build_inset_lines(ways, inner), inner, spots=NO_SPOTS, boxes=())
    letters = {line.label: line.letter for line in lines if line.letter is not None}
    assert set(letters) == {"A", "E", "G"}
    for label, (x, y) in letters.items():
        others = np.concatenate([other.points() for other in lines if other.label != label])
        assert KDTree(others).query((x, y))[0] / inner.metres_per_pt > 10.0
        assert inner.frame.contains(x, y, margin_m=0.0)


def test_a_letter_in_the_inset_gives_way_to_the_name_of_a_post(ways: MapWays, sheet: Sheet, inset: Inset) -> None:
    inner = inner_sheet(inset, sheet)
    lines = build_inset_lines(ways, inner)

    def letter_of_e(*boxes: Box) -> tuple[float, float] | None:
        lettered = with_own_letters(lines, inner, spots=NO_SPOTS, boxes=boxes)
        return next(line.letter for line in lettered if line.label == "E")

    before = letter_of_e()
    assert before is not None
    x, y = np.array(before) / inner.metres_per_pt
    name = Box(x - 5.0, y - 5.0, x + 40.0, y + 5.0)
    after = letter_of_e(name)
    assert after is not None
    assert not name.grown(8.0).holds(*np.array(after) / inner.metres_per_pt)


def test_an_option_without_a_stretch_of_its_own_has_no_letter_in_the_inset(
    ways: MapWays, sheet: Sheet, inset: Inset
) -> None:
    a = ways.assessment.options[0]
    twins = replace(ways.assessment, options=(a, replace(a, label="B")), closed_options=())
    both = MapWays(twins, option_styles(twins.all_options), build_tracks(twins.all_options))
    inner = inner_sheet(inset, sheet)
    lines = with_own_letters(build_inset_lines(both, inner), inner, spots=NO_SPOTS, boxes=())
    assert [(line.label, line.letter) for line in lines] == [("A", None), ("B", None)]


def test_lanes_in_the_inset_are_as_wide_on_paper_as_on_the_map(ways: MapWays, sheet: Sheet, inset: Inset) -> None:
    inner = inner_sheet(inset, sheet)
    a, g = (line for line in build_inset_lines(ways, inner) if line.label in "AG")
    shared = [at for at in a.points() if KDTree(g.points()).query(at)[0] < 6.0 * inner.metres_per_pt]
    apart_pt = KDTree(g.points()).query(shared)[0] / inner.metres_per_pt
    assert float(np.median(apart_pt)) == pytest.approx(LANE_PT, abs=0.7)  # points are some three points apart


def test_lines_of_the_inset_end_where_it_does(ways: MapWays, sheet: Sheet, inset: Inset) -> None:
    inner = inner_sheet(inset, sheet)
    drawn = np.concatenate([line.points() for line in build_inset_lines(ways, inner)])
    assert inner.window.grown(20.0).count_inside(drawn / inner.metres_per_pt) == len(drawn)


def test_lines_arrowheads_and_letters_of_the_inset_stand_out_with_their_option(figure: Figure) -> None:
    in_inset = [str(artist.get_gid()) for artist in figure.axes[1].get_children() if artist.get_gid()]
    assert set(in_inset) == {"option-A", "option-E", "option-G"}
    lines = [line for line in figure.axes[1].lines if 4.9 <= line.get_zorder() < 6.0]
    assert lines
    assert all(str(line.get_gid()).startswith("option-") for line in lines)


def test_a_map_of_spread_posts_has_no_inset(assessment: Assessment) -> None:
    one = replace(assessment, options=assessment.options[:1], closed_options=())
    written = [text for axes in build_map(one).axes for text in texts_of(axes)]
    assert not any("Inset" in text for text in written)


def test_nothing_in_the_inset_of_the_brief_is_too_small_to_read(assessment: Assessment) -> None:
    figure = build_brief_map(assessment, "ABC")
    assert any("times as large" in text for text in texts_of(figure.axes[1]))
    assert min(float(text.get_fontsize()) for axes in figure.axes for text in axes.texts) >= SMALL.cities_pt


def test_the_same_assessment_gives_the_same_bytes(assessment: Assessment) -> None:
    with mpl.rc_context(STYLE):
        assert svg_bytes(build_map(assessment)) == svg_bytes(build_map(assessment))


def test_a_post_is_drawn_where_the_ways_pass_it(assessment: Assessment, sheet: Sheet) -> None:
    evidence = assessment.evidence
    moved = replace(evidence.crossings["torugart"], lon=76.0)
    elsewhere = replace(assessment, evidence=replace(evidence, crossings={**evidence.crossings, "torugart": moved}))
    (circle,) = (each for each in build_circles(elsewhere, sheet) if each.text.startswith("Torugart"))
    assert (circle.x, circle.y) == pytest.approx(sheet.frame.project_point(75.39, 40.55))


def test_a_long_name_is_written_in_two_lines(assessment: Assessment, sheet: Sheet) -> None:
    evidence = assessment.evidence
    named = replace(evidence.crossings["astara"], name="Alat\u2013Turkmenbashi ferry")
    renamed = replace(assessment, evidence=replace(evidence, crossings={**evidence.crossings, "astara": named}))
    assert "Alat\u2013Turkmenbashi\nferry 30\u00a0h" in {circle.text for circle in build_circles(renamed, sheet)}
