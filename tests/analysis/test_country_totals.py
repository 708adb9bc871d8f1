"""Speeds, hours a side and cost per 500 km of an invented ledger, added up on paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import pytest

from corridor.analysis.assessment import Option, Stage
from corridor.analysis.country_totals import country_totals
from corridor.costs.departures import Departures
from corridor.costs.ledger import Ledger, MoneyRow, TimeRow

NOWHERE = np.zeros(1)


def leg(*km: tuple[str, float]) -> Stage:
    """A leg with km by country."""
    lengths = dict(km)
    return Stage("leg", "leg", "", "", sum(lengths.values()), lengths, NOWHERE, NOWHERE, "", "")


def post(crossing: str, direction: str) -> Stage:
    """A post passed in a direction."""
    return Stage("post", crossing, crossing, direction, 0.0, {}, NOWHERE, NOWHERE, "", "")


def option(stages: Sequence[Stage], time: Sequence[TimeRow], money: Sequence[MoneyRow] = ()) -> Option:
    """An option with these stages and rows."""
    return Option(
        label="A",
        departures=Departures(date(2026, 11, 1)),
        chain=tuple((stage.crossing_id, stage.direction) for stage in stages if stage.kind == "post"),
        corridors=(),
        closed_posts=(),
        also_via=(),
        plates=((0, "PAK"),),
        stages=tuple(stages),
        ledger=Ledger(tuple(time), tuple(money), ()),
        cargo_time_usd=0.0,
        carbon_usd=0.0,
        shared_with_best_share=1.0,
    )


def hours(stage: int, country: str, component: str, value: float) -> TimeRow:
    """A row of time without basis."""
    return TimeRow(stage, country, component, value, ())


EXAMPLE = option(
    [leg(("PAK", 150.0)), post("torkham", "PAK-AFG"), leg(("AFG", 200.0))],
    [
        hours(0, "PAK", "drive", 100 / 66 + 50 / 27.5),  # 1.515 + 1.818 = 3.333 h
        hours(0, "PAK", "road_stops", 1.0),
        hours(0, "PAK", "driver_rest", 8.0),
        hours(1, "PAK", "border_queue", 4.0),
        hours(1, "PAK", "exit_side", 2.0),
        hours(1, "AFG", "entry_side", 10.0),
        hours(2, "AFG", "drive", 4.0),
    ],
    [
        MoneyRow(0, "PAK", "fuel", 90.0, ()),
        MoneyRow(0, "PAK", "toll", None, ()),
        MoneyRow(0, "PAK", "empty_return", 20.0, ()),
        MoneyRow(1, "PAK", "border_fee", 40.0, ()),
    ],
)
"""The example of the model's description: 100 km at 66 and 50 km at 27.5 km/h, 6 h at the exit side, 1 h of stops."""


def test_speed_without_delay_is_distance_over_hours_driven() -> None:
    pakistan = country_totals([EXAMPLE], mass_t=20.0)["PAK"]
    assert pakistan.swod_km_per_h == pytest.approx(45.0)  # 150 / 3.333


def test_speed_with_stops_holds_the_side_of_the_post_in_the_country_and_road_stops_but_no_rest() -> None:
    totals = country_totals([EXAMPLE], mass_t=20.0)
    assert totals["PAK"].swd_stops_km_per_h == pytest.approx(150 / (10 / 3 + 1 + 6))  # 150 / 10.333 = 14.5
    assert round(totals["PAK"].swd_stops_km_per_h or 0.0, 1) == 14.5
    assert totals["AFG"].swd_stops_km_per_h == pytest.approx(200 / (4 + 10))


def test_speed_from_door_to_door_adds_rest() -> None:
    pakistan = country_totals([EXAMPLE], mass_t=20.0)["PAK"]
    assert pakistan.swd_door_km_per_h == pytest.approx(150 / (10 / 3 + 1 + 6 + 8))


def test_hours_a_side_are_means_over_the_sides_passed() -> None:
    totals = country_totals([EXAMPLE, EXAMPLE], mass_t=20.0)
    assert totals["PAK"].exit_side_h == pytest.approx(6.0)  # 2 x (4 + 2) h over 2 sides
    assert totals["PAK"].entry_side_h is None
    assert totals["AFG"].side_h == pytest.approx(10.0)


def test_cost_per_500_km_and_20_t_scales_km_and_cargo() -> None:
    pakistan = country_totals([EXAMPLE], mass_t=18.0)["PAK"]
    assert pakistan.usd_per_500_km_20_t == pytest.approx(150 * 500 / 150 * 20 / 18)  # 90 + 20 + 40 = 150 USD
    assert pakistan.haul_usd_per_500_km_20_t == pytest.approx(110 * 500 / 150 * 20 / 18)
    assert pakistan.loaded_haul_usd_per_500_km_20_t == pytest.approx(90 * 500 / 150 * 20 / 18)


def test_several_trips_give_the_ratio_of_sums() -> None:
    fast = option([leg(("PAK", 300.0))], [hours(0, "PAK", "drive", 3.0)])
    slow = option([leg(("PAK", 100.0))], [hours(0, "PAK", "drive", 5.0)])
    assert country_totals([fast, slow], mass_t=20.0)["PAK"].swod_km_per_h == 50.0  # 400 km / 8 h, not (100 + 20) / 2


def test_a_leg_with_a_ferry_is_left_out() -> None:
    sea = option(
        [leg(("PAK", 100.0)), leg(("PAK", 900.0))],
        [hours(0, "PAK", "drive", 2.0), hours(1, "PAK", "drive", 1.0), hours(1, "PAK", "ferry", 40.0)],
    )
    assert country_totals([sea], mass_t=20.0)["PAK"].swod_km_per_h == 50.0


def test_a_passage_of_the_length_found_has_the_speed_asked_for() -> None:
    pakistan = country_totals([EXAMPLE], mass_t=20.0)["PAK"]
    km = pakistan.km_per_passage_at(20.0)
    assert km is not None
    assert km / (km * (10 / 3 + 1) / 150 + 6) == pytest.approx(20.0)


def test_no_length_of_passage_gives_a_speed_above_that_on_the_road() -> None:
    assert country_totals([EXAMPLE], mass_t=20.0)["PAK"].km_per_passage_at(40.0) is None  # 150 / 4.333 = 34.6 km/h
