"""Hours, km and USD of options added up by country, as CPMM adds up its trips (model.md 1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import fsum

from corridor.analysis.assessment import Option
from corridor.costs.ledger import MoneyRow, TimeRow

CPMM_KM = 500
CPMM_MASS_T = 20
"""TFI3 is in USD per so many km and tonnes."""

EXIT_COMPONENTS = ("border_queue", "opening_wait", "exit_side")
ENTRY_COMPONENTS = ("entry_side",)
ROUTE_COMPONENTS = ("drive", "road_stops", *EXIT_COMPONENTS, *ENTRY_COMPONENTS)
"""Hours that CPMM's speed with delay counts; rest, ferries, closures, changes of tractor are left out (model.md 1)."""


@dataclass(frozen=True, slots=True)
class CountryTotals:
    """What some options add up to inside one country; legs with a ferry on them are left out.

    Parameters
    ----------
    exits, entries : sides of posts of this country passed on the way out and on the way in
    exit_h, entry_h : hours at them, the queue among those on the way out
    other_h : hours that count from door to door only: rest, change of tractor
    usd_by_component : known USD, by component of money, sorted
    mass_t : cargo of each truck
    """

    country: str
    km: float
    drive_h: float
    road_stops_h: float
    exit_h: float
    entry_h: float
    other_h: float
    exits: int
    entries: int
    passages: int
    usd_by_component: Mapping[str, float]
    mass_t: float

    @property
    def usd(self) -> float:
        """Known USD."""
        return fsum(self.usd_by_component.values())

    @property
    def border_fee_usd(self) -> float:
        """Known fees at posts."""
        return self.usd_by_component.get("border_fee", 0.0)

    @property
    def swod_km_per_h(self) -> float | None:
        """Speed without delay: distance over time in motion."""
        return _ratio(self.km, self.drive_h)

    @property
    def swd_stops_km_per_h(self) -> float | None:
        """Speed with road stops and both sides of posts in this country, without rest: what CPMM's SWD holds."""
        return _ratio(self.km, self._route_h)

    @property
    def swd_door_km_per_h(self) -> float | None:
        """Speed with everything, drivers' rest included."""
        return _ratio(self.km, self._route_h + self.other_h)

    @property
    def exit_side_h(self) -> float | None:
        """Mean hours of a side on the way out (TFI1 outbound)."""
        return _ratio(self.exit_h, self.exits)

    @property
    def entry_side_h(self) -> float | None:
        """Mean hours of a side on the way in (TFI1 inbound)."""
        return _ratio(self.entry_h, self.entries)

    @property
    def side_h(self) -> float | None:
        """Mean hours of a side, both ways together (TFI1)."""
        return _ratio(self.exit_h + self.entry_h, self.exits + self.entries)

    @property
    def side_fee_usd(self) -> float | None:
        """Mean known fees of a side (TFI2)."""
        return _ratio(self.border_fee_usd, self.exits + self.entries)

    @property
    def usd_per_500_km_20_t(self) -> float | None:
        """Money in the country in the unit of TFI3, border fees included."""
        return self.per_500_km_20_t(self.usd)

    @property
    def haul_usd_per_500_km_20_t(self) -> float | None:
        """The same without border fees."""
        return self.per_500_km_20_t(self.usd - self.border_fee_usd)

    @property
    def loaded_haul_usd_per_500_km_20_t(self) -> float | None:
        """The same without border fees and without the share of the empty way back."""
        empty_usd = self.usd_by_component.get("empty_return", 0.0)
        return self.per_500_km_20_t(self.usd - self.border_fee_usd - empty_usd)

    @property
    def km_per_passage(self) -> float | None:
        """Mean km inside the country from one end of its stretch to the other."""
        return _ratio(self.km, self.passages)

    def km_per_passage_at(self, swd_km_per_h: float) -> float | None:
        """Length of a passage at which these posts and stops would give this speed; None where no length does.

        Notes
        -----
        L = hours at posts a passage / (1/SWD - 1/SWOD - road stops per km)
        """
        if self.km <= 0 or not self.passages:
            return None
        h_per_km = 1 / swd_km_per_h - (self.drive_h + self.road_stops_h) / self.km
        return (self.exit_h + self.entry_h) / self.passages / h_per_km if h_per_km > 0 else None

    def swd_stops_at(self, side_h: float) -> float | None:
        """Speed with stops if every side of a post here took so many hours."""
        return _ratio(self.km, self.drive_h + self.road_stops_h + side_h * (self.exits + self.entries))

    @property
    def _route_h(self) -> float:
        return self.drive_h + self.road_stops_h + self.exit_h + self.entry_h

    def per_500_km_20_t(self, usd: float) -> float | None:
        """Money of all these trucks in the unit of TFI3; None without km."""
        return _ratio(usd * CPMM_KM * CPMM_MASS_T, self.km * self.mass_t)


def _ratio(numerator: float, denominator: float) -> float | None:
    return numerator / denominator if denominator > 0 else None


def country_totals(options: Sequence[Option], *, mass_t: float) -> dict[str, CountryTotals]:
    """Totals of some options by country, sorted by its code.

    Parameters
    ----------
    mass_t : cargo of each truck
    """
    time = [row for option in options for row in option.ledger.time if (row.stage, row.country) not in _at_sea(option)]
    money = [
        row for option in options for row in option.ledger.money if (row.stage, row.country) not in _at_sea(option)
    ]
    length_km = [pair for option in options for pair in _lengths(option)]
    return {
        country: _in_country(
            country,
            [row for row in time if row.country == country],
            [row for row in money if row.country == country],
            km=fsum(km for where, km in length_km if where == country),
            sides=[_sides(option, country) for option in options],
            mass_t=mass_t,
        )
        for country in sorted({row.country for row in time})
    }


def _at_sea(option: Option) -> set[tuple[int, str]]:
    """(stage, country) with a ferry on the way."""
    return {(row.stage, row.country) for row in option.ledger.time if row.component == "ferry"}


def _lengths(option: Option) -> Iterator[tuple[str, float]]:
    """(country, km) of each leg, those with a ferry left out."""
    at_sea = _at_sea(option)
    for number, stage in enumerate(option.stages):
        for country, km in stage.length_km_by_country.items():
            if (number, country) not in at_sea:
                yield country, km


def _sides(option: Option, country: str) -> tuple[int, int]:
    """How often an option leaves a country through a post, and how often it enters it."""
    directions = [direction.split("-") for _, direction in option.chain]
    return sum(left == country for left, _ in directions), sum(entered == country for _, entered in directions)


def _in_country(
    country: str,
    time: Sequence[TimeRow],
    money: Sequence[MoneyRow],
    *,
    km: float,
    sides: Sequence[tuple[int, int]],
    mass_t: float,
) -> CountryTotals:
    def hours(*components: str) -> float:
        return fsum(row.hours for row in time if row.component in components)

    return CountryTotals(
        country=country,
        km=km,
        drive_h=hours("drive"),
        road_stops_h=hours("road_stops"),
        exit_h=hours(*EXIT_COMPONENTS),
        entry_h=hours(*ENTRY_COMPONENTS),
        other_h=fsum(row.hours for row in time if row.component not in ROUTE_COMPONENTS),
        exits=sum(exits for exits, _ in sides),
        entries=sum(entries for _, entries in sides),
        passages=sum(max(pair) for pair in sides),
        usd_by_component={
            component: fsum(row.usd or 0.0 for row in money if row.component == component)
            for component in sorted({row.component for row in money})
        },
        mass_t=mass_t,
    )
