"""At which value of a number two options cost the same on average (model.md 5.6)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import inf, log
from typing import TYPE_CHECKING, Any

import numpy as np

from corridor.analysis.assessment import Assessment
from corridor.futures.asked import Asked, drawn_values, find_asked, list_asked, with_values
from corridor.futures.factors import Factors
from corridor.futures.outcomes import draw_outcomes
from corridor.futures.pairs import Floats, Pair, find_pair, scenario_factors
from corridor.futures.switches import GRID_POINTS, Line, Switch, trace_line

if TYPE_CHECKING:
    import pandas as pd

NO_EFFECT_USD = 0.5
"""A number that moves the gap by less than this over its whole range does not move it."""

LIKELY_SHARES = (0.1, 0.9)
"""Shares of the futures below the ends of what is likely: P10 and P90."""


@dataclass(frozen=True, slots=True)
class BreakEven:
    """How far a number would have to move before two options change places.

    Parameters
    ----------
    labels, closed : of options A and B, and of those of them that are closed on the day
    futures : over which the gap is a mean
    line : the gap over the range, and where it changes its sign
    best_there : label of the best of all open options at each switch; another may have overtaken both
    spread : standard deviation of what is not known about the number, in its unit; 0 where nothing is drawn
    likely : P10 and P90 of what is not known about it; None where nothing is drawn
    """

    asked: Asked
    labels: tuple[str, str]
    closed: tuple[str, ...]
    futures: int
    line: Line
    best_there: tuple[str, ...]
    spread: float
    likely: tuple[float, float] | None

    @property
    def switches(self) -> tuple[Switch, ...]:
        """Values at which the order changes: those in the range, or where there are none the nearest beyond."""
        return self.line.switches

    @property
    def nearest(self) -> Switch | None:
        """The switch nearest to the value as it is."""
        return min(self.switches, key=lambda switch: abs(switch.value - self.asked.value), default=None)

    @property
    def has_effect(self) -> bool:
        """Whether the number moves the gap over its range."""
        return max(self.line.gaps_usd) - min(self.line.gaps_usd) > NO_EFFECT_USD

    @property
    def better_now(self) -> str:
        """Label of the option with the lower mean while the number is as it is."""
        return self.labels[0] if self.line.gap_usd < 0 else self.labels[1]

    def overtaken_by(self, switch: Switch) -> str:
        """Label of a third option that is better than both at a switch; empty where there is none."""
        best = self.best_there[self.switches.index(switch)]
        return "" if best in self.labels else best

    def distance_sd(self, switch: Switch) -> float | None:
        """How far a switch is, in standard deviations of what is not known; None where nothing is drawn."""
        return abs(switch.value - self.asked.value) / self.spread if self.spread else None

    def is_likely(self, switch: Switch) -> bool | None:
        """Whether a switch lies between P10 and P90 of the number; None where nothing is drawn."""
        return self.likely[0] <= switch.value <= self.likely[1] if self.likely else None

    def to_frame(self) -> pd.DataFrame:
        """One row per switch, its value in the unit of the column `unit`; one row without a value where none is."""
        return break_evens_frame([self])

    def line_frame(self) -> pd.DataFrame:
        """One row per point looked at: the value in `unit`, and the mean gap in USD."""
        import pandas as pd

        asked, line = self.asked, self.line
        return pd.DataFrame({"key": asked.key, "unit": asked.unit, "value": line.values, "gap_usd": line.gaps_usd})


@dataclass(frozen=True, slots=True)
class BreakEvenTable:
    """Break-evens of several numbers of the same two options; `closed` are those of them that are closed on the day."""

    labels: tuple[str, str]
    closed: tuple[str, ...]
    rows: tuple[BreakEven, ...]

    def to_frame(self) -> pd.DataFrame:
        """One row per number and switch; a number without a switch has one row without a value."""
        return break_evens_frame(self.rows)


def find_break_even(
    assessment: Assessment,
    key: str,
    *,
    between: tuple[str, str] | None = None,
    low: float | None = None,
    high: float | None = None,
) -> BreakEven:
    """At which value of a number the mean generalised cost of two options is the same, in the same futures.

    Parameters
    ----------
    key : as in overrides, or the end of one where that is unambiguous; see `find_asked`
    between : labels of A and B; else the best option and the best on other roads
    low, high : range of the question; else the evidence's, else a tenth to ten times the value

    Notes
    -----
    theta* with E[G_A(theta) - G_B(theta)] = 0. Where hours do not depend on theta the gap is a straight line and
    theta* = theta_0 - D_0 / slope; else drivers' rest puts steps into it, and every change of sign between 33 points
    is bisected.
    """
    pair = find_pair(assessment, between)
    asked = find_asked(key, pair, low=low, high=high)
    return _Solver(assessment, pair).solve(asked, points=GRID_POINTS, is_thorough=True)


def find_break_evens(assessment: Assessment, *, between: tuple[str, str] | None = None) -> BreakEvenTable:
    """Break-evens of all numbers that two options rest on, the nearest first; numbers without one are left out.

    Parameters
    ----------
    between : labels of A and B; else the best option and the best on other roads
    """
    pair = find_pair(assessment, between)
    table = solve_numbers(assessment, pair, list_asked(pair))
    return replace(table, rows=tuple(sorted((row for row in table.rows if row.switches), key=_remoteness)))


def solve_numbers(assessment: Assessment, pair: Pair, numbers: Sequence[Asked]) -> BreakEvenTable:
    """Break-evens of some numbers in their order, those without one among them.

    Notes
    -----
    Looks at both ends of the range of each, at its middle and at the value itself: a number that changes the order
    twice on one side is missed.
    """
    solver = _Solver(assessment, pair)
    rows = tuple(solver.solve(asked, points=3, is_thorough=False) for asked in numbers)
    return BreakEvenTable(pair.labels, pair.closed, rows)


@dataclass(frozen=True)
class _Solver:
    """Solves for one number after the other in the same futures."""

    assessment: Assessment
    pair: Pair

    def solve(self, asked: Asked, *, points: int, is_thorough: bool) -> BreakEven:
        line = trace_line(self.pair, asked, self._factors, points=points, is_thorough=is_thorough)
        best_there = tuple(self._best_at(asked, switch.value) for switch in line.switches)
        drawn = drawn_values(asked, self.pair, self._known)
        return BreakEven(
            asked=asked,
            labels=self.pair.labels,
            closed=self.pair.closed,
            futures=line.futures,
            line=line,
            best_there=best_there,
            spread=0.0 if drawn is None else float(drawn.std()),
            likely=None if drawn is None else _likely(drawn),
        )

    def _best_at(self, asked: Asked, value: float) -> str:
        options = self.assessment.options or (self.pair.a, self.pair.b)
        scenario, factors = with_values(self.assessment.scenario, self._factors, {asked: value})
        outcomes = draw_outcomes(options, factors, scenario)
        return outcomes.labels[int(outcomes.generalised_usd.mean(axis=0).argmin())]

    @cached_property
    def _factors(self) -> Factors:
        return scenario_factors(self.assessment, has_luck=True)

    @cached_property
    def _known(self) -> Factors:
        return scenario_factors(self.assessment, has_luck=False)


def _likely(drawn: Floats) -> tuple[float, float]:
    low, high = np.quantile(drawn, LIKELY_SHARES)
    return float(low), float(high)


def _remoteness(found: BreakEven) -> tuple[float, float, str]:
    """Standard deviations to the nearest switch; numbers that are not drawn come last, by their multiple."""
    switch = found.nearest
    if switch is None:
        return inf, inf, found.asked.key
    distance = found.distance_sd(switch)
    if distance is not None:
        return distance, 0.0, found.asked.key
    ratio = abs(log(switch.value / found.asked.value)) if switch.value > 0 and found.asked.value else inf
    return inf, ratio, found.asked.key


def break_evens_frame(found: Iterable[BreakEven]) -> pd.DataFrame:
    """One row per number and switch; a number without a switch has one row without a value."""
    import pandas as pd

    rows = [_frame_row(each, switch) for each in found for switch in (each.switches or (None,))]
    return pd.DataFrame(rows)


def _frame_row(found: BreakEven, switch: Switch | None) -> dict[str, Any]:
    asked = found.asked
    return {
        "key": asked.key,
        "label": asked.label,
        "unit": asked.unit,
        "a": found.labels[0],
        "b": found.labels[1],
        "value_now": asked.value,
        "low": asked.low,
        "high": asked.high,
        "p10": found.likely[0] if found.likely else None,
        "p90": found.likely[1] if found.likely else None,
        "gap_usd": found.line.gap_usd,
        "switch_value": switch.value if switch else None,
        "better_below": switch.better_below if switch else None,
        "better_above": switch.better_above if switch else None,
        "is_inside": switch.is_inside if switch else None,
        "is_likely": found.is_likely(switch) if switch else None,
        "distance_sd": found.distance_sd(switch) if switch else None,
        "switch_error": switch.error if switch else None,
        "overtaken_by": found.overtaken_by(switch) if switch else None,
    }
