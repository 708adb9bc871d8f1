"""Sentences that say why one option costs more or takes longer than another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import fsum
from types import MappingProxyType

from corridor.analysis.accounts import Quantity
from corridor.analysis.explain import Bound, Difference, Part, Unknown
from corridor.report.explaining import COMPONENTS, UNITS, Names, parts_by_component, place_sums
from corridor.report.numerals import HOURS_PER_DAY, NBSP, joined, km_text
from corridor.report.rounding import rounded, rounded_parts
from corridor.report.verdict import signed
from corridor.report.wording import component_phrase

PHRASES_SHOWN = 3
"""Components that a sentence names; the others are summed."""

MAIN_SHARE = 2 / 3
"""A place is named with a component when it makes up at least this share of all that differs in it."""

DECIMALS: Mapping[Quantity, int] = MappingProxyType({"money": 0, "time": 1, "co2e": 0})
"""Decimals with which a sentence prints a quantity."""


def difference_sentence(difference: Difference, names: Names) -> str:
    """By how much B differs from A in money and time, and what that is made of."""
    a, b = difference.label_a, difference.label_b
    money = money_phrase(_total(difference, "money"), difference.bound, than=a)
    time = time_phrase(_total(difference, "time"))
    parts = [text for quantity in ("money", "time") if (text := _parts_text(difference, quantity, names))]
    return f"{b} {money} and {time}{': ' if parts else ''}{'; '.join(parts)}."


def _total(difference: Difference, quantity: Quantity) -> float:
    """A total as a sentence prints it."""
    return rounded(difference.total(quantity), decimals=DECIMALS[quantity])


def bound_words(bound: Bound, *, is_dearer: bool) -> str:
    """What stands before the size of a difference: one of at least -78 is at most 78 less.

    Examples
    --------
    >>> bound_words("at_least", is_dearer=True), bound_words("at_least", is_dearer=False)
    ('at least ', 'at most ')
    """
    if bound not in ("at_least", "at_most"):
        return ""
    return "at least " if (bound == "at_least") == is_dearer else "at most "


def money_phrase(usd: float, bound: Bound, *, than: str) -> str:
    """What B costs beside A, as a verb.

    Examples
    --------
    >>> money_phrase(612.4, "exact", than="A").replace(NBSP, " ")
    'costs 612 USD more than A'
    >>> money_phrase(-78.0, "at_least", than="A").replace(NBSP, " ")  # at least -78 is at most 78 less
    'costs at most 78 USD less than A'
    """
    open_end = ", on what is known," if bound == "not_settled" else ""
    size = f"{abs(usd):,.0f}"
    if size == "0":
        return f"costs {_same_cost(bound)} {than}{open_end}"
    word = "more" if usd > 0 else "less"
    return f"costs {bound_words(bound, is_dearer=usd > 0)}{size}{NBSP}USD {word} than {than}{open_end}"


def _same_cost(bound: Bound) -> str:
    return {"at_least": "at least as much as", "at_most": "at most as much as"}.get(bound, "the same as")


def time_phrase(hours: float) -> str:
    """How much longer B takes, as a verb; in days as well from one day on.

    Examples
    --------
    >>> time_phrase(28.8).replace(NBSP, " "), time_phrase(-4.75).replace(NBSP, " "), time_phrase(0.01)
    ('takes 28.8 h (1.2 days) longer', 'takes 4.8 h less', 'takes the same time')
    """
    size = f"{abs(hours):,.1f}"
    if size == "0.0":
        return "takes the same time"
    days = f"{abs(hours) / HOURS_PER_DAY:.1f}"
    in_days = f" ({days}{NBSP}{'day' if days == '1.0' else 'days'})" if abs(hours) >= HOURS_PER_DAY else ""
    return f"takes {size}{NBSP}h{in_days} {'longer' if hours > 0 else 'less'}"


def _parts_text(difference: Difference, quantity: Quantity, names: Names) -> str:
    """The largest components with their sign, the others as one; the printed figures add up to the printed total."""
    decimals = DECIMALS[quantity]
    shown, others = _largest_components(parts_by_component(difference, quantity))
    phrases = [_component_text(quantity, component, parts, names) for component, parts in shown]
    amounts = [fsum(part.amount for part in parts) for _, parts in shown]
    if others:
        phrases.append("other parts")
        amounts.append(fsum(part.amount for part in others))
    printed = rounded_parts(amounts, decimals=decimals, total=_total(difference, quantity))
    texts = [
        f"{signed(amount, decimals=decimals)}{NBSP}{UNITS[quantity]} {phrase}"
        for amount, phrase in zip(printed, phrases, strict=True)
        if amount
    ]
    return joined(texts)


def _largest_components(by_component: dict[str, list[Part]]) -> tuple[list[tuple[str, list[Part]]], list[Part]]:
    """The components that weigh most, and the parts of all others."""
    ordered = sorted(by_component.items(), key=lambda item: -abs(fsum(part.amount for part in item[1])))
    shown = PHRASES_SHOWN if len(ordered) > PHRASES_SHOWN + 1 else len(ordered)
    return ordered[:shown], [part for _, parts in ordered[shown:] for part in parts]


def _component_text(quantity: Quantity, component: str, parts: Sequence[Part], names: Names) -> str:
    phrase, place = component_phrase(component, COMPONENTS[quantity]), main_place(parts)
    return f"{phrase} ({names.get(place, place)})" if place else phrase


def main_place(parts: Sequence[Part]) -> str:
    """The country or post that makes up most of what differs in a component; empty where none does."""
    sums = place_sums(parts)
    place = max(sums, key=lambda key: abs(sums[key]), default="")
    all_of_it = fsum(abs(amount) for amount in sums.values())
    if not place or not all_of_it or abs(sums[place]) < MAIN_SHARE * all_of_it:
        return ""
    return place if sums[place] * fsum(sums.values()) > 0 else ""


def generalised_sentence(difference: Difference) -> str:
    """The difference in generalised cost, by which options are ranked, and its three parts."""
    parts = (difference.total("money"), difference.cargo_time_usd, difference.carbon_usd)
    total = rounded(difference.generalised_cost_usd, decimals=0)
    money, cargo, carbon = (signed(amount, decimals=0) for amount in rounded_parts(parts, decimals=0, total=total))
    size = _more_or_less(total, difference.bound)
    known = " on what is known" if difference.bound == "not_settled" else ""
    return f"In generalised cost that is {size}{known}: money {money}, the cargo's time {cargo}, carbon {carbon}."


def _more_or_less(usd: float, bound: Bound) -> str:
    size = f"{abs(usd):,.0f}"
    if size == "0":
        return f"{bound_words(bound, is_dearer=True)}the same"
    is_dearer = usd > 0
    return f"{bound_words(bound, is_dearer=is_dearer)}{size}{NBSP}USD {'more' if is_dearer else 'less'}"


def unknown_sentences(difference: Difference, names: Names) -> list[str]:
    """What the difference leaves out, and what that means for its sign."""
    told = [
        (difference.unknown_in_a, f"Not known, and only in {difference.label_a}"),
        (difference.unknown_in_b, f"Not known, and only in {difference.label_b}"),
        (difference.unknown_in_both, "Not known in either, and taken to be equal"),
    ]
    sentences = [f"{head}: {_unknown_text(unknowns, names)}." for unknowns, head in told if unknowns]
    unequal = [unknown for unknown in difference.unknown_in_both if _is_of_other_km(unknown)]
    if unequal:
        sentences.append(f"Not quite equal, for the km differ: {joined([_km_gap(u, names) for u in unequal])}.")
    if difference.bound == "not_settled":
        sentences.append("Which of the two costs more is not settled: each has unknown parts of its own.")
    return sentences


def _unknown_text(unknowns: Sequence[Unknown], names: Names) -> str:
    """Components with the countries or posts where they are unknown: "tolls in China and Kyrgyzstan"."""
    places: dict[tuple[str, str], list[str]] = {}
    for unknown in unknowns:
        country = names.get(unknown.country, unknown.country)
        place = f"{names.get(unknown.place, unknown.place)} ({country})" if unknown.place else country
        places.setdefault((unknown.component, "at" if unknown.place else "in"), []).append(place)
    return "; ".join(f"{component_phrase(key)} {word} {joined(where)}" for (key, word), where in places.items())


def _is_of_other_km(unknown: Unknown) -> bool:
    """Whether a toll per km that nobody knows is due on more km in one option: it then cancels in part only."""
    return unknown.component == "toll" and round(unknown.km_a) != round(unknown.km_b)


def _km_gap(unknown: Unknown, names: Names) -> str:
    country = names.get(unknown.country, unknown.country)
    return f"tolls in {country} ({km_text(unknown.km_a)} against {km_text(unknown.km_b)})"
