"""Drivers' rest of an option in every future, by the smooth rule (model.md 2.4)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from corridor.costs.driver_clock import HOURS_SLACK
from corridor.costs.drivers_hours import COUNTERS, Absorption, amount_h, period_h
from corridor.evidence import DriverRules

Floats = NDArray[np.float64]


def smooth_rest_h(rules: Sequence[DriverRules], drive_h: Floats, wait_h: Floats, absorption: Absorption) -> Floats:
    """Rest of one crew that no wait replaces, shape (futures,).

    Parameters
    ----------
    rules, drive_h : rule set of each stretch in order of travel, and hours behind the wheel there, (stretches, futures)
    wait_h : hours at each post, (posts, futures)

    Notes
    -----
    The rule of `corridor.costs.drivers_hours.rest_h`, on arrays.
    """
    due_h = sum((_counted_h(rules, drive_h, counter) for counter in COUNTERS), np.zeros(drive_h.shape[1]))
    free_h = np.minimum(absorption.rest_share * wait_h, absorption.cap_h)
    return np.asarray(np.maximum(0.0, due_h - absorption.absorption_share * free_h.sum(axis=0)))


def _counted_h(rules: Sequence[DriverRules], drive_h: Floats, counter: str) -> Floats:
    """Hours of one counter: what is due, less the part of the last period that is not yet full."""
    due_h, periods, last_h = (np.zeros(drive_h.shape[1]) for _ in range(3))
    for rule, hours in zip(rules, drive_h, strict=True):
        length_h = period_h(rule, counter)
        if length_h is not None:
            due_h += hours * amount_h(rule, counter) / length_h
            periods += hours / length_h
            last_h = np.where(hours > 0, amount_h(rule, counter), last_h)
    unfinished = periods - np.ceil(periods - HOURS_SLACK) + 1
    return np.where(periods > 0, np.maximum(0.0, due_h - last_h * unfinished), 0.0)
