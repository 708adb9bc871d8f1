"""Rounding by largest remainder keeps sums."""

from math import fsum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridor.report.rounding import rounded, rounded_parts

amounts = st.lists(st.floats(-1e5, 1e5, allow_nan=False), max_size=20)


@given(amounts, st.integers(0, 2))
def test_printed_parts_add_up_to_the_printed_total(parts: list[float], decimals: int) -> None:
    total = rounded(fsum(parts), decimals=decimals)
    printed = rounded_parts(parts, decimals=decimals, total=total)
    assert fsum(printed) == pytest.approx(total, abs=1e-6)


@given(amounts, st.integers(0, 2))
def test_no_part_moves_by_a_whole_unit(parts: list[float], decimals: int) -> None:
    printed = rounded_parts(parts, decimals=decimals, total=rounded(fsum(parts), decimals=decimals))
    assert all(abs(one - two) < 10**-decimals * 1.0001 for one, two in zip(parts, printed, strict=True))


def test_three_thirds_make_one() -> None:
    assert rounded_parts([1 / 3, 1 / 3, 1 / 3], decimals=2, total=1.0) == (0.34, 0.33, 0.33)


def test_parts_follow_a_total_that_was_rounded_up_elsewhere() -> None:
    assert rounded_parts([10.3, -4.9], decimals=0, total=6.0) == (11.0, -5.0)  # 5.4, printed 6 in another table


def test_binary_noise_does_not_push_a_whole_number_down() -> None:
    assert rounded_parts([0.29, 0.58], decimals=2, total=0.87) == (0.29, 0.58)  # 0.29 * 100 is 28.999...


def test_no_parts_are_no_parts() -> None:
    assert rounded_parts([], decimals=2, total=0.0) == ()
