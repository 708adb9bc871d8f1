"""Drivers' hours as a state that drives, stops and waits, for many trips at once (model.md 2.2, 2.3)."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corridor.evidence import DriverRules

Floats = NDArray[np.float64]

HOURS_SLACK = 1e-9
"""Slack of every threshold in hours (model.md 15.5)."""

WEEK_H = 168.0
WEEKLY_EARLY_H = 2.0
"""A weekly rest takes the place of a night where less driving than this is left of the week's; see model.md 2.2."""

WEEKLY_EARLY_SHARE = 0.9
"""And where the six days would end before this share of a day's driving: then a night before it is a night lost."""

BREAK, SPLIT, DAILY, WEEKLY = range(1, 5)
STAYS = 5
"""Ways to spend a wait: none of it as rest, or as a break, the first part of a split rest, a daily or a weekly rest."""


@dataclass(frozen=True, slots=True)
class RuleHours:
    """Rule sets as numbers, each of shape (trips, 1); inf where there is no limit, or no such rest."""

    gap_h: Floats
    break_h: Floats
    day_h: Floats
    span_h: Floats
    rest_h: Floats
    week_h: Floats
    fortnight_h: Floats
    week_clock_h: Floats
    weekly_rest_h: Floats
    split_first_h: Floats
    split_rest_h: Floats
    split_span_h: Floats


def rule_hours(rules: list[DriverRules]) -> RuleHours:
    """The rule set of each trip, as numbers; where rests are not split, a split rest changes nothing."""
    columns = {field.name: _column([getattr(rule, field.name) for rule in rules]) for field in fields(RuleHours)}
    is_whole = np.isinf(columns["split_first_h"])
    unsplit = {
        "split_rest_h": np.where(is_whole, columns["rest_h"], columns["split_rest_h"]),
        "split_span_h": np.where(is_whole, columns["span_h"], columns["split_span_h"]),
    }
    return RuleHours(**{**columns, **unsplit})


def _column(hours: list[float | None]) -> Floats:
    return np.array([np.inf if value is None else value for value in hours])[:, None]


@dataclass(frozen=True, slots=True)
class CrewState:
    """A crew on its way, all arrays of shape (trips, schedules), hours.

    Parameters
    ----------
    clock_h : since departure
    rest_h : breaks and rests taken so far, what waits replaced not counted
    since_break_h, since_rest_h, since_weekly_h : driving since the last break, daily and weekly rest
    week_before_h : driving in the week before the last weekly rest
    shift_h, week_clock_h : clock since the last daily and weekly rest
    is_split : a first part of a split rest was taken since the last daily rest
    is_live : whether the schedule is one to go on with; the hours of the others mean nothing
    """

    clock_h: Floats
    rest_h: Floats
    since_break_h: Floats
    since_rest_h: Floats
    since_weekly_h: Floats
    week_before_h: Floats
    shift_h: Floats
    week_clock_h: Floats
    is_split: NDArray[np.bool_]
    is_live: NDArray[np.bool_]

    def taking(self, schedule: NDArray[np.intp]) -> CrewState:
        """Some of the schedules of each trip, shape (trips, kept)."""
        columns = {
            field.name: np.take_along_axis(getattr(self, field.name), schedule, axis=1) for field in fields(self)
        }
        return CrewState(**columns)


def rested_crew(trips: int) -> CrewState:
    """A crew that has just had its weekly rest, at departure, one schedule a trip."""
    hours = {field.name: np.zeros((trips, 1)) for field in fields(CrewState)}
    marks = {"is_split": np.zeros((trips, 1), dtype=bool), "is_live": np.ones((trips, 1), dtype=bool)}
    return CrewState(**{**hours, **marks})


def changed_crew(state: CrewState, is_changed: NDArray[np.bool_]) -> CrewState:
    """The state after another, rested crew took over where `is_changed`, shape (trips, 1)."""
    fresh = {
        name: np.where(is_changed, 0.0, getattr(state, name))
        for name in ("since_break_h", "since_rest_h", "since_weekly_h", "week_before_h", "shift_h", "week_clock_h")
    }
    return replace(state, **fresh, is_split=state.is_split & ~is_changed)


def drive(state: CrewState, *, drive_h: Floats, stop_h: Floats, ahead_h: Floats, rules: RuleHours) -> CrewState:
    """The state after so many hours behind the wheel, with the rests that fall due on the way.

    Parameters
    ----------
    drive_h, stop_h : (trips, 1) driving, and road stops spread evenly over it (on duty, no rest)
    ahead_h : (trips, 1) driving that follows before the next wait

    Notes
    -----
    The greedy rule: the crew drives as early and as long as it may, and rests where it must. Loops over days, never
    over trips.
    """
    left_h = np.broadcast_to(drive_h, state.clock_h.shape)
    pace = 1.0 + np.divide(stop_h, drive_h, out=np.zeros_like(stop_h), where=drive_h > 0)
    while True:
        state, driven_h = _until_rest(state, left_h, pace, rules)
        left_h = left_h - driven_h
        is_due = left_h > HOURS_SLACK
        if not is_due.any():
            return state
        state = _rested(state, left_h, left_h + ahead_h, rules)


def _until_rest(state: CrewState, left_h: Floats, pace: Floats, rules: RuleHours) -> tuple[CrewState, Floats]:
    """Drive until the day, the week, the shift or the way ends; a break is taken where more than a gap is driven."""
    span_h = np.where(state.is_split, rules.split_span_h, rules.span_h)
    shift_left_h = np.maximum(0.0, np.minimum(span_h - state.shift_h, rules.week_clock_h - state.week_clock_h))
    gap_h = np.maximum(0.0, rules.gap_h - state.since_break_h)
    without_break_h = shift_left_h / pace
    with_break_h = (shift_left_h - np.where(np.isinf(rules.gap_h), 0.0, rules.break_h)) / pace
    in_shift_h = np.where(without_break_h <= gap_h, without_break_h, np.maximum(gap_h, with_break_h))
    allowed_h = np.minimum(rules.day_h - state.since_rest_h, _quota_h(state, rules))
    driven_h = np.maximum(0.0, np.minimum(np.minimum(left_h, allowed_h), in_shift_h))
    has_break = driven_h > gap_h + HOURS_SLACK
    break_h = np.where(has_break, rules.break_h, 0.0)
    clock_h = driven_h * pace + break_h
    return (
        replace(
            state,
            clock_h=state.clock_h + clock_h,
            rest_h=state.rest_h + break_h,
            since_break_h=np.where(has_break, driven_h - gap_h, state.since_break_h + driven_h),
            since_rest_h=state.since_rest_h + driven_h,
            since_weekly_h=state.since_weekly_h + driven_h,
            shift_h=state.shift_h + clock_h,
            week_clock_h=state.week_clock_h + clock_h,
        ),
        driven_h,
    )


def _quota_h(state: CrewState, rules: RuleHours) -> Floats:
    """Driving left this week and this fortnight."""
    fortnight_h = rules.fortnight_h - state.week_before_h - state.since_weekly_h
    return np.asarray(np.minimum(rules.week_h - state.since_weekly_h, fortnight_h))


def _rested(state: CrewState, left_h: Floats, to_wait_h: Floats, rules: RuleHours) -> CrewState:
    """The state after the rest of the night where driving is left: a weekly one where the week is nearly used up.

    Parameters
    ----------
    to_wait_h : driving left until the next wait, however the way there is cut into pieces

    Notes
    -----
    A night, some hours of driving and a weekly rest take a night more than the weekly rest alone, and the hours
    driven in between rarely save one later. With model.md's 2 h for both, half the queue at one post made a trip
    3 h longer.
    """
    is_due, quota_h = left_h > HOURS_SLACK, _quota_h(state, rules)
    daily_h = np.where(state.is_split, rules.split_rest_h, rules.rest_h)
    clock_left_h = rules.week_clock_h - state.week_clock_h - rules.rest_h
    wanted_h = np.minimum(to_wait_h, WEEKLY_EARLY_SHARE * rules.day_h)
    is_used_up = quota_h < WEEKLY_EARLY_H - HOURS_SLACK
    is_weekly = is_due & (is_used_up | (clock_left_h < wanted_h - HOURS_SLACK))
    week_over_h = np.where(is_used_up, WEEK_H - state.week_clock_h, 0.0)
    weekly_h = np.maximum(np.where(np.isinf(rules.weekly_rest_h), 0.0, rules.weekly_rest_h), week_over_h)
    hours = np.where(is_weekly, weekly_h, np.where(is_due, daily_h, 0.0))
    return _after_rest(_later(state, hours, rest_h=hours), is_daily=is_due, is_weekly=is_weekly)


def _later(state: CrewState, hours: Floats, *, rest_h: Floats) -> CrewState:
    """So many hours later, of them `rest_h` at rest; nothing is driven."""
    return replace(
        state,
        clock_h=state.clock_h + hours,
        rest_h=state.rest_h + rest_h,
        shift_h=state.shift_h + hours,
        week_clock_h=state.week_clock_h + hours,
    )


def _after_rest(state: CrewState, *, is_daily: NDArray[np.bool_], is_weekly: NDArray[np.bool_]) -> CrewState:
    """Counters set back after a daily rest, and after a weekly one as well."""
    return replace(
        state,
        since_break_h=np.where(is_daily, 0.0, state.since_break_h),
        since_rest_h=np.where(is_daily, 0.0, state.since_rest_h),
        shift_h=np.where(is_daily, 0.0, state.shift_h),
        is_split=state.is_split & ~is_daily,
        week_before_h=np.where(is_weekly, state.since_weekly_h, state.week_before_h),
        since_weekly_h=np.where(is_weekly, 0.0, state.since_weekly_h),
        week_clock_h=np.where(is_weekly, 0.0, state.week_clock_h),
    )


def stay(state: CrewState, *, wait_h: Floats, free_h: Floats, rules: RuleHours) -> CrewState:
    """Every way to spend a wait, side by side: schedules times `STAYS`; live are those that the rules know.

    Parameters
    ----------
    wait_h : (trips, schedules) or (trips, 1)
    free_h : hours of the wait that are free of duties, of the same shape

    Notes
    -----
    A wait counts as a rest if it is stretched to the length of one: longer by max(0, rest - free_h). A choice,
    not a threshold, so that a longer wait never brings the truck there sooner (model.md 2.3). A rest that costs
    nothing makes every smaller one needless.
    """
    rest_h = _stay_rests_h(state, rules)
    is_known = np.isfinite(rest_h) & ((wait_h > 0)[..., None] | (np.arange(STAYS) == 0))
    extra_h = np.maximum(0.0, np.where(is_known, rest_h, 0.0) - free_h[..., None])
    many = CrewState(**{field.name: _spread(getattr(state, field.name)) for field in fields(state)})
    waited = _later(many, _flat(wait_h[..., None] + extra_h), rest_h=_flat(extra_h))
    kind = np.broadcast_to(np.arange(STAYS), rest_h.shape)
    waited = replace(
        waited,
        since_break_h=np.where(_flat(kind >= BREAK), 0.0, waited.since_break_h),
        is_split=waited.is_split | _flat(kind == SPLIT),
        is_live=waited.is_live & _flat(is_known & ~_needless(is_known & (extra_h == 0))),
    )
    return _after_rest(waited, is_daily=_flat(kind >= DAILY), is_weekly=_flat(kind == WEEKLY))


def _needless(is_free: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which ways to wait have a greater rest after them that costs nothing, shape (trips, schedules, STAYS)."""
    from_greatest = np.logical_or.accumulate(is_free[..., ::-1], axis=-1)[..., ::-1]
    return np.concatenate([from_greatest[..., 1:], np.zeros_like(is_free[..., :1])], axis=-1)


def _stay_rests_h(state: CrewState, rules: RuleHours) -> Floats:
    """Free hours that each way to spend a wait needs, shape (trips, schedules, STAYS); inf where it is no rest."""
    daily_h = np.where(state.is_split, rules.split_rest_h, rules.rest_h)
    break_h = np.where(np.isinf(rules.gap_h), np.inf, rules.break_h)
    columns = (np.zeros_like(daily_h), break_h, rules.split_first_h, daily_h, rules.weekly_rest_h)
    return np.stack([np.broadcast_to(column, daily_h.shape) for column in columns], axis=-1)


def _spread(values: NDArray[Any]) -> NDArray[Any]:
    return np.repeat(values, STAYS, axis=1)


def _flat(values: NDArray[Any]) -> NDArray[Any]:
    """Schedules and ways to spend a wait as one axis."""
    return values.reshape(values.shape[0], -1)
