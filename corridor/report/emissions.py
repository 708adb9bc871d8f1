"""Emissions as the report prints them: totals, intensities on two distances, a check, and the method beside them."""

from __future__ import annotations

from dataclasses import dataclass
from math import fsum

from corridor.analysis.assessment import Assessment, Option
from corridor.costs.carbon import default_co2e_kg, intensity_g_per_t_km
from corridor.evidence import Evidence
from corridor.report.naming import country_name
from corridor.report.numerals import NBSP, joined, km_text, share_text, tonnes_text

METHOD = (
    "Method: the logic of ISO 14083:2023 and the GLEC Framework v3. Litres burnt, those that cost counts, times kg "
    "CO₂e per litre, tank to wheel (TTW) and well to wheel (WTW)."
)

OUT_OF_SCOPE = (
    "Out of scope: refrigeration and refrigerants, the making of vehicles and roads, biogenic and black carbon."
)


@dataclass(frozen=True, slots=True)
class CarbonRowText:
    """CO2e of one option: litres, totals, intensities per t-km, and the GLEC default beside them."""

    label: str
    fuel: str
    ttw: str
    wtw: str
    ttw_intensity: str
    wtw_intensity: str
    wtw_intensity_gcd: str
    check: str


def build_carbon_rows(assessment: Assessment) -> list[CarbonRowText]:
    """CO2e of every option; intensities per t-km of the shortest feasible and of the great-circle distance."""
    return [_carbon_row(option, assessment) for option in assessment.all_options]


def _carbon_row(option: Option, assessment: Assessment) -> CarbonRowText:
    ledger = option.ledger
    bound = "≥ " if ledger.ferry_countries else ""
    ttw_kg, wtw_kg, shortest_km = ledger.co2e_ttw_kg, ledger.co2e_wtw_kg, assessment.shortest_km
    return CarbonRowText(
        label=option.label,
        fuel=f"{fsum(row.fuel_l for row in ledger.carbon):,.0f}",
        ttw=bound + tonnes_text(ttw_kg),
        wtw=bound + tonnes_text(wtw_kg),
        ttw_intensity=bound + _intensity_text(intensity(ttw_kg, assessment, distance_km=shortest_km)),
        wtw_intensity=bound + _intensity_text(intensity(wtw_kg, assessment, distance_km=shortest_km)),
        wtw_intensity_gcd=bound
        + _intensity_text(intensity(wtw_kg, assessment, distance_km=assessment.great_circle_km)),
        check=tonnes_text(check_wtw_kg(option, assessment)),
    )


def intensity(co2e_kg: float, assessment: Assessment, *, distance_km: float) -> float | None:
    """Emissions in g CO2e per t-km of the scenario's cargo; None where nothing is moved from one point to another."""
    if distance_km <= 0:
        return None
    return intensity_g_per_t_km(co2e_kg, mass_t=assessment.scenario.cargo.mass_t, distance_km=distance_km)


def _intensity_text(g_per_t_km: float | None) -> str:
    return "–" if g_per_t_km is None else f"{g_per_t_km:.0f}"


def check_wtw_kg(option: Option, assessment: Assessment) -> float:
    """Well-to-wheel kg CO2e by the GLEC default, its uplift weighted by the option's km in each country."""
    return default_co2e_kg(
        g_per_t_km=assessment.evidence.parameter("default_wtw_g_per_t_km", "*").value,
        mass_t=assessment.scenario.cargo.mass_t,
        distance_km=assessment.shortest_km,
        uplift_share=_uplift_share(option, assessment.evidence),
    )


def _uplift_share(option: Option, evidence: Evidence) -> float:
    parts = [part for stage in option.stages for part in stage.length_km_by_country.items()]
    weighted = fsum(km * evidence.parameter("default_uplift_share", country).value for country, km in parts)
    total_km = fsum(km for _, km in parts)
    return weighted / total_km if total_km else 0.0


def carbon_title(option: Option, assessment: Assessment) -> str:
    """Well-to-wheel emissions of an option and their intensity."""
    bound = "at least " if option.ledger.ferry_countries else ""
    total = f"{bound}{tonnes_text(option.ledger.co2e_wtw_kg)} well to wheel for option {option.label}"
    g_per_t_km = intensity(option.ledger.co2e_wtw_kg, assessment, distance_km=assessment.shortest_km)
    return total if g_per_t_km is None else f"{total}, {g_per_t_km:.0f}{NBSP}g per t-km"


def carbon_method(assessment: Assessment) -> str:
    """How the emissions were found, over which distances, and what they leave out."""
    scenario, default = assessment.scenario, assessment.evidence.parameter("default_wtw_g_per_t_km", "*").value
    empty = share_text(scenario.vehicle.empty_return_share)
    load = share_text(scenario.cargo.mass_t / assessment.evidence.vehicles[scenario.vehicle.type].payload_t)
    shortest, great_circle = km_text(assessment.shortest_km), km_text(assessment.great_circle_km)
    included = (
        f"Counted in: the gradient of the road, idling at posts, and the way back driven empty for {empty} of its km; "
        f"the truck is loaded to {load} of its payload."
    )
    distances = (
        "Intensity is per tonne of cargo and km of the shortest feasible distance (SFD), the shortest way through "
        f"posts open on the day, {shortest}; beside it per km of the great circle (GCD), {great_circle}."
    )
    check = (
        f"The check is the GLEC default of {default:g}{NBSP}g per t-km on the SFD with the uplift of each region; it "
        "averages load and empty running already, so it stands beside the figure and is not added."
    )
    return " ".join([METHOD, included, distances, check, OUT_OF_SCOPE, *_ferry_sentence(assessment)])


def _ferry_sentence(assessment: Assessment) -> list[str]:
    codes = sorted({code for option in assessment.all_options for code in option.ledger.ferry_countries})
    if not codes:
        return []
    names = joined([country_name(code, assessment.evidence) for code in codes])
    return [f"Unknown and left out: ferries ({names}); options with one are printed ≥."]
