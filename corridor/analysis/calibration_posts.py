"""Hours of single sides of posts beside what CPMM measured there, and the sides that options pass."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum
from statistics import fmean
from types import MappingProxyType

from corridor.analysis.assessment import Option
from corridor.analysis.country_totals import ENTRY_COMPONENTS, EXIT_COMPONENTS
from corridor.evidence import Evidence, MeasuredTime

SIDE_COMPONENTS: Mapping[str, tuple[str, ...]] = MappingProxyType({"exit": EXIT_COMPONENTS, "entry": ENTRY_COMPONENTS})
"""Movement -> the components of time that TFI1 holds on that side."""


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
    """One side of a post as options pass it: mean hours, the evidence taken, and how often."""

    country: str
    crossing: str
    movement: str
    hours: float
    rung: str
    grade: str
    times: int


def count_sides(options: Sequence[Option], evidence: Evidence) -> list[SideUse]:
    """Every side of a post that options pass, by country, post and movement."""
    hours: dict[tuple[str, str, str, str], list[float]] = defaultdict(list)
    for option in options:
        for number, stage in enumerate(option.stages):
            if stage.kind == "post":
                for country, movement in zip(stage.direction.split("-"), SIDE_COMPONENTS, strict=True):
                    key = country, stage.crossing_id, movement, stage.direction
                    hours[key].append(_hours(option, number, SIDE_COMPONENTS[movement]))
    return [_side(key, passed_h, evidence) for key, passed_h in sorted(hours.items())]


def _hours(option: Option, stage: int, components: Sequence[str]) -> float:
    return fsum(row.hours for row in option.ledger.time if row.stage == stage and row.component in components)


def _side(key: tuple[str, str, str, str], passed_h: Sequence[float], evidence: Evidence) -> SideUse:
    country, crossing, movement, direction = key
    at = evidence.crossings[crossing].times[direction]
    side = at.exit_side if movement == "exit" else at.entry_side
    return SideUse(country, crossing, movement, fmean(passed_h), side.rung, side.grade, len(passed_h))
