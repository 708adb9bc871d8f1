"""Arrowheads along a line that point the way trucks go."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from numpy.typing import NDArray

from corridor.report.background import Floats
from corridor.report.tracks import Bools

EVERY_PT = 72.0
"""Least length of line from one arrowhead to the next, in points on paper."""

APART_PT = 26.0
"""Least distance between arrowheads of different lines: side by side, lines take turns."""

STEP_PT = 3.0
"""Between two places on a line that are tried."""

FROM_END_PT = 9.0
"""Least length of line before the first and behind the last arrowhead of a stretch."""

REACH_PT = 3.0
"""Half the length of line that gives an arrowhead its direction."""

STRAIGHT_SHARE = 0.96
"""Where the way between the ends of that length is less than this share of it, the line bends too much for one."""

GAP_PT = 2.0
"""Between an arrowhead and a mark."""

OVERHANG_PT = 2.1
"""How far an arrowhead stands out on each side of its line: inside a line of three points none is seen in print."""

EDGE_PT = 0.7
OUTLINE = np.array([(-0.9, 1.0), (1.1, 0.0), (-0.9, -1.0), (-0.45, 0.0), (-0.9, 1.0)])
"""An arrowhead that points east, in half widths: tail, tip, tail, notch and back."""


def arrow_places(line: Floats, spots: Floats) -> Floats:
    """Where arrowheads stand on a line, and where they point: x, y and the unit vector along it, shape (arrows, 4).

    Parameters
    ----------
    line : (points, 2) in points on paper, in the order of travel
    spots : (spots, 3) middles and radii of marks; no arrowhead touches them

    Examples
    --------
    >>> arrow_places(np.array([(0.0, 0.0), (80.0, 0.0)]), np.zeros((0, 3))).tolist()  # eastbound
    [[9.0, 0.0, 1.0, 0.0]]
    """
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))])
    at = np.arange(FROM_END_PT, along[-1] - FROM_END_PT, STEP_PT)
    step = _points_at(at + REACH_PT, along, line) - _points_at(at - REACH_PT, along, line)
    length = np.hypot(*step.T)
    middle = _points_at(at, along, line)
    free = (length > STRAIGHT_SHARE * 2 * REACH_PT) & _is_free(middle, spots)
    kept = _spaced(np.flatnonzero(free), at)
    return np.column_stack([middle[kept], step[kept] / length[kept, None]])


def _points_at(at: Floats, along: Floats, line: Floats) -> Floats:
    return np.column_stack([np.interp(at, along, line[:, axis]) for axis in (0, 1)])


def _is_free(middle: Floats, spots: Floats) -> Bools:
    """Which points are far enough from all marks, shape (points,)."""
    apart = middle[:, None, :] - spots[None, :, :2]
    return np.asarray((np.hypot(apart[..., 0], apart[..., 1]) > spots[:, 2] + REACH_PT + GAP_PT).all(axis=1))


def _spaced(free: NDArray[np.intp], at: Floats) -> list[int]:
    """The first of the free places, and each next one that is far enough along the line."""
    kept: list[int] = []
    for index in free.tolist():
        if not kept or at[index] - at[kept[-1]] >= EVERY_PT:
            kept.append(index)
    return kept


def arrow_spots(places: Floats) -> Floats:
    """What arrowheads keep other ones away from: middles and radii, shape (arrows, 3)."""
    return np.column_stack([places[:, :2], np.full(len(places), APART_PT - REACH_PT - GAP_PT)])


def arrow_outlines(places: Floats, *, half_width_pt: float) -> Floats:
    """The corners of each arrowhead in points on paper, shape (arrows, 5, 2)."""
    middle, along = places[:, None, :2], places[:, None, 2:]
    across = np.stack([-along[..., 1], along[..., 0]], axis=-1)
    return np.asarray(middle + half_width_pt * (OUTLINE[:, :1] * along + OUTLINE[:, 1:] * across))


def draw_arrows(axes: Axes, outlines: Floats, *, color: str, edge: str, zorder: float) -> None:
    """Draw arrowheads, (arrows, 5, 2) corners in the unit of the axes, as one path with a light edge."""
    codes = [Path.MOVETO, *[Path.LINETO] * (len(OUTLINE) - 2), Path.CLOSEPOLY] * len(outlines)
    shape = Path(outlines.reshape(-1, 2), codes)
    axes.add_patch(PathPatch(shape, facecolor=color, edgecolor=edge, linewidth=EDGE_PT, zorder=zorder))
