"""Searching the whole network anew: draws a second, beside other libraries on the same roads, and what is gained.

    python -m benchmarks.rerouting                   # speed, and gaps in 64 futures
    python -m benchmarks.rerouting --futures 1024

Libraries that are not installed are named and left out: igraph (GPL) and pyroutingkit (RoutingKit's own hierarchy) are
no dependencies of this project, `pip install igraph pyroutingkit`.
"""

from __future__ import annotations

import argparse
import os
import platform
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from statistics import median

import numpy as np

from benchmarks.rerouting_peers import ENGINES, Task
from corridor.analysis.trip import build_trip
from corridor.evidence import Evidence, read_evidence
from corridor.evidence.layering import with_layers
from corridor.futures.draws import Draws
from corridor.futures.factors import Factors
from corridor.futures.outlook import CHECKED_FUTURES
from corridor.futures.registry import SOBOL_VARIABLES
from corridor.futures.repriced_trip import RepricedTrip, reprice_trip
from corridor.futures.rerouting import FUTURES_AT_ONCE
from corridor.network.files import StoredNetwork, read_network
from corridor.rerouting import check_routes
from corridor.routing.road_arcs import NodePair
from corridor.routing.tree_search import TreeSearch
from corridor.run import network_folder, run
from corridor.scenario import ResolvedScenario, read_scenario

SCENARIOS = (
    "islamabad-minsk", "islamabad-minsk-open", "islamabad-minsk-measures",
    "karachi-minsk", "lahore-berlin", "minsk-karachi",
)  # fmt: skip
DRAWS, RUNS = 512, 5


@dataclass(frozen=True, slots=True)
class Speed:
    """Seconds once before, and a draw (median over so many)."""

    name: str
    builds_s: float
    draw_s: float
    draws: int


def measure_engines(task: Task) -> Iterator[Speed]:
    """Putting new weights in and finding one way, by each library; totals must agree to the last step."""
    truth = [way.steps for way in TreeSearch(task.arcs).ways(task.steps, [task.pair])[0] if way]
    for name, (prepare, draws) in ENGINES.items():
        start = time.perf_counter()
        try:
            one_draw = prepare(task)
        except ModuleNotFoundError as error:
            print(f"{name} is left out: {error.name} is not installed.")
            continue
        builds_s, walls_s = time.perf_counter() - start, []
        for draw in range(draws):
            steps = np.ascontiguousarray(task.steps[:, draw])
            start = time.perf_counter()
            total = one_draw(steps)
            walls_s.append(time.perf_counter() - start)
            if total != truth[draw]:
                raise SystemExit(f"{name}: draw {draw} costs {total} steps; expected {truth[draw]}, as scipy has it")
        yield Speed(name, builds_s, median(walls_s), draws)


def measure_whole(repriced: RepricedTrip) -> Iterator[Speed]:
    """Pricing all roads and posts, and searching them anew: a draw of the check, on one core and on all."""
    slices = [slice(first, first + FUTURES_AT_ONCE) for first in range(0, repriced.futures, FUTURES_AT_ONCE)]
    for cores in sorted({1, os.cpu_count() or 1}):
        with ThreadPoolExecutor(cores) as pool:

            def search(pool: ThreadPoolExecutor = pool) -> None:
                list(pool.map(lambda futures: repriced.rerouted(repriced.steps(futures)), slices))

            name = f"corridor, prices of all roads and search, {FUTURES_AT_ONCE} futures at a time, {cores} core(s)"
            yield Speed(name, 0.0, _median_s(search) / repriced.futures, repriced.futures * RUNS)


def _median_s(work: Callable[[], None]) -> float:
    walls_s = []
    for _ in range(RUNS):
        start = time.perf_counter()
        work()
        walls_s.append(time.perf_counter() - start)
    return median(walls_s)


def reprice(resolved: ResolvedScenario, tables: Evidence, network: StoredNetwork) -> RepricedTrip:
    """The trip of a scenario in some futures."""
    scenario = resolved.scenario
    evidence, _ = with_layers(tables.with_ferries(), scenario, resolved.measures)
    draws = Draws(DRAWS, scenario.uncertainty.seed, SOBOL_VARIABLES)
    return reprice_trip(build_trip(scenario, evidence, network.roads), Factors(evidence, draws, has_luck=False))


def task_of(repriced: RepricedTrip) -> Task:
    """From the origin to the destination of a trip, in the first futures."""
    trip, draws = repriced.trip, max(draws for _, draws in ENGINES.values())
    ends = (trip.ends[name].node for name in (trip.scenario.trip.origin, trip.scenario.trip.destination))
    degrees = trip.network.node_lat, trip.network.node_lon
    return Task(repriced.search.arcs, NodePair(*ends), degrees, repriced.steps(slice(0, draws)))


def print_speeds(resolved: ResolvedScenario, tables: Evidence, network: StoredNetwork) -> None:
    """Prepare the trip, and print seconds and draws a second."""
    start = time.perf_counter()
    repriced = reprice(resolved, tables, network)
    print(f"{resolved.scenario.id}: {time.perf_counter() - start:.1f} s to build the trip and the hierarchy; ", end="")
    print(f"{repriced.search.arcs.nodes:,} nodes, {len(repriced.search.arcs.row):,} arcs\n")
    print("| one way over all roads | before, once | per draw | draws a second | draws |")
    print("| --- | ---: | ---: | ---: | ---: |")
    for speed in (*measure_whole(repriced), *measure_engines(task_of(repriced))):
        columns = f"{speed.builds_s:.1f} s | {1000 * speed.draw_s:.1f} ms | {1 / speed.draw_s:,.0f} | {speed.draws:,}"
        print(f"| {speed.name} | {columns} |")


def print_gaps(tables: Evidence, network: StoredNetwork, *, futures: int) -> None:
    """Gaps of the shipped scenarios."""
    print(f"\n| {futures} futures | cheaper way | other posts | median | P95 | P99 | most | unlisted chain best |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for name in SCENARIOS:
        resolved = read_scenario(name, known=tables.known_names())
        assessment = run(
            resolved.scenario, tables, measures=resolved.measures, against_sea=False, network=network, progress=_quiet
        )
        check = check_routes(assessment, draws=futures, network=network)
        shares = [f"{100 * share:.3f} %" for share in check.quantiles().values()]
        counts = [f"{share:.1%}" for share in (check.is_cheaper.mean(), check.is_other_chain.mean())]
        unlisted = f"{(check.unlisted_gap_share > 0).mean():.0%}"
        print(f"| {name} | {' | '.join([*counts, *shares, unlisted])} |")


def _quiet(_: str) -> None:
    """Progress that nobody needs."""


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--futures", type=int, default=CHECKED_FUTURES)
    futures = parser.parse_args().futures
    tables = read_evidence()
    resolved = read_scenario(SCENARIOS[0], known=tables.known_names())
    network = read_network(network_folder(resolved.scenario))
    print(f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores")
    print_speeds(resolved, tables, network)
    print_gaps(tables, network, futures=futures)


if __name__ == "__main__":
    main()
