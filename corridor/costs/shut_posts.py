"""Hours lost at a post that is shut: for the night, for the weekend, or by a closure (model.md 3.5, 3.7)."""

from __future__ import annotations

from corridor.costs.closures import HOURS_PER_DAY, build_closures
from corridor.costs.tariff import Amount, Tariff
from corridor.evidence import CrossingTime

DAYS_PER_WEEK = 7.0

TIMED_RUNGS = ("measured", "other_direction", "override")
"""Exit sides whose hours run from arrival to departure, closed doors included."""


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
    night_h = HOURS_PER_DAY - open_h_per_day
    weekend_h = night_h + HOURS_PER_DAY * (DAYS_PER_WEEK - open_days_per_week)
    work_h = min(work_h, open_h_per_day)
    nights_h = (open_days_per_week - 1) * night_h * (night_h / 2 + work_h)
    return (nights_h + weekend_h * (weekend_h / 2 + work_h)) / (DAYS_PER_WEEK * HOURS_PER_DAY)


def closure_wait(tariff: Tariff, crossing_id: str, *, days_ahead: float) -> Amount:
    """Mean hours that a truck loses to closures which begin after its departure, this many days before it comes."""
    rate, days = (tariff.amount(name, crossing_id) for name in ("closures_per_open_year", "closure_days"))
    if not rate.known:
        return Amount(0.0, ())
    closures = build_closures(closures_per_open_year=rate.known, closure_days=days.known, where=crossing_id)
    return Amount(float(closures.known_open_wait_h(days_ahead)), (*rate.basis, *days.basis))
