"""USD of a chain by component, country and stage; what nobody knows stays unknown (model.md 4)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import fsum

from corridor.costs.ledger import MoneyRow, TimeRow
from corridor.costs.search_weights import return_revenue_usd
from corridor.costs.stay_fees import stay_rows
from corridor.costs.stretches import PostStage, PricedStage, RoadStage, Stretch
from corridor.costs.tariff import Amount, Tariff
from corridor.costs.trip_fees import area_risk_fees, trip_fees

BOTH_WAYS = frozenset(
    {
        "driver",
        "vehicle",
        "overhead",
        "tyres_maintenance",
        "toll",
        "entry_fee",
        "entry_extras",
        "bridge_fee",
        "ferry_fare",
    }
)
"""Components that an empty truck pays on the way back as well; its fuel is counted apart, at load 0."""


def money_rows(stages: Sequence[PricedStage], time: Sequence[TimeRow], *, origin_country: str) -> tuple[MoneyRow, ...]:
    """Every dollar from door to door.

    Notes
    -----
    The way back is taken to cost the same hours, km and fees as the way out, with the fuel of an empty
    truck; its share `empty_return_share`, less what return loads pay, is added stage by stage.
    """
    rows = [MoneyRow(0, origin_country, name, fee.value, fee.basis) for name, fee in trip_fees(stages)]
    rows += [MoneyRow(number, country, "risk", fee.value, fee.basis) for number, country, fee in area_risk_fees(stages)]
    way = _way_rows(stages, time)
    return (*rows, *way, *_return_rows(stages, way))


def _way_rows(stages: Sequence[PricedStage], time: Sequence[TimeRow]) -> list[MoneyRow]:
    """What hours, stays, roads and posts cost, in this order."""
    rows = [*_clock_rows(stages, time), *stay_rows(stages, time)]
    for number, stage in enumerate(stages):
        rows += _road_rows(number, stage) if isinstance(stage, RoadStage) else _post_rows(number, stage)
    return rows


def _clock_rows(stages: Sequence[PricedStage], time: Sequence[TimeRow]) -> Iterator[MoneyRow]:
    """What every hour costs; it rests on the rate and on what the hour rests on."""
    for hour in time:
        tariff = stages[hour.stage].tariff
        rates = {
            "driver": tariff.driver_usd_per_h,
            "vehicle": tariff.vehicle_usd_per_h,
            "overhead": tariff.overhead_usd_per_h,
        }
        for component, rate in rates.items():
            basis = (*rate.basis, *hour.basis)
            yield _row(hour.stage, hour.country, component, Amount(rate.value, basis), hour.hours)


def _road_rows(number: int, stage: RoadStage) -> list[MoneyRow]:
    return [row for stretch in stage.stretches for row in _stretch_rows(number, stage.tariff, stretch)]


def _stretch_rows(number: int, tariff: Tariff, stretch: Stretch) -> list[MoneyRow]:
    country, diesel = stretch.country, tariff.diesel_usd_per_l(stretch.country)
    fuel_l = tariff.fuel_l_per_km.known * stretch.fuel_km
    fuel_basis = (*diesel.basis, *tariff.fuel_l_per_km.basis, tariff.fuel_relief_per_100_m.key)
    tyres = tariff.tyres_maintenance_usd_per_km
    tyres_basis = (*tyres.basis, *stretch.wear_basis)
    rows = [
        _row(number, country, "fuel", Amount(diesel.value, fuel_basis), fuel_l),
        _row(number, country, "tyres_maintenance", Amount(tyres.value, tyres_basis), stretch.wear_km),
        *_toll_rows(number, tariff, stretch),
    ]
    if stretch.ferry_km:
        rows.append(MoneyRow(number, country, "ferry_fare", None, (), km=stretch.ferry_km))
    return rows


def _toll_rows(number: int, tariff: Tariff, stretch: Stretch) -> Iterator[MoneyRow]:
    """Toll per km, and toll by plaza in the countries that have plazas; a rate nobody knows affects all km."""
    country = stretch.country
    toll, plaza = tariff.toll_usd_per_km(country), tariff.plaza_usd_per_km(country)
    toll_km = stretch.road_km if toll.value is None else stretch.toll_km
    yield _toll_row(number, country, Amount(toll.value, (*toll.basis, *stretch.toll_basis)), toll_km)
    if stretch.plaza_km:
        basis = (*plaza.basis, *stretch.plaza_basis)
        yield _toll_row(number, country, Amount(plaza.value, basis), stretch.plaza_km)


def _toll_row(number: int, country: str, rate: Amount, km: float) -> MoneyRow:
    if rate.value is None:
        return MoneyRow(number, country, "toll", None, rate.basis, km=km)
    return _row(number, country, "toll", rate, km)


def _post_rows(number: int, stage: PostStage) -> list[MoneyRow]:
    passage, tariff = stage.passage, stage.tariff
    left, entered = passage.country_left, passage.country_entered
    queue_key = f"crossings.{passage.crossing_id}.{passage.direction}.queue_h"
    idle_basis = (*passage.diesel.basis, *tariff.idle_l_per_queue_h.basis, queue_key)
    rows = [_row(number, left, "fuel", Amount(passage.diesel.value, idle_basis), passage.idle_l)]
    rows += [
        MoneyRow(number, country, "border_fee", fee.value, fee.basis)
        for country, fee in zip((left, entered), passage.border_fees, strict=True)
    ]
    rows += [MoneyRow(number, entered, component, fee.value, fee.basis) for component, fee in passage.way_fees]
    rows += [MoneyRow(number, entered, "risk", fee.value, fee.basis) for fee in passage.risk_fees]
    if passage.sea:
        rows.append(MoneyRow(number, left, "ferry_fare", passage.sea.fare.value, passage.sea.fare.basis))
    if passage.plate_after != passage.plate_before:
        rows.append(MoneyRow(number, left, "swap_fee", passage.swap_fee.value, passage.swap_fee.basis))
    return rows


def _return_rows(stages: Sequence[PricedStage], rows: Sequence[MoneyRow]) -> list[MoneyRow]:
    """Charge for the empty way back, one row for each thing paid again; it rests on what it is a share of."""
    charges = list(_return_charges(stages, rows))
    charge_usd = fsum(usd for _, _, usd, _ in charges)
    revenue = stages[0].tariff.amount("return_revenue_usd", "*")
    paid = 1 - min(return_revenue_usd(stages[0].tariff), charge_usd) / charge_usd if charge_usd else 1.0
    return [
        MoneyRow(number, country, "empty_return", paid * usd, (*basis, *revenue.basis))
        for number, country, usd, basis in charges
    ]


def _return_charges(
    stages: Sequence[PricedStage], rows: Sequence[MoneyRow]
) -> Iterator[tuple[int, str, float, tuple[str, ...]]]:
    """Share of each thing that an empty truck pays on the way back, before what return loads pay."""
    for number, country, amount_usd, basis in (*_both_ways(rows), *_empty_fuel(stages)):
        yield number, country, stages[number].tariff.empty_return_share * amount_usd, basis


def return_credit_usd(stages: Sequence[PricedStage], time: Sequence[TimeRow]) -> float:
    """USD that return loads take off the charge for the empty way back."""
    charges = _return_charges(stages, _way_rows(stages, time))
    return min(return_revenue_usd(stages[0].tariff), fsum(usd for _, _, usd, _ in charges))


def _both_ways(rows: Sequence[MoneyRow]) -> Iterator[tuple[int, str, float, tuple[str, ...]]]:
    """Known amounts that an empty truck pays as well."""
    for row in rows:
        if row.component in BOTH_WAYS and row.usd is not None:
            yield row.stage, row.country, row.usd, row.basis


def _empty_fuel(stages: Sequence[PricedStage]) -> Iterator[tuple[int, str, float, tuple[str, ...]]]:
    """Fuel of the truck at load 0."""
    for number, stage in enumerate(stages):
        if isinstance(stage, RoadStage):
            for stretch in stage.stretches:
                empty, diesel = stage.tariff.empty_fuel_l_per_km, stage.tariff.diesel_usd_per_l(stretch.country)
                fuel_usd = empty.known * stretch.fuel_km * diesel.known
                yield number, stretch.country, fuel_usd, (*empty.basis, *diesel.basis)


def _row(number: int, country: str, component: str, rate: Amount, quantity: float) -> MoneyRow:
    usd = None if rate.value is None else rate.value * quantity
    return MoneyRow(number, country, component, usd, rate.basis)
