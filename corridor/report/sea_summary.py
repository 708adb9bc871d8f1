"""The sea benchmark as JSON."""

from __future__ import annotations

from typing import Any

from corridor.analysis.assessment import Assessment, Option
from corridor.analysis.sea_ways import SeaWay, TruckLeg
from corridor.report.sea_rows import crossover_of


def sea_document(assessment: Assessment) -> dict[str, Any]:
    """Ways by sea with their parts, and when the best way by road wins against each."""
    road = assessment.all_options[0]
    return {
        "road_option": road.label,
        "road_money_usd": round(road.ledger.money_usd, 2),
        "road_time_h": round(road.ledger.time_h, 4),
        "ways": [_way(way, road) for way in assessment.sea.ways],
        "missing": dict(sorted(assessment.sea.missing.items())),
        "reason": assessment.sea.reason,
    }


def _way(way: SeaWay, road: Option) -> dict[str, Any]:
    crossover = crossover_of(way, road)
    return {
        "port": way.port,
        "time_h": round(way.time_h, 4),
        "sail_h": round(way.sail_h, 4),
        "port_h": round(way.port_h, 4),
        "money_usd": round(way.money_usd, 2),
        "freight_usd": way.voyage.freight_usd.value,
        "handling_usd": way.voyage.handling_usd.value,
        "truck_usd": round(way.truck_usd, 2),
        "is_lower_bound": bool(way.unknown),
        "unknown": list(way.unknown),
        "generalised_cost_usd": round(way.generalised_cost_usd, 2),
        "truck_co2e_wtw_kg": round(way.truck_co2e_wtw_kg, 3),
        "ship_co2e_wtw_kg": None,
        "road_wins": crossover.road_wins,
        "crossover_usd_per_day": None if crossover.usd_per_day is None else round(crossover.usd_per_day, 2),
        "truck_legs": [_leg(leg) for leg in way.truck_legs],
    }


def _leg(leg: TruckLeg) -> dict[str, Any]:
    return {
        "from": leg.start_name,
        "to": leg.end_name,
        "plates": list(leg.plates),
        "chain": [{"crossing": crossing, "direction": direction} for crossing, direction in leg.chain],
        "entry_assumed": list(leg.assumed),
        "length_km": round(leg.length_km, 3),
        "time_h": round(leg.ledger.time_h, 4),
        "money_usd": round(leg.ledger.money_usd, 2),
    }
