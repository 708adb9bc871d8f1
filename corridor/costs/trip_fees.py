"""Fees that a trip pays once, where it needs them at all, and those of countries entered without a post."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corridor.costs.fees import risk_fees_usd
from corridor.costs.stretches import PostStage, PricedStage, RoadStage
from corridor.costs.tariff import Amount, Tariff
from corridor.evidence import Evidence

INSURANCE, PERMIT, TIR_CARNET = "insurance", "permit", "tir_carnet"


def trip_fees(stages: Sequence[PricedStage]) -> list[tuple[str, Amount]]:
    """Component and USD of each fee that the trip pays once (see `needed_fees`)."""
    passages = [stage.passage for stage in stages if isinstance(stage, PostStage)]
    crossed = [(passage.country_left, passage.country_entered) for passage in passages]
    return needed_fees(stages[0].tariff, driven=list(_driven(stages)), crossed=crossed)


def needed_fees(
    home: Tariff, *, driven: Sequence[tuple[str, str]], crossed: Sequence[tuple[str, str]]
) -> list[tuple[str, Amount]]:
    """Component and USD of each fee that a trip pays once.

    Parameters
    ----------
    driven : (plate, country) of what is driven
    crossed : (country left, country entered) of each post passed

    Notes
    -----
    A TIR carnet is needed from one customs area into another, a permit to drive outside the customs area of
    the plate, insurance on the way outside its free-movement area; a country in no area is one of its own.
    """
    evidence = home.evidence
    needed = {
        TIR_CARNET: any(customs_area(a, evidence) != customs_area(b, evidence) for a, b in crossed),
        INSURANCE: any(_insurance_area(a, evidence) != _insurance_area(b, evidence) for a, b in driven),
        PERMIT: any(customs_area(a, evidence) != customs_area(b, evidence) for a, b in driven),
    }
    return [(name, home.amount(f"{name}_usd", "*")) for name, is_needed in needed.items() if is_needed]


def _driven(stages: Sequence[PricedStage]) -> Iterator[tuple[str, str]]:
    """(plate, country) of every stretch of road."""
    for stage in stages:
        if isinstance(stage, RoadStage):
            for stretch in stage.stretches:
                yield stage.tariff.plate, stretch.country


def least_trip_fees_usd(home: Tariff, ends: tuple[str, str]) -> float:
    """Known USD of the fees that every trip between two countries pays once, whichever way it takes."""
    areas = {customs_area(country, home.evidence) for country in ends}
    return home.amount(f"{TIR_CARNET}_usd", "*").known if len(areas) > 1 else 0.0


def customs_area(country: str, evidence: Evidence) -> str:
    """Free-movement area or customs union of a country, else the country itself."""
    row = evidence.countries[country]
    return row.free_movement_area or row.customs_union or country


def _insurance_area(country: str, evidence: Evidence) -> str:
    return evidence.countries[country].free_movement_area or country


def area_risk_fees(stages: Sequence[PricedStage]) -> Iterator[tuple[int, str, Amount]]:
    """(stage, country, fee): escort and risk premium of the country of origin, and of those entered without a post."""
    for number, stage in enumerate(stages):
        if isinstance(stage, RoadStage):
            for stretch in stage.stretches[0 if number == 0 else 1 :]:
                for fee in risk_fees_usd(stage.tariff, stretch.country):
                    yield number, stretch.country, fee
