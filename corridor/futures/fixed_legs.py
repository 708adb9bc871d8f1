"""The graph of the fixed legs of a trip, with its posts between them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite

import numpy as np
from scipy.sparse import csr_array

from corridor.analysis.trip import Trip
from corridor.routing.journeys import Halt
from corridor.routing.road_arcs import RoadArcs
from corridor.routing.steps import Move


@dataclass(frozen=True, slots=True)
class FixedLegs:
    """The legs that a run has found at mean inputs, and posts between them.

    Parameters
    ----------
    terminals : places and gates; a way comes to number n at node n, and goes on from node n + their number
    leg_rows : (start, end) of a leg -> its row; the moves come after all legs
    arcs : legs, then moves, one a row
    uses : (legs and moves, roads and moves) what each of the arcs is made of: 1 for a road that a leg runs over
    """

    terminals: tuple[str, ...]
    leg_rows: Mapping[tuple[str, str], int]
    arcs: RoadArcs
    uses: csr_array

    def halt(self, start: str, end: str, row: int | None = None) -> Halt:
        """A place, or the two gates of a move that stands at a row."""
        return Halt(self.terminals.index(start), len(self.terminals) + self.terminals.index(end), row)


def fixed_legs(trip: Trip, moves: Sequence[Move], places: Sequence[str]) -> FixedLegs:
    """The graph in which chains of these moves are sought, its legs as they are at mean inputs.

    Parameters
    ----------
    places : origin, destination and vias
    """
    terminals = tuple(sorted({*places, *(move.start for move in moves), *(move.end for move in moves)}))
    number = {name: n for n, name in enumerate(terminals)}
    legs = list(_legs(trip, moves, places))
    ends = [*legs, *((move.start, move.end) for move in moves)]
    start = np.array([number[a] for a, _ in ends], dtype=np.int32)
    end = np.array([number[b] for _, b in ends], dtype=np.int32)
    is_leg = np.arange(len(ends)) < len(legs)
    arcs = RoadArcs(
        nodes=2 * len(terminals),
        start=np.where(is_leg, start + len(terminals), start).astype(np.int32),
        end=np.where(is_leg, end, end + len(terminals)).astype(np.int32),
        row=np.arange(len(ends), dtype=np.int32),
    )
    return FixedLegs(terminals, {leg: row for row, leg in enumerate(legs)}, arcs, _uses(trip, legs, moves))


def _legs(trip: Trip, moves: Sequence[Move], places: Sequence[str]) -> Iterator[tuple[str, str]]:
    """(start, end) of every leg that a chain may have."""
    starts = sorted({*places, *(move.end for move in moves)})
    ends = sorted({*places, *(move.start for move in moves)})
    zone = {name: trip.graph.terminals[name].zone for name in (*starts, *ends)}
    for start in starts:
        for end in ends:
            if start != end and zone[start] == zone[end] and isfinite(trip.graph.leg_usd(start, end)):
                yield start, end


def _uses(trip: Trip, legs: Sequence[tuple[str, str]], moves: Sequence[Move]) -> csr_array:
    edges = trip.network.edge_count
    roads = [trip.graph.leg(*leg).edges for leg in legs]
    roads += [np.array([edges + number]) for number in range(len(moves))]
    row = np.repeat(np.arange(len(roads)), [len(each) for each in roads])
    column = np.concatenate([np.zeros(0, dtype=np.intp), *roads])
    return csr_array((np.ones(len(row), dtype=np.int64), (row, column)), shape=(len(roads), edges + len(moves)))
