"""What re-routing over the whole network has found, in sentences made from numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from corridor.evidence import Evidence
from corridor.futures.route_check import RouteCheck
from corridor.report.naming import short_post_name
from corridor.report.numerals import NBSP, counted, joined, usd_text
from corridor.report.sections import Section

HEADER = ("saving by the cheapest way", "share of its cost", "USD")
TITLE = "Roads inside a country, searched anew"


def check_section(check: RouteCheck, evidence: Evidence) -> Section:
    """The whole finding as a section of a page: sentences, and a table of the gap."""
    return Section(TITLE, " ".join(check_sentences(check, evidence)), HEADER, tuple(gap_rows(check)))


def check_sentences(check: RouteCheck, evidence: Evidence) -> list[str]:
    """How often a cheaper way exists, an example, what was not searched, and chains that are not listed."""
    sentences = [
        _basis_sentence(check),
        _frequency_sentence(check),
        _example_sentence(check, evidence),
        _left_out_sentence(check),
        _unlisted_sentence(check, evidence),
    ]
    return [sentence for sentence in sentences if sentence]


def limits_sentence(check: RouteCheck) -> str:
    """One sentence for the limits of a report."""
    futures, shares = counted(check.futures, "future", "futures"), check.quantiles()
    median, most = percent_text(shares["median"]), percent_text(shares["maximum"])
    if not shares["maximum"]:
        return f"Roads between two posts are those that are best at mean inputs; in {futures} none was better."
    return (
        "Roads between two posts are those that are best at mean inputs; with all roads searched anew in "
        f"{futures}, the cheapest way costs {median} less at the median and {most} less at most."
    )


def gap_rows(check: RouteCheck) -> list[tuple[str, ...]]:
    """Median, P95, P99 and maximum of the gap, as a share and in USD."""
    names = {"median": "median", "p95": "P95", "p99": "P99", "maximum": "largest"}
    shares, usd = check.quantiles(), check.quantiles_usd()
    return [(text, percent_text(shares[name]), f"{usd[name]:,.2f}") for name, text in names.items()]


def percent_text(share: float) -> str:
    """A small share with two decimals; nothing is "0 %", and less than a hundredth stays visible.

    Examples
    --------
    >>> [percent_text(share).replace(NBSP, " ") for share in (0.0, 0.00001, 0.00224)]
    ['0 %', '<0.01 %', '0.22 %']
    """
    if not share:
        return f"0{NBSP}%"
    return f"<0.01{NBSP}%" if share < 5e-5 else f"{100 * share:.2f}{NBSP}%"


def _basis_sentence(check: RouteCheck) -> str:
    luck = "with the luck of a single truck" if check.has_luck else "with the luck of single trucks averaged out"
    return (
        f"All roads and open posts were searched anew at the prices, speeds and waits of "
        f"{counted(check.futures, 'future', 'futures')}, {luck}."
    )


def _frequency_sentence(check: RouteCheck) -> str:
    cheaper, chains = int(check.is_cheaper.sum()), int(check.is_other_chain.sum())
    if not cheaper:
        return "In none of them is there a cheaper way than the best over the roads that the run uses."
    posts = f", in {chains} by other posts" if chains else ", always between the same posts"
    return f"In {cheaper} of them there is a cheaper way than the best over the roads that the run uses{posts}."


def _example_sentence(check: RouteCheck, evidence: Evidence) -> str:
    worst = int(np.argmax(check.gap_usd))
    if not check.is_cheaper[worst]:
        return ""
    way = chain_text(check.rerouted_chains[worst], evidence)
    instead = (
        f"by {way} in place of {chain_text(check.fixed_chains[worst], evidence)}"
        if check.is_other_chain[worst]
        else f"on other roads between the same posts ({way})"
    )
    saved_usd = float(check.gap_usd[worst])
    usd = usd_text(saved_usd, is_lower_bound=False) if saved_usd >= 1 else f"less than 1{NBSP}USD"
    return f"The largest saving, {usd}, is {instead}."


def _unlisted_sentence(check: RouteCheck, evidence: Evidence) -> str:
    """How often a chain of posts that is not listed costs less than all options, by how much, and which."""
    chains = [chain for chain in check.best_unlisted if chain is not None]
    if not chains:
        return "In none of them does a chain of posts that is not listed cost less than all options."
    shares = check.unlisted_gap_share[check.unlisted_gap_share > 0]
    median, most = percent_text(float(np.median(shares))), percent_text(float(shares.max()))
    chain, number = min(Counter(chains).items(), key=lambda item: (-item[1], item[0]))
    return (
        f"In {len(chains)} of them a chain of posts that is not listed costs less than all options, with rest by the "
        f"timetable: {median} less at the median and {most} at most. The most frequent of those chains is "
        f"{chain_text(chain, evidence)}, {counted(number, 'time', 'times')}."
    )


def _left_out_sentence(check: RouteCheck) -> str:
    """Which options change the tractor, so that roads were not searched anew for them."""
    if not check.left_out:
        return ""
    options = "option" if len(check.left_out) == 1 else "options"
    verb = "changes" if len(check.left_out) == 1 else "change"
    return f"Chains with a change of tractor were not searched anew: {options}{NBSP}{joined(check.left_out)} {verb} it."


def chain_text(chain: Sequence[str], evidence: Evidence) -> str:
    """Names of posts in order of travel: "Taftan > Astara"; "no post" where there is none."""
    return " > ".join(short_post_name(evidence.crossings[post].name) for post in chain) or "no post"
