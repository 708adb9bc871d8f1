"""The sections on posts, pairs and legs that a trip cannot easily do without, cell by cell."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from corridor.analysis.losses import Loss
from corridor.costs.money_cell import Reading
from corridor.futures.criticality import CriticalityStudy, SpreadLoss
from corridor.report.criticality_wording import (
    NO_WAY,
    criticality_title,
    cut_sentence,
    leg_text,
    pair_text,
    pairs_sentence,
    post_names,
    post_text,
    proof_sentence,
    rule_sentence,
    spare_sentence,
)
from corridor.report.explaining import SIGNS_KEY
from corridor.report.numerals import HOURS_PER_DAY, KG_PER_T, counted, share_text
from corridor.report.sections import Section
from corridor.report.verdict import signed

LEAST_SHOWN_USD = 1.0
"""Posts whose mean loss is below this are counted, not listed."""

NONE = "–"
AS_NOW = "as now"
POST_HEADER = (
    "Post", "On the best way in", "Loss at mean inputs, USD", "Mean loss, USD", "Loss in 9 of 10 futures below, USD",
    "Days more", "Days more that 9 of 10 trucks need", "t CO₂e more", "Best way left at mean inputs",
)  # fmt: skip
PAIR_HEADER = (
    "Posts", "Loss at mean inputs, USD", "Mean loss, USD", "Loss in 9 of 10 futures below, USD", "Days more",
    "t CO₂e more", "Best way left at mean inputs",
)  # fmt: skip
LEG_HEADER = ("Leg", "Loss, USD", "of which money, USD", "Days more", "t CO₂e more", "Best way left")

MONEY_SIGNS: Mapping[Reading, str] = MappingProxyType(
    {"exact": "", "at least": "≥ ", "at most": "≤ ", "not settled": "? "}
)


def build_criticality_sections(study: CriticalityStudy) -> list[Section]:
    """Posts, then pairs and legs where there are any."""
    pairs = [pair_section(study)] if study.at_means.pairs else []
    legs = [leg_section(study)] if study.at_means.posts else []
    return [post_section(study), *pairs, *legs]


def post_section(study: CriticalityStudy) -> Section:
    """Which post matters most: those that leave no way, then the others by their mean loss over the futures."""
    shown = [loss for loss in study.posts if loss.generalised_usd >= LEAST_SHOWN_USD]
    small = len(study.posts) - len(shown)
    sentences = (
        rule_sentence(study),
        spare_sentence(study),
        f"Not listed: {counted(small, 'post', 'posts')} with a mean loss below 1 USD." if small else "",
        cut_sentence(study),
        proof_sentence(study),
    )
    rows = [_isolating_row(loss, study) for loss in study.at_means.posts if loss.is_isolation]
    rows += [_post_row(loss, study) for loss in shown]
    text = " ".join(sentence for sentence in sentences if sentence)
    return Section(criticality_title(study), text, POST_HEADER if rows else (), tuple(rows))


def _isolating_row(loss: Loss, study: CriticalityStudy) -> tuple[str, ...]:
    asked = " (the scenario asks for it)" if set(loss.without) & set(study.scenario.routes.via) else ""
    return (post_text(loss.without[0], study.evidence), share_text(1.0), *[NONE] * 6, NO_WAY + asked)


def _post_row(loss: SpreadLoss, study: CriticalityStudy) -> tuple[str, ...]:
    at_means = _at_means(loss, study)
    return (
        post_text(loss.without[0], study.evidence),
        share_text(loss.use_share),
        _usd(at_means.generalised_usd if at_means else 0.0),
        _usd(loss.generalised_usd),
        _usd(loss.p90_generalised_usd),
        _days(loss.time_h),
        _days(loss.p90_time_h),
        _tonnes(loss.co2e_wtw_kg),
        _way_left(at_means, study),
    )


def pair_section(study: CriticalityStudy) -> Section:
    """Pairs that cost more than the dearer of their posts alone: those that leave no way, then by mean loss."""
    rows = [
        (pair_text(loss.without, study.evidence), *[NONE] * 5, NO_WAY)
        for loss in study.at_means.pairs
        if loss.is_isolation
    ]
    rows += [_pair_row(loss, study) for loss in study.pairs]
    return Section("Pairs of posts that cost more together", pairs_sentence(study), PAIR_HEADER, tuple(rows))


def _pair_row(loss: SpreadLoss, study: CriticalityStudy) -> tuple[str, ...]:
    at_means = _at_means(loss, study)
    return (
        pair_text(loss.without, study.evidence),
        _usd(at_means.generalised_usd if at_means else 0.0),
        _usd(loss.generalised_usd),
        _usd(loss.p90_generalised_usd),
        _days(loss.time_h),
        _tonnes(loss.co2e_wtw_kg),
        _way_left(at_means, study),
    )


def leg_section(study: CriticalityStudy) -> Section:
    """Each stretch of the best way, barred in turn, in the order of travel."""
    rows = tuple(_leg_row(loss, study) for loss in study.at_means.legs)
    text = (
        "Each stretch of the best way from one post to the next, barred in turn, at mean inputs. Ways by other posts "
        "may still use parts of its road, so a road cut for all costs more."
    )
    key = f" {SIGNS_KEY}" if any(row[2][:1] in "≥≤?" for row in rows) else ""
    return Section("Legs of the best way, barred in turn", text + key, LEG_HEADER, rows)


def _leg_row(loss: Loss, study: CriticalityStudy) -> tuple[str, ...]:
    name = leg_text(loss.without, study.evidence)
    if loss.money is None:
        return (name, *[NONE] * 4, NO_WAY)
    return (
        name,
        _usd(loss.generalised_usd),
        MONEY_SIGNS[loss.money.reading] + signed(loss.money.known_usd, decimals=0),
        _days(loss.time_h),
        _tonnes(loss.co2e_wtw_kg),
        _way_left(loss, study),
    )


def _at_means(loss: SpreadLoss, study: CriticalityStudy) -> Loss | None:
    """The same loss at mean inputs; None where the best way there does without these posts."""
    known = {each.without: each for each in (*study.at_means.posts, *study.at_means.pairs)}
    return known.get(loss.without)


def _way_left(loss: Loss | None, study: CriticalityStudy) -> str:
    if loss is None:
        return AS_NOW
    return " › ".join(post_names(loss.way.post_ids, study.evidence)) or "no post" if loss.way else NO_WAY


def _usd(usd: float | None) -> str:
    return NONE if usd is None else f"{usd:,.0f}"


def _days(hours: float | None) -> str:
    return NONE if hours is None else signed(hours / HOURS_PER_DAY, decimals=1)


def _tonnes(kg: float | None) -> str:
    return NONE if kg is None else signed(kg / KG_PER_T, decimals=1)
