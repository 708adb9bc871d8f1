"""When one option beats another, as a rule of at most three conditions (model.md 5.9)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from corridor.futures.factors import Factors
from corridor.futures.pairs import Floats
from corridor.futures.variables import Variable

if TYPE_CHECKING:
    import pandas as pd

CONDITIONS_MAX = 3
VARIABLES_MAX = 8
"""The most influential ones; further ones only fit noise."""

BEAM = 20
"""Rules of one length that are carried on."""

QUANTILES = np.arange(1, 20) / 20

LEAST_GAIN = 0.01
"""A further condition must raise the score by this, or the shorter rule is kept."""

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Condition:
    """A variable above or below a round threshold, in its unit."""

    variable: Variable
    is_above: bool
    threshold: float


@dataclass(frozen=True, slots=True)
class Rule:
    """A box of futures in which one option mostly wins; all shares are of futures that were not used to find it.

    Parameters
    ----------
    winner, loser : labels
    conditions : empty where no rule says more than how often the option wins
    coverage : share of its wins that are inside; density : share of the futures inside that it wins
    win_share : share of all futures that it wins; inside_share : share of all futures that are inside
    """

    winner: str
    loser: str
    conditions: tuple[Condition, ...]
    coverage: float
    density: float
    win_share: float
    inside_share: float


def rules_frame(rules: Sequence[Rule]) -> pd.DataFrame:
    """One row per condition: variable, side and threshold in `unit`, with coverage and density of its rule."""
    import pandas as pd

    columns = ["winner", "loser", "variable", "label", "side", "threshold", "unit", "coverage", "density", "win_share"]
    rows = [
        (
            rule.winner, rule.loser, condition.variable.id, condition.variable.label,
            "above" if condition.is_above else "below", condition.threshold, condition.variable.unit,
            rule.coverage, rule.density, rule.win_share,
        )
        for rule in rules
        for condition in rule.conditions
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


def build_rules(
    gap_usd: Floats, labels: tuple[str, str], variables: Sequence[Variable], factors: Factors
) -> tuple[Rule, Rule]:
    """When A beats B, and when B beats A.

    Parameters
    ----------
    gap_usd : (futures,) A less B without luck, in the futures of `factors`
    variables : the most influential first
    """
    a, b = labels
    used = variables[:VARIABLES_MAX]
    values = np.stack([variable.values(factors) for variable in used]) if used else np.zeros((0, len(gap_usd)))
    return (
        build_rule(gap_usd < 0, (a, b), used, values),
        build_rule(gap_usd > 0, (b, a), used, values),
    )


def build_rule(wins: Mask, labels: tuple[str, str], variables: Sequence[Variable], values: Floats) -> Rule:
    """The best rule for the wins of an option, found in the first half of the futures and told of the second.

    Parameters
    ----------
    wins : (futures,) whether the first of `labels` beats the second
    values : (variables, futures) in their units

    Notes
    -----
    A rule is scored by 5 x wins inside / (all wins + 4 x all inside), the harmonic mean of coverage and density in
    which density weighs four times as much (F of beta 1/2). Beginning with none, conditions are added one by one to
    the best rules so far.

    References
    ----------
    Bryant & Lempert 2010, Thinking inside the box, Technol. Forecast. Soc. Change 77: coverage and density.
    """
    half = len(wins) // 2
    conditions = _find(wins[:half], variables, values[:, :half])
    told, inside = wins[half:], _inside(conditions, variables, values[:, half:])
    both = float(np.sum(told & inside))
    return Rule(
        winner=labels[0],
        loser=labels[1],
        conditions=conditions,
        coverage=both / max(float(told.sum()), 1.0),
        density=both / max(float(inside.sum()), 1.0),
        win_share=float(told.mean()),
        inside_share=float(inside.mean()),
    )


def _find(wins: Mask, variables: Sequence[Variable], values: Floats) -> tuple[Condition, ...]:
    """Conditions of the best rule, in the order of the variables."""
    candidates = list(_candidates(variables, values))
    beam: list[tuple[float, tuple[int, ...], Mask]] = [(_score(wins, np.ones_like(wins)), (), np.ones_like(wins))]
    best_score, best = beam[0][0], beam[0][1]
    for _ in range(CONDITIONS_MAX):
        longer = {}
        for _, chosen, inside in beam:
            for number, (condition, mask) in enumerate(candidates):
                if not any(_is_same_side(candidates[other][0], condition) for other in chosen):
                    key = tuple(sorted((*chosen, number)))
                    if key not in longer:
                        longer[key] = inside & mask
        scored = sorted(((_score(wins, mask), key, mask) for key, mask in longer.items()), key=lambda s: (-s[0], s[1]))
        beam = scored[:BEAM]
        if not beam or beam[0][0] < best_score + LEAST_GAIN:
            break
        best_score, best = beam[0][0], beam[0][1]
    return tuple(candidates[number][0] for number in best)


def _candidates(variables: Sequence[Variable], values: Floats) -> Iterator[tuple[Condition, Mask]]:
    """Conditions at round numbers near the twentieths of each variable, and where they hold."""
    for variable, row in zip(variables, values, strict=True):
        for threshold in sorted({round_number(value) for value in np.quantile(row, QUANTILES).tolist()}):
            for is_above in (False, True):
                condition = Condition(variable, is_above, threshold)
                yield condition, _holds(condition, row)


def _holds(condition: Condition, row: Floats) -> Mask:
    return row > condition.threshold if condition.is_above else row < condition.threshold


def _inside(conditions: Sequence[Condition], variables: Sequence[Variable], values: Floats) -> Mask:
    inside = np.ones(values.shape[1], dtype=bool)
    for condition in conditions:
        inside &= _holds(condition, values[list(variables).index(condition.variable)])
    return inside


def _is_same_side(one: Condition, other: Condition) -> bool:
    return (one.variable.id, one.is_above) == (other.variable.id, other.is_above)


def _score(wins: Mask, inside: Mask) -> float:
    """5 x wins inside / (all wins + 4 x all inside), 0 where there are neither."""
    both = int(wins.sum()) + 4 * int(inside.sum())
    return 5 * int((wins & inside).sum()) / both if both else 0.0


def round_number(value: float) -> float:
    """A threshold that can be told: two significant digits, three where the first is a 1.

    Examples
    --------
    >>> [round_number(value) for value in (51.62, 1.0749, 0.4893, 1234.0)]
    [52.0, 1.07, 0.49, 1230.0]
    """
    digits = 3 if f"{abs(value):e}".startswith("1") else 2
    return float(f"{value:.{digits}g}")
