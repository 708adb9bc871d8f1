"""When a truck drives, waits and rests on its way, for many trips at once (model.md 2.2, 2.3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from corridor.costs.driver_clock import (
    STAYS,
    CrewState,
    Floats,
    RuleHours,
    changed_crew,
    drive,
    rested_crew,
    rule_hours,
    stay,
)
from corridor.evidence import DriverRules

SCHEDULES = 32
"""Schedules kept from one wait to the next. Of 1,000 random trips with 3 waits one in a hundred ends earlier when a
wait grows by half an hour, as with all schedules, nearly always by half an hour at most; one in a thousand ends hours
earlier, because a weekly rest falls elsewhere. With 4 schedules one in thirty ends earlier, by up to a day.
"""


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a trip under one rule set: driving, then perhaps a wait.

    Parameters
    ----------
    drive_h, stop_h : behind the wheel, and road stops on the way
    wait_h, free_h : the wait at its end, and how much of it is free of duties
    is_crew_changed : whether another crew takes over after the wait
    """

    rules: DriverRules
    drive_h: float = 0.0
    stop_h: float = 0.0
    wait_h: float = 0.0
    free_h: float = 0.0
    is_crew_changed: bool = False


@dataclass(frozen=True, slots=True)
class Timetable:
    """Hours of some trips, all arrays of shape (trips, segments); segments that a shorter trip has not are 0.

    Parameters
    ----------
    arrival_h : clock at the end of the driving of a segment
    road_rest_h, stay_rest_h : rest taken while driving it, and added to the wait at its end
    """

    arrival_h: Floats
    road_rest_h: Floats
    stay_rest_h: Floats

    @property
    def rest_h(self) -> Floats:
        """All rest that no wait replaces."""
        return self.road_rest_h + self.stay_rest_h


@dataclass(slots=True)
class _Course:
    """What happened on each schedule so far: per segment, arrays of shape (trips, schedules)."""

    arrival_h: list[Floats] = field(default_factory=list)
    road_rest_h: list[Floats] = field(default_factory=list)
    stay_rest_h: list[Floats] = field(default_factory=list)

    def keep(self, schedule: NDArray[np.intp]) -> None:
        """Only some of the schedules, and those perhaps more than once."""
        for column in (self.arrival_h, self.road_rest_h, self.stay_rest_h):
            column[:] = [np.take_along_axis(hours, schedule, axis=1) for hours in column]

    def of_one(self) -> Timetable:
        """The course of the first schedule."""
        columns = (self.arrival_h, self.road_rest_h, self.stay_rest_h)
        return Timetable(*(np.concatenate([hours[:, :1] for hours in column], axis=1) for column in columns))


@dataclass(frozen=True, slots=True)
class Piece:
    """One segment of many trips, hours of shape (trips, 1); see `Segment`."""

    rules: RuleHours
    drive_h: Floats
    stop_h: Floats
    wait_h: Floats
    free_h: Floats
    is_crew_changed: NDArray[np.bool_]


def plan_trips(trips: Sequence[Sequence[Segment]]) -> Timetable:
    """The timetable of each trip; see `plan_pieces`."""
    longest = max((len(trip) for trip in trips), default=0)
    pieces = [
        _piece([trip[number] if number < len(trip) else Segment(trip[-1].rules) for trip in trips])
        for number in range(longest)
    ]
    return plan_pieces(pieces, trips=len(trips), schedules=SCHEDULES)


def _piece(segments: Sequence[Segment]) -> Piece:
    hours = {
        name: np.array([getattr(segment, name) for segment in segments], dtype=float)[:, None]
        for name in ("drive_h", "stop_h", "wait_h", "free_h")
    }
    is_changed = np.array([segment.is_crew_changed for segment in segments])[:, None]
    return Piece(rule_hours([segment.rules for segment in segments]), **hours, is_crew_changed=is_changed)


def plan_pieces(pieces: Sequence[Piece], *, trips: int, schedules: int) -> Timetable:
    """The timetable of each trip that brings it to its end first, among the schedules looked at.

    Parameters
    ----------
    pieces : segments in the order of travel, all trips at once
    schedules : how many go on from each wait

    Notes
    -----
    At each wait a crew may rest for none of it, for a break, part of a split rest, a daily or a weekly rest; the
    best by clock and rest soon due go on. Vectorised over trips; loops over segments and days.
    """
    state, course = rested_crew(trips), _Course()
    weekly_h = _weekly_rest_h(pieces)
    for piece, ahead_h in zip(pieces, _ahead_h(pieces), strict=True):
        driven = drive(state, drive_h=piece.drive_h, stop_h=piece.stop_h, ahead_h=ahead_h, rules=piece.rules)
        course.arrival_h.append(driven.clock_h)
        course.road_rest_h.append(driven.rest_h - state.rest_h)
        waited = _wait(driven, course, piece, weekly_h=weekly_h, schedules=schedules)
        state = changed_crew(waited, piece.is_crew_changed)
    if not course.arrival_h:
        return Timetable(*(np.zeros((trips, 0)) for _ in range(3)))
    course.keep(np.argmin(np.where(state.is_live, state.clock_h, np.inf), axis=1)[:, None])
    return course.of_one()


def _ahead_h(pieces: Sequence[Piece]) -> list[Floats]:
    """Driving after each segment of a trip and before the next wait."""
    ahead_h: list[Floats] = []
    driven_h = np.zeros((1, 1))
    for piece in reversed(pieces):
        driven_h = np.where(piece.wait_h > 0, 0.0, driven_h)
        ahead_h.append(driven_h)
        driven_h = driven_h + piece.drive_h
    return ahead_h[::-1]


def _weekly_rest_h(pieces: Sequence[Piece]) -> Floats:
    """The longest weekly rest that any rule set on the way knows: so long a wait is one wherever it is spent."""
    longest_h = np.zeros((1, 1))
    for piece in pieces:
        known_h = np.where(np.isinf(piece.rules.weekly_rest_h), 0.0, piece.rules.weekly_rest_h)
        longest_h = np.maximum(longest_h, known_h)
    return np.where(longest_h > 0, longest_h, np.inf)


def _wait(state: CrewState, course: _Course, piece: Piece, *, weekly_h: Floats, schedules: int) -> CrewState:
    """The best schedules after a wait, the ways to spend it included."""
    if not piece.wait_h.any():
        course.stay_rest_h.append(np.zeros_like(state.clock_h))
        return state
    weekly_rest_h = np.where(np.isinf(piece.rules.weekly_rest_h), weekly_h, piece.rules.weekly_rest_h)
    rules, wide = replace(piece.rules, weekly_rest_h=weekly_rest_h), state.clock_h.shape
    wait_h, free_h = (np.broadcast_to(hours, wide) for hours in (piece.wait_h, piece.free_h))
    stayed = stay(state, wait_h=wait_h, free_h=free_h, rules=rules)
    key = np.where(stayed.is_live, stayed.clock_h + _debt_h(stayed, rules), np.inf)
    kept = np.argsort(key, axis=1, kind="stable")[:, :schedules]
    extra_h = stayed.rest_h - np.repeat(state.rest_h, STAYS, axis=1)
    course.keep(kept // STAYS)
    course.stay_rest_h.append(np.take_along_axis(extra_h, kept, axis=1))
    return stayed.taking(kept)


def _debt_h(state: CrewState, rules: RuleHours) -> Floats:
    """Rest that is due soon, in proportion to what has been driven since the last one."""
    weekly_h = np.where(np.isinf(rules.weekly_rest_h), 0.0, rules.weekly_rest_h - rules.rest_h)
    week_share = np.maximum(state.since_weekly_h / rules.week_h, state.week_clock_h / rules.week_clock_h)
    break_h = np.where(np.isinf(rules.gap_h), 0.0, rules.break_h) * state.since_break_h / rules.gap_h
    return np.asarray(rules.rest_h * state.since_rest_h / rules.day_h + break_h + weekly_h * week_share)
