"""Closures of a post, or of a whole frontier: how often, how long, and the wait for the reopening (model.md 3.5)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corridor.errors import DataError

Floats = NDArray[np.float64]

DAYS_PER_YEAR = 365.0
HOURS_PER_DAY = 24.0

EXPONENTIAL_CV = 1.0
"""CV of durations where one that has lasted long is no nearer its end."""

FIXED_CV = 0.0
"""CV of durations that are all the same."""


@dataclass(frozen=True, slots=True)
class Closures:
    """A post, or a frontier, that is now open, now closed; `build_closures` checks it.

    Parameters
    ----------
    closures_per_open_year : closures begun per 365 days of open gate; a number, or one per future, shape (n,)
    closure_days : mean duration, same shapes
    """

    closures_per_open_year: Floats
    closure_days: Floats

    @property
    def closed_share(self) -> Floats:
        """Share of all days on which it is closed, 0 to 1: l d / (365 + l d)."""
        days_per_open_year = self.closures_per_open_year * self.closure_days
        return days_per_open_year / (DAYS_PER_YEAR + days_per_open_year)

    def closed_share_ahead(self, days_ahead: Floats | float) -> Floats:
        """Chance, 0 to 1, that it is closed so many days after it was known to be open.

        Parameters
        ----------
        days_ahead : days from departure to the post, 0 or above; inf where nothing is known at departure

        Notes
        -----
        P(t) = P (1 - exp(-(l/365 + 1/d) t)); exponential durations.
        """
        changes_per_day = self.closures_per_open_year / DAYS_PER_YEAR + 1 / self.closure_days
        return np.asarray(self.closed_share * -np.expm1(-changes_per_day * days_ahead))

    def blind_wait_h(self, *, duration_cv: float = EXPONENTIAL_CV) -> Floats:
        """Mean wait for the reopening, in h, of a truck that comes on any day, knowing nothing.

        Notes
        -----
        P E[d^2] / (2 E[d]) = P d (1 + cv^2) / 2: P d for `EXPONENTIAL_CV`, P d/2 for `FIXED_CV`.
        """
        return self.closed_share * self.closure_days * HOURS_PER_DAY * (1 + duration_cv**2) / 2

    def known_open_wait_h(self, days_ahead: Floats | float) -> Floats:
        """Mean wait for the reopening, in h, of a truck that left when it was open: P(t) d; exponential durations."""
        return self.closed_share_ahead(days_ahead) * self.closure_days * HOURS_PER_DAY

    def drawn_wait_h(self, days_ahead: Floats | float, *, state_u: Floats, residual_u: Floats) -> Floats:
        """Wait of each future's truck for the reopening, in h, mostly 0; its mean is `known_open_wait_h`.

        Parameters
        ----------
        days_ahead : as for `closed_share_ahead`, a number or shape (n,)
        state_u, residual_u : independent luck draws between 0 and 1, (n,): is it closed, and for how much longer. High
            ones are bad luck. All posts that close together are given the same two

        Notes
        -----
        What is left of an exponential duration is exponential again, whenever it began: -d ln(1 - u).
        """
        is_closed = state_u > 1 - self.closed_share_ahead(days_ahead)
        residual_h = -np.log1p(-residual_u) * self.closure_days * HOURS_PER_DAY
        return np.where(is_closed, residual_h, 0.0)


def build_closures(*, closures_per_open_year: Floats | float, closure_days: Floats | float, where: str) -> Closures:
    """The closures of a post or frontier that `where` names in errors.

    Raises
    ------
    DataError : a number below 0, a duration of 0, or one that is not finite

    Examples
    --------
    >>> closures = build_closures(closures_per_open_year=1.5, closure_days=10.0, where="torkham")
    >>> print(closures.blind_wait_h().round(1))
    9.5
    """
    per_year, days = np.asarray(closures_per_open_year, dtype=float), np.asarray(closure_days, dtype=float)
    _check(per_year, (per_year >= 0) & np.isfinite(per_year), f"{where}: closures_per_open_year", "0 or above")
    _check(days, (days > 0) & np.isfinite(days), f"{where}: closure_days", "above 0")
    return Closures(per_year, days)


def _check(values: Floats, is_valid: NDArray[np.bool_], where: str, expected: str) -> None:
    if not is_valid.all():
        raise DataError(f"{where}: out of bounds; expected {expected}, got {values[~is_valid].flat[0]:g}. Correct it.")
