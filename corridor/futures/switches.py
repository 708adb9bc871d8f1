"""Where the mean gap between two options changes its sign as one number moves: a straight line, or a bracketed one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import sqrt

import numpy as np

from corridor.futures.asked import Asked, gap_at_usd
from corridor.futures.factors import Factors
from corridor.futures.pairs import Pair

GRID_POINTS = 33
BEYOND = 100.0
"""Where nothing in the range changes the order, a hundredth of its low to a hundred times its high is tried."""

TOLERANCES = {"h": 0.1, "USD": 1.0}
"""Width at which bisection stops, by unit; a thousandth of the middle in other units."""

GapOf = Callable[[float], float]
"""Mean gap in USD at a value of the number."""


@dataclass(frozen=True, slots=True)
class Switch:
    """A value at which the order of two options changes.

    Parameters
    ----------
    value : in the unit of the number
    better_below, better_above : labels of the options
    is_inside : whether it is in the range asked about
    error : standard error that the draws leave, in the unit of the number
    """

    value: float
    better_below: str
    better_above: str
    is_inside: bool
    error: float


@dataclass(frozen=True, slots=True)
class Line:
    """The mean gap A less B in USD over a range of one number.

    Parameters
    ----------
    gap_usd, error_usd : with the number as it is, and its standard error over the futures
    is_straight : whether the gap is an affine function of the number
    """

    futures: int
    gap_usd: float
    error_usd: float
    is_straight: bool
    values: tuple[float, ...]
    gaps_usd: tuple[float, ...]
    switches: tuple[Switch, ...]


def trace_line(pair: Pair, asked: Asked, factors: Factors, *, points: int, is_thorough: bool) -> Line:
    """The mean gap over the range of a number, and where it changes its sign.

    Parameters
    ----------
    points : of the grid over the range, ends included
    is_thorough : whether to look beyond the range where nothing in it changes the order
    """
    gap_now = gap_at_usd(pair, factors, {asked: asked.value})
    gap_usd, error_usd = float(gap_now.mean()), float(gap_now.std() / sqrt(len(gap_now)))
    gap_of: GapOf = cache(lambda value: float(gap_at_usd(pair, factors, {asked: value}).mean()))
    values = grid_points(asked.low, asked.high, points)
    if asked.moves_hours:
        roots = bracketed_roots(gap_of, values, asked.unit)
        if not roots and is_thorough:
            roots = _roots_beyond(gap_of, asked)
    else:
        gap_of = _straight(gap_of, asked, gap_usd)
        root = straight_root(gap_of, asked.value, asked.least, asked.most)
        roots = [] if root is None else [root]
        if not is_thorough:
            roots = [root for root in roots if asked.low <= root <= asked.high]
    switches = tuple(_switch(pair, asked, gap_of, root, error_usd) for root in roots)
    gaps_usd = tuple(map(gap_of, values))
    return Line(len(gap_now), gap_usd, error_usd, not asked.moves_hours, values, gaps_usd, switches)


def grid_points(low: float, high: float, count: int) -> tuple[float, ...]:
    """Points from low to high in equal ratios, or in equal steps where low is 0.

    Examples
    --------
    >>> grid_points(1.0, 100.0, 3), grid_points(0.0, 100.0, 3)
    ((1.0, 10.0, 100.0), (0.0, 50.0, 100.0))
    """
    points = np.geomspace(low, high, count) if low > 0 else np.linspace(low, high, count)
    return tuple(points.tolist())


def straight_root(gap_of: GapOf, value: float, least: float, most: float) -> float | None:
    """Where a straight line through 0 passes, theta_0 - D_0 / slope; None where it is flat or passes out of bounds."""
    step = value or 1.0
    gap_usd = gap_of(value)
    slope = (gap_of(value + step) - gap_usd) / step
    if abs(slope * step) < FLAT_USD:
        return None
    root = value - gap_usd / slope
    return root if least <= root <= most else None


FLAT_USD = 1e-6
"""A line that moves by less than this when the number doubles is flat: what is left is noise of the arithmetic."""


def bracketed_roots(gap_of: GapOf, values: Sequence[float], unit: str) -> list[float]:
    """Every change of sign between neighbouring points, bisected to the tolerance of the unit."""
    return [
        _bisected(gap_of, low, high, TOLERANCES.get(unit, abs(low + high) / 2000))
        for low, high in pairwise(values)
        if (gap_of(low) < 0) != (gap_of(high) < 0)
    ]


def _bisected(gap_of: GapOf, low: float, high: float, tolerance: float) -> float:
    is_negative_at_low = gap_of(low) < 0
    while high - low > tolerance:
        middle = (low + high) / 2
        if (gap_of(middle) < 0) == is_negative_at_low:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _straight(gap_of: GapOf, asked: Asked, gap_usd: float) -> GapOf:
    """The line through the gap as it is and that at another value."""
    step = asked.value or 1.0
    slope = (gap_of(asked.value + step) - gap_usd) / step
    return lambda value: gap_usd + slope * (value - asked.value)


def _roots_beyond(gap_of: GapOf, asked: Asked) -> list[float]:
    """The change of sign nearest to the range on each side of it."""
    below = grid_points(max(asked.low / BEYOND, asked.least), asked.low, GRID_POINTS)
    above = grid_points(asked.high, min(asked.high * BEYOND, asked.most), GRID_POINTS)
    return [
        *bracketed_roots(gap_of, below, asked.unit)[-1:],
        *bracketed_roots(gap_of, above, asked.unit)[:1],
    ]


def _switch(pair: Pair, asked: Asked, gap_of: GapOf, root: float, error_usd: float) -> Switch:
    """The switch at a root; its error is that of the gap over the slope around it."""
    width = max(abs(root) * 0.05, TOLERANCES.get(asked.unit, 0.0))
    below, above = gap_of(max(root - width, 0.0)), gap_of(root + width)
    slope = abs(above - below) / (2 * width)
    return Switch(
        value=root,
        better_below=pair.better(below),
        better_above=pair.better(above),
        is_inside=asked.low <= root <= asked.high,
        error=error_usd / slope if slope else float("inf"),
    )
