"""The posts of a trip on any day, and the chains that pass them whatever the day."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import NamedTuple

from corridor.analysis.assess import open_border
from corridor.analysis.assessment import Option, Stage
from corridor.analysis.trip import Trip
from corridor.costs.border import Border, Passage, Refusal, build_passage
from corridor.routing.corridor_graph import gate_key
from corridor.routing.steps import Chain, Move


class Step(NamedTuple):
    """A leg between two terminals, or a post between its two gates; `crossing_id` is empty for a leg."""

    start: str
    end: str
    crossing_id: str
    direction: str


@dataclass(frozen=True)
class DatedPosts:
    """The posts of a trip on any day, by one version of the evidence about days: that of `border`."""

    trip: Trip
    border: Border

    def met(self, step: Step, plate: str, day: date) -> tuple[Passage, Refusal | None]:
        """How a plate passes a post on a day, and what stands against it; then as if the post were open."""
        key = step, plate, bisect(self.turning_days, day)
        if key not in self._met:
            self._met[key] = self._look_up(step, plate, day)
        return self._met[key]

    @cached_property
    def turning_days(self) -> tuple[date, ...]:
        """Days on which the state of a post or a rule may change, in order."""
        spans = [
            *((event.start, event.end) for event in self.border.evidence.events),
            *((rule.start, rule.end) for rule in self.border.evidence.eligibility),
        ]
        return tuple(sorted({day for span in spans for day in span if day}))

    def _look_up(self, step: Step, plate: str, day: date) -> tuple[Passage, Refusal | None]:
        here = replace(self.border, day=day, crossings=(step.crossing_id,))
        result = self._result(here, step, plate)
        if isinstance(result, Passage):
            return result, None
        reopened = self._result(replace(here, reopened=frozenset(here.crossings)), step, plate)
        if isinstance(reopened, Passage):
            return reopened, result
        tariff = self.trip.tariff(plate)
        evidence = self.border.evidence
        driven = build_passage(evidence, step.crossing_id, step.direction, tariff, rule="drive", assumed_rule=True)
        return driven, result

    def _result(self, border: Border, step: Step, plate: str) -> Passage | Refusal:
        """What the border says; a second change of tractor is refused, as in the search for ways."""
        results = border.passages(self.trip.tariff, plate)
        result = next(each for each in results if (each.direction, _plate(each)) == (step.direction, plate))
        is_second = plate != self.trip.home_plate and isinstance(result, Passage) and result.plate_after != plate
        if not is_second:
            return result
        return Refusal(step.crossing_id, step.direction, plate, "a second change of tractor is not considered", ())

    @cached_property
    def _met(self) -> dict[tuple[Step, str, int], tuple[Passage, Refusal | None]]:
        return {}


def _plate(result: Passage | Refusal) -> str:
    return result.plate_before if isinstance(result, Passage) else result.plate


def posts_by_day(trip: Trip) -> DatedPosts:
    """The posts of a trip as its own evidence has them."""
    return DatedPosts(trip, open_border(trip, trip.scenario.trip.origin, trip.scenario.trip.destination))


def steps_of_chain(chain: Chain) -> tuple[Step, ...]:
    """What a chain passes, whatever the plate."""
    return tuple(
        Step(step.start, step.end, step.crossing_id, step.direction)
        if isinstance(step, Move)
        else Step(step.start, step.end, "", "")
        for step in chain.steps
    )


def posts_of(steps: Iterable[Step]) -> tuple[str, ...]:
    """Ids of the posts passed, in order of travel."""
    return tuple(step.crossing_id for step in steps if step.crossing_id)


def steps_of_option(option: Option, trip: Trip) -> tuple[Step, ...]:
    """What an option of a run passes; its legs end at gates, at places to be passed, and at the destination."""
    places = iter(name for name in trip.scenario.routes.via if name in trip.ends)
    here = trip.scenario.trip.origin
    steps: list[Step] = []
    for stage, following in zip(option.stages, [*option.stages[1:], None], strict=True):
        if stage.kind == "post":
            steps.append(_post_step(stage))
        else:
            end = _end_of_leg(following, places) or trip.scenario.trip.destination
            steps.append(Step(here, end, "", ""))
        here = steps[-1].end
    return tuple(steps)


def _end_of_leg(following: Stage | None, places: Iterator[str]) -> str:
    """The terminal between a leg and what follows it; empty where nothing does."""
    if following is None:
        return ""
    return _post_step(following).start if following.kind == "post" else next(places)


def _post_step(stage: Stage) -> Step:
    left, entered = stage.direction.split("-")
    here, beyond = (gate_key(stage.crossing_id, country) for country in (left, entered))
    return Step(here, beyond, stage.crossing_id, stage.direction)
