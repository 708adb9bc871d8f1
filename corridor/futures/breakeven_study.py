"""The break-evens that a report shows: of the numbers that move a gap most, and of the queues at two posts together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from corridor.analysis.assessment import Assessment
from corridor.futures.asked import Asked, effects_on, list_asked
from corridor.futures.breakeven import NO_EFFECT_USD, BreakEven, BreakEvenTable, solve_numbers
from corridor.futures.indifference import Indifference, find_indifference
from corridor.futures.pairs import Pair, find_pair
from corridor.futures.tornado import Tornado
from corridor.futures.variables import TIMES_TODAY, Variable

if TYPE_CHECKING:
    import pandas as pd

SWINGS_MAX = 10
"""Numbers taken from the tornado."""

MAP_SIZE = 9
"""Points of each side of the map; gaps are all but straight along a queue."""

MAP_MARGIN = 1.25
"""An axis of the map ends so many times beyond the value now, its P90 and its break-even."""

QUEUE = ".queue_h"
QUEUE_MIN_H = 100.0
"""Queues are tried up to so many hours at least, however short they are now."""


@dataclass(frozen=True)
class BreakEvenStudy:
    """How far the numbers that matter most would have to move before the other of two options is the better one.

    Parameters
    ----------
    table : numbers behind the `SWINGS_MAX` largest swings of the tornado, largest first; then the other queues at
        posts that only one of the two passes
    queues : the gap over the queues at two posts; None where only one post or none tells the two apart
    """

    table: BreakEvenTable
    queues: Indifference | None

    def row(self, asked: Asked) -> BreakEven:
        """The break-even of a number of the map alone."""
        return next(row for row in self.table.rows if row.asked.key == asked.key)

    def to_frame(self) -> pd.DataFrame:
        """One row per number and switch; a number without a switch has one row without a value."""
        return self.table.to_frame()


def study_break_evens(assessment: Assessment, tornado: Tornado) -> BreakEvenStudy:
    """Break-evens between the two options of a tornado, by the smooth rule of rest as in the tornado itself."""
    pair = find_pair(assessment, tornado.labels)
    variables = [bar.variable for bar in tornado.bars if bar.swing_usd >= NO_EFFECT_USD]
    table = solve_numbers(assessment, pair, influential_numbers(pair, variables))
    return BreakEvenStudy(table, _map_of_queues(assessment, pair, table))


def influential_numbers(pair: Pair, variables: Sequence[Variable]) -> list[Asked]:
    """Numbers behind the first variables, then the queues at posts that only one of the two options passes.

    Parameters
    ----------
    variables : that move the gap, the most influential first
    """
    asked = list_asked(pair)
    behind = [number for variable in variables if (number := number_behind(variable, asked, pair))]
    own_queues = [number for number in asked if number.key.endswith(QUEUE) and _is_of_one(number, pair)]
    return [_with_room(number) for number in dict.fromkeys([*behind[:SWINGS_MAX], *own_queues])]


def _with_room(number: Asked) -> Asked:
    return replace(number, high=max(number.high, QUEUE_MIN_H)) if number.key.endswith(QUEUE) else number


def number_behind(variable: Variable, asked: Sequence[Asked], pair: Pair) -> Asked | None:
    """The largest of the numbers that a variable is made of: of the hours at a post mostly the queue.

    None where the variable has no single value, like the prices of all countries, or no number that can be asked about.
    """
    if variable.unit == TIMES_TODAY:
        return None
    effects = {effect for effect, _ in variable.members}
    members = [number for number in asked if effects.intersection(effects_on(number, pair))]
    return max(members, key=lambda number: number.value, default=None)


def _is_of_one(number: Asked, pair: Pair) -> bool:
    """Whether only one of the two options rests on a number."""
    return (number.key in pair.a.ledger.basis) != (number.key in pair.b.ledger.basis)


def _map_of_queues(assessment: Assessment, pair: Pair, table: BreakEvenTable) -> Indifference | None:
    rows = _two_posts([row for row in table.rows if row.asked.key.endswith(QUEUE)], pair)
    if not rows:
        return None
    x, y = rows
    keys, tops = (x.asked.key, y.asked.key), (_top(x), _top(y))
    return find_indifference(assessment, keys, between=pair.labels, tops=tops, size=MAP_SIZE)


def _two_posts(queues: Sequence[BreakEven], pair: Pair) -> tuple[BreakEven, BreakEven] | None:
    """The first queue that only one option has, and the first on the way of the other; else the first two."""
    own = [row for row in queues if _is_of_one(row.asked, pair)]
    if len(own) < 2:
        return None
    first, *others = own
    is_of_a = first.asked.key in pair.a.ledger.basis
    return first, next((row for row in others if (row.asked.key in pair.a.ledger.basis) != is_of_a), others[0])


def _top(found: BreakEven) -> float:
    """Where an axis of the map ends, in the unit of the number."""
    ends: list[float] = [found.asked.value, *(found.likely or ())]
    return MAP_MARGIN * max([*ends, found.nearest.value] if found.nearest else ends)
