"""The answer as JSON: totals of every option, without the ledger behind them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from corridor.analysis.assessment import Assessment, Option
from corridor.analysis.attribution import BestFigures
from corridor.evidence import Evidence
from corridor.report.certainty import is_surely_best
from corridor.report.emissions import carbon_method, check_wtw_kg, intensity
from corridor.report.evidence_used import (
    money_grade_shares,
    price_year_shares,
    time_grade_shares,
    weak_share,
)
from corridor.report.measure_rows import measures_document
from corridor.report.naming import country_name
from corridor.report.numerals import with_plain_spaces
from corridor.report.sea_summary import sea_document
from corridor.report.wording import AT_MEANS, headline


def summary_json(assessment: Assessment) -> str:
    """Totals of every option and what a reader must know, as indented JSON."""
    document = {
        "run_id": assessment.run_id,
        "headline": with_plain_spaces(headline(assessment)),
        "label": AT_MEANS,
        "origin": assessment.origin_name,
        "destination": assessment.destination_name,
        "departure": assessment.scenario.trip.departure.isoformat(),
        "evidence_as_of": assessment.evidence.as_of.isoformat(),
        "base_year": assessment.evidence.prices.base_year,
        "co2e_method": with_plain_spaces(carbon_method(assessment)),
        "shortest_km": round(assessment.shortest_km, 1),
        "great_circle_km": round(assessment.great_circle_km, 1),
        "is_surely_best": is_surely_best(assessment.options) if assessment.options else None,
        "rival": assessment.rival.label if assessment.rival else None,
        "countries": _country_names(assessment),
        "options": [_option_summary(option, assessment) for option in assessment.options],
        "closed_options": [_option_summary(option, assessment) for option in assessment.closed_options],
        "unreachable_corridors": dict(sorted(assessment.unreachable_corridors.items())),
        "sea": sea_document(assessment),
        "notes": list(assessment.notes),
        "measures": measures_document(assessment),
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def best_figures(assessment: Assessment) -> BestFigures:
    """The best option as the summary reports it, rounded alike."""
    best = _option_summary(assessment.options[0], assessment)
    return BestFigures(best["generalised_cost_usd"], best["money_usd"], best["time_h"])


def _country_names(assessment: Assessment) -> dict[str, str]:
    """Code -> name of every country in which an option has hours or money."""
    ledgers = [option.ledger for option in assessment.all_options]
    timed = {row.country for ledger in ledgers for row in ledger.time}
    paid = {row.country for ledger in ledgers for row in ledger.money}
    return {code: country_name(code, assessment.evidence) for code in sorted(timed | paid)}


def _option_summary(option: Option, assessment: Assessment) -> dict[str, Any]:
    ledger = option.ledger
    wtw_kg, shortest_km, great_circle_km = ledger.co2e_wtw_kg, assessment.shortest_km, assessment.great_circle_km
    return {
        "label": option.label,
        "corridors": list(option.corridors),
        "chain": [{"crossing": crossing, "direction": direction} for crossing, direction in option.chain],
        "length_km": round(option.length_km, 3),
        "time_h": round(ledger.time_h, 4),
        "money_usd": round(ledger.money_usd, 2),
        "is_lower_bound": ledger.is_lower_bound,
        "unknown_toll_km": {code: round(km, 1) for code, km in ledger.unknown_toll_km.items()},
        "unknown": [{"component": name, "country": code} for name, code in ledger.unknown_components],
        "cargo_time_usd": round(option.cargo_time_usd, 2),
        "carbon_usd": round(option.carbon_usd, 2),
        "generalised_cost_usd": round(option.generalised_cost_usd, 2),
        "co2e_ttw_kg": round(ledger.co2e_ttw_kg, 3),
        "co2e_wtw_kg": round(ledger.co2e_wtw_kg, 3),
        "co2e_is_lower_bound": bool(ledger.ferry_countries),
        "co2e_wtw_g_per_t_km_sfd": _rounded(intensity(wtw_kg, assessment, distance_km=shortest_km)),
        "co2e_wtw_g_per_t_km_gcd": _rounded(intensity(wtw_kg, assessment, distance_km=great_circle_km)),
        "co2e_wtw_kg_glec_default": round(check_wtw_kg(option, assessment), 3),
        "evidence": _evidence_summary(option, assessment.evidence),
        "closed_posts": [
            {"crossing": post.crossing_id, "direction": post.direction, "reason": post.reason}
            for post in option.closed_posts
        ],
    }


def _evidence_summary(option: Option, evidence: Evidence) -> dict[str, Any]:
    """Shares of an option's cost and time by grade, and of its cost by the year of its prices."""
    money, time = money_grade_shares(option, evidence), time_grade_shares(option, evidence)
    return {
        "money_share_on_c_and_d": round(weak_share(money), 4),
        "time_share_on_c_and_d": round(weak_share(time), 4),
        "money_share_by_grade": _rounded_shares(money),
        "time_share_by_grade": _rounded_shares(time),
        "money_share_by_price_year": _rounded_shares(price_year_shares(option, evidence)),
    }


def _rounded_shares(shares: Mapping[str, float]) -> dict[str, float]:
    return {name: round(share, 4) for name, share in shares.items()}


def _rounded(g_per_t_km: float | None) -> float | None:
    return None if g_per_t_km is None else round(g_per_t_km, 2)
