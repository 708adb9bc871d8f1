"""Roads as arrows with weights that change from future to future, and what a search over them answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from corridor.network.shortest_paths import WEIGHT_STEP

Steps = NDArray[np.int64]
"""Weights in whole multiples of `WEIGHT_STEP`."""


@dataclass(frozen=True, slots=True)
class RoadArcs:
    """Ways from node to node, each in one direction; two may join the same nodes.

    Parameters
    ----------
    nodes : number of nodes
    start, end : (arcs,) nodes
    row : (arcs,) row of the weights that holds for the arc; the two directions of a road share one
    """

    nodes: int
    start: NDArray[np.int32]
    end: NDArray[np.int32]
    row: NDArray[np.int32]


class NodePair(NamedTuple):
    """Where a way begins and ends."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Way:
    """A least way: its weight in steps, and the rows of its arcs in the order of travel."""

    steps: int
    rows: NDArray[np.int32]


class RoadSearch(Protocol):
    """Finds least ways when the weights of all roads change."""

    @property
    def arcs(self) -> RoadArcs:
        """The roads."""

    def ways(self, steps: Steps, pairs: Sequence[NodePair]) -> list[list[Way | None]]:
        """For each pair the least way in each future; None where no road joins the two.

        Parameters
        ----------
        steps : (rows, futures) weights, above 0
        """


def whole_steps(weight_usd: NDArray[np.float64]) -> Steps:
    """Weights as whole multiples of `WEIGHT_STEP`, at least 1, as in `corridor.network.shortest_paths`.

    Examples
    --------
    >>> whole_steps(np.array([0.0, 1.0])).tolist()
    [1, 10000]
    """
    return np.maximum(np.rint(weight_usd / WEIGHT_STEP), 1.0).astype(np.int64)
