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
    QueueEstimate,
    Rung,
    SideTime,
)
from corridor.evidence.parameters import ANY, Parameter
from corridor.evidence.places import Country

STAND_IN_GRADE = "C"
OPPOSITE = {"exit": "entry", "entry": "exit"}
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
        queue, exit_side = self._split(self._hours(leaving))
        return CrossingTime(queue, exit_side, self._hours(entering), self._fee(leaving), self._fee(entering))

    def _split(self, whole: SideTime) -> tuple[SideTime, SideTime]:
        """Queue and formalities of an exit side whose time was measured as one."""
        clear_h = min(whole.hours, self._parameter("clear_h", ANY).value)
        return replace(whole, hours=whole.hours - clear_h), replace(whole, hours=clear_h)

    def _hours(self, side: _Side) -> SideTime:
        steps: tuple[Callable[[_Side], SideTime | None], ...] = (
            self._measured_hours,
            self._queue_hours,
            self._other_direction_hours,
            self._parameter_hours,
        )
        found = next((time for step in steps if (time := step(side)) is not None), None)
        if found is None:
            raise DataError(f"parameters.csv: 'tfi1_h' has no row for '{ANY}'; {side.crossing} needs one. Add it.")
        return found

    def _measured_hours(self, side: _Side) -> SideTime | None:
        return _latest_hours(self._rows.get((side.crossing, side.country, side.movement), []), "measured")

    def _queue_hours(self, side: _Side) -> SideTime | None:
        row = self._queues.get((side.crossing, side.direction))
        if row is None or side.movement != "exit":
            return None
        return SideTime(row.mean_h, "queue_evidence", None, row.source, row.grade, row.note)

    def _other_direction_hours(self, side: _Side) -> SideTime | None:
        rows = self._rows.get((side.crossing, side.country, OPPOSITE[side.movement]), [])
        return _latest_hours(rows, "other_direction")

    def _parameter_hours(self, side: _Side) -> SideTime | None:
        found = self._parameter_for("tfi1_h", side)
        if found is None:
            return None
        row, rung = found
        return SideTime(row.value, rung, row.year, row.source, stand_in_grade(row.grade, rung), row.note)

    def _fee(self, side: _Side) -> Fee:
        rows = self._rows.get((side.crossing, side.country, side.movement), [])
        priced = [row for row in rows if row.fee_usd is not None]
        if priced:
            row = max(priced, key=_year)
            return Fee(row.fee_usd, "measured", row.year, row.source, row.grade, row.note)
        found = self._parameter_for("tfi2_usd", side)
        if found is None:
            return Fee(None, "unknown", None, (), "D", "no fee found for this side")
        parameter, rung = found
        grade = stand_in_grade(parameter.grade, rung)
        return Fee(parameter.value, rung, parameter.year, parameter.source, grade, parameter.note)

    def _parameter_for(self, name: str, side: _Side) -> tuple[Parameter, Rung] | None:
        """The row of the shared area, else of the country and direction, else for all."""
        scope = f"{side.country}:{DIRECTION_WORD[side.movement]}"
        steps: list[tuple[str, Rung]] = [(area, "open_border") for area in self._shared_areas(side)]
        steps += [(scope, "country_average"), (ANY, "global_estimate")]
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
