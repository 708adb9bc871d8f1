"""A road graph taken apart node by node: the shortcuts that keep all ways, whatever the roads will cost."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from corridor.routing.compiled import compiled
from corridor.routing.node_order import minimum_degree_ranks, postorder_ranks

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]


@dataclass(frozen=True)
class Elimination:
    """Nodes in the order in which they are taken out, and the links that are left or put in then.

    Parameters
    ----------
    rank : (nodes,) position of each node in the order; all that follows counts nodes by it
    first : (nodes + 1,) where the links of each node begin; they lead to nodes taken out later
    head : (links,) where each link leads, in rising order within a node
    parent : (nodes,) the first node that the links of a node lead to; -1 where it has none
    """

    rank: Ints
    first: Longs
    head: Ints
    parent: Ints

    @cached_property
    def tail(self) -> Ints:
        """Where each link comes from, shape (links,)."""
        return np.repeat(np.arange(len(self.rank), dtype=np.int32), np.diff(self.first))

    @cached_property
    def depth(self) -> Ints:
        """How many parents each node has above it, shape (nodes,)."""
        return _depths(self.parent)

    @cached_property
    def triangles(self) -> Triangles:
        """Every pair of links from one node, behind the link between their ends."""
        count = _triangle_counts(self.first, self.head)
        first = np.concatenate([[0], np.cumsum(count)])
        return Triangles(first, *_triangles(self.first, self.head, first))

    def link(self, a: Ints, b: Ints) -> Longs:
        """Number of the link between two nodes (ranks) that a road joins, shape of `a` and `b`."""
        nodes = len(self.rank)
        keys = self.tail.astype(np.int64) * nodes + self.head
        return np.searchsorted(keys, np.minimum(a, b).astype(np.int64) * nodes + np.maximum(a, b))


@dataclass(frozen=True, slots=True)
class Triangles:
    """The ways round by a node taken out earlier than both ends of a link.

    Parameters
    ----------
    first : (links + 1,) where those of each link begin
    to_tail, to_head : (triangles,) links from the earlier node to the tail and to the head of the link
    """

    first: Longs
    to_tail: Ints
    to_head: Ints


def eliminate(nodes: int, start: Ints, end: Ints) -> Elimination:
    """Take a graph apart in the order of `minimum_degree_ranks`, with nodes that hang together kept together.

    Parameters
    ----------
    start, end : (arcs,) nodes that an arc joins, in either direction

    Notes
    -----
    When a node is taken out, its neighbours are linked with each other: each way through it then has a link beside it.
    The order is changed to one that lists each subtree in one piece; that puts in the same links, and what is needed
    together then lies together in memory.
    """
    rank = minimum_degree_ranks(nodes, start, end)
    *_, parent = _links(rank, start, end)
    rank = postorder_ranks(parent)[rank]
    return Elimination(rank, *_links(rank, start, end))


def _links(rank: Ints, start: Ints, end: Ints) -> tuple[Longs, Ints, Ints]:
    """(first, head, parent) of `Elimination` for an order."""
    nodes = len(rank)
    low, high = np.minimum(rank[start], rank[end]), np.maximum(rank[start], rank[end])
    key = np.unique((low.astype(np.int64) * nodes + high)[low != high])
    first = np.searchsorted(key, np.arange(nodes + 1, dtype=np.int64) * nodes)
    return _filled(first, (key % nodes).astype(np.int32))


@compiled
def _filled(first: Longs, head: Ints) -> tuple[Longs, Ints, Ints]:
    """Links of each node with those put in, as (first, head, parent): its own, and its children's beyond itself."""
    nodes = len(first) - 1
    all_first, all_head = np.zeros(nodes + 1, np.int64), np.empty(2 * len(head) + nodes, np.int32)
    parent, child = np.full(nodes, -1, np.int32), np.full(nodes, -1, np.int32)
    sibling, seen = np.full(nodes, -1, np.int32), np.full(nodes, -1, np.int32)
    count = 0
    for node in range(nodes):
        if count + nodes - node > len(all_head):
            grown = np.empty(2 * len(all_head) + nodes, np.int32)
            grown[:count] = all_head[:count]
            all_head = grown
        begin = all_first[node]
        for link in range(first[node], first[node + 1]):
            seen[head[link]] = node
            all_head[count] = head[link]
            count += 1
        below = child[node]
        while below >= 0:
            for link in range(all_first[below] + 1, all_first[below + 1]):
                if seen[all_head[link]] != node:
                    seen[all_head[link]] = node
                    all_head[count] = all_head[link]
                    count += 1
            below = sibling[below]
        all_first[node + 1] = count
        if count > begin:
            all_head[begin:count] = np.sort(all_head[begin:count])
            above = all_head[begin]
            parent[node], sibling[node], child[above] = above, child[above], node
    return all_first, all_head[:count].copy(), parent


@compiled
def _depths(parent: Ints) -> Ints:
    depth = np.zeros(len(parent), np.int32)
    for node in range(len(parent) - 1, -1, -1):
        if parent[node] >= 0:
            depth[node] = depth[parent[node]] + 1
    return depth


@compiled
def _triangle_counts(first: Longs, head: Ints) -> Longs:
    """How many triangles lie behind each link, shape (links,)."""
    count = np.zeros(len(head), np.int64)
    for node in range(len(first) - 1):
        for a in range(first[node], first[node + 1]):
            link = first[head[a]]
            for b in range(a + 1, first[node + 1]):
                while head[link] != head[b]:
                    link += 1
                count[link] += 1
    return count


@compiled
def _triangles(first: Longs, head: Ints, triangle_first: Longs) -> tuple[Ints, Ints]:
    """`to_tail` and `to_head` of the triangles behind each link, by the earlier node."""
    to_tail, to_head = np.empty(triangle_first[-1], np.int32), np.empty(triangle_first[-1], np.int32)
    place = triangle_first[:-1].copy()
    for node in range(len(first) - 1):
        for a in range(first[node], first[node + 1]):
            link = first[head[a]]
            for b in range(a + 1, first[node + 1]):
                while head[link] != head[b]:
                    link += 1
                to_tail[place[link]], to_head[place[link]] = a, b
                place[link] += 1
    return to_tail, to_head
