"""Ranks where nobody agrees on the value of time and the price of carbon (model.md 5.4, F21)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from corridor.errors import ScenarioError
from corridor.futures.factors import Uniforms
from corridor.futures.outcomes import Outcomes
from corridor.futures.ranking import RankAcceptability, find_ranks, rank_acceptability

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]

Range = tuple[float, float]
"""Low and high, both above 0."""

CARGO_TIME_MULTIPLES: Range = (0.25, 4.0)
"""A quarter to four times the scenario's value of the cargo's time (judgement: published values differ by as much)."""

CARBON_USD_PER_T: Range = (1.0, 200.0)
"""From next to nothing to the upper end of what is asked for today (judgement)."""


@dataclass(frozen=True, slots=True)
class PreferenceRanges:
    """Ranges from which preferences are drawn, every ratio equally likely.

    Parameters
    ----------
    cargo_time_multiple : of the scenario's value of the cargo's time
    carbon_usd_per_t : price of carbon in USD/t CO2e

    Raises
    ------
    ScenarioError : a range does not have 0 < low <= high
    """

    cargo_time_multiple: Range = CARGO_TIME_MULTIPLES
    carbon_usd_per_t: Range = CARBON_USD_PER_T

    def __post_init__(self) -> None:
        for name in ("cargo_time_multiple", "carbon_usd_per_t"):
            low, high = getattr(self, name)
            if not 0 < low <= high < np.inf:
                bounds = f"expected 0 < low <= high, got {low:g} to {high:g}"
                raise ScenarioError(f"{name}: no range; {bounds}. Write another.")


STATED_RANGES = PreferenceRanges()
"""The ranges taken where nobody asks for others."""


@dataclass(frozen=True)
class Preferences:
    """What an hour of the cargo and a tonne of carbon are worth, both (futures,)."""

    cargo_usd_per_h: Floats
    carbon_usd_per_t: Floats


@dataclass(frozen=True, slots=True)
class CentralPreference:
    """For which preferences an option ranks first; None where it never does.

    Parameters
    ----------
    first_share : of the futures and preferences in which it ranks first, 0 to 1
    cargo_usd_per_h, carbon_usd_per_t : mean preferences where it does
    confidence_share : of the futures in which it ranks first for somebody with exactly these preferences
    """

    label: str
    first_share: float
    cargo_usd_per_h: float | None
    carbon_usd_per_t: float | None
    confidence_share: float | None


@dataclass(frozen=True)
class PreferenceRanking:
    """Ranks over futures and preferences, and the preferences that speak for each option.

    Parameters
    ----------
    cargo_usd_per_h, carbon_usd_per_t : ranges drawn from, in their own units
    """

    ranges: PreferenceRanges
    cargo_usd_per_h: Range
    carbon_usd_per_t: Range
    acceptability: RankAcceptability
    central: tuple[CentralPreference, ...]

    def to_frame(self) -> pd.DataFrame:
        """One row per option: share of first ranks, mean preferences there, and confidence."""
        import pandas as pd

        columns = ["label", "first_share", "cargo_usd_per_h", "carbon_usd_per_t", "confidence_share"]
        rows = [tuple(getattr(central, name) for name in columns) for central in self.central]
        return pd.DataFrame(rows, columns=columns)


def build_preference_ranking(
    outcomes: Outcomes, uniforms: Uniforms, *, ranges: PreferenceRanges = STATED_RANGES
) -> PreferenceRanking:
    """Ranks where each future meets somebody with other preferences.

    Parameters
    ----------
    outcomes : without luck, for "on average over many trips"
    uniforms : those of the outcomes; the same for all options and scenarios
    """
    preferences = draw_preferences(uniforms, ranges, cargo_usd_per_h=outcomes.cargo_usd_per_h)
    drawn_usd = generalised_usd(outcomes, preferences)
    is_first = find_ranks(outcomes.labels, drawn_usd) == 0
    low, high = (multiple * outcomes.cargo_usd_per_h for multiple in ranges.cargo_time_multiple)
    return PreferenceRanking(
        ranges,
        (low, high),
        ranges.carbon_usd_per_t,
        rank_acceptability(outcomes.labels, drawn_usd),
        tuple(_central(outcomes, preferences, label, is_first) for label in outcomes.labels),
    )


def draw_preferences(uniforms: Uniforms, ranges: PreferenceRanges, *, cargo_usd_per_h: float) -> Preferences:
    """One preference for every future, uniform in the logarithm.

    Parameters
    ----------
    cargo_usd_per_h : the scenario's value of the cargo's time, of which multiples are drawn
    """
    multiple = _log_uniform(uniforms.luck("preference.cargo_time_multiple"), ranges.cargo_time_multiple)
    carbon_usd_per_t = _log_uniform(uniforms.luck("preference.carbon_usd_per_t"), ranges.carbon_usd_per_t)
    return Preferences(multiple * cargo_usd_per_h, carbon_usd_per_t)


def generalised_usd(outcomes: Outcomes, preferences: Preferences) -> Floats:
    """Generalised cost at preferences of one's own, shape (futures, options)."""
    cargo_usd_per_h, carbon_usd_per_t = preferences.cargo_usd_per_h, preferences.carbon_usd_per_t
    return np.asarray(
        outcomes.usd
        + cargo_usd_per_h[:, np.newaxis] * outcomes.hours
        + carbon_usd_per_t[:, np.newaxis] / 1000 * outcomes.co2e_wtw_kg
    )


def _log_uniform(u: Floats, bounds: Range) -> Floats:
    low, high = bounds
    return np.asarray(low * (high / low) ** u)


def _central(
    outcomes: Outcomes, preferences: Preferences, label: str, is_first: NDArray[np.bool_]
) -> CentralPreference:
    column = outcomes.column(label)
    where = is_first[:, column]
    if not where.any():
        return CentralPreference(label, 0.0, None, None, None)
    cargo, carbon = float(preferences.cargo_usd_per_h[where].mean()), float(preferences.carbon_usd_per_t[where].mean())
    usd = generalised_usd(outcomes, Preferences(np.full(len(where), cargo), np.full(len(where), carbon)))
    confidence_share = float((find_ranks(outcomes.labels, usd)[:, column] == 0).mean())
    return CentralPreference(label, float(where.mean()), cargo, carbon, confidence_share)
