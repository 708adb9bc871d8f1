"""How long futures take, beside the same sums row by row, one future after another.

    python -m benchmarks.futures

All components of ten options in 8,192 futures, drawing included; memory is the peak of the process, with the run at
mean inputs. The peer multiplies the same factors in plain Python for a few futures, and must come to the same totals.
"""

from __future__ import annotations

import resource
import time
from math import fsum, prod
from statistics import median

import numpy as np

from corridor.analysis.assessment import Assessment
from corridor.costs.tariff import Tariff
from corridor.evidence import read_evidence
from corridor.futures.draws import Draws
from corridor.futures.factors import Factors
from corridor.futures.option_draw import OptionDraw, money_parts, time_parts
from corridor.futures.outcomes import Outcomes, draw_outcomes
from corridor.futures.registry import SOBOL_VARIABLES
from corridor.futures.study import study_futures
from corridor.run import run
from corridor.scenario import read_scenario

SCENARIO, OPTIONS = "islamabad-minsk", 10
FUTURES, RUNS, PEER_FUTURES = 8192, 7, 32
TOTAL_TOLERANCE_USD = 1e-6
KIB_PER_MIB = 1024


def main() -> None:
    """Measure and print a table."""
    evidence = read_evidence()
    resolved = read_scenario(SCENARIO, known=evidence.known_names(), assignments=())
    assessment = run(resolved.scenario, evidence, against_sea=False, progress=lambda _: None)
    timings, outcomes = _vectorised(assessment)
    peak_mib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KIB_PER_MIB
    peer_s = _row_by_row(assessment, outcomes)
    start = time.perf_counter()
    study_futures(assessment)
    study_s = time.perf_counter() - start
    print(f"{FUTURES:,} futures x {OPTIONS} options x {len(outcomes.usd_by_component)} components of money")
    print(f"drawn and added up       {median(timings):8.2f} s   (median of {RUNS}; at most {peak_mib:.0f} MiB in all)")
    print(f"row by row, one by one   {peer_s:8.1f} s   ({PEER_FUTURES} futures, extrapolated)")
    print(f"ratio                    {peer_s / median(timings):8.0f}")
    print(f"rest by a timetable each {_with_timetables(assessment):8.2f} s   (the stay-choice rule)")
    print(f"study of the open ones   {study_s:8.2f} s   (with and without luck, ranks, regret, convergence)")


def _draw(assessment: Assessment) -> tuple[Outcomes, Factors]:
    factors = Factors(assessment.evidence, Draws(FUTURES, assessment.scenario.uncertainty.seed, SOBOL_VARIABLES))
    return draw_outcomes(assessment.all_options[:OPTIONS], factors, assessment.scenario), factors


def _with_timetables(assessment: Assessment) -> float:
    """Seconds of all futures with drivers' rest planned anew in each."""
    start = time.perf_counter()
    factors = Factors(assessment.evidence, Draws(FUTURES, assessment.scenario.uncertainty.seed, SOBOL_VARIABLES))
    draw_outcomes(assessment.all_options[:OPTIONS], factors, assessment.scenario, rest="timetable")
    return time.perf_counter() - start


def _vectorised(assessment: Assessment) -> tuple[list[float], Outcomes]:
    timings = []
    for _ in range(RUNS):
        start = time.perf_counter()
        outcomes, _ = _draw(assessment)
        timings.append(time.perf_counter() - start)
    return timings, outcomes


def _row_by_row(assessment: Assessment, outcomes: Outcomes) -> float:
    """Seconds that all futures would take in plain Python; the factors are at hand."""
    _, factors = _draw(assessment)
    tariff = Tariff(assessment.evidence, assessment.scenario, assessment.scenario.vehicle.plate)
    rows = []
    for option in assessment.all_options[:OPTIONS]:
        draw = OptionDraw(option, factors, tariff)
        parts = [*time_parts(option.ledger), *money_parts(option.ledger)]
        rows.append([(part.amount, [f.tolist() for f in draw.factors_of(part)]) for part in parts])
    start = time.perf_counter()
    totals = [
        [fsum(usd * prod(f[n] for f in found) for usd, found in each) for each in rows] for n in range(PEER_FUTURES)
    ]
    seconds = time.perf_counter() - start
    ours = (outcomes.hours + outcomes.usd)[:PEER_FUTURES]
    if np.abs(np.array(totals) - ours).max() > TOTAL_TOLERANCE_USD:
        raise SystemExit("the two do not come to the same totals")
    return seconds * FUTURES / PEER_FUTURES


if __name__ == "__main__":
    main()
