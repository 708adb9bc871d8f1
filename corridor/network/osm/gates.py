"""Border posts put on the road: two gates and the crossing between them; no other edge crosses a border."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from corridor.network.draft import Repair
from corridor.network.edge_shapes import straight
from corridor.network.osm.border_labels import border_edges
from corridor.network.osm.edges import Edges, Nodes
from corridor.network.osm.post_matching import PostMatch

Countries = NDArray[np.int16]


@dataclass(frozen=True, slots=True)
class GatedRoads:
    """Roads with their posts.

    Parameters
    ----------
    country : (nodes,) index into the countries
    crossing : (edges,) number of the post in `posts` that the edge is the crossing of, -1 for roads
    """

    nodes: Nodes
    edges: Edges
    country: Countries
    posts: tuple[str, ...]
    crossing: NDArray[np.int64]


def put_gates(
    nodes: Nodes, edges: Edges, country: Countries, matches: Sequence[PostMatch], *, countries: Sequence[str]
) -> GatedRoads:
    """Cut the border edges of every post at its gates: road of a - gate a = gate b - road of b.

    Notes
    -----
    All carriageways of a post meet in the same two gates. The crossing between them has length 0.
    """
    parts = [_parts(nodes, edges, country, match, number, countries) for number, match in enumerate(matches)]
    cut = np.concatenate([np.zeros(0, dtype=np.intp), *(match.edges for match in matches)]).astype(np.intp)
    whole = np.ones(len(edges), dtype=bool)
    whole[cut] = False
    kept = edges.taking(np.flatnonzero(whole))
    gate_lon, gate_lat = (np.array([part[axis] for part in parts for _ in "ab"]) for axis in (0, 1))
    gate_country = [countries.index(iso3) for match in matches for iso3 in (match.country_a, match.country_b)]
    crossing = [np.full(len(kept), -1), *(part[3] for part in parts)]
    return GatedRoads(
        nodes=Nodes(
            np.append(nodes.osm_id, np.zeros(2 * len(matches), dtype=np.int64)),
            np.append(nodes.lon, gate_lon),
            np.append(nodes.lat, gate_lat),
        ),
        edges=_chained([kept, *(part[2] for part in parts)]),
        country=np.append(country, np.array(gate_country, dtype=np.int16)).astype(np.int16),
        posts=tuple(match.crossing_id for match in matches),
        crossing=np.concatenate(crossing).astype(np.int64),
    )


def _parts(
    nodes: Nodes, edges: Edges, country: Countries, match: PostMatch, number: int, countries: Sequence[str]
) -> tuple[float, float, Edges, NDArray[np.int64]]:
    """Place of the gates, the edges that replace those of a post, and which of them is the crossing."""
    gate_a = len(nodes) + 2 * number
    gate_b = gate_a + 1
    old = edges.taking(match.edges)
    leaves_a = country[old.tail] == countries.index(match.country_a)
    near = replace(_scaled(old, match.shares), head=np.where(leaves_a, gate_a, gate_b))
    far = replace(_scaled(old, 1 - match.shares), tail=np.where(leaves_a, gate_b, gate_a))
    crossing = replace(
        _scaled(old.taking(np.array([0])), np.zeros(1)),
        tail=np.array([gate_a]),
        head=np.array([gate_b]),
        one_way=np.zeros(1, dtype=bool),
    )
    tail, head, share = int(old.tail[0]), int(old.head[0]), float(match.shares[0])
    lon = (1 - share) * nodes.lon[tail] + share * nodes.lon[head]
    lat = (1 - share) * nodes.lat[tail] + share * nodes.lat[head]
    numbers = np.full(2 * len(old) + 1, -1)
    numbers[-1] = number
    return float(lon), float(lat), _chained([near, far, crossing]), numbers


def _scaled(edges: Edges, share: NDArray[np.float64]) -> Edges:
    """The straight edges shortened to a share of their length."""
    return replace(edges, length_km=edges.length_km * share, free_flow_h=edges.free_flow_h * share)


def _chained(parts: Sequence[Edges]) -> Edges:
    """Edges one after the other; border edges have no bends, so only the first part has any."""
    shapes = parts[0].shapes
    for part in parts[1:]:
        shapes = shapes.followed_by(straight(len(part)))
    columns = {
        name: np.concatenate([getattr(part, name) for part in parts])
        for name in ("tail", "head", "way", "one_way", "length_km", "free_flow_h")
    }
    return Edges(**columns, shapes=shapes)


def close_borders(
    roads: GatedRoads, *, countries: Sequence[str], free_movement: Collection[str]
) -> tuple[GatedRoads, tuple[Repair, ...]]:
    """Leave out every edge across a border that is no crossing, but inside free movement; each is listed."""
    is_free = np.isin(countries, sorted(free_movement))
    edges, country = roads.edges, roads.country
    across = border_edges(edges, country)
    free = is_free[country[edges.tail[across]]] & is_free[country[edges.head[across]]]
    stray = across[(roads.crossing[across] < 0) & ~free]
    repairs = tuple(
        Repair(
            "border_edge_dropped",
            f"{countries[country[edges.tail[edge]]]}-{countries[country[edges.head[edge]]]}: no listed post here",
            float(edges.length_km[edge]),
            float(roads.nodes.lon[edges.tail[edge]]),
            float(roads.nodes.lat[edges.tail[edge]]),
        )
        for edge in stray
    )
    keep = np.ones(len(edges), dtype=bool)
    keep[stray] = False
    kept = np.flatnonzero(keep)
    return replace(roads, edges=edges.taking(kept), crossing=roads.crossing[kept]), repairs
