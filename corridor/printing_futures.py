"""The futures on the terminal: how sure, who ranks where, what a split or a choice between scenarios is worth."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from corridor.analysis.assessment import Assessment
from corridor.errors import ScenarioError
from corridor.futures.convergence import Convergence
from corridor.futures.outcomes import draw_futures
from corridor.futures.portfolio import Portfolio, build_portfolio
from corridor.futures.ranking import RankAcceptability
from corridor.futures.reliability import ReliabilityPanel
from corridor.futures.scenario_regret import ScenarioRegret, compare_scenarios
from corridor.futures.study import FuturesStudy, Questions, study_futures
from corridor.printing import print_json, print_table
from corridor.report.choice_rows import portfolio_section, scenario_regret_section
from corridor.report.futures_rows import build_futures_sections
from corridor.report.futures_wording import confidence_headline
from corridor.report.numerals import NBSP
from corridor.report.sections import Section
from corridor.report.wording import compared_option


def print_futures(assessment: Assessment, questions: Questions, *, as_json: bool) -> None:
    """How sure the days, the USD and the ranking of the open options are."""
    study = study_futures(assessment, questions)
    if as_json:
        print_json(futures_document(study))
        return
    _print_sections(build_futures_sections(assessment, study))


def print_split(assessment: Assessment, labels: tuple[str, str] | None, *, as_json: bool) -> None:
    """What it costs to send some trucks by one option and the rest by another, and how much surer that is.

    Parameters
    ----------
    labels : two open options; None for the best and the best on other roads
    """
    first, second = labels or default_pair(assessment)
    outcomes = draw_futures(assessment.options, assessment.evidence, assessment.scenario, rest="timetable")
    portfolio = build_portfolio(outcomes, first, second)
    if as_json:
        print_json(split_document(portfolio))
        return
    _print_sections([portfolio_section(portfolio, assessment)])


def print_regret(runs: Sequence[tuple[str, Assessment]], *, as_json: bool) -> None:
    """What each way loses in each scenario against the best there; `runs` with the names of their scenarios."""
    regret = compare_scenarios(runs)
    if as_json:
        print_json(regret_document(regret))
        return
    _print_sections([scenario_regret_section(regret)])


def default_pair(assessment: Assessment) -> tuple[str, str]:
    """The best option and the one to compare it with.

    Raises
    ------
    ScenarioError : fewer than two options are open
    """
    if len(assessment.options) < 2:
        found = len(assessment.options)
        raise ScenarioError(
            f"split: too few options; expected at least 2 open ones, got {found}. Ask for more alternatives."
        )
    return assessment.options[0].label, compared_option(assessment).label


def futures_document(study: FuturesStudy) -> dict[str, Any]:
    """All figures with all their digits; shares from 0 to 1."""
    return {
        "headline": confidence_headline(study).replace(NBSP, " "),
        "futures": study.n,
        "cheapest_on_average": study.leader,
        "reliability": _reliability_document(study.reliability),
        "ranks": {
            "over_many_trips": _ranks_document(study.ranks_on_average),
            "single_truck": _ranks_document(study.ranks_this_truck),
        },
        "regret": {
            "near_usd": study.regret_on_average.near_usd,
            "over_many_trips": [asdict(row) for row in study.regret_on_average.options],
            "single_truck": [asdict(row) for row in study.regret_this_truck.options],
        },
        "preferences": {
            "cargo_usd_per_h_range": study.preferences.cargo_usd_per_h,
            "carbon_usd_per_t_range": study.preferences.carbon_usd_per_t,
            "drawn": "uniform in the logarithm",
            "options": [asdict(row) for row in study.preferences.central],
        },
        "limits": asdict(study.limits) if study.limits else None,
        "pareto": {
            "not_beaten": study.pareto.efficient,
            "tolerance": asdict(study.pareto.tolerance),
            "options": [asdict(row) for row in study.pareto.options],
        },
        "convergence": _convergence_document(study),
    }


def _reliability_document(panel: ReliabilityPanel) -> list[dict[str, Any]]:
    return [
        asdict(option) | {"buffer_h": option.buffer_h, "promise_days_p80": option.promise_days}
        for option in panel.options
    ]


def _ranks_document(ranks: RankAcceptability) -> dict[str, Any]:
    """Option -> share of each rank from the first, and of ties for the first."""
    return {
        label: {"share_by_rank": shares, "tied_first_share": ranks.tied_first_share(label)}
        for label, shares in zip(ranks.labels, ranks.share.tolist(), strict=True)
    }


def _convergence_document(study: FuturesStudy) -> dict[str, Any]:
    convergence: Convergence = study.convergence
    replicates = convergence.replicates
    return {
        "settled_at": convergence.settled_n,
        "within_noise": convergence.noise_pairs,
        "steps": [asdict(step) | {"is_steady": step.is_steady} for step in convergence.steps],
        "standard_errors": {
            label: {
                "gap_to_cheapest_usd": replicates.gap_error_usd(study.leader, label),
                "first_share": replicates.first_share_error(label),
            }
            for label in convergence.labels
        },
    }


def split_document(portfolio: Portfolio) -> dict[str, Any]:
    """Mixes with all their digits."""
    return asdict(portfolio) | {
        "surest_share_a": portfolio.surest.share_a,
        "price_of_resilience_usd": portfolio.price_of_resilience_usd,
    }


def regret_document(regret: ScenarioRegret) -> dict[str, Any]:
    """Losses with all their digits; null where a way has no figures in a scenario."""
    return {
        "scenarios": regret.scenarios,
        "least_mean_loss": regret.least_mean,
        "least_worst_loss": regret.least_worst,
        "ways": [asdict(row) | {"mean_usd": row.mean_usd, "worst_usd": row.worst_usd} for row in regret.options],
    }


def _print_sections(sections: Iterable[Section]) -> None:
    for number, section in enumerate(sections):
        sys.stdout.write("\n" * bool(number) + f"{_plain(section.title)}\n{_plain(section.text)}\n\n")
        rows = [[_plain(cell) for cell in row] for row in section.rows]
        print_table([_plain(cell) for cell in section.header], rows, right=section.number_columns)


def _plain(text: str) -> str:
    return text.replace(NBSP, " ")
