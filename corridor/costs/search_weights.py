"""Weights of the search: an additive lower bound of generalised cost, edge by edge and post by post."""

from __future__ import annotations

from collections.abc import Callable

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


def edge_search_usd(network: RoadNetwork, drive: DriveTime, tariff: Tariff) -> NDArray[np.float64]:
    """Search weight of every edge in USD, shape (edges,).

    Notes
    -----
    Fuel, tyres, tolls and hours (on a ferry hours alone), with the share of the empty way back; rest accrues
    in proportion to driving, which is at most `rest_slack_h` a trip above what is taken. Unknown fees count as 0,
    and so do fees that depend on the length of a stay.
    """
    country = network.edge_country
    diesel = _by_country(network, tariff.diesel_usd_per_l)
    toll = _by_country(network, tariff.toll_usd_per_km)
    driven = driven_km(network, tariff)
    stops_h = _by_country(network, tariff.stop_h_per_km)
    rest_due = _by_country(network, lambda c: Amount(accrued_rest_h(Shift(tariff.rules(c), 1.0)), ()))
    share = tariff.empty_return_share
    litres = tariff.fuel_l_per_km.known + share * tariff.empty_fuel_l_per_km.known
    fuel_usd = driven.fuel_km * litres * (diesel[country] + carbon_usd_per_l(tariff))
    tyres_usd = driven.wear_km * tariff.tyres_maintenance_usd_per_km.known
    plaza = _by_country(network, tariff.plaza_usd_per_km)
    toll_usd = driven.toll_km * toll[country] + driven.plaza_km * plaza[country]
    road_usd = (1 + share) * (toll_usd + tyres_usd)
    hours = drive.hours * (1 + rest_due[country]) + drive.ferry_hours + driven.road_km * stops_h[country]
    return np.asarray(fuel_usd + road_usd + hours * hour_usd(tariff))


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


def _by_country(network: RoadNetwork, rate: Callable[[str], Amount]) -> NDArray[np.float64]:
    """Rate of each country on the network in the order of `network.countries`; 0 where no road lies."""
    values = np.zeros(len(network.countries))
    for number in np.unique(network.edge_country):
        values[number] = rate(network.countries[number]).known
    return values
