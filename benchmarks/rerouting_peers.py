"""One way over all roads at new weights, by each of some libraries; all get the weights as whole steps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import repeat
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from corridor.routing.compiled import has_compiler
from corridor.routing.hierarchy import build_hierarchy
from corridor.routing.road_arcs import NodePair, RoadArcs, Way
from corridor.routing.tree_search import TreeSearch

DRAWS_FAST, DRAWS, DRAWS_SLOW = 64, 32, 8
"""How many draws each library is given, by how long it takes for one."""

OneDraw = Callable[[NDArray[np.int64]], int]
"""Steps of the rows -> steps of the least way."""


@dataclass(frozen=True, slots=True)
class Task:
    """The roads of a trip, a way to find, and weights in some futures.

    Parameters
    ----------
    lat_lon : degrees of the nodes
    steps : (rows, futures)
    """

    arcs: RoadArcs
    pair: NodePair
    lat_lon: tuple[NDArray[np.float64], NDArray[np.float64]]
    steps: NDArray[np.int64]


def with_hierarchy(task: Task) -> OneDraw:
    if not has_compiler():
        raise ModuleNotFoundError(name="numba")
    search = build_hierarchy(task.arcs)
    search.ways(task.steps[:, :1], [task.pair])
    return lambda steps: _total(search.ways(steps[:, None], [task.pair])[0][0])


def with_scipy(task: Task) -> OneDraw:
    search = TreeSearch(task.arcs)
    return lambda steps: _total(search.ways(steps[:, None], [task.pair])[0][0])


def _total(way: Way | None) -> int:
    return way.steps if way else -1


def with_igraph(task: Task) -> OneDraw:
    import igraph

    arcs = task.arcs
    graph = igraph.Graph(n=arcs.nodes, edges=np.column_stack([arcs.start, arcs.end]), directed=True)

    def one_draw(steps: NDArray[np.int64]) -> int:
        weights = steps[arcs.row].astype(float)
        way = graph.get_shortest_path(task.pair.start, task.pair.end, weights=weights.tolist(), output="epath")
        return int(weights[way].sum())

    return one_draw


def with_networkx(task: Task) -> OneDraw:
    import networkx as nx

    pairs, row_of_pair = _single_arcs(task.arcs)
    graph = nx.DiGraph()
    graph.add_nodes_from(range(task.arcs.nodes))
    graph.add_edges_from(zip(*pairs, strict=True))
    attributes = [graph[a][b] for a, b in zip(*pairs, strict=True)]

    def one_draw(steps: NDArray[np.int64]) -> int:
        for data, weight in zip(attributes, row_of_pair(steps).tolist(), strict=True):
            data["weight"] = weight
        return int(nx.bidirectional_dijkstra(graph, *task.pair)[0])

    return one_draw


def with_scgraph(task: Task) -> OneDraw:
    from scgraph import Graph

    pairs, row_of_pair = _single_arcs(task.arcs)

    def one_draw(steps: NDArray[np.int64]) -> int:
        adjacent: list[dict[int, float]] = [{} for _ in repeat(None, task.arcs.nodes)]
        for a, b, weight in zip(*pairs, row_of_pair(steps).tolist(), strict=True):
            adjacent[a][b] = weight
        found = Graph(adjacent).bidirectional_dijkstra(*task.pair)
        return round(found["length"])

    return one_draw


def with_pyroutingkit(task: Task) -> OneDraw:
    from pyroutingkit import CCHMetric, CCHTopology

    arcs, topology = task.arcs, CCHTopology()
    topology.build(arcs.start.astype(np.uint32), arcs.end.astype(np.uint32), *task.lat_lon, arcs.nodes)
    metric = CCHMetric(topology)

    def one_draw(steps: NDArray[np.int64]) -> int:
        metric.customize(steps[arcs.row].astype(np.uint32))
        return int(metric.query(*task.pair)[0])

    return one_draw


def _single_arcs(
    arcs: RoadArcs,
) -> tuple[tuple[list[int], list[int]], Callable[[NDArray[np.int64]], NDArray[np.int64]]]:
    """Starts and ends of arcs, each pair of nodes once, and what finds the least weight of each."""
    key = arcs.start.astype(np.int64) * arcs.nodes + arcs.end
    order = np.argsort(key, kind="stable")
    pairs, first = np.unique(key[order], return_index=True)
    start, end = np.divmod(pairs, arcs.nodes)
    return (start.tolist(), end.tolist()), lambda steps: np.minimum.reduceat(steps[arcs.row[order]], first)


ENGINES: Mapping[str, tuple[Callable[[Task], OneDraw], int]] = MappingProxyType(
    {
        "corridor, hierarchy in numba": (with_hierarchy, DRAWS_FAST),
        "corridor, scipy's Dijkstra": (with_scipy, DRAWS),
        "pyroutingkit, hierarchy in C++": (with_pyroutingkit, DRAWS_FAST),
        "igraph, get_shortest_path": (with_igraph, DRAWS),
        "scgraph, bidirectional_dijkstra": (with_scgraph, DRAWS_SLOW),
        "networkx, bidirectional_dijkstra": (with_networkx, DRAWS_SLOW),
    }
)
"""Name -> what prepares the search, and how many draws it is given."""
