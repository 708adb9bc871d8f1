"""Where names go on a map or chart so that they cover neither each other nor the marks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

DIRECTIONS = ((1.0, 0.0), (-1.0, 0.0), (0.0, 1.0), (0.0, -1.0), (0.8, 0.8), (-0.8, 0.8), (0.8, -0.8), (-0.8, -0.8))
"""Sides of a mark on which its name is tried, best first."""

GAPS = (3.0, 11.0, 22.0, 36.0)
"""Distances between mark and name that are tried, in the unit of the plane."""

AREA_SHIFTS = tuple((float(x), float(y)) for y in (0, 14, -14, 28, -28) for x in (0, 18, -18, 40, -40))
"""Shifts of a country's name from its middle that are tried."""

COVERED_POINT_COST = 6.0
"""How much a covered point of a line counts against a place, in units of distance."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark that wants a name beside it; all lengths in the unit of the plane (pixels or points).

    Parameters
    ----------
    x, y, radius : the mark; width, height : of its name
    is_area : whether the name goes onto the mark, as for a country, not beside it
    reach : how far from the mark its name may stand
    """

    x: float
    y: float
    radius: float
    width: float
    height: float
    is_area: bool = False
    reach: float = 40.0


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle."""

    west: float
    south: float
    east: float
    north: float

    def overlaps(self, other: Box) -> bool:
        """Whether two rectangles share an area."""
        return (
            self.west < other.east and other.west < self.east and self.south < other.north and other.south < self.north
        )

    def lies_in(self, other: Box) -> bool:
        """Whether the rectangle is wholly inside another one."""
        return (
            other.west <= self.west
            and self.east <= other.east
            and other.south <= self.south
            and self.north <= other.north
        )

    def count_inside(self, points: Floats) -> int:
        """How many of `points` (points, 2) it covers."""
        x, y = points[:, 0], points[:, 1]
        return int(np.sum((x > self.west) & (x < self.east) & (y > self.south) & (y < self.north)))


def place_names(marks: Sequence[Mark], *, window: Box, avoid: Sequence[Box], lines: Floats) -> list[Box | None]:
    """A box for the name of each mark, in order of the marks: the first ones choose first.

    Parameters
    ----------
    window : names stay inside
    avoid : boxes no name may touch; the marks themselves are avoided as well
    lines : (points, 2) points of lines, avoided where possible

    Returns
    -------
    list
        None where a name finds no room.
    """
    taken = [*avoid, *(_mark_box(mark) for mark in marks)]
    boxes: list[Box | None] = []
    for mark in marks:
        box = _best_box(mark, window, taken, lines)
        boxes.append(box)
        if box is not None:
            taken.append(box)
    return boxes


def _mark_box(mark: Mark) -> Box:
    half = 0.0 if mark.is_area else mark.radius
    return Box(mark.x - half, mark.y - half, mark.x + half, mark.y + half)


def _best_box(mark: Mark, window: Box, taken: Sequence[Box], lines: Floats) -> Box | None:
    best: Box | None = None
    least = float("inf")
    for box, cost in _candidates(mark):
        if box.lies_in(window) and not any(box.overlaps(other) for other in taken):
            covered = COVERED_POINT_COST * box.count_inside(lines)
            best, least = (box, cost + covered) if cost + covered < least else (best, least)
    return best


def _candidates(mark: Mark) -> Iterator[tuple[Box, float]]:
    if mark.is_area:
        for right, up in AREA_SHIFTS:
            yield _box_around(mark, mark.x + right, mark.y + up), float(abs(right) + abs(up))
        return
    for gap in (gap for gap in GAPS if gap <= mark.reach):
        for rank, (right, up) in enumerate(DIRECTIONS):
            reach = mark.radius + gap
            middle_x = mark.x + right * (reach + mark.width / 2)
            middle_y = mark.y + up * (reach + mark.height / 2)
            yield _box_around(mark, middle_x, middle_y), gap + 0.3 * rank


def _box_around(mark: Mark, x: float, y: float) -> Box:
    return Box(x - mark.width / 2, y - mark.height / 2, x + mark.width / 2, y + mark.height / 2)
