"""The options on the static map: lines side by side, each with its letter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from matplotlib.axes import Axes

from corridor.analysis.assessment import Assessment
from corridor.report.background import Floats
from corridor.report.direction_signs import OVERHANG_PT, arrow_outlines, arrow_places, arrow_spots, draw_arrows
from corridor.report.ground import LAND_OF_TRIP
from corridor.report.label_places import Box
from corridor.report.map_sheet import Sheet
from corridor.report.option_marks import marked
from corridor.report.palette import SEA_DASH, OptionStyle, ink_on
from corridor.report.tracks import Track, lane_scale, letter_indices, shifted_right

OPEN_WIDTH_PT, CLOSED_WIDTH_PT, LANE_PT = 2.7, 2.0, 3.1
EDGE_PT = 1.3
LETTER_HALF_PT = 9.0
HALO = LAND_OF_TRIP


@dataclass(frozen=True, slots=True)
class MapWays:
    """The options of a map, with style and track of each by its label."""

    assessment: Assessment
    styles: Mapping[str, OptionStyle]
    tracks: Mapping[str, Track]


@dataclass(frozen=True, slots=True)
class DrawnLine:
    """One option in the plane of the map.

    Parameters
    ----------
    x, y : (points,) metres
    runs : stretches to draw, and whether a ferry sails each
    letter : where its letter goes; None where there is no room
    """

    label: str
    style: OptionStyle
    width_pt: float
    x: Floats
    y: Floats
    runs: tuple[tuple[slice, bool], ...]
    letter: tuple[float, float] | None

    def points(self) -> Floats:
        """All that is drawn of the line, shape (points, 2) in metres."""
        return np.concatenate([np.column_stack([self.x[points], self.y[points]]) for points, _ in self.runs])

    def point(self, index: int) -> tuple[float, float]:
        """One point of the line."""
        return float(self.x[index]), float(self.y[index])


def build_lines(ways: MapWays, sheet: Sheet) -> list[DrawnLine]:
    """The line of every option, moved to its lane; lanes get narrower where many options share a road."""
    share = lane_scale(ways.tracks) * sheet.sizes.marks_share
    return [build_line(label, ways, sheet, share=share) for label in ways.tracks]


def with_letters(
    lines: Sequence[DrawnLine], ways: MapWays, sheet: Sheet, *, kept_free: Sequence[Box]
) -> list[DrawnLine]:
    """The lines with their letters, none of which touches the boxes kept free, in points on paper."""
    boxes = [box.grown(LETTER_HALF_PT * sheet.sizes.marks_share) for box in kept_free]
    barred = {}
    for line in lines:
        points = sheet.in_points(line.x, line.y)
        barred[line.label] = np.any([box.holding(points) for box in boxes] or [np.zeros(len(points), bool)], axis=0)
    letters = letter_indices(ways.assessment.all_options, ways.tracks, barred=barred)
    return [replace(line, letter=line.point(letters[line.label])) for line in lines]


def build_line(label: str, ways: MapWays, sheet: Sheet, *, share: float) -> DrawnLine:
    """One option in its lane, without a letter yet; `share` is that of the full width of line and lane."""
    track, style = ways.tracks[label], ways.styles[label]
    offset_m = track.lane * LANE_PT * share * sheet.metres_per_pt
    x, y = shifted_right(*sheet.frame.project(track.lon, track.lat), offset_m)
    width_pt = share * (OPEN_WIDTH_PT if style.is_open else CLOSED_WIDTH_PT)
    return DrawnLine(label, style, width_pt, x, y, tuple(track.runs()), None)


def draw_lines(axes: Axes, lines: Sequence[DrawnLine], sheet: Sheet, *, spots: Floats) -> None:
    """Draw all options, the best one on top, with signs of their direction, then their letters.

    Parameters
    ----------
    spots : (spots, 3) middles and radii, in points on paper, of marks that no sign may touch
    """
    for place, line in enumerate(reversed(lines)):
        with marked(axes, line.label):
            _draw_line(axes, line, zorder=5 + place / 100)
    _draw_directions(axes, lines, sheet, np.concatenate([spots, letter_spots(lines, sheet)]))
    for line in lines:
        if line.letter is not None:
            with marked(axes, line.label):
                _draw_letter(axes, line, *line.letter, size_pt=sheet.sizes.letters_pt)


def letter_spots(lines: Sequence[DrawnLine], sheet: Sheet) -> Floats:
    """Middles and radii of letters in points on paper, shape (letters, 3)."""
    letters = [line.letter for line in lines if line.letter is not None]
    at = np.array(letters).reshape(-1, 2) / sheet.metres_per_pt
    return np.column_stack([at, np.full(len(at), LETTER_HALF_PT * sheet.sizes.marks_share)])


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


def _draw_directions(axes: Axes, lines: Sequence[DrawnLine], sheet: Sheet, spots: Floats) -> None:
    """Draw arrowheads along the options, above all lines; the best option chooses first where."""
    overhang_pt = OVERHANG_PT * sheet.sizes.marks_share
    for line in lines:
        places = np.zeros((0, 4))
        for points, _ in line.runs:
            found = arrow_places(sheet.in_points(line.x[points], line.y[points]), spots)
            places, spots = np.concatenate([places, found]), np.concatenate([spots, arrow_spots(found)])
        if len(places):
            outlines = arrow_outlines(places, half_width_pt=line.width_pt / 2 + overhang_pt)
            with marked(axes, line.label):
                draw_arrows(axes, outlines * sheet.metres_per_pt, color=line.style.color, edge=HALO, zorder=5.9)


def _draw_letter(axes: Axes, line: DrawnLine, x: float, y: float, *, size_pt: float) -> None:
    color = line.style.color
    circle = {"boxstyle": "circle,pad=0.22", "facecolor": color, "edgecolor": HALO, "linewidth": 1.2}
    axes.text(
        x, y, line.label, size=size_pt, weight="bold", color=ink_on(color), ha="center", va="center",
        bbox=circle, zorder=9,
    )  # fmt: skip
