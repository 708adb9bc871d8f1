"""The hierarchy against scipy's Dijkstra, scipy's against networkx, and shortcuts counted by hand."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from types import SimpleNamespace

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corridor.routing import compiled as compiling
from corridor.routing.elimination import eliminate
from corridor.routing.hierarchy import build_hierarchy
from corridor.routing.node_order import minimum_degree_ranks
from corridor.routing.road_arcs import NodePair, RoadArcs, Steps, Way, whole_steps
from corridor.routing.tree_search import TreeSearch


def arcs_of(nodes: int, ends: Sequence[tuple[int, int]], rows: Sequence[int] | None = None) -> RoadArcs:
    """Arcs by their ends, each with a row of its own unless told."""
    start, end = np.array(ends, dtype=np.int32).reshape(-1, 2).T
    row = np.arange(len(ends)) if rows is None else np.array(rows)
    return RoadArcs(nodes, start.copy(), end.copy(), row.astype(np.int32))


@st.composite
def graphs(draw: st.DrawFn) -> tuple[RoadArcs, Steps, list[NodePair]]:
    """Small graphs with parallel arcs, loops, islands and shared rows, few weights so that many ways tie."""
    nodes = draw(st.integers(1, 14))
    node = st.integers(0, nodes - 1)
    ends = draw(st.lists(st.tuples(node, node), max_size=45))
    rows = draw(st.lists(st.integers(0, max(len(ends) // 2, 1)), min_size=len(ends), max_size=len(ends)))
    futures = draw(st.integers(1, 3))
    count = max(len(ends) // 2, 1) + 1
    weights = draw(st.lists(st.integers(1, 9), min_size=count * futures, max_size=count * futures))
    pairs = draw(st.lists(st.tuples(node, node), min_size=1, max_size=4))
    steps = np.array(weights, dtype=np.int64).reshape(count, futures)
    return arcs_of(nodes, ends, rows), steps, [NodePair(*pair) for pair in pairs]


def assert_leads(way: Way, arcs: RoadArcs, steps: Steps, pair: NodePair) -> None:
    """The rows of a way add up to its weight, and some arcs with these rows lead from start to end."""
    assert steps[way.rows].sum() == way.steps
    here = {pair.start}
    for row in way.rows.tolist():
        here = {int(b) for a, b, r in zip(arcs.start, arcs.end, arcs.row, strict=True) if r == row and int(a) in here}
    assert pair.end in here


@given(graphs())
@settings(max_examples=300, deadline=None)
def test_the_hierarchy_finds_what_dijkstra_finds(drawn: tuple[RoadArcs, Steps, list[NodePair]]) -> None:
    arcs, steps, pairs = drawn
    for search in (build_hierarchy(arcs), TreeSearch(arcs)):
        for pair, ways in zip(pairs, search.ways(steps, pairs), strict=True):
            for future, way in enumerate(ways):
                expected = networkx_steps(arcs, steps[:, future], pair)
                assert (way.steps if way else None) == expected
                if way:
                    assert_leads(way, arcs, steps[:, future], pair)


def networkx_steps(arcs: RoadArcs, steps: Steps, pair: NodePair) -> int | None:
    """The least weight by networkx, None where there is no way."""
    graph = nx.MultiDiGraph()
    graph.add_nodes_from(range(arcs.nodes))
    for start, end, row in zip(arcs.start.tolist(), arcs.end.tolist(), arcs.row.tolist(), strict=True):
        graph.add_edge(start, end, weight=int(steps[row]))
    try:
        return int(nx.dijkstra_path_length(graph, *pair))
    except nx.NetworkXNoPath:
        return None


def test_a_detour_is_taken_only_in_the_future_in_which_it_is_cheaper() -> None:
    arcs = arcs_of(3, [(0, 1), (0, 2), (2, 1)])
    steps = np.array([[10, 10], [4, 4], [5, 7]])  # straight 10; round 4 + 5 = 9, then 4 + 7 = 11
    [ways] = build_hierarchy(arcs).ways(steps, [NodePair(0, 1)])
    assert [(way.steps, way.rows.tolist()) for way in ways if way] == [(9, [1, 2]), (10, [0])]


def test_a_road_that_is_driven_one_way_is_not_driven_back() -> None:
    arcs = arcs_of(2, [(0, 1)])
    there, back = build_hierarchy(arcs).ways(np.array([[7]]), [NodePair(0, 1), NodePair(1, 0)])
    assert there[0] is not None
    assert there[0].steps == 7
    assert back == [None]


def test_nobody_drives_from_a_place_to_itself() -> None:
    [[way]] = build_hierarchy(arcs_of(2, [(0, 1), (1, 0)])).ways(np.array([[7], [7]]), [NodePair(1, 1)])
    assert way is not None
    assert (way.steps, len(way.rows)) == (0, 0)


def test_ways_of_a_billion_dollars_are_found_as_others_are() -> None:
    steps = whole_steps(np.array([[1e9], [1e9], [2.5e9]]))
    [[way]] = build_hierarchy(arcs_of(3, [(0, 1), (1, 2), (0, 2)])).ways(steps, [NodePair(0, 2)])
    assert way is not None
    assert way.steps == 2 * 10**13


def test_many_futures_at_once_are_the_same_as_one_by_one() -> None:
    rng = np.random.default_rng(3)
    arcs = arcs_of(60, [(int(a), int(b)) for a, b in rng.integers(0, 60, (240, 2))])
    steps, pairs = rng.integers(1, 1000, (240, 16)), [NodePair(0, 59), NodePair(7, 31)]
    search = build_hierarchy(arcs)
    for number, ways in enumerate(search.ways(steps, pairs)):
        for future, way in enumerate(ways):
            [[alone]] = search.ways(steps[:, [future]], [pairs[number]])
            assert (way and way.rows.tolist()) == (alone and alone.rows.tolist())


def test_a_chain_of_roads_needs_no_shortcut_and_a_star_takes_its_middle_out_last() -> None:
    ends = np.arange(9, dtype=np.int32)
    assert len(eliminate(10, ends, ends + 1).head) == 9
    star = minimum_degree_ranks(10, np.zeros(9, dtype=np.int32), ends + 1)
    assert star[0] >= 8  # with one arm left, either end of it may go first


def test_a_ring_of_five_needs_two_shortcuts() -> None:
    # taking out a node of a ring links its two neighbours: rings of 4 and 3 are left, the last has all links
    ring = np.arange(5, dtype=np.int32)
    elimination = eliminate(5, ring, (ring + 1) % 5)
    assert len(elimination.head) == 5 + 2
    assert len(elimination.triangles.to_tail) == 3


@given(graphs())
@settings(max_examples=100, deadline=None)
def test_the_later_neighbours_of_a_node_are_linked_with_each_other(
    drawn: tuple[RoadArcs, Steps, list[NodePair]],
) -> None:
    arcs = drawn[0]
    tree = build_hierarchy(arcs).elimination
    assert sorted(tree.rank.tolist()) == list(range(arcs.nodes))
    links = set(zip(tree.tail.tolist(), tree.head.tolist(), strict=True))
    for node in range(arcs.nodes):
        above = tree.head[tree.first[node] : tree.first[node + 1]].tolist()
        assert above == sorted(set(above))
        assert tree.parent[node] == (above[0] if above else -1)
        assert {(a, b) for a in above for b in above if a < b} <= links


@given(graphs())
@settings(max_examples=100, deadline=None)
def test_all_that_hangs_on_a_node_comes_right_before_it(drawn: tuple[RoadArcs, Steps, list[NodePair]]) -> None:
    parent = build_hierarchy(drawn[0]).elimination.parent.tolist()
    below: list[set[int]] = [{node} for node in range(len(parent))]
    for node, above in enumerate(parent):
        if above >= 0:
            below[above] |= below[node]
    assert all(members == set(range(node - len(members) + 1, node + 1)) for node, members in enumerate(below))


def test_without_numba_a_loop_stays_plain_python(monkeypatch: pytest.MonkeyPatch) -> None:
    def loop() -> int:
        return 1

    monkeypatch.setattr(compiling, "find_spec", lambda _name: None)
    assert compiling.compiled(loop) is loop


def test_a_loop_is_compiled_even_where_machine_code_cannot_be_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    def njit(*, nogil: bool, cache: bool = False) -> object:
        if cache:
            raise RuntimeError("cannot cache function: no locator available")
        return lambda function: ("compiled", function, nogil)

    def loop() -> int:
        return 1

    monkeypatch.setattr(compiling, "find_spec", lambda name: ModuleSpec(name, None))
    monkeypatch.setitem(sys.modules, "numba", SimpleNamespace(njit=njit))
    found: object = compiling.compiled(loop)
    assert found == ("compiled", loop, True)
