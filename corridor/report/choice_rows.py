"""Sections on choices: trucks split between two options, and a choice made for several scenarios."""

from __future__ import annotations

from corridor.analysis.assessment import Assessment
from corridor.futures.portfolio import Mix, Portfolio
from corridor.futures.scenario_regret import ScenarioLoss, ScenarioRegret
from corridor.report.futures_wording import odds_text
from corridor.report.numerals import NBSP
from corridor.report.sections import Section

NO_FIGURE = "no figure"
NO_FIGURE_MEANS = "Without a figure, a way is closed in the scenario or not among its options."


def portfolio_section(portfolio: Portfolio, assessment: Assessment) -> Section:
    """Days and USD by the share of trucks that go by the first of two options."""
    a, b = portfolio.label_a, portfolio.label_b
    has_unknown = any(o.ledger.is_lower_bound for o in assessment.options if o.label in (a, b))
    bound, doubt = ("at least ", " on known costs") if has_unknown else ("", "")
    return Section(
        f"Trucks split between {a} and {b}",
        f"{_surest_sentence(portfolio, doubt)} Figures are means of all trucks; those of one option share their luck.",
        (f"By {a}", f"By {b}", "Days, mean", "Days, 19 in 20 within", "USD, mean", "USD, 19 in 20 within"),
        tuple(_mix_row(mix, bound) for mix in portfolio.mixes),
    )


def _surest_sentence(portfolio: Portfolio, doubt: str) -> str:
    surest, price_usd = portfolio.surest, portfolio.price_of_resilience_usd
    if surest.share_a in (0.0, 1.0):
        label = portfolio.label_a if surest.share_a else portfolio.label_b
        what = f"No split is surer than all trucks by {label}"
    else:
        a, b = odds_text(surest.share_a), odds_text(1 - surest.share_a)
        what = f"The surest split is {a} by {portfolio.label_a} and {b} by {portfolio.label_b}"
    days = f"19 in 20 futures within {surest.p95_days:.1f}{NBSP}days"
    cost = (
        f"and none is cheaper{doubt}"
        if price_usd < 0.5
        else f"for {price_usd:,.0f}{NBSP}USD a truck more than the cheapest{doubt}"
    )
    return f"{what}: {days}, {cost}."


def _mix_row(mix: Mix, bound: str) -> tuple[str, ...]:
    return (
        odds_text(mix.share_a),
        odds_text(1 - mix.share_a),
        f"{mix.mean_days:.1f}",
        f"{mix.p95_days:.1f}",
        f"{bound}{mix.mean_usd:,.0f}",
        f"{bound}{mix.p95_usd:,.0f}",
    )


def scenario_regret_section(regret: ScenarioRegret) -> Section:
    """What each way loses in each scenario."""
    return Section(
        "What a choice loses in each scenario",
        f"USD of generalised cost above the best way of each scenario, on the mean of its futures. "
        f"{_choice_sentence(regret)}",
        ("Way", *regret.scenarios, "Mean", "Worst"),
        tuple(_loss_row(row) for row in regret.options),
    )


def _choice_sentence(regret: ScenarioRegret) -> str:
    if regret.least_mean is None:
        return f"No way has figures in every scenario. {NO_FIGURE_MEANS}"
    doubt = "" if all(row.is_complete for row in regret.options) else f" {NO_FIGURE_MEANS}"
    if regret.least_mean == regret.least_worst:
        return f"{regret.least_mean} loses least, on the mean and at worst.{doubt}"
    return f"{regret.least_mean} loses least on the mean, {regret.least_worst} at worst.{doubt}"


def _loss_row(row: ScenarioLoss) -> tuple[str, ...]:
    losses = (*row.loss_usd, row.mean_usd, row.worst_usd)
    return (row.option, *(NO_FIGURE if loss is None else f"{loss:,.0f}" for loss in losses))
