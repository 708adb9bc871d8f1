"""Distributions of drawn quantities as quantile functions that keep the mean (model.md 3.2)."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, expm1, inf, log, log1p, sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaincinv, ndtri

from corridor.errors import DataError

Floats = NDArray[np.float64]

Z90 = float(ndtri(0.9))
"""The standard normal is below this in 9 of 10 draws: 1.28155."""

P90_PER_MEAN_MAX = exp(Z90**2 / 2)
"""No lognormal has its P90 further above its mean: 2.273, reached at sdlog = Z90."""

SDLOG_MAX = 3.0
"""A wider spread is a mistake, and soon overflows (model.md 15.5); P90/P10 is then 2,184."""


@dataclass(frozen=True, slots=True)
class Lognormal:
    """A quantity with a long upper tail, above a minimum; the functions of this module build and check it.

    Parameters
    ----------
    mean : of the whole, minimum included, in the unit of the quantity
    sdlog : standard deviation of the logarithm of what is above the minimum; 0 for a constant
    minimum : what no draw is below, same unit
    """

    mean: float
    sdlog: float
    minimum: float = 0.0

    @property
    def cv(self) -> float:
        """Standard deviation of the whole / its mean."""
        return (1 - self.minimum / self.mean) * sqrt(expm1(self.sdlog**2))

    def quantile(self, u: Floats | float, *, factor: Floats | float = 1.0) -> Floats:
        """What the quantity is below with probability `u`, in its unit, shape of `u` and `factor`.

        Parameters
        ----------
        u : above 0 and below 1
        factor : what is above the minimum, times this: the error of the mean, shared by all trucks of a future

        Notes
        -----
        minimum + factor (mean - minimum) exp(sdlog Phi^-1(u) - sdlog^2/2)

        Examples
        --------
        >>> print(Lognormal(mean=24.0, sdlog=0.8326).quantile(0.5).round(1))
        17.0
        """
        spread = np.exp(self.sdlog * (ndtri(u) - self.sdlog / 2))
        return np.asarray(self.minimum + factor * (self.mean - self.minimum) * spread)


@dataclass(frozen=True, slots=True)
class Gamma:
    """A quantity with a light upper tail: for a CV below 0.7; `gamma_by_mean_and_cv` checks it.

    Parameters
    ----------
    mean : in the unit of the quantity
    cv : standard deviation / mean, above 0
    """

    mean: float
    cv: float

    def quantile(self, u: Floats | float, *, factor: Floats | float = 1.0) -> Floats:
        """What the quantity is below with probability `u`, in its unit, times `factor`; see `Lognormal.quantile`.

        Notes
        -----
        Gamma of shape 1/cv^2 and scale mean cv^2.
        """
        return np.asarray(factor * self.mean * self.cv**2 * gammaincinv(self.cv**-2, u))


def lognormal_by_mean_and_cv(mean: float, cv: float, *, where: str, minimum: float = 0.0) -> Lognormal:
    """The lognormal of this mean and CV, both of the whole, minimum included; `where` names the figure in errors.

    Raises
    ------
    DataError : the mean is not above the minimum, the CV is below 0 or the spread beyond `SDLOG_MAX`

    Notes
    -----
    sdlog^2 = ln(1 + c^2) with c = cv mean/(mean - minimum), the CV of what is above the minimum.

    Examples
    --------
    >>> round(lognormal_by_mean_and_cv(24.0, 1.0, where="torkham").sdlog, 4)
    0.8326
    """
    _check_mean(mean, minimum, where)
    if not 0 <= cv < inf:
        raise DataError(f"{where}: CV out of bounds; expected 0 or above, got {cv:g}. Correct it.")
    cv_above = cv * mean / (mean - minimum)
    return _checked(mean, sqrt(log1p(cv_above * cv_above)), where, minimum=minimum)


def lognormal_by_mean_and_p90(mean: float, p90: float, *, where: str) -> Lognormal:
    """The lognormal of this mean and 90th percentile; of the two there are, the one of the smaller spread.

    Notes
    -----
    sdlog = z90 - sqrt(z90^2 - 2 ln q) with q = p90/mean, which must be above 1 and at most `P90_PER_MEAN_MAX`.
    """
    _check_mean(mean, 0.0, where)
    ratio = p90 / mean
    if not 1 < ratio <= P90_PER_MEAN_MAX:
        raise DataError(f"{where}: {_ratio_fault(ratio)}")
    return _checked(mean, Z90 - sqrt(max(0.0, Z90**2 - 2 * log(ratio))), where)


def _ratio_fault(ratio: float) -> str:
    bounds = f"expected P90/mean above 1 and at most {P90_PER_MEAN_MAX:.3f}, got {ratio:g}"
    if ratio > P90_PER_MEAN_MAX:
        return (
            f"no lognormal has P90/mean above {P90_PER_MEAN_MAX:.3f}; {bounds}. "
            "Give median and P90, or model the closure separately."
        )
    return f"P90 is not above the mean; {bounds}. Give median and P90."


def lognormal_by_median_and_p90(median: float, p90: float, *, where: str) -> Lognormal:
    """The lognormal of this median and 90th percentile: sdlog = ln(p90/median)/z90, mean = median exp(sdlog^2/2)."""
    if not 0 < median <= p90 < inf:
        got = f"median {median:g} and P90 {p90:g}"
        raise DataError(f"{where}: no lognormal has these; expected 0 < median <= P90, got {got}. Correct them.")
    sdlog = _checked(median, log(p90 / median) / Z90, where).sdlog
    return Lognormal(mean=median * exp(sdlog**2 / 2), sdlog=sdlog)


def gamma_by_mean_and_cv(mean: float, cv: float, *, where: str) -> Gamma:
    """The gamma distribution of this mean and CV; `where` names the figure in errors."""
    _check_mean(mean, 0.0, where)
    if not 0 < cv < inf:
        raise DataError(f"{where}: CV out of bounds; expected above 0, got {cv:g}. Correct it.")
    return Gamma(mean, cv)


def factor_by_sdlog(sdlog: float, *, where: str) -> Lognormal:
    """What a mean is multiplied with to draw what it may truly be: lognormal of mean 1."""
    return _checked(1.0, sdlog, where)


def factor_by_range(low: float, high: float, *, where: str) -> Lognormal:
    """What a value of this range is multiplied with to draw what it may truly be: mean 1, constant if low = high.

    Parameters
    ----------
    low, high : 10th and 90th percentile of what is not known

    Raises
    ------
    DataError : low is above high, or not above 0 where they differ, or the spread is beyond `SDLOG_MAX`

    Notes
    -----
    sdlog = ln(high/low)/(2 z90). The value stays the mean, so P90/P10 is high/low, but value x P10 is low only where
    the value is sqrt(low high) exp(sdlog^2/2). The factor has no upper bound: a share may come out above 1.

    Examples
    --------
    >>> round(factor_by_range(1.0, 4.0, where="clear_h").sdlog, 3)
    0.541
    """
    if low == high:
        return Lognormal(mean=1.0, sdlog=0.0)
    if not 0 < low < high < inf:
        raise DataError(f"{where}: no range; expected 0 < low <= high, got {low:g} to {high:g}. Correct the row.")
    return _checked(1.0, log(high / low) / (2 * Z90), where)


def _check_mean(mean: float, minimum: float, where: str) -> None:
    if not 0 <= minimum < mean < inf:
        raise DataError(
            f"{where}: mean not above the minimum; expected 0 <= minimum < mean, "
            f"got mean {mean:g} and minimum {minimum:g}. Correct them."
        )


def _checked(mean: float, sdlog: float, where: str, *, minimum: float = 0.0) -> Lognormal:
    if not 0 <= sdlog <= SDLOG_MAX:
        raise DataError(
            f"{where}: spread out of bounds; expected an sdlog of 0 to {SDLOG_MAX:g}, got {sdlog:.3g}. "
            "Narrow the range, or model the rare event separately."
        )
    return Lognormal(mean, sdlog, minimum)
