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

FAR_GAPS = (48.0, 62.0, 78.0)
"""The same where none of those leaves room, for names that may stand as far from their marks."""

AREA_SHIFTS = tuple((float(x), float(y)) for y in (0, 14, -14, 28, -28) for x in (0, 18, -18, 40, -40))
"""Shifts of a country's name from its middle that are tried."""

COVERED_POINT_COST = 6.0
"""How much a covered point of a line counts against a place, in units of distance."""

CROSSED_COST = 30.0
"""The same for a name, a mark or a line to a name that a name or the line to it crosses."""

LEADER_STEP = 2.0
"""Between two points of a line to a name that are looked at."""

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

    def grown(self, by: float) -> Box:
        """The rectangle with a margin around it."""
        return Box(self.west - by, self.south - by, self.east + by, self.north + by)

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies in the rectangle."""
        return self.west < x < self.east and self.south < y < self.north

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
        return int(np.sum(self.holding(points)))

    def holding(self, points: Floats) -> NDArray[np.bool_]:
        """Which of `points` (points, 2) lie in it, shape (points,)."""
        x, y = points[:, 0], points[:, 1]
        return (x > self.west) & (x < self.east) & (y > self.south) & (y < self.north)


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
    leaders = np.zeros((0, 2))
    boxes: list[Box | None] = []
    for mark in marks:
        page = _Page(window, taken, lines, leaders)
        box = _best_box(mark, page, GAPS) or _best_box(mark, page, FAR_GAPS)
        boxes.append(box)
        if box is not None:
            taken.append(box)
            leaders = np.concatenate([leaders, _leader(mark, box)])
    return boxes


@dataclass(frozen=True, slots=True)
class _Page:
    """Where names go: boxes that none may touch, and points of lines and of lines to names that none should cover."""

    window: Box
    taken: Sequence[Box]
    lines: Floats
    leaders: Floats


def _mark_box(mark: Mark) -> Box:
    half = 0.0 if mark.is_area else mark.radius
    return Box(mark.x - half, mark.y - half, mark.x + half, mark.y + half)


def _best_box(mark: Mark, page: _Page, gaps: Sequence[float]) -> Box | None:
    best: Box | None = None
    least = float("inf")
    for box, distance in _candidates(mark, gaps):
        if box.lies_in(page.window) and not any(box.overlaps(other) for other in page.taken):
            cost = distance + COVERED_POINT_COST * box.count_inside(page.lines)
            if cost < least:
                cost += CROSSED_COST * _crossings(mark, box, page)
            best, least = (box, cost) if cost < least else (best, least)
    return best


def _crossings(mark: Mark, box: Box, page: _Page) -> int:
    """How many names and marks the line from a mark to its name crosses; one more if the name is on such a line."""
    leader = _leader(mark, box)
    crossed = int(box.count_inside(page.leaders) > 0)
    if not len(leader):
        return crossed
    around = Box(*leader.min(axis=0), *leader.max(axis=0)).grown(LEADER_STEP)
    near = [other for other in page.taken if other.overlaps(around) and not other.holds(mark.x, mark.y)]
    return crossed + sum(other.count_inside(leader) > 0 for other in near)


def _leader(mark: Mark, box: Box) -> Floats:
    """Points of the line from a mark to its name, shape (points, 2); none where the name is beside it."""
    x, y = np.clip(mark.x, box.west, box.east), np.clip(mark.y, box.south, box.north)
    length = float(np.hypot(x - mark.x, y - mark.y))
    if mark.is_area or length <= mark.radius + GAPS[0] + 1e-6:
        return np.zeros((0, 2))
    share = np.arange(mark.radius, length, LEADER_STEP) / length
    return np.column_stack([mark.x + share * (x - mark.x), mark.y + share * (y - mark.y)])


def _candidates(mark: Mark, gaps: Sequence[float]) -> Iterator[tuple[Box, float]]:
    if mark.is_area:
        for right, up in AREA_SHIFTS:
            yield _box_around(mark, mark.x + right, mark.y + up), float(abs(right) + abs(up))
        return
    for gap in (gap for gap in gaps if gap <= mark.reach):
        for rank, (right, up) in enumerate(DIRECTIONS):
            reach = mark.radius + gap
            middle_x = mark.x + right * (reach + mark.width / 2)
            middle_y = mark.y + up * (reach + mark.height / 2)
            yield _box_around(mark, middle_x, middle_y), gap + 0.3 * rank


def _box_around(mark: Mark, x: float, y: float) -> Box:
    return Box(x - mark.width / 2, y - mark.height / 2, x + mark.width / 2, y + mark.height / 2)
