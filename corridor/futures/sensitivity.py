"""What would change the answer: how the gap between two options hangs on each thing that nobody knows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from corridor.analysis.assessment import Assessment, Option
from corridor.errors import ScenarioError
from corridor.futures.draws import first_draws
from corridor.futures.factors import Factors
from corridor.futures.information import Information, build_information
from corridor.futures.outcomes import draw_outcomes
from corridor.futures.pairs import Pair, find_pair, scenario_factors
from corridor.futures.rules import Rule, build_rules
from corridor.futures.sobol import Indices, build_sobol_indices
from corridor.futures.tornado import Tornado, build_tornado
from corridor.futures.variables import find_variables

if TYPE_CHECKING:
    import pandas as pd

TRIPS = 1024
"""Trips with other luck each, over which a bar of the tornado is a mean."""

FUTURES_MIN = 64
"""Rules and regressions on fewer futures say nothing."""


@dataclass(frozen=True)
class Sensitivity:
    """How the choice between two options hangs on what nobody knows.

    Parameters
    ----------
    labels, closed : of options A and B, and of those of them that are closed on the day
    futures : drawn of what is not known; each is a mean over many trips
    gap_usd : mean generalised cost of A less B; share_a : share of futures in which A is the better one
    tornado, indices, rules : of the gap between the two
    information : of the choice between all open options, or between the two where they were named
    """

    labels: tuple[str, str]
    closed: tuple[str, ...]
    futures: int
    gap_usd: float
    share_a: float
    tornado: Tornado
    indices: Indices
    information: Information
    rules: tuple[Rule, Rule]

    def to_frame(self) -> pd.DataFrame:
        """One row per variable: the tornado, what its group makes of the variance, and USD that a survey is worth."""
        import pandas as pd

        indices = {index.group: index for index in self.indices.indices}
        surveys = {survey.id: survey.usd for survey in self.information.surveys}
        rows = [
            (variable.id, variable.group, index.first if index else None, index.total if index else None,
             surveys.get(variable.id))
            for variable in (bar.variable for bar in self.tornado.bars)
            for index in [indices.get(variable.group)]
        ]  # fmt: skip
        columns = ["variable", "group", "group_first_share", "group_total_share", "survey_usd"]
        return self.tornado.to_frame().merge(pd.DataFrame(rows, columns=columns), on="variable")


def find_sensitivity(assessment: Assessment, *, between: tuple[str, str] | None = None) -> Sensitivity:
    """What would change the answer of a run.

    Parameters
    ----------
    between : labels of A and B; else the best option and the best on other roads

    Raises
    ------
    ScenarioError
        No such option, fewer than two open ones, or fewer than `FUTURES_MIN` futures.
    """
    _check_futures(assessment.scenario.uncertainty.draws)
    pair = find_pair(assessment, between)
    variables = find_variables([pair.a, pair.b], assessment.evidence, assessment.scenario)
    factors = scenario_factors(assessment, has_luck=False)
    tornado = build_tornado(pair, variables, first_draws(assessment.scenario, most=TRIPS))
    gap_usd = pair.gap_usd(factors, rest="timetable")
    return Sensitivity(
        labels=pair.labels,
        closed=pair.closed,
        futures=len(gap_usd),
        gap_usd=float(gap_usd.mean()),
        share_a=float(np.mean(gap_usd < 0)),
        tornado=tornado,
        indices=build_sobol_indices(pair, variables, seed=assessment.scenario.uncertainty.seed),
        information=_information(assessment, _choice(assessment, pair, between), factors),
        rules=build_rules(gap_usd, pair.labels, [bar.variable for bar in tornado.bars], factors),
    )


def _check_futures(draws: int) -> None:
    if draws < FUTURES_MIN:
        raise ScenarioError(
            f"uncertainty.draws: too few for a sensitivity; expected {FUTURES_MIN} or more, got {draws}. Raise it."
        )


def _choice(assessment: Assessment, pair: Pair, between: tuple[str, str] | None) -> tuple[Option, ...]:
    return (pair.a, pair.b) if between else assessment.options


def _information(assessment: Assessment, options: tuple[Option, ...], factors: Factors) -> Information:
    outcomes = draw_outcomes(options, factors, assessment.scenario, rest="timetable")
    variables = find_variables(options, assessment.evidence, assessment.scenario)
    return build_information(outcomes.generalised_usd, outcomes.labels, variables, factors)
