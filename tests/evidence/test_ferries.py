"""Ferry lines: waits from headways, fares per running metre, and what their tables refuse."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from corridor.errors import DataError, ScenarioError
from corridor.evidence import Evidence, Sailing, mean_wait_h, read_evidence, status_on
from tests.evidence.conftest import add_rows


def sailing(evidence: Evidence, ferry: str, direction: str) -> Sailing:
    line = evidence.ferries[ferry].ferry
    assert line is not None
    return line.sailings[direction]


def test_the_mean_wait_of_uniform_headways_is_the_hand_arithmetic_of_the_model() -> None:
    # 3 to 10 days: (1000 - 27) / (3 x 7 x 13) = 973 / 273 = 3.56 days
    assert mean_wait_h(headway_low_h=3.0, headway_high_h=10.0) == pytest.approx(973 / 273)


def test_the_mean_wait_equals_the_integral_over_headways() -> None:
    low, high, steps = 12.0, 60.0, 20_000
    headways = [low + (high - low) * (step + 0.5) / steps for step in range(steps)]
    by_hand = sum(h * h for h in headways) / (2 * sum(headways))  # E[H^2] / (2 E[H])
    assert mean_wait_h(headway_low_h=low, headway_high_h=high) == pytest.approx(by_hand, rel=1e-6)


def test_regular_departures_mean_half_a_headway() -> None:
    assert mean_wait_h(headway_low_h=24.0, headway_high_h=24.0) == 12.0


def test_a_headway_range_that_is_none_is_refused() -> None:
    with pytest.raises(DataError, match=r"headway_h: expected 0 <= low <= high and high > 0, got 10 to 3\."):
        mean_wait_h(headway_low_h=10.0, headway_high_h=3.0)


@pytest.mark.parametrize(
    ("ferry", "direction", "usd_per_m"),
    [
        ("alat_turkmenbashi", "AZE-TKM", 60.5),
        ("alat_turkmenbashi", "TKM-AZE", 60.5),
        ("alat_kuryk", "AZE-KAZ", 73.0),
        ("alat_kuryk", "KAZ-AZE", 54.5),
    ],
)
def test_fares_are_the_tariff_per_running_metre_times_the_length_of_the_truck(
    evidence: Evidence, ferry: str, direction: str, usd_per_m: float
) -> None:
    length_m = evidence.vehicles["artic_euro5_40t"].length_m
    assert sailing(evidence, ferry, direction).fare_usd.value == pytest.approx(usd_per_m * length_m)


def test_waits_come_from_headways_or_from_what_was_measured(evidence: Evidence) -> None:
    assert sailing(evidence, "alat_kuryk", "AZE-KAZ").wait_h.value == pytest.approx(24 * 973 / 273)
    assert sailing(evidence, "alat_kuryk", "KAZ-AZE").wait_h.value == pytest.approx(69.7 - 3.9)


def test_the_sides_of_a_ferry_are_those_of_its_ports(evidence: Evidence) -> None:
    for ferry in ("alat_turkmenbashi", "alat_kuryk", "alat_aktau"):
        leaving = evidence.ferries[ferry].directions[0]
        time = evidence.ferries[ferry].times[leaving]
        assert (time.exit_side.hours, time.exit_side.rung, time.exit_side.year) == (1.8, "measured", 2022)
        assert (time.queue.hours, time.exit_fee.usd) == (0.0, 36)


def test_every_line_has_a_wait_and_hours_at_sea_both_ways(evidence: Evidence) -> None:
    for ferry in evidence.ferries.values():
        for direction in ferry.directions:
            found = sailing(evidence, ferry.id, direction)
            assert found.wait_h.value is not None
            assert found.wait_h.value > 0
            assert found.sail_h.value is not None
            assert found.sail_h.value > 0


def test_ferries_are_crossings_only_where_a_trip_is_planned(evidence: Evidence) -> None:
    assert "alat_kuryk" not in evidence.crossings
    assert "alat_kuryk" in evidence.with_ferries().crossings
    assert "alat_kuryk" in evidence.known_names().crossings


def test_an_event_closes_a_ferry_like_a_post(tables: Path) -> None:
    add_rows(tables / "events.csv", "alat_kuryk,closed,*,2026-01-01,2026-02-01,day,storm,general-knowledge,low")
    evidence = read_evidence(tables).with_ferries()
    assert status_on(evidence, "alat_kuryk", date(2026, 1, 15)).state == "closed"
    assert status_on(evidence, "alat_kuryk", date(2026, 2, 1)).state == "open"


def test_a_scenario_sets_the_wait_of_a_ferry_and_leaves_the_rest(evidence: Evidence) -> None:
    before = sailing(evidence, "alat_kuryk", "KAZ-AZE")
    changed = evidence.with_ferries().overridden({"ferries.alat_kuryk.KAZ-AZE.wait_h": 12})
    line = changed.crossings["alat_kuryk"].ferry
    assert line is not None
    own = line.sailings["KAZ-AZE"]
    assert (own.wait_h.value, own.wait_h.grade) == (12, "D")
    assert (own.sail_h, own.fare_usd) == (before.sail_h, before.fare_usd)


def test_a_parameter_reaches_the_ports_that_rest_on_it(evidence: Evidence) -> None:
    changed = evidence.with_ferries().overridden({"parameters.tfi1_h.KAZ:in": 9})
    assert changed.crossings["alat_kuryk"].times["AZE-KAZ"].entry_side.hours == 9


def test_a_post_has_no_wait_for_a_ferry(evidence: Evidence) -> None:
    with pytest.raises(ScenarioError, match=r"unknown quantity 'wait_h'"):
        evidence.overridden({"crossings.torkham.PAK-AFG.wait_h": 12})


def test_every_fault_of_a_sailing_is_named_with_its_line(tables: Path) -> None:
    path = tables / "ferry_sailings.csv"
    line = add_rows(
        path,
        "alat_kurik,AZE-KAZ,sail_h,20,,,,general-knowledge,D,",
        "alat_kuryk,AZE-TKM,sail_h,20,,,,general-knowledge,D,",
        "alat_aktau,AZE-KAZ,wait_h,,,,,general-knowledge,D,",
    )
    with pytest.raises(DataError) as caught:
        read_evidence(tables)
    assert str(caught.value).splitlines() == [
        f"ferry_sailings.csv:{line}: ferry: unknown ferry 'alat_kurik'. Did you mean 'alat_kuryk'?",
        f"ferry_sailings.csv:{line + 1}: direction: expected AZE-KAZ or KAZ-AZE, got 'AZE-TKM'",
        f"ferry_sailings.csv:{line + 2}: wait_h: expected a value. Leave the row out where nobody knows",
    ]


def test_a_line_with_two_answers_for_its_wait_is_refused(tables: Path) -> None:
    add_rows(tables / "ferry_sailings.csv", "alat_kuryk,AZE-KAZ,wait_h,20,,,,general-knowledge,D,")
    with pytest.raises(DataError, match=r"alat_kuryk AZE-KAZ: expected either wait_h or headway_h"):
        read_evidence(tables)
