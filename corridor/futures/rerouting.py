"""Whether a way over the whole network is cheaper than the legs of a run, future by future (model.md 6.8)."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np

from corridor.analysis.assessment import Option
from corridor.analysis.trip import Trip
from corridor.errors import RouteError
from corridor.futures.draws import Draws
from corridor.futures.factors import Factors
from corridor.futures.registry import SOBOL_VARIABLES
from corridor.futures.repriced_trip import RepricedTrip, SearchOf, reprice_trip
from corridor.futures.route_check import RouteCheck
from corridor.futures.unlisted import generalised_usd, unlisted_options
from corridor.network.shortest_paths import WEIGHT_STEP
from corridor.routing.road_arcs import Steps, Way

FUTURES_AT_ONCE = 8
"""Futures that a core searches at a time: 1.2 times as long as 16 take, in half their memory (150 MB)."""


def check_trip(
    trip: Trip, options: Sequence[Option], *, draws: int, has_luck: bool = False, search_of: SearchOf | None = None
) -> RouteCheck:
    """Search the whole network anew in some futures, and compare with the legs found at mean inputs.

    Parameters
    ----------
    options : open ones, as the trip's run has them
    draws : number of futures, a power of two; the first ones of those in which the options are compared
    has_luck : whether the luck of one truck is drawn as well; without it a future is a mean over its trips
    search_of : what searches the whole network; by default a hierarchy where numba is installed, else scipy

    Raises
    ------
    RouteError
        No way is open without a change of tractor.
    """
    uniforms = Draws(draws, trip.scenario.uncertainty.seed, SOBOL_VARIABLES)
    factors = Factors(trip.evidence, uniforms, has_luck)
    return compare_ways(reprice_trip(trip, factors, search_of=search_of), options)


class _Ways(NamedTuple):
    """The least ways of one future: over all roads, and over fixed legs."""

    rerouted: Way
    fixed: Way


def compare_ways(repriced: RepricedTrip, options: Sequence[Option]) -> RouteCheck:
    """The least ways of a trip over all roads and over fixed legs, and its options beside chains not listed."""
    trip, legs = repriced.trip, repriced.legs
    futures = _least_ways(repriced)
    unlisted = unlisted_options(trip, legs, repriced.moves, [ways.fixed for ways in futures], options)
    first_move = {"fixed": len(legs.leg_rows), "rerouted": trip.network.edge_count}
    return RouteCheck(
        rerouted_usd=np.array([ways.rerouted.steps for ways in futures]) * WEIGHT_STEP,
        fixed_usd=np.array([ways.fixed.steps for ways in futures]) * WEIGHT_STEP,
        rerouted_chains=tuple(repriced.chain(ways.rerouted, first_move=first_move["rerouted"]) for ways in futures),
        fixed_chains=tuple(repriced.chain(ways.fixed, first_move=first_move["fixed"]) for ways in futures),
        listed_usd=generalised_usd(trip, options, repriced.factors),
        unlisted_usd=generalised_usd(trip, unlisted, repriced.factors),
        unlisted_chains=tuple(option.post_ids for option in unlisted),
        left_out=tuple(option.label for option in options if len(option.plates) > 1),
        has_luck=repriced.factors.has_luck,
    )


def _least_ways(repriced: RepricedTrip) -> list[_Ways]:
    """All futures in order, some at a time on each core: the work leaves other threads alone."""
    slices = [slice(first, first + FUTURES_AT_ONCE) for first in range(0, repriced.futures, FUTURES_AT_ONCE)]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        parts = pool.map(lambda futures: _some_ways(repriced, repriced.steps(futures)), slices)
        return [ways for part in parts for ways in part]


def _some_ways(repriced: RepricedTrip, steps: Steps) -> list[_Ways]:
    ways = zip(repriced.rerouted(steps), repriced.fixed(repriced.legs.uses @ steps), strict=True)
    found = [_Ways(rerouted, fixed) for rerouted, fixed in ways if rerouted and fixed]
    if len(found) < steps.shape[1]:
        trip = repriced.trip.scenario.trip
        raise RouteError(
            f"{trip.origin} to {trip.destination}: no way to check; expected one without a change of tractor, "
            "got none. Ways with a change are not searched anew."
        )
    return found
