"""CO2e of a chain from the litres that money has paid for (model.md 7, ISO 14083 logic)."""

from __future__ import annotations

from collections.abc import Sequence

from corridor.costs.ledger import CarbonRow
from corridor.costs.stretches import PricedStage, RoadStage
from corridor.costs.tariff import Tariff


def carbon_rows(stages: Sequence[PricedStage]) -> tuple[CarbonRow, ...]:
    """Litres and kg CO2e of driving, of idling in queues, and of the share of the empty way back."""
    rows = []
    for number, stage in enumerate(stages):
        if isinstance(stage, RoadStage):
            for stretch in stage.stretches:
                loaded_l = stage.tariff.fuel_l_per_km.known * stretch.fuel_km
                empty_l = stage.tariff.empty_fuel_l_per_km.known * stretch.fuel_km
                share_l = stage.tariff.empty_return_share * empty_l
                rows.append(_row(number, stretch.country, "driving", loaded_l, stage.tariff))
                rows.append(_row(number, stretch.country, "empty_return", share_l, stage.tariff))
        else:
            rows.append(_row(number, stage.passage.country_left, "idling", stage.passage.idle_l, stage.tariff))
    return tuple(rows)


def _row(number: int, country: str, component: str, fuel_l: float, tariff: Tariff) -> CarbonRow:
    ttw, wtw = tariff.ttw_kg_per_l, tariff.wtw_kg_per_l
    basis = (*ttw.basis, *wtw.basis)
    return CarbonRow(number, country, component, fuel_l, fuel_l * ttw.known, fuel_l * wtw.known, basis)
