"""What must hold for a trip of hand-built stages, whatever its lengths, queues and prices (model.md, invariants)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from math import fsum

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corridor.costs.carbon import carbon_rows
from corridor.costs.generalised_cost import chain_costs_usd, search_cost_usd
from corridor.costs.hours import chain_rests_h, time_rows
from corridor.costs.ledger import Ledger
from corridor.costs.money import money_rows
from corridor.costs.stretches import PostStage, PricedStage
from corridor.costs.tariff import Tariff
from corridor.costs.timetable import Segment, plan_trips
from corridor.evidence import read_evidence
from tests.analysis.conftest import ROUND_NUMBERS
from tests.costs.by_hand import post, priced_tariff, road

NUMBERS: dict[str, object] = {
    **ROUND_NUMBERS,
    "parameters.toll_usd_per_km.AFG": 0.03,
    "parameters.toll_usd_per_km.UZB": 0.02,
    "parameters.insurance_usd.*": 130,
    "parameters.permit_usd.*": 50,
    "parameters.escort_usd.*": 20,
    "parameters.premium_share.*": 0.002,
    "parameters.vignette_usd.1:UZB": 9,
    "parameters.vignette_usd.7:UZB": 30,
    "parameters.queue_rest_share.*": 0.5,
}
"""Round numbers for all that a trip from Pakistan to Uzbekistan pays: nothing is unknown."""

KM = st.tuples(*[st.floats(1.0, 1500.0)] * 3)
QUEUES = st.tuples(*[st.floats(0.0, 60.0)] * 2)
CREW = st.sampled_from([1, 2])


@cache
def tariff_of(crew: int) -> Tariff:
    """Rates at the round numbers; a third of the way back is empty."""
    keys = (f"vehicle.crew={crew}", "vehicle.empty_return_share=0.35", "criteria.carbon_usd_per_t=80")
    return priced_tariff(read_evidence(), NUMBERS, *keys)


def repriced(tariff: Tariff, key: str, factor: str) -> Tariff:
    """The rates with one number of the tables times a factor."""
    return replace(tariff, evidence=tariff.evidence.overridden({key: factor}))


def queueing(stage: PostStage, queue_h: float) -> PostStage:
    """A post with another queue."""
    passage, tariff = stage.passage, stage.tariff
    queue = replace(passage.times.queue, hours=queue_h)
    idle_l = queue_h * tariff.idle_l_per_queue_h.known
    return PostStage(replace(passage, times=replace(passage.times, queue=queue), idle_l=idle_l), tariff)


def stages_of(tariff: Tariff, km: Sequence[float], queue_h: Sequence[float]) -> list[PricedStage]:
    """Roads in Pakistan, Afghanistan and Uzbekistan with the posts between them."""
    torkham = queueing(post(tariff, "torkham", "PAK-AFG"), queue_h[0])
    hairatan = queueing(post(tariff, "hairatan", "AFG-UZB"), queue_h[1])
    first, second, third = (
        road(tariff, tolled=True, **{country: length_km})
        for country, length_km in zip(("PAK", "AFG", "UZB"), km, strict=True)
    )
    return [first, torkham, second, hairatan, third]


def ledger_of(stages: Sequence[PricedStage]) -> Ledger:
    time = time_rows(stages)
    return Ledger(time, money_rows(stages, time, origin_country="PAK"), carbon_rows(stages))


@given(km=KM, queue_h=QUEUES, crew=CREW)
@settings(max_examples=50, deadline=None)
def test_the_hours_of_the_ledger_end_when_the_timetable_ends(
    km: tuple[float, float, float], queue_h: tuple[float, float], crew: int
) -> None:
    tariff = tariff_of(crew)
    pak, afg, uzb = (tariff.rules(country) for country in ("PAK", "AFG", "UZB"))
    drive_h, stop_h = [length_km / 50 for length_km in km], [length_km / 100 for length_km in km]
    waits_h = queue_h[0] + 2 + 3, queue_h[1] + 1 + 2  # both sides of Torkham take 5 h, those of Hairatan 3 h
    plan = plan_trips(
        [
            [
                Segment(pak, drive_h[0], stop_h[0]),
                Segment(afg, wait_h=waits_h[0], free_h=waits_h[0] / 2),
                Segment(afg, drive_h[1], stop_h[1]),
                Segment(uzb, wait_h=waits_h[1], free_h=waits_h[1] / 2),
                Segment(uzb, drive_h[2], stop_h[2]),
            ]
        ]
    )
    assert ledger_of(stages_of(tariff, km, queue_h)).time_h == pytest.approx(plan.arrival_h[0, -1], abs=1e-6)


@given(km=KM, queue_h=QUEUES, crew=CREW)
@settings(max_examples=50, deadline=None)
def test_every_hour_litre_and_fee_is_in_a_component_a_country_and_a_stage_once(
    km: tuple[float, float, float], queue_h: tuple[float, float], crew: int
) -> None:
    tariff = tariff_of(crew)
    ledger = ledger_of(stages_of(tariff, km, queue_h))
    for name in ("component", "country", "stage"):
        hours = ledger.hours_by(lambda row, name=name: getattr(row, name))  # type: ignore[misc]
        usd = ledger.usd_by(lambda row, name=name: getattr(row, name))  # type: ignore[misc]
        assert fsum(hours.values()) == pytest.approx(ledger.time_h, abs=1e-6)
        assert fsum(usd.values()) == pytest.approx(ledger.money_usd, abs=0.005)
    usd = ledger.usd_by(lambda row: row.component)
    assert usd["driver"] == pytest.approx(crew * 2 * ledger.time_h)  # 2 USD/h a driver, waiting and rest included
    idle_l = (queue_h[0] + queue_h[1]) * 2 * 0.5
    back_l = 0.35 * 22 / (22 + 12 * 18 / 25) * 0.4 * sum(km)
    assert fsum(row.fuel_l for row in ledger.carbon) == pytest.approx(0.4 * sum(km) + idle_l + back_l)
    fees_usd = 90 + 130 + 50 + (70 + 400 + 100) + (238 + 50 + 40 + 60) + 3 * (20 + 180)
    paid = ("tir_carnet", "insurance", "permit", "entry_fee", "bridge_fee", "border_fee", "risk")
    assert fsum(usd[name] for name in paid) == pytest.approx(fees_usd)
    assert not ledger.is_lower_bound


@given(
    km=st.tuples(*[st.floats(1.0, 2500.0)] * 3),
    queue_h=st.tuples(*[st.floats(0.0, 60.0)] * 2),
    crew=CREW,
    leg=st.sampled_from([0, 2, 4]),
    share=st.floats(0.01, 0.99),
)
@settings(max_examples=50, deadline=None)
def test_a_leg_in_two_parts_costs_takes_and_burns_what_it_does_in_one(
    km: tuple[float, float, float], queue_h: tuple[float, float], crew: int, leg: int, share: float
) -> None:
    whole = stages_of(tariff_of(crew), km, queue_h)
    country, length_km = ("PAK", "AFG", "UZB")[leg // 2], km[leg // 2]
    parts = [road(tariff_of(crew), tolled=True, **{country: length_km * part}) for part in (share, 1 - share)]
    one, two = ledger_of(whole), ledger_of([*whole[:leg], *parts, *whole[leg + 1 :]])
    assert two.hours_by(lambda row: (row.component, row.country)) == pytest.approx(
        one.hours_by(lambda row: (row.component, row.country)), abs=1e-6
    )
    assert two.usd_by(lambda row: (row.component, row.country)) == pytest.approx(
        one.usd_by(lambda row: (row.component, row.country)), abs=0.005
    )
    assert two.co2e_wtw_kg == pytest.approx(one.co2e_wtw_kg)


PRICES = (
    *("parameters.diesel_usd_per_l.AFG", "parameters.driver_usd_per_h.PAK", "parameters.vehicle_usd_per_h.PAK"),
    *("parameters.overhead_usd_per_h.PAK", "parameters.tyres_maintenance_usd_per_km.*"),
    *("parameters.toll_usd_per_km.UZB", "parameters.entry_fee_usd.AFG:PAK", "parameters.bridge_fee_usd.hairatan"),
    *("parameters.tir_carnet_usd.*", "parameters.insurance_usd.*"),
    *("parameters.permit_usd.*", "parameters.escort_usd.*", "parameters.premium_share.*"),
    *("crossings.torkham.PAK-AFG.exit_fee_usd", "crossings.hairatan.AFG-UZB.entry_fee_usd"),
)


@pytest.mark.parametrize("price", PRICES)
def test_a_price_half_as_high_again_adds_half_of_what_it_makes_and_changes_no_hour(price: str) -> None:
    nothing, once, dearer = (
        ledger_of(stages_of(repriced(tariff_of(2), price, factor), (900.0, 500.0, 1500.0), (10.0, 5.0)))
        for factor in ("x0", "x1", "x1.5")
    )
    share_usd = once.money_usd - nothing.money_usd
    assert share_usd > 1
    assert dearer.money_usd - once.money_usd == pytest.approx(0.5 * share_usd)
    assert dearer.time == once.time


@given(km=KM, queue_h=QUEUES, crew=CREW, place=st.integers(0, 4), more=st.floats(0.0, 2.0))
@settings(max_examples=50, deadline=None)
def test_by_the_smooth_rule_a_longer_leg_or_queue_never_costs_less(
    km: tuple[float, float, float], queue_h: tuple[float, float], crew: int, place: int, more: float
) -> None:
    longer = [*km, *queue_h]
    longer[place] *= 1 + more
    before, after = (
        search_cost_usd(stages_of(tariff_of(crew), part[:3], part[3:])) for part in ([*km, *queue_h], longer)
    )
    assert after >= before - 0.005


Chain = tuple[list[float], list[float]]
"""Km of three legs, and hours of two queues."""


def random_chains(rng: np.random.Generator, count: int) -> list[Chain]:
    return [(rng.uniform(50, 1250, 3).tolist(), rng.lognormal(2, 1, 2).tolist()) for _ in range(count)]


def hours_and_usd(chains: Sequence[Chain]) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Door-to-door hours and generalised USD of trips of one driver, shape (trips, 2)."""
    stages = [stages_of(tariff_of(1), *chain) for chain in chains]
    rows = [time_rows(one, rests_h=rests) for one, rests in zip(stages, chain_rests_h(stages), strict=True)]
    return np.column_stack([[fsum(row.hours for row in one) for one in rows], chain_costs_usd(stages)])


@pytest.mark.parametrize(("more_km", "more_queue_h"), [(25.0, 0.0), (0.0, 0.5)])
def test_half_an_hour_more_hardly_ever_makes_a_trip_shorter_and_then_by_less_than_a_night(
    more_km: float, more_queue_h: float
) -> None:
    """Half an hour on the road or in the first queue; the greedy timetable is not monotone in every single trip."""
    chains = random_chains(np.random.default_rng(7), 400)
    longer = [([km[0] + more_km, *km[1:]], [queue[0] + more_queue_h, *queue[1:]]) for km, queue in chains]
    gain = hours_and_usd(longer) - hours_and_usd(chains)
    assert ((gain < -1e-9).mean(axis=0) < 0.02).all()
    assert gain[:, 0].min() > -11.0
    assert (gain.mean(axis=0) > 0).all()
