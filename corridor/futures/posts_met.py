"""Posts of a trip as its truck finds them, by the cheapest way to each at mean inputs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from corridor.analysis.assess import open_border
from corridor.analysis.trip import Trip
from corridor.costs.arrival import passage_on_arrival
from corridor.costs.border import Passage
from corridor.costs.search_weights import edge_search_usd, passage_search_usd
from corridor.costs.stretches import PostStage
from corridor.futures.edge_prices import clock_hours
from corridor.futures.fixed_legs import FixedLegs
from corridor.routing.road_arcs import NodePair, Way, whole_steps
from corridor.routing.steps import Move
from corridor.routing.tree_search import TreeSearch


@dataclass(frozen=True, slots=True)
class PostMet:
    """A post as it is `clock_h` hours after departure."""

    stage: PostStage
    clock_h: float


def open_passages(trip: Trip) -> dict[Move, Passage]:
    """Posts that the truck of a trip can pass on the day under its own plate, without a change of tractor."""
    ends = trip.scenario.trip.origin, trip.scenario.trip.destination
    passages = open_border(trip, *ends).passages(trip.tariff, trip.home_plate)
    return {
        trip.move(passage): passage
        for passage in passages
        if isinstance(passage, Passage) and passage.plate_before == passage.plate_after == trip.home_plate
    }


def posts_met(trip: Trip, passages: Mapping[Move, Passage], legs: FixedLegs) -> list[PostMet]:
    """Each post in its season, with the closures to be expected by then; one that no road leads to, as on day 0.

    Notes
    -----
    A search needs one weight for a post, whatever way leads there (model.md 6.2).
    """
    tariff = trip.tariff(trip.home_plate)
    edge_usd = edge_search_usd(trip.network, trip.drive, tariff)
    usd = np.concatenate([edge_usd, [passage_search_usd(passage, tariff) for passage in passages.values()]])
    start = legs.halt(trip.scenario.trip.origin, trip.scenario.trip.origin).leave
    pairs = [NodePair(start, legs.halt(move.start, move.end).enter) for move in passages]
    ways = TreeSearch(legs.arcs).ways(legs.uses @ whole_steps(usd)[:, None], pairs)
    leg_h = _leg_hours(trip, legs)
    clocks_h = [_clock_h(trip, list(passages.values()), leg_h, way) for [way] in ways]
    return [_met(trip, passage, clock_h) for passage, clock_h in zip(passages.values(), clocks_h, strict=True)]


def _leg_hours(trip: Trip, legs: FixedLegs) -> NDArray[np.float64]:
    """Hours of every leg at mean inputs."""
    hours = clock_hours(trip.network, trip.drive, trip.tariff(trip.home_plate))
    return np.asarray(legs.uses[: len(legs.leg_rows), : len(hours)] @ hours)


def _clock_h(trip: Trip, passages: list[Passage], leg_h: NDArray[np.float64], way: Way | None) -> float:
    """Hours from departure to the end of a way over legs and posts."""
    clock_h = 0.0
    for row in way.rows.tolist() if way else []:
        if row < len(leg_h):
            clock_h += float(leg_h[row])
        else:
            stage = _met(trip, passages[row - len(leg_h)], clock_h).stage
            clock_h += stage.passage.wait_h - stage.tariff.absorption.absorbed_h(stage.passage.wait_h)
    return clock_h


def _met(trip: Trip, passage: Passage, clock_h: float) -> PostMet:
    stage = PostStage(passage, trip.tariff(passage.plate_before))
    met = passage_on_arrival(passage, stage.tariff, trip.departures, clock_h=clock_h)
    return PostMet(replace(stage, passage=met), clock_h)
