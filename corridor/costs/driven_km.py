"""Which km of each edge burn fuel, wear tyres and carry a toll."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corridor.costs.tariff import Tariff
from corridor.evidence import Evidence, Parameter
from corridor.network.relief import relief_factor
from corridor.network.roads import RoadNetwork
from corridor.road_kinds import ROAD_CLASSES, SURFACES, TOLLS, UNKNOWN_CLASS

Floats = NDArray[np.float64]
Shares = Mapping[tuple[str, int], Parameter]
"""(country, road class) -> the parameter that says which share of km is tolled."""


@dataclass(frozen=True, slots=True)
class DrivenKm:
    """Km by what they cost, all arrays of shape (edges,); 0 on ferries.

    Parameters
    ----------
    road_km : driven
    fuel_km : road km times the factor >= 1 by which relief raises fuel use
    wear_km : road km times the factor >= 1 by which the surface wears the truck
    toll_km : road km that carry the country's toll per km
    plaza_km : road km that are tolled by plaza
    road_class, surface : index into `ROAD_CLASSES`, `SURFACES`
    wear : factor of each of `SURFACES`
    toll_share, plaza_share : which share of km is tolled, by country and class
    """

    road_km: Floats
    fuel_km: Floats
    wear_km: Floats
    toll_km: Floats
    plaza_km: Floats
    road_class: NDArray[np.int8]
    surface: NDArray[np.int8]
    wear: tuple[Parameter, ...]
    toll_share: Shares
    plaza_share: Shares

    def toll_basis(self, country: str, edges: NDArray[np.intp]) -> tuple[str, ...]:
        """Evidence behind the toll km of some edges in a country; the map's own tags need none."""
        return self._share_keys(self.toll_share, country, edges)

    def plaza_basis(self, country: str, edges: NDArray[np.intp]) -> tuple[str, ...]:
        """Evidence behind the km tolled by plaza of some edges in a country."""
        return self._share_keys(self.plaza_share, country, edges)

    def wear_basis(self, edges: NDArray[np.intp]) -> tuple[str, ...]:
        """Evidence behind the factors of the surfaces of some edges; paved road, factor 1, is the reference."""
        factors = [self.wear[number] for number in np.unique(self.surface[edges]).tolist()]
        return tuple(dict.fromkeys(factor.key for factor in factors if factor.value != 1))

    def _share_keys(self, shares: Shares, country: str, edges: NDArray[np.intp]) -> tuple[str, ...]:
        found = (shares.get((country, number)) for number in np.unique(self.road_class[edges]).tolist())
        return tuple(dict.fromkeys(parameter.key for parameter in found if parameter))


def driven_km(network: RoadNetwork, tariff: Tariff) -> DrivenKm:
    """Km of every edge by what they cost.

    Notes
    -----
    A road tagged with a toll carries it, one tagged free does not. Elsewhere the share of the class counts
    (`tolled_class_share`), and on roads of no known class that of the country's corridors
    (`tolled_km_share`). Where the rate of a country is unknown or nil no km are counted. Plazas
    (`plaza_class_share`, `plaza_km_share`) are counted on roads without a tag only.
    """
    cap_m = tariff.evidence.parameter("relief_cap_m", "*").value
    relief = relief_factor(network.relief_sd_m, per_100_m=tariff.fuel_relief_per_100_m.value, cap_m=cap_m)
    road_km = np.where(network.is_ferry, 0.0, network.length_km)
    evidence, attributes = tariff.evidence, network.attributes
    tolls = _shares(network, evidence, rate="toll_usd_per_km", by_class="tolled_class_share", all_km="tolled_km_share")
    plazas = _shares(
        network, evidence, rate="toll_plaza_fee_usd", by_class="plaza_class_share", all_km="plaza_km_share"
    )
    wear = tuple(evidence.parameter("surface_cost_factor", name) for name in SURFACES)
    is_untagged = attributes.toll == TOLLS.index("unknown")
    is_tolled = np.where(attributes.toll == TOLLS.index("tolled"), 1.0, 0.0)
    return DrivenKm(
        road_km=road_km,
        fuel_km=road_km * relief,
        wear_km=road_km * np.array([factor.value for factor in wear])[attributes.surface],
        toll_km=road_km * np.where(is_untagged, _share_of_edges(network, tolls), is_tolled),
        plaza_km=road_km * np.where(is_untagged, _share_of_edges(network, plazas), 0.0),
        road_class=attributes.road_class,
        surface=attributes.surface,
        wear=wear,
        toll_share=tolls,
        plaza_share=plazas,
    )


def _shares(network: RoadNetwork, evidence: Evidence, *, rate: str, by_class: str, all_km: str) -> Shares:
    """Share of km with a toll by country and class, in the countries where its rate is above 0."""
    shares = {}
    for country_number, class_number in _country_classes(network):
        country, road_class = network.countries[country_number], ROAD_CLASSES[class_number]
        found = evidence.find_parameter(rate, country)
        if found and found.value > 0:
            shares[country, class_number] = (
                evidence.parameter(all_km, country)
                if class_number == UNKNOWN_CLASS
                else evidence.parameter(by_class, f"{country}:{road_class.removesuffix('_link')}")
            )
    return shares


def _country_classes(network: RoadNetwork) -> list[tuple[int, int]]:
    """Pairs of country and road class that the network has."""
    code = network.edge_country.astype(np.int64) * len(ROAD_CLASSES) + network.attributes.road_class
    present = np.flatnonzero(np.bincount(code, minlength=1))
    return [divmod(int(pair), len(ROAD_CLASSES)) for pair in present]


def _share_of_edges(network: RoadNetwork, shares: Shares) -> Floats:
    """Share of each edge's km that is tolled by its country and class, shape (edges,)."""
    table = np.zeros((len(network.countries), len(ROAD_CLASSES)))
    for (country, class_number), parameter in shares.items():
        table[network.countries.index(country), class_number] = parameter.value
    return np.asarray(table[network.edge_country, network.attributes.road_class])
