"""When the trucks of a trip set out."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corridor.costs.closures import HOURS_PER_DAY


class Departures(NamedTuple):
    """Trucks that set out at midnight, as many on each of some days on end.

    Parameters
    ----------
    first : the first of these days
    days : how many they are, at least 1
    """

    first: date
    days: int = 1

    @property
    def late_h(self) -> tuple[float, ...]:
        """Hours from the first midnight to that of each day."""
        return tuple(day * HOURS_PER_DAY for day in range(self.days))

    def drawn_late_h(self, futures: int) -> NDArray[np.float64]:
        """Hours from the first midnight to that on which the truck of each future sets out, shape (futures,)."""
        return np.resize(self.late_h, futures)
