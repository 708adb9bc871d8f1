"""What roads and posts take of a truck, in hours or USD, at each level of the smooth rule of rest (model.md, Reach)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from corridor.costs.border import Passage
from corridor.costs.drive_time import DriveTime
from corridor.costs.drivers_hours import COUNTERS, half_rest_h, period_h
from corridor.costs.search_weights import (
    EdgeParts,
    carbon_usd_per_l,
    edge_parts,
    hour_usd,
    passage_money_usd,
    rest_due_h_per_h,
)
from corridor.costs.tariff import Tariff
from corridor.network.roads import RoadNetwork

Floats = NDArray[np.float64]
Aim = Literal["fastest", "cheapest", "best"]

AIMS: tuple[Aim, ...] = ("fastest", "cheapest", "best")
"""Least hours, least money, least generalised cost."""

Counters = tuple[str, ...]


def rest_levels(tariff: Tariff) -> tuple[Counters, ...]:
    """Which kinds of rest are counted: none, then one kind more at each level, as far as the crew has them."""
    crew = tariff.scenario.vehicle.crew
    rules = [rules for rules in tariff.evidence.driver_rules.values() if rules.crew == crew]
    kinds = [counter for counter in COUNTERS if any(period_h(rule, counter) is not None for rule in rules)]
    return tuple(tuple(kinds[:count]) for count in range(len(kinds) + 1))


@dataclass(frozen=True)
class PlatePrices:
    """Weights for a truck of one plate: hours if the fastest way is sought, else USD."""

    network: RoadNetwork
    drive: DriveTime
    tariff: Tariff

    def per_hour(self, aim: Aim) -> float:
        """What an hour counts: 1 h, what truck and crew cost, or that and the cargo's time."""
        tariff = self.tariff
        by_aim = {
            "fastest": 1.0,
            "cheapest": tariff.clock_usd_per_h * (1 + tariff.empty_return_share),
            "best": hour_usd(tariff),
        }
        return by_aim[aim]

    def edges(self, aim: Aim, counters: Counters) -> Floats:
        """Weight of every edge, shape (edges,); rest of these kinds accrues in proportion to driving."""
        due = rest_due_h_per_h(self.network, self.tariff, counters)
        hours = self._parts.drive_h * (1 + due) + self._parts.other_h
        return np.asarray(self._usd(aim) + self.per_hour(aim) * hours)

    def post(self, passage: Passage, aim: Aim, counters: Counters) -> float:
        """Weight of a post; where rest is counted at all, the wait replaces some of it."""
        rested_h = self.tariff.absorption.absorbed_h(passage.wait_h) if counters else 0.0
        carbon_usd = passage.idle_l * carbon_usd_per_l(self.tariff)
        money_usd = passage_money_usd(passage, self.tariff) - carbon_usd
        usd: dict[Aim, float] = {"fastest": 0.0, "cheapest": money_usd, "best": money_usd + carbon_usd}
        return usd[aim] + self.per_hour(aim) * (passage.wait_h - rested_h)

    def half_rest(self, country: str, aim: Aim, counters: Counters) -> float:
        """What accrued rest is too much on average, where the crew's driving ends in this country."""
        return self.per_hour(aim) * half_rest_h(self.tariff.rules(country), counters)

    def half_rests(self, aim: Aim, counters: Counters) -> Floats:
        """The same by country, in the order of `network.countries`; 0 where no road lies."""
        present = {int(number) for number in np.unique(self.network.node_country)}
        return np.array(
            [
                self.half_rest(country, aim, counters) if number in present else 0.0
                for number, country in enumerate(self.network.countries)
            ]
        )

    def _usd(self, aim: Aim) -> Floats:
        """Money of every edge that counts besides hours."""
        money_usd, carbon_usd = self._parts.money_usd, self._parts.carbon_usd
        usd = {"fastest": np.zeros_like(money_usd), "cheapest": money_usd, "best": money_usd + carbon_usd}
        return usd[aim]

    @cached_property
    def _parts(self) -> EdgeParts:
        return edge_parts(self.network, self.drive, self.tariff)
