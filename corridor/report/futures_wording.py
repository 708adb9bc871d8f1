"""Sentences on how sure the answer is, made from the futures."""

from __future__ import annotations

from collections.abc import Sequence

from corridor.analysis.assessment import RIVAL_SHARE_MAX, Assessment
from corridor.futures.convergence import FIRST_N, STEADY_DOUBLINGS, Convergence, Step
from corridor.futures.outcomes import Outcomes
from corridor.futures.ranking import RankAcceptability, least_mean_labels
from corridor.futures.reliability import Spread
from corridor.futures.study import FuturesStudy
from corridor.report.certainty import UNSETTLED
from corridor.report.numerals import NBSP, counted, joined, share_text

SHOWN_SHARE = 0.005
"""A share below this is printed as 0 or <1 %, and is not worth a clause."""


def odds_text(share: float) -> str:
    """A share of the futures as per cent; what is rare or nearly sure does not become never or always.

    Examples
    --------
    >>> [odds_text(share).replace(NBSP, " ") for share in (0.0, 0.001, 0.62, 0.998, 1.0)]
    ['0 %', '<1 %', '62 %', '>99 %', '100 %']
    """
    return f">99{NBSP}%" if 1 - SHOWN_SHARE < share < 1 else share_text(share)


def range_text(spread: Spread, *, decimals: int) -> str:
    """P10 to P90; a negative number of decimals rounds to tens and hundreds."""
    low, high = (f"{round(value, decimals):,.{max(decimals, 0)}f}" for value in (spread.p10, spread.p90))
    return low if low == high else f"{low} to {high}"


def usd_range_text(spread: Spread, *, is_lower_bound: bool) -> str:
    """P10 to P90 of money to ten dollars, marked where a part is unknown."""
    return f"{'at least ' if is_lower_bound else ''}{range_text(spread, decimals=-1)}"


def confidence_headline(study: FuturesStudy | None) -> str:
    """In one sentence: which option costs least, in how many futures, and how often it is near the least."""
    if study is None:
        return "No way is open, so there is nothing to rank."
    if len(study.on_average.labels) == 1:
        return _only_sentence(study)
    leader = study.leader
    near = f"within {study.regret_on_average.near_usd:,.0f}{NBSP}USD of the cheapest"
    many, one = (
        (_first_text(ranks, leader), odds_text(regret.of(leader).near_share))
        for ranks, regret in (
            (study.ranks_on_average, study.regret_on_average),
            (study.ranks_this_truck, study.regret_this_truck),
        )
    )
    return (
        f"{cost_phrase(study.on_average)}, {_leaders_text(study)}; over many trips {leader} is the cheapest in "
        f"{many[0]} of {counted(study.n, 'future', 'futures')} and {near} in {many[1]}, "
        f"for a single truck in {one[0]} and {one[1]}."
    )


def _only_sentence(study: FuturesStudy) -> str:
    option = study.reliability.options[0]
    usd = usd_range_text(option.usd, is_lower_bound=option.is_lower_bound)
    return (
        f"Option {option.label} is the only open way, so there is nothing to rank: in 8 of 10 of "
        f"{counted(study.n, 'future', 'futures')} it takes {range_text(option.days, decimals=1)}{NBSP}days and costs "
        f"{usd}{NBSP}USD."
    )


def _first_text(ranks: RankAcceptability, label: str) -> str:
    """Share of first ranks, and of those that another option shares."""
    tied = ranks.tied_first_share(label)
    shared = f" (with another option at the same cost in {odds_text(tied)})" if tied >= SHOWN_SHARE else ""
    return f"{odds_text(ranks.first_share(label))}{shared}"


def _leaders_text(study: FuturesStudy) -> str:
    leaders = least_mean_labels(study.on_average.labels, study.on_average.generalised_usd)
    if len(leaders) == 1:
        return f"option {leaders[0]} costs least on average"
    return f"options {joined(leaders)} cost least on average, and the same"


def cost_phrase(outcomes: Outcomes) -> str:
    """What is compared, as the beginning of a sentence: "Counting the cargo's time"."""
    parts = ["the cargo's time"] if outcomes.cargo_usd_per_h else []
    parts += ["the price of carbon"] if outcomes.carbon_usd_per_t else []
    return f"Counting {joined(parts)}" if parts else "Counting money alone"


def variants_sentence(assessment: Assessment, study: FuturesStudy) -> str:
    """How often the best option or one mostly on its roads is cheapest, and the best on other roads; may be empty."""
    rival = assessment.rival
    family = [option.label for option in assessment.options if option.shared_with_best_share >= RIVAL_SHARE_MAX]
    if rival is None or len(family) < 2:
        return ""
    both = study.ranks_on_average, study.ranks_this_truck
    of_family = [sum(ranks.first_share(label) for label in family) for ranks in both]
    of_rival = [ranks.first_share(rival.label) for ranks in both]
    has_more = any(1 - own - other >= SHOWN_SHARE for own, other in zip(of_family, of_rival, strict=True))
    more = f", all on other roads together in {_both_text([1 - share for share in of_family])}" if has_more else ""
    many, one = map(odds_text, of_family)
    return (
        f"{joined(family)} run mostly on the same roads: one of them is the cheapest in {many} over many trips and in "
        f"{one} for a single truck; {rival.label}, the best on other roads, in {_both_text(of_rival)}{more}."
    )


def _both_text(shares: Sequence[float]) -> str:
    return " and ".join(map(odds_text, shares))


def means_sentence(assessment: Assessment, study: FuturesStudy) -> str:
    """Where the futures and the mean inputs do not agree on the best option; else empty."""
    best = assessment.options[0].label
    if study.leader == best:
        return ""
    costs = study.on_average.generalised_usd.mean(axis=0)
    gap_usd = costs[study.on_average.column(best)] - costs[study.on_average.column(study.leader)]
    cost = f"{gap_usd:,.0f}{NBSP}USD of generalised cost less"
    return f"At mean inputs {best} comes first; over the futures {study.leader} costs {cost} on average."


def doubt_sentence(assessment: Assessment, study: FuturesStudy | None) -> str:
    """What stands under a headline that the futures do not bear out; else empty."""
    text = means_sentence(assessment, study) if study and assessment.options else ""
    return f"Not settled: {text[0].lower()}{text[1:]}" if text else ""


def sure_text(assessment: Assessment, study: FuturesStudy | None) -> str:
    """How sure the verdict is: of the roads where several options share them, else of the option; may be empty."""
    return "" if study is None else variants_sentence(assessment, study) or confidence_headline(study)


def confidence_text(assessment: Assessment, study: FuturesStudy | None) -> str:
    """How sure the verdict is, and where the futures do not agree with the mean inputs; may be empty."""
    return "" if study is None else f"{sure_text(assessment, study)} {means_sentence(assessment, study)}".strip()


def unsettled_sentence(assessment: Assessment, study: FuturesStudy) -> str:
    """A warning where the leader has costs that nobody knows and another option has not; else empty."""
    unknown = {option.label: option.ledger.money_cell.unknown for option in assessment.options}
    return "" if all(unknown[study.leader] <= other for other in unknown.values()) else UNSETTLED


def convergence_sentence(convergence: Convergence) -> str:
    """Whether there are enough futures, and which neighbours in the ranking cannot be told apart."""
    if len(convergence.labels) < 2:
        return ""
    if convergence.settled_n is None:
        text = f"Not settled with {counted(convergence.n, 'future', 'futures')}: {_what_moves(convergence)}."
    elif convergence.settled_n == convergence.n:
        text = f"The ranking has settled: the last two doublings, to {convergence.n:,} futures, did not change it."
    else:
        text = f"The ranking has settled: more than {convergence.settled_n:,} futures do not change it."
    return f"{text} {_noise_sentence(convergence.noise_pairs)}".strip()


def _what_moves(convergence: Convergence) -> str:
    """Which of the last doublings moved too much."""
    doublings = convergence.steps[1:][-STEADY_DOUBLINGS:]
    if len(doublings) < STEADY_DOUBLINGS:
        return f"fewer than {FIRST_N << STEADY_DOUBLINGS:,} cannot tell"
    return "; ".join(_moves_text(step) for step in doublings if not step.is_steady)


def _moves_text(step: Step) -> str:
    order = "" if step.has_same_order else "changed the order, "
    points = f"{100 * (step.share_move or 0):.1f}"
    return (
        f"the doubling to {step.n:,} {order}moved shares of first places by up to {points} points and the days of "
        f"19 in 20 by up to {100 * (step.p95_move or 0):.1f}{NBSP}%"
    )


def _noise_sentence(pairs: Sequence[tuple[str, str]]) -> str:
    """Neighbours in a row are one group: A and B, B and C are "A, B and C"."""
    groups: list[list[str]] = []
    for a, b in pairs:
        if groups and groups[-1][-1] == a:
            groups[-1].append(b)
        else:
            groups.append([a, b])
    return f"Within noise of each other: {'; '.join(joined(group) for group in groups)}." if groups else ""
