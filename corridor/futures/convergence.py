"""Whether there are enough futures: what moves as they double, and what may be noise (model.md 15.3, F29)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from corridor.analysis.assessment import Option
from corridor.evidence import Evidence
from corridor.futures.outcomes import Outcomes
from corridor.futures.ranking import first_shares, order_by_mean
from corridor.futures.replicates import Replicates, draw_replicates
from corridor.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]

FIRST_N = 1024
"""Futures with which the doubling begins."""

STEADY_DOUBLINGS = 2
"""Doublings in a row that must leave the answer as it is."""

SHARE_MOVE_MAX = 0.01
"""Most that the share of first ranks of any option may move."""

P95_MOVE_MAX = 0.02
"""Most that the P95 of hours of any option may move, as a share of it."""


@dataclass(frozen=True, slots=True)
class Step:
    """The answer with the first n futures.

    Parameters
    ----------
    order : labels by mean generalised cost
    first_share, p95_h : of the options in the order of the outcomes
    has_same_order, share_move, p95_move : against the step before; None at the first
    """

    n: int
    order: tuple[str, ...]
    first_share: tuple[float, ...]
    p95_h: tuple[float, ...]
    has_same_order: bool | None = None
    share_move: float | None = None
    p95_move: float | None = None

    @property
    def is_steady(self) -> bool:
        """Whether nothing has moved by more than is allowed since the step before."""
        return bool(
            self.has_same_order
            and self.share_move is not None
            and self.share_move < SHARE_MOVE_MAX
            and self.p95_move is not None
            and self.p95_move < P95_MOVE_MAX
        )


@dataclass(frozen=True)
class Convergence:
    """What moves as the futures double, and what may be noise.

    Parameters
    ----------
    steps : from `FIRST_N` futures to all of them
    """

    labels: tuple[str, ...]
    steps: tuple[Step, ...]
    replicates: Replicates

    @property
    def n(self) -> int:
        """Number of all futures."""
        return self.steps[-1].n

    @property
    def settled_n(self) -> int | None:
        """The least number of futures with `STEADY_DOUBLINGS` steady ones behind it and none else after it."""
        return settled_n(self.steps)

    @property
    def noise_pairs(self) -> tuple[tuple[str, str], ...]:
        """Neighbours in the order by mean generalised cost whose gap may be noise, best first."""
        return tuple((a, b) for a, b in pairwise(self.steps[-1].order) if self.replicates.is_noise(a, b))

    def to_frame(self) -> pd.DataFrame:
        """One row per step and option, with the moves of the step."""
        import pandas as pd

        rows = [
            (step.n, label, step.order.index(label) + 1, share, p95_h, step.share_move, step.p95_move, step.is_steady)
            for step in self.steps
            for label, share, p95_h in zip(self.labels, step.first_share, step.p95_h, strict=True)
        ]
        moves = ["most_first_share_moved", "most_p95_moved_share", "is_steady"]
        return pd.DataFrame(rows, columns=["futures", "label", "rank_by_mean", "first_share", "p95_h", *moves])


def build_convergence(
    options: Sequence[Option], evidence: Evidence, scenario: Scenario, *, outcomes: Outcomes, has_luck: bool = True
) -> Convergence:
    """Whether the ranking of some options has settled with the futures that a scenario asks for.

    Parameters
    ----------
    outcomes : of these options in all futures, drawn with the same `has_luck`; the first of many are those of few

    Notes
    -----
    What moves after two steady doublings counts as not settled, unlike in the stop rule of model.md 15.3: these futures
    are drawn anyway.
    """
    replicates = draw_replicates(options, evidence, scenario, futures=len(outcomes.hours), has_luck=has_luck)
    return Convergence(outcomes.labels, find_steps(outcomes), replicates)


def find_steps(outcomes: Outcomes) -> tuple[Step, ...]:
    """The answers with 1,024 futures, 2,048 and so on up to all; with all alone where there are no more than 1,024."""
    usd, n_all = outcomes.generalised_usd, len(outcomes.hours)
    counts = [n for n in (FIRST_N << doubling for doubling in range(n_all.bit_length())) if n < n_all]
    steps = [_step(outcomes.labels, usd[:n], outcomes.hours[:n]) for n in (*counts, n_all)]
    return (steps[0], *(_compared(old, new) for old, new in pairwise(steps)))


def settled_n(steps: Sequence[Step]) -> int | None:
    """As `Convergence.settled_n`, of steps from the first."""
    moving = [number for number, step in enumerate(steps) if not step.is_steady]
    settled = moving[-1] + STEADY_DOUBLINGS
    return steps[settled].n if settled < len(steps) else None


def _step(labels: tuple[str, ...], usd: Floats, hours: Floats) -> Step:
    p95_h = np.quantile(hours, 0.95, axis=0).tolist()
    return Step(len(usd), order_by_mean(labels, usd), tuple(first_shares(labels, usd).tolist()), tuple(p95_h))


def _compared(old: Step, new: Step) -> Step:
    return replace(
        new,
        has_same_order=new.order == old.order,
        share_move=max((abs(b - a) for a, b in zip(old.first_share, new.first_share, strict=True)), default=0.0),
        p95_move=max((abs(b - a) / a for a, b in zip(old.p95_h, new.p95_h, strict=True)), default=0.0),
    )
