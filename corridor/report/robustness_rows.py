"""Sections on how robust a choice is: what it may lose, what is not beaten, whether there are enough futures."""

from __future__ import annotations

from corridor.futures.pareto import ParetoSet, Standing
from corridor.futures.study import FuturesStudy
from corridor.report.futures_wording import convergence_sentence, odds_text
from corridor.report.numerals import HOURS_PER_DAY, KG_PER_T, NBSP, joined
from corridor.report.sections import Section

NONE = "–"
"""Where there is no figure."""


def regret_section(study: FuturesStudy) -> Section:
    """What each option loses against the best of each future."""
    many, one, leader = study.regret_on_average, study.regret_this_truck, study.leader
    near = f"within {many.near_usd:,.0f}{NBSP}USD"
    return Section(
        "What a choice may lose",
        f"USD of generalised cost by which an option exceeds the best of the same future: mean, what 1 future in 20 "
        f"exceeds, and the share of futures in which it is {near}. After ± is the standard error, of single trucks.",
        (
            "Option", f"More than {leader}", "Loss, many trips", "1 in 20", near, "Loss, single truck", "1 in 20", near,
        ),
        tuple(
            (
                a.label,
                _gap_text(study, a.label),
                *(text for row in (a, b) for text in _loss_texts(row.mean_usd, row.p95_usd, row.near_share)),
            )
            for a, b in zip(many.options, one.options, strict=True)
        ),
    )  # fmt: skip


def _loss_texts(mean_usd: float, p95_usd: float, near_share: float) -> tuple[str, str, str]:
    return f"{mean_usd:,.0f}", f"{p95_usd:,.0f}", odds_text(near_share)


def _gap_text(study: FuturesStudy, label: str) -> str:
    """Mean generalised cost of single trucks above the leader's, with its error."""
    if label == study.leader:
        return NONE
    costs = study.this_truck.generalised_usd.mean(axis=0)
    gap_usd = costs[study.this_truck.column(label)] - costs[study.this_truck.column(study.leader)]
    replicates = study.convergence.replicates
    return f"{gap_usd:,.0f} ± {replicates.gap_error_usd(study.leader, label):,.0f}"


def pareto_section(study: FuturesStudy) -> Section:
    """Which options are beaten by another in money, days, carbon and buffer at once."""
    return Section(
        "What is beaten in everything",
        _efficient_text(study.pareto),
        ("Option", "USD", "Days, 8 in 10 within", "t CO₂e", "Buffer, h", "Beaten by"),
        tuple(_pareto_row(standing) for standing in study.pareto.options),
    )


def _efficient_text(pareto: ParetoSet) -> str:
    """Which options remain whatever money, days, carbon and surety are worth."""
    if len(pareto.efficient) == len(pareto.options):
        return "No option is beaten by another in money, days, carbon and surety at once."
    verb, them = ("is", "it") if len(pareto.efficient) == 1 else ("are", "one of them")
    known = any(standing.beaten_by != standing.surely_beaten_by for standing in pareto.options)
    doubt = ' "On what is known" means that costs or CO₂e which nobody knows may change it.' if known else ""
    return (
        f"{joined(pareto.efficient)} {verb} not beaten. Every other is no better than {them} in money, days, carbon "
        f"and surety and worse in at least one, so that no weighing of these puts it alone in front.{doubt}"
    )


def _pareto_row(standing: Standing) -> tuple[str, ...]:
    criteria = standing.criteria
    return (
        standing.label,
        f"{criteria.mean_usd:,.0f}",
        f"{criteria.p80_h / HOURS_PER_DAY:.1f}",
        f"{criteria.mean_co2e_wtw_kg / KG_PER_T:.1f}",
        f"{criteria.buffer_h:,.0f}",
        _beaten_text(standing),
    )


def _beaten_text(standing: Standing) -> str:
    """By whom an option is beaten: surely, or as far as costs are known."""
    sure = standing.surely_beaten_by
    rest = [label for label in standing.beaten_by if label not in sure]
    parts = [joined(sure)] if sure else []
    parts += [f"{joined(rest)} on what is known"] if rest else []
    return "; ".join(parts) or "none"


def convergence_section(study: FuturesStudy) -> Section:
    """What moves as the futures double."""
    convergence, leader = study.convergence, study.leader
    column = convergence.labels.index(leader)
    return Section(
        "Are there enough futures",
        convergence_sentence(convergence),
        ("Futures", "Order by mean cost", f"{leader} 1st", "1st moved, points", "P95 moved", "Steady"),
        tuple(
            (
                f"{step.n:,}",
                " ".join(step.order),
                odds_text(step.first_share[column]),
                NONE if step.share_move is None else f"{100 * step.share_move:.1f}",
                NONE if step.p95_move is None else f"{100 * step.p95_move:.1f}{NBSP}%",
                NONE if step.has_same_order is None else ("yes" if step.is_steady else "no"),
            )
            for step in convergence.steps
        ),
    )
