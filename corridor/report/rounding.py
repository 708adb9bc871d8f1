"""Rounding for print that keeps sums: printed parts add up to the printed total (largest remainder)."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor

NOISE_DECIMALS = 6
"""Digits of a unit that count; what lies behind them comes from binary fractions."""


def rounded(amount: float, *, decimals: int) -> float:
    """An amount as it is printed; halves go to the even digit.

    Examples
    --------
    >>> rounded(64.195, decimals=2)  # a float just below 64.195, which binary noise must not decide
    64.2
    """
    return round(round(amount * 10.0**decimals, NOISE_DECIMALS)) / 10.0**decimals


def rounded_parts(amounts: Sequence[float], *, decimals: int, total: float) -> tuple[float, ...]:
    """Amounts rounded up or down so that they add up to a rounded total.

    Parameters
    ----------
    total : as printed, less than one unit of the last digit off the sum of the amounts

    Notes
    -----
    All are rounded down; the units still missing go to those that lost most, the first of equals first.

    Examples
    --------
    >>> rounded_parts([0.4, 0.4, -1.7], decimals=0, total=-1.0)  # their sum is -0.9
    (1.0, 0.0, -2.0)
    """
    units = [round(amount * 10.0**decimals, NOISE_DECIMALS) for amount in amounts]
    wanted = round(total * 10.0**decimals)
    whole = [floor(unit) for unit in units]
    most_lost = sorted(range(len(units)), key=lambda number: whole[number] - units[number])
    for number in most_lost[: wanted - sum(whole)]:
        whole[number] += 1
    return tuple(unit / 10.0**decimals for unit in whole)
