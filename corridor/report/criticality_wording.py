"""Sentences on the posts and legs that a trip cannot easily do without."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from corridor.analysis.assess import terminal_name
from corridor.evidence import Evidence
from corridor.futures.criticality import CriticalityStudy
from corridor.report.naming import country_name, short_post_name
from corridor.report.numerals import NBSP, counted, joined
from corridor.routing.steps import Element

NO_WAY = "no way is left"


def criticality_title(study: CriticalityStudy) -> str:
    """Which post matters most, and how much."""
    head = "Which post matters most"
    isolating = [element for loss in study.at_means.posts if loss.is_isolation for element in loss.without]
    if isolating:
        return f"{head}: without {joined(element_names(isolating, study.evidence))} {NO_WAY}"
    if not study.posts:
        return f"{head}: the best way crosses none"
    first = study.posts[0]
    name = joined(element_names(first.without, study.evidence))
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
    passed = joined(element_names(found.best.post_ids, study.evidence))
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
    sets, size = ", or ".join(joined(element_names(cut, study.evidence)) for cut in cuts), len(cuts[0])
    ends = ends_text(study)
    if size == 1:
        return f"Closed alone, {sets} cuts {ends}."
    pair = f"No pair of posts cuts {ends}. " if size > 2 else ""
    return f"{pair}The fewest posts that cut {ends} when closed together are {sets}: {size} ways share no post."


def legs_sentence(study: CriticalityStudy, post_by_leg: Mapping[Element, str]) -> str:
    """What it means to bar a leg, and which legs are as good as a post.

    Parameters
    ----------
    post_by_leg : legs that are not listed, because a post at one end costs as much
    """
    rule = (
        "Each stretch from one post to the next that the best way of some future uses, barred in turn. Ways by other "
        "posts may still use parts of its road, so a road cut for all costs more."
    )
    if not post_by_leg:
        return rule
    alike = "; ".join(
        f"{element_name(leg, study.evidence)} ({element_name(post, study.evidence)})"
        for leg, post in post_by_leg.items()
    )
    return f"{rule} To bar one of the following costs what it costs to close the post in brackets: {alike}."


def pairs_sentence(study: CriticalityStudy) -> str:
    """Which pairs leave no way, and what pairs cost that are not listed."""
    found = study.at_means
    cutting = "; ".join(pair_text(pair, study.evidence) for pair in found.cutting_pairs)
    told = len(found.pairs) - len(found.telling_pairs)
    sentences = (
        f"Together, each of these pairs cuts {ends_text(study)}: {cutting}." if cutting else "",
        "Not listed again, because to close posts at the ends of the legs costs the same at mean inputs: "
        f"{counted(told, 'pair', 'pairs')} with a leg."
        if told
        else "",
        "Any other pair costs what the dearer of the two costs alone, at mean inputs.",
    )
    return " ".join(sentence for sentence in sentences if sentence)


def proof_sentence(study: CriticalityStudy) -> str:
    """A warning where a search was stopped; else empty."""
    if study.at_means.is_proven:
        return ""
    return "Some searches were stopped early: a better way left may exist, and a loss may be smaller."


def ends_text(study: CriticalityStudy) -> str:
    """The two ends of the trip: "Islamabad from Minsk"."""
    trip = study.scenario.trip
    return " from ".join(terminal_name(study.evidence, name) for name in (trip.origin, trip.destination))


def element_names(elements: Iterable[Element], evidence: Evidence) -> list[str]:
    """Short names of posts and legs."""
    return [element_name(element, evidence) for element in elements]


def element_name(element: Element, evidence: Evidence) -> str:
    """Short name of a post, or of a leg by its ends: "Islamabad – Khunjerab"."""
    if isinstance(element, str):
        return short_post_name(evidence.crossings[element].name)
    return " – ".join(short_post_name(terminal_name(evidence, end)) for end in element)


def post_text(post: str, evidence: Evidence) -> str:
    """A post with its two countries: "Torkham (Afghanistan/Pakistan)"."""
    crossing = evidence.crossings[post]
    countries = sorted(country_name(code, evidence) for code in (crossing.country_a, crossing.country_b))
    return f"{short_post_name(crossing.name)} ({'/'.join(countries)})"


def pair_text(pair: Iterable[Element], evidence: Evidence) -> str:
    """Two posts or legs: "Khunjerab and Taftan", "Khunjerab and the leg Taftan – Astara"."""
    return joined([f"{'' if isinstance(each, str) else 'the leg '}{element_name(each, evidence)}" for each in pair])
