"""A chain as it is priced: legs cut at the borders they run over, and posts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corridor.costs.border import Passage
from corridor.costs.drive_time import DriveTime
from corridor.costs.driven_km import DrivenKm
from corridor.costs.fees import NOTHING
from corridor.costs.tariff import Amount, Tariff
from corridor.network.roads import RoadNetwork


@dataclass(frozen=True, slots=True)
class Stretch:
    """The part of a leg inside one country.

    Parameters
    ----------
    length_km : by road and by ferry
    road_km, ferry_km : the two parts of it
    fuel_km : road km times the relief factor of fuel
    wear_km : road km times the factor of the surface on tyres and maintenance
    toll_km : road km that carry the country's toll
    plaza_km : road km that are tolled by plaza
    drive_h, ferry_h : hours behind the wheel, and at sea
    speed_basis, wear_basis, toll_basis, plaza_basis : evidence behind the speeds, the wear and the tolled km
    """

    country: str
    length_km: float
    road_km: float
    fuel_km: float
    wear_km: float
    toll_km: float
    plaza_km: float
    drive_h: float
    ferry_h: float
    speed_basis: tuple[str, ...]
    wear_basis: tuple[str, ...]
    toll_basis: tuple[str, ...]
    plaza_basis: tuple[str, ...]

    @property
    def ferry_km(self) -> float:
        """Km at sea."""
        return self.length_km - self.road_km


@dataclass(frozen=True, slots=True)
class RoadStage:
    """A leg: its stretches in the order of travel, and the tariff of the plate that drives it.

    Parameters
    ----------
    ban_waits : mean hours lost to bans on trucks on each stretch; empty where there are none or the day is not known
    """

    stretches: tuple[Stretch, ...]
    tariff: Tariff
    ban_waits: tuple[Amount, ...] = ()

    def ban_wait(self, number: int) -> Amount:
        """Hours lost to bans on one of the stretches."""
        return self.ban_waits[number] if self.ban_waits else NOTHING


@dataclass(frozen=True, slots=True)
class PostStage:
    """A post passed, at the tariff of the plate that arrives there."""

    passage: Passage
    tariff: Tariff


PricedStage = RoadStage | PostStage


def cut_leg(network: RoadNetwork, drive: DriveTime, driven: DrivenKm, edges: NDArray[np.intp]) -> tuple[Stretch, ...]:
    """Stretches of a leg in the order in which it first enters each country.

    Parameters
    ----------
    drive, driven : of all edges of the network
    edges : edges of the leg in the order of travel
    """
    numbers = network.edge_country[edges]
    order = numbers[np.sort(np.unique(numbers, return_index=True)[1])]
    return tuple(_stretch(network, drive, driven, edges[numbers == number]) for number in order)


def _stretch(network: RoadNetwork, drive: DriveTime, driven: DrivenKm, edges: NDArray[np.intp]) -> Stretch:
    country = network.country_of(int(network.tail[edges[0]]))
    roads = edges[~network.is_ferry[edges]]
    return Stretch(
        country=country,
        length_km=float(network.length_km[edges].sum()),
        road_km=float(driven.road_km[edges].sum()),
        fuel_km=float(driven.fuel_km[edges].sum()),
        wear_km=float(driven.wear_km[edges].sum()),
        toll_km=float(driven.toll_km[edges].sum()),
        plaza_km=float(driven.plaza_km[edges].sum()),
        drive_h=float(drive.hours[edges].sum()),
        ferry_h=float(drive.ferry_hours[edges].sum()),
        speed_basis=drive.basis(country, roads) if len(roads) else (),
        wear_basis=driven.wear_basis(roads),
        toll_basis=driven.toll_basis(country, roads),
        plaza_basis=driven.plaza_basis(country, roads),
    )
