"""Every number under its key."""

from __future__ import annotations

import pytest

from corridor.evidence import Evidence, find_figures, list_figures


def test_every_listed_key_leads_back_to_its_own_figure(evidence: Evidence) -> None:
    evidence = evidence.with_ferries()
    for figure in list_figures(evidence):
        assert find_figures(figure.key, evidence) == (figure,), figure.key


def test_no_key_is_listed_twice(evidence: Evidence) -> None:
    keys = [figure.key for figure in list_figures(evidence.with_ferries())]
    assert len(keys) == len(set(keys))


def test_a_set_of_rules_leads_to_each_of_its_numbers(evidence: Evidence) -> None:
    figures = {figure.name: figure.value for figure in find_figures("driver_rules.aetr_1", evidence)}
    assert figures == {
        "gap_h": 4.5, "break_h": 0.75, "day_h": 9, "span_h": 13, "rest_h": 11, "week_h": 56, "fortnight_h": 90,
        "week_clock_h": 144, "weekly_rest_h": 45, "split_first_h": 3, "split_rest_h": 9, "split_span_h": 15,
    }  # fmt: skip


def test_an_amount_is_shown_in_the_currency_of_its_source(evidence: Evidence) -> None:
    (toll,) = find_figures("parameters.toll_usd_per_km.BLR", evidence)
    assert (toll.stated_value, toll.stated_unit, toll.unit) == (0.176, "EUR/km", "USD/km")


def test_what_a_scenario_sets_is_known_by_having_no_source(evidence: Evidence) -> None:
    own = evidence.overridden({"parameters.idle_share.*": 0.3, "crossings.torkham.PAK-AFG.queue_h": 12})
    for key in ("parameters.idle_share.*", "crossings.torkham.PAK-AFG.queue_h"):
        (figure,) = find_figures(key, own)
        assert figure.is_of_scenario
        assert "set by the scenario" in figure.note
    assert not any(figure.is_of_scenario for figure in list_figures(evidence))


def test_queue_estimates_of_a_post_are_its_own_and_not_those_of_a_longer_name(evidence: Evidence) -> None:
    assert len(find_figures("queue_estimates.kozlovichi", evidence)) == 2 * 3  # two directions, three numbers each
    assert find_figures("queue_estimates.kozl", evidence) == ()


def test_figures_of_ferries_and_sea_routes_have_their_unit_range_and_source(evidence: Evidence) -> None:
    (wait,) = find_figures("ferries.alat_kuryk.AZE-KAZ.wait_h", evidence)
    assert (round(wait.value or 0, 1), wait.unit, wait.low, wait.high) == (85.5, "h", 36, 240)  # 973 / 273 days of 24 h
    (fare,) = find_figures("ferries.alat_kuryk.AZE-KAZ.fare_usd", evidence)
    assert (fare.value, fare.unit, fare.price_year) == (1204.5, "USD", 2023)  # 73 USD/m x 16.5 m
    (days,) = find_figures("sea_routes.klaipeda.out.sail_h", evidence)
    assert (days.value, days.unit) == (35 * 24, "h")
    (charges,) = find_figures("sea_routes.klaipeda.out.handling_usd", evidence)
    assert (charges.value, charges.source) == (None, ())


def test_a_factor_is_told_from_the_number_of_the_table_and_keeps_its_currency_and_year(evidence: Evidence) -> None:
    own = evidence.overridden({"parameters.toll_usd_per_km.BLR": "x0.5", "crossings.torkham.PAK-AFG.queue_h": "x2"})
    (toll,) = find_figures("parameters.toll_usd_per_km.BLR", own)
    assert toll.value == pytest.approx(0.5 * 0.176 / 0.853971)
    assert (toll.stated_value, toll.stated_unit, toll.price_year) == (0.088, "EUR/km", 2025)
    (queue,) = find_figures("crossings.torkham.PAK-AFG.queue_h", own)
    (before,) = find_figures("crossings.torkham.PAK-AFG.queue_h", evidence)
    assert (toll.set_by, queue.set_by, before.set_by) == ("scenario", "scenario", "tables")
    assert queue.source == before.source


def test_the_fare_that_a_scenario_sets_is_found_as_its_own(evidence: Evidence) -> None:
    own = evidence.with_ferries().overridden({"ferries.alat_kuryk.AZE-KAZ.fare_usd": 900})
    (fare,) = find_figures("ferries.alat_kuryk.AZE-KAZ.fare_usd", own)
    assert (fare.value, fare.is_of_scenario) == (900, True)


def test_names_that_no_table_has_lead_to_nothing(evidence: Evidence) -> None:
    for key in ("parameters", "parameters.x.y", "crossings.torkam.PAK-AFG.queue_h", "weather.x", "driver_rules.x", ""):
        assert find_figures(key, evidence) == ()
