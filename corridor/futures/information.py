"""What it would be worth to know more before choosing: value of perfect information (model.md 5.8)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from math import sqrt
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import ndtri

from corridor.futures.factors import Factors, Uniforms
from corridor.futures.pairs import Floats
from corridor.futures.splines import expected_given
from corridor.futures.variables import Variable

if TYPE_CHECKING:
    import pandas as pd

LEAST_USD = 1.0
"""Less than this per truck is nothing: variables without any meaning reach half of it by chance."""


@dataclass(frozen=True, slots=True)
class SurveyValue:
    """What it would be worth to know one variable, or one group of them, before choosing.

    Parameters
    ----------
    usd : expected saving per truck, less what a variable without any meaning gave by chance
    noise_usd : what that one gave
    error_usd : standard error over the futures
    changes_share : share of futures in which one would choose another option, knowing it, 0 to 1
    """

    id: str
    label: str
    usd: float
    noise_usd: float
    error_usd: float
    changes_share: float

    @property
    def is_noise(self) -> bool:
        """Whether it cannot be told from nothing: a dollar, two standard errors, or what chance gave."""
        return self.usd <= max(LEAST_USD, 2 * self.error_usd, self.noise_usd)


@dataclass(frozen=True, slots=True)
class Information:
    """What knowing would be worth to those who choose the option that is best on average.

    Parameters
    ----------
    labels : options to choose from; chosen : the best on average
    everything_usd : expected saving per truck if nothing was unknown any more; `error_usd` its standard error
    surveys : of each variable and group of them, the most valuable first
    """

    labels: tuple[str, ...]
    chosen: str
    futures: int
    everything_usd: float
    error_usd: float
    surveys: tuple[SurveyValue, ...]

    def to_frame(self, *, trucks_per_year: float | None = None) -> pd.DataFrame:
        """One row per variable: USD per truck, what chance gave, its error; USD a year where trucks are given."""
        import pandas as pd

        columns = [*(field.name for field in fields(SurveyValue)), "is_noise"]
        rows = [asdict(survey) | {"is_noise": survey.is_noise} for survey in self.surveys]
        frame = pd.DataFrame(rows, columns=columns)
        return frame if trucks_per_year is None else frame.assign(usd_per_year=frame["usd"] * trucks_per_year)


def build_information(
    cost_usd: Floats, labels: Sequence[str], variables: Sequence[Variable], factors: Factors
) -> Information:
    """What it would be worth to know each variable, and each group of more than one.

    Parameters
    ----------
    cost_usd : (futures, options) generalised cost without luck, in the futures of `factors`
    variables : those that the options rest on
    """
    surveys = [
        survey_value(cost_usd, scores_of(members, factors), factors.uniforms, survey_id=name, label=label)
        for name, label, members in _surveys(variables)
    ]
    saved_usd = cost_usd[:, _best(cost_usd)] - cost_usd.min(axis=1)
    return Information(
        labels=tuple(labels),
        chosen=labels[_best(cost_usd)],
        futures=len(cost_usd),
        everything_usd=float(saved_usd.mean()),
        error_usd=_error(saved_usd),
        surveys=tuple(sorted(surveys, key=lambda survey: (-survey.usd, survey.id))),
    )


def survey_value(cost_usd: Floats, scores: Floats, uniforms: Uniforms, *, survey_id: str, label: str) -> SurveyValue:
    """What it would be worth to know some quantities before choosing.

    Parameters
    ----------
    scores : (quantities, futures) what a survey would tell, standardised
    uniforms : give as many quantities without meaning, whose value is that of chance

    Notes
    -----
    min_i E[G_i] - E[min_i E(G_i | phi)], from the differences to the option that is best on average.
    """
    drawn = [ndtri(uniforms.luck(f"dummy.{survey_id}.{number}")) for number in range(len(scores))]
    chance = np.array(drawn).reshape(scores.shape)
    saved_usd, by_chance_usd = (_saved_usd(cost_usd, known) for known in (scores, chance))
    return SurveyValue(
        id=survey_id,
        label=label,
        usd=float(saved_usd.mean() - by_chance_usd.mean()),
        noise_usd=float(by_chance_usd.mean()),
        error_usd=_error(saved_usd),
        changes_share=float(np.mean(saved_usd > 0)),
    )


def _saved_usd(cost_usd: Floats, scores: Floats) -> Floats:
    """What choosing by what is to be expected saves in each future, shape (futures,)."""
    best = _best(cost_usd)
    expected = expected_given(scores, cost_usd - cost_usd[:, [best]])
    return np.asarray(expected[:, best] - expected.min(axis=1))


def _best(cost_usd: Floats) -> int:
    return int(cost_usd.mean(axis=0).argmin())


def _error(saved_usd: Floats) -> float:
    return float(saved_usd.std() / sqrt(len(saved_usd)))


def scores_of(variables: Sequence[Variable], factors: Factors) -> Floats:
    """Standardised logarithms of all factors of some variables, shape (quantities, futures)."""
    return np.concatenate([variable.scores(factors) for variable in variables])


def _surveys(variables: Sequence[Variable]) -> list[tuple[str, str, list[Variable]]]:
    """Id, label and variables of each survey: of one variable, or of all posts of a frontier that has several."""
    groups: dict[str, list[Variable]] = {}
    for variable in variables:
        groups.setdefault(variable.group, []).append(variable)
    frontiers = [(name, each[0].group_label, each) for name, each in groups.items() if len(each) > 1]
    return [*((variable.id, variable.label, [variable]) for variable in variables), *frontiers]
