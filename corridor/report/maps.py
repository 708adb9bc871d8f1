"""The static map of an assessment: a figure for paper and slides, and one inside a page; in a conical projection."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from corridor.analysis.assessment import Assessment
from corridor.report.background import ATTRIBUTION, DISCLAIMER, SCHEMATIC, MapFrame, build_frame
from corridor.report.circle_key import draw_circle_key
from corridor.report.ground import draw_ground
from corridor.report.map_inset import draw_inset, find_inset
from corridor.report.map_key import HEAD_IN, draw_key, key_height_in
from corridor.report.map_lines import MapWays, build_lines, draw_lines, with_letters
from corridor.report.map_names import (
    city_labels,
    country_labels,
    draw_ends,
    end_labels,
    ends_of,
    place_labels,
    post_labels,
    write_placed,
)
from corridor.report.map_posts import build_circles, draw_circles
from corridor.report.map_sheet import build_sheet
from corridor.report.map_sizes import FULL, SMALL, MapSizes
from corridor.report.palette import INK, MUTED_INK, option_styles
from corridor.report.subtitle import write_subtitle
from corridor.report.tracks import Track, build_tracks
from corridor.report.wording import AT_MEANS, map_title

WIDTH_IN = 12.0
SIDE_IN, TITLE_IN, FOOT_IN = 0.25, 0.72, 0.62
LEAST_ASPECT, MARGIN = 1.6, 0.07
CIRCLES_LEFT_PT = 330.0
"""Where the key to the circles begins, in the head of the table: between its headings."""

BRIEF_WIDTH_IN, BRIEF_KEY_IN = 7.0, 0.24
BRIEF_MARGIN = 0.045
BRIEF_ASPECT, BRIEF_ASPECT_PER_OPTION = 1.5, 0.1
"""The more rows the table below the map has, the lower the map is: least width over height, key included."""


def build_map(assessment: Assessment) -> Figure:
    """The map with its title, key, remarks and attribution."""
    tracks = build_tracks(assessment.all_options)
    frame = _frame_of(tracks, margin=MARGIN, least_aspect=LEAST_ASPECT)
    map_in = (WIDTH_IN - 2 * SIDE_IN) / frame.aspect
    key_in = key_height_in(assessment)
    figure = Figure(figsize=(WIDTH_IN, TITLE_IN + map_in + key_in + FOOT_IN))
    axes = _add_axes(figure, bottom_in=FOOT_IN + key_in, height_in=map_in)
    styles = option_styles(assessment.all_options)
    _draw_ways(axes, MapWays(assessment, styles, tracks), frame, FULL)
    draw_key(_add_axes(figure, bottom_in=FOOT_IN, height_in=key_in), assessment, styles)
    head = _add_axes(figure, bottom_in=FOOT_IN + key_in - HEAD_IN, height_in=HEAD_IN)
    draw_circle_key(head, FULL, left_pt=CIRCLES_LEFT_PT)
    _write_texts(figure, assessment)
    return figure


def build_brief_map(assessment: Assessment, shown: Collection[str]) -> Figure:
    """The map alone, as wide as the text of the one-page brief, whose table is its key.

    Parameters
    ----------
    shown : labels of the open options that it has; closed ones are always there
    """
    styles = option_styles(assessment.all_options)
    options = tuple(option for option in assessment.options if option.label in shown)
    part = replace(assessment, options=options)
    tracks = build_tracks(part.all_options)
    most_in = BRIEF_WIDTH_IN / (BRIEF_ASPECT + BRIEF_ASPECT_PER_OPTION * len(options)) - BRIEF_KEY_IN
    frame = _frame_of(tracks, margin=BRIEF_MARGIN, least_aspect=BRIEF_WIDTH_IN / most_in)
    key_share = BRIEF_KEY_IN / (BRIEF_WIDTH_IN / frame.aspect + BRIEF_KEY_IN)
    figure = Figure(figsize=(BRIEF_WIDTH_IN, BRIEF_KEY_IN / key_share))
    _draw_ways(figure.add_axes((0, key_share, 1, 1 - key_share)), MapWays(part, styles, tracks), frame, SMALL)
    draw_circle_key(figure.add_axes((0, 0, 1, key_share)), SMALL, left_pt=0.0)
    return figure


def _draw_ways(axes: Axes, ways: MapWays, frame: MapFrame, sizes: MapSizes) -> None:
    """Draw the ground, the line of every option, posts and names, and what is crowded once more in an inset."""
    assessment, sheet = ways.assessment, build_sheet(axes, frame, sizes)
    draw_ground(axes, assessment, frame, with_roads=True)
    lines, circles = build_lines(ways, sheet), build_circles(assessment, sheet)
    ends = end_labels(assessment, frame, sizes)
    inset = find_inset(lines, circles, sheet.spots(ends), sheet)
    kept_free = inset.boxes if inset else ()
    lines = with_letters(lines, ways, sheet, kept_free=kept_free)
    draw_lines(axes, lines, sheet, spots=sheet.spots([*circles, *ends]))
    draw_circles(axes, circles)
    draw_ends(axes, ends, sizes)
    labels = [
        *ends,
        *post_labels(circles, sizes),
        *city_labels(assessment.evidence, frame, sizes, without=ends_of(assessment)),
        *country_labels(assessment, frame, sizes),
    ]
    write_placed(axes, place_labels(labels, lines, sheet, kept_free=kept_free), sheet.metres_per_pt)
    if inset:
        draw_inset(axes, inset, ways, sheet)


def _frame_of(tracks: Mapping[str, Track], *, margin: float, least_aspect: float) -> MapFrame:
    lon = np.concatenate([track.lon for track in tracks.values()])
    lat = np.concatenate([track.lat for track in tracks.values()])
    return build_frame(lon, lat, margin=margin, least_aspect=least_aspect)


def _add_axes(figure: Figure, *, bottom_in: float, height_in: float) -> Axes:
    width, height = figure.get_size_inches()
    return figure.add_axes((SIDE_IN / width, bottom_in / height, 1 - 2 * SIDE_IN / width, height_in / height))


def _write_texts(figure: Figure, assessment: Assessment) -> None:
    height = figure.get_size_inches()[1]
    left = SIDE_IN / WIDTH_IN
    figure.text(left, 1 - 0.2 / height, map_title(assessment), size=17, weight="bold", color=INK, va="top")
    write_subtitle(figure, assessment.scenario.title, f"{AT_MEANS} · circles: hours at border posts", side_in=SIDE_IN)
    schematic = f"{SCHEMATIC} " if assessment.network.is_schematic else ""
    foot = f"{schematic}{ATTRIBUTION}\n{DISCLAIMER}"
    figure.text(left, 0.12 / height, foot, size=7.4, color=MUTED_INK, va="bottom", linespacing=1.5)
