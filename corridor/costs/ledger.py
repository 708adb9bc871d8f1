"""The ledger of one option: every hour, dollar and kilogram as a row that can be summed any way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from math import fsum
from types import MappingProxyType

from corridor.costs.money_cell import MoneyCell

TIME_COMPONENTS: Mapping[str, str] = MappingProxyType(
    {
        "drive": "Driving",
        "road_stops": "Road stops",
        "ban_wait": "Bans on trucks",
        "ferry_wait": "Waiting for a ferry",
        "ferry": "Ferry, at sea",
        "driver_rest": "Drivers' rest",
        "border_queue": "Border queue",
        "opening_wait": "Waiting for the post to open",
        "closure_wait": "Closures to be expected",
        "holiday_wait": "Closed days of the post",
        "exit_side": "Exit side of the post",
        "entry_side": "Entry side of the post",
        "swap": "Change of tractor or transloading",
    }
)
"""Component of time -> what a reader calls it, in the order in which a report lists them."""

MONEY_COMPONENTS: Mapping[str, str] = MappingProxyType(
    {
        "fuel": "Fuel",
        "driver": "Driver",
        "vehicle": "Vehicle time cost",
        "overhead": "Overhead",
        "tyres_maintenance": "Tyres and maintenance",
        "toll": "Tolls",
        "ferry_fare": "Ferry fares",
        "entry_fee": "Entry and transit fees",
        "entry_extras": "Further charges at entry",
        "bridge_fee": "Bridge fees",
        "border_fee": "Border fees, unofficial ones included",
        "tir_carnet": "TIR carnet",
        "insurance": "Insurance (green card)",
        "permit": "Permits",
        "risk": "Escort and risk premium",
        "swap_fee": "Change of tractor or transloading",
        "empty_return": "Share of the empty way back",
    }
)
"""Component of money -> what a reader calls it, in the order in which a report lists them."""


@dataclass(frozen=True, slots=True)
class TimeRow:
    """Hours of one component, at one stage, in one country.

    Parameters
    ----------
    stage : position of the leg or post in `Option.stages`
    hours : elapsed hours, >= 0
    basis : keys of the evidence the figure rests on, e.g. ``parameters.swod_km_per_h.PAK``
    """

    stage: int
    country: str
    component: str
    hours: float
    basis: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MoneyRow:
    """USD per truck of one component, at one stage, in one country; `usd` is None where nobody knows.

    Parameters
    ----------
    km : km that an unknown amount per km affects, else 0
    """

    stage: int
    country: str
    component: str
    usd: float | None
    basis: tuple[str, ...]
    km: float = 0.0

    @property
    def unknown_id(self) -> str:
        """What an unknown amount is: the same id means the same USD, whichever option pays it."""
        km = [f"{self.km:.0f} km"] if self.km else []
        return " ".join([f"{self.component}.{self.country}", *km, *self.basis])


@dataclass(frozen=True, slots=True)
class CarbonRow:
    """Litres burnt and kg CO2e of one stage and country, the empty way's share included."""

    stage: int
    country: str
    component: str
    fuel_l: float
    ttw_kg: float
    wtw_kg: float
    basis: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ledger:
    """All rows of one option; every total anybody prints is a sum over these rows."""

    time: tuple[TimeRow, ...]
    money: tuple[MoneyRow, ...]
    carbon: tuple[CarbonRow, ...]

    @property
    def time_h(self) -> float:
        """Door-to-door hours."""
        return fsum(row.hours for row in self.time)

    @property
    def money_usd(self) -> float:
        """Known USD per truck; a lower bound where `unknown_components` is not empty."""
        return fsum(row.usd for row in self.money if row.usd is not None)

    @property
    def co2e_wtw_kg(self) -> float:
        """Well-to-wheel kg CO2e per truck."""
        return fsum(row.wtw_kg for row in self.carbon)

    @property
    def co2e_ttw_kg(self) -> float:
        """Tank-to-wheel kg CO2e per truck."""
        return fsum(row.ttw_kg for row in self.carbon)

    @property
    def unknown_components(self) -> tuple[tuple[str, str], ...]:
        """Pairs (component, country) whose USD nobody knows, sorted; empty when the total is complete."""
        return tuple(sorted({(row.component, row.country) for row in self.money if row.usd is None}))

    @property
    def is_lower_bound(self) -> bool:
        """Whether the total of money must be printed with "at least"."""
        return any(row.usd is None for row in self.money)

    @property
    def money_cell(self) -> MoneyCell:
        """Known USD per truck with the ids of what is unknown."""
        return MoneyCell(self.money_usd, frozenset(row.unknown_id for row in self.money if row.usd is None))

    @property
    def unknown_toll_km(self) -> dict[str, float]:
        """Country -> km of road there whose toll nobody knows, by code."""
        rows = [row for row in self.money if row.usd is None and row.component == "toll"]
        return {code: fsum(row.km for row in rows if row.country == code) for code in sorted({r.country for r in rows})}

    @property
    def ferry_countries(self) -> tuple[str, ...]:
        """Countries whose ferries the option uses, sorted; their fares and CO2e are not in the totals."""
        return tuple(sorted({row.country for row in self.time if row.component == "ferry"}))

    @property
    def basis(self) -> tuple[str, ...]:
        """Every piece of evidence this option rests on, sorted."""
        rows: tuple[TimeRow | MoneyRow | CarbonRow, ...] = (*self.time, *self.money, *self.carbon)
        return tuple(sorted({key for row in rows for key in row.basis}))

    def hours_by(self, key: Callable[[TimeRow], object]) -> dict[object, float]:
        """Hours summed by `key` of the row, in order of first appearance."""
        return _sum_by((key(row), row.hours) for row in self.time)

    def usd_by(self, key: Callable[[MoneyRow], object]) -> dict[object, float]:
        """Known USD summed by `key` of the row, in order of first appearance."""
        return _sum_by((key(row), row.usd) for row in self.money if row.usd is not None)


def _sum_by(pairs: Iterable[tuple[object, float]]) -> dict[object, float]:
    parts: dict[object, list[float]] = {}
    for key, amount in pairs:
        parts.setdefault(key, []).append(amount)
    return {key: fsum(amounts) for key, amounts in parts.items()}
