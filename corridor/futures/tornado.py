"""What each thing that nobody knows does to the gap between two options, one at a time (model.md 5.7)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corridor.futures.designs import Levels
from corridor.futures.factors import Factors, Uniforms
from corridor.futures.pairs import Pair
from corridor.futures.variables import Variable

if TYPE_CHECKING:
    import pandas as pd

LOW_SHARE, HIGH_SHARE = 0.1, 0.9


@dataclass(frozen=True, slots=True)
class Bar:
    """The gap A less B with one variable low and high, all others in the middle.

    Parameters
    ----------
    low, high : 10th and 90th percentile of the variable, in its unit
    gap_at_low_usd, gap_at_high_usd : mean generalised cost of A less B there
    """

    variable: Variable
    low: float
    high: float
    gap_at_low_usd: float
    gap_at_high_usd: float

    @property
    def swing_usd(self) -> float:
        """How far the gap moves, USD, from 0."""
        return abs(self.gap_at_high_usd - self.gap_at_low_usd)

    @property
    def is_switch(self) -> bool:
        """Whether it changes alone which option is better."""
        return (self.gap_at_low_usd < 0) != (self.gap_at_high_usd < 0)


@dataclass(frozen=True, slots=True)
class Tornado:
    """Bars by swing, the largest first.

    Parameters
    ----------
    middle_gap_usd : the gap with all variables in the middle
    trips : with other luck each, over which every gap is a mean
    """

    labels: tuple[str, str]
    trips: int
    middle_gap_usd: float
    bars: tuple[Bar, ...]

    def to_frame(self) -> pd.DataFrame:
        """One row per variable: its 10th and 90th percentile in `unit`, the gaps there and the swing in USD."""
        import pandas as pd

        rows = [
            (b.variable.id, b.variable.label, b.variable.unit, b.low, b.high, b.gap_at_low_usd, b.gap_at_high_usd,
             b.swing_usd, b.is_switch)
            for b in self.bars
        ]  # fmt: skip
        columns = ["variable", "label", "unit", "p10", "p90", "gap_at_p10_usd", "gap_at_p90_usd", "swing_usd", "switch"]
        return pd.DataFrame(rows, columns=columns)


def build_tornado(pair: Pair, variables: Sequence[Variable], luck_from: Uniforms) -> Tornado:
    """The gap with each variable at its 10th and 90th percentile, the others at their median.

    Parameters
    ----------
    luck_from : whose luck draws all the gaps have in common; each gap is their mean
    """
    bars = [_bar(pair, variable, luck_from) for variable in variables]
    return Tornado(
        labels=pair.labels,
        trips=luck_from.n,
        middle_gap_usd=_gap_usd(pair, Levels(luck_from, {})),
        bars=tuple(sorted(bars, key=lambda bar: (-bar.swing_usd, bar.variable.id))),
    )


def _bar(pair: Pair, variable: Variable, luck_from: Uniforms) -> Bar:
    low, high = (Levels(luck_from, variable.levels(share)) for share in (LOW_SHARE, HIGH_SHARE))
    return Bar(
        variable=variable,
        low=_value(pair, variable, low),
        high=_value(pair, variable, high),
        gap_at_low_usd=_gap_usd(pair, low),
        gap_at_high_usd=_gap_usd(pair, high),
    )


def _gap_usd(pair: Pair, levels: Levels) -> float:
    return float(pair.gap_usd(Factors(pair.evidence, levels)).mean())


def _value(pair: Pair, variable: Variable, levels: Levels) -> float:
    """What the variable is at these levels, in its unit."""
    return float(variable.values(Factors(pair.evidence, levels, has_luck=False))[0])
