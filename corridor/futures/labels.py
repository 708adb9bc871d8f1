"""What pieces of evidence are called in plain words: "Queue at Torkham, Pakistan to Afghanistan"."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from corridor.evidence import Evidence

CARBON_KEY = "criteria.carbon_usd_per_t"

POST_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "queue_h": "Queue",
        "exit_side_h": "Hours at the exit side",
        "entry_side_h": "Hours at the entry side",
        "exit_fee_usd": "Fees at the exit side",
        "entry_fee_usd": "Fees at the entry side",
        "wait_h": "Wait for the ferry",
        "sail_h": "Hours at sea",
        "fare_usd": "Fare of the ferry",
        "hours": "Hours",
    }
)
"""Figure of a post or a ferry -> what a reader calls it; `hours` are all of a post together."""

PARAMETER_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "bridge_fee_by_mass_usd": "Bridge fee",
        "bridge_fee_usd": "Bridge fee",
        "diesel_usd_per_l": "Diesel price",
        "driver_usd_per_h": "Pay of one driver",
        "entry_extras_usd": "Further charges at entry",
        "entry_fee_by_mass_usd": "Entry fee",
        "entry_fee_usd": "Entry fee",
        "escort_usd": "Escort",
        "fuel_use_l_per_100_km": "Fuel use",
        "idle_l_per_h": "Fuel burnt while idling",
        "idle_share": "Share of a queue with the engine idling",
        "insurance_usd": "Insurance on the way",
        "long_stay_fee_usd": "Fee for a long stay",
        "overhead_usd_per_h": "Overhead of the haulier",
        "permit_usd": "Permits",
        "plaza_km_share": "Share of the road tolled by plaza",
        "premium_share": "Risk premium, share of the cargo's value",
        "stop_h_per_100_km": "Road stops",
        "swap_fee_usd": "Fee for a change of tractor",
        "swap_h": "Change of tractor",
        "swod_km_per_h": "Driving speed",
        "swod_mountain_km_per_h": "Driving speed in the mountains",
        "tir_carnet_usd": "TIR carnet",
        "toll_plaza_fee_usd": "Fee of a toll plaza",
        "toll_plazas_per_100_km": "Toll plazas on the road",
        "toll_usd_per_km": "Toll per km",
        "tolled_km_share": "Share of the road that is tolled",
        "transload_fee_usd": "Fee for transloading",
        "transload_h": "Transloading",
        "tyres_maintenance_usd_per_km": "Tyres and maintenance",
        "vehicle_usd_per_h": "Finance and insurance of the truck",
    }
)
"""Parameter -> what a reader calls it, without the place it is for."""


def figure_label(key: str, evidence: Evidence) -> str:
    """What a piece of evidence is called, with its place.

    Examples
    --------
    >>> from corridor.evidence import read_evidence
    >>> figure_label("crossings.torkham.PAK-AFG.queue_h", read_evidence())
    'Queue at Torkham, Pakistan to Afghanistan'
    >>> figure_label("parameters.swod_km_per_h.PAK", read_evidence())
    'Driving speed in Pakistan'
    """
    table, _, rest = key.partition(".")
    if key == CARBON_KEY:
        return "Price of carbon"
    if table == "cargo_kinds":
        return "Share of the cargo's value lost per day"
    if table in ("crossings", "ferries"):
        post, direction, field = rest.split(".")
        return post_label(post, direction, field, evidence)
    name, _, scope = rest.partition(".")
    return f"{PARAMETER_WORDS.get(name, name.replace('_', ' '))}{_scope_text(name, scope, evidence)}"


def post_label(post: str, direction: str, field: str, evidence: Evidence) -> str:
    """What a figure of a post or ferry in one direction is called."""
    left, entered = (country_label(code, evidence) for code in direction.split("-"))
    return f"{POST_WORDS.get(field, field)} at {evidence.crossings[post].name}, {left} to {entered}"


def country_label(code: str, evidence: Evidence) -> str:
    """Name of a country, or of an area like ``EU_EFTA``."""
    country = evidence.countries.get(code)
    return country.name if country else code.replace("_", " and ")


def _scope_text(name: str, scope: str, evidence: Evidence) -> str:
    """The place, plate or post that a parameter is for, as it follows its name."""
    definition = evidence.definitions.get(name)
    kind = definition.scope_kind if definition else "global"
    if kind == "global":
        return ""
    if kind in ("crossing", "mass_crossing"):
        return f" at {evidence.crossings[scope.rpartition(':')[2]].name}"
    if kind == "plate":
        return ", all trucks" if scope == "*" else f", trucks from {country_label(scope, evidence)}"
    if scope == "*":
        return " in countries without a figure of their own"
    first, _, last = scope.partition(":")
    if kind.startswith(("days_", "mass_")):
        unit = "days" if kind.startswith("days_") else "t"
        return f" in {country_label(last.partition(':')[0], evidence)}, {first} {unit}"
    plate = f", trucks from {country_label(last, evidence)}" if last not in ("", "*") else ""
    return f" in {country_label(first, evidence)}{plate}"
