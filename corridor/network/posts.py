"""Border posts put on the road: the edge is split, and no other edge may cross a border."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from corridor.network.draft import DraftNetwork, Repair


@dataclass(frozen=True, slots=True)
class PostPlacement:
    """On which edge of the source a post stands, how far from its two ends, or why on none (`note`)."""

    crossing_id: str
    country_a: str
    country_b: str
    source_a: int
    source_b: int
    to_a_km: float
    to_b_km: float
    is_connected: bool
    note: str

    @property
    def share(self) -> float:
        """Where on the edge the post stands: 0 at end a, 1 at end b."""
        total_km = self.to_a_km + self.to_b_km
        return self.to_a_km / total_km if total_km else 0.5


def post_ends(
    draft: DraftNetwork, placements: Sequence[PostPlacement]
) -> dict[str, tuple[tuple[int, str], tuple[int, str]]]:
    """Post id -> ((node, country_a), (node, country_b)), for `apply_post_countries`."""
    node_of = draft.node_of_source()
    return {
        post.crossing_id: (
            (node_of[str(post.source_a)], post.country_a),
            (node_of[str(post.source_b)], post.country_b),
        )
        for post in placements
    }


def close_stray_borders(
    draft: DraftNetwork, placements: Sequence[PostPlacement], *, free_movement: Set[str]
) -> DraftNetwork:
    """Drop every edge between two countries that carries no listed post and is not inside `free_movement`."""
    posts = {frozenset((post.source_a, post.source_b)) for post in placements}
    source_tail, source_head = draft.source_id[draft.tail], draft.source_id[draft.head]
    listed = np.array(
        [frozenset(pair) in posts for pair in zip(source_tail.tolist(), source_head.tolist(), strict=True)]
    )
    a, b = draft.country[draft.tail], draft.country[draft.head]
    free = np.isin(a, sorted(free_movement)) & np.isin(b, sorted(free_movement))
    stray = (a != b) & ~free & ~listed
    repairs = [
        Repair(
            "border_edge_dropped",
            f"{a[edge]}-{b[edge]}: no listed post on this road",
            float(draft.length_km[edge]),
            float(draft.lon[draft.tail[edge]]),
            float(draft.lat[draft.tail[edge]]),
        )
        for edge in np.flatnonzero(stray)
    ]
    return draft.keeping_edges(~stray, repairs=repairs)


def split_at_posts(draft: DraftNetwork, placements: Sequence[PostPlacement]) -> tuple[DraftNetwork, dict[str, int]]:
    """Put each post on its edge: end a - gate a = gate b - end b, with the crossing (length 0) between the gates.

    Returns
    -------
    The draft with two nodes and three edges more a post, and post id -> its crossing edge.

    Notes
    -----
    Two posts on one source edge each get their own copy of it: they are two roads that the source merged,
    and a truck must not have to pass both.
    """
    node_of = draft.node_of_source()
    edge_of = _edge_of_pair(draft)
    base = len(draft.lon)
    lon, lat, country, source, tail, head, length, replaced, crossings = [], [], [], [], [], [], [], set(), {}
    first_new_edge = len(draft.tail)
    for number, post in enumerate(placements):
        a, b = node_of[str(post.source_a)], node_of[str(post.source_b)]
        edge = edge_of[min(a, b), max(a, b)]
        gate_a, gate_b = base + 2 * number, base + 2 * number + 1
        share, km = post.share, float(draft.length_km[edge])
        lon += [(1 - share) * draft.lon[a] + share * draft.lon[b]] * 2
        lat += [(1 - share) * draft.lat[a] + share * draft.lat[b]] * 2
        country += [post.country_a, post.country_b]
        source += [-1, -1]
        tail += [a, gate_a, gate_b]
        head += [gate_a, gate_b, b]
        length += [km * share, 0.0, km * (1 - share)]
        crossings[post.crossing_id] = first_new_edge + 3 * number + 1
        replaced.add(edge)
    grown = replace(
        draft,
        source_id=np.append(draft.source_id, source),
        lon=np.append(draft.lon, lon),
        lat=np.append(draft.lat, lat),
        country=np.append(draft.country, country),
    ).with_edges(tail, head, length, repairs=())
    keep = np.ones(len(grown.tail), dtype=bool)
    keep[sorted(replaced)] = False
    position = np.cumsum(keep) - 1
    return grown.keeping_edges(keep, repairs=()), {post: int(position[edge]) for post, edge in crossings.items()}


def _edge_of_pair(draft: DraftNetwork) -> Mapping[tuple[int, int], int]:
    """(lower node, higher node) -> the shortest edge between them."""
    order: NDArray[np.intp] = np.argsort(-draft.length_km, kind="stable")
    low, high = np.minimum(draft.tail, draft.head), np.maximum(draft.tail, draft.head)
    return {(int(low[edge]), int(high[edge])): int(edge) for edge in order}
