"""The options inside an inset: the stretches that it shows, in lanes of its scale, and letters where one is alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from scipy.spatial import KDTree

from corridor.report.background import Floats
from corridor.report.label_places import Box
from corridor.report.map_lines import LETTER_HALF_PT, DrawnLine, MapWays, build_line, letter_spots
from corridor.report.map_sheet import Sheet
from corridor.report.tracks import Bools, Track, lane_scale

BEYOND_PT = 12.0
"""Lines are drawn this far beyond the window, which cuts them: a step of a track or two."""

CLEAR_PT = 3.0
"""Least room between a letter and the line of another option, a mark, or the edge of the window."""


def build_inset_lines(ways: MapWays, sheet: Sheet) -> list[DrawnLine]:
    """Each option that the window shows, without a letter yet."""
    shown = {label: _is_shown(track, sheet) for label, track in ways.tracks.items()}
    lanes = {label: replace(track, lane=track.lane * shown[label]) for label, track in ways.tracks.items()}
    share = lane_scale(lanes) * sheet.sizes.marks_share
    whole = [build_line(label, ways, sheet, share=share) for label, inside in shown.items() if inside.any()]
    cut = [replace(line, runs=tuple(_runs_inside(line, shown[line.label]))) for line in whole]
    return [line for line in cut if line.runs]


def _is_shown(track: Track, sheet: Sheet) -> Bools:
    """Which points of a track the window shows, shape (points,)."""
    points = sheet.in_points(*sheet.frame.project(track.lon, track.lat))
    return sheet.window.grown(BEYOND_PT).holding(points)


def _runs_inside(line: DrawnLine, inside: Bools) -> Iterator[tuple[slice, bool]]:
    """The parts of a line's runs that the window shows."""
    for points, is_sea in line.runs:
        edges = np.flatnonzero(np.diff(np.concatenate([[False], inside[points], [False]]).astype(int)))
        for start, end in (points.start + edges.reshape(-1, 2)).tolist():
            if end - start > 1:
                yield slice(start, end), is_sea


def with_own_letters(
    lines: Sequence[DrawnLine], sheet: Sheet, *, spots: Floats, boxes: Sequence[Box]
) -> list[DrawnLine]:
    """The lines, each with its letter where a stretch of its own has room for one.

    Parameters
    ----------
    spots : (spots, 3) middles and radii of marks, in points on paper
    boxes : of names, likewise
    """
    lettered: list[DrawnLine] = []
    for line in lines:
        others = np.concatenate([other.points() for other in lines if other is not line] or [np.zeros((0, 2))])
        taken = np.concatenate([spots, letter_spots(lettered, sheet)])
        points = sheet.in_points(line.x, line.y)
        room_pt = np.minimum(_room_pt(points, others / sheet.metres_per_pt, taken, sheet.window), _off(points, boxes))
        at = int(np.argmax(room_pt))
        has_room = room_pt[at] >= LETTER_HALF_PT * sheet.sizes.marks_share + CLEAR_PT
        lettered.append(replace(line, letter=line.point(at)) if has_room else line)
    return lettered


def _room_pt(points: Floats, others: Floats, spots: Floats, window: Box) -> Floats:
    """How far each point of a line is from the edge of the window, other lines and marks; less than 0 outside."""
    x, y = points.T
    room_pt = np.minimum.reduce([x - window.west, window.east - x, y - window.south, window.north - y])
    if len(others):
        room_pt = np.minimum(room_pt, KDTree(others).query(points)[0])
    apart = np.hypot(x[:, None] - spots[:, 0], y[:, None] - spots[:, 1]) - spots[:, 2]
    return np.asarray(np.minimum(room_pt, apart.min(axis=1, initial=np.inf)))


def _off(points: Floats, boxes: Sequence[Box]) -> Floats:
    """How far each point is from the nearest box; 0 inside."""
    edges = np.array([(box.west, box.south, box.east, box.north) for box in boxes]).reshape(-1, 4)
    x, y = points[:, :1], points[:, 1:]
    beside = np.maximum.reduce([edges[:, 0] - x, x - edges[:, 2], np.zeros((len(points), len(edges)))])
    above = np.maximum.reduce([edges[:, 1] - y, y - edges[:, 3], np.zeros((len(points), len(edges)))])
    return np.asarray(np.hypot(beside, above).min(axis=1, initial=np.inf))
