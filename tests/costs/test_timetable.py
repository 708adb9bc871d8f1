"""Timetables against arithmetic on paper, against the closed form, and by what must always hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise, product
from math import ceil

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corridor.costs.driver_clock import STAYS, CrewState, drive, rested_crew, rule_hours, stay
from corridor.costs.timetable import SCHEDULES, Segment, plan_trips
from corridor.evidence import DriverRules

Rules = Mapping[str, DriverRules]


def end_h(*segments: Segment) -> float:
    """Clock at the end of one trip."""
    plan = plan_trips([segments])
    return sum(segment.drive_h + segment.stop_h + segment.wait_h for segment in segments) + float(plan.rest_h.sum())


@pytest.mark.parametrize(
    ("rule", "drive_h", "clock_h"),
    [
        ("aetr_1", 4.5, 4.5),
        ("aetr_1", 9.0, 9.75),  # 4.5, break of 0.75, 4.5
        ("aetr_1", 20.0, 43.5),  # 20 + 2 breaks of 0.75 + 2 nights of 11
        ("aetr_1", 54.0, 113.5),  # 54 + 6 x 0.75 + 5 x 11
        ("aetr_1", 90.0, 241.5),  # 54 h until the week ends with 113.5 h, 45 h of rest, 36 h: 4 breaks, 3 nights
        ("aetr_1", 100.0, 361.25),  # the fortnight of 90 h ends the second week early: 98 h until its block is over
        ("aetr_2", 20.0, 29.0),  # 18, 9 h of rest, 2
        (
            "aetr_2",
            100.0,
            181.0,
        ),  # 90 h and 4 nights of 9 h; 45 h, for 9 h more before 144 h would cost a night; 10 h
        ("national_1", 10.0, 10.5),  # 5, break of 0.5, 5
        ("national_2", 40.0, 52.0),  # 16, 6, 16, 6, 8
    ],
)
def test_a_rested_crew_drives_and_rests_by_the_hours_of_its_rules(
    rules: Rules, rule: str, drive_h: float, clock_h: float
) -> None:
    assert end_h(Segment(rules[rule], drive_h)) == pytest.approx(clock_h)


def test_without_the_fortnight_s_limit_a_second_week_begins_after_45_hours(rules: Rules) -> None:
    # 100 h: 54 h take 113.5 h, a weekly rest of 45 h, 46 h take 46 + 5 x 0.75 + 5 x 11
    assert end_h(Segment(replace(rules["aetr_1"], fortnight_h=None), 100.0)) == pytest.approx(263.25)


@pytest.mark.parametrize(
    ("wait_h", "clock_h"), [(0.0, 43.5), (6.0, 43.5), (10.9, 43.5), (11.0, 43.5), (12.0, 44.5), (20.0, 52.5)]
)
def test_a_wait_between_eight_and_twelve_hours_of_driving_counts_as_the_night(
    rules: Rules, wait_h: float, clock_h: float
) -> None:
    # 12 h of wait: 8 + break 0.75, 12 at the post, 9 + 0.75, night of 11, 3 = 44.5; up to 11 h it replaces the night
    aetr = rules["aetr_1"]
    assert end_h(Segment(aetr, 8.0, wait_h=wait_h, free_h=wait_h), Segment(aetr, 12.0)) == pytest.approx(clock_h)


def test_hours_of_duty_at_a_post_use_up_the_shift(rules: Rules) -> None:
    # 3 h on the road and 15 h in a moving lane are a shift of 18 h; 2 h more need a rest of 6 h
    crew = rules["national_2"]
    assert end_h(Segment(crew, 2.0, 1.0, wait_h=15.0), Segment(crew, 2.0)) == pytest.approx(20 + 6)


def test_road_stops_lengthen_the_shift_but_not_the_driving(rules: Rules) -> None:
    # 9 h of driving with 3 h of stops: 12 h and a break fit into the 13 h of the shift; with 6 h of stops they do not
    aetr = rules["aetr_1"]
    assert end_h(Segment(aetr, 9.0, 3.0)) == pytest.approx(12.75)
    assert end_h(Segment(aetr, 9.0, 6.0)) == pytest.approx(15.0 + 0.75 + 11.0)


def test_a_wait_of_three_free_hours_splits_the_night(rules: Rules) -> None:
    # 4 h, 3 h free at a post, 5 h with a break, 9 h instead of 11 at night, 9 h with a break
    aetr = rules["aetr_1"]
    assert end_h(Segment(aetr, 4.0, wait_h=3.0, free_h=3.0), Segment(aetr, 14.0)) == pytest.approx(
        4 + 3 + 5.75 + 9 + 9.75
    )


def test_a_rested_crew_takes_over_where_the_tractor_changes(rules: Rules) -> None:
    aetr = rules["aetr_1"]
    changed = Segment(aetr, 9.0, wait_h=3.0, is_crew_changed=True)
    assert end_h(changed, Segment(aetr, 4.5)) == pytest.approx(9.75 + 3 + 4.5)
    assert end_h(replace(changed, is_crew_changed=False), Segment(aetr, 4.5)) > 9.75 + 3 + 4.5


def test_hours_driven_before_a_border_count_by_the_rules_behind_it(rules: Rules) -> None:
    # 8 h by national rules, then AETR: one hour is left of the 9, a night of 11 h, 8 h with a break
    assert end_h(Segment(rules["national_1"], 8.0), Segment(rules["aetr_1"], 9.0)) == pytest.approx(
        8 + 0.5 + 1 + 11 + 8 + 0.75
    )


def test_after_six_days_a_crew_from_elsewhere_owes_a_weekly_rest_at_the_first_aetr_border(rules: Rules) -> None:
    # 6 days of 16 h with 5 rests of 6 h are 126 h on the clock, 2 h later 128, less than 144; 7 days with 6 are 148 h
    national, aetr = rules["national_2"], rules["aetr_2"]
    assert plan_trips([[Segment(national, 16.0 * 6), Segment(aetr, 4.0)]]).rest_h[0, 1] == pytest.approx(9.0)
    assert plan_trips([[Segment(national, 16.0 * 7), Segment(aetr, 4.0)]]).rest_h[0, 1] == pytest.approx(45.0)


@given(st.floats(min_value=0.01, max_value=200.0))
@settings(max_examples=200, deadline=None)
def test_one_driver_without_weekly_limits_follows_the_closed_form(rules: Rules, drive_h: float) -> None:
    plain = replace(rules["aetr_1"], week_h=None, fortnight_h=None, week_clock_h=None, weekly_rest_h=None)
    stops, nights = ceil(drive_h / 4.5 - 1e-9) - 1, ceil(drive_h / 9 - 1e-9) - 1
    assert end_h(Segment(plain, drive_h)) == pytest.approx(drive_h + 0.75 * (stops - nights) + 11 * nights)


@pytest.mark.parametrize("rule", ["aetr_1", "aetr_2", "national_1", "national_2"])
def test_the_clock_never_falls_with_driving_and_two_drivers_are_never_slower(rules: Rules, rule: str) -> None:
    hours = np.arange(0.25, 200.0, 0.25)
    plan = plan_trips([[Segment(rules[rule], float(drive_h))] for drive_h in hours])
    clock_h = plan.arrival_h[:, 0]
    assert (clock_h >= hours).all()
    assert (np.diff(clock_h) > 0).all()
    one, two = (plan_trips([[Segment(rules[name], float(h))] for h in hours]) for name in ("aetr_1", "aetr_2"))
    assert (two.arrival_h <= one.arrival_h + 1e-9).all()


def random_trip(rng: np.random.Generator, crew: Sequence[DriverRules], posts: int) -> list[Segment]:
    waits = [rng.lognormal(2.0, 1.0) for _ in range(posts)]
    return [
        Segment(crew[int(rng.integers(len(crew)))], float(rng.uniform(1, 25)), wait_h=wait_h, free_h=0.5 * wait_h)
        for wait_h in (*waits, 0.0)
    ]


def with_wait(segment: Segment, wait_h: float) -> Segment:
    return replace(segment, wait_h=wait_h, free_h=0.5 * wait_h)


def test_splitting_a_leg_where_nobody_stops_leaves_the_clock(rules: Rules) -> None:
    rng = np.random.default_rng(3)
    for _ in range(50):
        trip = random_trip(rng, [rules["aetr_1"]], 3)
        half = replace(trip[0], drive_h=trip[0].drive_h / 2)
        assert end_h(replace(half, wait_h=0.0, free_h=0.0), half, *trip[1:]) == pytest.approx(end_h(*trip))


def test_half_an_hour_more_at_a_post_hardly_ever_brings_a_truck_sooner(rules: Rules) -> None:
    rng = np.random.default_rng(11)
    trips = [random_trip(rng, [rules["aetr_1"], rules["national_1"]], 3) for _ in range(1000)]
    longer = [[with_wait(trip[0], trip[0].wait_h + 0.5), *trip[1:]] for trip in trips]
    gain_h = np.array([end_h(*trip) for trip in longer]) - np.array([end_h(*trip) for trip in trips])
    assert (gain_h < -1e-9).mean() < 0.01
    assert gain_h.min() > -1.0
    assert gain_h.mean() > 0.0


def test_many_trips_at_once_are_planned_as_each_alone(rules: Rules) -> None:
    rng = np.random.default_rng(5)
    crews = [rules["aetr_1"], rules["national_1"]]
    trips = [random_trip(rng, crews, int(rng.integers(0, 5))) for _ in range(40)]
    together = plan_trips(trips)
    for row, trip in enumerate(trips):
        alone = plan_trips([trip])
        assert together.rest_h[row, : len(trip)] == pytest.approx(alone.rest_h[0])
        assert together.rest_h[row, len(trip) :] == pytest.approx(0.0)


def every_schedule_h(trip: Sequence[Segment]) -> float:
    """The earliest end over all ways to spend all waits, one by one."""
    best = np.inf
    for choices in product(range(STAYS), repeat=len(trip) - 1):
        state: CrewState | None = rested_crew(1)
        for segment, choice in zip(trip, (*choices, 0), strict=True):
            state = _after(state, segment, choice) if state else None
        best = min(best, float(state.clock_h[0, 0])) if state else best
    return best


def _after(state: CrewState, segment: Segment, choice: int) -> CrewState | None:
    hours = rule_hours([segment.rules])
    driven_h, stop_h = np.array([[segment.drive_h]]), np.array([[segment.stop_h]])
    state = drive(state, drive_h=driven_h, stop_h=stop_h, ahead_h=np.zeros((1, 1)), rules=hours)
    wait_h, free_h = np.array([[segment.wait_h]]), np.array([[segment.free_h]])
    chosen = stay(state, wait_h=wait_h, free_h=free_h, rules=hours).taking(np.array([[choice]]))
    return chosen if chosen.is_live[0, 0] else None


def test_the_schedules_kept_come_close_to_all_of_them(rules: Rules) -> None:
    rng = np.random.default_rng(17)
    trips = [random_trip(rng, [rules["aetr_1"]], 3) for _ in range(60)]
    ratios = np.array([end_h(*trip) / every_schedule_h(trip) for trip in trips])
    assert ratios.min() >= 1 - 1e-9
    assert ratios.mean() < 1.005
    assert SCHEDULES < STAYS**3


def test_a_weekly_rest_does_not_hang_on_how_the_way_is_cut_into_pieces(rules: Rules) -> None:
    cuts = ((100.0,), (91.0, 9.0), (90.0, 10.0), (33.0, 33.0, 34.0))
    ends = [end_h(*(Segment(rules["aetr_2"], drive_h=hours) for hours in pieces)) for pieces in cuts]
    assert ends == pytest.approx([181.0] * 4)  # a night every 18 h, and the weekly rest in place of the fifth


def test_hours_add_up_along_the_way(rules: Rules) -> None:
    trip = random_trip(np.random.default_rng(2), [rules["aetr_1"]], 4)
    plan = plan_trips([trip])
    clock_h = 0.0
    for number, segment in enumerate(trip):
        clock_h += segment.drive_h + segment.stop_h + plan.road_rest_h[0, number]
        assert plan.arrival_h[0, number] == pytest.approx(clock_h)
        clock_h += segment.wait_h + plan.stay_rest_h[0, number]
    assert all(later >= earlier for earlier, later in pairwise(plan.arrival_h[0]))


def test_no_trip_and_a_trip_without_driving_need_no_rest(rules: Rules) -> None:
    assert plan_trips([]).rest_h.size == 0
    assert plan_trips([[]]).rest_h.size == 0
    assert end_h(Segment(rules["aetr_1"])) == 0.0
