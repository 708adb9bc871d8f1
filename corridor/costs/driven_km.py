"""Which km of each edge burn fuel, wear tyres and carry a toll."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corridor.costs.drive_time import relief_factor
from corridor.costs.tariff import Tariff
from corridor.evidence import Evidence, Parameter
from corridor.network.roads import RoadNetwork
from corridor.road_kinds import ROAD_CLASSES, TOLLS, UNKNOWN_CLASS

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class DrivenKm:
    """Km by what they cost, all arrays of shape (edges,); 0 on ferries.

    Parameters
    ----------
    road_km : driven
    fuel_km : road km times the factor >= 1 by which relief raises fuel use
    toll_km : road km that carry the country's toll
    road_class : index into `ROAD_CLASSES`
    toll_share : (country, road class) -> the parameter that says which share of km is tolled
    """

    road_km: Floats
    fuel_km: Floats
    toll_km: Floats
    road_class: NDArray[np.int8]
    toll_share: Mapping[tuple[str, int], Parameter]

    def toll_basis(self, country: str, edges: NDArray[np.intp]) -> tuple[str, ...]:
        """Evidence behind the toll km of some edges in a country; the map's own tags need none."""
        found = (self.toll_share.get((country, number)) for number in np.unique(self.road_class[edges]).tolist())
        return tuple(dict.fromkeys(parameter.key for parameter in found if parameter))


def driven_km(network: RoadNetwork, tariff: Tariff) -> DrivenKm:
    """Km of every edge by what they cost.

    Notes
    -----
    A road tagged with a toll carries it, one tagged free does not. Elsewhere the share of the class counts
    (`tolled_class_share`), and on roads of no known class that of the country's corridors
    (`tolled_km_share`). Where the rate of a country is unknown or nil no km are counted.
    """
    cap_m = tariff.evidence.parameter("relief_cap_m", "*").value
    relief = relief_factor(network.relief_sd_m, per_100_m=tariff.fuel_relief_per_100_m.value, cap_m=cap_m)
    road_km = np.where(network.is_ferry, 0.0, network.length_km)
    shares = _toll_shares(network, tariff.evidence)
    return DrivenKm(
        road_km=road_km,
        fuel_km=road_km * relief,
        toll_km=road_km * _tolled(network, shares),
        road_class=network.attributes.road_class,
        toll_share=shares,
    )


def _toll_shares(network: RoadNetwork, evidence: Evidence) -> dict[tuple[str, int], Parameter]:
    """Share of km with a toll by country and class, in the countries with a toll per km."""
    shares = {}
    for country_number, class_number in _country_classes(network):
        country, road_class = network.countries[country_number], ROAD_CLASSES[class_number]
        rate = evidence.find_parameter("toll_usd_per_km", country)
        if rate and rate.value > 0:
            shares[country, class_number] = (
                evidence.parameter("tolled_km_share", country)
                if class_number == UNKNOWN_CLASS
                else evidence.parameter("tolled_class_share", f"{country}:{road_class.removesuffix('_link')}")
            )
    return shares


def _country_classes(network: RoadNetwork) -> list[tuple[int, int]]:
    """Pairs of country and road class that the network has."""
    code = network.edge_country.astype(np.int64) * len(ROAD_CLASSES) + network.attributes.road_class
    present = np.flatnonzero(np.bincount(code, minlength=1))
    return [divmod(int(pair), len(ROAD_CLASSES)) for pair in present]


def _tolled(network: RoadNetwork, shares: Mapping[tuple[str, int], Parameter]) -> Floats:
    """Share of each edge's km that carries the toll, shape (edges,)."""
    table = np.zeros((len(network.countries), len(ROAD_CLASSES)))
    for (country, class_number), parameter in shares.items():
        table[network.countries.index(country), class_number] = parameter.value
    by_class = table[network.edge_country, network.attributes.road_class]
    toll = network.attributes.toll
    tagged = np.where(toll == TOLLS.index("tolled"), 1.0, 0.0)
    return np.asarray(np.where(toll == TOLLS.index("unknown"), by_class, tagged))
