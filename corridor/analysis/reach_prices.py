"""What roads and posts take of a truck, in hours or USD, at each level of rest (model.md, Reach)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import astuple, dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from corridor.analysis.reach_rest import Level, RestRates, is_due, rest_rates, unfinished_rest_h, weekly_rules
from corridor.costs.border import Passage
from corridor.costs.drive_time import DriveTime
from corridor.costs.hours import post_segment
from corridor.costs.search_weights import (
    EdgeParts,
    carbon_usd_per_l,
    edge_parts,
    hour_usd,
    passage_money_usd,
)
from corridor.costs.stretches import PostStage
from corridor.costs.tariff import Tariff
from corridor.network.roads import RoadNetwork

Floats = NDArray[np.float64]
Aim = Literal["fastest", "cheapest", "best"]

AIMS: tuple[Aim, ...] = ("fastest", "cheapest", "best")
"""Least hours, least money, least generalised cost."""


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

    def edges(self, aim: Aim, level: Level) -> Floats:
        """Weight of every edge, shape (edges,)."""
        parts = self._parts
        hours = self._edge_rates(level).road_h(drive_h=parts.drive_h, stop_h=parts.stop_h, ferry_h=parts.ferry_h)
        return np.asarray(self._usd(aim) + self.per_hour(aim) * hours)

    def post(self, passage: Passage, aim: Aim, level: Level) -> float:
        """Weight of a post."""
        carbon_usd = passage.idle_l * carbon_usd_per_l(self.tariff)
        money_usd = passage_money_usd(passage, self.tariff) - carbon_usd
        usd: dict[Aim, float] = {"fastest": 0.0, "cheapest": money_usd, "best": money_usd + carbon_usd}
        return usd[aim] + self.per_hour(aim) * self._post_h(passage, level)

    def half_rest(self, country: str, aim: Aim, level: Level) -> float:
        """What rest by the hour is too much on average, where the crew's driving ends in this country."""
        return self.per_hour(aim) * unfinished_rest_h(self.tariff, self.tariff.rules(country), level)

    def half_rests(self, aim: Aim, level: Level) -> Floats:
        """The same by country, in the order of `network.countries`; 0 where no road lies."""
        return self._by_country(lambda country: self.half_rest(country, aim, level))

    def is_due(self, level: Level) -> NDArray[np.bool_]:
        """Whether a level counts where the crew's driving ends in a country, in the same order."""
        return self._by_country(lambda country: is_due(self.tariff.rules(country), level)) > 0

    def _post_h(self, passage: Passage, level: Level) -> float:
        """Hours of a post: where rest is counted, the wait replaces some, and brings the weekly one nearer or is it."""
        if not level.kinds:
            return passage.wait_h
        wait_h = passage.wait_h - self.tariff.absorption.absorbed_h(passage.wait_h)
        week = weekly_rules(self.tariff)
        weekly_rest_h = (week.weekly_rest_h if week else None) or 0.0
        missing_h = max(0.0, weekly_rest_h - post_segment(PostStage(passage, self.tariff)).free_h)
        due = rest_rates(self.tariff, self.tariff.rules(passage.country_entered), level).weekly_by_clock
        return wait_h + min(float(due) * wait_h, missing_h)

    def _edge_rates(self, level: Level) -> RestRates:
        """Rates of every edge, by its country."""
        present = np.unique(self.network.edge_country)
        rates = np.zeros((len(self.network.countries), 5))
        for number in present.tolist():
            rates[number] = astuple(rest_rates(self.tariff, self.tariff.rules(self.network.countries[number]), level))
        return RestRates(*rates[self.network.edge_country].T)

    def _by_country(self, value: Callable[[str], float]) -> Floats:
        present = {int(number) for number in np.unique(self.network.node_country)}
        countries = enumerate(self.network.countries)
        return np.array([value(country) if number in present else 0.0 for number, country in countries])

    def _usd(self, aim: Aim) -> Floats:
        """Money of every edge that counts besides hours."""
        money_usd, carbon_usd = self._parts.money_usd, self._parts.carbon_usd
        usd = {"fastest": np.zeros_like(money_usd), "cheapest": money_usd, "best": money_usd + carbon_usd}
        return usd[aim]

    @cached_property
    def _parts(self) -> EdgeParts:
        return edge_parts(self.network, self.drive, self.tariff)
