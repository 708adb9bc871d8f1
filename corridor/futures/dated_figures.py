"""Days and USD of fixed chains over the futures, for every day of departure on which they differ."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from corridor.analysis.assessment import Assessment
from corridor.analysis.seasons import DatedWays
from corridor.futures.draws import first_draws
from corridor.futures.factors import Factors
from corridor.futures.outcomes import Outcomes, draw_outcomes

P50, P95 = 0.5, 0.95

DRAWN_AT_ONCE = 16
"""Ways drawn together: enough to share their draws, few enough for memory."""


class DatedFigures(NamedTuple):
    """What one way comes to over the futures, as in `CalendarCell`."""

    p50_days: float
    p95_days: float
    mean_usd: float
    mean_generalised_usd: float
    blocked_share: float


def draw_dated(assessment: Assessment, dated: DatedWays) -> dict[tuple[str, int], DatedFigures]:
    """Figures by label and identity of the ledger; weeks that meet the same posts share one."""
    options = {option.label: option for option in assessment.all_options}
    ways = {(label, id(way.ledger)): way for label, row in dated.items() for way in row}
    keys = list(ways)
    scenario = assessment.scenario
    draws = first_draws(scenario)
    factors = Factors(assessment.evidence, draws)
    figures: list[DatedFigures] = []
    for start in range(0, len(keys), DRAWN_AT_ONCE):
        some = [
            replace(
                options[key[0]],
                departures=ways[key].departures,
                plates=ways[key].plates,
                ledger=ways[key].ledger,
            )
            for key in keys[start : start + DRAWN_AT_ONCE]
        ]
        figures += _figures(draw_outcomes(some, factors, scenario))
    return dict(zip(keys, figures, strict=True))


def _figures(outcomes: Outcomes) -> Iterator[DatedFigures]:
    days = np.quantile(outcomes.days, (P50, P95), axis=0)
    closed_h = outcomes.hours_by_component.get("closure_wait", np.zeros_like(outcomes.hours))
    columns = (*days, outcomes.usd.mean(axis=0), outcomes.generalised_usd.mean(axis=0), (closed_h > 0).mean(axis=0))
    return (DatedFigures(*map(float, figures)) for figures in zip(*columns, strict=True))
