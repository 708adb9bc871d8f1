"""A chain as it is priced: legs cut at the borders they run over, and posts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corridor.costs.border import Passage
from corridor.costs.drive_time import DriveTime
from corridor.costs.tariff import Tariff
from corridor.network.roads import RoadNetwork


@dataclass(frozen=True, slots=True)
class Stretch:
    """The part of a leg inside one country.

    Parameters
    ----------
    drive_h : hours behind the wheel
    fuel_km : km times the relief factor of fuel
    speed_basis : evidence behind the speeds on it
    """

    country: str
    length_km: float
    drive_h: float
    fuel_km: float
    speed_basis: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RoadStage:
    """A leg: its stretches in the order of travel, and the tariff of the plate that drives it."""

    stretches: tuple[Stretch, ...]
    tariff: Tariff


@dataclass(frozen=True, slots=True)
class PostStage:
    """A post passed, at the tariff of the plate that arrives there."""

    passage: Passage
    tariff: Tariff


PricedStage = RoadStage | PostStage


def cut_leg(
    network: RoadNetwork, drive: DriveTime, fuel_factor: NDArray[np.float64], edges: NDArray[np.intp]
) -> tuple[Stretch, ...]:
    """Stretches of a leg in the order in which it first enters each country.

    Parameters
    ----------
    fuel_factor : (edges of the network,) factor >= 1 by which relief raises fuel use
    edges : edges of the leg in the order of travel
    """
    numbers = network.edge_country[edges]
    order = numbers[np.sort(np.unique(numbers, return_index=True)[1])]
    return tuple(_stretch(network, drive, fuel_factor, edges[numbers == number]) for number in order)


def _stretch(
    network: RoadNetwork, drive: DriveTime, fuel_factor: NDArray[np.float64], edges: NDArray[np.intp]
) -> Stretch:
    length_km = network.length_km[edges]
    country = network.country_of(int(network.tail[edges[0]]))
    return Stretch(
        country=country,
        length_km=float(length_km.sum()),
        drive_h=float(drive.hours[edges].sum()),
        fuel_km=float((length_km * fuel_factor[edges]).sum()),
        speed_basis=drive.basis(country, edges),
    )
