"""How far figures of the model are from observed ones, and from those of a naive rival (model.md 14)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log, sqrt
from statistics import fmean, median

from corridor.errors import DataError

COVERAGE_TARGET = 0.8
"""Share of observations that should lie between P10 and P90."""


@dataclass(frozen=True, slots=True)
class Score:
    """Errors of `n` figures.

    Parameters
    ----------
    bias_share : exp(mean ln(model / observed)) - 1, below 0 where the model is too low
    mape_share, mdape_share : mean and median of |model - observed| / observed
    log_rmse : root of the mean squared ln(model / observed)
    """

    n: int
    bias_share: float
    mape_share: float
    mdape_share: float
    log_rmse: float


def score(modelled: Sequence[float], observed: Sequence[float]) -> Score:
    """Errors of the model against observations in the same order; at least one, all above 0.

    Examples
    --------
    >>> found = score([6.2, 11.5, 14.0], [7.0, 10.0, 18.0])  # (11.4 + 15.0 + 22.2) / 3 = 16.2 %
    >>> round(found.mape_share, 3), round(found.bias_share, 3)
    (0.162, -0.075)
    """
    _check_positive(modelled, observed)
    logs = [log(model / seen) for model, seen in zip(modelled, observed, strict=True)]
    errors = [abs(model - seen) / seen for model, seen in zip(modelled, observed, strict=True)]
    return Score(
        n=len(errors),
        bias_share=exp(fmean(sorted(logs))) - 1,
        mape_share=fmean(sorted(errors)),
        mdape_share=median(errors),
        log_rmse=sqrt(fmean(sorted(value**2 for value in logs))),
    )


def _check_positive(modelled: Sequence[float], observed: Sequence[float]) -> None:
    if not observed or min(*modelled, *observed) <= 0:
        raise DataError(
            f"score: cannot compare {len(modelled)} with {len(observed)} figures; expected at least one of each, all "
            "above 0. Leave out what was not observed."
        )


def skill_share(model: Score, rival: Score) -> float:
    """1 - MAPE of the model over that of a rival: 1 is perfect, below 0 is worse than the rival."""
    return 1 - model.mape_share / rival.mape_share


def naive_days(length_km: float, posts: int, *, km_per_day: float, days_per_post: float) -> float:
    """Days of the naive rival: so many km a day, and so long at every post.

    Examples
    --------
    >>> naive_days(2700.0, 2, km_per_day=450.0, days_per_post=1.0)  # 6 + 2
    8.0
    """
    return length_km / km_per_day + posts * days_per_post


def coverage_bounds(n: int, *, target_share: float = COVERAGE_TARGET) -> tuple[int, int]:
    """Fewest and most of `n` observations inside their interval that agree with the target: central 95 %.

    Examples
    --------
    >>> coverage_bounds(12), coverage_bounds(20), coverage_bounds(8)
    ((7, 12), (12, 19), (4, 8))
    """
    from scipy.stats import binom

    return int(binom.ppf(0.025, n, target_share)), int(binom.ppf(0.975, n, target_share))
