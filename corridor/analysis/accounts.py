"""The account of one option: its amounts by component, country and post, however they were read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from corridor.analysis.assessment import Option

Quantity = Literal["money", "time", "co2e"]
"""What is counted: USD per truck, door-to-door hours, well-to-wheel kg CO2e."""

PLACE_FEES = frozenset({"border_fee", "bridge_fee", "swap_fee", "ferry_fare"})
"""Fees that each post or leg has of its own; all others hold in a country, or once a trip."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One amount of an account.

    Parameters
    ----------
    place : id of the post, or the label of the leg
    is_post : whether it falls due at a post
    amount : USD, h or kg; None where nobody knows it
    """

    quantity: Quantity
    component: str
    country: str
    place: str
    is_post: bool
    amount: float | None

    @property
    def unknown_id(self) -> tuple[str, str, str]:
        """What would have to be found out: component, country, and the place where each has its own fee."""
        return self.component, self.country, self.place if self.component in PLACE_FEES else ""


@dataclass(frozen=True, slots=True)
class OptionAccount:
    """Everything that makes up the cost of an option.

    Parameters
    ----------
    cargo_time_usd, carbon_usd : the parts of generalised cost beside money, in USD per truck
    km_by_country : road length in each country
    """

    label: str
    entries: tuple[Entry, ...]
    cargo_time_usd: float
    carbon_usd: float
    km_by_country: Mapping[str, float]


def build_account(option: Option) -> OptionAccount:
    """The account of an option, from the ledger it was priced with."""
    return OptionAccount(
        label=option.label,
        entries=tuple(_entries(option)),
        cargo_time_usd=option.cargo_time_usd,
        carbon_usd=option.carbon_usd,
        km_by_country=_km_by_country(option),
    )


def _entries(option: Option) -> Iterator[Entry]:
    places = [(stage.crossing_id or stage.label, stage.kind == "post") for stage in option.stages]
    for money in option.ledger.money:
        yield Entry("money", money.component, money.country, *places[money.stage], money.usd)
    for time in option.ledger.time:
        yield Entry("time", time.component, time.country, *places[time.stage], time.hours)
    for carbon in option.ledger.carbon:
        yield Entry("co2e", carbon.component, carbon.country, *places[carbon.stage], carbon.wtw_kg)


def _km_by_country(option: Option) -> dict[str, float]:
    length_km: dict[str, float] = {}
    for stage in option.stages:
        for country, stretch_km in stage.length_km_by_country.items():
            length_km[country] = length_km.get(country, 0.0) + stretch_km
    return length_km
