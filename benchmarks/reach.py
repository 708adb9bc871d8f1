"""How far a place reaches: seconds by stage, and one tree over all roads beside other libraries.

    python -m benchmarks.reach

igraph (GPL) is no dependency of this project: `pip install igraph`, else it is left out.
"""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Callable, Iterator
from statistics import median

import numpy as np
from scipy.sparse.csgraph import dijkstra

from corridor.analysis.reach_search import ReachSearch
from corridor.analysis.reach_sheets import build_sheets, find_doors
from corridor.analysis.trip import Trip, build_trip
from corridor.evidence import read_evidence
from corridor.evidence.layering import with_layers
from corridor.network.files import read_network
from corridor.reach import find_reach
from corridor.report.reach_maps import draw_reach
from corridor.routing.road_arcs import whole_steps
from corridor.routing.spread import spread_from
from corridor.run import network_folder
from corridor.scenario import read_scenario

SCENARIOS = ("islamabad-minsk", "minsk-karachi")
RUNS, RUNS_SLOW = 5, 2


def main() -> None:
    """Print both tables."""
    print(f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores\n")
    print("| reach | search | three maps |\n| --- | ---: | ---: |")
    for name in SCENARIOS:
        print(f"| {name} | {' | '.join(f'{seconds:.1f} s' for seconds in measure_whole(name))} |")
    print("\n| one tree over all roads and posts | per tree | agrees |\n| --- | ---: | ---: |")
    for name, seconds, gap in measure_engines(trip_of(SCENARIOS[0])):
        print(f"| {name} | {1000 * seconds:.0f} ms | {gap:.1e} |")


def measure_whole(name: str) -> tuple[float, float]:
    """Seconds from tables and network in memory to the values, and to three maps as SVG and PNG."""
    tables = read_evidence()
    scenario = read_scenario(name, known=tables.known_names()).scenario
    network = read_network(network_folder(scenario))
    start = time.perf_counter()
    found = find_reach(scenario, tables, network=network, progress=lambda _: None)
    searched = time.perf_counter()
    list(draw_reach(found, None))
    return searched - start, time.perf_counter() - searched


def trip_of(name: str) -> Trip:
    """The trip of a scenario on the embedded network."""
    tables = read_evidence()
    scenario = read_scenario(name, known=tables.known_names()).scenario
    evidence, _ = with_layers(tables.with_ferries(), scenario, ())
    return build_trip(scenario, evidence, read_network(network_folder(scenario)).roads)


def measure_engines(trip: Trip) -> Iterator[tuple[str, float, float]]:
    """Name, seconds a tree at new weights, and the greatest relative difference to the first."""
    origin = trip.ends[trip.scenario.trip.origin]
    sheets = build_sheets(trip, find_doors(trip, origin.country), is_outward=True)
    search = ReachSearch(trip, sheets, origin.node, is_outward=True)
    least, prices = search.arcs(0), search.prices(trip.home_plate)
    counters = search.levels[-1]
    posts = [prices.post(passage, "fastest", counters) for passage in sheets[0].posts.values()]
    weight = np.concatenate([prices.edges("fastest", counters), posts])
    roots, start = np.array([origin.node]), np.zeros(1)
    truth = spread_from(least, weight, roots=roots, start=start).weight
    yield "corridor, with the ways", _median_s(lambda: spread_from(least, weight, roots=roots, start=start), RUNS), 0.0
    matrix, _ = least.matrix(whole_steps(weight))
    for name, tree in _peers(matrix, origin.node).items():
        yield name, _median_s(tree, RUNS_SLOW), _gap(np.asarray(tree()) * 1e-4, truth)


def _peers(matrix: object, root: int) -> dict[str, Callable[[], object]]:
    """What finds the least weight of every node, by library."""
    peers: dict[str, Callable[[], object]] = {
        "scipy, dijkstra, weights alone": lambda: dijkstra(matrix, indices=root),
    }
    try:
        import networkx as nx

        graph = nx.from_scipy_sparse_array(matrix, create_using=nx.DiGraph)
        nodes = range(graph.number_of_nodes())
        peers["networkx, single_source_dijkstra_path_length"] = lambda: [
            found.get(node, np.inf) for found in [nx.single_source_dijkstra_path_length(graph, root)] for node in nodes
        ]
    except ModuleNotFoundError:
        print("networkx is left out: not installed.")
    try:
        import igraph

        start, end = matrix.nonzero()
        roads = igraph.Graph(n=matrix.shape[0], edges=np.column_stack([start, end]), directed=True)
        peers["igraph, distances"] = lambda: roads.distances(root, weights=matrix.data)[0]
    except ModuleNotFoundError:
        print("igraph is left out: not installed.")
    return peers


def _gap(found: np.ndarray, truth: np.ndarray) -> float:
    """Greatest relative difference; stops where not the same nodes are reached."""
    is_reached = np.isfinite(truth)
    if not np.array_equal(np.isfinite(found), is_reached):
        raise SystemExit("other nodes are reached")
    return float(np.max(np.abs(found[is_reached] - truth[is_reached]) / np.maximum(truth[is_reached], 1.0)))


def _median_s(work: Callable[[], object], runs: int) -> float:
    walls_s = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        walls_s.append(time.perf_counter() - start)
    return median(walls_s)


if __name__ == "__main__":
    main()
