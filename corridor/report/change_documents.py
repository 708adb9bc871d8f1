"""What would change the answer, with all digits, as JSON has it."""

from __future__ import annotations

from dataclasses import asdict
from math import inf
from typing import Any

from corridor.futures.asked import Asked
from corridor.futures.breakeven import BreakEven, BreakEvenTable
from corridor.futures.indifference import Indifference
from corridor.futures.leverage import LeverageTable
from corridor.futures.rules import Rule
from corridor.futures.sensitivity import Sensitivity
from corridor.futures.switches import Switch


def break_even_document(found: BreakEven) -> dict[str, Any]:
    """A break-even with all digits."""
    return {
        "number": _number_document(found.asked),
        "between": list(found.labels),
        "closed": list(found.closed),
        "futures": found.futures,
        "gap_usd": found.line.gap_usd,
        "gap_error_usd": found.line.error_usd,
        "better_now": found.better_now,
        "has_effect": found.has_effect,
        "is_straight": found.line.is_straight,
        "spread": found.spread,
        "p10": found.likely[0] if found.likely else None,
        "p90": found.likely[1] if found.likely else None,
        "switches": [_switch_document(found, switch) for switch in found.switches],
        "line": [list(point) for point in zip(found.line.values, found.line.gaps_usd, strict=True)],
    }


def _switch_document(found: BreakEven, switch: Switch) -> dict[str, Any]:
    document = asdict(switch) | {
        "is_likely": found.is_likely(switch),
        "distance_sd": found.distance_sd(switch),
        "overtaken_by": found.overtaken_by(switch) or None,
    }
    return {name: None if value == inf else value for name, value in document.items()}


def _number_document(asked: Asked) -> dict[str, Any]:
    """A number; what has no bound has none in JSON either."""
    return {name: None if value == inf else value for name, value in asdict(asked).items()}


def indifference_document(found: Indifference) -> dict[str, Any]:
    """The grid of two numbers and the line on which both options cost the same."""
    return {
        "x": _number_document(found.x),
        "y": _number_document(found.y),
        "between": list(found.labels),
        "closed": list(found.closed),
        "futures": found.futures,
        "x_values": found.x_values.tolist(),
        "y_values": found.y_values.tolist(),
        "gaps_usd": found.gaps_usd.tolist(),
        "contours": [[list(point) for point in line] for line in found.contours],
    }


def leverage_document(table: LeverageTable) -> dict[str, Any]:
    """What each transit country could ask."""
    rows = [
        asdict(row) | {"highest_fees_usd": row.highest_fees_usd if row.detour else None, "detour": row.detour or None}
        for row in table.rows
    ]
    return {"option": table.label, "futures": table.futures, "countries": rows}


def break_evens_document(table: BreakEvenTable, leverage: LeverageTable | None) -> dict[str, Any]:
    """All break-evens of two options, and what each country on the way of the best could ask."""
    return {
        "between": list(table.labels),
        "break_evens": [break_even_document(row) for row in table.rows],
        "leverage": leverage_document(leverage) if leverage else None,
    }


def sensitivity_document(sensitivity: Sensitivity, *, trucks_per_year: float | None = None) -> dict[str, Any]:
    """Everything that would change the answer, with all digits."""
    information = sensitivity.information
    return {
        "between": list(sensitivity.labels),
        "closed": list(sensitivity.closed),
        "futures": sensitivity.futures,
        "gap_usd": sensitivity.gap_usd,
        "share_of_futures_first_is_better": sensitivity.share_a,
        "tornado": {
            "middle_gap_usd": sensitivity.tornado.middle_gap_usd,
            "trips": sensitivity.tornado.trips,
            "bars": sensitivity.tornado.to_frame().to_dict(orient="records"),
        },
        "sobol": {
            "sample_size": sensitivity.indices.sample_size,
            "sd_usd": sensitivity.indices.sd_usd,
            "indices": [asdict(index) | {"is_noise": index.is_noise} for index in sensitivity.indices.indices],
        },
        "information": {
            "options": list(information.labels),
            "chosen": information.chosen,
            "everything_usd_per_truck": information.everything_usd,
            "error_usd": information.error_usd,
            "surveys": information.to_frame(trucks_per_year=trucks_per_year).to_dict(orient="records"),
        },
        "rules": [_rule_document(rule) for rule in sensitivity.rules],
    }


def _rule_document(rule: Rule) -> dict[str, Any]:
    conditions = [
        {
            "variable": condition.variable.id,
            "label": condition.variable.label,
            "side": "above" if condition.is_above else "below",
            "threshold": condition.threshold,
            "unit": condition.variable.unit,
        }
        for condition in rule.conditions
    ]
    return {
        "winner": rule.winner,
        "loser": rule.loser,
        "conditions": conditions,
        "coverage": rule.coverage,
        "density": rule.density,
        "win_share": rule.win_share,
        "inside_share": rule.inside_share,
    }
