"""The ways behind the values of a search: their km, and the posts they pass."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from corridor.analysis.reach_search import Growth, Label
from corridor.analysis.reach_sheets import Entry
from corridor.analysis.reach_stations import Floats, Ints, Stations
from corridor.routing.spread import Spread
from corridor.routing.steps import Move

Posts = tuple[Move, ...]


@dataclass(frozen=True, slots=True)
class Trail:
    """The ways behind a label: km, shape (stations,), and the posts passed, in order of travel."""

    km: Floats
    posts: tuple[Posts, ...]


def find_trail(growth: Growth, stations: Stations, label: Label) -> Trail:
    """Km and posts of the ways behind a label; 0 km and no post where there is none."""
    km = np.zeros(len(stations))
    posts: list[Posts] = [()] * len(stations)
    length_km = growth.search.trip.network.length_km
    keys = np.where(np.isfinite(label.value), label.sheet * len(growth.levels) + label.level, -1)
    for key in np.unique(keys[keys >= 0]).tolist():
        at = np.flatnonzero(keys == key)
        branch = Branch(growth, *divmod(key, len(growth.levels)))
        nodes = stations.node[label.end[at], at]
        km[at] = branch.km(nodes) + stations.share[label.end[at], at] * length_km[stations.edge[at]]
        for place, passed in zip(at.tolist(), branch.posts(nodes), strict=True):
            posts[place] = passed
    return Trail(km, tuple(posts))


@dataclass(frozen=True)
class Branch:
    """The tree of one sheet and level, with the ways that lead into the sheet."""

    growth: Growth
    sheet: int
    level: int

    def km(self, nodes: Ints) -> Floats:
        """Km of the ways to some nodes, in the sheets before as well."""
        roots = self._tree.last(np.zeros(len(self._tree.row), dtype=bool))[nodes]
        before = {root: self._km_before(root) for root in np.unique(roots).tolist()}
        return np.asarray(self._sums_km[nodes] + np.array([before[root] for root in roots.tolist()]))

    def posts(self, nodes: Ints) -> list[Posts]:
        """Posts of the ways to some nodes, in order of travel."""
        last = self._last_post[nodes].tolist()
        known = {node: self._posts_to(node) for node in dict.fromkeys(last)}
        return [known[node] for node in last]

    def steps(self, node: int) -> list[int | Move]:
        """Edges and posts of the way to a node, in order of travel."""
        steps: list[int | Move] = []
        while (row := int(self._tree.row[node])) >= 0:
            steps.append(row if row < self._first_post else self._moves[row - self._first_post])
            node = int(self._tree.before[node])
        entry = self._entry(node)
        before = self._before(entry).steps(int(self._left_at(entry)[0])) if entry else []
        backwards = [*steps, *([entry.move] if entry else [])]
        return [*before, *backwards[::-1]] if self.growth.search.is_outward else [*backwards, *before]

    def _posts_to(self, node: int) -> Posts:
        """Posts of the way to a node that stands behind a post, or at a root."""
        passed: list[Move] = []
        while (row := int(self._tree.row[node])) >= self._first_post:
            passed.append(self._moves[row - self._first_post])
            node = int(self._last_post[self._tree.before[node]])
        if entry := self._entry(node):
            passed.append(entry.move)
        before = self._before(entry).posts(self._left_at(entry))[0] if entry else ()
        return self._joined(before, passed)

    def _joined(self, before: Posts, passed: Iterable[Move]) -> Posts:
        """All posts in order of travel; `passed` comes from the end of the search back to its beginning."""
        backwards = tuple(passed)
        return (*before, *backwards[::-1]) if self.growth.search.is_outward else (*backwards, *before)

    def _km_before(self, root: int) -> float:
        entry = self._entry(root)
        return float(self._before(entry).km(self._left_at(entry))[0]) if entry else 0.0

    def _entry(self, root: int) -> Entry | None:
        return self.growth.sheets[self.sheet].entered[self.level].get(root)

    def _left_at(self, entry: Entry) -> Ints:
        """Node at which the search leaves the sheet before."""
        return np.array([self.growth.search.gates(entry)[0]], dtype=np.int64)

    def _before(self, entry: Entry) -> Branch:
        """The tree from which the search comes to a post between two sheets."""
        return Branch(self.growth, entry.parent, self.growth.begin(entry, self.level)[1])

    @property
    def _tree(self) -> Spread:
        return self.growth.sheets[self.sheet].trees[self.level]

    @property
    def _first_post(self) -> int:
        return self.growth.search.trip.network.edge_count

    @cached_property
    def _moves(self) -> tuple[Move, ...]:
        return tuple(self.growth.sheets[self.sheet].sheet.posts)

    @cached_property
    def _sums_km(self) -> Floats:
        length_km = self.growth.search.trip.network.length_km
        return self._tree.sums(np.concatenate([length_km, np.zeros(len(self._moves))]))

    @cached_property
    def _last_post(self) -> NDArray[np.int32]:
        """Node behind the last post on the way to each node, else the root."""
        return self._tree.last(self._tree.row >= self._first_post)
