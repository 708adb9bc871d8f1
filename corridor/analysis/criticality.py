"""Which posts, legs and pairs of these a trip cannot easily do without, at mean inputs (F5, model.md 6.7)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from corridor.analysis.assess import build_option, open_ways, via_stops
from corridor.analysis.assessment import Option
from corridor.analysis.certificate import no_way_left
from corridor.analysis.losses import Criticality, Kind, Loss, dearest_usd, kind_of, without_text
from corridor.analysis.minimum_cut import find_minimum_cuts
from corridor.analysis.options import Candidate, Ended, Ways
from corridor.analysis.trip import Trip
from corridor.routing.steps import NOTHING_REMOVED, Element, Removed, element_of, posts_at_ends

Signature = tuple[tuple[str, str], ...]
Cases = Mapping[Removed, Candidate | None]
"""What is removed -> the best way left."""


def find_criticality(trip: Trip) -> Criticality:
    """Close each post of a trip, bar each leg, do so with each two of these, and find the best way left.

    Raises
    ------
    RouteError
        No way is open on the day; carries the certificate.

    Notes
    -----
    To do without what the best way does not use costs nothing. So each element of the best way is removed alone, and
    again with each element of the best way left; any other pair costs what the dearer of the two costs alone. A leg is
    barred as a stretch from one post to the next: other legs may still use its road.
    """
    ways, via = open_ways(trip), via_stops(trip)
    pool = Pool(ways, via)
    best = pool.best(NOTHING_REMOVED)
    if best is None:
        raise no_way_left(ways, via)
    cases = _search_cases(pool)
    options = price_ways(trip, [left for left in cases.values() if left])
    losses = _losses(cases, options)
    return Criticality(
        best=next(iter(options.values())),
        ways=tuple(options.values()),
        posts=_greatest_first(losses["post"]),
        legs=tuple(losses["leg"]),
        pairs=_greatest_first(_worse_together(losses["pair"], [*losses["post"], *losses["leg"]])),
        spare_posts=tuple(sorted(ways.search(via).posts_on_the_way - {move.crossing_id for move in best.chain.moves})),
        cuts=find_minimum_cuts(ways, via),
        known=pool.known,
        is_proven="limit" not in pool.endings,
    )


@dataclass(frozen=True)
class Pool:
    """Chains found so far, whatever was removed when they were found.

    Notes
    -----
    A search may find a chain that the timetable makes better than all that an earlier search looked at. With one pool
    for all cases, closing more never costs less.
    """

    ways: Ways
    required: Sequence[frozenset[str]]

    def best(self, removed: Removed) -> Candidate | None:
        """The best way known that uses nothing of what is removed; searched for when first asked."""
        if removed not in self._endings:
            self._search(removed)
        left = (candidate for candidate in self._found.values() if not removed.touches(candidate.chain))
        return min(left, key=_rank, default=None)

    @property
    def known(self) -> tuple[Candidate, ...]:
        """All chains found, best first."""
        return tuple(sorted(self._found.values(), key=_rank))

    @property
    def endings(self) -> frozenset[Ended]:
        """Why the searches ended."""
        return frozenset(self._endings.values())

    def _search(self, removed: Removed) -> None:
        seen, self._endings[removed] = self.ways.looked_at(1, required=self.required, removed=removed)
        new = [candidate for candidate in seen if candidate.chain.signature not in self._found]
        self._found.update((candidate.chain.signature, candidate) for candidate in self.ways.priced(new))

    @cached_property
    def _found(self) -> dict[Signature, Candidate]:
        return {}

    @cached_property
    def _endings(self) -> dict[Removed, Ended]:
        return {}


def _search_cases(pool: Pool) -> Cases:
    """Every case that matters; once more where a search has found a chain that may change which those are."""
    while True:
        size = len(pool.known)
        cases = {removed: pool.best(removed) for removed in _removals(pool)}
        if len(pool.known) == size:
            return cases


def _removals(pool: Pool) -> Iterator[Removed]:
    """Nothing, each element of the best way, and with each of them each element of the best way left.

    Notes
    -----
    A leg and a post at its end are no pair: to close the post bars the leg.
    """
    yield NOTHING_REMOVED
    for first in _elements(pool.best(NOTHING_REMOVED)):
        alone = Removed.of([first])
        yield alone
        left = _elements(pool.best(alone))
        yield from (Removed.of([first, second]) for second in left if second not in posts_at_ends(first))


def _elements(candidate: Candidate | None) -> Iterator[Element]:
    return map(element_of, candidate.chain.steps if candidate else ())


def price_ways(trip: Trip, candidates: Iterable[Candidate]) -> dict[Signature, Option]:
    """Candidates priced row by row, each chain once, best first; they are labelled by their posts."""
    chains = {candidate.chain.signature: candidate for candidate in candidates}
    ordered = sorted(chains.values(), key=_rank)
    return {
        candidate.chain.signature: build_option(
            trip,
            candidate,
            label=" > ".join(post for post, _ in candidate.chain.signature),
            corridors=(),
            best=ordered[0],
        )
        for candidate in ordered
    }


def _rank(candidate: Candidate) -> tuple[float, Signature]:
    return candidate.generalised_cost_usd, candidate.chain.signature


def _losses(cases: Cases, options: Mapping[Signature, Option]) -> dict[Kind, list[Loss]]:
    """The loss of each case by its kind."""
    best = next(iter(options.values()))
    losses: dict[Kind, list[Loss]] = {"post": [], "leg": [], "pair": []}
    for without, left in ((removed.elements, left) for removed, left in cases.items() if removed != NOTHING_REMOVED):
        losses[kind_of(without)].append(Loss(without, best, options[left.chain.signature] if left else None))
    return losses


def _worse_together(pairs: Iterable[Loss], singles: Iterable[Loss]) -> list[Loss]:
    """Pairs that cost more than the dearer of the two alone."""
    alone = {loss.without[0]: loss.generalised_usd for loss in singles}
    worse = []
    for pair in pairs:
        dearer_usd = dearest_usd(alone.get(element, 0.0) for element in pair.without)
        together_usd = pair.generalised_usd
        if dearer_usd is not None and (together_usd is None or together_usd > dearer_usd):
            worse.append(pair)
    return worse


def _greatest_first(losses: Iterable[Loss]) -> tuple[Loss, ...]:
    """Those that leave no way, then by extra generalised cost."""
    return tuple(sorted(losses, key=_by_loss))


def _by_loss(loss: Loss) -> tuple[bool, float, str]:
    return not loss.is_isolation, -(loss.generalised_usd or 0.0), without_text(loss.without)
