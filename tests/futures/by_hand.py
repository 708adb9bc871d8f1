"""Outcomes of a few futures, written down by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from corridor.futures.outcomes import Outcomes

Floats = NDArray[np.float64]
Columns = Mapping[str, Sequence[float] | Floats]


def outcomes_by_hand(
    usd: Columns,
    *,
    days: Columns | None = None,
    co2e_kg: Columns | None = None,
    cargo_usd_per_day: float = 0.0,
    carbon_usd_per_t: float = 0.0,
) -> Outcomes:
    """One column per label; days and kg are 0 where they do not matter."""
    return Outcomes(
        labels=tuple(usd),
        hours=24 * _columns(days, like=usd),
        usd=_columns(usd, like=usd),
        co2e_wtw_kg=_columns(co2e_kg, like=usd),
        cargo_usd_per_h=cargo_usd_per_day / 24,
        carbon_usd_per_t=carbon_usd_per_t,
        hours_by_component={},
        usd_by_component={},
    )


def _columns(columns: Columns | None, *, like: Columns) -> Floats:
    futures = len(next(iter(like.values())))
    return np.array([(columns or {}).get(label, [0.0] * futures) for label in like], dtype=float).T
