"""The toy trip as an assessment: with nothing drawn, so that sums are exact, or with all that the tables draw."""

from __future__ import annotations

from dataclasses import replace

from corridor.analysis.assess import assess
from corridor.analysis.assessment import Assessment, Option
from corridor.analysis.trip import build_trip
from corridor.evidence import Evidence
from corridor.network.roads import RoadNetwork
from corridor.scenario import Scenario
from tests.analysis.conftest import ROUND_NUMBERS, toy_scenario
from tests.futures.toy_futures import ENDS, toy_evidence
from tests.report.fake_trip import build_assessment

QUEUE = "crossings.torkham.PAK-AFG.queue_h"
FEE = "crossings.torkham.PAK-AFG.exit_fee_usd"
BY_TORKHAM, BY_CHAMAN = ("torkham", "torghundi", "farap"), ("chaman", "torghundi", "farap")

NO_SPREAD: dict[str, object] = {
    **{f"parameters.{name}.{grade}": 0 for name in ("figure_sdlog", "post_mean_sdlog") for grade in "ABCD"},
    "parameters.speed_sdlog.*": 0,
    "parameters.post_trip_cv.*": 0,
    "parameters.ferry_wait_trip_cv.*": 0,
    "parameters.closures_per_open_year.torkham": 0,
    "parameters.closures_per_open_year.chaman": 0,
}
"""Nothing is drawn from a grade, no trip differs from another, and no post closes."""

DEAR: dict[str, object] = {"parameters.permit_usd.*": 20_000, "crossings.hairatan.AFG-UZB.exit_fee_usd": 9_000}
"""A permit so dear that every way costs less than half more than the best, and a bridge that nobody would take."""

QUIET = ("uncertainty.draws=64", "uncertainty.seed=7")


def sure_evidence(**more: object) -> Evidence:
    """Round numbers for the toy trip, of which none is drawn."""
    plain = {key: value for key, value in ROUND_NUMBERS.items() if key not in NO_SPREAD}
    numbers = {**plain, **NO_SPREAD, **DEAR, "parameters.idle_share.*": 0.5, "parameters.queue_absorption_share.*": 0}
    return replace(toy_evidence().overridden({**numbers, **more}), places=ENDS)


def toy_assessment(network: RoadNetwork, evidence: Evidence, scenario: Scenario | None = None) -> Assessment:
    """What a run of the toy trip answers, in the frame of an invented one."""
    scenario = scenario or toy_scenario(*QUIET)
    options = assess(build_trip(scenario, evidence, network)).options
    return replace(
        build_assessment(), options=options, closed_options=(), evidence=evidence, scenario=scenario, measures=()
    )


def drawn_assessment(network: RoadNetwork, *assignments: str) -> Assessment:
    """The toy trip at the numbers of the tables."""
    return toy_assessment(network, toy_evidence(), toy_scenario("uncertainty.draws=1024", *assignments))


def by_chain(assessment: Assessment, posts: tuple[str, ...]) -> Option:
    """The option over these posts."""
    return next(option for option in assessment.all_options if option.post_ids == posts)


def labels_of(assessment: Assessment) -> tuple[str, str]:
    """Labels of the way by Torkham and of that by Chaman, both over Torghundi and Farap."""
    return by_chain(assessment, BY_TORKHAM).label, by_chain(assessment, BY_CHAMAN).label
