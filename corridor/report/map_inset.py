"""The inset of the static map: the part of it where posts crowd, drawn larger where nothing else is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from matplotlib.patheffects import withStroke

from corridor.analysis.assessment import Assessment
from corridor.report.background import Floats, MapFrame
from corridor.report.crowding import find_crowd
from corridor.report.ground import draw_ground
from corridor.report.inset_lines import build_inset_lines, with_own_letters
from corridor.report.inset_places import find_place
from corridor.report.label_places import Box
from corridor.report.map_lines import HALO, DrawnLine, MapWays, draw_lines
from corridor.report.map_names import (
    PlacedLabel,
    city_labels,
    country_labels,
    ends_of,
    place_labels,
    post_labels,
    text_size_pt,
    write_placed,
)
from corridor.report.map_posts import PostCircle, build_circles, draw_circles
from corridor.report.map_sheet import Sheet
from corridor.report.map_sizes import MapSizes
from corridor.report.palette import INK

FRAME_PT = 1.0
WORD = "Inset"
WORD_GAP_PT = 2.5
"""Between a frame and the words at it."""

NAME_ROOM_PT = 10.0
"""Room beside a mark that words leave to its name."""


@dataclass(frozen=True, slots=True)
class Inset:
    """What is enlarged, where it is drawn, and where the map says so, in points on paper.

    Parameters
    ----------
    times : how many times as large as on the map
    """

    window: Box
    place: Box
    word: Box
    times: float

    @property
    def boxes(self) -> tuple[Box, ...]:
        """What of the map carries no name."""
        return self.window, self.place, self.word


def find_inset(lines: Sequence[DrawnLine], circles: Sequence[PostCircle], ends: Floats, sheet: Sheet) -> Inset | None:
    """The inset of a map; None where posts do not crowd, or where it would cover something.

    Parameters
    ----------
    ends : (ends, 3) middles and radii of the marks of origin and destination, in points on paper
    """
    posts = sheet.spots(circles)
    window = find_crowd(posts, ends, sheet.window)
    if window is None:
        return None
    points = np.concatenate([line.points() for line in lines]) / sheet.metres_per_pt
    spots = np.concatenate([posts, ends])
    found = find_place(window, sheet.window, points, spots)
    if found is None:
        return None
    place, times = found
    room = [box for box in _beside(window, WORD, sheet.sizes) if box.lies_in(sheet.window) and not box.overlaps(place)]
    return Inset(window, place, _least_covering(room, points, spots), times) if room else None


def _beside(window: Box, text: str, sizes: MapSizes) -> Iterator[Box]:
    """Boxes for a word above and below a window, at its corners."""
    width, height = text_size_pt(text, sizes.key_pt)
    for south in (window.north + WORD_GAP_PT, window.south - WORD_GAP_PT - height):
        for west in (window.west, window.east - width):
            yield Box(west, south, west + width, south + height)


def _within(window: Box, text: str, sizes: MapSizes) -> Iterator[Box]:
    """Boxes for words inside a window, in its corners."""
    width, height = text_size_pt(text, sizes.key_pt)
    inner = window.grown(-WORD_GAP_PT)
    for south in (inner.south, inner.north - height):
        for west in (inner.west, inner.east - width):
            yield Box(west, south, west + width, south + height)


def _least_covering(boxes: Sequence[Box], points: Floats, spots: Floats) -> Box:
    """The box near the fewest marks, of these the one on the fewest points of lines; the first of equals."""

    def covered(box: Box) -> tuple[int, int]:
        return sum(box.grown(NAME_ROOM_PT + radius).holds(x, y) for x, y, radius in spots), box.count_inside(points)

    return min(boxes, key=covered)


def draw_inset(axes: Axes, inset: Inset, ways: MapWays, sheet: Sheet) -> None:
    """Draw the frame of the window on the map, and the inset with ground, lines, letters, posts and names."""
    _draw_frame(axes, inset, sheet)
    inner, assessment = _inner_sheet(inset, sheet), ways.assessment
    inner_axes = _add_axes(axes, inset.place, sheet.window)
    draw_ground(inner_axes, assessment, inner.frame, with_roads=True)
    inner_axes.spines[:].set(color=INK, linewidth=FRAME_PT)
    circles = [circle for circle in build_circles(assessment, inner) if _is_within(circle, inner)]
    draw_circles(inner_axes, circles)
    bare = build_inset_lines(ways, inner)
    caption = _write_caption(inner_axes, f"{WORD}, {inset.times:.1f} times as large", bare, circles, inner)
    posts = place_labels([*post_labels(circles, inner.sizes)], bare, inner, kept_free=[caption])
    taken = [caption, *(post.box for post in posts)]
    spots = inner.spots(circles)
    lines = with_own_letters(bare, inner, spots=spots, boxes=taken)
    draw_lines(inner_axes, lines, inner, spots=spots)
    marks = [Box(x, y, x, y).grown(radius) for x, y, radius in spots]
    others = _place_ground_names(assessment, lines, inner, taken=[*taken, *marks])
    write_placed(inner_axes, [*posts, *others], inner.metres_per_pt)


def _place_ground_names(
    assessment: Assessment, lines: Sequence[DrawnLine], sheet: Sheet, *, taken: Sequence[Box]
) -> list[PlacedLabel]:
    """Names of large cities and countries where posts, their names and letters leave room."""
    labels = [
        *city_labels(assessment.evidence, sheet.frame, sheet.sizes, without=ends_of(assessment)),
        *country_labels(assessment, sheet.frame, sheet.sizes),
    ]
    return place_labels(labels, lines, sheet, kept_free=taken)


def _write_caption(
    axes: Axes, text: str, lines: Sequence[DrawnLine], circles: Sequence[PostCircle], sheet: Sheet
) -> Box:
    """Write a text in the corner of the window where least is; return the box it takes."""
    points = np.concatenate([line.points() for line in lines]) / sheet.metres_per_pt
    box = _least_covering(list(_within(sheet.window, text, sheet.sizes)), points, sheet.spots(circles))
    _write(axes, box, text, sheet)
    return box


def _is_within(circle: PostCircle, sheet: Sheet) -> bool:
    return sheet.frame.contains(circle.x, circle.y, margin_m=0.0)


def _inner_sheet(inset: Inset, sheet: Sheet) -> Sheet:
    """The window as a sheet of its own, at its own scale."""
    window, scale = inset.window, sheet.metres_per_pt
    edges_m = (edge * scale for edge in (window.west, window.south, window.east, window.north))
    return Sheet(MapFrame(sheet.frame.crs, *edges_m), scale / inset.times, sheet.sizes)


def _add_axes(axes: Axes, place: Box, page: Box) -> Axes:
    """Axes over a part of the map's."""
    whole = axes.get_position()
    share_x, share_y = whole.width / (page.east - page.west), whole.height / (page.north - page.south)
    west, south = whole.x0 + (place.west - page.west) * share_x, whole.y0 + (place.south - page.south) * share_y
    width, height = (place.east - place.west) * share_x, (place.north - place.south) * share_y
    return axes.figure.add_axes((west, south, width, height))


def _draw_frame(axes: Axes, inset: Inset, sheet: Sheet) -> None:
    window, scale = inset.window, sheet.metres_per_pt
    corner = window.west * scale, window.south * scale
    width, height = (window.east - window.west) * scale, (window.north - window.south) * scale
    frame = Rectangle(corner, width, height, facecolor="none", edgecolor=INK, linewidth=FRAME_PT, zorder=6.6)
    axes.add_patch(frame)
    _write(axes, inset.word, WORD, sheet)


def _write(axes: Axes, box: Box, text: str, sheet: Sheet) -> None:
    x, y = (box.west + box.east) / 2 * sheet.metres_per_pt, (box.south + box.north) / 2 * sheet.metres_per_pt
    axes.text(
        x, y, text, size=sheet.sizes.key_pt, weight="bold", color=INK, ha="center", va="center", zorder=8,
        path_effects=[withStroke(linewidth=2.2, foreground=HALO)],
    )  # fmt: skip
