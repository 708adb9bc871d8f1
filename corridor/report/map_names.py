"""Posts, places and countries on the static map, with names that do not cover each other."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patheffects import Normal, withStroke

from corridor.analysis.assessment import Assessment
from corridor.evidence import Evidence, Place
from corridor.report.background import Floats, MapFrame
from corridor.report.ground import COUNTRY_INK, countries_of, country_middles
from corridor.report.label_places import Box, Mark, place_names
from corridor.report.map_lines import HALO, DrawnLine
from corridor.report.map_sizes import MapSizes
from corridor.report.naming import short_post_name
from corridor.report.numerals import NBSP
from corridor.report.palette import INK, LEAST_POST_RADIUS_PT, MUTED_INK, POST_RADIUS_PT_PER_ROOT_H
from corridor.report.profile import PostVisit, build_post_visits

CLOSED_RED = "#b3261e"
LARGE_CITY, MOST_CITIES = 900_000, 26
LETTER_HALF_PT = 9.0
LEADER_FROM_PT, NEAR_PT, FAR_PT = 9.0, 4.0, 40.0
BOLD_WIDTH = 1.15
KEY_HOURS = (6.0, 24.0, 72.0)


@dataclass(frozen=True, slots=True)
class Label:
    """A name and its mark: `radius_pt` is the mark's, size, weight and color the name's."""

    text: str
    x: float
    y: float
    radius_pt: float
    size_pt: float
    weight: str
    color: str
    is_area: bool = False


def draw_names(
    axes: Axes,
    assessment: Assessment,
    lines: Sequence[DrawnLine],
    frame: MapFrame,
    *,
    metres_per_pt: float,
    sizes: MapSizes,
) -> None:
    """Draw the two ends, posts, large cities and countries; in this order they choose room for their names."""
    labels = [
        *draw_ends(axes, assessment, frame, sizes),
        *_draw_posts(axes, assessment, frame, sizes),
        *city_labels(assessment.evidence, frame, sizes, without=_ends_of(assessment)),
        *country_labels(assessment, frame, sizes),
    ]
    half_pt = LETTER_HALF_PT * sizes.marks_share
    avoid = [_square(*_scaled(line.letter, 1 / metres_per_pt), half=half_pt) for line in lines]
    points = np.concatenate([np.column_stack([line.x, line.y]) for line in lines])
    avoid.append(_draw_circle_key(axes, frame, metres_per_pt, sizes))
    write_labels(axes, labels, points, avoid, frame, metres_per_pt)


def _draw_posts(axes: Axes, assessment: Assessment, frame: MapFrame, sizes: MapSizes) -> Iterator[Label]:
    """Draw each post once, sized by its hours; yield its label, longest stop first."""
    closed = {post.crossing_id for option in assessment.closed_options for post in option.closed_posts}
    for visit in busiest_visits(assessment):
        x, y = frame.project_point(visit.lon, visit.lat)
        radius_pt, is_closed = sizes.marks_share * post_radius_pt(visit.hours), visit.crossing_id in closed
        _draw_circle(axes, x, y, radius_pt, edge=CLOSED_RED if is_closed else INK)
        if is_closed:
            axes.plot(x, y, "x", ms=1.3 * radius_pt, mec=CLOSED_RED, mew=1.8, zorder=7.1)
        text = f"{short_post_name(visit.name)} {_hours(visit.hours)}{', closed' if is_closed else ''}"
        yield Label(text, x, y, radius_pt, sizes.posts_pt, "normal", CLOSED_RED if is_closed else INK)


def _hours(hours: float) -> str:
    return f"<1{NBSP}h" if 0 < hours < 0.5 else f"{hours:.0f}{NBSP}h"


def _draw_circle(axes: Axes, x: float, y: float, radius_pt: float, *, edge: str) -> None:
    halo = [withStroke(linewidth=2.6, foreground=HALO), Normal()]
    axes.plot(x, y, "o", ms=2 * radius_pt, mfc="#ffffffd9", mec=edge, mew=1.3, zorder=7, path_effects=halo)


def busiest_visits(assessment: Assessment) -> list[PostVisit]:
    """One visit per post over all options, the longest one of each, longest first."""
    longest: dict[str, PostVisit] = {}
    for option in assessment.all_options:
        for visit in build_post_visits(option, assessment.evidence):
            known = longest.get(visit.crossing_id)
            if known is None or visit.hours > known.hours:
                longest[visit.crossing_id] = visit
    return sorted(longest.values(), key=lambda visit: (-visit.hours, visit.crossing_id))


def post_radius_pt(hours: float) -> float:
    """Radius of a post's circle in points: it grows with the root of the hours, its area with the hours."""
    return LEAST_POST_RADIUS_PT + POST_RADIUS_PT_PER_ROOT_H * float(np.sqrt(max(hours, 0.0)))


def draw_ends(axes: Axes, assessment: Assessment, frame: MapFrame, sizes: MapSizes) -> Iterator[Label]:
    """Draw origin and destination, and give their names as labels."""
    ends = (
        (assessment.origin_name, assessment.origin_lon_lat),
        (assessment.destination_name, assessment.destination_lon_lat),
    )
    for name, (lon, lat) in ends:
        x, y = frame.project_point(lon, lat)
        axes.plot(x, y, "s", ms=8.5 * sizes.marks_share, mfc=INK, mec="white", mew=1.5, zorder=8)
        yield Label(name, x, y, 5.0 * sizes.marks_share, sizes.ends_pt, "bold", INK)


def _ends_of(assessment: Assessment) -> frozenset[str]:
    trip = assessment.scenario.trip
    return frozenset({trip.origin, trip.destination})


def city_labels(evidence: Evidence, frame: MapFrame, sizes: MapSizes, *, without: Collection[str]) -> Iterator[Label]:
    """Large cities in the window, largest first, but for some ids that are named otherwise."""
    points = ((place, *frame.project_point(place.lon, place.lat)) for place in large_cities(evidence))
    inside = [row for row in points if row[0].id not in without and frame.contains(row[1], row[2], margin_m=5e4)]
    for place, x, y in inside[:MOST_CITIES]:
        yield Label(place.name, x, y, 1.5, sizes.cities_pt, "normal", MUTED_INK)


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


def _draw_circle_key(axes: Axes, frame: MapFrame, scale: float, sizes: MapSizes) -> Box:
    """Draw what the size of a circle means in the lower left corner; return the box it takes."""
    left, bottom = frame.west + 10 * scale, frame.south + 10 * scale
    axes.text(left, bottom + 24 * scale, "Hours at a border post", size=sizes.key_pt, color=MUTED_INK, zorder=8)
    for place, hours in enumerate(KEY_HOURS):
        x = left + (9 + 42 * place) * scale
        _draw_circle(axes, x, bottom + 9 * scale, sizes.marks_share * post_radius_pt(hours), edge=INK)
        axes.text(x + 11 * scale, bottom + 9 * scale, f"{hours:.0f}", size=sizes.key_pt, color=MUTED_INK, va="center")
    return Box(left / scale - 10, bottom / scale - 10, left / scale + 130, bottom / scale + 36)


def write_labels(
    axes: Axes,
    labels: Sequence[Label],
    lines: Floats,
    avoid: Sequence[Box],
    frame: MapFrame,
    scale: float,
) -> None:
    """Write each name where it finds room; boxes are in points on paper."""
    marks = [_mark(label, scale) for label in labels]
    window = Box(frame.west / scale, frame.south / scale, frame.east / scale, frame.north / scale)
    boxes = place_names(marks, window=window, avoid=avoid, lines=lines / scale)
    for label, mark, box in zip(labels, marks, boxes, strict=True):
        if box is not None:
            _write_label(axes, label, mark, box, scale)


def _mark(label: Label, scale: float) -> Mark:
    width, height = text_size_pt(label.text, label.size_pt)
    width *= BOLD_WIDTH if label.weight == "bold" else 1.0
    reach = NEAR_PT if label.radius_pt < 2 else FAR_PT
    return Mark(
        label.x / scale, label.y / scale, label.radius_pt, width, height, is_area=label.is_area, reach=reach
    )  # fmt: skip


def text_size_pt(text: str, size_pt: float) -> tuple[float, float]:
    """Width and height of a name in points, from the width of its letters; capitals are wide."""
    letters = sum(0.74 if letter.isupper() else 0.6 for letter in text)
    return letters * size_pt, 1.2 * size_pt


def _square(x: float, y: float, *, half: float) -> Box:
    return Box(x - half, y - half, x + half, y + half)


def _write_label(axes: Axes, label: Label, mark: Mark, box: Box, scale: float) -> None:
    x, y = (box.west + box.east) / 2, (box.south + box.north) / 2
    near = np.clip(mark.x, box.west, box.east), np.clip(mark.y, box.south, box.north)
    if not label.is_area and np.hypot(near[0] - mark.x, near[1] - mark.y) > mark.radius + LEADER_FROM_PT:
        ends = _scaled((mark.x, near[0]), scale), _scaled((mark.y, near[1]), scale)
        axes.plot(*ends, color=label.color, lw=0.6, zorder=6.5)
    if not label.is_area and label.radius_pt < 2:
        axes.plot(label.x, label.y, "o", ms=2.4, color=label.color, zorder=6)
    axes.text(
        x * scale, y * scale, label.text, size=label.size_pt, weight=label.weight, color=label.color,
        ha="center", va="center", zorder=8, path_effects=[withStroke(linewidth=2.2, foreground=HALO)],
    )  # fmt: skip


def _scaled(values: Iterable[float], scale: float) -> list[float]:
    return [value * scale for value in values]
