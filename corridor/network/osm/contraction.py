"""Chains of edges through nodes where nothing meets and nothing changes, each made one edge."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from corridor.network.edge_shapes import EdgeShapes, ragged_rows
from corridor.network.osm.edges import Edges, Nodes, turned

Numbers = NDArray[np.int64]


def contract(nodes: Nodes, edges: Edges, kind: Numbers, *, kept: NDArray[np.bool_]) -> tuple[Edges, Numbers]:
    """Join edges through nodes that only two edges of one kind meet.

    Parameters
    ----------
    kind : (edges,) number of what the edge is; edges of two kinds are never joined
    kept : (nodes,) nodes that must stay

    Returns
    -------
    The joined edges, with lengths and hours summed, and the kind of each. A ring that nothing meets is
    left out.

    Notes
    -----
    Each edge is two darts, 2e from tail to head and 2e + 1 back. At a node through which a chain runs, the
    dart that arrives is followed by the one that leaves. Chains are ranked by pointer doubling.
    """
    follower = _followers(edges, kind, kept)
    before = _before(follower)
    first, rank = _ranked(before)
    usable = (before == np.arange(len(before)))[first]
    chain_start = np.minimum(first[::2], first[1::2])
    dart = np.where(first[::2] == chain_start, 0, 1) + 2 * np.arange(len(edges))
    # a one-way edge is driven along its own direction only, so its chain begins with the even dart
    dart = np.where(edges.one_way, 2 * np.arange(len(edges)), dart)
    order = np.lexsort((rank[dart], first[dart]))
    order = order[usable[dart[order]]]
    return _summed(nodes, turned(edges, dart % 2 == 1).taking(order), first[dart][order], kind[order])


def _followers(edges: Edges, kind: Numbers, kept: NDArray[np.bool_]) -> Numbers:
    """The dart that follows each dart in its chain; the dart itself where the chain ends."""
    count = len(edges)
    darts = np.arange(2 * count)
    leaves = np.column_stack([edges.tail, edges.head]).ravel()
    order = np.argsort(leaves, kind="stable")
    node = leaves[order]
    degree = np.bincount(node, minlength=len(kept))
    pair = np.flatnonzero((degree[node] == 2) & ~kept[node] & (np.searchsorted(node, node) == np.arange(2 * count)))
    a, b = order[pair], order[pair + 1]
    joined = kind[a // 2] == kind[b // 2]
    one_way = edges.one_way[a // 2]
    joined &= ~one_way | (a % 2 != b % 2)
    joined &= a // 2 != b // 2
    a, b = a[joined], b[joined]
    follower = darts.copy()
    follower[a ^ 1], follower[b ^ 1] = b, a
    return follower


def _before(follower: Numbers) -> Numbers:
    """The dart before each dart in its chain; the dart itself where the chain begins."""
    before = np.arange(len(follower))
    moved = np.flatnonzero(follower != before)
    before[follower[moved]] = moved
    return before


def _ranked(before: Numbers) -> tuple[Numbers, Numbers]:
    """First dart of the chain of each dart, and the place in it; for darts on a ring any dart of it."""
    rank = (before != np.arange(len(before))).astype(np.int64)
    for _ in range(int(np.ceil(np.log2(max(len(before), 2)))) + 1):
        rank += rank[before]
        before = before[before]
    return before, rank


def _summed(nodes: Nodes, edges: Edges, chain: Numbers, kind: Numbers) -> tuple[Edges, Numbers]:
    """Edges in the order of their chains, each chain made one edge."""
    first = np.flatnonzero(np.concatenate([[True], chain[1:] != chain[:-1]])) if len(chain) else np.zeros(0, np.int64)
    last = np.concatenate([first[1:], [len(chain)]])[: len(first)] - 1
    joined = Edges(
        tail=edges.tail[first],
        head=edges.head[last],
        way=edges.way[first],
        one_way=edges.one_way[first],
        length_km=_sums(edges.length_km, first),
        free_flow_h=_sums(edges.free_flow_h, first),
        shapes=_strung(nodes, edges, first),
    )
    return joined, kind[first]


def _sums(values: NDArray[np.float64], first: Numbers) -> NDArray[np.float64]:
    return np.add.reduceat(values, first) if len(first) else np.zeros(0)


def _strung(nodes: Nodes, edges: Edges, first: Numbers) -> EdgeShapes:
    """Shapes of chains: the bends of their edges, with the nodes between these as further bends."""
    count = edges.shapes.counts()
    is_first = np.zeros(len(edges), dtype=bool)
    is_first[first] = True
    size = count + ~is_first
    start = np.concatenate([[0], np.cumsum(size)])
    lon, lat = np.empty(start[-1]), np.empty(start[-1])
    between = start[:-1][~is_first]
    lon[between], lat[between] = nodes.lon[edges.tail[~is_first]], nodes.lat[edges.tail[~is_first]]
    bends = ragged_rows(start[1:] - count, count)
    lon[bends], lat[bends] = edges.shapes.lon, edges.shapes.lat
    return EdgeShapes(np.append(start[:-1][first], start[-1]), lon, lat)
