"""How much more a transit country could charge before the traffic takes another way (model.md 5.6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from math import fsum
from typing import TYPE_CHECKING

import numpy as np

from corridor.analysis.assessment import Assessment, Option
from corridor.errors import ScenarioError
from corridor.futures.outcomes import draw_outcomes
from corridor.futures.pairs import Floats, find_option, scenario_factors

if TYPE_CHECKING:
    import pandas as pd

FEES = ("entry_fee", "entry_extras", "bridge_fee", "border_fee")
"""Components of money that a state on the way can set per truck."""


@dataclass(frozen=True, slots=True)
class Leverage:
    """What one transit country can ask of a truck on an option before the option loses to one around the country.

    Parameters
    ----------
    fees_usd : known fees that the option pays to the country now; has_unknown_fees : whether there are others
    detour : label of the open option around the country with the least mean cost; empty where none goes around
    headroom_usd : mean cost of the detour less that of the option, USD; below 0 the option has lost already
    best_extra_usd : the extra fee that earns most over futures in which the truck comes only where it still pays,
        share_left : the share of them
    """

    label: str
    country: str
    fees_usd: float
    has_unknown_fees: bool
    detour: str
    headroom_usd: float
    best_extra_usd: float
    share_left: float

    @property
    def highest_fees_usd(self) -> float:
        """Fees of the country at which the option and the detour cost the same on average; known ones counted."""
        return self.fees_usd + self.headroom_usd


@dataclass(frozen=True, slots=True)
class LeverageTable:
    """The leverage of every transit country of an option, in order of travel, over futures that are means of trips."""

    label: str
    futures: int
    rows: tuple[Leverage, ...]

    def to_frame(self) -> pd.DataFrame:
        """One row per country, money in USD per truck."""
        import pandas as pd

        return pd.DataFrame(
            [asdict(row) | {"highest_fees_usd": row.highest_fees_usd if row.detour else None} for row in self.rows]
        )


def find_leverage(assessment: Assessment, *, label: str | None = None) -> LeverageTable:
    """How much more each transit country of an option could ask before the best option around it costs less.

    Parameters
    ----------
    label : of the option; else the best

    Notes
    -----
    The ways around are the open options of the run: with others the headroom can only be smaller. What a fee earns is
    fee x share of the futures in which the option still costs less than the detour.

    Raises
    ------
    ScenarioError
        There is no open option, or none of this label.
    """
    if not assessment.options:
        raise ScenarioError("leverage: no option is open; expected one or more. Open a post or name another day.")
    option = find_option(assessment, label or assessment.options[0].label)
    options = [option, *(other for other in assessment.options if other is not option)]
    factors = scenario_factors(assessment, has_luck=False)
    cost_usd = draw_outcomes(options, factors, assessment.scenario).generalised_usd
    rows = tuple(_leverage(country, options, cost_usd) for country in option.countries[1:-1])
    return LeverageTable(option.label, factors.uniforms.n, rows)


def _leverage(country: str, options: Sequence[Option], cost_usd: Floats) -> Leverage:
    option = options[0]
    fees = [row for row in option.ledger.money if row.country == country and row.component in FEES]
    around = [number for number, other in enumerate(options) if country not in other.countries]
    detour = min(around, key=lambda number: (cost_usd[:, number].mean(), options[number].label), default=None)
    gaps_usd = np.zeros(1) if detour is None else cost_usd[:, detour] - cost_usd[:, 0]
    extra_usd, share = best_extra(gaps_usd)
    return Leverage(
        label=option.label,
        country=country,
        fees_usd=fsum(row.usd for row in fees if row.usd is not None),
        has_unknown_fees=any(row.usd is None for row in fees),
        detour="" if detour is None else options[detour].label,
        headroom_usd=float(gaps_usd.mean()),
        best_extra_usd=extra_usd,
        share_left=share,
    )


def best_extra(gaps_usd: Floats) -> tuple[float, float]:
    """The extra fee in USD that earns most, and the share of futures that still pay it; 0 and 0 where none does.

    Parameters
    ----------
    gaps_usd : (futures,) what the detour costs more

    Examples
    --------
    >>> best_extra(np.array([-50.0, 100.0, 300.0, 320.0]))  # 3/4 of 100, 2/4 of 300, 1/4 of 320
    (300.0, 0.5)
    """
    ordered = np.sort(gaps_usd)
    shares = np.arange(len(ordered), 0, -1) / len(ordered)
    earned_usd = ordered * shares
    best = int(np.argmax(earned_usd))
    return (float(ordered[best]), float(shares[best])) if earned_usd[best] > 0 else (0.0, 0.0)
