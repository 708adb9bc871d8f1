"""The sections on posts, legs and pairs that a trip cannot easily do without, cell by cell."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from corridor.analysis.losses import Loss
from corridor.futures.choice import SpreadLoss
from corridor.futures.criticality import CriticalityStudy
from corridor.report.criticality_wording import (
    NO_WAY,
    criticality_title,
    cut_sentence,
    element_name,
    element_names,
    legs_sentence,
    pair_text,
    pairs_sentence,
    post_text,
    proof_sentence,
    rule_sentence,
    spare_sentence,
)
from corridor.report.numerals import HOURS_PER_DAY, KG_PER_T, counted, share_text
from corridor.report.sections import Section
from corridor.report.verdict import signed
from corridor.routing.steps import Element, posts_among

LEAST_SHOWN_USD = 1.0
"""Posts and legs whose mean loss is below this are counted, not listed."""

MOST_SHOWN = 10
"""So many legs and pairs are listed, the others counted."""

NONE = "–"
AS_NOW = "as now"
HEADER = (
    "On the best way in", "Loss at mean inputs, USD", "Mean loss, USD", "Loss in 9 of 10 futures below, USD",
    "Days more", "Days more that 9 of 10 trucks need", "t CO₂e more", "Best way left at mean inputs",
)  # fmt: skip


def build_criticality_sections(study: CriticalityStudy) -> list[Section]:
    """Posts, then legs and pairs where there are any."""
    legs = [leg_section(study)] if study.at_means.posts else []
    pairs = [pair_section(study)] if study.at_means.telling_pairs else []
    return [post_section(study), *legs, *pairs]


def post_section(study: CriticalityStudy) -> Section:
    """Which post matters most: those that leave no way, then the others by their mean loss over the futures."""
    shown = [loss for loss in study.posts if loss.generalised_usd >= LEAST_SHOWN_USD]
    text = _text(
        rule_sentence(study),
        spare_sentence(study),
        _rest_sentence(study.posts[len(shown) :], "post", "posts"),
        cut_sentence(study),
        proof_sentence(study),
    )
    rows = [_isolating_row(_post_cell(loss, study), loss, study) for loss in study.at_means.posts if loss.is_isolation]
    rows += [_row(_post_cell(loss, study), loss, study) for loss in shown]
    return Section(criticality_title(study), text, ("Post", *HEADER) if rows else (), tuple(rows))


def leg_section(study: CriticalityStudy) -> Section:
    """Legs that cost less than the posts at their ends: those that leave no way, then by mean loss over the futures."""
    post_by_leg = _legs_as_dear_as_posts(study)
    own = [leg for leg in study.legs if leg.without[0] not in post_by_leg]
    shown = [leg for leg in own if leg.generalised_usd >= LEAST_SHOWN_USD][:MOST_SHOWN]
    text = _text(legs_sentence(study, post_by_leg), _rest_sentence(own[len(shown) :], "leg", "legs"))
    rows = [_isolating_row(_leg_cell(loss, study), loss, study) for loss in study.at_means.legs if loss.is_isolation]
    rows += [_row(_leg_cell(loss, study), loss, study) for loss in shown]
    title = "Legs that matter beside the posts at their ends"
    return Section(title, text, ("Leg", *HEADER) if rows else (), tuple(rows))


def _legs_as_dear_as_posts(study: CriticalityStudy) -> dict[Element, str]:
    """Leg worth showing -> the post at one of its ends that costs the same to the dollar."""
    large = [leg for leg in study.legs if leg.generalised_usd >= LEAST_SHOWN_USD]
    posts = {leg.without[0]: study.post_like(leg, within_usd=LEAST_SHOWN_USD) for leg in large}
    return {leg: post for leg, post in posts.items() if post is not None}


def pair_section(study: CriticalityStudy) -> Section:
    """Pairs that cost more than the dearer of the two alone: those that leave no way, then by mean loss."""
    found = study.at_means
    telling = {pair.without for pair in found.telling_pairs}
    pairs = [pair for pair in study.pairs if pair.without in telling]
    cut = [pair for pair in found.telling_pairs if pair.is_isolation]
    rows = [_isolating_row(pair_text(pair.without, study.evidence), pair, study) for pair in cut]
    rows += [_row(pair_text(pair.without, study.evidence), pair, study) for pair in pairs[:MOST_SHOWN]]
    text = _text(_rest_sentence(pairs[MOST_SHOWN:], "pair", "pairs"), pairs_sentence(study))
    return Section("Pairs that cost more together", text, ("Pair", *HEADER), tuple(rows))


def _text(*sentences: str) -> str:
    return " ".join(sentence for sentence in sentences if sentence)


def _rest_sentence(rest: Sequence[SpreadLoss], one: str, many: str) -> str:
    """How many are not listed, greatest first, and what they cost at most; empty where there are none."""
    if not rest:
        return ""
    most_usd = f"{ceil(rest[0].generalised_usd):,} USD"
    return f"Not listed: {counted(len(rest), one, many)} with a mean loss of at most {most_usd}."


def _post_cell(loss: Loss | SpreadLoss, study: CriticalityStudy) -> str:
    (post,) = posts_among(loss.without)
    return post_text(post, study.evidence)


def _leg_cell(loss: Loss | SpreadLoss, study: CriticalityStudy) -> str:
    return element_name(loss.without[0], study.evidence)


def _isolating_row(name: str, loss: Loss, study: CriticalityStudy) -> tuple[str, ...]:
    asked = " (the scenario asks for it)" if set(loss.without) & set(study.scenario.routes.via) else ""
    return (name, share_text(1.0), *[NONE] * 6, NO_WAY + asked)


def _row(name: str, loss: SpreadLoss, study: CriticalityStudy) -> tuple[str, ...]:
    at_means = _at_means(loss, study)
    return (
        name,
        share_text(loss.use_share),
        _usd(at_means.generalised_usd if at_means else 0.0),
        _usd(loss.generalised_usd),
        _usd(loss.p90_generalised_usd),
        _days(loss.time_h),
        _days(loss.p90_time_h),
        _tonnes(loss.co2e_wtw_kg),
        _way_left(at_means, study),
    )


def _at_means(loss: SpreadLoss, study: CriticalityStudy) -> Loss | None:
    """The same loss at mean inputs; None where the best way there does without these posts and legs."""
    return next((each for each in study.at_means.losses if each.without == loss.without), None)


def _way_left(loss: Loss | None, study: CriticalityStudy) -> str:
    if loss is None:
        return AS_NOW
    return " › ".join(element_names(loss.way.post_ids, study.evidence)) or "no post" if loss.way else NO_WAY


def _usd(usd: float | None) -> str:
    return NONE if usd is None else f"{usd:,.0f}"


def _days(hours: float) -> str:
    return signed(hours / HOURS_PER_DAY, decimals=1)


def _tonnes(kg: float) -> str:
    return signed(kg / KG_PER_T, decimals=1)
