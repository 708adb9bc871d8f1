"""The sliders beside the ranking: what a reader can set, and the parts that the page's script weighs again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from corridor.analysis.assessment import Assessment
from corridor.report.reweighting import BORDER_TIMES_MAX, Parts, build_parts, neutral_weights

CARGO_TIMES_MAX = 4.0
CARBON_USD_PER_T_MAX = 200.0
BORDER_TIMES_MIN = 0.25
PREMIUM_USD_PER_H_MAX = 50.0

RULE = (
    "Driver, vehicle, overhead, the share of the empty way back, fuel burnt in queues and fees by length of stay "
    "follow the border hours. Drivers' rest and the posts as on the day of arrival are held as in the timetable. "
    "Bars, map and all other sections stay at the scenario's values."
)


@dataclass(frozen=True, slots=True)
class Slider:
    """One thing that a reader can set, as it stands on the page.

    Parameters
    ----------
    key : of the script
    name : with its unit
    """

    key: str
    name: str
    least: float
    most: float
    step: float
    value: float
    meaning: str


def build_sliders(assessment: Assessment) -> list[Slider]:
    """Value of time, carbon price, border hours, risk premium; each stands at the scenario's value."""
    carbon = assessment.scenario.criteria.carbon_usd_per_t
    return [
        Slider(
            "cargo", "Value of the cargo's time, USD a day", 0.0, CARGO_TIMES_MAX, 0.05, 1.0,
            f"0 to {CARGO_TIMES_MAX:g} times the scenario's",
        ),
        Slider(
            "carbon", "Carbon price, USD per t CO₂e", 0.0, max(CARBON_USD_PER_T_MAX, carbon),
            1.0 if carbon == round(carbon) else 0.01, carbon, "well to wheel, the empty way back included",
        ),
        Slider(
            "border", "Hours at border posts, times the scenario's", BORDER_TIMES_MIN, BORDER_TIMES_MAX, 0.05, 1.0,
            "queue, both sides, shut doors, waits for a ferry, change of tractor",
        ),
        Slider(
            "premium", "Risk premium, USD per hour at posts", 0.0, PREMIUM_USD_PER_H_MAX, 1.0, 0.0,
            "what you would pay to avoid an hour there beyond its cost: theft, spoilage, missed dates",
        ),
    ]  # fmt: skip


def build_reweighting_data(assessment: Assessment, names: Mapping[str, str]) -> dict[str, Any]:
    """Weights and parts for the page's script.

    Parameters
    ----------
    names : label -> what the ranking calls an option
    """
    neutral = neutral_weights(assessment)
    return {
        "cargoUsdPerDay": neutral.cargo_usd_per_day,
        "options": [_option_data(parts, names[parts.label]) for parts in build_parts(assessment)],
    }


def _option_data(parts: Parts, name: str) -> dict[str, Any]:
    return {
        "label": parts.label,
        "name": name,
        "moneyUsd": parts.money_usd,
        "timeH": parts.time_h,
        "co2eKg": parts.co2e_kg,
        "borderH": parts.border_h,
        "clockUsd": parts.clock_usd,
        "idleUsd": parts.idle_usd,
        "idleKg": parts.idle_kg,
        "returnUsd": parts.return_usd,
        "returnShare": parts.return_share,
        "stays": [{"otherH": s.other_h, "borderH": s.border_h, "feesUsd": s.fees_usd} for s in parts.stays],
    }
