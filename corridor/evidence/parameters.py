"""Numbers of the world that have no place on the map: prices, speeds, fees, shares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from corridor.evidence.sources import SetBy

ScopeKind = Literal[
    "global",
    "country",
    "plate",
    "country_plate",
    "country_class",
    "country_direction",
    "crossing",
    "currency",
    "grade",
    "surface",
    "days_country",
    "days_country_plate",
    "mass_country_plate",
    "mass_crossing",
]

TIERED_KINDS = {
    "days_country": "country",
    "days_country_plate": "country_plate",
    "mass_country_plate": "country_plate",
    "mass_crossing": "crossing",
}
"""Kinds whose scope begins with a limit (days or t) and a colon -> what follows the colon."""

ANY = "*"
"""The scope that stands for all others."""

PACKAGE_CURRENCY = "USD"
FX_NAME = "fx_local_per_usd"


@dataclass(frozen=True, slots=True)
class ParameterDefinition:
    """What a parameter means: its unit, what it may be given for, and its bounds.

    Parameters
    ----------
    unit : the unit of `Parameter.value`, e.g. ``USD/km``
    scope_kind : what a row may be for; every kind but the tiered ones also allows ``*``, all others
    minimum, maximum : bounds of value, low and high in `unit`, inclusive
    """

    name: str
    unit: str
    scope_kind: ScopeKind
    minimum: float
    maximum: float
    description: str

    @property
    def is_money(self) -> bool:
        """Whether its unit is USD or USD per something."""
        return self.unit == PACKAGE_CURRENCY or self.unit.startswith(f"{PACKAGE_CURRENCY}/")

    def stated_unit(self, currency: str) -> str:
        """The unit a row in `currency` must state: ``EUR/km`` for ``USD/km`` and EUR."""
        return self.unit.replace(PACKAGE_CURRENCY, currency, 1) if self.is_money else self.unit


@dataclass(frozen=True, slots=True)
class Parameter:
    """One number with all that is known about it.

    Parameters
    ----------
    value : mean, in the unit the name says (USD where it says usd)
    low, high : 10th and 90th percentile of what is not known, same unit; None where nobody said
    unit, currency, stated_value : as the source has it; currency is empty where it is not money
    year : of the figure; None if undated
    price_year : of money, the year in whose prices `value` is: the base year, or `year` where nothing inflates it
    converted_by : keys of the rate and the price indices that made USD of the base year out of it
    source : keys of sources.csv
    grade : A to D, see `GRADES`
    """

    name: str
    scope: str
    value: float
    low: float | None
    high: float | None
    unit: str
    currency: str
    stated_value: float
    year: int | None
    source: tuple[str, ...]
    grade: str
    note: str
    price_year: int | None = None
    converted_by: tuple[str, ...] = ()
    set_by: SetBy = "tables"

    @property
    def key(self) -> str:
        """How scenarios and ledgers name it: ``parameters.diesel_usd_per_l.PAK``."""
        return f"parameters.{self.name}.{self.scope}"

    @property
    def basis(self) -> tuple[str, ...]:
        """Keys of all that multiplies in `value`: its own, and those of its conversion."""
        return (self.key, *self.converted_by)

    def scaled(self, factor: float) -> Parameter:
        """The same parameter with value, low and high times `factor`; what the source stated stays."""
        low, high = (None if bound is None else bound * factor for bound in (self.low, self.high))
        return replace(self, value=self.value * factor, low=low, high=high)


def scopes_to_try(scope: str, areas: Mapping[str, str]) -> list[str]:
    """The scopes that may answer for `scope`, best first: itself, its free-movement area, then ``*``.

    Parameters
    ----------
    areas : country -> its free-movement area, for those that have one

    Examples
    --------
    >>> scopes_to_try("UZB:LTU", {"LTU": "EU_EFTA"})
    ['UZB:LTU', 'UZB:EU_EFTA', 'UZB:*', '*']
    >>> scopes_to_try("PAK", {})
    ['PAK', '*']
    """
    head, _, last = scope.rpartition(":")
    prefix = f"{head}:" if head else ""
    lasts = [last, areas.get(last, ""), ANY]
    tried = [f"{prefix}{part}" for part in lasts if part]
    return list(dict.fromkeys([*tried, ANY]))
