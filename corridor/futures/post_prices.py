"""The search weight of a post in every future (model.md 6.1)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from corridor.costs.carbon import carbon_rows
from corridor.costs.hours import time_rows
from corridor.costs.money import BOTH_WAYS, money_rows
from corridor.costs.search_weights import LEAST_WEIGHT_USD, carbon_usd_per_l
from corridor.costs.stretches import PostStage
from corridor.costs.trip_fees import INSURANCE, PERMIT, TIR_CARNET
from corridor.futures.drawn_amounts import DrawnAmounts
from corridor.futures.edge_prices import drawn_hour_usd

Floats = NDArray[np.float64]

NOT_AT_POSTS = frozenset({INSURANCE, PERMIT, TIR_CARNET, "empty_return"})
"""Paid once a trip, or counted with what they are a share of."""


def post_usd(stage: PostStage, drawn: DrawnAmounts, *, clock_h: float) -> Floats:
    """Search weight of a post passed without a change of tractor, in USD, shape (futures,).

    Parameters
    ----------
    stage : the post as the truck finds it `clock_h` hours after departure

    Notes
    -----
    `corridor.costs.search_weights.passage_search_usd` at the hours and fees of each future.
    """
    wait_h = _wait_h(stage, drawn, clock_h)
    absorption = stage.tariff.absorption
    rested_h = absorption.absorption_share * np.minimum(absorption.rest_share * wait_h, absorption.cap_h)
    weight_usd = (wait_h - rested_h) * drawn_hour_usd(stage.tariff, drawn) + _money_usd(stage, drawn)
    return np.maximum(weight_usd, LEAST_WEIGHT_USD)


def _wait_h(stage: PostStage, drawn: DrawnAmounts, clock_h: float) -> Floats:
    rows = time_rows([stage], rests_h=[[0.0]])
    hours = (drawn.of(row.hours, row.basis, row.country, clock_h=clock_h) for row in rows)
    return sum(hours, np.zeros(drawn.futures))


def _money_usd(stage: PostStage, drawn: DrawnAmounts) -> Floats:
    """Queue fuel with its carbon price, fees and fares; what an empty truck pays as well, with its share."""
    usd = np.zeros(drawn.futures)
    for burnt in carbon_rows([stage]):
        usd += drawn.of(burnt.fuel_l * carbon_usd_per_l(stage.tariff), burnt.basis, burnt.country)
    for row in money_rows([stage], (), origin_country=stage.passage.country_left):
        if row.component not in NOT_AT_POSTS:
            ways = 1 + stage.tariff.empty_return_share if row.component in BOTH_WAYS else 1.0
            usd += drawn.of(ways * (row.usd or 0.0), row.basis, row.country)
    return usd
