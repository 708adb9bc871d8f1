"""Drivers' rest that adds up along a way: it falls due hour by hour, by driving and by the clock (model.md, Reach)."""

from __future__ import annotations

from dataclasses import dataclass
from math import fsum

import numpy as np
from numpy.typing import NDArray

from corridor.costs.drivers_hours import COUNTERS, amount_h, half_rest_h, period_h
from corridor.costs.tariff import Tariff
from corridor.evidence import DriverRules

WEEKLY = "weekly"

Hours = NDArray[np.float64] | float


@dataclass(frozen=True, slots=True)
class Level:
    """Which kinds of rest are counted; the most that any level makes of a way is what it takes.

    Parameters
    ----------
    kinds : of `COUNTERS`
    is_everywhere : whether hours under rules without a weekly rest bring one nearer too: they do for a crew whose
        driving ends under rules that have one, where it falls due
    """

    kinds: tuple[str, ...] = ()
    is_everywhere: bool = False


@dataclass(frozen=True, slots=True)
class RestRates:
    """Hours of rest that an hour brings due; numbers, or arrays of shape (edges,).

    Parameters
    ----------
    breaks : by an hour behind the wheel
    daily_by_driving, daily_by_clock : by an hour behind the wheel, and by an hour on duty
    weekly_by_driving, weekly_by_clock : by an hour behind the wheel, and by an hour on the clock, daily rests included
    """

    breaks: Hours
    daily_by_driving: Hours
    daily_by_clock: Hours
    weekly_by_driving: Hours
    weekly_by_clock: Hours

    def road_h(self, *, drive_h: Hours, stop_h: Hours, ferry_h: Hours) -> Hours:
        """Hours of a road with its rest: each rest by what brings more of it due, driving or the clock.

        Examples
        --------
        >>> two_drivers = RestRates(0.0, 9 / 18, 9 / 21, 36 / 112, 36 / 144)
        >>> float(two_drivers.road_h(drive_h=18.0, stop_h=3.0, ferry_h=0.0))  # (18 + 3 + 9) x 1.25
        37.5
        """
        duty_h = drive_h * (1 + self.breaks) + stop_h
        daily_h = np.maximum(self.daily_by_driving * drive_h, self.daily_by_clock * duty_h)
        clock_h = duty_h + daily_h + ferry_h
        return clock_h + np.maximum(self.weekly_by_driving * drive_h, self.weekly_by_clock * clock_h)


def rest_levels(tariff: Tariff) -> tuple[Level, ...]:
    """None, then one kind more at each level, as far as the crew has them; then the weekly rest everywhere."""
    kinds = [kind for kind in COUNTERS if any(period_h(rule, kind) is not None for rule in _crew_rules(tariff))]
    levels = tuple(Level(tuple(kinds[:count])) for count in range(len(kinds) + 1))
    return (*levels, Level(tuple(kinds), is_everywhere=True)) if WEEKLY in kinds else levels


def is_due(rules: DriverRules, level: Level) -> bool:
    """Whether a level counts for a crew whose driving ends under these rules."""
    return not level.is_everywhere or rules.week_clock_h is not None


def rest_rates(tariff: Tariff, rules: DriverRules, level: Level) -> RestRates:
    """Rest that an hour under these rules brings due at a level."""
    day = rules if "daily" in level.kinds else None
    week = rules if WEEKLY in level.kinds else None
    clock = weekly_rules(tariff) if level.is_everywhere and rules.week_clock_h is None else week
    return RestRates(
        breaks=_rate(rules if "stop" in level.kinds else None, "stop", rules.gap_h),
        daily_by_driving=_rate(day, "daily", rules.day_h),
        daily_by_clock=_rate(day, "daily", rules.span_h),
        weekly_by_driving=_rate(week, WEEKLY, rules.week_h),
        weekly_by_clock=_rate(clock, WEEKLY, clock.week_clock_h if clock else None),
    )


def unfinished_rest_h(tariff: Tariff, rules: DriverRules, level: Level) -> float:
    """What rest by the hour is too much on average where driving ends: half of the last one of each kind.

    Notes
    -----
    A weekly rest falls due on the way, perhaps under other rules than those at the end.
    """
    of_kind = {WEEKLY: weekly_rules(tariff) or rules}
    return fsum(half_rest_h(of_kind.get(kind, rules), (kind,)) for kind in level.kinds)


def weekly_rules(tariff: Tariff) -> DriverRules | None:
    """The crew's rules with the longest weekly rest; None where it has none."""
    known = [rules for rules in _crew_rules(tariff) if rules.week_clock_h is not None]
    return max(known, key=lambda rules: (amount_h(rules, WEEKLY), rules.id), default=None)


def _crew_rules(tariff: Tariff) -> list[DriverRules]:
    crew = tariff.scenario.vehicle.crew
    return [rules for rules in tariff.evidence.driver_rules.values() if rules.crew == crew]


def _rate(rules: DriverRules | None, kind: str, after_h: float | None) -> float:
    """Rest of a kind by the hour; none where it is not counted, or where these rules do not have it."""
    return amount_h(rules, kind) / after_h if rules and after_h is not None else 0.0
