"""A container's ways by sea as values: truck legs, voyage, totals, and where the road wins against them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import fsum
from typing import Literal

from corridor.costs.ledger import Ledger
from corridor.evidence import SailingFigure, Voyage, Way

HOURS_PER_DAY = 24.0


@dataclass(frozen=True, slots=True)
class TruckLeg:
    """The way of the container on the road before or after the ship.

    Parameters
    ----------
    plates : of the tractors, in order; the first is of the country where the leg begins
    chain : ordered (post id, direction)
    assumed : where no rule says that the plate may drive: "LTU plates in BLR"
    """

    start_name: str
    end_name: str
    plates: tuple[str, ...]
    chain: tuple[tuple[str, str], ...]
    assumed: tuple[str, ...]
    length_km: float
    ledger: Ledger


@dataclass(frozen=True, slots=True)
class SeaWay:
    """A container of one truckload by one port, door to door.

    Parameters
    ----------
    truck_legs : before and after the ship, in order of travel
    voyage : of the route, the `way` out of Pakistan or back
    cargo_usd_per_h : value of the cargo's time; carbon_usd_per_kg : price of its CO2e
    """

    port: str
    port_name: str
    truck_legs: tuple[TruckLeg, TruckLeg]
    voyage: Voyage
    way: Way
    cargo_usd_per_h: float
    carbon_usd_per_kg: float

    @property
    def time_h(self) -> float:
        """Door-to-door hours: both truck legs, both ports, and the sea."""
        return fsum((*(leg.ledger.time_h for leg in self.truck_legs), self.port_h, self.sail_h))

    @property
    def sail_h(self) -> float:
        """Hours from port to port."""
        return _known(self.voyage.sail_h)

    @property
    def port_h(self) -> float:
        """Hours in both ports."""
        return _known(self.voyage.port_h)

    @property
    def sea_usd(self) -> float:
        """Known freight and terminal charges."""
        return _known(self.voyage.freight_usd) + _known(self.voyage.handling_usd)

    @property
    def truck_usd(self) -> float:
        """Known USD of both truck legs."""
        return fsum(leg.ledger.money_usd for leg in self.truck_legs)

    @property
    def money_usd(self) -> float:
        """Known USD per truckload; a lower bound where `unknown` is not empty."""
        return self.truck_usd + self.sea_usd

    @property
    def unknown(self) -> tuple[str, ...]:
        """What nobody knows: parts of the voyage, and components of the truck legs with their country."""
        parts = {"ocean freight": self.voyage.freight_usd, "terminal charges": self.voyage.handling_usd}
        at_sea = [name for name, figure in parts.items() if figure.value is None]
        by_road = {f"{name} ({code})" for leg in self.truck_legs for name, code in leg.ledger.unknown_components}
        return (*at_sea, *sorted(by_road))

    @property
    def truck_co2e_wtw_kg(self) -> float:
        """Well-to-wheel kg CO2e of the truck legs; that of the ship is not known."""
        return fsum(leg.ledger.co2e_wtw_kg for leg in self.truck_legs)

    @property
    def generalised_cost_usd(self) -> float:
        """Money, the time of the cargo, and the carbon price of the truck legs."""
        return self.money_usd + self.cargo_usd_per_h * self.time_h + self.carbon_usd_per_kg * self.truck_co2e_wtw_kg


@dataclass(frozen=True, slots=True)
class SeaBenchmark:
    """The ways by sea, least generalised cost first.

    Parameters
    ----------
    missing : port -> why there is no way by it
    reason : why there is no benchmark at all; empty where there is one
    """

    ways: tuple[SeaWay, ...]
    missing: Mapping[str, str]
    reason: str


@dataclass(frozen=True, slots=True)
class Crossover:
    """At which value of time the road wins against the sea.

    Parameters
    ----------
    road_wins : ``always``, ``never``, ``above`` or ``below`` `usd_per_day`, which is None for the first two
    """

    road_wins: Literal["always", "never", "above", "below"]
    usd_per_day: float | None


def find_crossover(*, road_usd: float, road_h: float, sea_usd: float, sea_h: float) -> Crossover:
    """Value of time in USD per day at which road and sea cost the same (model.md 5.6).

    Notes
    -----
    (C_road - C_sea) / (days_sea - days_road). Where one of the two is cheaper and no slower, it always wins.

    Examples
    --------
    >>> found = find_crossover(road_usd=9000, road_h=18 * 24, sea_usd=4500, sea_h=45 * 24)
    >>> found.road_wins, round(found.usd_per_day, 1)
    ('above', 166.7)
    """
    if road_usd <= sea_usd and road_h <= sea_h:
        return Crossover("always", None)
    if road_usd >= sea_usd and road_h >= sea_h:
        return Crossover("never", None)
    usd_per_day = (road_usd - sea_usd) / (sea_h - road_h) * HOURS_PER_DAY
    return Crossover("above" if road_h < sea_h else "below", usd_per_day)


def _known(figure: SailingFigure) -> float:
    return 0.0 if figure.value is None else figure.value
