"""One truck on its way to a post that closes: it waits, goes another way from the start, or turns before the post."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from typing import Literal, NamedTuple

from corridor.analysis.calendar import DatedWay, WayByDay, generalised_usd
from corridor.analysis.dated_posts import Step, posts_of
from corridor.analysis.disruptions import Episode
from corridor.analysis.history import History
from corridor.costs.ledger import Ledger
from corridor.costs.money_cell import MoneyGap
from corridor.costs.stretches import PricedStage, RoadStage
from corridor.costs.tariff import Amount

Kind = Literal["wait", "detour", "turn"]
Information = Literal["at_departure", "on_the_road"]
Untouched = Literal["not_on_the_way", "not_barred"]

HOURS_PER_DAY = 24.0
MIDDAY_H = 12.0
"""Hour at which a truck comes to a post, counted so because its hour of departure is not known."""

ROUNDS_MAX = 4
"""How often the day of departure is reckoned anew until the truck comes to the post on the day wanted."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What a truck does, beside the same trip without the disruption.

    Parameters
    ----------
    kind : ``wait`` at the post, ``detour`` from the start, or ``turn`` before the post
    posts : of the way taken
    extra_h, extra_usd, extra_generalised_usd : more than without; below 0 where the other way has something for it
    """

    kind: Kind
    posts: tuple[str, ...]
    extra_h: float
    extra_usd: MoneyGap
    extra_generalised_usd: float


@dataclass(frozen=True, slots=True)
class Truck:
    """A truck that would have come to a post of an episode on one of its days.

    Parameters
    ----------
    usual : its way if the episode had not happened
    best_posts, dearer_usd : the best way of that day, and what `usual` costs more in generalised cost
    knew : whether the episode had begun when it set out
    wait, detour, turn : None where there is no end to wait for, or no other way
    """

    usual: DatedWay
    crossing_id: str
    best_posts: tuple[str, ...]
    dearer_usd: float
    knew: bool
    wait: Choice | None
    detour: Choice | None
    turn: Choice | None

    @property
    def usual_posts(self) -> tuple[str, ...]:
        """Posts of its way if the episode had not happened."""
        return tuple(visit.crossing_id for visit in self.usual.visits)

    def choice(self, information: Information) -> Choice | None:
        """What costs least of what it can still do; None where it is stranded.

        Parameters
        ----------
        information : whether it hears of the closure at departure, if it has begun, or before the post only
        """
        other = self.detour if information == "at_departure" and self.knew else self.turn
        choices = [choice for choice in (self.wait, other) if choice]
        return min(choices, key=lambda choice: choice.extra_generalised_usd, default=None)


class _Usual(NamedTuple):
    """A way on the day of departure from which it comes to a post on a certain day; `place` is the step of the post."""

    way: WayByDay
    dated: DatedWay
    place: int

    @property
    def step(self) -> Step:
        return self.way.steps[self.place]

    @property
    def plate(self) -> str:
        """The plate that comes to the post."""
        return next(plate for first, plate in reversed(self.dated.plates) if first <= self.place)


def find_truck(history: History, episode: Episode, ways: Sequence[WayByDay], day: date) -> Truck | Untouched:
    """The truck that would have come to a post of the episode on a day, or why there is none.

    Parameters
    ----------
    ways : through the episode's posts, as if it had not happened; the truck takes the best of those open on the day
    """
    reaching = [_reaching(way, episode, day) for way in ways]
    is_open = [usual for usual in reaching if usual.dated.is_open]
    if not is_open:
        return "not_on_the_way"
    usual = min(is_open, key=lambda each: _usd(history, each.dated))
    if history.posts(None).met(usual.step, usual.plate, day)[1] is None:
        return "not_barred"
    return _truck(history, episode, usual, day)


def _truck(history: History, episode: Episode, usual: _Usual, day: date) -> Truck:
    departure = usual.dated.departures.first
    knew = episode.start <= departure
    elsewhere = history.best(departure)
    turned = history.best_turned(usual.way, usual.place, plate=usual.plate, departure=departure, day=day)
    best = history.cheapest([usual.way, *([elsewhere] if elsewhere else [])], departure) or usual.way
    compared = partial(_choice, history, usual.dated)
    return Truck(
        usual=usual.dated,
        crossing_id=usual.step.crossing_id,
        best_posts=posts_of(best.steps),
        dearer_usd=_usd(history, usual.dated) - _usd(history, best.on(departure)),
        knew=knew,
        wait=compared("wait", usual.way, _waited(usual, _wait_h(episode.end, day))) if episode.end else None,
        detour=compared("detour", elsewhere, elsewhere.on(departure).ledger) if knew and elsewhere else None,
        turn=compared("turn", turned, turned.on(departure).ledger) if turned else None,
    )


def _reaching(way: WayByDay, episode: Episode, day: date) -> _Usual:
    """A way with the departure from which it comes to a post of the episode on a day."""
    place = next(number for number, step in enumerate(way.steps) if step.crossing_id in episode.posts)
    visit = sum(bool(step.crossing_id) for step in way.steps[:place])
    departure = day
    for _ in range(ROUNDS_MAX):
        dated = way.on(departure)
        days = int(dated.visits[visit].before_h // HOURS_PER_DAY)
        if departure == day - timedelta(days=days):
            break
        departure = day - timedelta(days=days)
    return _Usual(way, dated, place)


def _wait_h(end: date, day: date) -> float:
    """From midday of a day to the midnight with which the post opens again."""
    return (end - day).days * HOURS_PER_DAY - MIDDAY_H


def _waited(usual: _Usual, wait_h: float) -> Ledger:
    """The way with a wait before the post; what comes after it has the season of the later day."""
    way, dated, place = usual
    later = way.on(dated.departures.first + timedelta(days=round(wait_h / HOURS_PER_DAY))).stages
    stages = (*dated.stages[:place], _shut(dated.stages[place], wait_h), *later[place + 1 :])
    return way.trip.ledger(stages, origin_country=way.trip.origin_country)


def _shut(stage: PricedStage, wait_h: float) -> PricedStage:
    """A post with a wait for its reopening."""
    if isinstance(stage, RoadStage):
        return stage
    return replace(stage, passage=replace(stage.passage, closure_wait=Amount(wait_h, ())))


def _choice(history: History, usual: DatedWay, kind: Kind, way: WayByDay, ledger: Ledger) -> Choice:
    return Choice(
        kind=kind,
        posts=posts_of(way.steps),
        extra_h=ledger.time_h - usual.ledger.time_h,
        extra_usd=ledger.money_cell.minus(usual.ledger.money_cell),
        extra_generalised_usd=generalised_usd(history.trip, ledger) - _usd(history, usual),
    )


def _usd(history: History, dated: DatedWay) -> float:
    return generalised_usd(history.trip, dated.ledger)
