"""What a choice loses in each of some named scenarios against the best one there (model.md 5.5, F22)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corridor.analysis.assessment import Assessment, Option
from corridor.errors import ScenarioError
from corridor.futures.outcomes import draw_futures
from corridor.futures.ranking import TIE_USD

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class ScenarioLoss:
    """What one option loses, in USD of generalised cost, in each scenario in order; None where it has no figures."""

    option: str
    loss_usd: tuple[float | None, ...]

    @property
    def is_complete(self) -> bool:
        """Whether the option has figures in every scenario."""
        return None not in self.loss_usd

    @property
    def mean_usd(self) -> float | None:
        """Mean loss over the scenarios, each with the same weight."""
        losses = self._losses
        return None if losses is None else sum(losses) / len(losses)

    @property
    def worst_usd(self) -> float | None:
        """Greatest loss over the scenarios."""
        losses = self._losses
        return None if losses is None else max(losses)

    @property
    def _losses(self) -> list[float] | None:
        known = [loss for loss in self.loss_usd if loss is not None]
        return known if len(known) == len(self.loss_usd) else None


@dataclass(frozen=True, slots=True)
class ScenarioRegret:
    """The loss of every option against the best of every named scenario."""

    scenarios: tuple[str, ...]
    options: tuple[ScenarioLoss, ...]

    @property
    def least_mean(self) -> str | None:
        """The option with the least mean loss among those with figures in every scenario."""
        return self._least("mean_usd")

    @property
    def least_worst(self) -> str | None:
        """The option whose worst loss is least (minimax regret), among those with figures in every scenario."""
        return self._least("worst_usd")

    def _least(self, figure: str) -> str | None:
        complete = [loss for loss in self.options if loss.is_complete]
        if not complete:
            return None
        return min(complete, key=lambda loss: (round(getattr(loss, figure) / TIE_USD), loss.option)).option

    def to_frame(self) -> pd.DataFrame:
        """One row per option and scenario; no loss where the option has no figures there."""
        import pandas as pd

        rows = [
            (row.option, name, loss)
            for row in self.options
            for name, loss in zip(self.scenarios, row.loss_usd, strict=True)
        ]
        return pd.DataFrame(rows, columns=["option", "scenario", "loss_usd"])


def build_scenario_regret(mean_usd: Mapping[str, Mapping[str, float]]) -> ScenarioRegret:
    """What each option loses against the best one in each of some named scenarios.

    Parameters
    ----------
    mean_usd : scenario -> option -> mean generalised cost. An option that cannot be used in a scenario is left out
        there; names of options must mean the same way in all scenarios (labels do not, chains of posts do)

    Examples
    --------
    >>> build_scenario_regret({"open": {"A": 10.0, "B": 12.0}, "shut": {"A": 30.0, "B": 13.0}}).least_worst
    'B'
    """
    if not mean_usd or not all(mean_usd.values()):
        empty = next((name for name, row in mean_usd.items() if not row), "no scenario")
        raise ScenarioError(f"regret: nothing to compare; expected options in every scenario, got none in {empty}.")
    names = dict.fromkeys(name for row in mean_usd.values() for name in row)
    least = {scenario: min(row.values()) for scenario, row in mean_usd.items()}
    return ScenarioRegret(
        tuple(mean_usd),
        tuple(
            ScenarioLoss(
                name,
                tuple(row[name] - least[scenario] if name in row else None for scenario, row in mean_usd.items()),
            )
            for name in names
        ),
    )


def compare_scenarios(runs: Sequence[tuple[str, Assessment]]) -> ScenarioRegret:
    """What the open ways of some runs lose against the best of each run, on the mean over what nobody knows.

    Parameters
    ----------
    runs : name and run, of one trip with other posts open, other numbers or measures

    Raises
    ------
    ScenarioError : fewer than two runs, a name twice, or other ends

    Notes
    -----
    Ways are the same where they pass the same posts in the same order. A way that a run does not list has no figure
    there: it is closed, or not among the options looked for.
    """
    _check(runs)
    return build_scenario_regret({name: _mean_usd(run) for name, run in runs})


def _check(runs: Sequence[tuple[str, Assessment]]) -> None:
    names = [name for name, _ in runs]
    if len(names) < 2 or len(set(names)) < len(names):
        got = ", ".join(names) or "none"
        raise ScenarioError(f"regret: not enough scenarios; expected two or more, each once, got {got}. Name others.")
    ends = {f"{run.origin_name} to {run.destination_name}" for _, run in runs}
    if len(ends) > 1:
        raise ScenarioError(
            f"regret: different trips; expected one origin and destination, got {', '.join(sorted(ends))}. "
            "Compare scenarios of one trip."
        )


def way_name(option: Option) -> str:
    """The posts of an option in order: what it is called in all runs."""
    return " > ".join(option.post_ids) or "no border"


def _mean_usd(run: Assessment) -> dict[str, float]:
    outcomes = draw_futures(run.options, run.evidence, run.scenario, has_luck=False, rest="timetable")
    means = outcomes.generalised_usd.mean(axis=0).tolist()
    return {way_name(option): usd for option, usd in zip(run.options, means, strict=True)}
