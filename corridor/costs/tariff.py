"""What a kilometre, an hour and an event cost a truck of one plate, each figure with its evidence."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from corridor.costs.drivers_hours import Absorption
from corridor.evidence import DriverRules, Evidence, Parameter, TruckBan
from corridor.scenario import Scenario


class Amount(NamedTuple):
    """A figure with the evidence it rests on; None where nobody knows it."""

    value: float | None
    basis: tuple[str, ...]

    @property
    def known(self) -> float:
        """The figure, 0 where it is unknown: what a lower bound may count on."""
        return 0.0 if self.value is None else self.value


@dataclass(frozen=True)
class Tariff:
    """Rates of one plate under one scenario; looks every figure up in the evidence, keeps none of its own.

    Parameters
    ----------
    plate : ISO alpha-3 code of the tractor's registration
    """

    evidence: Evidence
    scenario: Scenario
    plate: str

    def stop_h_per_km(self, country: str) -> Amount:
        """Road stops (checkpoints, weighing, fuel) in h per km."""
        return _scaled(self._parameter("stop_h_per_100_km", country), 1 / 100)

    def rules(self, country: str) -> DriverRules:
        """Drivers' hours in force: AETR where the country is party to it, else the named national practice."""
        system = "aetr" if self.evidence.countries[country].is_aetr_party else "national"
        return self.evidence.driver_rules[f"{system}_{self.scenario.vehicle.crew}"]

    @property
    def driver_usd_per_h(self) -> Amount:
        """Pay of the whole crew per clock hour."""
        return _scaled(self._parameter("driver_usd_per_h", self.plate), self.scenario.vehicle.crew)

    @property
    def vehicle_usd_per_h(self) -> Amount:
        """Finance, insurance and taxes of the truck per clock hour."""
        return _scaled(self._parameter("vehicle_usd_per_h", self.plate))

    @property
    def overhead_usd_per_h(self) -> Amount:
        """Overhead of the haulier per clock hour."""
        return _scaled(self._parameter("overhead_usd_per_h", self.plate))

    @cached_property
    def clock_usd_per_h(self) -> float:
        """Crew, truck and overhead per clock hour."""
        return self.driver_usd_per_h.known + self.vehicle_usd_per_h.known + self.overhead_usd_per_h.known

    @cached_property
    def cargo_usd_per_h(self) -> Amount:
        """Value of the cargo's time: cargo value x share per day / 24 (model.md 5.1)."""
        kind = self.evidence.cargo_kinds[self.scenario.cargo.kind]
        value = self.scenario.cargo.value_usd * kind.vot_share_per_day / 24
        return Amount(value, (f"cargo_kinds.{kind.id}.vot_share_per_day",))

    @cached_property
    def fuel_l_per_km(self) -> Amount:
        """Litres per km on flat road with this cargo: fuel_use * fuel(mass) / fuel(reference mass)."""
        use = self._parameter("fuel_use_l_per_100_km", self.plate)
        load = self._fuel_at(self.scenario.cargo.mass_t) / self._fuel_at(self._reference_mass_t)
        return Amount(use.value / 100 * load, (use.key, *self._load_basis))

    @cached_property
    def empty_fuel_l_per_km(self) -> Amount:
        """Litres per km on flat road without cargo."""
        use = self._parameter("fuel_use_l_per_100_km", self.plate)
        load = self._fuel_at(0.0) / self._fuel_at(self._reference_mass_t)
        return Amount(use.value / 100 * load, (use.key, *self._load_basis))

    @property
    def fuel_relief_per_100_m(self) -> Parameter:
        """Share by which 100 m of relief raise fuel use."""
        return self._parameter("fuel_terrain_factor_per_100_m", "*")

    @property
    def idle_l_per_queue_h(self) -> Amount:
        """Litres per hour in a queue: idle_share * idle_l_per_h."""
        share, rate = self._parameter("idle_share", "*"), self._parameter("idle_l_per_h", "*")
        return Amount(share.value * rate.value, (share.key, rate.key))

    def diesel_usd_per_l(self, country: str) -> Amount:
        """Pump price in the country where the fuel is burnt."""
        return self._find("diesel_usd_per_l", country)

    @property
    def tyres_maintenance_usd_per_km(self) -> Amount:
        """Tyres and maintenance on paved road."""
        return self._find("tyres_maintenance_usd_per_km", self.plate)

    def toll_usd_per_km(self, country: str) -> Amount:
        """Toll per km of road that carries one; unknown where no rate was found."""
        return self._find("toll_usd_per_km", country)

    def plaza_usd_per_km(self, country: str) -> Amount:
        """Toll per km of road with plazas: fee of a plaza * plazas per 100 km / 100; 0 where none are known of."""
        fee, plazas = self._find("toll_plaza_fee_usd", country), self._find("toll_plazas_per_100_km", country)
        if fee.value is None:
            return Amount(0.0, ())
        usd_per_km = None if plazas.value is None else fee.value * plazas.value / 100
        return Amount(usd_per_km, (*fee.basis, *plazas.basis))

    @cached_property
    def queue_rest_share(self) -> Amount:
        """Share of the hours at a post that are free of duties, 0 to 1."""
        return _scaled(self._parameter("queue_rest_share", "*"))

    @cached_property
    def absorption(self) -> Absorption:
        """How waiting at posts replaces rest (model.md 2.4)."""
        return Absorption(
            rest_share=self._parameter("queue_rest_share", "*").value,
            absorption_share=self._parameter("queue_absorption_share", "*").value,
            cap_h=self._parameter("absorption_cap_h", "*").value,
        )

    def swap_h(self, rule: str) -> Amount:
        """Hours of a change of tractor (``swap``) or of transloading (``transload``)."""
        return _scaled(self._parameter(f"{rule}_h", "*"))

    def swap_fee_usd(self, rule: str) -> Amount:
        """Fee of a change of tractor (``swap``) or of transloading (``transload``)."""
        return self._find(f"{rule}_fee_usd", "*")

    @property
    def empty_return_share(self) -> float:
        """Share of trips that come back empty, 0 to 1 (scenario)."""
        return self.scenario.vehicle.empty_return_share

    @property
    def wtw_kg_per_l(self) -> Amount:
        """Well-to-wheel kg CO2e per litre of diesel."""
        return _scaled(self._parameter("wtw_kg_per_l", "*"))

    @property
    def ttw_kg_per_l(self) -> Amount:
        """Tank-to-wheel kg CO2e per litre of diesel."""
        return _scaled(self._parameter("ttw_kg_per_l", "*"))

    @property
    def gross_mass_t(self) -> float:
        """Permitted mass of the loaded truck, which decides fees by mass."""
        return self.evidence.vehicles[self.scenario.vehicle.type].gross_mass_t

    def truck_bans(self, country: str) -> tuple[TruckBan, ...]:
        """Hours at which trucks may not drive in a country."""
        if country not in self._bans:
            self._bans[country] = self.evidence.truck_bans_of(country)
        return self._bans[country]

    def amount(self, name: str, scope: str) -> Amount:
        """A figure by name and scope; unknown where the tables have none."""
        return self._find(name, scope)

    def row(self, name: str, scope: str) -> Parameter | None:
        """The row that answers for a scope; None where nobody knows."""
        if (name, scope) not in self._rows:
            self._rows[name, scope] = self.evidence.find_parameter(name, scope)
        return self._rows[name, scope]

    def tiers(self, name: str, scope: str) -> tuple[tuple[int, Parameter], ...]:
        """Rows of exactly this scope behind a limit, lowest limit first."""
        if (name, scope) not in self._tiers:
            self._tiers[name, scope] = self.evidence.tiers(name, scope)
        return self._tiers[name, scope]

    # look-up ----------------------------------------------------------------------------------------
    def _parameter(self, name: str, scope: str) -> Parameter:
        if (name, scope) not in self._known:
            self._known[name, scope] = self.evidence.parameter(name, scope)
        return self._known[name, scope]

    def _find(self, name: str, scope: str) -> Amount:
        if (name, scope) not in self._found:
            self._found[name, scope] = _amount(self.row(name, scope))
        return self._found[name, scope]

    @cached_property
    def _known(self) -> dict[tuple[str, str], Parameter]:
        return {}

    @cached_property
    def _found(self) -> dict[tuple[str, str], Amount]:
        return {}

    @cached_property
    def _rows(self) -> dict[tuple[str, str], Parameter | None]:
        return {}

    @cached_property
    def _bans(self) -> dict[str, tuple[TruckBan, ...]]:
        return {}

    @cached_property
    def _tiers(self) -> dict[tuple[str, str], tuple[tuple[int, Parameter], ...]]:
        return {}

    @property
    def _reference_mass_t(self) -> float:
        return self._parameter("fuel_reference_mass_t", "*").value

    @property
    def _load_basis(self) -> tuple[str, ...]:
        names = ("fuel_empty_l_per_100_km", "fuel_full_l_per_100_km", "fuel_reference_mass_t")
        payload_key = f"vehicles.{self.scenario.vehicle.type}.payload_t"
        return (*(self._parameter(name, "*").key for name in names), payload_key)

    def _fuel_at(self, mass_t: float) -> float:
        empty = self._parameter("fuel_empty_l_per_100_km", "*").value
        full = self._parameter("fuel_full_l_per_100_km", "*").value
        payload_t = self.evidence.vehicles[self.scenario.vehicle.type].payload_t
        return empty + (full - empty) * mass_t / payload_t


def _amount(parameter: Parameter | None) -> Amount:
    return Amount(parameter.value, parameter.basis) if parameter else Amount(None, ())


def _scaled(parameter: Parameter, factor: float = 1.0) -> Amount:
    return Amount(parameter.value * factor, parameter.basis)
