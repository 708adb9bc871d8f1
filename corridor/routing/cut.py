"""Why there is no way: the smallest set of closed posts that cuts it, and the cheapest to reopen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import breadth_first_order, maximum_flow

from corridor.routing.corridor_graph import CorridorGraph, gate_key

Room = tuple[str, int]
"""A connected piece of road inside one zone."""


@dataclass(frozen=True, slots=True)
class ClosureCertificate:
    """Proof that no way exists.

    Parameters
    ----------
    cut : a smallest set of closed posts whose closure alone separates origin from destination, sorted;
        empty when even all posts together would not connect them
    reopen : the posts to reopen for the cheapest way that needs the fewest of them, in order of travel
    reachable_zones : zones that a truck can reach as things stand, sorted
    """

    cut: tuple[str, ...]
    reopen: tuple[str, ...]
    reachable_zones: tuple[str, ...]


def find_cut(graph: CorridorGraph, *, origin: str, destination: str, doors: Mapping[str, bool]) -> tuple[str, ...]:
    """A minimum set of closed posts that separates two places.

    Parameters
    ----------
    doors : post id -> whether it is open; posts that do not appear do not exist

    Notes
    -----
    Rooms (connected pieces of road inside a zone) are joined by posts. Closed posts have capacity 1, open
    ones more than all closed ones together; a minimum cut then holds closed posts only, and its size is the
    number of ways that share no closed post (Menger 1927). Empty when all posts together do not connect them.
    """
    rooms, door_rooms = _rooms(graph, [origin, destination], doors)
    source, sink = rooms[graph.component(origin)], rooms[graph.component(destination)]
    closed = sum(not is_open for is_open in doors.values())
    capacity = np.zeros((len(rooms), len(rooms)), dtype=np.int32)
    for crossing_id, (a, b) in door_rooms.items():
        capacity[a, b] += closed + 1 if doors[crossing_id] else 1
        capacity[b, a] = capacity[a, b]
    if source == sink:
        return ()
    near = _source_side(capacity, source, sink)
    return tuple(sorted(crossing_id for crossing_id, (a, b) in door_rooms.items() if near[a] != near[b]))


def reachable_zones(graph: CorridorGraph, *, origin: str, doors: Mapping[str, bool]) -> tuple[str, ...]:
    """Zones that can be reached from a place through open posts, sorted."""
    rooms, door_rooms = _rooms(graph, [origin], doors)
    joined = np.zeros((len(rooms), len(rooms)), dtype=np.int32)
    for crossing_id, (a, b) in door_rooms.items():
        if doors[crossing_id]:
            joined[a, b] = joined[b, a] = 1
    reached = set(
        breadth_first_order(csr_array(joined), rooms[graph.component(origin)], return_predecessors=False).tolist()
    )
    return tuple(sorted({zone for (zone, _), number in rooms.items() if number in reached}))


def _rooms(
    graph: CorridorGraph, places: Sequence[str], doors: Mapping[str, bool]
) -> tuple[dict[Room, int], dict[str, tuple[int, int]]]:
    """Rooms with their numbers, and for each post the two rooms it joins."""
    sides = {
        crossing_id: [
            graph.component(name)
            for country in graph.network.crossing_nodes(crossing_id)
            if (name := gate_key(crossing_id, country)) in graph.terminals
        ]
        for crossing_id in doors
    }
    found = {graph.component(place) for place in places} | {room for pair in sides.values() for room in pair}
    rooms = {room: number for number, room in enumerate(sorted(found))}
    return rooms, {crossing_id: (rooms[pair[0]], rooms[pair[1]]) for crossing_id, pair in sides.items() if pair}


def _source_side(capacity: NDArray[np.int32], source: int, sink: int) -> NDArray[np.bool_]:
    """Which rooms can still be reached in the residual graph of a maximum flow."""
    flow = maximum_flow(csr_array(capacity), source, sink).flow.toarray()
    residual = csr_array((capacity - flow > 0).astype(np.int32))
    near = np.zeros(len(capacity), dtype=bool)
    near[breadth_first_order(residual, source, return_predecessors=False)] = True
    return near
