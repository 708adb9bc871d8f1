"""Hours behind the wheel on every edge, calibrated to the observed speed without delay, and at sea (model.md 1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corridor.errors import DataError
from corridor.evidence import Evidence, Parameter
from corridor.network.relief import relief_factor
from corridor.network.roads import RoadNetwork


@dataclass(frozen=True, slots=True)
class DriveTime:
    """Driving hours of each edge, and which parameter set the speed there.

    Parameters
    ----------
    hours : (edges,) behind the wheel; 0 on ferries
    ferry_hours : (edges,) at sea; 0 on roads
    mountain : (edges,) whether the mountain speed of the country applies
    speed : country -> its speed without delay; mountain_speed where the country has one of its own
    """

    hours: NDArray[np.float64]
    ferry_hours: NDArray[np.float64]
    mountain: NDArray[np.bool_]
    speed: Mapping[str, Parameter]
    mountain_speed: Mapping[str, Parameter]

    def basis(self, country: str, edges: NDArray[np.intp]) -> tuple[str, ...]:
        """Evidence behind the speeds on some edges in a country."""
        is_mountain = self.mountain[edges]
        keys = [self.speed[country].key] if not is_mountain.all() else []
        return (*keys, self.mountain_speed[country].key) if is_mountain.any() else tuple(keys)


def calibration_factor(length_km: NDArray[np.float64], hours: NDArray[np.float64], *, speed_km_per_h: float) -> float:
    """Speed factor k that makes the mean speed of the reference roads the observed one (model.md 1).

    Parameters
    ----------
    hours : on each road at k = 1
    speed_km_per_h : observed mean speed without delay

    Examples
    --------
    >>> round(calibration_factor(np.array([100.0, 50.0]), np.array([100 / 60, 50 / 25]), speed_km_per_h=45.0), 3)
    1.1
    """
    total_km = float(length_km.sum())
    if not total_km > 0:
        raise DataError("speed calibration: no reference road; expected at least one of positive length.")
    return speed_km_per_h * float(hours.sum()) / total_km


def drive_time(network: RoadNetwork, evidence: Evidence) -> DriveTime:
    """Driving hours of every edge: length * relief factor / (k * free-flow speed); ferries keep their own hours.

    Notes
    -----
    Free-flow speeds of the network say how roads compare (class, surface, limits); k sets their mean to the
    observed speed without delay. Where the source has no classes the free-flow speed is that speed itself.

    Reference roads are those of `corridor.network.reference_roads`; a country without any is calibrated on all its
    roads. Where a country has a mountain speed, edges with relief above
    `mountain_relief_sd_m` form a group of their own.

    Raises
    ------
    DataError
        A country on the network has no speed.
    """
    cap_m = evidence.parameter("relief_cap_m", "*").value
    per_100_m = evidence.parameter("relief_time_factor_per_100_m", "*").value
    factor = relief_factor(network.relief_sd_m, per_100_m=per_100_m, cap_m=cap_m)
    threshold_m = evidence.parameter("mountain_relief_sd_m", "*").value
    present = [network.countries[number] for number in np.unique(network.edge_country)]
    speed = {country: evidence.parameter("swod_km_per_h", country) for country in present}
    found = {country: evidence.find_parameter("swod_mountain_km_per_h", country) for country in present}
    mountain_speed = {country: parameter for country, parameter in found.items() if parameter}
    mountain = network.relief_sd_m > threshold_m
    mountain &= np.isin(network.edge_country, [network.countries.index(country) for country in mountain_speed])
    raw_hours = network.length_km / network.attributes.speed_km_per_h
    road_hours = np.where(network.is_ferry, 0.0, raw_hours * factor)
    hours = np.zeros(network.edge_count)
    for country in present:
        number = network.countries.index(country)
        for is_mountain, table in ((False, speed), (True, mountain_speed)):
            group = (network.edge_country == number) & (mountain == is_mountain) & ~network.is_ferry
            if group.any():
                reference = group & network.is_reference if (group & network.is_reference).any() else group
                k = calibration_factor(
                    network.length_km[reference], road_hours[reference], speed_km_per_h=table[country].value
                )
                hours[group] = road_hours[group] / k
    return DriveTime(hours, np.where(network.is_ferry, raw_hours, 0.0), mountain, speed, mountain_speed)
