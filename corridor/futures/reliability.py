"""How long a trip may take and what it may cost, and how often a promised day is kept (model.md 5.1, F19)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from corridor.analysis.assessment import Option
from corridor.costs.closures import HOURS_PER_DAY
from corridor.errors import ScenarioError
from corridor.futures.outcomes import Outcomes

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]

QUANTILES = (0.1, 0.5, 0.8, 0.9, 0.95)
"""Shares of the futures that stay below what is reported: P10, P50, P80, P90, P95."""


@dataclass(frozen=True, slots=True)
class Spread:
    """One quantity over the futures, all figures in its unit.

    Parameters
    ----------
    p10, p50, p80, p90, p95 : what 10, 50, 80, 90 and 95 % of the futures stay below
    """

    mean: float
    p10: float
    p50: float
    p80: float
    p90: float
    p95: float


@dataclass(frozen=True, slots=True)
class Promise:
    """How a promised duration is kept.

    Parameters
    ----------
    days : promised, door to door
    on_time_share : of the futures in which the truck takes no longer, 0 to 1
    mean_late_h : hours late, on the mean of all futures, those on time with 0
    mean_late_usd : what the cargo's time of these hours is worth
    """

    days: float
    on_time_share: float
    mean_late_h: float
    mean_late_usd: float


@dataclass(frozen=True, slots=True)
class Reliability:
    """How sure the days and the USD of one option are.

    Parameters
    ----------
    usd : known money per truck
    is_lower_bound : whether `usd` leaves out what nobody knows
    promise : how the promise asked about is kept; None where none was
    """

    label: str
    days: Spread
    usd: Spread
    is_lower_bound: bool
    promise: Promise | None

    @property
    def buffer_h(self) -> float:
        """Hours to add to the median for 19 of 20 trucks to be on time: P95 - P50."""
        return (self.days.p95 - self.days.p50) * HOURS_PER_DAY

    @property
    def promise_days(self) -> float:
        """A promise that 8 of 10 trucks keep: P80 of the days."""
        return self.days.p80


@dataclass(frozen=True, slots=True)
class ReliabilityPanel:
    """The reliability of every option, in the order of the outcomes."""

    n: int
    options: tuple[Reliability, ...]

    def to_frame(self) -> pd.DataFrame:
        """One row per option: mean and P10 to P95 of days and USD, buffer, and how the promise is kept."""
        import pandas as pd

        return pd.DataFrame([_frame_row(option) for option in self.options])


def build_reliability_panel(
    outcomes: Outcomes, *, lower_bounds: Collection[str] = (), promised_days: float | None = None
) -> ReliabilityPanel:
    """Days and USD of every option over the futures, and how a promise is kept.

    Parameters
    ----------
    outcomes : with luck for one truck, without it for the mean over many trips
    lower_bounds : labels of the options whose money leaves out what nobody knows
    promised_days : door to door, above 0

    Raises
    ------
    ScenarioError : the promise is not above 0

    Notes
    -----
    The cost of lateness is the value of the cargo's time times E[(h - promise)+] (model.md 5.1); no penalty of a
    contract is in it.
    """
    if promised_days is not None and not promised_days > 0:
        raise ScenarioError(f"promised days: too few; expected more than 0, got {promised_days:g}. Promise more.")
    days, usd = outcomes.days, outcomes.usd
    return ReliabilityPanel(
        len(days),
        tuple(
            Reliability(
                label=label,
                days=find_spread(days[:, column]),
                usd=find_spread(usd[:, column]),
                is_lower_bound=label in lower_bounds,
                promise=None if promised_days is None else _promise(outcomes, column, promised_days),
            )
            for column, label in enumerate(outcomes.labels)
        ),
    )


def find_spread(values: Floats) -> Spread:
    """Mean and quantiles of one quantity, shape (futures,), between neighbouring values by straight lines.

    Examples
    --------
    >>> find_spread(np.arange(101.0)).p80
    80.0
    """
    return Spread(float(values.mean()), *np.quantile(values, QUANTILES).tolist())


def lower_bounds(options: Iterable[Option]) -> frozenset[str]:
    """Labels of the options whose money is "at least"."""
    return frozenset(option.label for option in options if option.ledger.is_lower_bound)


def _promise(outcomes: Outcomes, column: int, promised_days: float) -> Promise:
    late_h = np.maximum(0.0, outcomes.hours[:, column] - promised_days * HOURS_PER_DAY)
    mean_late_h = float(late_h.mean())
    return Promise(promised_days, float((late_h == 0).mean()), mean_late_h, mean_late_h * outcomes.cargo_usd_per_h)


def _frame_row(option: Reliability) -> dict[str, object]:
    """One option; every column says its unit."""
    spreads = {"days": option.days, "usd": option.usd}
    promise = option.promise
    return {
        "label": option.label,
        **{
            f"{name}_{unit}": getattr(spread, name)
            for unit, spread in spreads.items()
            for name in ("mean", "p10", "p50", "p80", "p90", "p95")
        },
        "usd_is_lower_bound": option.is_lower_bound,
        "buffer_h": option.buffer_h,
        "promised_days": promise.days if promise else None,
        "on_time_share": promise.on_time_share if promise else None,
        "mean_late_h": promise.mean_late_h if promise else None,
        "mean_late_usd": promise.mean_late_usd if promise else None,
    }
