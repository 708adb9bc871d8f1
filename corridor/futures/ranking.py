"""Which option ranks where, in what share of the futures, and for which preferences (model.md 5.4, F21)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from corridor.futures.outcomes import Outcomes

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]

TIE_USD = 0.5
"""Costs are compared in steps of this size; equal steps are a tie, which goes by label."""


@dataclass(frozen=True)
class RankAcceptability:
    """In what share of the futures each option takes each rank.

    Parameters
    ----------
    n : number of futures
    labels : options, in the order of the rows
    share : (options, ranks), the first rank in column 0; rows and columns sum to 1
    tied_share : (options,), of the futures in which the option costs the least and another costs the same
    """

    n: int
    labels: tuple[str, ...]
    share: Floats
    tied_share: Floats

    def first_share(self, label: str) -> float:
        """Share of the futures in which an option ranks first, 0 to 1."""
        return float(self.share[self.labels.index(label), 0])

    def tied_first_share(self, label: str) -> float:
        """Share of the futures in which an option costs the least and another costs the same, 0 to 1."""
        return float(self.tied_share[self.labels.index(label)])

    def to_frame(self) -> pd.DataFrame:
        """One row per option and rank, counted from 1."""
        import pandas as pd

        rows = [
            (label, rank + 1, share)
            for label, shares in zip(self.labels, self.share, strict=True)
            for rank, share in enumerate(shares.tolist())
        ]
        return pd.DataFrame(rows, columns=["label", "rank", "share"])


def build_rank_acceptability(outcomes: Outcomes) -> RankAcceptability:
    """Ranks by generalised cost over the futures.

    Parameters
    ----------
    outcomes : without luck for "cheaper on average over many trips", with luck for "cheaper for this truck"
    """
    return rank_acceptability(outcomes.labels, outcomes.generalised_usd)


def rank_acceptability(labels: Sequence[str], generalised_usd: Floats) -> RankAcceptability:
    """Ranks of some costs, shape (futures, options)."""
    ranks = find_ranks(labels, generalised_usd)
    n, count = ranks.shape
    share = np.stack([(ranks == rank).sum(axis=0) / n for rank in range(count)], axis=1) if count else np.zeros((0, 0))
    return RankAcceptability(n, tuple(labels), share, _tied_share(generalised_usd))


def find_ranks(labels: Sequence[str], generalised_usd: Floats) -> NDArray[np.intp]:
    """Rank of every option in every future, 0 for the least cost, shape (futures, options).

    Notes
    -----
    Costs are rounded to `TIE_USD`, and equal ones go by label. So which of two options ranks before the other never
    depends on a third, nor on the order of the columns.

    Examples
    --------
    >>> find_ranks(("B", "A"), np.array([[100.0, 100.1], [100.0, 101.0]])).tolist()
    [[1, 0], [0, 1]]
    """
    by_label = sorted(range(len(labels)), key=lambda column: labels[column])
    order = np.argsort(_steps(generalised_usd)[:, by_label], axis=1, kind="stable")
    ranks = np.empty_like(order)
    ranks[:, by_label] = np.argsort(order, axis=1)
    return ranks


def first_shares(labels: Sequence[str], generalised_usd: Floats) -> Floats:
    """Share of the futures in which each option ranks first, shape (options,)."""
    return np.asarray((find_ranks(labels, generalised_usd) == 0).mean(axis=0))


def order_by_mean(labels: Sequence[str], generalised_usd: Floats) -> tuple[str, ...]:
    """Labels by the mean of their cost over the futures, least first; ties as in `find_ranks`."""
    ranks = find_ranks(labels, generalised_usd.mean(axis=0, keepdims=True))[0]
    return tuple(labels[column] for column in np.argsort(ranks))


def least_mean_labels(labels: Sequence[str], generalised_usd: Floats) -> tuple[str, ...]:
    """Labels of the options with the least mean cost, more than one only where they are tied."""
    steps = _steps(generalised_usd.mean(axis=0))
    return tuple(sorted(label for label, step in zip(labels, steps, strict=True) if step == steps.min()))


def _steps(usd: Floats) -> Floats:
    return np.rint(usd / TIE_USD)


def _tied_share(generalised_usd: Floats) -> Floats:
    if not generalised_usd.shape[1]:
        return np.zeros(0)
    steps = _steps(generalised_usd)
    is_least = steps == steps.min(axis=1, keepdims=True)
    return np.asarray((is_least & (is_least.sum(axis=1, keepdims=True) > 1)).mean(axis=0))
