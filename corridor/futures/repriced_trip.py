"""A trip at the prices, speeds and waits of some futures: every road and post, and the fixed legs of a run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from corridor.analysis.trip import Trip
from corridor.analysis.whole_roads import whole_roads
from corridor.costs.border import Passage
from corridor.futures.drawn_amounts import DrawnAmounts
from corridor.futures.edge_prices import EdgePrices, edge_prices
from corridor.futures.factors import Factors
from corridor.futures.fixed_legs import FixedLegs, fixed_legs
from corridor.futures.post_prices import post_usd
from corridor.futures.posts_met import open_passages, posts_met
from corridor.routing.compiled import has_compiler
from corridor.routing.journeys import Halt, least_journeys
from corridor.routing.road_arcs import RoadArcs, RoadSearch, Steps, Way, whole_steps
from corridor.routing.steps import Move
from corridor.routing.tree_search import TreeSearch

Floats = NDArray[np.float64]
SearchOf = Callable[[RoadArcs], RoadSearch]


@dataclass(frozen=True)
class RepricedTrip:
    """A trip in some futures: what roads and posts cost, and two graphs to seek ways in.

    Parameters
    ----------
    passages : posts that can be passed without a change of tractor
    legs : the graph of fixed legs; search : over all roads
    road_prices, posts_usd : search weights of roads, and of moves (moves, futures)
    """

    trip: Trip
    factors: Factors
    passages: Mapping[Move, Passage]
    legs: FixedLegs
    search: RoadSearch
    road_prices: EdgePrices
    posts_usd: Floats

    @cached_property
    def moves(self) -> tuple[Move, ...]:
        """The posts, in the order of their rows."""
        return tuple(self.passages)

    @property
    def futures(self) -> int:
        """Number of futures."""
        return int(self.posts_usd.shape[1])

    def steps(self, futures: slice) -> Steps:
        """Weights of all roads and moves in some futures, (roads and moves, futures)."""
        return whole_steps(np.concatenate([self.road_prices.usd(futures), self.posts_usd[:, futures]]))

    def rerouted(self, steps: Steps) -> list[Way | None]:
        """The least way over all roads in each future."""
        return least_journeys(self.search, steps, self._stops(self._on_roads))

    def fixed(self, leg_steps: Steps) -> list[Way | None]:
        """The least way over fixed legs in each future; its rows are those of legs and moves."""
        return least_journeys(TreeSearch(self.legs.arcs), leg_steps, self._stops(self._on_legs))

    def chain(self, way: Way, *, first_move: int) -> tuple[str, ...]:
        """Posts of a way, whose moves have the rows from `first_move` on."""
        return tuple(self.moves[row - first_move].crossing_id for row in way.rows.tolist() if row >= first_move)

    def _stops(self, halt_of: Callable[[str, str, int | None], Halt]) -> list[list[Halt]]:
        """Origin, vias and destination, each with the halts that will do."""
        trip, scenario = self.trip, self.trip.scenario
        names = (scenario.trip.origin, *scenario.routes.via, scenario.trip.destination)
        return [
            [halt_of(name, name, None)]
            if name in trip.ends
            else [halt_of(m.start, m.end, n) for n, m in enumerate(self.moves) if m.crossing_id == name]
            for name in names
        ]

    def _on_roads(self, start: str, end: str, move: int | None) -> Halt:
        nodes = self.trip.graph.terminals
        row = None if move is None else self.trip.network.edge_count + move
        return Halt(nodes[start].node, nodes[end].node, row)

    def _on_legs(self, start: str, end: str, move: int | None) -> Halt:
        return self.legs.halt(start, end, None if move is None else len(self.legs.leg_rows) + move)


def reprice_trip(trip: Trip, factors: Factors, *, search_of: SearchOf | None = None) -> RepricedTrip:
    """A trip in the futures of some factors, ready to be searched."""
    passages = open_passages(trip)
    moves = tuple(passages)
    legs = fixed_legs(trip, moves, tuple(trip.ends))
    drawn, tariff = DrawnAmounts(factors), trip.tariff(trip.home_plate)
    met = posts_met(trip, passages, legs)
    posts_usd = [post_usd(post.stage, drawn, clock_h=post.clock_h) for post in met]
    return RepricedTrip(
        trip=trip,
        factors=factors,
        passages=passages,
        legs=legs,
        search=(search_of or best_search)(whole_roads(trip, moves)),
        road_prices=edge_prices(trip.network, trip.drive, tariff, drawn),
        posts_usd=np.array(posts_usd).reshape(len(moves), drawn.futures),
    )


def best_search(arcs: RoadArcs) -> RoadSearch:
    """The fastest search there is: a hierarchy where numba is installed, else scipy's."""
    if not has_compiler():
        return TreeSearch(arcs)
    from corridor.routing.hierarchy import build_hierarchy

    return build_hierarchy(arcs)
