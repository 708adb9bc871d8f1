"""The section "Against the sea": every way by a port beside the best way by road, cell by cell."""

from __future__ import annotations

from dataclasses import dataclass

from corridor.analysis.assessment import Assessment, Option
from corridor.analysis.sea_ways import Crossover, SeaWay, TruckLeg, find_crossover
from corridor.evidence import Evidence, figures_of_voyage
from corridor.report.evidence_used import UsedFigure
from corridor.report.naming import country_name, short_post_name
from corridor.report.numerals import HOURS_PER_DAY, KG_PER_T, NBSP, days_text, km_text, usd_text

SEA_METHOD = (
    "One container of 40 ft takes the load of one truck. Each truck leg is priced by the same model as the road, "
    "behind a tractor of the country where it begins. Unknown parts count 0, and the CO₂e of the ship is unknown."
)


@dataclass(frozen=True, slots=True)
class SeaRow:
    """One way by sea, every cell as printed."""

    port: str
    legs: tuple[str, ...]
    usd: str
    is_lower_bound: bool
    usd_parts: str
    days: str
    day_parts: str
    generalised: str
    co2e: str
    road_wins: str
    unknown: str
    assumed: str


def build_sea_rows(assessment: Assessment) -> list[SeaRow]:
    """Ways by sea, least generalised cost first."""
    best = assessment.all_options[0]
    return [_sea_row(way, best, assessment.evidence) for way in assessment.sea.ways]


def _sea_row(way: SeaWay, road: Option, evidence: Evidence) -> SeaRow:
    truck_h = way.time_h - way.sail_h - way.port_h
    freight = "unknown" if way.voyage.freight_usd.value is None else usd_text(way.sea_usd, is_lower_bound=False)
    return SeaRow(
        port=way.port_name,
        legs=tuple(leg_text(leg, evidence) for leg in way.truck_legs),
        usd=f"{way.money_usd:,.0f}",
        is_lower_bound=bool(way.unknown),
        usd_parts=f"freight {freight}, trucks {way.truck_usd:,.0f}{NBSP}USD",
        days=f"{way.time_h / HOURS_PER_DAY:.1f}",
        day_parts=f"sea {_days(way.sail_h)}, ports {_days(way.port_h)}, trucks {_days(truck_h)}",
        generalised=f"{way.generalised_cost_usd:,.0f}",
        co2e=f"{way.truck_co2e_wtw_kg / KG_PER_T:.1f}",
        road_wins=crossover_text(crossover_of(way, road)),
        unknown=", ".join(part for part in way.unknown if "(" not in part),
        assumed=", ".join(sorted({entry for leg in way.truck_legs for entry in leg.assumed})),
    )


def _days(hours: float) -> str:
    return f"{hours / HOURS_PER_DAY:.1f}"


def leg_text(leg: TruckLeg, evidence: Evidence) -> str:
    """A truck leg: "Klaipeda to Minsk by Burachki, 970 km, tractors from Lithuania"."""
    posts = [short_post_name(evidence.crossings[post].name) for post, _ in leg.chain]
    by = f" by {', '.join(posts)}" if posts else ""
    plates = " then ".join(country_name(plate, evidence) for plate in leg.plates)
    return f"{leg.start_name} to {leg.end_name}{by}, {km_text(leg.length_km)}, tractors from {plates}"


def crossover_of(way: SeaWay, road: Option) -> Crossover:
    """At which value of time a road option wins against a way by sea, known money counted."""
    return find_crossover(
        road_usd=road.ledger.money_usd, road_h=road.ledger.time_h, sea_usd=way.money_usd, sea_h=way.time_h
    )


def crossover_text(crossover: Crossover) -> str:
    """When the road wins: "at any value of time", "never", "above 101 USD a day"."""
    if crossover.usd_per_day is None:
        return {"always": "at any value of time", "never": "never"}[crossover.road_wins]
    return f"{crossover.road_wins} {crossover.usd_per_day:,.0f}{NBSP}USD a day"


def sea_title(assessment: Assessment) -> str:
    """How long and how dear the best way by sea is beside the road."""
    if not assessment.sea.ways:
        return "Against the sea: no comparison"
    road, way = assessment.all_options[0], assessment.sea.ways[0]
    cost = usd_text(way.money_usd, is_lower_bound=bool(way.unknown))
    return (
        f"Against the sea: {days_text(way.time_h)} and {cost} by {way.port_name}, "
        f"{days_text(road.ledger.time_h)} and "
        f"{usd_text(road.ledger.money_usd, is_lower_bound=road.ledger.is_lower_bound)} by road"
    )


def cargo_time_sentence(assessment: Assessment) -> str:
    """What a day of this cargo is worth, to be read beside the crossovers."""
    if not assessment.sea.ways:
        return ""
    usd_per_day = assessment.sea.ways[0].cargo_usd_per_h * HOURS_PER_DAY
    return (
        f"Road wins where a day of the cargo is worth more (or less) than the value in the last column; a day of this "
        f"cargo is worth {usd_per_day:,.0f}{NBSP}USD. Truck and driver hours are in the money of both."
    )


def missing_ports(assessment: Assessment) -> list[str]:
    """Ports without figures, with the reason."""
    return [f"{port}: {reason}." for port, reason in sorted(assessment.sea.missing.items())]


def build_voyage_rows(assessment: Assessment) -> list[UsedFigure]:
    """What the voyages rest on, port by port; unknown figures have no source."""
    ways = sorted(assessment.sea.ways, key=lambda way: way.port)
    return [
        UsedFigure(figure, (), ())
        for way in ways
        for figure in figures_of_voyage(way.voyage, port=way.port, way=way.way, port_name=way.port_name)
    ]
