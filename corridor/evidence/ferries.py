"""Ferry lines that carry trucks: two ports, and for each direction the wait, the hours at sea and the fare."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from corridor.errors import DataError
from corridor.evidence.sources import SetBy


@dataclass(frozen=True, slots=True)
class Port:
    """A port of a ferry line; its id is the one that crossing_times.csv uses, so that lines may share it."""

    id: str
    name: str
    country: str
    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class SailingFigure:
    """One figure of a sailing with what it rests on; `value` None where nobody knows it."""

    value: float | None
    low: float | None
    high: float | None
    year: int | None
    source: tuple[str, ...]
    grade: str
    note: str
    set_by: SetBy = "tables"


UNKNOWN_FIGURE = SailingFigure(None, None, None, None, (), "D", "not found")


@dataclass(frozen=True, slots=True)
class Sailing:
    """A ferry line in one direction, for one truck.

    Parameters
    ----------
    wait_h : mean hours from the gate of the port to departure, and at anchor, where known
    sail_h : hours at sea
    fare_usd : of an articulated truck of 16.5 m; its value is None where unknown
    """

    wait_h: SailingFigure
    sail_h: SailingFigure
    fare_usd: SailingFigure


@dataclass(frozen=True, slots=True)
class FerryLine:
    """What makes a crossing a ferry: its ports and its sailings by direction, ``AZE-KAZ`` and ``KAZ-AZE``."""

    ports: tuple[Port, Port]
    sea_km: float
    sailings: Mapping[str, Sailing]

    def port(self, country: str) -> Port:
        """The port on the side of a country."""
        return next(port for port in self.ports if port.country == country)


def mean_wait_h(*, headway_low_h: float, headway_high_h: float) -> float:
    """Mean hours until the next departure when headways are uniform between two bounds and nobody knows when.

    Notes
    -----
    E[H^2] / (2 E[H]) = (b^3 - a^3) / (3 (b - a) (a + b)): a truck meets a long headway more often than a short
    one (model.md 8). Written as (a^2 + a b + b^2) / (3 (a + b)), which also holds for a = b: half the headway.

    Examples
    --------
    >>> round(mean_wait_h(headway_low_h=72.0, headway_high_h=240.0) / 24, 2)  # 3 to 10 days
    3.56
    >>> mean_wait_h(headway_low_h=24.0, headway_high_h=24.0)
    12.0
    """
    low, high = headway_low_h, headway_high_h
    if not 0 <= low <= high or high == 0:
        raise DataError(f"headway_h: expected 0 <= low <= high and high > 0, got {low:g} to {high:g}. Correct it.")
    return (low**2 + low * high + high**2) / (3 * (low + high))
