"""Weights of the search: an additive lower bound of generalised cost, edge by edge and post by post."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corridor.costs.border import Passage
from corridor.costs.drive_time import DriveTime
from corridor.costs.driven_km import driven_km
from corridor.costs.drivers_hours import Shift, accrued_rest_h, rest_slack_h
from corridor.costs.tariff import Amount, Tariff
from corridor.network.roads import RoadNetwork

LEAST_WEIGHT_USD = 1e-4
"""A weight must be positive for the search."""


def hour_usd(tariff: Tariff) -> float:
    """Generalised USD of one clock hour: truck and crew, their share of the empty way back, the cargo's time."""
    return tariff.clock_usd_per_h * (1 + tariff.empty_return_share) + tariff.cargo_usd_per_h.known


@dataclass(frozen=True, slots=True)
class EdgeParts:
    """What every edge takes, rest apart, all arrays of shape (edges,).

    Parameters
    ----------
    money_usd : fuel, tyres and tolls, with the share of the empty way back
    carbon_usd : carbon price of the fuel
    drive_h : hours behind the wheel
    stop_h, ferry_h : hours of road stops, and at sea
    """

    money_usd: NDArray[np.float64]
    carbon_usd: NDArray[np.float64]
    drive_h: NDArray[np.float64]
    stop_h: NDArray[np.float64]
    ferry_h: NDArray[np.float64]


def edge_parts(network: RoadNetwork, drive: DriveTime, tariff: Tariff) -> EdgeParts:
    """Money, carbon and hours of every edge; unknown fees count as 0, and so do those by the length of a stay."""
    country = network.edge_country
    driven = driven_km(network, tariff)
    share = tariff.empty_return_share
    litres = driven.fuel_km * (tariff.fuel_l_per_km.known + share * tariff.empty_fuel_l_per_km.known)
    toll_usd = driven.toll_km * by_country(network, tariff.toll_usd_per_km)[country]
    plaza_usd = driven.plaza_km * by_country(network, tariff.plaza_usd_per_km)[country]
    tyres_usd = driven.wear_km * tariff.tyres_maintenance_usd_per_km.known
    diesel = by_country(network, tariff.diesel_usd_per_l)
    return EdgeParts(
        money_usd=litres * diesel[country] + (1 + share) * (toll_usd + plaza_usd + tyres_usd),
        carbon_usd=litres * carbon_usd_per_l(tariff),
        drive_h=drive.hours,
        stop_h=driven.road_km * by_country(network, tariff.stop_h_per_km)[country],
        ferry_h=drive.ferry_hours,
    )


def _rest_due_h_per_h(network: RoadNetwork, tariff: Tariff) -> NDArray[np.float64]:
    """Rest that an hour behind the wheel brings due on every edge, shape (edges,)."""
    due = by_country(network, lambda c: Amount(accrued_rest_h(Shift(tariff.rules(c), 1.0)), ()))
    return np.asarray(due[network.edge_country])


def edge_search_usd(network: RoadNetwork, drive: DriveTime, tariff: Tariff) -> NDArray[np.float64]:
    """Search weight of every edge in USD, shape (edges,).

    Notes
    -----
    Fuel, tyres, tolls and hours (on a ferry hours alone), with the share of the empty way back; rest accrues
    in proportion to driving, which is at most `rest_slack_h` a trip above what is taken. Unknown fees count as 0,
    and so do fees that depend on the length of a stay.
    """
    parts = edge_parts(network, drive, tariff)
    hours = parts.drive_h * (1 + _rest_due_h_per_h(network, tariff)) + parts.stop_h + parts.ferry_h
    return np.asarray(parts.money_usd + parts.carbon_usd + hours * hour_usd(tariff))


def passage_search_usd(passage: Passage, tariff: Tariff) -> float:
    """Search weight of one post: hours less the rest they may replace, queue fuel, and known fees."""
    rested_h = tariff.absorption.absorbed_h(passage.wait_h)
    weight_usd = (passage.wait_h - rested_h) * hour_usd(tariff) + passage_money_usd(passage, tariff)
    if passage.plate_after != passage.plate_before:
        weight_usd -= slack_usd(tariff)
    return max(weight_usd, LEAST_WEIGHT_USD)


def passage_money_usd(passage: Passage, tariff: Tariff) -> float:
    """Known USD of one post beside its hours: queue fuel with its carbon price, fees, and the fare of a ferry."""
    idle_usd = passage.idle_l * (passage.diesel.known + carbon_usd_per_l(tariff))
    way_fees_usd = (1 + tariff.empty_return_share) * (passage.way_fee_usd + passage.fare_usd)
    return idle_usd + passage.border_fee_usd + way_fees_usd + passage.risk_usd + passage.swap_fee.known


def carbon_usd_per_l(tariff: Tariff) -> float:
    """Carbon price of a litre of diesel, well to wheel."""
    return tariff.scenario.criteria.carbon_usd_per_t / 1000 * tariff.wtw_kg_per_l.known


def return_revenue_usd(tariff: Tariff) -> float:
    """The most that return loads can take off the charge for the empty way back."""
    return tariff.empty_return_share * tariff.amount("return_revenue_usd", "*").known


def slack_usd(tariff: Tariff) -> float:
    """What the accrued rest of one tractor's drivers may be too dear by, in USD."""
    crew = tariff.scenario.vehicle.crew
    rules = [rules for rules in tariff.evidence.driver_rules.values() if rules.crew == crew]
    return rest_slack_h(rules) * hour_usd(tariff)


def by_country(network: RoadNetwork, rate: Callable[[str], Amount]) -> NDArray[np.float64]:
    """Rate of each country on the network in the order of `network.countries`; 0 where no road lies."""
    values = np.zeros(len(network.countries))
    for number in np.unique(network.edge_country):
        values[number] = rate(network.countries[number]).known
    return values
