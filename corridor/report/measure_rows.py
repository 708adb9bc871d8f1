"""The section on measures: what each of them is worth for the best option, as printed and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from corridor.analysis.assessment import Assessment, Option
from corridor.analysis.measures import MeasureEffect
from corridor.report.naming import short_post_name
from corridor.report.numerals import HOURS_PER_DAY, NBSP, counted
from corridor.report.verdict import signed
from corridor.report.wording import signed_days, signed_usd
from corridor.scenario import Measure

ALL_TOGETHER = "All together"
NO_WAY = "no way is open"
RULE = (
    "Each row is the trip run anew: the best option with the measure against the best option of the same scenario "
    "without any measure. Minus is less. Costs that nobody knows cancel where both have them."
)


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """One measure, or all together; every cell as printed.

    Parameters
    ----------
    bound : "at least" or the like before differences in USD, empty where they are exact
    best : whether the best option changes, and to which posts
    """

    title: str
    kind: str
    grade: str
    source: str
    range: str
    applied_with: str
    days: str
    usd: str
    generalised_usd: str
    bound: str
    best: str


def build_measure_rows(assessment: Assessment) -> list[MeasureRow]:
    """A row for each measure of the scenario, then one for all of them."""
    measures = {measure.id: measure for measure in assessment.measures}
    return [_row(effect, measures.get(effect.subject), assessment) for effect in assessment.measure_effects]


def _row(effect: MeasureEffect, measure: Measure | None, assessment: Assessment) -> MeasureRow:
    required = [name for name in effect.applied if name != effect.subject] if measure else []
    return MeasureRow(
        title=measure.title if measure else ALL_TOGETHER,
        kind=measure.kind.replace("_", " ") if measure else "",
        grade=measure.grade if measure else "",
        source="; ".join(measure.source) if measure else "",
        range=measure.range.in_words if measure else "",
        applied_with=f"With {', '.join(required)}, which it requires." if required else "",
        days=_shown(effect.time_h, hours=True),
        usd=_shown(effect.money_usd),
        generalised_usd=_shown(effect.generalised_cost_usd),
        bound=effect.bound,
        best=best_text(effect, assessment),
    )


def _shown(difference: float | None, *, hours: bool = False) -> str:
    if difference is None:
        return "–"
    return signed(difference / HOURS_PER_DAY, decimals=2) if hours else signed(difference, decimals=0)


def best_text(effect: MeasureEffect, assessment: Assessment) -> str:
    """Whether the best option passes other posts with the measures, and which."""
    if not effect.is_other_chain:
        return "the same"
    if effect.best_with is None:
        return NO_WAY
    posts = _posts(effect.best_with, assessment)
    return f"opens a way: {posts}" if effect.best_without is None else f"another: {posts}"


def _posts(option: Option, assessment: Assessment) -> str:
    names = [short_post_name(assessment.evidence.crossings[post].name) for post in option.post_ids]
    return " › ".join(names) or "no border post"


def measures_title(assessment: Assessment) -> str:
    """What all measures together bring; for a single one, what it brings."""
    if not assessment.measure_effects:
        return "No measures"
    effect = assessment.measure_effects[-1]
    name = counted(len(assessment.measures), "measure", "measures")
    return f"What if: {name}, {effect_phrase(effect)}"


def effect_phrase(effect: MeasureEffect) -> str:
    """The change of the best option in words: "1.2 days less and 612 USD less of generalised cost"."""
    if effect.time_h is None or effect.generalised_cost_usd is None:
        return NO_WAY + (" without" if effect.best_without is None else " with")
    usd = signed_usd(effect.generalised_cost_usd)
    bound = f" ({effect.bound})" if effect.bound else ""
    return f"{signed_days(effect.time_h)} and {usd} of generalised cost{bound}"


def sum_sentence(effects: Sequence[MeasureEffect]) -> str:
    """How what the measures bring alone compares with what they bring together; empty for fewer than two."""
    alone = [effect.generalised_cost_usd for effect in effects[:-1]]
    together = effects[-1].generalised_cost_usd if effects else None
    known = [usd for usd in alone if usd is not None]
    if len(alone) < 2 or together is None or len(known) < len(alone):
        return ""
    return (
        f"One by one they change the generalised cost of the best option by {signed(sum(known), decimals=0)}{NBSP}USD "
        f"in all, together by {signed(together, decimals=0)}{NBSP}USD."
    )


def measures_document(assessment: Assessment) -> list[dict[str, Any]]:
    """Each measure's effect and that of all together as JSON; None where one of the two sides has no way."""
    measures = {measure.id: measure for measure in assessment.measures}
    return [_effect_document(effect, measures.get(effect.subject)) for effect in assessment.measure_effects]


def _effect_document(effect: MeasureEffect, measure: Measure | None) -> dict[str, Any]:
    return {
        "measure": measure.id if measure else None,
        "title": measure.title if measure else ALL_TOGETHER,
        "grade": measure.grade if measure else None,
        "applied": list(effect.applied),
        "time_h": _rounded(effect.time_h, 4),
        "money_usd": _rounded(effect.money_usd, 2),
        "generalised_cost_usd": _rounded(effect.generalised_cost_usd, 2),
        "usd_bound": effect.bound or "exact",
        "best_option_changes": effect.is_other_chain,
        "best_chain_without": list(effect.best_without.post_ids) if effect.best_without else None,
        "best_chain_with": list(effect.best_with.post_ids) if effect.best_with else None,
    }


def _rounded(number: float | None, digits: int) -> float | None:
    return None if number is None else round(number, digits) + 0.0
