"""Chains of posts in order of search weight: a best-first search with an exact bound on what is left."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import isfinite
from typing import NamedTuple

from corridor.errors import RouteError
from corridor.routing.corridor_graph import CorridorGraph
from corridor.routing.steps import NOTHING_REMOVED, Chain, LegEnds, Move, Removed

PARTIAL_CHAINS_MAX = 400_000
"""Partial chains looked at before a search gives up: vias that force the same move twice have no answer."""


class State(NamedTuple):
    """Where a partial chain stands.

    Parameters
    ----------
    terminal : the place, or the gate just come out of
    move : number of the move that led there; -1 at a place
    done : how many requirements are behind
    """

    terminal: str
    plate: str
    move: int
    done: int


Arrival = tuple[float, State]
"""The weight of a step, and the state it comes from."""


class _Partial(NamedTuple):
    """An entry of the queue: a partial chain whose last state is the `rank`-th successor of the one before."""

    bound_usd: float
    signature: tuple[str, ...]
    spent_usd: float
    parent_spent_usd: float
    path: tuple[State, ...]
    rank: int


@dataclass(frozen=True)
class Links:
    """Moves, and the legs that lead to them; shared by all searches through the same posts.

    Parameters
    ----------
    leg_usd : (leg) -> its search weight; inf where no road joins the two
    """

    graph: CorridorGraph
    moves: Sequence[Move]
    leg_usd: Callable[[LegEnds], float]

    def onward(self, terminal: str, plate: str) -> list[tuple[float, int]]:
        """Moves that can be driven to from a terminal, with the weight of leg and crossing together."""
        if (terminal, plate) not in self._onward:
            numbers = self._moves_from[self.graph.terminals[terminal].zone, plate]
            weights = [
                (self.leg_usd(LegEnds(terminal, self.moves[n].start, plate)) + self.moves[n].weight_usd, n)
                for n in numbers
            ]
            self._onward[terminal, plate] = [(usd, n) for usd, n in weights if isfinite(usd)]
        return self._onward[terminal, plate]

    def same_zone(self, a: str, b: str) -> bool:
        """Whether two terminals can be joined without a post."""
        return self.graph.terminals[a].zone == self.graph.terminals[b].zone

    @cached_property
    def places(self) -> frozenset[str]:
        """Terminals that are no gates."""
        return frozenset(name for name, terminal in self.graph.terminals.items() if not terminal.is_gate)

    @cached_property
    def _onward(self) -> dict[tuple[str, str], list[tuple[float, int]]]:
        return {}

    @cached_property
    def _moves_from(self) -> Mapping[tuple[str, str], list[int]]:
        """(zone, plate) -> moves that begin there."""
        table: dict[tuple[str, str], list[int]] = defaultdict(list)
        for number, move in enumerate(self.moves):
            table[self.graph.terminals[move.start].zone, move.plate_before].append(number)
        return table


@dataclass(frozen=True)
class ChainSearch:
    """All chains from `origin` to `destination`, cheapest first.

    Parameters
    ----------
    links : the crossings that may be used, and the legs to them
    plate : of the truck at the origin
    required : what has to be passed, in order: each a set of alternative post ids, or of one place
    removed : posts and legs to do without
    whole : the same search with nothing removed, which knows the steps between states; None for a search of its own
    """

    links: Links
    origin: str
    destination: str
    plate: str
    required: Sequence[frozenset[str]]
    removed: Removed = NOTHING_REMOVED
    whole: ChainSearch | None = None

    def without(self, removed: Removed) -> ChainSearch:
        """The same search without some posts and legs; far quicker than one of its own."""
        return replace(self, removed=removed, whole=self)

    @cached_property
    def moves(self) -> Sequence[Move]:
        """The crossings that may be used."""
        return self.links.moves

    @property
    def posts_on_the_way(self) -> frozenset[str]:
        """Posts that some way from origin to destination passes."""
        return frozenset(self._posts[state.move] for state in self.arrivals.keys() & self._rest_usd if state.move >= 0)

    def chains(self) -> Iterator[Chain]:
        """Yield chains in order of search weight; equal weights in order of their posts.

        Notes
        -----
        Best-first search over partial chains. The bound on the rest is the exact least weight to the
        destination, so chains come out in order. Of each partial chain only the best continuation and the
        next sibling wait in the queue at a time. No post is passed twice in the same direction,
        and none is turned back through without a place in between.
        """
        start = State(self.origin, self.plate, -1, 0)
        if start not in self._rest_usd:
            return
        queue = [_Partial(self._rest_usd[start], (), 0.0, 0.0, (start,), -1)]
        for _ in range(PARTIAL_CHAINS_MAX):
            if not queue:
                return
            partial = heapq.heappop(queue)
            if partial.rank >= 0:
                self._push(queue, partial.path[:-1], partial.parent_spent_usd, partial.rank + 1)
            if self._is_end(partial.path[-1]):
                yield self._chain(partial)
            else:
                self._push(queue, partial.path, partial.spent_usd, 0)
        raise RouteError(
            f"{self.origin} to {self.destination}: the search for chains of posts gave up after "
            f"{PARTIAL_CHAINS_MAX:,} partial chains. Ask for fewer alternatives, or drop a via."
        )

    def _push(self, queue: list[_Partial], path: tuple[State, ...], spent_usd: float, rank: int) -> None:
        """Put the first successor from `rank` on that repeats no move into the queue."""
        passed = {state.move for state in path if state.move >= 0}
        successors = self._successors(path[-1])
        for number in range(rank, len(successors)):
            step_usd, state = successors[number]
            if state.move in passed:
                continue
            signature = tuple(self.moves[s.move].crossing_id for s in (*path, state) if s.move >= 0)
            total_usd = spent_usd + step_usd
            bound_usd = total_usd + self._rest_usd[state]
            heapq.heappush(queue, _Partial(bound_usd, signature, total_usd, spent_usd, (*path, state), number))
            return

    def _successors(self, state: State) -> list[tuple[float, State]]:
        """Continuations from which the destination can be reached, best first, with the weight of the step."""
        if state not in self._continuations:
            reachable = [step for step in self._steps(state) if step[1] in self._rest_usd]
            reachable.sort(key=lambda step: (step[0] + self._rest_usd[step[1]], step[1]))
            self._continuations[state] = reachable
        return self._continuations[state]

    @cached_property
    def _continuations(self) -> dict[State, list[tuple[float, State]]]:
        return {}

    def _steps(self, state: State) -> list[tuple[float, State]]:
        """Every next state with the weight of leg and crossing."""
        after, posts = self._after_moves[min(state.done, len(self.required))], self._posts
        just_passed = frozenset({posts[state.move]} if state.move >= 0 else ())
        shut = just_passed | self.removed.posts
        steps = [
            (usd, after[number])
            for usd, number in self.links.onward(state.terminal, state.plate)
            if posts[number] not in shut
        ]
        for place, done in self._places_from(state):
            usd = self.links.leg_usd(LegEnds(state.terminal, place, state.plate))
            if isfinite(usd):
                steps.append((usd, State(place, state.plate, -1, done)))
        return [step for step in steps if not self._is_barred(state, step[1])] if self.removed.legs else steps

    def _is_barred(self, state: State, after: State) -> bool:
        """Whether the leg between two states is removed."""
        return (state.terminal, self._leg_end(after)) in self.removed.legs

    def _leg_end(self, after: State) -> str:
        """Where the leg ends that leads to a state."""
        return self.moves[after.move].start if after.move >= 0 else after.terminal

    @cached_property
    def _posts(self) -> list[str]:
        """Post of each move: a chain never turns straight back through the one just passed."""
        return [move.crossing_id for move in self.moves]

    @cached_property
    def _after_moves(self) -> list[list[State]]:
        """For each number of requirements behind, the state after each move."""
        return [
            [
                State(move.end, move.plate_after, number, done + (move.crossing_id in wanted))
                for number, move in enumerate(self.moves)
            ]
            for done, wanted in enumerate([*self.required, frozenset()])
        ]

    def _places_from(self, state: State) -> list[tuple[str, int]]:
        """Places that may come next: the required one, or the destination when nothing is left to pass."""
        if state.done == len(self.required):
            places = [self.destination]
        else:
            places = sorted(self.required[state.done] & self.links.places)
        return [(place, state.done + 1) for place in places if self.links.same_zone(state.terminal, place)]

    def _is_end(self, state: State) -> bool:
        return state.done == len(self.required) + 1

    @cached_property
    def _rest_usd(self) -> dict[State, float]:
        """Least weight from each state to the destination; states from which there is no way are absent."""
        known = (self.whole or self).arrivals
        left = {state: self._left(state, steps) for state, steps in known.items()}
        return _least_weights(left, [state for state in known if self._is_end(state)])

    @cached_property
    def arrivals(self) -> Mapping[State, list[Arrival]]:
        """Each state that can be reached from the origin -> how it is reached; the origin itself is absent."""
        before: dict[State, list[Arrival]] = defaultdict(list)
        start = State(self.origin, self.plate, -1, 0)
        seen, waiting = {start}, [start]
        while waiting:
            state = waiting.pop()
            for usd, after in () if self._is_end(state) else self._steps(state):
                before[after].append((usd, state))
                if after not in seen:
                    seen.add(after)
                    waiting.append(after)
        return before

    def _left(self, state: State, steps: list[Arrival]) -> list[Arrival]:
        """How a state is reached without what is removed."""
        if state.move >= 0 and self._posts[state.move] in self.removed.posts:
            return []
        starts = self._barred_starts.get(self._leg_end(state))
        return [step for step in steps if step[1].terminal not in starts] if starts else steps

    @cached_property
    def _barred_starts(self) -> dict[str, set[str]]:
        """Where removed legs end -> where they start."""
        starts = defaultdict(set)
        for start, end in self.removed.legs:
            starts[end].add(start)
        return starts

    def _chain(self, partial: _Partial) -> Chain:
        steps: list[LegEnds | Move] = []
        for here, after in zip(partial.path, partial.path[1:], strict=False):
            move = self.moves[after.move] if after.move >= 0 else None
            steps.append(LegEnds(here.terminal, move.start if move else after.terminal, here.plate))
            if move:
                steps.append(move)
        return Chain(tuple(steps), partial.spent_usd)


def _least_weights(before: Mapping[State, list[Arrival]], ends: Sequence[State]) -> dict[State, float]:
    """Dijkstra backwards from `ends` over the predecessors of each state."""
    least: dict[State, float] = {}
    queue = [(0.0, end) for end in sorted(ends)]
    while queue:
        usd, state = heapq.heappop(queue)
        if state in least:
            continue
        least[state] = usd
        for step_usd, previous in before.get(state, []):
            if previous not in least:
                heapq.heappush(queue, (usd + step_usd, previous))
    return least
