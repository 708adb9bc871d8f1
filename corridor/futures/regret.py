"""What a choice loses against the best one, and how often it is good enough (model.md 5.5, F22)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from corridor.errors import ScenarioError
from corridor.futures.outcomes import Outcomes

if TYPE_CHECKING:
    import pandas as pd

NEAR_USD = 200.0
"""An option that costs at most this much more than the best is as good as the best (judgement)."""

REGRET_QUANTILE = 0.95


@dataclass(frozen=True, slots=True)
class Regret:
    """What one option loses against the best one of each future, in USD of generalised cost.

    Parameters
    ----------
    mean_usd, p95_usd : over the futures; the greatest is not told, because it grows with their number
    near_share : of the futures in which it costs at most `RegretTable.near_usd` more than the best, 0 to 1
    """

    label: str
    mean_usd: float
    p95_usd: float
    near_share: float


@dataclass(frozen=True, slots=True)
class RegretTable:
    """The regret of every option over the futures of one run."""

    n: int
    near_usd: float
    options: tuple[Regret, ...]

    def of(self, label: str) -> Regret:
        """The regret of one option."""
        return next(option for option in self.options if option.label == label)

    def to_frame(self) -> pd.DataFrame:
        """One row per option."""
        import pandas as pd

        rows = [(option.label, option.mean_usd, option.p95_usd, option.near_share) for option in self.options]
        return pd.DataFrame(rows, columns=["label", "mean_regret_usd", "p95_regret_usd", "near_share"])


def build_regret_table(outcomes: Outcomes, *, near_usd: float = NEAR_USD) -> RegretTable:
    """What each option loses against the best of each future.

    Parameters
    ----------
    outcomes : without luck for a choice made once for many trips

    Notes
    -----
    R[s, i] = G[s, i] - min_j G[s, j]. The least mean regret is the most that perfect knowledge can be worth.
    """
    if not near_usd >= 0:
        raise ScenarioError(f"near USD: below 0; expected 0 or more, got {near_usd:g}. Write another.")
    usd = outcomes.generalised_usd
    regret_usd = usd - usd.min(axis=1, keepdims=True, initial=np.inf)
    return RegretTable(
        len(usd),
        near_usd,
        tuple(
            Regret(
                label,
                float(regret_usd[:, column].mean()),
                float(np.quantile(regret_usd[:, column], REGRET_QUANTILE)),
                float((regret_usd[:, column] <= near_usd).mean()),
            )
            for column, label in enumerate(outcomes.labels)
        ),
    )
