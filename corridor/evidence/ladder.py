"""Hours and fees of a post's sides: the best rung of evidence there is, and which one it was."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from corridor.errors import DataError
from corridor.evidence.crossings import (
    BorderCrossing,
    CrossingTime,
    Fee,
    MeasuredTime,
    QueueBasis,
    QueueEstimate,
    Rung,
    SideTime,
)
from corridor.evidence.parameters import ANY, Parameter
from corridor.evidence.places import Country

STAND_IN_GRADE = "C"
OPPOSITE = {"exit": "entry", "entry": "exit"}
QUEUES_SEEN: tuple[QueueBasis, ...] = ("post", "frontier")
QUEUES_JUDGED: tuple[QueueBasis, ...] = ("none",)
WHOLE_QUEUE_RUNGS = ("queue_evidence", "judged")
"""Exit sides whose hours are those of the one queue in front of the post, whichever side causes it."""

DIRECTION_WORD = {"exit": "out", "entry": "in"}


@dataclass(frozen=True, slots=True)
class _Side:
    """One side of a post in one direction."""

    crossing: str
    country: str
    neighbour: str
    movement: str
    direction: str


class Ladder:
    """Finds the hours and fees of a post from rows indexed once.

    Parameters
    ----------
    parameters : by (name, scope); `tfi1_h`, `tfi2_usd` and `clear_h` are used
    """

    def __init__(
        self,
        parameters: Mapping[tuple[str, str], Parameter],
        countries: Mapping[str, Country],
        measured_times: Iterable[MeasuredTime],
        queue_estimates: Iterable[QueueEstimate],
    ) -> None:
        self._parameters = parameters
        self._countries = countries
        self._queues = {(row.crossing, row.direction): row for row in queue_estimates}
        self._rows: dict[tuple[str, str, str], list[MeasuredTime]] = {}
        for row in measured_times:
            if row.use == "yes":
                self._rows.setdefault((row.crossing, row.side, row.movement), []).append(row)

    def with_times(self, crossing: BorderCrossing) -> BorderCrossing:
        """The post with hours and fees for both its directions; those of a ferry are its ports'."""
        ports = {port.country: port.id for port in crossing.ferry.ports} if crossing.ferry else {}
        times = {d: self.crossing_time(crossing.id, d, ports=ports) for d in crossing.directions}
        return replace(crossing, times=times)

    def crossing_time(self, crossing_id: str, direction: str, *, ports: Mapping[str, str]) -> CrossingTime:
        """Queue, both sides and both fees of one direction, e.g. ``PAK-AFG``.

        Parameters
        ----------
        ports : country -> port of a ferry, under whose name the rows of its side stand; empty for a post
        """
        left, entered = direction.split("-")
        leaving = _Side(ports.get(left, crossing_id), left, entered, "exit", direction)
        entering = _Side(ports.get(entered, crossing_id), entered, left, "entry", direction)
        exit_h, entry_h = self._hours(leaving), self._hours(entering)
        if exit_h.rung in WHOLE_QUEUE_RUNGS and entry_h.rung == "global_estimate":
            entry_h = self._formalities()
        queue, exit_side = self._split(exit_h)
        return CrossingTime(queue, exit_side, entry_h, self._fee(leaving), self._fee(entering))

    def _formalities(self) -> SideTime:
        """An entry side that nobody has measured behind a queue that is known: the estimate for all holds a queue."""
        return _parameter_time(self._parameter("clear_h", ANY), "formalities")

    def _split(self, whole: SideTime) -> tuple[SideTime, SideTime]:
        """Queue and formalities of an exit side whose time was measured as one; the season is one of the queue."""
        clear_h = min(*_monthly(whole), self._parameter("clear_h", ANY).value)
        queue_h = whole.hours - clear_h
        factors = tuple((hours - clear_h) / queue_h for hours in _monthly(whole)) if whole.month_factors else ()
        queue = replace(whole, hours=queue_h, month_factors=factors)
        return queue, replace(whole, hours=clear_h, month_factors=())

    def _hours(self, side: _Side) -> SideTime:
        steps: tuple[Callable[[_Side], SideTime | None], ...] = (
            self._measured_hours,
            self._queue_hours,
            self._other_direction_hours,
            self._average_hours,
            self._judged_hours,
        )
        found = next((time for step in steps if (time := step(side)) is not None), None)
        return found or _parameter_time(self._parameter("tfi1_h", ANY), "global_estimate")

    def _measured_hours(self, side: _Side) -> SideTime | None:
        return _latest_hours(self._rows.get((side.crossing, side.country, side.movement), []), "measured")

    def _queue_hours(self, side: _Side) -> SideTime | None:
        return self._queue_row(side, "queue_evidence", QUEUES_SEEN)

    def _judged_hours(self, side: _Side) -> SideTime | None:
        return self._queue_row(side, "judged", QUEUES_JUDGED)

    def _queue_row(self, side: _Side, rung: Rung, kinds: tuple[QueueBasis, ...]) -> SideTime | None:
        row = self._queues.get((side.crossing, side.direction))
        if row is None or side.movement != "exit" or row.evidence not in kinds:
            return None
        has_season = len(set(row.month_h)) > 1
        factors = tuple(hours / row.mean_h for hours in row.month_h) if has_season else ()
        return SideTime(row.mean_h, rung, None, row.source, row.grade, row.note, factors)

    def _other_direction_hours(self, side: _Side) -> SideTime | None:
        rows = self._rows.get((side.crossing, side.country, OPPOSITE[side.movement]), [])
        return _latest_hours(rows, "other_direction")

    def _average_hours(self, side: _Side) -> SideTime | None:
        found = self._first_parameter("tfi1_h", self._area_steps(side))
        return _parameter_time(*found) if found else None

    def _fee(self, side: _Side) -> Fee:
        rows = self._rows.get((side.crossing, side.country, side.movement), [])
        priced = [row for row in rows if row.fee_usd is not None]
        if priced:
            row = max(priced, key=_year)
            return Fee(row.fee_usd, "measured", row.year, row.source, row.grade, row.note)
        found = self._first_parameter("tfi2_usd", [*self._area_steps(side), (ANY, "global_estimate")])
        if found is None:
            return Fee(None, "unknown", None, (), "D", "no fee found for this side")
        parameter, rung = found
        grade = stand_in_grade(parameter.grade, rung)
        return Fee(parameter.value, rung, parameter.year, parameter.source, grade, parameter.note)

    def _area_steps(self, side: _Side) -> list[tuple[str, Rung]]:
        """The shared areas, then the country and direction."""
        areas: list[tuple[str, Rung]] = [(area, "open_border") for area in self._shared_areas(side)]
        return [*areas, (f"{side.country}:{DIRECTION_WORD[side.movement]}", "country_average")]

    def _first_parameter(self, name: str, steps: Iterable[tuple[str, Rung]]) -> tuple[Parameter, Rung] | None:
        rows = ((self._parameters.get((name, tried)), rung) for tried, rung in steps)
        return next(((row, rung) for row, rung in rows if row is not None), None)

    def _shared_areas(self, side: _Side) -> list[str]:
        here, there = self._countries[side.country], self._countries[side.neighbour]
        pairs = (
            (here.free_movement_area, there.free_movement_area),
            (here.customs_union, there.customs_union),
        )
        return [mine for mine, theirs in pairs if mine and mine == theirs]

    def _parameter(self, name: str, scope: str) -> Parameter:
        if (name, scope) not in self._parameters:
            raise DataError(f"parameters.csv: '{name}' has no row for '{scope}'. Add it.")
        return self._parameters[(name, scope)]


def _parameter_time(row: Parameter, rung: Rung) -> SideTime:
    return SideTime(row.value, rung, row.year, row.source, stand_in_grade(row.grade, rung), row.note)


def _monthly(time: SideTime) -> list[float]:
    """Hours of each month, or of the year where no season is known."""
    return [time.hours * factor for factor in time.month_factors or (1.0,)]


def _latest_hours(rows: Iterable[MeasuredTime], rung: Rung) -> SideTime | None:
    timed = [row for row in rows if row.kind == "tfi1" and row.hours is not None]
    if not timed:
        return None
    row = max(timed, key=_year)
    grade = stand_in_grade(row.grade, rung)
    return SideTime(row.hours or 0.0, rung, row.year, row.source, grade, row.note)


def stand_in_grade(grade: str, rung: Rung) -> str:
    """Grade of a figure on a rung: one that stands in for another side or post is at best derived.

    Examples
    --------
    >>> stand_in_grade("A", "measured"), stand_in_grade("A", "other_direction"), stand_in_grade("D", "open_border")
    ('A', 'C', 'D')
    """
    return grade if rung == "measured" else max(grade, STAND_IN_GRADE)


def _year(row: MeasuredTime) -> int:
    return row.year or 0
