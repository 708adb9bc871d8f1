"""Hours of single sides of posts beside what CPMM measured there, and the sides that options pass."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from corridor.analysis.assessment import Option
from corridor.evidence import Evidence, MeasuredTime


@dataclass(frozen=True, slots=True)
class PostComparison:
    """Hours of the model at one side of a post beside every year that CPMM published of it.

    Parameters
    ----------
    movement : ``exit`` (TFI1 outbound; the model's queue and exit side) or ``entry``
    published : the rows, in order of years; those of `use` ``spike`` are no basis of the model
    rung : which evidence the model took
    """

    crossing: str
    direction: str
    country: str
    movement: str
    modelled_h: float
    published: tuple[MeasuredTime, ...]
    rung: str

    @property
    def is_inside(self) -> bool:
        """Whether the model lies within the years published."""
        hours = [row.hours for row in self.published if row.hours is not None]
        return min(hours) <= self.modelled_h <= max(hours)

    @property
    def verdict(self) -> str:
        """``inside`` or ``outside``."""
        return "inside" if self.is_inside else "outside"


def compare_posts(evidence: Evidence) -> tuple[PostComparison, ...]:
    """Every side of a post of the model whose TFI1 is published, by post, direction and movement."""
    timed = [row for row in evidence.measured_times if row.kind == "tfi1" and row.hours is not None]
    rows = [row for row in timed if row.crossing in evidence.crossings and row.direction]
    ordered = sorted(rows, key=lambda row: (row.crossing, row.direction, row.movement, row.year or 0))
    keys = dict.fromkeys((row.crossing, row.side, row.movement, row.direction) for row in ordered)
    return tuple(
        _post(evidence, tuple(row for row in ordered if (row.crossing, row.side, row.movement, row.direction) == key))
        for key in keys
    )


def _post(evidence: Evidence, rows: tuple[MeasuredTime, ...]) -> PostComparison:
    first = rows[0]
    times = evidence.crossings[first.crossing].times[first.direction]
    is_exit = first.movement == "exit"
    return PostComparison(
        crossing=first.crossing,
        direction=first.direction,
        country=first.side,
        movement=first.movement,
        modelled_h=times.queue.hours + times.exit_side.hours if is_exit else times.entry_side.hours,
        published=rows,
        rung=(times.exit_side if is_exit else times.entry_side).rung,
    )


@dataclass(frozen=True, slots=True)
class SideUse:
    """One side of a post as options pass it: hours, the evidence taken, and how often."""

    country: str
    crossing: str
    movement: str
    hours: float
    rung: str
    grade: str
    times: int


def count_sides(options: Sequence[Option], evidence: Evidence) -> list[SideUse]:
    """Every side of a post that options pass, by country, post and movement."""
    passed = Counter(
        (country, crossing, movement, direction)
        for option in options
        for crossing, direction in option.chain
        for country, movement in zip(direction.split("-"), ("exit", "entry"), strict=True)
    )
    return [_side(key, times, evidence) for key, times in sorted(passed.items())]


def _side(key: tuple[str, str, str, str], times: int, evidence: Evidence) -> SideUse:
    country, crossing, movement, direction = key
    at = evidence.crossings[crossing].times[direction]
    side = at.exit_side if movement == "exit" else at.entry_side
    hours = side.hours + at.queue.hours if movement == "exit" else side.hours
    return SideUse(country, crossing, movement, hours, side.rung, side.grade, times)
