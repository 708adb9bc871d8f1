"""Ways through stops, in every future."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, product
from typing import NamedTuple

import numpy as np

from corridor.routing.road_arcs import NodePair, RoadSearch, Steps, Way


class Halt(NamedTuple):
    """A place to pass, or a post in one direction: the nodes where a way comes to it and goes on, and its own row.

    Parameters
    ----------
    row : of the weights, for a post; none at a place
    """

    enter: int
    leave: int
    row: int | None = None


def least_journeys(search: RoadSearch, steps: Steps, stops: Sequence[Sequence[Halt]]) -> list[Way | None]:
    """The least way through all stops in each future; None where there is none.

    Parameters
    ----------
    steps : (rows, futures) weights
    stops : from the first to the last; of each one halt has to be passed
    """
    pairs = {NodePair(a.leave, b.enter): None for here, there in pairwise(stops) for a, b in product(here, there)}
    found = dict(zip(pairs, search.ways(steps, list(pairs)), strict=True))
    return [
        _journey({pair: ways[future] for pair, ways in found.items()}, steps[:, future], stops)
        for future in range(steps.shape[1])
    ]


def _journey(ways: dict[NodePair, Way | None], steps: Steps, stops: Sequence[Sequence[Halt]]) -> Way | None:
    """The least way of one future: the best way to each halt, stop by stop."""
    best = {halt: _halted(Way(0, np.zeros(0, dtype=np.int32)), halt, steps) for halt in stops[0]}
    for stop in stops[1:]:
        best = {halt: way for halt in stop if (way := _best_way_to(halt, best, ways, steps))}
    return min(best.values(), key=lambda way: way.steps, default=None)


def _best_way_to(halt: Halt, best: dict[Halt, Way], ways: dict[NodePair, Way | None], steps: Steps) -> Way | None:
    joined = [
        Way(way.steps + onward.steps, np.concatenate([way.rows, onward.rows]))
        for before, way in best.items()
        if (onward := ways[NodePair(before.leave, halt.enter)])
    ]
    return _halted(min(joined, key=lambda way: way.steps), halt, steps) if joined else None


def _halted(way: Way, halt: Halt, steps: Steps) -> Way:
    """A way with the halt at its end passed."""
    if halt.row is None:
        return way
    return Way(way.steps + int(steps[halt.row]), np.append(way.rows, np.int32(halt.row)))
