"""Hours lost at a post that is shut: for the night, for the weekend, or by a closure (model.md 3.5, 3.7)."""

from __future__ import annotations

from math import fsum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corridor.costs.closures import HOURS_PER_DAY, build_closures
from corridor.costs.tariff import Amount, Tariff
from corridor.evidence import CrossingTime

Floats = NDArray[np.float64]

DAYS_PER_WEEK = 7.0
HOURS_PER_WEEK = DAYS_PER_WEEK * HOURS_PER_DAY

TIMED_RUNGS = ("measured", "override")
"""Exit sides whose hours run from arrival to departure, closed doors included. What was measured of trucks that came in
is no such time: they had the doors behind them.
"""


def opening_wait(tariff: Tariff, crossing_id: str, times: CrossingTime) -> Amount:
    """Mean hours that a truck loses because the post keeps hours; 0 where its time was measured with them."""
    hours, days = (tariff.amount(name, crossing_id) for name in ("open_hours_per_day", "open_days_per_week"))
    if times.exit_side.rung in TIMED_RUNGS:
        return Amount(0.0, ())
    lost_h = mean_opening_wait_h(
        work_h=times.exit_side.hours, open_h_per_day=hours.known, open_days_per_week=days.known
    )
    return Amount(lost_h, (*hours.basis, *days.basis))


def mean_opening_wait_h(*, work_h: float, open_h_per_day: float, open_days_per_week: float) -> float:
    """Hours lost at closed doors, mean over trucks that come at any hour of the week.

    Parameters
    ----------
    work_h : hours of work at the post, done while it is open; more than a day's is taken for a day's
    open_h_per_day : 0 to 24
    open_days_per_week : days on end, 0 to 7

    Notes
    -----
    A door shut for g hours costs g / 2 on average to those who come meanwhile, a share g / 168 of all, and g to those
    who come within `work_h` before it shuts: sum of g (g / 2 + work_h) / 168 (model.md 3.7).

    Examples
    --------
    >>> mean_opening_wait_h(work_h=3.0, open_h_per_day=8.0, open_days_per_week=7.0)  # 16 x 16 / 48 + 3 x 16 / 24
    7.333333333333333
    """
    gaps = _gaps(work_h=work_h, open_h_per_day=open_h_per_day, open_days_per_week=open_days_per_week)
    return fsum(gap.times * gap.shut_h * (gap.shut_h / 2 + gap.work_h) for gap in gaps) / HOURS_PER_WEEK


def drawn_opening_wait_h(u: Floats, *, work_h: float, open_h_per_day: float, open_days_per_week: float) -> Floats:
    """Hours that each truck loses at closed doors, shape of `u`; their mean is `mean_opening_wait_h`.

    Parameters
    ----------
    u : luck between 0 and 1: the hour of the week at which a truck comes

    Examples
    --------
    >>> drawn_opening_wait_h(np.array([0.05, 0.2, 0.9]), work_h=0.0, open_h_per_day=24.0, open_days_per_week=5.0)
    array([39.6, 14.4,  0. ])
    """
    hour, lost_h = u * HOURS_PER_WEEK, np.zeros_like(u)
    for gap in _gaps(work_h=work_h, open_h_per_day=open_h_per_day, open_days_per_week=open_days_per_week):
        all_h = gap.times * (gap.work_h + gap.shut_h)
        is_met = (hour >= 0) & (hour < all_h)
        lost_h = np.where(is_met, np.minimum(gap.shut_h, (all_h - hour) / (gap.times or 1.0)), lost_h)
        hour = hour - all_h
    return lost_h


class _Gap(NamedTuple):
    """Hours on end at which the doors are shut, and the hours before them in which one comes too late."""

    times: float
    shut_h: float
    work_h: float


def _gaps(*, work_h: float, open_h_per_day: float, open_days_per_week: float) -> tuple[_Gap, _Gap]:
    """The weekend, with the nights on both sides of it, and the other nights of a week."""
    night_h = HOURS_PER_DAY - open_h_per_day
    weekend_h = night_h + HOURS_PER_DAY * (DAYS_PER_WEEK - open_days_per_week)
    work_h = min(work_h, open_h_per_day)
    return _Gap(1.0, weekend_h, work_h), _Gap(open_days_per_week - 1, night_h, work_h)


def closure_wait(tariff: Tariff, crossing_id: str, *, days_ahead: float) -> Amount:
    """Mean hours that a truck loses to closures which begin after its departure, this many days before it comes."""
    rate, days = (tariff.amount(name, crossing_id) for name in ("closures_per_open_year", "closure_days"))
    if not rate.known:
        return Amount(0.0, ())
    closures = build_closures(closures_per_open_year=rate.known, closure_days=days.known, where=crossing_id)
    return Amount(float(closures.known_open_wait_h(days_ahead)), (*rate.basis, *days.basis))
