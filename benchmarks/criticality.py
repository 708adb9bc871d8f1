"""How long it takes to close every post, leg and pair of these of one trip, beside a plain rebuild for each case.

    python -m benchmarks.criticality

All in one process, in turn, on the bundled scenario. The plain rebuild, at mean inputs, puts the posts into
`routes.avoid`, builds the trip anew and takes its best way; it is given only the cases that matter, which it could not
know, and none with a leg, which no scenario can avoid.
"""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import comb
from statistics import median

from corridor.analysis.assess import open_ways, via_stops
from corridor.analysis.criticality import find_criticality
from corridor.analysis.losses import Criticality
from corridor.analysis.options import MARGIN_SHARE
from corridor.analysis.trip import Trip, build_trip
from corridor.evidence import Evidence, read_evidence
from corridor.evidence.layering import with_layers
from corridor.futures.criticality import study_criticality
from corridor.futures.draws import FIRST_FUTURES
from corridor.network.files import read_network
from corridor.network.roads import RoadNetwork
from corridor.routing.steps import posts_among
from corridor.run import network_folder
from corridor.scenario import Scenario, read_scenario

SCENARIO = "islamabad-minsk"
RUNS_OURS, RUNS_PEER = 5, 3
TOLERANCE_USD = 1e-6


@dataclass(frozen=True, slots=True)
class Question:
    """What a trip is built from."""

    scenario: Scenario
    evidence: Evidence
    roads: RoadNetwork

    def trip(self, avoided: Sequence[str] = ()) -> Trip:
        """The trip, some posts avoided."""
        avoid = self.scenario.routes.avoid
        avoid = avoid.model_copy(update={"posts": (*avoid.posts, *avoided)})
        routes = self.scenario.routes.model_copy(update={"avoid": avoid})
        return build_trip(self.scenario.model_copy(update={"routes": routes}), self.evidence, self.roads)


def read_question() -> Question:
    tables = read_evidence()
    scenario = read_scenario(SCENARIO, known=tables.known_names()).scenario
    evidence, _ = with_layers(tables.with_ferries(), scenario, ())
    return Question(scenario, evidence, read_network(network_folder(scenario)).roads)


def rebuilt_usd(question: Question, cases: Sequence[Sequence[str]]) -> list[float | None]:
    """Generalised cost of the best way of each case, the trip built anew for each."""
    return [_best_usd(question.trip(case)) for case in cases]


def _best_usd(trip: Trip) -> float | None:
    options = open_ways(trip).best(1, required=via_stops(trip)).options
    return options[0].candidate.generalised_cost_usd if options else None


def check_equal(found: Criticality, cases: Sequence[Sequence[str]], usd: Sequence[float | None]) -> float:
    """Largest difference of a best way left in USD; stops where a rebuild finds a better way or far worse one."""
    largest_usd = 0.0
    for case, plain_usd in zip(cases, usd, strict=True):
        loss_usd = found.loss_usd(case)
        if plain_usd is None or loss_usd is None:
            if plain_usd is not loss_usd:
                raise SystemExit(f"without {' and '.join(case)} only one of the two finds a way")
            continue
        ours_usd = found.best.generalised_cost_usd + loss_usd
        if not ours_usd - TOLERANCE_USD <= plain_usd <= ours_usd * (1 + MARGIN_SHARE):
            raise SystemExit(f"without {' and '.join(case)}: {ours_usd} USD here, {plain_usd} USD by a rebuild")
        largest_usd = max(largest_usd, plain_usd - ours_usd)
    return largest_usd


def wall_s(work: Callable[[], object], runs: int) -> float:
    """Median of some runs after one that warms up."""
    work()
    walls = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        walls.append(time.perf_counter() - start)
    return median(walls)


def main() -> None:
    """Print the table."""
    question = read_question()
    found = find_criticality(question.trip())
    cases = [posts for loss in found.losses if (posts := posts_among(loss.without)) == loss.without]
    largest_usd = check_equal(found, cases, rebuilt_usd(question, cases))
    ours_s = wall_s(lambda: find_criticality(question.trip()), RUNS_OURS)
    futures_s = wall_s(lambda: study_criticality(question.trip()), RUNS_OURS)
    peer_s = wall_s(lambda: rebuilt_usd(question, cases), RUNS_PEER)
    posts = len(found.posts) + len(found.spare_posts)
    every = posts + comb(posts, 2)
    print(f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores\n")
    print("| what | runs | median |")
    print("| --- | ---: | ---: |")
    print(f"| all {posts} posts, all legs, all pairs of both, the smallest cuts | {RUNS_OURS} | {ours_s:.2f} s |")
    print(f"| these over {FIRST_FUTURES:,} futures as well | {RUNS_OURS} | {futures_s:.2f} s |")
    print(f"| plain rebuild, the {len(cases)} posts and pairs that matter | {RUNS_PEER} | {peer_s:.2f} s |")
    print(
        f"\nThe best ways left agree within {largest_usd:.2g} USD. A rebuild for each of the {every:,} cases of posts "
        f"alone would take {every * peer_s / len(cases) / 60:.0f} minutes."
    )


if __name__ == "__main__":
    main()
