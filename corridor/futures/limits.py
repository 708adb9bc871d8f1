"""How often an option stays within limits of days and USD (model.md 5.5, F22)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corridor.errors import ScenarioError
from corridor.futures.outcomes import Outcomes

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class WithinLimits:
    """Shares of the futures in which one option stays within the limits, 0 to 1.

    Parameters
    ----------
    is_at_most : whether the shares of money are upper bounds, because some costs are not known
    """

    label: str
    days_share: float
    usd_share: float
    both_share: float
    is_at_most: bool


@dataclass(frozen=True, slots=True)
class LimitsTable:
    """How often every option takes at most `days` and costs at most `usd`."""

    n: int
    days: float
    usd: float
    options: tuple[WithinLimits, ...]

    def to_frame(self) -> pd.DataFrame:
        """One row per option."""
        import pandas as pd

        columns = ["label", "days_share", "usd_share", "both_share", "is_at_most"]
        rows = [tuple(getattr(option, name) for name in columns) for option in self.options]
        return pd.DataFrame(rows, columns=columns)


def build_limits_table(
    outcomes: Outcomes, *, days: float, usd: float, lower_bounds: Collection[str] = ()
) -> LimitsTable:
    """How often each option is good enough.

    Parameters
    ----------
    outcomes : with luck, for single trucks
    days, usd : limits, both above 0; the money is what is known of it
    lower_bounds : labels of the options whose money leaves out what nobody knows

    Raises
    ------
    ScenarioError : a limit is not above 0
    """
    for name, limit in (("days", days), ("USD", usd)):
        if not limit > 0:
            raise ScenarioError(f"limit of {name}: too low; expected more than 0, got {limit:g}. Allow more.")
    in_days, in_usd = outcomes.days <= days, outcomes.usd <= usd
    shares = [part.mean(axis=0).tolist() for part in (in_days, in_usd, in_days & in_usd)]
    return LimitsTable(
        len(in_days),
        days,
        usd,
        tuple(
            WithinLimits(label, days_share, usd_share, both_share, label in lower_bounds)
            for label, days_share, usd_share, both_share in zip(outcomes.labels, *shares, strict=True)
        ),
    )
