"""How far hours and USD along the way may lie apart: P10 and P90 after each leg and post."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from corridor.analysis.assessment import Option
from corridor.costs.ledger import Ledger
from corridor.costs.tariff import Tariff
from corridor.futures.factors import Factors
from corridor.futures.option_draw import OptionDraw, Part, money_parts, time_parts
from corridor.scenario import Scenario

LowHigh = tuple[tuple[float, ...], tuple[float, ...]]
BAND = (0.1, 0.9)
"""P10 and P90."""


@dataclass(frozen=True, slots=True)
class Band:
    """P10 and P90 of what has passed since departure, at departure (0) and after each stage.

    Parameters
    ----------
    hours, usd : (low, high), each of as many figures as there are stages, and one
    """

    hours: LowHigh
    usd: LowHigh


def draw_bands(options: Sequence[Option], factors: Factors, scenario: Scenario) -> dict[str, Band]:
    """The band of each option along its way, by its label."""
    tariff = Tariff(factors.evidence, scenario, scenario.vehicle.plate)
    drawn = (OptionDraw(option, factors, tariff, "timetable") for option in options)
    return {draw.option.label: Band(_low_high(draw, time_parts), _low_high(draw, money_parts)) for draw in drawn}


def _low_high(draw: OptionDraw, parts: Callable[[Ledger], list[Part]]) -> LowHigh:
    """P10 and P90 of the sums after each stage."""
    by_stage = draw.by(_stage, parts(draw.option.ledger))
    amounts = np.zeros((len(draw.option.stages) + 1, draw.factors.uniforms.n))
    for stage, amount in by_stage.items():
        amounts[stage + 1] = amount
    low, high = np.quantile(np.cumsum(amounts, axis=0), BAND, axis=1).tolist()
    return tuple(low), tuple(high)


def _stage(part: Part) -> int:
    return part.stage
