"""What is open on a day, and for whom."""

from __future__ import annotations

from datetime import date

from corridor.evidence import Evidence, status_on

AUTUMN_2026 = date(2026, 11, 1)


def test_torkham_is_closed_in_autumn_2026_and_says_since_when(evidence: Evidence) -> None:
    status = status_on(evidence, "torkham", AUTUMN_2026)
    assert status.state == "closed"
    assert status.reason.startswith("closed since 2025-10-11: trade closed after clashes")
    assert status.source
    assert status.known_until == date(2026, 5, 31)


def test_torkham_was_open_in_summer_2025(evidence: Evidence) -> None:
    status = status_on(evidence, "torkham", date(2025, 6, 1))
    assert (status.state, status.reason) == ("open", "")


def test_a_post_is_open_again_on_the_day_of_reopening(evidence: Evidence) -> None:
    assert status_on(evidence, "torkham", date(2024, 1, 22)).state == "closed"
    assert status_on(evidence, "torkham", date(2024, 1, 23)).state == "open"


def test_the_closures_of_torkham_add_up_to_those_counted(evidence: Evidence) -> None:
    counted = [event for event in evidence.events if event.crossing == "torkham" and event.start.year >= 2023]
    ended = [event for event in counted if event.end]
    days = sum((event.end - event.start).days for event in ended if event.end)
    assert (len(ended), days) == (7, 57)  # 6 + 9 + 1 + 10 + 3 + 27 + 1


def test_kozlovichi_refuses_a_pakistani_plate_but_not_a_polish_one(evidence: Evidence) -> None:
    status = status_on(evidence, "kozlovichi", AUTUMN_2026)
    assert status.state == "restricted"
    assert {"PAK", "BLR", "RUS"} <= status.plates_refused
    assert not {"POL", "LTU", "CHE"} & status.plates_refused


def test_kozlovichi_was_shut_for_everybody_in_september_2025(evidence: Evidence) -> None:
    assert status_on(evidence, "kozlovichi", date(2025, 9, 15)).state == "closed"


def test_medyka_takes_no_transit_through_ukraine(evidence: Evidence) -> None:
    status = status_on(evidence, "medyka", AUTUMN_2026)
    assert status.state == "restricted"
    assert status.transit_refused_by == frozenset({"UKR"})
    assert status_on(evidence, "medyka", date(2022, 1, 1)).transit_refused_by == frozenset()


def test_khunjerab_is_open_since_it_works_all_year(evidence: Evidence) -> None:
    assert status_on(evidence, "khunjerab", AUTUMN_2026).state == "open"
    assert status_on(evidence, "khunjerab", date(2024, 6, 1)).state == "restricted"


def test_a_queue_leaves_a_post_open_and_is_told(evidence: Evidence) -> None:
    status = status_on(evidence, "syrym", date(2025, 10, 1))
    assert status.state == "open"
    assert "queue since 2025-09-21" in status.reason


def test_a_post_without_trucks_is_closed_to_them(evidence: Evidence) -> None:
    status = status_on(evidence, "kordai", AUTUMN_2026)
    assert status.state == "closed"
    assert status.reason == "takes no trucks: passengers; trucks use Ak-Tilek - Karasu beside it"


def test_a_scenario_that_opens_a_post_wins_over_the_events(evidence: Evidence) -> None:
    opened = evidence.overridden({"crossings.torkham.status": "open"})
    assert status_on(opened, "torkham", AUTUMN_2026).state == "open"
    assert status_on(opened, "torkham", AUTUMN_2026).reason == "set to open by the scenario"
    assert status_on(opened, "chaman", AUTUMN_2026).state == "closed"
