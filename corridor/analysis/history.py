"""The ways of a trip on past days, with and without a disruption: few searches, each for many days."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from corridor.analysis.assess import via_stops
from corridor.analysis.calendar import WayByDay, generalised_usd
from corridor.analysis.dated_posts import DatedPosts, Step, posts_by_day, posts_of, steps_of_chain
from corridor.analysis.disruptions import Episode, without_episode
from corridor.analysis.options import Ways
from corridor.analysis.trip import Trip
from corridor.routing.steps import Move

SEARCHED_WAYS = 3
"""Distinct ways found for days on which the same posts are open: the season decides between them day by day."""

TURNS_KEPT = 8
"""Ways kept of a search from a post at which trucks turn; they come in order of search weight."""

Steps = tuple[Step, ...]
Stops = tuple[frozenset[str], ...]


class _Found(NamedTuple):
    """The ways that a search found.

    Parameters
    ----------
    moves : through which it might go; where fewer are open, and all of `used` among them, it would find the same
    used : those on the ways
    """

    moves: frozenset[Move]
    used: frozenset[Move]
    ways: tuple[WayByDay, ...]


@dataclass(frozen=True)
class History:
    """A trip on past days.

    Parameters
    ----------
    trip : with the evidence `as_it_was`

    Notes
    -----
    Which posts are open, and for whom, changes on the days that the tables name. Between two of them one search serves
    all days; the best of the ways it finds is found anew for each day, because seasons change. As in a run, a way is
    chosen by the posts as they are on the day of departure.
    """

    trip: Trip

    def best(self, departure: date) -> WayByDay | None:
        """The best way of a day, as the posts were on it; None where there is none."""
        return self.cheapest(self._searched(departure), departure)

    def ways_through(self, episode: Episode, options: Iterable[Steps]) -> tuple[WayByDay, ...]:
        """Ways through a post of an episode, as if it had not happened.

        Parameters
        ----------
        options : ways of today, to which those of the day before the episode are added
        """
        posts = self.posts(episode)
        on_network = not set(episode.posts).isdisjoint(posts.border.crossings)
        before = self._searched(episode.start - timedelta(days=1)) if on_network else ()
        known = dict.fromkeys((*options, *(way.steps for way in before)))
        through = (steps for steps in known if not set(episode.posts).isdisjoint(posts_of(steps)))
        return tuple(WayByDay(self.trip, posts, steps) for steps in through)

    def best_turned(self, way: WayByDay, place: int, *, plate: str, departure: date, day: date) -> WayByDay | None:
        """The best way of a truck that stands before the post of step `place` and turns, as the posts are on `day`.

        Parameters
        ----------
        way, departure : on which it came
        plate : that pulls the trailer there
        """
        behind = way.steps[:place]
        onward = self._turned(day, way.steps[place].start, plate, _left(self._via, behind))
        return self.cheapest([self._way((*behind, *steps)) for steps in onward], departure)

    def cheapest(self, ways: Iterable[WayByDay], departure: date) -> WayByDay | None:
        """The way of least generalised cost on a day of departure."""
        return min(ways, key=lambda way: generalised_usd(self.trip, way.on(departure).ledger), default=None)

    def posts(self, without: Episode | None) -> DatedPosts:
        """The posts as they were, or as if an episode had not happened."""
        if without not in self._posts:
            posts = self._posts[None]
            evidence = without_episode(posts.border.evidence, without) if without else posts.border.evidence
            self._posts[without] = replace(posts, border=replace(posts.border, evidence=evidence))
        return self._posts[without]

    def _searched(self, day: date) -> tuple[WayByDay, ...]:
        """The best distinct ways of a day."""
        span = self._span(day)
        if span not in self._found:
            moves = frozenset(self._ways(day).moves)
            known = (found for found in self._found.values() if found.used <= moves <= found.moves)
            self._found[span] = next(known, None) or self._search(day, moves)
        return self._found[span].ways

    def _search(self, day: date, moves: frozenset[Move]) -> _Found:
        options = self._ways(day).best(SEARCHED_WAYS, required=self._via).options
        chains = [option.candidate.chain for option in options]
        used = frozenset(move for chain in chains for move in chain.moves)
        return _Found(moves, used, tuple(self._way(steps_of_chain(chain)) for chain in chains))

    def _turned(self, day: date, gate: str, plate: str, required: Stops) -> tuple[Steps, ...]:
        """Ways on from a gate."""
        key = self._span(day), gate, plate, required
        if key not in self._onward:
            search = replace(self._ways(day).search(required), origin=gate, plate=plate)
            self._onward[key] = tuple(steps_of_chain(chain) for chain in islice(search.chains(), TURNS_KEPT))
        return self._onward[key]

    def _ways(self, day: date) -> Ways:
        span = self._span(day)
        if span not in self._ways_of:
            asked = self.trip.scenario.trip
            border = replace(self.posts(None).border, day=day)
            self._ways_of[span] = Ways(self.trip, border, asked.origin, asked.destination, self.trip.home_plate)
        return self._ways_of[span]

    def _way(self, steps: Steps) -> WayByDay:
        if steps not in self._way_of:
            self._way_of[steps] = WayByDay(self.trip, self.posts(None), steps)
        return self._way_of[steps]

    def _span(self, day: date) -> int:
        """Number of the days on which all posts and rules stay as they are."""
        return bisect(self.posts(None).turning_days, day)

    @cached_property
    def _via(self) -> Stops:
        return tuple(via_stops(self.trip))

    @cached_property
    def _posts(self) -> dict[Episode | None, DatedPosts]:
        return {None: posts_by_day(self.trip)}

    @cached_property
    def _found(self) -> dict[int, _Found]:
        return {}

    @cached_property
    def _onward(self) -> dict[tuple[int, str, str, Stops], tuple[Steps, ...]]:
        return {}

    @cached_property
    def _ways_of(self) -> dict[int, Ways]:
        return {}

    @cached_property
    def _way_of(self) -> dict[Steps, WayByDay]:
        return {}


def _left(via: Stops, behind: Sequence[Step]) -> Stops:
    """What is still to be passed after some steps."""
    left = list(via)
    for step in behind:
        if left and not left[0].isdisjoint({step.crossing_id, step.end}):
            left.pop(0)
    return tuple(left)
