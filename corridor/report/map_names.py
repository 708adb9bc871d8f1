"""Posts, places and countries on the static map, with names that do not cover each other."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patheffects import withStroke

from corridor.analysis.assessment import Assessment
from corridor.evidence import Evidence, Place
from corridor.report.background import Floats, MapFrame
from corridor.report.ground import COUNTRY_INK, countries_of, country_middles
from corridor.report.label_places import Box, Mark, place_names
from corridor.report.map_lines import HALO, DrawnLine, letter_spots
from corridor.report.map_posts import PostCircle
from corridor.report.map_sheet import Sheet
from corridor.report.map_sizes import MapSizes
from corridor.report.palette import INK, MUTED_INK

LARGE_CITY, MOST_CITIES = 900_000, 26
LEADER_FROM_PT, NEAR_PT, FAR_PT = 9.0, 4.0, 80.0
BOLD_WIDTH = 1.15
EDGE_PT = 2.0
"""Least distance of a name from the edge of the map."""


@dataclass(frozen=True, slots=True)
class Label:
    """A name and its mark: `radius_pt` is the mark's, size, weight and color the name's.

    Parameters
    ----------
    is_area : whether the name stands on the mark, as a country's
    is_dot : whether the mark is a dot that is drawn with its name, beside it, as a city's
    """

    text: str
    x: float
    y: float
    radius_pt: float
    size_pt: float
    weight: str
    color: str
    is_area: bool = False
    is_dot: bool = False


@dataclass(frozen=True, slots=True)
class PlacedLabel:
    """A label that found room: its mark, and the box of its name in points on paper."""

    label: Label
    mark: Mark
    box: Box


def place_labels(
    labels: Sequence[Label], lines: Sequence[DrawnLine], sheet: Sheet, *, kept_free: Sequence[Box]
) -> list[PlacedLabel]:
    """Where names find room beside lines and letters; the first ones choose first.

    Parameters
    ----------
    kept_free : boxes in points on paper; what lies there has no name, and no name stands there
    """
    scale = sheet.metres_per_pt
    shown = [label for label in labels if not any(box.holds(label.x / scale, label.y / scale) for box in kept_free)]
    letters = [_square(x, y, half=half) for x, y, half in letter_spots(lines, sheet)]
    points = np.concatenate([line.points() for line in lines])
    return _placed(shown, points, [*kept_free, *letters], sheet.window, scale)


def post_labels(circles: Iterable[PostCircle], sizes: MapSizes) -> Iterator[Label]:
    """Names of posts, in the order of their circles."""
    for circle in circles:
        yield Label(circle.text, circle.x, circle.y, circle.radius_pt, sizes.posts_pt, "normal", circle.color)


def end_labels(assessment: Assessment, frame: MapFrame, sizes: MapSizes) -> list[Label]:
    """Names of origin and destination."""
    ends = (
        (assessment.origin_name, assessment.origin_lon_lat),
        (assessment.destination_name, assessment.destination_lon_lat),
    )
    at = ((name, *frame.project_point(*lon_lat)) for name, lon_lat in ends)
    return [Label(name, x, y, 5.0 * sizes.marks_share, sizes.ends_pt, "bold", INK) for name, x, y in at]


def draw_ends(axes: Axes, ends: Iterable[Label], sizes: MapSizes) -> None:
    """Draw the squares of origin and destination."""
    for end in ends:
        axes.plot(end.x, end.y, "s", ms=8.5 * sizes.marks_share, mfc=INK, mec="white", mew=1.5, zorder=8)


def ends_of(assessment: Assessment) -> frozenset[str]:
    """Ids of origin and destination."""
    trip = assessment.scenario.trip
    return frozenset({trip.origin, trip.destination})


def city_labels(evidence: Evidence, frame: MapFrame, sizes: MapSizes, *, without: Collection[str]) -> Iterator[Label]:
    """Large cities in the window, largest first, but for some ids that are named otherwise."""
    points = ((place, *frame.project_point(place.lon, place.lat)) for place in large_cities(evidence))
    inside = [row for row in points if row[0].id not in without and frame.contains(row[1], row[2], margin_m=5e4)]
    for place, x, y in inside[:MOST_CITIES]:
        yield Label(place.name, x, y, 1.5, sizes.cities_pt, "normal", MUTED_INK, is_dot=True)


def large_cities(evidence: Evidence) -> list[Place]:
    """Large cities among the places, largest first."""
    places = [place for place in evidence.places.values() if place.population >= LARGE_CITY]
    return sorted(places, key=lambda place: (-place.population, place.id))


def country_labels(assessment: Assessment, frame: MapFrame, sizes: MapSizes) -> Iterator[Label]:
    """Names of the countries on the way, in their middles."""
    return labels_of_countries(countries_of(assessment), assessment.evidence, frame, sizes)


def labels_of_countries(
    countries: Collection[str], evidence: Evidence, frame: MapFrame, sizes: MapSizes
) -> Iterator[Label]:
    """Names of some countries, in the middles of what the window shows of them."""
    for name, x, y in country_middles(countries, evidence, frame):
        yield Label(name.upper(), x, y, 0.0, sizes.countries_pt, "normal", COUNTRY_INK, is_area=True)


def write_labels(
    axes: Axes,
    labels: Sequence[Label],
    lines: Floats,
    avoid: Sequence[Box],
    frame: MapFrame,
    scale: float,
) -> None:
    """Write each name where it finds room; boxes are in points on paper."""
    window = Box(frame.west / scale, frame.south / scale, frame.east / scale, frame.north / scale)
    write_placed(axes, _placed(labels, lines, avoid, window, scale), scale)


def write_placed(axes: Axes, placed: Iterable[PlacedLabel], scale: float) -> None:
    """Write names at their places, with a line to the mark where it is far; `scale` is metres per point."""
    for each in placed:
        _write_label(axes, each.label, each.mark, each.box, scale)


def _placed(
    labels: Sequence[Label], lines: Floats, avoid: Sequence[Box], window: Box, scale: float
) -> list[PlacedLabel]:
    marks = [_mark(label, scale) for label in labels]
    boxes = place_names(marks, window=window.grown(-EDGE_PT), avoid=avoid, lines=lines / scale)
    rows = zip(labels, marks, boxes, strict=True)
    return [PlacedLabel(label, mark, box) for label, mark, box in rows if box is not None]


def _mark(label: Label, scale: float) -> Mark:
    width, height = text_size_pt(label.text, label.size_pt)
    width *= BOLD_WIDTH if label.weight == "bold" else 1.0
    reach = NEAR_PT if label.is_dot else FAR_PT
    return Mark(
        label.x / scale, label.y / scale, label.radius_pt, width, height, is_area=label.is_area, reach=reach
    )  # fmt: skip


def text_size_pt(text: str, size_pt: float) -> tuple[float, float]:
    """Width and height of a name in points, from the width of its letters; capitals are wide."""
    lines = text.split("\n")
    letters = max(sum(0.74 if letter.isupper() else 0.6 for letter in line) for line in lines)
    return letters * size_pt, 1.2 * size_pt * len(lines)


def _square(x: float, y: float, *, half: float) -> Box:
    return Box(x - half, y - half, x + half, y + half)


def _write_label(axes: Axes, label: Label, mark: Mark, box: Box, scale: float) -> None:
    x, y = (box.west + box.east) / 2, (box.south + box.north) / 2
    near = np.clip(mark.x, box.west, box.east), np.clip(mark.y, box.south, box.north)
    if not label.is_area and np.hypot(near[0] - mark.x, near[1] - mark.y) > mark.radius + LEADER_FROM_PT:
        ends = _scaled((mark.x, near[0]), scale), _scaled((mark.y, near[1]), scale)
        axes.plot(*ends, color=label.color, lw=0.6, zorder=6.5)
    if label.is_dot:
        axes.plot(label.x, label.y, "o", ms=2.4, color=label.color, zorder=6)
    axes.text(
        x * scale, y * scale, label.text, size=label.size_pt, weight=label.weight, color=label.color,
        ha="center", va="center", zorder=8, path_effects=[withStroke(linewidth=2.2, foreground=HALO)],
    )  # fmt: skip


def _scaled(values: Iterable[float], scale: float) -> list[float]:
    return [value * scale for value in values]
