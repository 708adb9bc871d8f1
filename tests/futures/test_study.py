"""The study of a run: each part from the futures that it is about."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from corridor.analysis.assessment import Assessment
from corridor.futures.draws import Draws
from corridor.futures.pareto import build_pareto_set, unknown_ids
from corridor.futures.preferences import PreferenceRanges, build_preference_ranking
from corridor.futures.ranking import build_rank_acceptability, order_by_mean
from corridor.futures.registry import SOBOL_VARIABLES
from corridor.futures.regret import build_regret_table
from corridor.futures.study import FuturesStudy, Questions, study_futures
from corridor.network.roads import RoadNetwork
from tests.futures.toy_futures import ToyFutures, build_toy_futures, digest
from tests.report.fake_trip import build_assessment

N = 256
RANGES = PreferenceRanges(cargo_time_multiple=(0.1, 10.0), carbon_usd_per_t=(5.0, 50.0))
QUESTIONS = Questions(promised_days=9.0, most_days=9.0, most_usd=26_000.0, near_usd=33.0, preferences=RANGES)


@pytest.fixture
def toy(toy_network: RoadNetwork) -> ToyFutures:
    return build_toy_futures(toy_network, f"uncertainty.draws={N}")


def run_of(toy: ToyFutures) -> Assessment:
    return replace(build_assessment(), options=toy.options, evidence=toy.evidence, scenario=toy.scenario)


@pytest.fixture
def study(toy: ToyFutures) -> FuturesStudy:
    return study_futures(run_of(toy), QUESTIONS)


def test_averages_are_without_luck_and_single_trucks_with_it(toy: ToyFutures, study: FuturesStudy) -> None:
    assert study.n == N
    assert digest(study.on_average) == digest(toy.draw(n=N, has_luck=False, rest="timetable"))
    assert digest(study.this_truck) == digest(toy.draw(n=N, rest="timetable"))


def test_ranks_and_regret_of_both_kinds_are_kept_apart(study: FuturesStudy) -> None:
    for ranks, regret, outcomes in (
        (study.ranks_on_average, study.regret_on_average, study.on_average),
        (study.ranks_this_truck, study.regret_this_truck, study.this_truck),
    ):
        np.testing.assert_array_equal(ranks.share, build_rank_acceptability(outcomes).share)
        assert regret == build_regret_table(outcomes, near_usd=33.0)
    assert study.regret_on_average != study.regret_this_truck


def test_preferences_are_drawn_over_the_averages(study: FuturesStudy) -> None:
    expected = build_preference_ranking(study.on_average, Draws(N, 7, SOBOL_VARIABLES), ranges=RANGES)
    assert study.preferences.central == expected.central
    assert study.preferences.carbon_usd_per_t == (5.0, 50.0)


def test_days_limits_and_what_is_beaten_are_those_of_single_trucks(toy: ToyFutures, study: FuturesStudy) -> None:
    assert study.limits is not None
    for column, option in enumerate(toy.options):
        days, usd = study.this_truck.days[:, column], study.this_truck.usd[:, column]
        reliability, limits = study.reliability.options[column], study.limits.options[column]
        assert reliability.days.p95 == np.quantile(days, 0.95)
        assert reliability.promise is not None
        assert reliability.promise.on_time_share == limits.days_share == (days <= 9.0).mean()
        assert limits.both_share == ((days <= 9.0) & (usd <= 26_000.0)).mean()
        assert reliability.is_lower_bound == limits.is_at_most == option.ledger.is_lower_bound
    assert study.pareto == build_pareto_set(study.this_truck, unknown=unknown_ids(toy.options))


def test_unknown_costs_of_the_options_reach_every_part(toy: ToyFutures, study: FuturesStudy) -> None:
    known = tuple(
        replace(option, ledger=replace(option.ledger, money=tuple(r for r in option.ledger.money if r.usd is not None)))
        for option in toy.options
    )
    sure = study_futures(replace(run_of(toy), options=known), QUESTIONS)
    assert all(option.is_lower_bound for option in study.reliability.options)
    assert not any(option.is_lower_bound for option in sure.reliability.options)
    assert [option.surely_beaten_by for option in sure.pareto.options] == [
        option.beaten_by for option in sure.pareto.options
    ]


def test_the_leader_is_cheapest_on_average_over_many_trips(study: FuturesStudy) -> None:
    usd = study.on_average.usd.copy()
    last = study.on_average.labels[-1]
    usd[:, -1] -= 1e6
    other = replace(study, on_average=replace(study.on_average, usd=usd))
    assert study.leader == order_by_mean(study.on_average.labels, study.on_average.generalised_usd)[0] != last
    assert other.leader == last


def test_nothing_asked_gives_no_promise_and_no_limits(toy: ToyFutures) -> None:
    study = study_futures(run_of(toy))
    assert study.limits is None
    assert study.reliability.options[0].promise is None
    assert study.regret_on_average.near_usd == 200.0
