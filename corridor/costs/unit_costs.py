"""Money of an option per t, per t-km and per 500 km, as tariffs and CPMM's TFI3 are quoted (model.md 4)."""

from __future__ import annotations

from dataclasses import dataclass

from corridor.costs.ledger import Ledger

TFI3_KM = 500
"""CPMM's TFI3 is the cost of a truck per 500 km of road."""


@dataclass(frozen=True, slots=True)
class UnitCosts:
    """Known USD of one truck by what it is divided by; lower bounds where the total is one.

    Parameters
    ----------
    usd_per_500_km, usd_per_500_km_without_border_fees : per truck, to be held against TFI3, which may
        hold border fees already
    """

    usd_per_t: float
    usd_per_t_km: float
    usd_per_500_km: float
    usd_per_500_km_without_border_fees: float


def unit_costs(ledger: Ledger, *, mass_t: float, length_km: float) -> UnitCosts:
    """Divide the known money of an option.

    Raises
    ------
    ValueError
        Mass or length is not above 0.
    """
    if not (mass_t > 0 and length_km > 0):
        raise ValueError(f"unit costs: expected mass and length above 0, got {mass_t:g} t and {length_km:g} km")
    border_usd = ledger.usd_by(lambda row: row.component).get("border_fee", 0.0)
    return UnitCosts(
        usd_per_t=ledger.money_usd / mass_t,
        usd_per_t_km=ledger.money_usd / (mass_t * length_km),
        usd_per_500_km=ledger.money_usd * TFI3_KM / length_km,
        usd_per_500_km_without_border_fees=(ledger.money_usd - border_usd) * TFI3_KM / length_km,
    )
