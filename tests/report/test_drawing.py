"""Geometry of maps and charts: lanes, labels, colours, background."""

import json
from dataclasses import replace
from itertools import combinations, pairwise

import numpy as np
import pytest

from corridor.analysis.assessment import Assessment
from corridor.bundled import data_path
from corridor.report.background import build_frame, read_background
from corridor.report.bars import country_parts
from corridor.report.charts import spread
from corridor.report.label_places import Box, Mark, place_names
from corridor.report.maps import build_map
from corridor.report.palette import OPTION_COLORS, option_styles
from corridor.report.tracks import Track, build_tracks, densified, lane_scale, letter_indices, shifted_right

NO_LINES = np.zeros((0, 2))
DEUTERANOPIA = np.array(
    [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
)
PROTANOPIA = np.array(
    [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
)
"""Machado, Oliveira and Fernandes (2009), severity 1."""
XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])


def lab(color: str, vision: np.ndarray) -> np.ndarray:
    """CIELAB of a colour as seen with a kind of vision."""
    channels = np.array([int(color[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    x, y, z = np.cbrt(np.maximum(XYZ @ np.clip(vision @ linear, 0, 1) / [0.9505, 1.0, 1.089], 0.008856))
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize("vision", [np.eye(3), DEUTERANOPIA, PROTANOPIA])
def test_the_first_six_colours_stay_apart_for_the_colour_blind(vision: np.ndarray) -> None:
    seen = [lab(color, vision) for color in OPTION_COLORS[:6]]
    assert min(float(np.linalg.norm(a - b)) for a, b in combinations(seen, 2)) > 14


def test_every_option_has_its_own_colour_and_closed_ones_are_dashed(assessment: Assessment) -> None:
    styles = option_styles(assessment.all_options)
    assert len({style.color for style in styles.values()}) == len(assessment.all_options)
    assert all(styles[option.label].dash for option in assessment.closed_options)


def test_options_of_one_colour_have_other_dashes(assessment: Assessment) -> None:
    labels = "ABCDEFGHIJKLMNOPQRSTUVWX"
    styles = option_styles([replace(assessment.options[0], label=label) for label in labels])
    assert styles["A"].color == styles["M"].color
    assert len({(style.color, style.dash) for style in styles.values()}) == len(labels)


def test_options_on_one_road_lie_side_by_side_and_alone_in_the_middle(assessment: Assessment) -> None:
    b, d = build_tracks(tuple(option for option in assessment.options if option.label in "BD")).values()
    assert (b.lane[5], d.lane[5]) == (-0.5, 0.5)  # both on the way to Taftan
    assert 0.0 in b.lane  # alone through Azerbaijan


def test_a_short_encounter_is_a_crossing_and_moves_no_line(assessment: Assessment) -> None:
    only = build_tracks(assessment.options[:1])["A"]
    assert not only.lane.any()


def test_densified_lines_keep_their_vertices() -> None:
    lon, _ = densified(np.array([0.0, 0.0, 1.0]), np.array([0.0, 0.0, 0.0]))
    assert (lon[0], lon[-1]) == (0.0, 1.0)
    assert len(lon) == 13  # 111.2 km in steps of at most 10 km: 12 pieces


def test_shifting_by_nothing_leaves_a_line_where_it_is() -> None:
    x, y = np.array([0.0, 1.0, 3.0]), np.array([0.0, 2.0, 2.0])
    moved_x, moved_y = shifted_right(x, y, np.zeros(3))
    assert moved_x.tolist() == x.tolist()
    assert moved_y.tolist() == y.tolist()


def test_bundles_of_many_options_get_narrower_lanes(assessment: Assessment) -> None:
    nothing = np.zeros(2)
    assert lane_scale(build_tracks(assessment.all_options)) == 1.0
    assert (
        lane_scale({"A": Track(nothing, nothing, np.array([0.0, -7.0]), np.zeros(1, bool), {})}) == 0.5
    )  # 2 x 7 + 1 = 15 lanes, 7.5 fit


def test_letters_stand_apart(assessment: Assessment) -> None:
    tracks = build_tracks(assessment.all_options)
    indices = letter_indices(assessment.all_options, tracks)
    points = [(tracks[label].lon[at], tracks[label].lat[at]) for label, at in indices.items()]
    assert min(np.hypot(a[0] - b[0], a[1] - b[1]) for a, b in combinations(points, 2)) > 0.8


def test_a_letter_stands_off_the_points_that_are_barred(assessment: Assessment) -> None:
    tracks = build_tracks(assessment.all_options)
    first = letter_indices(assessment.all_options, tracks)["A"]
    barred = {label: np.zeros(len(track.lon), dtype=bool) for label, track in tracks.items()}
    barred["A"][first - 20 : first + 21] = True
    assert abs(letter_indices(assessment.all_options, tracks, barred=barred)["A"] - first) > 20


def test_the_key_to_the_circles_stands_outside_the_map(assessment: Assessment) -> None:
    figure = build_map(assessment)
    (key,) = (axes for axes in figure.axes if "Hours at a border post" in {text.get_text() for text in axes.texts})
    assert key.get_position().y1 <= figure.axes[0].get_position().y0
    largest_pt = max(line.get_markersize() for line in key.lines)
    assert largest_pt < key.get_position().height * figure.get_size_inches()[1] * 72


def test_names_cover_neither_each_other_nor_the_marks() -> None:
    marks = [Mark(50.0 + 4 * at, 50.0, 3.0, 30.0, 8.0) for at in range(4)]
    boxes = [box for box in place_names(marks, window=Box(0, 0, 120, 100), avoid=(), lines=NO_LINES) if box]
    assert len(boxes) == 4
    assert not any(a.overlaps(b) for a, b in combinations(boxes, 2))


def test_a_name_without_room_is_left_out() -> None:
    window = Box(0, 0, 20, 20)
    assert place_names([Mark(10, 10, 3, 30, 8)], window=window, avoid=(), lines=NO_LINES) == [None]


def test_the_line_to_a_name_goes_round_another_mark() -> None:
    blocked = (Box(0, 46, 40, 54), Box(56, 46, 120, 54), Box(40, 0, 60, 45))  # left, right and below the first mark
    marks = [Mark(50, 50, 3, 20, 8), Mark(50, 60, 3, 20, 8)]
    first, _ = place_names(marks, window=Box(0, 0, 120, 120), avoid=blocked, lines=NO_LINES)
    assert first is not None
    assert (first.west, first.south) == pytest.approx((59.2, 60.4))  # the second mark is in the way straight up


def test_a_name_that_finds_no_room_near_its_mark_goes_as_far_as_it_may() -> None:
    near = (Box(0, 0, 100, 100),)
    page = Box(0, 0, 300, 300)
    assert place_names([Mark(50, 50, 3, 20, 8)], window=page, avoid=near, lines=NO_LINES) == [None]
    (box,) = place_names([Mark(50, 50, 3, 20, 8, reach=80.0)], window=page, avoid=near, lines=NO_LINES)
    assert box is not None
    assert box.west == pytest.approx(101.0)  # 48 from the edge of the mark


def test_spread_heights_keep_their_order_and_their_gap() -> None:
    heights = spread([1.0, 1.1, 1.2, 9.0], gap=2.0, within=(-10.0, 20.0))
    assert heights == sorted(heights)
    assert min(b - a for a, b in pairwise(heights)) == pytest.approx(2.0)


@pytest.mark.parametrize("heights", [[9.0] * 5, [0.5] * 5, [0.0, 0.1, 5.0, 9.9, 10.0], [10.0] * 8])
def test_spread_heights_stay_within_their_chart(heights: list[float]) -> None:
    found = spread(heights, gap=2.0, within=(0.0, 10.0))
    assert min(found) >= 0.0
    assert max(found) <= 10.0
    assert min(b - a for a, b in pairwise(found)) == pytest.approx(min(2.0, 10.0 / (len(heights) - 1)))


def test_the_projection_keeps_its_frame_around_all_points() -> None:
    lon, lat = np.array([27.6, 73.0, 88.0]), np.array([53.9, 33.7, 44.0])
    frame = build_frame(lon, lat, margin=0.05, least_aspect=1.6)
    x, y = frame.project(lon, lat)
    assert frame.aspect >= 1.6 - 1e-9
    assert all(frame.contains(float(a), float(b), margin_m=1e4) for a, b in zip(x, y, strict=True))


def test_the_caspian_is_water_and_pakistan_is_land() -> None:
    import shapely

    ground = read_background("neutral")
    land = ground[ground["kind"] == "land"]
    assert not land.contains(shapely.Point(51.0, 41.5)).any()  # middle of the Caspian
    assert land[land.contains(shapely.Point(72.0, 31.0))]["iso3"].tolist() == ["PAK"]


def test_the_background_is_small_and_carries_the_codes_of_the_trip(assessment: Assessment) -> None:
    path = data_path("map", "countries.geojson")
    codes = {row["properties"].get("iso3") for row in json.loads(path.read_text(encoding="utf-8"))["features"]}
    assert path.stat().st_size <= 700_000
    assert set(assessment.evidence.countries) <= codes


def test_countries_stand_in_the_order_of_travel_whatever_the_order_of_costs(assessment: Assessment) -> None:
    option = assessment.options[0]
    shuffled = replace(option, ledger=replace(option.ledger, money=option.ledger.money[::-1]))
    parts = country_parts(shuffled)
    assert list(parts) == ["PAK", "CHN", "KGZ", "KAZ", "RUS", "BLR"]
    assert sum(parts.values()) == pytest.approx(option.ledger.money_usd)


def test_a_country_without_a_road_of_the_way_keeps_its_costs(assessment: Assessment) -> None:
    option = replace(assessment.options[0], stages=())
    assert sum(country_parts(option).values()) == pytest.approx(option.ledger.money_usd)
