"""The search weight of every road in every future (model.md 6.1, 6.8)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from corridor.costs.drive_time import DriveTime
from corridor.costs.driven_km import DrivenKm, Shares, driven_km
from corridor.costs.drivers_hours import Shift, accrued_rest_h
from corridor.costs.search_weights import carbon_usd_per_l
from corridor.costs.tariff import Amount, Tariff
from corridor.futures.drawn_amounts import DrawnAmounts
from corridor.network.roads import RoadNetwork
from corridor.road_kinds import ROAD_CLASSES, TOLLS

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class EdgePrices:
    """What each road takes of each priced thing, and the price of that thing in each future.

    Parameters
    ----------
    quantities : (edges, things) km or hours
    usd_per_unit : (things, futures)
    """

    quantities: csr_array
    usd_per_unit: Floats

    def usd(self, futures: slice) -> Floats:
        """Search weight of every edge in some futures, (edges, futures): `edge_search_usd` at their prices."""
        return np.asarray(self.quantities @ self.usd_per_unit[:, futures])


class _Component(NamedTuple):
    """Km or hours of every edge (edges,), the group whose price holds there (edges,), and prices (groups, futures)."""

    quantity: Floats
    group: NDArray[np.intp]
    usd_per_unit: Floats


def edge_prices(network: RoadNetwork, drive: DriveTime, tariff: Tariff, drawn: DrawnAmounts) -> EdgePrices:
    """The parts of `corridor.costs.search_weights.edge_search_usd`, each at its price in each future.

    Notes
    -----
    Rest accrues in proportion to driving. A toll or a bad surface is drawn with the evidence of the road itself; a
    ledger, which has one row for a country, draws it with that of all roads there.
    """
    return _summed(_Components(network, drive, driven_km(network, tariff), tariff, drawn).all())


def drawn_hour_usd(tariff: Tariff, drawn: DrawnAmounts) -> Floats:
    """Generalised USD of one clock hour in each future, shape (futures,), as `hour_usd` has it at mean inputs."""
    rates = (tariff.driver_usd_per_h, tariff.vehicle_usd_per_h, tariff.overhead_usd_per_h)
    clock_usd = sum((drawn.of(rate.known, rate.basis) for rate in rates), np.zeros(drawn.futures))
    return clock_usd * (1 + tariff.empty_return_share) + tariff.cargo_usd_per_h.known


def clock_hours(network: RoadNetwork, drive: DriveTime, tariff: Tariff) -> Floats:
    """Hours that each edge takes at mean inputs, accrued rest and road stops included, shape (edges,)."""
    stops_h, rest_due = np.zeros(len(network.countries)), np.zeros(len(network.countries))
    for number in np.unique(network.edge_country):
        stops_h[number] = tariff.stop_h_per_km(network.countries[number]).known
        rest_due[number] = _rest_due(tariff, network.countries[number])
    road_km = np.where(network.is_ferry, 0.0, network.length_km)
    country = network.edge_country
    return np.asarray(drive.hours * (1 + rest_due[country]) + drive.ferry_hours + road_km * stops_h[country])


@dataclass(frozen=True, slots=True)
class _Components:
    """Everything that an edge costs, thing by thing."""

    network: RoadNetwork
    drive: DriveTime
    driven: DrivenKm
    tariff: Tariff
    drawn: DrawnAmounts

    def all(self) -> list[_Component]:
        network, driven, hour_usd = self.network, self.driven, drawn_hour_usd(self.tariff, self.drawn)
        country = network.edge_country.astype(np.intp)
        return [
            self._component(driven.fuel_km, country, self._fuel_usd_per_km),
            self._component(driven.wear_km, driven.surface.astype(np.intp), self._wear_usd_per_km),
            self._toll(driven.toll_km, driven.toll_share, self.tariff.toll_usd_per_km),
            self._toll(driven.plaza_km, driven.plaza_share, self.tariff.plaza_usd_per_km),
            self._component(self.drive.hours, 2 * country + self.drive.mountain, lambda g: self._pace(g) * hour_usd),
            self._component(driven.road_km, country, lambda g: self._stop_h_per_km(g) * hour_usd),
            self._component(self.drive.ferry_hours, np.zeros_like(country), lambda _: hour_usd),
        ]

    def _component(self, quantity: Floats, group: NDArray[np.intp], price_of: Callable[[int], Floats]) -> _Component:
        used = quantity > 0
        usd_per_unit = np.zeros((int(group.max(initial=0)) + 1, self.drawn.futures))
        for number in np.unique(group[used]).tolist():
            usd_per_unit[number] = price_of(number)
        return _Component(quantity, group, usd_per_unit)

    def _fuel_usd_per_km(self, number: int) -> Floats:
        """Fuel of the loaded way and of the share of the empty way back, with its carbon price."""
        tariff = self.tariff
        diesel = tariff.diesel_usd_per_l(self.network.countries[number])
        shares = ((1.0, tariff.fuel_l_per_km), (tariff.empty_return_share, tariff.empty_fuel_l_per_km))
        usd = np.zeros(self.drawn.futures)
        for share, litres in shares:
            usd += self.drawn.of(share * litres.known * diesel.known, (*diesel.basis, *litres.basis))
            carbon = (*tariff.wtw_kg_per_l.basis, *litres.basis)
            usd += self.drawn.of(share * litres.known * carbon_usd_per_l(tariff), carbon)
        return usd

    def _wear_usd_per_km(self, number: int) -> Floats:
        """Tyres and maintenance there and back; paved road, factor 1, is the reference and is not drawn."""
        tyres, wear = self.tariff.tyres_maintenance_usd_per_km, self.driven.wear[number]
        basis = tyres.basis if wear.value == 1 else (*tyres.basis, wear.key)
        return self.drawn.of((1 + self.tariff.empty_return_share) * tyres.known, basis)

    def _toll(self, km: Floats, shares: Shares, rate_of: Callable[[str], Amount]) -> _Component:
        """Tolls there and back; where the map does not say, the share of km that is tolled is drawn as well."""
        classes, untagged = len(ROAD_CLASSES) + 1, self.network.attributes.toll == TOLLS.index("unknown")
        road_class = np.where(untagged, self.driven.road_class + 1, 0)

        def usd_per_km(group: int) -> Floats:
            number, class_number = divmod(group, classes)
            rate = rate_of(self.network.countries[number])
            share = shares.get((self.network.countries[number], class_number - 1))
            basis = (*rate.basis, share.key) if share else rate.basis
            return self.drawn.of((1 + self.tariff.empty_return_share) * rate.known, basis)

        return self._component(km, self.network.edge_country.astype(np.intp) * classes + road_class, usd_per_km)

    def _pace(self, group: int) -> Floats:
        """Clock hours of an hour behind the wheel, with the rest that it brings due."""
        number, is_mountain = divmod(group, 2)
        country = self.network.countries[number]
        speed = (self.drive.mountain_speed if is_mountain else self.drive.speed)[country]
        return self.drawn.of(1 + _rest_due(self.tariff, country), (speed.key,), country)

    def _stop_h_per_km(self, number: int) -> Floats:
        country = self.network.countries[number]
        stops = self.tariff.stop_h_per_km(country)
        return self.drawn.of(stops.known, stops.basis, country)


def _rest_due(tariff: Tariff, country: str) -> float:
    """Hours of rest that an hour behind the wheel brings due."""
    return accrued_rest_h(Shift(tariff.rules(country), 1.0))


def _summed(components: Sequence[_Component]) -> EdgePrices:
    """Components side by side: one column for each of their groups."""
    first = np.cumsum([0, *(len(component.usd_per_unit) for component in components)])
    columns = [component.group + start for component, start in zip(components, first, strict=False)]
    edges = len(components[0].quantity)
    places = np.tile(np.arange(edges), len(components)), np.concatenate(columns)
    quantity = np.concatenate([component.quantity for component in components])
    is_used = quantity > 0
    quantities = csr_array((quantity[is_used], (places[0][is_used], places[1][is_used])), shape=(edges, first[-1]))
    return EdgePrices(quantities, np.concatenate([component.usd_per_unit for component in components]))
