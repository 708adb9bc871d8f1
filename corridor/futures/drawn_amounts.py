"""A figure with its evidence, in every future."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corridor.costs.closures import HOURS_PER_DAY
from corridor.futures.effects import Effect, effects_of
from corridor.futures.factors import Factors

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class DrawnAmounts:
    """Figures under the factors that `corridor.futures.outcomes` puts on the ledgers of options."""

    factors: Factors

    @property
    def futures(self) -> int:
        """Number of futures."""
        return self.factors.uniforms.n

    def of(self, amount: float, basis: Iterable[str], country: str = "", *, clock_h: float = 0.0) -> Floats:
        """The figure in each future, in its unit, shape (futures,).

        Parameters
        ----------
        basis, country : as a row of a ledger has them
        clock_h : hours after departure at which it counts, which closures hang on
        """
        keys = tuple(basis)
        drawn = np.full(self.futures, amount * self.factors.scale(keys))
        for effect in sorted(effects_of(keys, country)):
            factor = self._factor(effect, clock_h)
            if factor is not None:
                drawn *= factor
        return drawn

    def _factor(self, effect: Effect, clock_h: float) -> Floats | None:
        if effect.kind == "closure":
            return self.factors.closure_share(effect.name, np.full(self.futures, clock_h / HOURS_PER_DAY))
        return self.factors.of(effect)
