"""Where two options cost the same on average as two numbers move at once (model.md 5.6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from corridor.analysis.assessment import Assessment
from corridor.errors import ScenarioError
from corridor.futures.asked import Asked, find_asked, gap_at_usd
from corridor.futures.factors import Factors
from corridor.futures.pairs import Floats, Pair, find_pair, scenario_factors
from corridor.futures.switches import grid_points

if TYPE_CHECKING:
    import pandas as pd

GRID_SIZE = 17
Points = tuple[tuple[float, float], ...]


@dataclass(frozen=True, eq=False)
class Indifference:
    """The mean gap between two options over a grid of two numbers.

    Parameters
    ----------
    x, y : the numbers, each with its value, unit and range
    x_values, y_values : (points,) of the grid, in the units of the numbers
    gaps_usd : (y points, x points) mean generalised cost of A less B; below 0 A is the better one
    contours : lines of points (x, y) on which both cost the same; none where one is better everywhere
    """

    x: Asked
    y: Asked
    labels: tuple[str, str]
    closed: tuple[str, ...]
    futures: int
    x_values: Floats
    y_values: Floats
    gaps_usd: Floats
    contours: tuple[Points, ...]

    @property
    def share_of_a(self) -> float:
        """Share of the grid's points at which A is the better one, 0 to 1."""
        return float(np.mean(self.gaps_usd < 0))

    def to_frame(self) -> pd.DataFrame:
        """One row per point of the grid: both values, in the units that the columns name, and the mean gap in USD."""
        import pandas as pd

        x, y = np.meshgrid(self.x_values, self.y_values)
        return pd.DataFrame(
            {
                self.x.column: x.ravel(),
                self.y.column: y.ravel(),
                "gap_usd": self.gaps_usd.ravel(),
                "better": np.where(self.gaps_usd.ravel() < 0, *self.labels),
            }
        )


def find_indifference(
    assessment: Assessment,
    keys: Sequence[str],
    *,
    between: tuple[str, str] | None = None,
    tops: tuple[float, float] | None = None,
    size: int = GRID_SIZE,
) -> Indifference:
    """The mean gap between two options over two numbers, and the line on which they cost the same.

    Parameters
    ----------
    keys : of the two numbers, x first; as for `find_break_even`
    tops : greatest values to look at, from 0 up; else both ranges are those of `find_asked`
    size : points of each side of the grid

    Raises
    ------
    ScenarioError
        Not two different numbers, or one that cannot be solved for.
    """
    pair = find_pair(assessment, between)
    ranges = [(0.0, top) for top in tops] if tops else [(None, None)] * len(keys)
    asked = [find_asked(key, pair, low=low, high=high) for key, (low, high) in zip(keys, ranges, strict=True)]
    if len({each.key for each in asked}) != 2 or len(asked) != 2:
        raise ScenarioError(f"indifference: expected two different numbers, got {', '.join(keys)}. Name two.")
    factors = scenario_factors(assessment, has_luck=True)
    x, y = asked
    x_values, y_values = (np.array(grid_points(each.low, each.high, size)) for each in asked)
    gaps_usd = _gaps_usd(pair, factors, (x, x_values), (y, y_values))
    contours = zero_contours(x_values, y_values, gaps_usd)
    return Indifference(x, y, pair.labels, pair.closed, factors.uniforms.n, x_values, y_values, gaps_usd, contours)


def _gaps_usd(pair: Pair, factors: Factors, x: tuple[Asked, Floats], y: tuple[Asked, Floats]) -> Floats:
    """Mean gaps, shape (y points, x points).

    Notes
    -----
    Along a number on which no hours depend the gap is a straight line, which its two ends give.
    """
    (x_asked, x_values), (y_asked, y_values) = x, y
    x_used = x_values if x_asked.moves_hours else x_values[[0, -1]]
    y_used = y_values if y_asked.moves_hours else y_values[[0, -1]]
    coarse = np.array(
        [
            [float(gap_at_usd(pair, factors, {x_asked: x_at, y_asked: y_at}).mean()) for x_at in x_used.tolist()]
            for y_at in y_used.tolist()
        ]
    )
    along_x = np.stack([np.interp(x_values, x_used, row) for row in coarse])
    return np.stack([np.interp(y_values, y_used, column) for column in along_x.T], axis=1)


def zero_contours(x_values: Floats, y_values: Floats, gaps_usd: Floats) -> tuple[Points, ...]:
    """Lines on which a grid of numbers passes 0, each as its points.

    Examples
    --------
    >>> x = np.array([0.0, 1.0])
    >>> zero_contours(x, x, np.array([[-1.0, 1.0], [-1.0, 1.0]]))
    (((0.5, 1.0), (0.5, 0.0)),)
    """
    from contourpy import LineType, contour_generator

    generator = contour_generator(x_values, y_values, gaps_usd, line_type=LineType.Separate)
    lines = [np.asarray(line) for line in generator.lines(0.0)]
    return tuple(tuple((float(x), float(y)) for x, y in line) for line in lines)
