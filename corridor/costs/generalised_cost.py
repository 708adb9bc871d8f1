"""Generalised cost of chains in a few sums, without their ledgers (model.md 5.1)."""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum

from corridor.costs.hours import Rests, chain_rests_h, smooth_rests_h, time_rows
from corridor.costs.money import return_credit_usd
from corridor.costs.search_weights import carbon_usd_per_l, hour_usd, passage_money_usd, return_revenue_usd
from corridor.costs.stay_fees import has_stay_fees, stay_rows
from corridor.costs.stretches import PostStage, PricedStage, RoadStage, Stretch
from corridor.costs.tariff import Tariff
from corridor.costs.trip_fees import area_risk_fees, trip_fees


def chain_costs_usd(chains: Sequence[Sequence[PricedStage]]) -> list[float]:
    """Known money, cargo time and carbon price of some chains.

    Notes
    -----
    The sum that the ledger gives row by row (a test holds them equal).
    """
    return [_chain_usd(stages, rests_h) for stages, rests_h in zip(chains, chain_rests_h(chains), strict=True)]


def search_cost_usd(stages: Sequence[PricedStage]) -> float:
    """What the search can bound: the same sum with rest by the smooth rule, and nothing that hangs on the hours.

    Notes
    -----
    Fees by length of stay count 0, return loads in full.
    """
    rest_usd = fsum(rest_h * hour_usd(tariff) for tariff, rest_h in smooth_rests_h(stages))
    stages_usd = fsum(_stage_usd(stage) for stage in stages)
    return rest_usd + stages_usd + _fees_usd(stages) - return_revenue_usd(stages[0].tariff)


def _chain_usd(stages: Sequence[PricedStage], rests_h: Rests) -> float:
    by_stage = zip(stages, rests_h, strict=True)
    stages_usd = fsum(_stage_usd(stage) + fsum(rests) * hour_usd(stage.tariff) for stage, rests in by_stage)
    return stages_usd + _fees_usd(stages) + _stay_usd(stages, rests_h) - _return_credit_usd(stages, rests_h)


def _fees_usd(stages: Sequence[PricedStage]) -> float:
    """Known USD of fees that no stage decides alone."""
    trip_usd = fsum(fee.known for _, fee in trip_fees(stages))
    return trip_usd + fsum(fee.known for *_, fee in area_risk_fees(stages))


def _stay_usd(stages: Sequence[PricedStage], rests_h: Rests) -> float:
    if not has_stay_fees(stages):
        return 0.0
    return fsum(
        (1 + stages[row.stage].tariff.empty_return_share) * (row.usd or 0.0)
        for row in stay_rows(stages, time_rows(stages, rests_h=rests_h))
    )


def _return_credit_usd(stages: Sequence[PricedStage], rests_h: Rests) -> float:
    if not return_revenue_usd(stages[0].tariff):
        return 0.0
    return return_credit_usd(stages, time_rows(stages, rests_h=rests_h))


def _stage_usd(stage: PricedStage) -> float:
    if isinstance(stage, RoadStage):
        return fsum(_stretch_usd(stage.tariff, stretch) for stretch in stage.stretches)
    return _post_usd(stage)


def _post_usd(stage: PostStage) -> float:
    waiting_usd = stage.passage.wait_h * hour_usd(stage.tariff)
    return waiting_usd + passage_money_usd(stage.passage, stage.tariff)


def _stretch_usd(tariff: Tariff, stretch: Stretch) -> float:
    share, country = tariff.empty_return_share, stretch.country
    litres = stretch.fuel_km * (tariff.fuel_l_per_km.known + share * tariff.empty_fuel_l_per_km.known)
    fuel_usd = litres * (tariff.diesel_usd_per_l(country).known + carbon_usd_per_l(tariff))
    toll_usd = stretch.toll_km * tariff.toll_usd_per_km(country).known
    toll_usd += stretch.plaza_km * tariff.plaza_usd_per_km(country).known
    tyres_usd = stretch.wear_km * tariff.tyres_maintenance_usd_per_km.known
    hours = stretch.drive_h + stretch.ferry_h + stretch.road_km * tariff.stop_h_per_km(country).known
    return fuel_usd + (1 + share) * (toll_usd + tyres_usd) + hours * hour_usd(tariff)
