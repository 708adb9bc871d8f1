"""What a reader must be told beside the figures: limits, method, state of the network, uses that are not meant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from math import fsum

from corridor.analysis.assessment import Assessment
from corridor.network.health import SourceFile
from corridor.report.background import SCHEMATIC
from corridor.report.evidence_used import (
    money_grade_shares,
    other_years,
    price_year_shares,
    time_grade_shares,
    weak_share,
)
from corridor.report.numerals import counted, joined, km_text, share_text
from corridor.report.profile import build_post_visits
from corridor.report.wording import AT_MEANS, day_text, unknown_sentence

MISUSE = (
    "It is not for navigation: roads and posts are schematic, and no driver should follow them.",
    "It is not security advice: it says nothing about the safety of a road, a post or a country.",
    "It is not a legal opinion: whether a truck may transit is decided by the authorities of each country.",
)


def limits(assessment: Assessment) -> list[str]:
    """Sentences on what the model does not know, the run's own notes first."""
    unknown = unknown_sentence(assessment)
    return [*assessment.notes, *([unknown] if unknown else []), *_fixed_limits(assessment)]


def _fixed_limits(assessment: Assessment) -> Iterator[str]:
    yield f"Figures of an option are {AT_MEANS}; ranges of days and dollars are where it says how sure we are."
    if assessment.network.is_schematic:
        yield f"{SCHEMATIC} {_length_error_sentence(assessment)}"
    if assessment.network.mapped:
        yield "Rules of the road that hold at some hours only (night bans, seasonal limits) are not applied."
    yield as_known_sentence(assessment)
    estimated = estimated_posts(assessment)
    if estimated:
        yield f"Hours without evidence of the post itself: {joined(estimated)}."


def as_known_sentence(assessment: Assessment) -> str:
    """Up to which day the state of the posts is known."""
    known = assessment.evidence.as_of.isoformat()
    return f"Posts are as known on {known}; for {day_text(assessment)} the last known state is assumed."


def _length_error_sentence(assessment: Assessment) -> str:
    share = assessment.network.length_error_share
    if share is None:
        return "How far off its lengths are is not known: no pair of places with a known distance lies on it."
    return f"Lengths are off by {share_text(share)} on average on pairs of cities that were not used to fit."


def estimated_posts(assessment: Assessment) -> list[str]:
    """Names of posts on any option whose hours are an average of a country or of all posts, or judged."""
    weak = ("country_average", "judged", "global_estimate")
    names = set()
    for option in assessment.all_options:
        for visit in build_post_visits(option, assessment.evidence):
            times = assessment.evidence.crossings[visit.crossing_id].times[visit.direction]
            if any(side.rung in weak for side in (times.queue, times.exit_side, times.entry_side)):
                names.add(visit.name)
    return sorted(names)


def evidence_title(assessment: Assessment) -> str:
    """How much of the best option rests on weak evidence."""
    option = assessment.all_options[0]
    cost = share_text(weak_share(money_grade_shares(option, assessment.evidence)))
    time = share_text(weak_share(time_grade_shares(option, assessment.evidence)))
    return f"Evidence: {cost} of {option.label}'s cost and {time} of its time rest on grades C and D"


def price_year_sentence(assessment: Assessment) -> str:
    """The base year, and how much of the best option's money is in prices of other years."""
    option, base = assessment.all_options[0], assessment.evidence.prices.base_year
    other = other_years(price_year_shares(option, assessment.evidence), base)
    if not other:
        return f"All amounts are in USD at prices of {base}."
    by_year = joined([f"{year} ({share_text(share)})" for year, share in other.items()])
    return (
        f"Base year {base}: an amount is inflated to it where an index of its currency is known. "
        f"{share_text(fsum(other.values()))} of {option.label}'s cost is in prices of other years, {by_year}, "
        "converted at the rates in the table of parameters; the evidence has the share of each option."
    )


def _files_by_day(files: Sequence[SourceFile]) -> str:
    """Names of files by the day of their data."""
    names: dict[str, list[str]] = defaultdict(list)
    for file in files:
        names[file.data_date or "a day that they do not say"].append(file.name)
    return "; ".join(f"data of {day}: {', '.join(names[day])}" for day in sorted(names))


def network_facts(assessment: Assessment) -> list[tuple[str, str]]:
    """What the road network is and how healthy, as name and text."""
    network = assessment.network
    repairs = (f"{kind.replace('_', ' ')}: {number:,}" for kind, number in sorted(network.repairs.items()))
    nodes, edges = counted(network.nodes, "node", "nodes"), counted(network.edges, "edge", "edges")
    files = _files_by_day(network.files)
    return [
        ("Network", network.name),
        ("Made from", f"{network.source}, state of {network.snapshot_of}"),
        *([("Files", files)] if files else []),
        ("Licence", network.licence),
        ("Size", f"{km_text(network.length_km)} of road, {nodes}, {edges}"),
        ("Lengths", _length_error_sentence(assessment)),
        ("Repairs", "; ".join(repairs) or "none"),
    ]
