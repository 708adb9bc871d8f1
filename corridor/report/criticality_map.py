"""The map of posts and legs by what the trip loses without them, with the posts and the pairs that cut it."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import fill

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patheffects import Normal, withStroke

from corridor.analysis.assessment import Assessment
from corridor.analysis.losses import Criticality
from corridor.futures.criticality import CriticalityStudy
from corridor.report.background import ATTRIBUTION, DISCLAIMER, SCHEMATIC, Floats, MapFrame, build_frame
from corridor.report.criticality_marks import (
    LegBand,
    PostMark,
    build_leg_bands,
    build_post_marks,
    leg_width_pt,
    post_radius_pt,
)
from corridor.report.criticality_wording import criticality_title, cut_sentence
from corridor.report.ground import draw_ground, joined_lines
from corridor.report.label_places import Box
from corridor.report.map_lines import HALO
from corridor.report.map_names import Label, country_labels, draw_ends, end_labels, write_labels
from corridor.report.map_posts import CLOSED_RED
from corridor.report.map_sizes import FULL
from corridor.report.numerals import NBSP, counted
from corridor.report.palette import INK, MUTED_INK
from corridor.report.subtitle import write_subtitle
from corridor.report.tracks import densified, line_of
from corridor.routing.steps import posts_among

WIDTH_IN, SIDE_IN, TITLE_IN, FOOT_IN = 12.0, 0.25, 0.72, 0.74
LEAST_ASPECT, MARGIN = 1.6, 0.07
POST_FILL, LEG_BAND, CUT_BLUE, WAY_GREY = "#e8a58fd9", "#f2cdb9", "#1b4f9c", "#a3abb3"
WAY_PT, BEST_WAY_PT = 1.1, 2.6
PAIR_DASH = (0, (2, 1.5))
NAME_PT, FOOT_WIDTH = 7.6, 200
KEY_USD = (10.0, 100.0, 1000.0)


def build_criticality_map(assessment: Assessment, study: CriticalityStudy) -> Figure:
    """The map with its title, key, remarks and attribution.

    Parameters
    ----------
    assessment : of the same scenario; gives the ground and the two ends
    """
    marks = build_post_marks(study)
    bands = build_leg_bands(study)
    frame = _frame_of(study.at_means, marks, bands)
    map_in = (WIDTH_IN - 2 * SIDE_IN) / frame.aspect
    height_in = TITLE_IN + map_in + FOOT_IN
    figure = Figure(figsize=(WIDTH_IN, height_in))
    axes = figure.add_axes((SIDE_IN / WIDTH_IN, FOOT_IN / height_in, 1 - 2 * SIDE_IN / WIDTH_IN, map_in / height_in))
    draw_ground(axes, assessment, frame, with_roads=False)
    _draw_legs(axes, bands, frame)
    line = _draw_ways(axes, study.at_means, frame)
    _draw_cutting_pairs(axes, study, frame)
    ends = end_labels(assessment, frame, FULL)
    draw_ends(axes, ends, FULL)
    labels = [*ends, *_draw_posts(axes, marks, frame)]
    scale = (frame.east - frame.west) / ((WIDTH_IN - 2 * SIDE_IN) * 72)
    key = _draw_key(axes, study, frame, scale)
    write_labels(axes, [*labels, *country_labels(assessment, frame, FULL)], line, [key], frame, scale)
    _write_texts(figure, assessment, study)
    return figure


def _frame_of(found: Criticality, marks: Sequence[PostMark], bands: Sequence[LegBand]) -> MapFrame:
    lines = [*(line_of(way) for way in found.ways), *((band.lon, band.lat) for band in bands)]
    lon = np.concatenate([*(lon for lon, _ in lines), [mark.lon for mark in marks]])
    lat = np.concatenate([*(lat for _, lat in lines), [mark.lat for mark in marks]])
    return build_frame(lon, lat, margin=MARGIN, least_aspect=LEAST_ASPECT)


def _draw_legs(axes: Axes, bands: Sequence[LegBand], frame: MapFrame) -> None:
    """Draw a band along each leg, wide ones below narrow ones."""
    for band in bands:
        width_pt = leg_width_pt(band.loss_usd)
        x, y = frame.project(band.lon, band.lat)
        axes.plot(x, y, color=LEG_BAND, linewidth=width_pt, zorder=3.6, solid_capstyle="butt")


def _draw_ways(axes: Axes, found: Criticality, frame: MapFrame) -> Floats:
    """Draw the ways left as fine lines and the best way as a bold one; return its points, shape (points, 2)."""
    lines = [np.column_stack(frame.project(*densified(*line_of(way)))) for way in found.ways]
    axes.plot(*joined_lines(lines[1:] or lines), color=WAY_GREY, linewidth=WAY_PT, zorder=4)
    best = lines[0]
    axes.plot(best[:, 0], best[:, 1], color=HALO, linewidth=BEST_WAY_PT + 1.3, zorder=4.9)
    axes.plot(best[:, 0], best[:, 1], color=INK, linewidth=BEST_WAY_PT, zorder=5)
    return best


def _draw_cutting_pairs(axes: Axes, study: CriticalityStudy, frame: MapFrame) -> None:
    """Join the two posts of each pair of posts that leaves no way."""
    for pair in _cutting_posts(study.at_means):
        posts = [study.evidence.crossings[post] for post in pair]
        x, y = zip(*(frame.project_point(post.lon, post.lat) for post in posts), strict=True)
        axes.plot(x, y, color=CLOSED_RED, linewidth=1.6, linestyle=PAIR_DASH, zorder=6.4)


def _cutting_posts(found: Criticality) -> list[tuple[str, ...]]:
    """The cutting pairs that have no leg."""
    return [posts for pair in found.cutting_pairs if len(posts := posts_among(pair)) == len(pair)]


def _draw_posts(axes: Axes, marks: Sequence[PostMark], frame: MapFrame) -> list[Label]:
    """Draw the posts, large ones below small ones; return their labels, greatest loss first."""
    labels = []
    for mark in marks:
        x, y = frame.project_point(mark.lon, mark.lat)
        _draw_post(axes, x, y, mark)
        ink = CLOSED_RED if mark.loss_usd is None else INK
        labels.append(Label(mark.text, x, y, max(mark.radius_pt, 4.0), NAME_PT, "normal", ink))
    return labels


def _draw_post(axes: Axes, x: float, y: float, mark: PostMark) -> None:
    halo = [withStroke(linewidth=2.4, foreground=HALO), Normal()]
    edge = CLOSED_RED if mark.loss_usd is None else INK
    axes.plot(x, y, "o", ms=2 * mark.radius_pt, mfc=POST_FILL, mec=edge, mew=1.1, zorder=7, path_effects=halo)
    if mark.loss_usd is None:
        axes.plot(x, y, "x", ms=9, mec=CLOSED_RED, mew=1.8, zorder=7.1)
    if mark.is_in_cut:
        axes.plot(x, y, "s", ms=2 * mark.radius_pt + 4, mfc="none", mec=CUT_BLUE, mew=1.6, zorder=7.2)


def _draw_key(axes: Axes, study: CriticalityStudy, frame: MapFrame, scale: float) -> Box:
    """Draw what circles, squares and lines mean in the lower left corner; return the box it takes, in points."""
    left, bottom = frame.west + 12 * scale, frame.south + 10 * scale
    _write_key(axes, left, bottom + 84 * scale, "Mean loss without the post (circle) or leg (band), USD a truck")
    for place, usd in enumerate(KEY_USD):
        x, y = left + (12 + 62 * place) * scale, bottom + 62 * scale
        _draw_post(axes, x, y, PostMark("", 0.0, 0.0, usd, is_in_cut=False))
        _write_key(axes, x + (post_radius_pt(usd) + 3) * scale, y, f"{usd:,.0f}")
        ends, y = [x - 10 * scale, x + 10 * scale], bottom + 38 * scale
        axes.plot(ends, [y, y], color=LEG_BAND, linewidth=leg_width_pt(usd), zorder=8, solid_capstyle="butt")
        _write_key(axes, x + 14 * scale, y, f"{usd:,.0f}")
    x, y = left + 6 * scale, bottom + 16 * scale
    axes.plot(x, y, "s", ms=9, mfc="none", mec=CUT_BLUE, mew=1.6, zorder=8)
    _write_key(axes, left + 16 * scale, y, _cut_meaning(study.at_means))
    if _cutting_posts(study.at_means):
        ends = [left, left + 12 * scale]
        axes.plot(ends, [bottom, bottom], color=CLOSED_RED, linewidth=1.6, linestyle=PAIR_DASH, zorder=8)
        _write_key(axes, left + 16 * scale, bottom, "pair of posts that, closed together, cuts the trip")
    return Box(left / scale - 12, bottom / scale - 10, left / scale + 220, bottom / scale + 96)


def _write_key(axes: Axes, x: float, y: float, text: str) -> None:
    axes.text(x, y, text, size=7, color=MUTED_INK, va="center", zorder=8)


def _cut_meaning(found: Criticality) -> str:
    size = len(found.cuts[0]) if found.cuts else 0
    return "post that cuts the trip" if size == 1 else f"one of {size} posts that, closed together, cut the trip"


def _write_texts(figure: Figure, assessment: Assessment, study: CriticalityStudy) -> None:
    height, left = figure.get_size_inches()[1], SIDE_IN / WIDTH_IN
    figure.text(left, 1 - 0.2 / height, criticality_title(study), size=17, weight="bold", color=INK, va="top")
    futures = counted(study.futures, "future", "futures")
    meaning = f"mean of {futures} · bold: best way at mean inputs · fine: ways left"
    write_subtitle(figure, assessment.scenario.title, meaning, side_in=SIDE_IN)
    schematic = f"{SCHEMATIC} " if assessment.network.is_schematic else ""
    cut = fill(cut_sentence(study).replace(NBSP, " "), FOOT_WIDTH)
    foot = f"{cut}\n{schematic}{ATTRIBUTION}\n{DISCLAIMER}"
    figure.text(left, 0.12 / height, foot, size=7.4, color=MUTED_INK, va="bottom", linespacing=1.5)
