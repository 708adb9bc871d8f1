"""Sections on the futures: how sure the options are, where they rank, what a choice loses, whether draws suffice."""

from __future__ import annotations

from corridor.analysis.assessment import Assessment
from corridor.futures.preferences import CentralPreference
from corridor.futures.reliability import Promise, Reliability
from corridor.futures.study import FuturesStudy
from corridor.report.futures_wording import (
    confidence_headline,
    convergence_sentence,
    means_sentence,
    odds_text,
    range_text,
    unsettled_sentence,
    usd_range_text,
    variants_sentence,
)
from corridor.report.naming import short_option_title
from corridor.report.numerals import HOURS_PER_DAY, NBSP, counted, joined
from corridor.report.robustness_rows import NONE, convergence_section, pareto_section, regret_section
from corridor.report.sections import Section

SHOWN_RANKS = 3
"""Ranks with a column of their own; the rest is one column."""

ORDINALS = ("1st", "2nd", "3rd")


def build_futures_sections(assessment: Assessment, study: FuturesStudy) -> list[Section]:
    """All sections on the futures, in the order in which a reader needs them; with one option, no rankings."""
    sections = [certainty_section(assessment, study)]
    if study.limits:
        sections.append(limits_section(study))
    if len(assessment.options) > 1:
        sections += [
            rank_section(study),
            preference_section(study),
            regret_section(study),
            pareto_section(study),
            convergence_section(study),
        ]
    return sections


def certainty_section(assessment: Assessment, study: FuturesStudy) -> Section:
    """How sure are we: days and USD of every option over the futures, and how often it is the cheapest."""
    sentences = (
        confidence_headline(study),
        variants_sentence(assessment, study),
        means_sentence(assessment, study),
        unsettled_sentence(assessment, study),
        convergence_sentence(study.convergence),
        "A promise of the days of 8 in 10 fails in 2 of 10; the buffer takes the days of half to those of 19 in 20.",
    )
    names = [short_option_title(o, assessment.all_options, assessment.evidence) for o in assessment.options]
    promise = study.reliability.options[0].promise
    header = (
        "Option", "Way", "Days, 8 in 10 futures", "Days, half within", "Days, 8 in 10 within", "Days, 19 in 20 within",
        "Buffer, h", "USD, 8 in 10 futures", "Cheapest, many trips", "Cheapest, single truck",
    )  # fmt: skip
    return Section(
        "How sure are we",
        " ".join(sentence for sentence in sentences if sentence),
        (*header, *([f"Within {promise.days:g} days", "Late, USD"] if promise else [])),
        tuple(
            _certainty_row(option, name, study) for option, name in zip(study.reliability.options, names, strict=True)
        ),
    )


def _certainty_row(option: Reliability, name: str, study: FuturesStudy) -> tuple[str, ...]:
    days = option.days
    return (
        option.label,
        name,
        range_text(days, decimals=1),
        *(f"{value:.1f}" for value in (days.p50, days.p80, days.p95)),
        f"{option.buffer_h:,.0f}",
        usd_range_text(option.usd, is_lower_bound=option.is_lower_bound),
        odds_text(study.ranks_on_average.first_share(option.label)),
        odds_text(study.ranks_this_truck.first_share(option.label)),
        *(_promise_texts(option.promise) if option.promise else ()),
    )


def _promise_texts(promise: Promise) -> tuple[str, str]:
    """How often a promise is kept, and what the cargo's time of the hours late is worth on the mean of all trucks."""
    return odds_text(promise.on_time_share), f"{promise.mean_late_usd:,.0f}"


def limits_section(study: FuturesStudy) -> Section:
    """How often each option keeps the limits asked for; empty where none were."""
    if study.limits is None:
        return Section("Within limits", "No limits were asked for.")
    limits = study.limits
    within = f"{limits.days:g}{NBSP}days", f"{limits.usd:,.0f}{NBSP}USD"
    return Section(
        f"Within {joined(within)}",
        f"Share of {counted(study.n, 'future', 'futures')} in which a single truck keeps the limits. "
        '"At most", because costs that nobody knows are left out.',
        ("Option", "Days", "USD", "Both"),
        tuple(
            (
                row.label,
                odds_text(row.days_share),
                *(f"{'at most ' if row.is_at_most else ''}{odds_text(s)}" for s in (row.usd_share, row.both_share)),
            )
            for row in limits.options
        ),
    )


def rank_section(study: FuturesStudy) -> Section:
    """Share of the futures in which each option takes each rank, on average over many trips."""
    ranks = study.ranks_on_average
    count = min(SHOWN_RANKS, len(ranks.labels))
    has_more = len(ranks.labels) > SHOWN_RANKS
    return Section(
        "Who ranks where",
        f"Share of {counted(study.n, 'future', 'futures')} in which an option takes each place by generalised cost, "
        "on average over many trips.",
        ("Option", *ORDINALS[:count], *(["lower"] if has_more else [])),
        tuple(
            (label, *map(odds_text, shares[:count]), *([odds_text(sum(shares[count:]))] if has_more else []))
            for label, shares in zip(ranks.labels, ranks.share.tolist(), strict=True)
        ),
    )


def preference_section(study: FuturesStudy) -> Section:
    """Which option suits whom, where nobody agrees on the value of time and the price of carbon."""
    ranking = study.preferences
    cargo = " to ".join(f"{usd * HOURS_PER_DAY:,.0f}" for usd in ranking.cargo_usd_per_h)
    carbon = " to ".join(f"{usd:g}" for usd in ranking.carbon_usd_per_t)
    multiples = " to ".join(f"{multiple:g}" for multiple in ranking.ranges.cargo_time_multiple)
    return Section(
        "If others value time and carbon otherwise",
        f"Each future meets somebody for whom a day of the cargo is worth {cargo}{NBSP}USD ({multiples} times the "
        f"scenario's) and a tonne of CO₂e {carbon}{NBSP}USD, every ratio equally likely. The middle columns say for "
        "whom an option comes first, the last how often it does for somebody with exactly these values.",
        ("Option", "1st", "A day of the cargo, USD", "A tonne of CO₂e, USD", "1st with these"),
        tuple(_preference_row(central) for central in ranking.central),
    )


def _preference_row(central: CentralPreference) -> tuple[str, ...]:
    if central.cargo_usd_per_h is None or central.carbon_usd_per_t is None or central.confidence_share is None:
        return central.label, odds_text(central.first_share), NONE, NONE, NONE
    return (
        central.label,
        odds_text(central.first_share),
        f"{central.cargo_usd_per_h * HOURS_PER_DAY:,.0f}",
        f"{central.carbon_usd_per_t:,.0f}",
        odds_text(central.confidence_share),
    )
