"""Country labels beside a border, where the polygons are coarser than the roads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from corridor.network.draft import Repair
from corridor.network.osm.edges import Edges, Nodes

Countries = NDArray[np.int16]
Floats = NDArray[np.float64]

PATCH_KM = 30.0
"""A piece of road between border lines is taken for the neighbour's when no longer than this in all, ..."""

PATCH_DEGREES = 0.08
"""... and nowhere farther than this (about 8 km) outside the neighbour's polygon."""


@dataclass(slots=True)
class _Group:
    """Connected roads of one country: the pieces they consist of, their km, border edges to other pieces."""

    country: int
    km: float
    pieces: list[int]
    is_fixed: bool
    neighbours: Counter[int] = field(default_factory=Counter)


def mend_labels(
    nodes: Nodes, edges: Edges, country: Countries, *, polygons: Sequence[shapely.Geometry], homes: Iterable[int]
) -> tuple[Countries, tuple[Repair, ...]]:
    """Labels with which a road that weaves along a border line crosses it once.

    Parameters
    ----------
    country : (nodes,) index into `polygons`
    homes : nodes at places of the table, whose label is right

    Notes
    -----
    Where a road crosses the line several times within a few km, the roads of one country between two
    crossings hang on nothing else of that country. From the shortest on, such pieces go to the neighbour
    they hang on, unless they are the longest piece of their country.
    """
    piece = _pieces(edges, country)
    count = int(piece.max(initial=-1)) + 1
    km = np.bincount(piece[edges.tail], weights=edges.length_km, minlength=count).astype(np.float64)
    fixed = _longest_of_each_country(km, country, piece) | {int(piece[node]) for node in homes}
    groups = _groups(edges, country, piece, km, fixed)
    mended, repairs = country.copy(), []
    nodes_of = _rows_by_number(piece, set(groups))
    for group, new in _changes_of_hand(groups, lambda members, new: _is_near(nodes, nodes_of, members, polygons[new])):
        for member in group:
            mended[nodes_of[member]] = new
        repairs.append(_repair(nodes, int(nodes_of[group[0]][0]), float(km[group].sum())))
    return mended, tuple(repairs)


def border_edges(edges: Edges, country: Countries) -> NDArray[np.intp]:
    """Edges whose two ends lie in different countries."""
    return np.flatnonzero(country[edges.tail] != country[edges.head])


def _pieces(edges: Edges, country: Countries) -> NDArray[np.int32]:
    """Number of the connected piece of road inside one country, shape (nodes,)."""
    inside = country[edges.tail] == country[edges.head]
    tail, head = edges.tail[inside], edges.head[inside]
    joined = coo_array((np.ones(len(tail), dtype=np.int32), (tail, head)), shape=(len(country), len(country)))
    return np.asarray(connected_components(joined.tocsr(), directed=False)[1])


def _longest_of_each_country(km: Floats, country: Countries, piece: NDArray[np.int32]) -> set[int]:
    place = np.full(len(km), -1)
    place[piece] = country
    order = np.lexsort((np.arange(len(km)), -km, place))
    is_first = np.diff(place[order], prepend=-1) != 0
    return set(order[is_first].tolist())


def _groups(
    edges: Edges, country: Countries, piece: NDArray[np.int32], km: Floats, fixed: set[int]
) -> dict[int, _Group]:
    """The pieces that touch a border, each a group of its own."""
    groups: dict[int, _Group] = {}
    across = border_edges(edges, country)
    for a, b in zip(edges.tail[across].tolist(), edges.head[across].tolist(), strict=True):
        for here, there in ((a, b), (b, a)):
            number = int(piece[here])
            if number not in groups:
                groups[number] = _Group(int(country[here]), float(km[number]), [number], number in fixed)
            groups[number].neighbours[int(piece[there])] += 1
    return groups


def _rows_by_number(piece: NDArray[np.int32], wanted: set[int]) -> dict[int, NDArray[np.intp]]:
    """Nodes of some pieces."""
    rows = np.flatnonzero(np.isin(piece, sorted(wanted)))
    rows = rows[np.argsort(piece[rows], kind="stable")]
    starts = np.flatnonzero(np.diff(piece[rows], prepend=-1))
    return {int(piece[run[0]]): run for run in np.split(rows, starts[1:]) if len(run)}


def _changes_of_hand(
    groups: dict[int, _Group], is_near: Callable[[Sequence[int], int], bool]
) -> Iterator[tuple[list[int], int]]:
    """Groups that go to a neighbour, with the country they go to, shortest first; `groups` is used up."""
    owner = {number: number for number in groups}
    waiting = [(group.km, number) for number, group in groups.items()]
    heapify(waiting)
    while waiting:
        km, number = heappop(waiting)
        group = groups.get(number)
        if group is None or group.km != km or group.is_fixed or km > PATCH_KM:
            continue
        target = _neighbour_to_join(group, groups, owner)
        if target is None or groups[target].km < km or not is_near(group.pieces, groups[target].country):
            continue
        yield list(group.pieces), groups[target].country
        group.country = groups[target].country
        _merge(number, groups, owner)
        heappush(waiting, (group.km, number))


def _neighbour_to_join(group: _Group, groups: dict[int, _Group], owner: dict[int, int]) -> int | None:
    """The neighbouring group with most border edges to this one."""
    counts: Counter[int] = Counter()
    for piece, count in group.neighbours.items():
        counts[owner[piece]] += count
    others = [number for number in counts if groups[number].country != group.country]
    return max(others, key=lambda number: (counts[number], groups[number].km, -number), default=None)


def _merge(number: int, groups: dict[int, _Group], owner: dict[int, int]) -> None:
    """Let a group take in its neighbours of the country that is its own now."""
    group = groups[number]
    same = {owner[piece] for piece in group.neighbours if groups[owner[piece]].country == group.country} - {number}
    for other in sorted(same):
        joined = groups.pop(other)
        group.km += joined.km
        group.is_fixed |= joined.is_fixed
        group.pieces += joined.pieces
        group.neighbours += joined.neighbours
        for piece in joined.pieces:
            owner[piece] = number


def _is_near(
    nodes: Nodes, nodes_of: dict[int, NDArray[np.intp]], pieces: Sequence[int], polygon: shapely.Geometry
) -> bool:
    rows = np.concatenate([nodes_of[piece] for piece in pieces])
    off_degrees = shapely.distance(polygon, shapely.points(nodes.lon[rows], nodes.lat[rows]))
    return bool(off_degrees.max() <= PATCH_DEGREES)


def _repair(nodes: Nodes, node: int, km: float) -> Repair:
    reason = "a piece of road beside the border that hangs on the neighbour's roads only"
    return Repair("country_relabelled", reason, km, float(nodes.lon[node]), float(nodes.lat[node]))
