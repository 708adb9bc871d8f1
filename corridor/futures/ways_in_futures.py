"""Ways that are the best in some future, with everything open or without what matters."""

from __future__ import annotations

from collections.abc import Iterable
from math import fsum

from corridor.analysis.assess import open_ways, via_stops
from corridor.analysis.assessment import Option
from corridor.analysis.criticality import price_ways
from corridor.analysis.losses import Criticality
from corridor.analysis.options import Candidate
from corridor.analysis.trip import Trip
from corridor.futures.draws import first_draws
from corridor.futures.factors import Factors
from corridor.futures.mesh import Mesh, Step, Way, step_costs_usd
from corridor.routing.steps import Chain, Element, LegEnds, Removed, element_of

SEARCHED_FUTURES = 1024
"""Futures in which ways are looked for: the first of those that the scenario draws."""


def find_ways_in_futures(trip: Trip, found: Criticality) -> tuple[Option, ...]:
    """The ways of a trip that are the best in some future, and the best left without each element of them, best first.

    Parameters
    ----------
    found : the trip at mean inputs, of whose known chains the ways are put together

    Notes
    -----
    The ways at mean inputs are among them. Ways are looked for by the sum of their steps, which is near their cost but
    not equal to it; what each costs in a future is for `draw_outcomes` to say.
    """
    mesh = _build_mesh(trip, found)
    ways = mesh.cheapest()
    removals: list[Iterable[Element]] = [*((element,) for element in _elements_of(ways))]
    removals += [pair.without for pair in found.pairs]
    ways += [way for without in removals for way in mesh.cheapest(Removed.of(without))]
    chains = [_chain(trip, way) for way in dict.fromkeys(ways)]
    border = open_ways(trip)
    options = {option.chain: option for option in found.ways}
    new = [border.candidate(chain) for chain in chains if chain.signature not in options]
    options |= price_ways(trip, border.priced(new))
    return tuple(sorted(options.values(), key=lambda option: (option.generalised_cost_usd, option.chain)))


def _build_mesh(trip: Trip, found: Criticality) -> Mesh:
    """The steps of all known chains, each priced in the best chain that has it."""
    covering = _covering(found.known)
    options = price_ways(trip, covering)
    draws = first_draws(trip.scenario, most=SEARCHED_FUTURES)
    priced = [(candidate.chain, options[candidate.chain.signature]) for candidate in covering]
    usd = step_costs_usd(priced, Factors(trip.evidence, draws, has_luck=False), trip.tariff(trip.home_plate))
    return Mesh([candidate.chain for candidate in found.known], via_stops(trip), usd)


def _covering(known: Iterable[Candidate]) -> list[Candidate]:
    """Those that have a step which none before them has."""
    seen: set[Step] = set()
    covering = []
    for candidate in known:
        if not seen.issuperset(candidate.chain.steps):
            seen.update(candidate.chain.steps)
            covering.append(candidate)
    return covering


def _chain(trip: Trip, way: Way) -> Chain:
    weights_usd = (trip.leg_usd(step) if isinstance(step, LegEnds) else step.weight_usd for step in way)
    return Chain(way, fsum(weights_usd))


def _elements_of(ways: Iterable[Way]) -> tuple[Element, ...]:
    """All posts and legs of some ways."""
    return Removed.of(element_of(step) for way in ways for step in way).elements
