"""CO2e of a chain from the litres that money has paid for (model.md 7, ISO 14083 logic)."""

from __future__ import annotations

from collections.abc import Sequence

from corridor.costs.ledger import CarbonRow
from corridor.costs.stretches import PostStage, PricedStage, RoadStage
from corridor.costs.tariff import Amount, Tariff

G_PER_KG = 1000


def intensity_g_per_t_km(co2e_kg: float, *, mass_t: float, distance_km: float) -> float:
    """Emissions in g CO2e per tonne of cargo and km of transport distance.

    Parameters
    ----------
    distance_km : shortest feasible distance or great circle; km driven on top of it are no transport

    Raises
    ------
    ValueError
        Mass or distance is not above 0: the intensity is undefined.

    Examples
    --------
    >>> round(intensity_g_per_t_km(1283.0, mass_t=20.0, distance_km=1000.0), 2)
    64.15
    """
    if not (mass_t > 0 and distance_km > 0):
        raise ValueError(f"intensity: expected mass and distance above 0, got {mass_t:g} t and {distance_km:g} km")
    return G_PER_KG * co2e_kg / (mass_t * distance_km)


def default_co2e_kg(*, g_per_t_km: float, mass_t: float, distance_km: float, uplift_share: float) -> float:
    """Emissions in kg CO2e that the GLEC default gives without knowledge of fuel.

    Notes
    -----
    default * mass * shortest feasible distance * (1 + regional uplift). The default averages load and empty
    running already: it is a check beside the litres, never added to them.

    Examples
    --------
    >>> round(default_co2e_kg(g_per_t_km=95.0, mass_t=20.0, distance_km=1000.0, uplift_share=0.22), 1)
    2318.0
    """
    return g_per_t_km * mass_t * distance_km * (1 + uplift_share) / G_PER_KG


def carbon_rows(stages: Sequence[PricedStage]) -> tuple[CarbonRow, ...]:
    """Litres and kg CO2e of driving, of idling in queues, and of the share of the empty way back."""
    rows = []
    for number, stage in enumerate(stages):
        if isinstance(stage, RoadStage):
            for stretch in stage.stretches:
                loaded_l = stage.tariff.fuel_l_per_km.known * stretch.fuel_km
                empty_l = stage.tariff.empty_fuel_l_per_km.known * stretch.fuel_km
                share_l = stage.tariff.empty_return_share * empty_l
                driven = (*stage.tariff.fuel_l_per_km.basis, stage.tariff.fuel_relief_per_100_m.key)
                rows.append(_row(number, stretch.country, "driving", Amount(loaded_l, driven), stage.tariff))
                empty = stage.tariff.empty_fuel_l_per_km.basis
                rows.append(_row(number, stretch.country, "empty_return", Amount(share_l, empty), stage.tariff))
        else:
            rows.append(_row(number, stage.passage.country_left, "idling", _idled(stage), stage.tariff))
    return tuple(rows)


def _idled(stage: PostStage) -> Amount:
    """Litres burnt in the queue."""
    passage = stage.passage
    queue_key = f"crossings.{passage.crossing_id}.{passage.direction}.queue_h"
    return Amount(passage.idle_l, (*stage.tariff.idle_l_per_queue_h.basis, queue_key))


def _row(number: int, country: str, component: str, fuel: Amount, tariff: Tariff) -> CarbonRow:
    ttw, wtw, fuel_l = tariff.ttw_kg_per_l, tariff.wtw_kg_per_l, fuel.known
    basis = (*ttw.basis, *wtw.basis, *fuel.basis)
    return CarbonRow(number, country, component, fuel_l, fuel_l * ttw.known, fuel_l * wtw.known, basis)
