"""All that the futures say of the options of one run: the value behind report, command and notebook."""

from __future__ import annotations

from dataclasses import dataclass

from corridor.analysis.assessment import Assessment
from corridor.errors import RouteError, ScenarioError
from corridor.futures.convergence import Convergence, build_convergence
from corridor.futures.limits import LimitsTable, build_limits_table
from corridor.futures.option_draw import Rest
from corridor.futures.outcomes import Outcomes
from corridor.futures.pareto import ParetoSet, build_pareto_set, unknown_ids
from corridor.futures.preferences import STATED_RANGES, PreferenceRanges, PreferenceRanking, build_preference_ranking
from corridor.futures.ranking import RankAcceptability, build_rank_acceptability, order_by_mean
from corridor.futures.regret import NEAR_USD, RegretTable, build_regret_table
from corridor.futures.reliability import ReliabilityPanel, build_reliability_panel, lower_bounds
from corridor.futures.settling import draw_until_settled


@dataclass(frozen=True, slots=True)
class Questions:
    """What a reader may ask of the futures.

    Parameters
    ----------
    promised_days : a promise whose keeping is told; None for none
    most_days, most_usd : limits that a trip should keep; None for none, both or neither
    near_usd : how much more than the best still counts as near it
    preferences : ranges of the value of time and the price of carbon
    rest : how drivers' rest is found in each future, see `draw_outcomes`
    """

    promised_days: float | None = None
    most_days: float | None = None
    most_usd: float | None = None
    near_usd: float = NEAR_USD
    preferences: PreferenceRanges = STATED_RANGES
    rest: Rest = "timetable"

    def __post_init__(self) -> None:
        if (self.most_days is None) != (self.most_usd is None):
            raise ScenarioError("limits: one of two; expected days and USD, got one of them. Give both or none.")


@dataclass(frozen=True)
class FuturesStudy:
    """The open options of a run over all futures.

    Parameters
    ----------
    on_average : outcomes over what nobody knows, each future a mean over many trips
    this_truck : outcomes with the luck of one truck as well
    ranks_on_average, regret_on_average, preferences : of `on_average`
    ranks_this_truck, regret_this_truck, reliability, pareto, limits, convergence : of `this_truck`
    """

    on_average: Outcomes
    this_truck: Outcomes
    ranks_on_average: RankAcceptability
    ranks_this_truck: RankAcceptability
    regret_on_average: RegretTable
    regret_this_truck: RegretTable
    preferences: PreferenceRanking
    reliability: ReliabilityPanel
    limits: LimitsTable | None
    pareto: ParetoSet
    convergence: Convergence

    @property
    def n(self) -> int:
        """Number of futures."""
        return len(self.this_truck.hours)

    @property
    def leader(self) -> str:
        """The option with the least mean generalised cost over what nobody knows."""
        return order_by_mean(self.on_average.labels, self.on_average.generalised_usd)[0]


def study_futures(assessment: Assessment, questions: Questions | None = None) -> FuturesStudy:
    """Reliability, ranks, regret and convergence of the open options of a run.

    Raises
    ------
    RouteError : no option is open

    Notes
    -----
    Both kinds of outcomes, and all options, meet the same draws of what nobody knows.
    """
    questions = questions or Questions()
    if not assessment.options:
        raise RouteError("futures: nothing to draw; expected an open option, got none. Choose another day or ends.")
    scenario = assessment.scenario
    draws, on_average, this_truck = draw_until_settled(
        assessment.options, assessment.evidence, scenario, rest=questions.rest
    )
    at_least = lower_bounds(assessment.options)
    return FuturesStudy(
        on_average=on_average,
        this_truck=this_truck,
        ranks_on_average=build_rank_acceptability(on_average),
        ranks_this_truck=build_rank_acceptability(this_truck),
        regret_on_average=build_regret_table(on_average, near_usd=questions.near_usd),
        regret_this_truck=build_regret_table(this_truck, near_usd=questions.near_usd),
        preferences=build_preference_ranking(on_average, draws, ranges=questions.preferences),
        reliability=build_reliability_panel(this_truck, lower_bounds=at_least, promised_days=questions.promised_days),
        limits=_limits(this_truck, questions, at_least),
        pareto=build_pareto_set(this_truck, unknown=unknown_ids(assessment.options)),
        convergence=build_convergence(assessment.options, assessment.evidence, scenario, outcomes=this_truck),
    )


def _limits(this_truck: Outcomes, questions: Questions, at_least: frozenset[str]) -> LimitsTable | None:
    if questions.most_days is None or questions.most_usd is None:
        return None
    return build_limits_table(this_truck, days=questions.most_days, usd=questions.most_usd, lower_bounds=at_least)
