"""Values in their own units, gaps between options and conditions, as a sentence says them."""

from __future__ import annotations

from collections.abc import Sequence

from corridor.analysis.accounts import build_account
from corridor.analysis.assessment import Assessment
from corridor.analysis.explain import explain
from corridor.futures.pairs import find_option
from corridor.futures.rules import Condition
from corridor.futures.variables import TIMES_TODAY
from corridor.report.difference_wording import unknown_sentences
from corridor.report.numerals import NBSP, joined, number_text, share_text
from corridor.report.why_best import names_of


def value_text(value: float, unit: str) -> str:
    """A value with its unit, shares as per cent.

    Examples
    --------
    >>> [value_text(*case).replace(NBSP, " ") for case in ((42.69, "h"), (1348.4, "USD"), (0.489, "share"))]
    ['42.7 h', '1,348 USD', '49 %']
    >>> [value_text(*case).replace(NBSP, " ") for case in ((0.008, "share/day"), (2.0, "1/100 km"))]
    ['0.80 % a day', '2 per 100 km']
    """
    if unit == "share":
        return share_text(value)
    if unit == "share/day":
        return f"{value * 100:.2f}{NBSP}% a day"
    if unit == TIMES_TODAY:
        return f"{value:.2f}{NBSP}{unit}"
    if unit.startswith("1/"):
        return f"{number_text(value)} per {unit[2:]}"
    size = f"{value:,.1f}" if unit == "h" else f"{value:,.0f}" if unit == "USD" else number_text(value)
    return f"{size}{NBSP}{unit}"


def lowered(label: str) -> str:
    """A label inside a sentence."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]


def gap_phrase(gap_usd: float, labels: tuple[str, str]) -> str:
    """By how much A differs from B in generalised cost.

    Examples
    --------
    >>> gap_phrase(-983.4, ("A", "G")).replace(NBSP, " "), gap_phrase(0.2, ("A", "G"))
    ('A costs 983 USD less than G', 'A and G cost the same')
    """
    a, b = labels
    size = f"{abs(gap_usd):,.0f}"
    if size == "0":
        return f"{a} and {b} cost the same"
    return f"{a} costs {size}{NBSP}USD {'less' if gap_usd < 0 else 'more'} than {b}"


def futures_share_text(share: float) -> str:
    """A share of futures; nearly all are not all.

    Examples
    --------
    >>> [futures_share_text(share).replace(NBSP, " ") for share in (1.0, 0.998, 0.81)]
    ['100 %', 'more than 99 %', '81 %']
    """
    return f"more than 99{NBSP}%" if 0.995 <= share < 1 else share_text(share)


def closed_sentence(closed: Sequence[str]) -> str:
    """Which of two options cannot be used on the day; empty if both can."""
    if not closed:
        return ""
    verb, their = ("is", "its") if len(closed) == 1 else ("are", "their")
    return f"{joined(closed)} {verb} closed on the day; {their} figures are as if {their} posts were open."


def unknown_lines(assessment: Assessment, labels: tuple[str, str]) -> list[str]:
    """What nobody knows of the two options, and so is in none of these figures."""
    accounts = (build_account(find_option(assessment, label)) for label in labels)
    lines = unknown_sentences(explain(*accounts), names_of(assessment))
    return ["The figures count known costs only.", *lines] if lines else []


def unknown_sentence(assessment: Assessment, labels: tuple[str, str]) -> str:
    """Whose unknown costs are in none of these figures; empty where neither has any of its own."""
    a, b = (find_option(assessment, label).ledger.money_cell for label in labels)
    gap = a.minus(b)
    whose = [label for label, unknown in zip(labels, (gap.only_a, gap.only_b), strict=True) if unknown]
    if not whose:
        return ""
    have = "has costs of its own" if len(whose) == 1 else "each have costs of their own"
    return f"Known costs only: {joined(whose)} {have} that nobody knows, and that would move the gap."


def conditions_text(conditions: Sequence[Condition]) -> str:
    """Conditions of a rule: "hours at Torkham, Pakistan to Afghanistan, above 30 h"."""
    return joined([_condition_text(condition) for condition in conditions])


def _condition_text(condition: Condition) -> str:
    variable, side = condition.variable, "above" if condition.is_above else "below"
    comma = "," if "," in variable.label else ""
    return f"{lowered(variable.label)}{comma} {side} {_threshold_text(condition.threshold, variable.unit)}"


def _threshold_text(threshold: float, unit: str) -> str:
    """A round threshold without decimals that it has not got."""
    if unit in ("h", "USD"):
        return f"{threshold:,g}{NBSP}{unit}"
    return value_text(threshold, unit)
