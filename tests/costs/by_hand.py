"""Stages built by hand, so that their cost can be added up on paper."""

from __future__ import annotations

from collections.abc import Mapping

from corridor.costs.border import build_passage
from corridor.costs.stretches import PostStage, RoadStage, Stretch
from corridor.costs.tariff import Tariff
from corridor.evidence import Evidence
from tests.analysis.conftest import toy_scenario


def priced_tariff(evidence: Evidence, overrides: Mapping[str, object], *assignments: str, plate: str = "PAK") -> Tariff:
    """Tariff of a plate with some numbers set, for the toy scenario with some keys set."""
    return Tariff(evidence.overridden(overrides), toy_scenario(*assignments), plate)


def road(tariff: Tariff, *, tolled: bool = False, fuel_factor: float = 1.0, **length_km: float) -> RoadStage:
    """A leg on flat, paved road: country -> km, all of it tolled or none."""
    return RoadStage(
        tuple(
            Stretch(
                country=country,
                length_km=km,
                road_km=km,
                fuel_km=km * fuel_factor,
                wear_km=km,
                toll_km=km if tolled else 0.0,
                plaza_km=0.0,
                drive_h=km / 50,
                ferry_h=0.0,
                speed_basis=(),
                wear_basis=(),
                toll_basis=(),
                plaza_basis=(),
            )
            for country, km in length_km.items()
        ),
        tariff,
    )


def post(tariff: Tariff, crossing_id: str, direction: str, *, rule: str = "drive") -> PostStage:
    """A post passed in one direction."""
    passage = build_passage(tariff.evidence, crossing_id, direction, tariff, rule=rule, assumed_rule=False)
    return PostStage(passage, tariff)
