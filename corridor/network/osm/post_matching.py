"""Which roads across a border are the listed posts, and which are none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from corridor.evidence import BorderCrossing
from corridor.network.geometry import distance_to_segments, unit_sphere_xyz
from corridor.network.osm.border_labels import border_edges
from corridor.network.osm.edges import Edges, Nodes

POST_KM = 15.0
"""A listed post stands on a road that crosses its border within this distance: lines on maps are off by km."""

CARRIAGEWAY_KM = 1.0
"""Border edges that close to each other are one post: carriageways, lanes for trucks."""

OTHER_DIRECTION_KM = 5.0
"""Where a post is drivable one way only, the road for the other direction is looked for within this distance."""

MINOR_ROAD_PENALTY_KM = 5.0
"""A road of lower class is taken for a post only if it is that much nearer than a main road."""


@dataclass(frozen=True, slots=True)
class PostMatch:
    """A listed post found on the roads.

    Parameters
    ----------
    edges : border edges that make up the post, the nearest first
    shares : where on each of them the post stands, 0 = tail, 1 = head
    distance_km : from the listed place of the post to the nearest of them
    """

    crossing_id: str
    country_a: str
    country_b: str
    edges: NDArray[np.intp]
    shares: NDArray[np.float64]
    distance_km: float


@dataclass(frozen=True, slots=True)
class _Near:
    """Border edges of a post's two countries: distances from the post, where on them, and clusters of edges."""

    edges: NDArray[np.intp]
    distance_km: NDArray[np.float64]
    share: NDArray[np.float64]
    cluster: NDArray[np.int32]
    score: NDArray[np.float64]


def match_posts(
    nodes: Nodes,
    edges: Edges,
    country: NDArray[np.int16],
    *,
    countries: Sequence[str],
    is_main: NDArray[np.bool_],
    crossings: Mapping[str, BorderCrossing],
) -> list[PostMatch]:
    """Give each listed post the roads that cross its border beside it, the nearest pairs first.

    Parameters
    ----------
    is_main : (edges,) roads of the classes that are kept everywhere
    """
    across = border_edges(edges, country)
    clusters = _clusters(nodes, edges, across)
    near = {
        post: found
        for post, crossing in crossings.items()
        if (found := _near(crossing, nodes, edges, country, countries, is_main, across, clusters))
    }
    chosen = _pair_up(near)
    taken = set(chosen.values())
    return [
        _match(crossings[post], near[post], edges, country, countries, is_main, cluster, taken)
        for post, cluster in sorted(chosen.items())
    ]


def _clusters(nodes: Nodes, edges: Edges, across: NDArray[np.intp]) -> NDArray[np.int32]:
    """Number of the group of border edges, each within `CARRIAGEWAY_KM` of the next, shape (border edges,)."""
    if not len(across):
        return np.zeros(0, dtype=np.int32)
    tail, head = edges.tail[across], edges.head[across]
    middle = unit_sphere_xyz(lon=(nodes.lon[tail] + nodes.lon[head]) / 2, lat=(nodes.lat[tail] + nodes.lat[head]) / 2)
    tree = cKDTree(middle)
    close = tree.sparse_distance_matrix(tree, CARRIAGEWAY_KM)
    return np.asarray(connected_components(close, directed=False)[1])


def _near(
    crossing: BorderCrossing,
    nodes: Nodes,
    edges: Edges,
    country: NDArray[np.int16],
    countries: Sequence[str],
    is_main: NDArray[np.bool_],
    across: NDArray[np.intp],
    clusters: NDArray[np.int32],
) -> _Near | None:
    """Border edges between the countries of a post within `POST_KM`; None where there is none."""
    if not {crossing.country_a, crossing.country_b} <= set(countries):
        return None
    a, b = countries.index(crossing.country_a), countries.index(crossing.country_b)
    ends = country[edges.tail[across]], country[edges.head[across]]
    rows = np.flatnonzero(((ends[0] == a) & (ends[1] == b)) | ((ends[0] == b) & (ends[1] == a)))
    tail, head = edges.tail[across[rows]], edges.head[across[rows]]
    distance_km, share = distance_to_segments(
        lon=crossing.lon,
        lat=crossing.lat,
        tail_lon=nodes.lon[tail],
        tail_lat=nodes.lat[tail],
        head_lon=nodes.lon[head],
        head_lat=nodes.lat[head],
    )
    close = distance_km <= POST_KM
    rows, distance_km, share = rows[close], distance_km[close], share[close]
    if not len(rows):
        return None
    score = distance_km + np.where(is_main[across[rows]], 0.0, MINOR_ROAD_PENALTY_KM)
    return _Near(across[rows], distance_km, share, clusters[rows], score)


def _pair_up(near: Mapping[str, _Near]) -> dict[str, int]:
    """Post -> its cluster of border edges; each cluster goes to one post."""
    pairs = sorted(
        (float(score), post, int(cluster))
        for post, found in near.items()
        for score, cluster in zip(found.score, found.cluster, strict=True)
    )
    chosen: dict[str, int] = {}
    for _, post, cluster in pairs:
        if post not in chosen and cluster not in chosen.values():
            chosen[post] = cluster
    return chosen


def _match(
    crossing: BorderCrossing,
    near: _Near,
    edges: Edges,
    country: NDArray[np.int16],
    countries: Sequence[str],
    is_main: NDArray[np.bool_],
    cluster: int,
    taken: set[int],
) -> PostMatch:
    """The edges of a post: its cluster, main roads only where it has any, and the road for the other direction."""
    mine = near.cluster == cluster
    if (mine & is_main[near.edges]).any():
        mine &= is_main[near.edges]
    leaves_a = country[edges.tail[near.edges]] == countries.index(crossing.country_a)
    both_ways = ~edges.one_way[near.edges]
    free = ~np.isin(near.cluster, sorted(taken - {cluster}))
    for forward in (leaves_a | both_ways, ~leaves_a | both_ways):
        if not (mine & forward).any():
            others = np.flatnonzero(
                free & forward & (near.distance_km <= near.distance_km[mine].min() + OTHER_DIRECTION_KM)
            )
            mine[others[np.argsort(near.score[others])][:1]] = True
    rows = np.flatnonzero(mine)
    rows = rows[np.argsort(near.distance_km[rows], kind="stable")]
    return PostMatch(
        crossing.id,
        crossing.country_a,
        crossing.country_b,
        near.edges[rows],
        near.share[rows],
        float(near.distance_km[rows[0]]),
    )
