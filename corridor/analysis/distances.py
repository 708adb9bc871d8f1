"""Transport distances of a trip by which ISO 14083 counts tonne-kilometres: shortest feasible, and great circle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from math import fsum

from corridor.analysis.options import Ways
from corridor.analysis.trip import Trip, graph_of, locate
from corridor.network.geometry import great_circle_km as great_circle_between
from corridor.routing.chains import ChainSearch, Links
from corridor.routing.steps import LegEnds

LEAST_KM = 1e-4
"""A crossing weighs next to nothing: the search needs weights above 0."""


def shortest_km(ways: Ways, required: Sequence[frozenset[str]]) -> float:
    """Km of the shortest way through open posts and all stops that the truck may take, whatever it costs."""
    trip = ways.trip
    graph = graph_of(trip.scenario, trip.evidence, trip.network, trip.ends, weight=trip.network.length_km)
    links = Links(
        graph,
        [replace(move, weight_usd=LEAST_KM) for move in ways.moves],
        lambda leg: graph.leg_usd(leg.start, leg.end),
    )
    chain = next(ChainSearch(links, ways.origin, ways.destination, trip.home_plate, required).chains())
    return fsum(graph.leg_usd(leg.start, leg.end) for leg in chain.steps if isinstance(leg, LegEnds))


def great_circle_km(trip: Trip, required: Sequence[frozenset[str]]) -> float:
    """Km as the crow flies from the origin over the stops, each named alone, to the destination."""
    stops = [trip.scenario.trip.origin, *(next(iter(names)) for names in required), trip.scenario.trip.destination]
    points = [locate(name, trip.evidence) for name in stops]
    return fsum(
        float(great_circle_between(lon_a=a[0], lat_a=a[1], lon_b=b[0], lat_b=b[1])) for a, b in pairwise(points)
    )
