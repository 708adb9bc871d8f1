"""USD of a chain by component, country and stage; what nobody knows stays unknown (model.md 4)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from corridor.costs.ledger import MoneyRow, TimeRow
from corridor.costs.stretches import PostStage, PricedStage, RoadStage, Stretch
from corridor.costs.tariff import Amount, Tariff

TRIP_FEES = {
    "tir_carnet": "tir_carnet_usd",
    "insurance": "insurance_usd",
    "permit": "permit_usd",
    "risk": "risk_usd",
}
"""Component of money -> the parameter of a fee paid once a trip."""

BOTH_WAYS = frozenset({"driver", "vehicle", "overhead", "tyres_maintenance", "toll", "entry_fee", "bridge_fee"})
"""Components that an empty truck pays on the way back as well; its fuel is counted apart, at load 0."""


def money_rows(stages: Sequence[PricedStage], time: Sequence[TimeRow], *, origin_country: str) -> tuple[MoneyRow, ...]:
    """Every dollar from door to door.

    Notes
    -----
    The way back is taken to cost the same hours, km and fees as the way out, with the fuel of an empty
    truck; its share `empty_return_share` is added stage by stage.
    """
    rows = [*_trip_rows(stages[0].tariff, origin_country), *_clock_rows(stages, time)]
    for number, stage in enumerate(stages):
        rows += _road_rows(number, stage) if isinstance(stage, RoadStage) else _post_rows(number, stage)
    return (*rows, *_return_rows(stages, rows))


def _trip_rows(tariff: Tariff, country: str) -> Iterator[MoneyRow]:
    for component, name in TRIP_FEES.items():
        fee = tariff.trip_fee_usd(name)
        yield MoneyRow(0, country, component, fee.value, fee.basis)


def _clock_rows(stages: Sequence[PricedStage], time: Sequence[TimeRow]) -> Iterator[MoneyRow]:
    hours: dict[tuple[int, str], float] = defaultdict(float)
    for row in time:
        hours[row.stage, row.country] += row.hours
    for (number, country), clock_h in sorted(hours.items()):
        tariff = stages[number].tariff
        rates = {
            "driver": tariff.driver_usd_per_h,
            "vehicle": tariff.vehicle_usd_per_h,
            "overhead": tariff.overhead_usd_per_h,
        }
        for component, rate in rates.items():
            yield _row(number, country, component, rate, clock_h)


def _road_rows(number: int, stage: RoadStage) -> list[MoneyRow]:
    return [row for stretch in stage.stretches for row in _stretch_rows(number, stage.tariff, stretch)]


def _stretch_rows(number: int, tariff: Tariff, stretch: Stretch) -> list[MoneyRow]:
    country, diesel = stretch.country, tariff.diesel_usd_per_l(stretch.country)
    fuel_l = tariff.fuel_l_per_km.known * stretch.fuel_km
    fuel_basis = (*diesel.basis, *tariff.fuel_l_per_km.basis, tariff.fuel_relief_per_100_m.key)
    tyres, toll = tariff.tyres_maintenance_usd_per_km, tariff.toll_usd_per_km(country)
    rows = [
        _row(number, country, "fuel", Amount(diesel.value, fuel_basis), fuel_l),
        _row(number, country, "tyres_maintenance", tyres, stretch.road_km),
        _row(number, country, "toll", Amount(toll.value, (*toll.basis, *stretch.toll_basis)), stretch.toll_km),
    ]
    return [*rows, MoneyRow(number, country, "ferry_fare", None, ())] if stretch.ferry_km else rows


def _post_rows(number: int, stage: PostStage) -> list[MoneyRow]:
    passage, tariff = stage.passage, stage.tariff
    left, entered = passage.country_left, passage.country_entered
    idle_basis = (*passage.diesel.basis, *tariff.idle_l_per_queue_h.basis)
    rows = [_row(number, left, "fuel", Amount(passage.diesel.value, idle_basis), passage.idle_l)]
    rows += [
        MoneyRow(number, country, "border_fee", fee.value, fee.basis)
        for country, fee in zip((left, entered), passage.border_fees, strict=True)
    ]
    rows += [MoneyRow(number, entered, component, fee.value, fee.basis) for component, fee in passage.way_fees]
    if passage.plate_after != passage.plate_before:
        rows.append(MoneyRow(number, left, "swap_fee", passage.swap_fee.value, passage.swap_fee.basis))
    return rows


def _return_rows(stages: Sequence[PricedStage], rows: Sequence[MoneyRow]) -> list[MoneyRow]:
    """Share of the empty way back, one row a stage and country; it rests on what it is a share of."""
    usd: dict[tuple[int, str], float] = defaultdict(float)
    basis: dict[tuple[int, str], set[str]] = defaultdict(set)
    for number, country, amount_usd, keys in (*_both_ways(rows), *_empty_fuel(stages)):
        usd[number, country] += amount_usd
        basis[number, country] |= set(keys)
    return [
        MoneyRow(
            number,
            country,
            "empty_return",
            stages[number].tariff.empty_return_share * amount_usd,
            tuple(sorted(basis[number, country])),
        )
        for (number, country), amount_usd in sorted(usd.items())
    ]


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
