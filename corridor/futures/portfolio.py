"""Trucks split between two options: what the mix costs, and how much surer it is (model.md 5.5, F27)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from corridor.errors import ScenarioError
from corridor.futures.outcomes import Outcomes
from corridor.names import suggestion

if TYPE_CHECKING:
    import pandas as pd

SHARES = tuple(tenth / 10 for tenth in range(11))
"""0, 0.1, ..., 1."""

P95 = 0.95


@dataclass(frozen=True, slots=True)
class Mix:
    """Days and USD per truck where a share of the trucks goes one way and the rest the other.

    Parameters
    ----------
    share_a : of the trucks that go by the first option, 0 to 1
    mean_days, p95_days, mean_usd, p95_usd : over the futures, of the mean of all trucks
    """

    share_a: float
    mean_days: float
    p95_days: float
    mean_usd: float
    p95_usd: float


@dataclass(frozen=True, slots=True)
class Portfolio:
    """Mixes of two options in the order of the shares asked for; money is what is known of it."""

    n: int
    label_a: str
    label_b: str
    mixes: tuple[Mix, ...]

    @property
    def surest(self) -> Mix:
        """The mix with the least P95 of days; of equals the cheapest on average, then the first."""
        return min(self.mixes, key=lambda mix: (mix.p95_days, mix.mean_usd))

    @property
    def cheapest(self) -> Mix:
        """The mix with the least mean USD; of equals the first. One of the two ends, because the mean is linear."""
        return min(self.mixes, key=lambda mix: mix.mean_usd)

    @property
    def price_of_resilience_usd(self) -> float:
        """Mean USD per truck that the surest mix costs more than the cheapest."""
        return self.surest.mean_usd - self.cheapest.mean_usd

    def to_frame(self) -> pd.DataFrame:
        """One row per mix."""
        import pandas as pd

        columns = ["share_a", "mean_days", "p95_days", "mean_usd", "p95_usd"]
        rows = [tuple(getattr(mix, name) for name in columns) for mix in self.mixes]
        return pd.DataFrame(rows, columns=columns)


def build_portfolio(outcomes: Outcomes, label_a: str, label_b: str, *, shares: Sequence[float] = SHARES) -> Portfolio:
    """Mixes of two options over futures in which both are used.

    Parameters
    ----------
    outcomes : with luck, both options in the same futures
    shares : of the trucks that go by the first option, each 0 to 1

    Raises
    ------
    ScenarioError : a label is not among the options, both are one, or a share is out of bounds

    Notes
    -----
    x of A + (1 - x) of B in each future: the mean is linear in x, the quantiles are not. All trucks of one option
    share its luck, as trucks of the same days do at the same posts; trucks spread over a year would have less spread.
    """
    _check(outcomes, label_a, label_b, shares)
    days, usd = (
        (quantity[:, outcomes.column(label_a)], quantity[:, outcomes.column(label_b)])
        for quantity in (outcomes.days, outcomes.usd)
    )
    mixes = tuple(Mix(share, *_figures(days, share), *_figures(usd, share)) for share in shares)
    return Portfolio(len(outcomes.hours), label_a, label_b, mixes)


def _figures(pair: tuple[NDArray[np.float64], NDArray[np.float64]], share: float) -> tuple[float, float]:
    """Mean and P95 of a mix."""
    mixed = share * pair[0] + (1 - share) * pair[1]
    return float(mixed.mean()), float(np.quantile(mixed, P95))


def _check(outcomes: Outcomes, label_a: str, label_b: str, shares: Sequence[float]) -> None:
    for label in (label_a, label_b):
        if label not in outcomes.labels:
            known = suggestion(label, outcomes.labels)
            raise ScenarioError(f"split: no option {label}; expected an open option of the run, got '{label}'. {known}")
    if label_a == label_b:
        raise ScenarioError(f"split: both options are one; expected two, got {label_a} twice. Name another.")
    outside = [share for share in shares if not 0 <= share <= 1]
    if outside:
        raise ScenarioError(f"split: share out of bounds; expected 0 to 1, got {outside[0]:g}. Correct it.")
