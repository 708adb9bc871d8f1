"""Generalised cost of chains in a few sums, without their ledgers (model.md 5.1)."""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum

from corridor.costs.hours import smooth_rests_h, stage_rests_h
from corridor.costs.search_weights import carbon_usd_per_l, hour_usd, passage_money_usd
from corridor.costs.stretches import PostStage, PricedStage, RoadStage, Stretch
from corridor.costs.tariff import Tariff


def chain_costs_usd(chains: Sequence[Sequence[PricedStage]]) -> list[float]:
    """Known money, cargo time and carbon price of some chains, fees paid once a trip apart.

    Notes
    -----
    The sum that the ledger gives row by row (a test holds them equal).
    """
    return [
        fsum(_stage_usd(stage) + rest_h * hour_usd(stage.tariff) for stage, rest_h in zip(stages, rests_h, strict=True))
        for stages, rests_h in zip(chains, stage_rests_h(chains), strict=True)
    ]


def search_cost_usd(stages: Sequence[PricedStage]) -> float:
    """The same sum with rest by the smooth rule in place of the timetable: what the search can bound."""
    rest_usd = fsum(rest_h * hour_usd(tariff) for tariff, rest_h in smooth_rests_h(stages))
    return rest_usd + fsum(_stage_usd(stage) for stage in stages)


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
    tyres_usd = stretch.road_km * tariff.tyres_maintenance_usd_per_km.known
    hours = stretch.drive_h + stretch.ferry_h + stretch.road_km * tariff.stop_h_per_km(country).known
    return fuel_usd + (1 + share) * (toll_usd + tyres_usd) + hours * hour_usd(tariff)
