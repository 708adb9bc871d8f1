"""Sentences on the posts that a trip cannot easily do without."""

from __future__ import annotations

from collections.abc import Iterable

from corridor.analysis.assess import terminal_name
from corridor.evidence import Evidence
from corridor.futures.criticality import CriticalityStudy
from corridor.report.naming import country_name, short_post_name
from corridor.report.numerals import NBSP, counted, joined

NO_WAY = "no way is left"


def criticality_title(study: CriticalityStudy) -> str:
    """Which post matters most, and how much."""
    head = "Which post matters most"
    isolating = [post for loss in study.at_means.posts if loss.is_isolation for post in loss.without]
    if isolating:
        return f"{head}: without {joined(post_names(isolating, study.evidence))} {NO_WAY}"
    if not study.posts:
        return f"{head}: the best way crosses none"
    first = study.posts[0]
    name = joined(post_names(first.without, study.evidence))
    return f"{head}: to do without {name} costs {first.generalised_usd:,.0f}{NBSP}USD a truck"


def rule_sentence(study: CriticalityStudy) -> str:
    """What is closed, what is counted, and over what."""
    futures = counted(study.futures, "future", "futures")
    return (
        "Each post is closed in turn and the truck takes the best way left; the loss is what it then costs more in "
        f"money, the cargo's time and carbon together. Means are over {futures} of what nobody knows exactly; in each "
        "the truck takes the way that is best there on average, whether or not the run lists it. Rest follows the "
        "smooth rule; costs that nobody knows count 0."
    )


def spare_sentence(study: CriticalityStudy) -> str:
    """Which posts the best way passes at mean inputs, and that the others cost nothing there."""
    found = study.at_means
    passed = joined(post_names(found.best.post_ids, study.evidence))
    if not passed:
        return "At mean inputs the best way passes no post."
    if not found.spare_posts:
        return f"At mean inputs the best way passes {passed}; no other open post is of use."
    spare = counted(len(found.spare_posts), "other open post", "other open posts")
    return (
        f"At mean inputs the best way passes {passed}. To close one of the {spare} alone costs nothing there; it may "
        "in a future in which the best way is another."
    )


def cut_sentence(study: CriticalityStudy) -> str:
    """The fewest posts that leave no way; empty where no post has to be passed."""
    cuts = study.at_means.cuts
    if not cuts:
        return ""
    sets, size = ", or ".join(joined(post_names(cut, study.evidence)) for cut in cuts), len(cuts[0])
    ends = ends_text(study)
    if size == 1:
        return f"Closed alone, {sets} cuts {ends}."
    pair = f"No pair of posts cuts {ends}. " if size > 2 else ""
    return f"{pair}The fewest posts that cut {ends} when closed together are {sets}: {size} ways share no post."


def pairs_sentence(study: CriticalityStudy) -> str:
    """What pairs cost that are not listed, and which pairs leave no way."""
    rule = "Any pair that is not listed costs what the dearer of the two costs alone, at mean inputs."
    cutting = "; ".join(pair_text(pair, study.evidence) for pair in study.at_means.cutting_pairs)
    return f"Closed together, each of these pairs cuts {ends_text(study)}: {cutting}. {rule}" if cutting else rule


def proof_sentence(study: CriticalityStudy) -> str:
    """A warning where a search was stopped; else empty."""
    if study.at_means.is_proven:
        return ""
    return "Some searches were stopped early: a better way left may exist, and a loss may be smaller."


def ends_text(study: CriticalityStudy) -> str:
    """The two ends of the trip: "Islamabad from Minsk"."""
    trip = study.scenario.trip
    return " from ".join(terminal_name(study.evidence, name) for name in (trip.origin, trip.destination))


def post_names(posts: Iterable[str], evidence: Evidence) -> list[str]:
    """Short names of posts."""
    return [short_post_name(evidence.crossings[post].name) for post in posts]


def post_text(post: str, evidence: Evidence) -> str:
    """A post with its two countries: "Torkham (Afghanistan/Pakistan)"."""
    crossing = evidence.crossings[post]
    countries = sorted(country_name(code, evidence) for code in (crossing.country_a, crossing.country_b))
    return f"{short_post_name(crossing.name)} ({'/'.join(countries)})"


def pair_text(posts: Iterable[str], evidence: Evidence) -> str:
    """Two posts: "Khunjerab and Taftan"."""
    return joined(post_names(posts, evidence))


def leg_text(ends: Iterable[str], evidence: Evidence) -> str:
    """A leg by its ends: "Islamabad – Khunjerab"."""
    return " – ".join(short_post_name(terminal_name(evidence, end)) for end in ends)
