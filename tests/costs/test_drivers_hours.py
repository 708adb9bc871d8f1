from itertools import pairwise

import numpy as np
import pytest

from corridor.costs.drivers_hours import Absorption, Shift, accrued_rest_h, rest_h, rest_slack_h
from corridor.evidence import DriverRules, read_evidence

RULES = read_evidence().driver_rules
AETR_1, AETR_2, NATIONAL_2 = RULES["aetr_1"], RULES["aetr_2"], RULES["national_2"]


@pytest.mark.parametrize(
    ("drive_h", "door_h"),
    [
        (4.5, 4.5),  # no break yet
        (9.0, 9.75),  # one break
        (20.0, 43.5),  # 2 breaks of 0.75 h, 2 rests of 11 h (model.md 2)
        (54.0, 113.5),  # 6 breaks, 5 rests
    ],
)
def test_one_driver_takes_the_rests_of_the_model_s_example(drive_h: float, door_h: float) -> None:
    assert drive_h + rest_h([Shift(AETR_1, drive_h)]) == pytest.approx(door_h)


def test_two_drivers_rest_nine_hours_after_eighteen() -> None:
    assert rest_h([Shift(AETR_2, 20.0)]) == pytest.approx(9.0)


def test_a_weekly_rest_replaces_a_daily_one() -> None:
    # 60 h: 13 stops, 6 of them daily, 1 of those weekly: 7 x 0.75 + 5 x 11 + 45
    assert rest_h([Shift(AETR_1, 60.0)]) == pytest.approx(7 * 0.75 + 5 * 11 + 45)


def test_splitting_a_leg_leaves_the_rest_unchanged() -> None:
    whole = rest_h([Shift(AETR_1, 31.7)])
    assert rest_h([Shift(AETR_1, 12.3), Shift(AETR_1, 19.4)]) == pytest.approx(whole)


@pytest.mark.parametrize("rules", [AETR_1, AETR_2, NATIONAL_2])
def test_rest_never_falls_with_driving(rules: DriverRules) -> None:
    hours = [rest_h([Shift(rules, drive_h)]) for drive_h in np.arange(0.25, 200.0, 0.25)]
    assert all(later >= earlier - 1e-9 for earlier, later in pairwise(hours))


def test_two_drivers_are_never_slower_than_one() -> None:
    for drive_h in np.arange(1.0, 150.0, 1.7):
        assert rest_h([Shift(AETR_2, float(drive_h))]) <= rest_h([Shift(AETR_1, float(drive_h))]) + 1e-9


def test_what_accrues_is_at_most_one_full_set_of_rests_above_what_is_taken() -> None:
    rng = np.random.default_rng(5)
    for _ in range(500):
        rules = (AETR_2, NATIONAL_2)
        shifts = [Shift(rules[rng.integers(2)], float(rng.uniform(0.1, 60.0))) for _ in range(5)]
        accrued = sum(accrued_rest_h(shift) for shift in shifts)
        assert accrued - rest_slack_h([AETR_2, NATIONAL_2]) - 1e-9 <= rest_h(shifts) <= accrued + 1e-9


def test_counters_carry_over_a_border_where_the_rules_change() -> None:
    # 8 of 16 h and 9 of 18 h make one full day exactly: no rest is due before arrival
    assert rest_h([Shift(NATIONAL_2, 8.0), Shift(AETR_2, 9.0)]) == pytest.approx(0.0)


def test_no_driving_needs_no_rest() -> None:
    assert rest_h([]) == 0.0
    assert rest_h([Shift(AETR_1, 0.0)]) == 0.0


def test_a_wait_replaces_rest_up_to_a_cap() -> None:
    absorption = Absorption(rest_share=0.5, absorption_share=0.6, cap_h=11.0)
    assert absorption.absorbed_h(10.0) == pytest.approx(3.0)  # 0.6 x 5
    assert absorption.absorbed_h(100.0) == pytest.approx(6.6)  # 0.6 x 11
