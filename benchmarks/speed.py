"""How long the usual commands take, and the road search beside a peer on the same roads.

    python -m benchmarks.speed

Every figure is a median of several runs. Commands run in processes of their own; memory is the peak of that process.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from corridor.bundled import data_path, scenarios_path
from corridor.network.files import read_network
from corridor.network.roads import RoadNetwork
from corridor.network.shortest_paths import WEIGHT_STEP, RoadGraph, build_road_graph, find_tree

PEER_COUNTRY = "IRN"
PEER_SOURCE_LON_LAT = (61.55, 28.98)
"""One tree over all roads of one country, from the road nearest to Taftan."""

RUNS_FAST, RUNS_SLOW, RUNS_PEER = 15, 5, 15
DISTANCE_TOLERANCE_KM = 1e-6
KIB_PER_MIB = 1024


@dataclass(frozen=True, slots=True)
class Timing:
    """A median over `runs`; `peak_mib` is None where memory was not looked at."""

    name: str
    runs: int
    wall_s: float
    peak_mib: float | None


@dataclass(frozen=True, slots=True)
class PeerTrees:
    """The same tree twice: km to each node, shape (nodes,)."""

    nodes: int
    edges: int
    ours: Timing
    peer: Timing
    peer_without_paths: Timing
    largest_difference_km: float


def measure_commands() -> list[Timing]:
    """The commands that people type, each in a process of its own."""
    scenario = str(scenarios_path("islamabad-minsk.yaml"))
    with tempfile.TemporaryDirectory() as folder:
        return [
            measure_command("corridor --help", ["--help"], runs=RUNS_FAST),
            measure_command("corridor routes islamabad minsk", ["routes", "islamabad", "minsk"], runs=RUNS_SLOW),
            measure_command(
                "corridor run scenarios/islamabad-minsk.yaml", ["run", scenario, "--out", folder], runs=RUNS_SLOW
            ),
        ]


def measure_command(name: str, arguments: Sequence[str], *, runs: int) -> Timing:
    """Median wall time and peak memory of a command after one run that warms the disk cache."""
    results = [_run_once(arguments) for _ in range(runs + 1)][1:]
    return Timing(name, runs, median(wall for wall, _ in results), median(peak for _, peak in results))


METER = """
import resource, subprocess, sys, time
start = time.perf_counter()
status = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode
wall_s = time.perf_counter() - start
print(status, wall_s, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
"""A small process that starts the command: peak memory is inherited from the process that starts another."""


def _run_once(arguments: Sequence[str]) -> tuple[float, float]:
    """Wall seconds and peak MiB of one process."""
    command = [str(Path(sys.executable).with_name("corridor")), *arguments]
    meter = subprocess.run([sys.executable, "-c", METER, *command], capture_output=True, text=True, check=True)
    status, wall_s, peak_kib = meter.stdout.split()
    if status != "0":
        raise SystemExit(f"{' '.join(command)} failed with exit status {status}")
    return float(wall_s), float(peak_kib) / KIB_PER_MIB


def measure_loading() -> Timing:
    """Reading the embedded network once its libraries are imported."""
    folder = data_path("network", "embedded")
    return _timing("reading the embedded network (after imports)", lambda: read_network(folder), RUNS_FAST)


def measure_peer() -> PeerTrees:
    """One shortest-path tree in this package (scipy) and in networkx, in turn, on the same roads."""
    roads = read_network(data_path("network", "embedded")).roads
    ours, peer, source = _country_graphs(roads)
    name = f"tree over the roads of {PEER_COUNTRY}: "
    timing_ours = _timing(f"{name}corridor (scipy)", lambda: find_tree(ours, source), RUNS_PEER)
    library = f"networkx {nx.__version__}"
    timing_peer = _timing(
        f"{name}{library}, single_source_dijkstra", lambda: nx.single_source_dijkstra(peer, source), RUNS_PEER
    )
    timing_bare = _timing(
        f"{name}{library}, dijkstra_predecessor_and_distance",
        lambda: nx.dijkstra_predecessor_and_distance(peer, source),
        RUNS_PEER,
    )
    km, peer_km = find_tree(ours, source).weight, _peer_distances(peer, source)
    if not np.array_equal(np.isfinite(km), np.isfinite(peer_km)):
        raise SystemExit("the two trees reach different nodes")
    reached = np.isfinite(km)
    largest_km = float(np.abs(km[reached] - peer_km[reached]).max())
    if largest_km > DISTANCE_TOLERANCE_KM:
        raise SystemExit(f"the two trees differ by {largest_km} km")
    return PeerTrees(peer.number_of_nodes(), peer.number_of_edges(), timing_ours, timing_peer, timing_bare, largest_km)


def _country_graphs(roads: RoadNetwork) -> tuple[RoadGraph, nx.Graph, int]:
    """The roads of one country in both libraries with the very same weights, and the node to start from."""
    inside = roads.node_country == roads.countries.index(PEER_COUNTRY)
    edges = np.flatnonzero(inside[roads.tail] & inside[roads.head])
    number = np.cumsum(inside) - 1
    tail, head = number[roads.tail[edges]].astype(np.int32), number[roads.head[edges]].astype(np.int32)
    length_km, nodes = roads.length_km[edges], int(inside.sum())
    ours = build_road_graph(tail=tail, head=head, weight=length_km, edge=edges, nodes=nodes)
    peer = nx.from_scipy_sparse_array(ours.matrix * WEIGHT_STEP)
    return ours, peer, _nearest(roads, inside)


def _nearest(roads: RoadNetwork, inside: NDArray[np.bool_]) -> int:
    lon, lat = PEER_SOURCE_LON_LAT
    return int(np.argmin((roads.node_lon[inside] - lon) ** 2 + (roads.node_lat[inside] - lat) ** 2))


def _peer_distances(peer: nx.Graph, source: int) -> NDArray[np.float64]:
    km = np.full(peer.number_of_nodes(), np.inf)
    found = nx.single_source_dijkstra_path_length(peer, source)
    km[list(found)] = list(found.values())
    return km


def _timing(name: str, work: Callable[[], object], runs: int) -> Timing:
    work()
    walls = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        walls.append(time.perf_counter() - start)
    return Timing(name, runs, median(walls), None)


def main() -> None:
    """Print the tables."""
    trees = measure_peer()
    timings = [*measure_commands(), measure_loading(), trees.ours, trees.peer, trees.peer_without_paths]
    print(f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores\n")
    print("| what | runs | median | peak memory |")
    print("| --- | ---: | ---: | ---: |")
    for timing in timings:
        print(f"| {timing.name} | {timing.runs} | {_wall(timing)} | {_peak(timing)} |")
    ratio, bare_ratio = (t.wall_s / trees.ours.wall_s for t in (trees.peer, trees.peer_without_paths))
    print(
        f"\n{trees.nodes:,} nodes, {trees.edges:,} edges: networkx takes {ratio:.0f} times as long, "
        f"{bare_ratio:.0f} times without listing the paths; the distances agree within "
        f"{trees.largest_difference_km:.1g} km."
    )


def _wall(timing: Timing) -> str:
    return f"{timing.wall_s:.2f} s" if timing.wall_s >= 0.1 else f"{1000 * timing.wall_s:.1f} ms"


def _peak(timing: Timing) -> str:
    return "" if timing.peak_mib is None else f"{timing.peak_mib:.0f} MiB"


if __name__ == "__main__":
    main()
