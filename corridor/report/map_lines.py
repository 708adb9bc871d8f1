"""The options on the static map: lines side by side, each with its letter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes

from corridor.analysis.assessment import Assessment
from corridor.report.background import Floats, MapFrame
from corridor.report.ground import LAND_OF_TRIP
from corridor.report.map_sizes import MapSizes
from corridor.report.option_marks import marked
from corridor.report.palette import SEA_DASH, OptionStyle, ink_on
from corridor.report.tracks import Track, lane_scale, letter_indices, shifted_right

OPEN_WIDTH_PT, CLOSED_WIDTH_PT, LANE_PT = 2.7, 2.0, 3.1
EDGE_PT = 1.3
HALO = LAND_OF_TRIP


@dataclass(frozen=True, slots=True)
class DrawnLine:
    """One option in the plane of the map: x, y in metres, its runs on land and at sea, and where its letter goes."""

    label: str
    style: OptionStyle
    width_pt: float
    x: Floats
    y: Floats
    runs: tuple[tuple[slice, bool], ...]
    letter: tuple[float, float]


def build_lines(
    assessment: Assessment,
    styles: Mapping[str, OptionStyle],
    tracks: Mapping[str, Track],
    frame: MapFrame,
    *,
    metres_per_pt: float,
    sizes: MapSizes,
) -> list[DrawnLine]:
    """The line of every option, moved to its lane; lanes get narrower where many options share a road."""
    scale = lane_scale(tracks) * sizes.marks_share
    letters = letter_indices(assessment.all_options, tracks)
    lines = []
    for label, track in tracks.items():
        x, y = shifted_right(*frame.project(track.lon, track.lat), track.lane * LANE_PT * scale * metres_per_pt)
        at, style = letters[label], styles[label]
        width_pt = scale * (OPEN_WIDTH_PT if style.is_open else CLOSED_WIDTH_PT)
        lines.append(DrawnLine(label, style, width_pt, x, y, tuple(track.runs()), (float(x[at]), float(y[at]))))
    return lines


def draw_lines(axes: Axes, lines: Sequence[DrawnLine], sizes: MapSizes) -> None:
    """Draw all options, the best one on top, then their letters."""
    for place, line in enumerate(reversed(lines)):
        with marked(axes, line.label):
            _draw_line(axes, line, zorder=5 + place / 100)
    for line in lines:
        with marked(axes, line.label):
            _draw_letter(axes, line, sizes.letters_pt)


def _draw_line(axes: Axes, line: DrawnLine, *, zorder: float) -> None:
    """Draw one option with a light edge that parts it from its ground; dashed where a ferry sails."""
    for points, is_sea in line.runs:
        dash = SEA_DASH if is_sea else line.style.dash
        x, y = line.x[points], line.y[points]
        axes.plot(x, y, color=HALO, linewidth=line.width_pt + EDGE_PT, zorder=4.9, solid_capstyle="round")
        axes.plot(
            x, y, color=line.style.color, linewidth=line.width_pt, linestyle=(0, dash) if dash else "solid",
            zorder=zorder, solid_capstyle="round", dash_capstyle="butt", solid_joinstyle="round",
            dash_joinstyle="round",
        )  # fmt: skip


def _draw_letter(axes: Axes, line: DrawnLine, size_pt: float) -> None:
    color = line.style.color
    circle = {"boxstyle": "circle,pad=0.22", "facecolor": color, "edgecolor": HALO, "linewidth": 1.2}
    axes.text(
        *line.letter, line.label, size=size_pt, weight="bold", color=ink_on(color), ha="center", va="center",
        bbox=circle, zorder=9,
    )  # fmt: skip
