"""The options of a trip: the cheapest distinct chains of posts, and the presets beside them (model.md 6)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from corridor.analysis.trip import Trip
from corridor.costs.border import Border, Passage, Refusal
from corridor.costs.stretches import PostStage, PricedStage
from corridor.routing.chains import ChainSearch, Links
from corridor.routing.steps import NOTHING_REMOVED, Chain, LegEnds, Move, Removed

OVERLAP_MAX = 0.85
"""Two chains over the same frontiers that share more of their km than this are one option (model.md 6.4)."""

COST_RATIO_MAX = 1.5
"""An alternative that costs more than this multiple of the best is none (cf. bounded stretch, Abraham et al. 2013)."""

MARGIN_SHARE = 0.01
"""The search goes on so far beyond the last option's search cost, because the timetable may rank otherwise."""

CHAINS_MAX = 4000
"""Chains looked at before the search is stopped without proof that no other belongs among the best."""


Ended = Literal["full", "exhausted", "dear", "limit"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A chain with its generalised cost in USD.

    Parameters
    ----------
    edges : the roads it uses (numbers of the network's edges), with their km in `length_km_of_edges`
    frontiers : ordered directions, without excursions that come back into a country left before
    """

    chain: Chain
    passages: tuple[Passage, ...]
    stages: tuple[PricedStage, ...]
    edges: NDArray[np.intp]
    length_km_of_edges: NDArray[np.float64]
    frontiers: tuple[str, ...]
    generalised_cost_usd: float

    @property
    def length_km(self) -> float:
        """Road length of all legs."""
        return float(self.length_km_of_edges.sum())

    @property
    def has_excursion(self) -> bool:
        """Whether the chain comes back into a country it has left."""
        return self.frontiers != self.chain.frontiers


@dataclass(frozen=True, slots=True)
class Distinct:
    """An option and the near-copies merged into it."""

    candidate: Candidate
    also_via: tuple[Chain, ...]


@dataclass(frozen=True, slots=True)
class Alternatives:
    """The best distinct options, best first.

    Parameters
    ----------
    ended : why the search ended: ``full`` (no chain left out can be better than the last option),
        ``exhausted`` (no further chain), ``dear`` (all others exceed `COST_RATIO_MAX`), or ``limit`` (gave up)
    """

    options: tuple[Distinct, ...]
    ended: Ended


@dataclass(frozen=True)
class Ways:
    """All ways of a trip through a border as it is on the day, for a truck that sets out under `plate`."""

    trip: Trip
    border: Border
    origin: str
    destination: str
    plate: str

    def best(self, count: int, *, required: Sequence[frozenset[str]]) -> Alternatives:
        """The `count` best distinct options by generalised cost.

        Notes
        -----
        Chains come in order of a lower bound of their search cost, which has rest by the smooth rule. The search
        stops when the bound of the next is `MARGIN_SHARE` above the search cost of the last option held, so that by
        that cost nothing better can be missing (model.md 6.2). All chains looked at get a timetable, and are ranked
        by what they cost with it.
        """
        seen, ended = self.looked_at(count, required=required)
        return Alternatives(merge_near_copies(self.priced(seen), count), ended)

    def priced(self, candidates: Sequence[Candidate]) -> list[Candidate]:
        """Candidates at what they cost by the timetable."""
        costs_usd = self.trip.generalised_costs_usd([candidate.stages for candidate in candidates])
        return [replace(each, generalised_cost_usd=usd) for each, usd in zip(candidates, costs_usd, strict=True)]

    def looked_at(
        self, count: int, *, required: Sequence[frozenset[str]], removed: Removed = NOTHING_REMOVED
    ) -> tuple[list[Candidate], Ended]:
        """Candidates at their search cost, the `count` best distinct ones by it among them, and why no more."""
        seen: list[Candidate] = []
        held: tuple[Distinct, ...] = ()
        next_merge = 1
        for chain in self.search(required, removed).chains():
            bound_usd = self.trip.lower_bound_usd(chain, ends=(self.origin, self.destination))
            if len(seen) >= next_merge or _is_reached(held, count, bound_usd):
                held, next_merge = merge_near_copies(seen, count), 2 * len(seen)
            if _is_reached(held, count, bound_usd):
                return seen, "full"
            if held and bound_usd > COST_RATIO_MAX * held[0].candidate.generalised_cost_usd:
                return seen, "dear"
            if len(seen) == CHAINS_MAX:
                return seen, "limit"
            seen.append(self.candidate(chain))
        return seen, "exhausted"

    def search(self, required: Sequence[frozenset[str]], removed: Removed = NOTHING_REMOVED) -> ChainSearch:
        """The chains through open posts that pass what is required, in order."""
        stops = tuple(required)
        if stops not in self._searches:
            self._searches[stops] = ChainSearch(self._links, self.origin, self.destination, self.plate, stops)
        return self._searches[stops].without(removed) if removed != NOTHING_REMOVED else self._searches[stops]

    @cached_property
    def _searches(self) -> dict[tuple[frozenset[str], ...], ChainSearch]:
        return {}

    def has_way(self, required: Sequence[frozenset[str]], removed: Removed = NOTHING_REMOVED) -> bool:
        """Whether any chain is left."""
        return next(self.search(required, removed).chains(), None) is not None

    def candidate(self, chain: Chain) -> Candidate:
        """A chain at its search cost."""
        if chain not in self._candidates:
            self._candidates[chain] = self._build_candidate(chain)
        return self._candidates[chain]

    @cached_property
    def _links(self) -> Links:
        return Links(self.trip.graph, self.moves, self.trip.leg_usd)

    @cached_property
    def moves(self) -> tuple[Move, ...]:
        """Posts that can be passed."""
        return tuple(self._passage_of)

    @cached_property
    def refusals(self) -> tuple[Refusal, ...]:
        """Posts that cannot be passed, and why."""
        return tuple(result for result in self._results if isinstance(result, Refusal))

    @cached_property
    def _passage_of(self) -> dict[Move, Passage]:
        return {self.trip.move(result): result for result in self._results if isinstance(result, Passage)}

    @cached_property
    def _results(self) -> list[Passage | Refusal]:
        return self.border.passages(self.trip.tariff, self.plate)

    @cached_property
    def _candidates(self) -> dict[Chain, Candidate]:
        return {}

    def _build_candidate(self, chain: Chain) -> Candidate:
        stages = self.trip.stages(chain, self._passage_of)
        passages = tuple(stage.passage for stage in stages if isinstance(stage, PostStage))
        edges = np.concatenate([self.trip.leg(step).edges for step in chain.steps if isinstance(step, LegEnds)])
        length_km = self.trip.network.length_km[edges]
        cost_usd = self.trip.search_cost_usd(stages)
        return Candidate(chain, passages, stages, edges, length_km, without_excursions(chain.frontiers), cost_usd)


def _is_reached(held: Sequence[Distinct], count: int, bound_usd: float) -> bool:
    """Whether all options are held and the bound of the next chain is dearer than the last of them by the margin."""
    return len(held) == count and bound_usd >= (1 + MARGIN_SHARE) * held[-1].candidate.generalised_cost_usd


def without_excursions(directions: Sequence[str]) -> tuple[str, ...]:
    """Directions of a chain with every loop cut out that comes back into a country left before.

    Examples
    --------
    >>> without_excursions(["KAZ-RUS", "RUS-BLR", "BLR-RUS", "RUS-BLR"])
    ('KAZ-RUS', 'RUS-BLR')
    """
    kept: list[str] = []
    for direction in directions:
        entered = direction.split("-")[1]
        behind = [d.split("-")[0] for d in kept] + [direction.split("-")[0]]
        kept = kept[: behind.index(entered)] if entered in behind else [*kept, direction]
    return tuple(kept)


def merge_near_copies(candidates: Iterable[Candidate], count: int) -> tuple[Distinct, ...]:
    """The first `count` distinct candidates by cost, near-copies listed with the one they repeat.

    A candidate is distinct when its frontiers are new, or when it shares at most `OVERLAP_MAX` of its km
    with every option already held. One that only adds an excursion to an option held is dropped.
    """
    held: list[Candidate] = []
    copies: list[list[Chain]] = []
    ordered = sorted(candidates, key=lambda c: (c.generalised_cost_usd, c.chain.signature))
    for candidate in ordered:
        if candidate.generalised_cost_usd > COST_RATIO_MAX * ordered[0].generalised_cost_usd:
            break
        twin = _twin(candidate, held)
        if twin is None and len(held) < count:
            held.append(candidate)
            copies.append([])
        if twin is not None and not candidate.has_excursion:
            copies[twin].append(candidate.chain)
    return tuple(Distinct(candidate, tuple(chains)) for candidate, chains in zip(held, copies, strict=True))


def overlap(a: Candidate, b: Candidate) -> float:
    """Km of road that two candidates share over the km of the shorter, 0 to 1."""
    return shared_km(a, b) / min(a.length_km, b.length_km)


def shared_km(a: Candidate, b: Candidate) -> float:
    """Km of `a` on roads that `b` uses too."""
    return float(a.length_km_of_edges[np.isin(a.edges, b.edges, kind="table")].sum())


def _twin(candidate: Candidate, held: Sequence[Candidate]) -> int | None:
    """Number of the option that the candidate repeats, if any."""
    for number, other in enumerate(held):
        if candidate.frontiers == other.frontiers and (
            candidate.has_excursion or overlap(candidate, other) > OVERLAP_MAX
        ):
            return number
    return None
