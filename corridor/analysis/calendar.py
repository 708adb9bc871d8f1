"""A fixed chain of posts on any day of departure: which posts it finds open, how long it takes, what it costs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from math import fsum
from typing import NamedTuple

from corridor.analysis.dated_posts import DatedPosts, Step
from corridor.analysis.trip import Trip
from corridor.costs.arrival import on_arrival
from corridor.costs.border import Passage, Refusal
from corridor.costs.departures import Departures
from corridor.costs.ledger import Ledger
from corridor.costs.stretches import PostStage, PricedStage, RoadStage
from corridor.routing.steps import Chain, LegEnds

ROUNDS_MAX = 4
"""How often a way is priced anew because a post is reached on another day than thought, and another rule holds then."""

KG_PER_T = 1000.0

Plates = tuple[tuple[int, str], ...]
"""(stage, plate) from which stage on which plate pulls the trailer."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A post as a truck reaches it.

    Parameters
    ----------
    before_h : hours from departure to the end of its queue; the truck sets out at midnight
    day : of that hour
    queue_h : mean queue in that season
    refusal : why the truck could not pass on that day; the figures of the way are as if it could
    """

    crossing_id: str
    direction: str
    before_h: float
    day: date
    queue_h: float
    refusal: Refusal | None


@dataclass(frozen=True, slots=True)
class DatedWay:
    """A chain on one day of departure, or on some days on end, at mean inputs."""

    departures: Departures
    stages: tuple[PricedStage, ...]
    plates: Plates
    visits: tuple[Visit, ...]
    ledger: Ledger

    @property
    def is_open(self) -> bool:
        """Whether every post can be passed on the day it is reached."""
        return all(visit.refusal is None for visit in self.visits)


class _Met(NamedTuple):
    """How posts are passed, with what stands against it, and the plates that pull the trailer between them."""

    posts: tuple[tuple[Passage, Refusal | None], ...]
    plates: Plates


@dataclass(frozen=True)
class WayByDay:
    """A chain that keeps to its posts whatever the day; `on` prices it.

    Parameters
    ----------
    days : over which departures spread, from the day on which it is priced
    """

    trip: Trip
    posts: DatedPosts
    steps: tuple[Step, ...]
    days: int = 1

    def on(self, departure: date) -> DatedWay:
        """The way of a truck that sets out at midnight of a day, or of trucks that do from then on.

        Notes
        -----
        Posts and rules are those of the day on which the timetable comes to the post; queues those of the season in
        which the smooth rule comes there (`corridor.costs.arrival`). Of trucks that set out later only the closed days
        they meet differ.
        """
        if departure not in self._dated_of:
            self._dated_of[departure] = self._dated(departure)
        return self._dated_of[departure]

    def _dated(self, departure: date) -> DatedWay:
        met = self._met([departure] * len(self.steps))
        for _ in range(ROUNDS_MAX):
            way = self._met_way(departure, met)
            reached = iter([visit.day for visit in way.visits])
            met_then = self._met([next(reached) if step.crossing_id else departure for step in self.steps])
            if met_then == met:
                break
            met = met_then
        return way

    def _met_way(self, departure: date, met: _Met) -> DatedWay:
        """The way through posts as they were met."""
        leaves, roads = Departures(departure, self.days), iter(self._roads(met.plates))
        posts = iter([PostStage(passage, self.trip.tariff(passage.plate_before)) for passage, _ in met.posts])
        stages = on_arrival([next(posts if step.crossing_id else roads) for step in self.steps], leaves)
        ledger, before_h = self._priced(stages)
        passed = [stage.passage for stage in stages if isinstance(stage, PostStage)]
        visits = tuple(
            _visit(passage, hours, departure, refusal)
            for passage, hours, (_, refusal) in zip(passed, before_h, met.posts, strict=True)
        )
        return DatedWay(leaves, stages, met.plates, visits, ledger)

    def _met(self, days: Sequence[date]) -> _Met:
        """The posts as they are met if each step is taken on a certain day."""
        posts: list[tuple[Passage, Refusal | None]] = []
        plates = [(0, self.trip.home_plate)]
        for number, step in enumerate(self.steps):
            if step.crossing_id:
                posts.append(self.posts.met(step, plates[-1][1], days[number]))
                plate_after = posts[-1][0].plate_after
                plates += [(number + 1, plate_after)] if plate_after != plates[-1][1] else []
        return _Met(tuple(posts), tuple(plates))

    def _roads(self, plates: Plates) -> tuple[PricedStage, ...]:
        """The legs, each behind the tractor that pulls it; nothing on them hangs on the day."""
        if plates not in self._roads_of:
            legs = tuple(
                LegEnds(step.start, step.end, next(plate for first, plate in reversed(plates) if first <= number))
                for number, step in enumerate(self.steps)
                if not step.crossing_id
            )
            self._roads_of[plates] = self.trip.stages(Chain(legs, 0.0), {})
        return self._roads_of[plates]

    def _priced(self, stages: tuple[PricedStage, ...]) -> tuple[Ledger, tuple[float, ...]]:
        """Ledger, and hours before each post; the same objects where posts and roads were met as on another day."""
        key = tuple(map(_day_key, stages))
        if key not in self._ledgers:
            ledger = self.trip.ledger(stages, origin_country=self.trip.origin_country)
            at = [number for number, stage in enumerate(stages) if isinstance(stage, PostStage)]
            before_h = tuple(fsum(row.hours for row in ledger.time if row.stage < number) for number in at)
            self._ledgers[key] = ledger, before_h
        return self._ledgers[key]

    @cached_property
    def _dated_of(self) -> dict[date, DatedWay]:
        return {}

    @cached_property
    def _roads_of(self) -> dict[Plates, tuple[PricedStage, ...]]:
        return {}

    @cached_property
    def _ledgers(self) -> dict[tuple[tuple[object, ...], ...], tuple[Ledger, tuple[float, ...]]]:
        return {}


def _visit(passage: Passage, before_h: float, departure: date, refusal: Refusal | None) -> Visit:
    day = departure + timedelta(hours=before_h)
    return Visit(passage.crossing_id, passage.direction, before_h, day, passage.times.queue.hours, refusal)


def _day_key(stage: PricedStage) -> tuple[object, ...]:
    """What of a post or a leg hangs on the day."""
    if isinstance(stage, RoadStage):
        return stage.ban_waits
    passage = stage.passage
    waits = passage.times.queue.hours, passage.closure_wait.known, passage.holiday_wait
    return passage.plate_before, passage.rule, *waits


def generalised_usd(trip: Trip, ledger: Ledger) -> float:
    """Money, the value of the cargo's time and the carbon price of a way, USD per truck."""
    cargo_usd = trip.tariff(trip.home_plate).cargo_usd_per_h.known * ledger.time_h
    return ledger.money_usd + cargo_usd + trip.scenario.criteria.carbon_usd_per_t / KG_PER_T * ledger.co2e_wtw_kg
