"""Figures as SVG: the same points in fewer characters."""

from __future__ import annotations

import re

import pytest

from corridor.report.pictures import relative_path


def points_of(data: str) -> list[tuple[float, float]]:
    """Ends of all commands of a relative path, as absolute points."""
    start = at = (0.0, 0.0)
    found = []
    for command, text in re.findall(r"([mlqcz])([^mlqcz]*)", data):
        numbers = [float(number) for number in re.findall(r"-?(?:\d+(?:\.\d)?|\.\d)", text)]
        at = (at[0] + numbers[-2], at[1] + numbers[-1]) if numbers else start
        start = at if command == "m" else start
        found.append(at)
    return found


def test_a_relative_path_passes_the_points_of_the_absolute_one_to_a_tenth() -> None:
    data = "M 10.04 20 L 11.56 -19.5 C 1 2 3 4 5 6 z M 0.05 7 Q 1 1 2.5 0.2 L 2.5 0.2 z "
    ends = [(10.0, 20.0), (11.6, -19.5), (5.0, 6.0), (10.0, 20.0), (0.0, 7.0), (2.5, 0.2), (2.5, 0.2), (0.0, 7.0)]
    for found, end in zip(points_of(relative_path(data)), ends, strict=True):
        assert found == pytest.approx(end)


def test_roundings_do_not_add_up_along_a_line() -> None:
    data = "M 0 0 " + " ".join(f"L {0.19 * step:.2f} {step}" for step in range(1, 1001))
    assert points_of(relative_path(data))[-1] == pytest.approx((190.0, 1000.0))
