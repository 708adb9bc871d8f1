"""The smooth rule of rest: a closed form that the search can bound, close to the timetable (model.md 2.1, 2.4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, fsum

from corridor.costs.driver_clock import HOURS_SLACK
from corridor.evidence import DriverRules

COUNTERS = ("stop", "daily", "weekly")
"""A stop is a break or a daily rest; a daily rest costs the difference on top, a weekly one the next."""


@dataclass(frozen=True, slots=True)
class Shift:
    """Hours driven under one rule set, in order of travel."""

    rules: DriverRules
    drive_h: float


def rest_h(shifts: Sequence[Shift]) -> float:
    """Hours of breaks, daily and weekly rests of a rested crew driving `shifts` one after the other.

    Notes
    -----
    With one rule set this is T(D) - D of model.md 2.1: stops = up(D / gap_h) - 1 breaks or daily rests,
    up(D / day_h) - 1 daily and up(D / week_h) - 1 weekly rests. Where the rule set changes at a border the
    counters carry over as shares of a full gap, day or week, and rest is due in proportion.

    Examples
    --------
    >>> from corridor.evidence import read_evidence
    >>> rest_h([Shift(read_evidence().driver_rules["aetr_1"], 20.0)])  # 2 breaks of 0.75 h, 2 rests of 11 h
    23.5
    """
    return fsum(_counted_h(shifts, counter) for counter in COUNTERS)


def accrued_rest_h(shift: Shift) -> float:
    """Rest that `shift` brings due in proportion to its driving, whole or not: linear, hence additive."""
    return fsum(shift.drive_h * _due_h_per_h(shift.rules, counter) for counter in COUNTERS)


def half_rest_h(rules: DriverRules, counters: Sequence[str]) -> float:
    """What rest in proportion exceeds whole rests by on average: half of the last one of each counter.

    Examples
    --------
    >>> from corridor.evidence import read_evidence
    >>> half_rest_h(read_evidence().driver_rules["aetr_2"], COUNTERS)  # (9 h a day, and 45 - 9 h a week) / 2
    22.5
    """
    return fsum(amount_h(rules, counter) / 2 for counter in counters)


def rest_slack_h(rules: Sequence[DriverRules]) -> float:
    """The most by which `accrued_rest_h` can exceed `rest_h` under these rule sets."""
    return fsum(max((amount_h(rule, counter) for rule in rules), default=0.0) for counter in COUNTERS)


@dataclass(frozen=True, slots=True)
class Absorption:
    """How waiting at a post replaces rest (model.md 2.4).

    Parameters
    ----------
    rest_share : share of a wait that is free of duties, 0 to 1
    absorption_share : share of that which replaces rest, 0 to 1
    cap_h : the most that one wait can count for, before `absorption_share`
    """

    rest_share: float
    absorption_share: float
    cap_h: float

    def absorbed_h(self, wait_h: float) -> float:
        """Rest that a wait at one post replaces: absorption_share * min(rest_share * wait_h, cap_h).

        Examples
        --------
        >>> Absorption(rest_share=0.5, absorption_share=0.5, cap_h=11.0).absorbed_h(12.0)  # 0.5 x 6
        3.0
        """
        return self.absorption_share * min(self.rest_share * wait_h, self.cap_h)


def period_h(rules: DriverRules, counter: str) -> float | None:
    """Driving after which the rest of a counter is due; None where the rules have none."""
    return {"stop": rules.gap_h, "daily": rules.day_h, "weekly": _drivable_week_h(rules)}[counter]


def _drivable_week_h(rules: DriverRules) -> float | None:
    """Driving between two weekly rests: what the week allows, or what fits into its clock."""
    if rules.week_h is None or rules.week_clock_h is None:
        return rules.week_h
    day_and_night_h = rules.day_h + (rules.break_h or 0.0) + rules.rest_h
    nights = floor(rules.week_clock_h / day_and_night_h)
    last_day_h = min(rules.day_h, rules.week_clock_h - nights * day_and_night_h)
    return min(rules.week_h, nights * rules.day_h + last_day_h)


def amount_h(rules: DriverRules, counter: str) -> float:
    """What the rest of a counter takes on top of the lesser one that is due with it."""
    if period_h(rules, counter) is None:
        return 0.0
    break_h = rules.break_h or 0.0
    weekly_rest_h = rules.weekly_rest_h or rules.rest_h
    amounts = {"stop": break_h, "daily": rules.rest_h - break_h, "weekly": weekly_rest_h - rules.rest_h}
    return amounts[counter]


def _due_h_per_h(rules: DriverRules, counter: str) -> float:
    driven_h = period_h(rules, counter)
    return amount_h(rules, counter) / driven_h if driven_h is not None else 0.0


def _counted_h(shifts: Sequence[Shift], counter: str) -> float:
    """Hours of one counter: what is due, less the part of the last period that is not yet full."""
    due_h, periods, last_amount_h = 0.0, 0.0, 0.0
    for shift in shifts:
        driven_h = period_h(shift.rules, counter)
        if driven_h is not None and shift.drive_h > 0:
            due_h += shift.drive_h * _due_h_per_h(shift.rules, counter)
            periods += shift.drive_h / driven_h
            last_amount_h = amount_h(shift.rules, counter)
    if not periods:
        return 0.0
    unfinished = periods - ceil(periods - HOURS_SLACK) + 1
    return max(0.0, due_h - last_amount_h * unfinished)
