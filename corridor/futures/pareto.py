"""Which options no other beats in money, time, carbon and surety at once (model.md 5.2, 5.3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from corridor.analysis.assessment import Option
from corridor.futures.outcomes import Outcomes
from corridor.futures.reliability import ReliabilityPanel, build_reliability_panel

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Criteria:
    """What counts, all the less the better; as a tolerance: differences up to these count for nothing.

    Parameters
    ----------
    mean_usd : known money per truck
    p80_h : hours that 8 of 10 trucks do not exceed
    mean_co2e_wtw_kg : well to wheel, of the truck
    buffer_h : P95 - P50 of the hours
    """

    mean_usd: float
    p80_h: float
    mean_co2e_wtw_kg: float
    buffer_h: float

    def values(self) -> tuple[float, float, float, float]:
        """All four in order."""
        return self.mean_usd, self.p80_h, self.mean_co2e_wtw_kg, self.buffer_h


TOLERANCE = Criteria(mean_usd=5.0, p80_h=0.5, mean_co2e_wtw_kg=5.0, buffer_h=0.5)

NOTHING_UNKNOWN: Mapping[str, frozenset[str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Standing:
    """One option by all criteria.

    Parameters
    ----------
    beaten_by : options that no other beats and that are no worse in anything and better in something
    surely_beaten_by : those of them that stay so whatever the costs are that nobody knows
    """

    label: str
    criteria: Criteria
    beaten_by: tuple[str, ...]
    surely_beaten_by: tuple[str, ...]

    @property
    def is_efficient(self) -> bool:
        """Whether no other option beats it, on what is known."""
        return not self.beaten_by


@dataclass(frozen=True, slots=True)
class ParetoSet:
    """How every option stands, in the order of the outcomes."""

    options: tuple[Standing, ...]
    tolerance: Criteria = field(default=TOLERANCE)

    @property
    def efficient(self) -> tuple[str, ...]:
        """Labels of the options that no other beats."""
        return tuple(option.label for option in self.options if option.is_efficient)

    def to_frame(self) -> pd.DataFrame:
        """One row per option: the criteria, and which options beat it."""
        import pandas as pd

        names = ("mean_usd", "p80_h", "mean_co2e_wtw_kg", "buffer_h")
        rows = [
            (
                option.label,
                *option.criteria.values(),
                option.is_efficient,
                " ".join(option.beaten_by),
                " ".join(option.surely_beaten_by),
            )
            for option in self.options
        ]
        return pd.DataFrame(rows, columns=["label", *names, "is_efficient", "beaten_by", "surely_beaten_by"])


def build_pareto_set(
    outcomes: Outcomes, *, unknown: Mapping[str, frozenset[str]] = NOTHING_UNKNOWN, tolerance: Criteria = TOLERANCE
) -> ParetoSet:
    """Which options are beaten in nothing, and by which the others are beaten in everything.

    Parameters
    ----------
    outcomes : with luck, because P80 and the buffer are those of a truck
    unknown : label -> ids of what nobody knows of its money and CO2e, as `unknown_ids` lists them

    Notes
    -----
    i is beaten by j where j <= i in all criteria, and by more than the tolerance in one. No score is formed, so a
    third option never changes which of two beats the other. Being beaten is sure where every unknown of j is one of
    i as well: then it cancels, or makes i worse still.
    """
    panel = build_reliability_panel(outcomes)
    criteria = {label: _criteria(outcomes, panel, column) for column, label in enumerate(outcomes.labels)}
    beaten_by = {
        label: [other for other in sorted(criteria) if _beats(criteria[other], criteria[label], tolerance)]
        for label in criteria
    }
    efficient = {label for label, others in beaten_by.items() if not others}
    return ParetoSet(
        tuple(_standing(label, criteria[label], beaten_by[label], efficient, unknown) for label in criteria), tolerance
    )


def unknown_ids(options: Iterable[Option]) -> dict[str, frozenset[str]]:
    """Label -> ids of the money and CO2e that nobody knows; equal ids of two options are the same amount."""
    return {option.label: option.ledger.money_cell.unknown | _unknown_co2e(option) for option in options}


def _unknown_co2e(option: Option) -> frozenset[str]:
    """Ferries, whose CO2e is not known: lines by their id, others by their country."""
    rows = [row for row in option.ledger.time if row.component == "ferry"]
    return frozenset(f"co2e.{option.stages[row.stage].crossing_id or row.country}" for row in rows)


def _criteria(outcomes: Outcomes, panel: ReliabilityPanel, column: int) -> Criteria:
    return Criteria(
        mean_usd=float(outcomes.usd[:, column].mean()),
        p80_h=float(np.quantile(outcomes.hours[:, column], 0.8)),
        mean_co2e_wtw_kg=float(outcomes.co2e_wtw_kg[:, column].mean()),
        buffer_h=panel.options[column].buffer_h,
    )


def _beats(better: Criteria, worse: Criteria, tolerance: Criteria) -> bool:
    gaps = [b - a for a, b in zip(better.values(), worse.values(), strict=True)]
    is_beyond = [gap > allowed for gap, allowed in zip(gaps, tolerance.values(), strict=True)]
    return min(gaps) >= 0 and any(is_beyond)


def _standing(
    label: str,
    criteria: Criteria,
    beaten_by: Iterable[str],
    efficient: Iterable[str],
    unknown: Mapping[str, frozenset[str]],
) -> Standing:
    """Only efficient options are named: what beats an option is beaten by one of them, or is one."""
    by = tuple(other for other in beaten_by if other in efficient)
    own = unknown.get(label, frozenset())
    return Standing(label, criteria, by, tuple(other for other in by if unknown.get(other, frozenset()) <= own))
