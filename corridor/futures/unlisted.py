"""Chains of posts that a run does not list, priced like its options in the same futures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from corridor.analysis.assess import build_option, open_ways
from corridor.analysis.assessment import Option
from corridor.analysis.trip import Trip
from corridor.futures.factors import Factors
from corridor.futures.fixed_legs import FixedLegs
from corridor.futures.outcomes import draw_outcomes
from corridor.network.shortest_paths import WEIGHT_STEP
from corridor.routing.road_arcs import Way
from corridor.routing.steps import Chain, LegEnds, Move

Floats = NDArray[np.float64]


def unlisted_options(
    trip: Trip, legs: FixedLegs, moves: Sequence[Move], ways: Iterable[Way], listed: Sequence[Option]
) -> list[Option]:
    """Options for the chains of some ways over fixed legs, without those listed and their near-copies.

    Parameters
    ----------
    moves : those of `legs`, in its order
    """
    known = {posts for option in listed for posts in (option.post_ids, *option.also_via)}
    chains = {_posts(chain): chain for chain in (_chain(legs, moves, way, trip.home_plate) for way in ways)}
    open_chains = open_ways(trip)
    candidates = [open_chains.candidate(chains[posts]) for posts in sorted(chains) if posts not in known]
    return [
        build_option(trip, each, label=" > ".join(_posts(each.chain)), corridors=(), best=each) for each in candidates
    ]


def generalised_usd(trip: Trip, options: Sequence[Option], factors: Factors) -> Floats:
    """Generalised cost of options in the futures of some factors, USD, shape (futures, options)."""
    if not options:
        return np.zeros((factors.uniforms.n, 0))
    return draw_outcomes(options, factors, trip.scenario).generalised_usd


def _posts(chain: Chain) -> tuple[str, ...]:
    return tuple(move.crossing_id for move in chain.moves)


def _chain(legs: FixedLegs, moves: Sequence[Move], way: Way, plate: str) -> Chain:
    """The legs and moves of a way."""
    ends = [LegEnds(start, end, plate) for start, end in legs.leg_rows]
    return Chain(tuple([*ends, *moves][row] for row in way.rows.tolist()), way.steps * WEIGHT_STEP)
