"""The section "What would change the answer": what moves the gap, what a survey is worth, and rules in words."""

from __future__ import annotations

from corridor.analysis.assessment import Assessment
from corridor.futures.information import Information, SurveyValue
from corridor.futures.rules import Rule
from corridor.futures.sensitivity import Sensitivity
from corridor.futures.sobol import Index, Indices
from corridor.futures.tornado import Bar, Tornado
from corridor.report.change_words import (
    closed_sentence,
    conditions_text,
    futures_share_text,
    gap_phrase,
    lowered,
    unknown_sentence,
    value_text,
)
from corridor.report.numerals import NBSP, counted, joined, share_text
from corridor.report.sections import Section
from corridor.report.verdict import signed

SHOWN_MAX = 12
LEAST_SWING_USD = 0.5
NAMED_MAX = 3
NOTHING_DRAWN = "Nothing that is drawn changes the gap."


def build_change_sections(
    sensitivity: Sensitivity, assessment: Assessment, *, trucks_per_year: float | None = None
) -> tuple[Section, ...]:
    """What would change the answer: the verdict, then what moves the gap, where the doubt is from, surveys, rules.

    Parameters
    ----------
    trucks_per_year : that choose by the answer; prices a survey per year
    """
    return (
        verdict_section(sensitivity, assessment),
        tornado_section(sensitivity.tornado),
        sobol_section(sensitivity.indices, sensitivity.labels),
        survey_section(sensitivity.information, trucks_per_year=trucks_per_year),
        rules_section(sensitivity.rules),
    )


def verdict_section(sensitivity: Sensitivity, assessment: Assessment) -> Section:
    """How sure it is that one of the two is better on average, and what moves that most."""
    lines = [
        change_headline(sensitivity),
        _largest_sentence(sensitivity.tornado),
        closed_sentence(sensitivity.closed),
        unknown_sentence(assessment, sensitivity.labels),
    ]
    return Section("What would change the answer", " ".join(filter(None, lines)))


def change_headline(sensitivity: Sensitivity) -> str:
    """By how much one option is better on average, and in how many futures."""
    a, b = sensitivity.labels
    better, other, share = (a, b, sensitivity.share_a) if sensitivity.gap_usd < 0 else (b, a, 1 - sensitivity.share_a)
    gap = gap_phrase(-abs(sensitivity.gap_usd), (better, other))
    return (
        f"On average {gap}, money, the cargo's time and carbon together; it is the better one in "
        f"{futures_share_text(share)} of {sensitivity.futures:,} futures, each the mean of many trips."
    )


def _largest_sentence(tornado: Tornado) -> str:
    moving = [bar for bar in tornado.bars if bar.swing_usd >= LEAST_SWING_USD]
    if not moving:
        return NOTHING_DRAWN
    largest = f"The gap moves most with {lowered(moving[0].variable.label)}, by {_usd(moving[0].swing_usd)}."
    alone = [lowered(bar.variable.label) for bar in moving if bar.is_switch]
    if not alone:
        return f"{largest} No one thing alone changes the order within its range."
    others = f" (and {counted(len(alone) - NAMED_MAX, 'other', 'others')})" if len(alone) > NAMED_MAX else ""
    return f"{largest} Enough to change the order alone: {'; '.join(alone[:NAMED_MAX])}{others}."


def tornado_section(tornado: Tornado) -> Section:
    """What each thing that nobody knows does to the gap, the largest first."""
    a, b = tornado.labels
    text = (
        f"With everything in the middle {gap_phrase(tornado.middle_gap_usd, tornado.labels)}. Each row moves one thing "
        "alone from the value that one of ten futures is below to the one that one of ten is above; gaps are "
        f"generalised cost of {a} less {b}, below 0 {a} is the better one. Drivers' rest follows the smooth rule here."
    )
    shown = [bar for bar in tornado.bars if bar.swing_usd >= LEAST_SWING_USD]
    if not shown:
        return Section(NOTHING_DRAWN.rstrip("."), text)
    first = shown[0]
    title = f"{first.variable.label}: moves the gap between {a} and {b} by {_usd(first.swing_usd)}"
    header = (
        "what nobody knows",
        "low",
        "high",
        "gap at low, USD",
        "gap at high, USD",
        "swing, USD",
        "changes the order",
    )
    return Section(title, text, header, tuple(map(_tornado_row, shown[:SHOWN_MAX])))


def _tornado_row(bar: Bar) -> tuple[str, ...]:
    return (
        bar.variable.label,
        value_text(bar.low, bar.variable.unit),
        value_text(bar.high, bar.variable.unit),
        signed(bar.gap_at_low_usd, decimals=0),
        signed(bar.gap_at_high_usd, decimals=0),
        f"{bar.swing_usd:,.0f}",
        "yes" if bar.is_switch else "no",
    )


def sobol_section(indices: Indices, labels: tuple[str, str]) -> Section:
    """From where the doubt about the gap is."""
    a, b = labels
    if indices.is_flat:
        return Section(NOTHING_DRAWN.rstrip("."), f"The gap between {a} and {b} is the same in every future.")
    first = indices.indices[0]
    title = f"{first.label}: {share_text(first.total)} of the doubt about {a} and {b}"
    text = (
        f"The gap varies by {_usd(indices.sd_usd)} (standard deviation) over what is not known. Own share: what a "
        "thing makes of the variance by itself; whole share: with all that it acts together with. In brackets 95 % "
        f"intervals from {indices.sample_size:,} points; what cannot be told from nothing is marked as noise."
    )
    rows = tuple((index.label, _own_text(index), _whole_text(index)) for index in indices.indices[:SHOWN_MAX])
    return Section(title, text, ("what nobody knows", "own share", "whole share"), rows)


def _own_text(index: Index) -> str:
    if index.is_noise:
        return f"{signed(100 * index.first, decimals=1)}{NBSP}% (noise)"
    return f"{100 * index.first:.1f}{NBSP}% ({100 * index.first_low:.0f}-{100 * index.first_high:.0f})"


def _whole_text(index: Index) -> str:
    return f"{100 * index.total:.1f}{NBSP}% ({100 * index.total_low:.0f}-{100 * index.total_high:.0f})"


def survey_section(information: Information, *, trucks_per_year: float | None = None) -> Section:
    """What should be surveyed next, and what that is worth per truck, and per year where trucks are given."""
    worth = [survey for survey in information.surveys if not survey.is_noise]
    everything = f"Knowing everything before choosing among {joined(information.labels)} would save"
    text = (
        f"{everything} {_usd(information.everything_usd)} per truck on average against always taking "
        f"{information.chosen} (standard error {_usd(information.error_usd)}); no survey is worth more. Each row is "
        f"what knowing one thing alone would save, over {counted(information.futures, 'future', 'futures')}."
    )
    if not worth:
        return Section("No survey of one thing alone would pay", text)
    title = f"Survey first: {lowered(worth[0].label)}, worth {_usd(worth[0].usd)} per truck"
    per_year = () if trucks_per_year is None else (f"USD a year, {trucks_per_year:,.0f} trucks",)
    header = ("what a survey would tell", "USD per truck", "standard error", "would change the choice", *per_year)
    return Section(title, text, header, tuple(_survey_row(survey, trucks_per_year) for survey in worth[:SHOWN_MAX]))


def _survey_row(survey: SurveyValue, trucks_per_year: float | None) -> tuple[str, ...]:
    per_year = () if trucks_per_year is None else (f"{survey.usd * trucks_per_year:,.0f}",)
    return (
        survey.label,
        f"{survey.usd:,.0f}",
        f"{survey.error_usd:,.1f}",
        f"in {share_text(survey.changes_share)}",
        *per_year,
    )


def rules_section(rules: tuple[Rule, ...]) -> Section:
    """When which of the two is better, in words."""
    a, b = rules[0].winner, rules[0].loser
    text = " ".join(map(rule_sentence, rules))
    half = "Rules were found in one half of the futures; the shares are those of the other half."
    return Section(f"When {a} is better than {b}, and when not", f"{text} {half}")


def rule_sentence(rule: Rule) -> str:
    """A rule with its coverage and density; what to say where there is none."""
    wins = f"{futures_share_text(rule.win_share)} of all futures"
    if not rule.conditions:
        return f"{rule.winner} is better than {rule.loser} in {wins}; no rule of three conditions says more."
    return (
        f"{rule.winner} wins with {conditions_text(rule.conditions)} (covers {share_text(rule.coverage)} of its wins, "
        f"{share_text(rule.density)} pure; it wins in {wins})."
    )


def _usd(usd: float) -> str:
    return f"{usd:,.0f}{NBSP}USD"
