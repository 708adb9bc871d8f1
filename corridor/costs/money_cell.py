"""USD of which a part is unknown: how such amounts add up, and what can be said of two of them (model.md 4.2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import fsum, inf
from types import MappingProxyType
from typing import Literal

NO_BRACKETS: Mapping[str, float] = MappingProxyType({})

Reading = Literal["exact", "at least", "at most", "not settled"]


@dataclass(frozen=True, slots=True)
class MoneyCell:
    """An amount of which only a part is known.

    Parameters
    ----------
    known_usd : the known part
    unknown : ids of amounts >= 0 that nobody knows and that come on top
    """

    known_usd: float
    unknown: frozenset[str] = frozenset()

    @property
    def is_lower_bound(self) -> bool:
        """Whether the amount must be printed with "at least"."""
        return bool(self.unknown)

    def __add__(self, other: MoneyCell) -> MoneyCell:
        return MoneyCell(self.known_usd + other.known_usd, self.unknown | other.unknown)

    def scaled(self, factor: float) -> MoneyCell:
        """The amount times `factor` >= 0, or divided by a mass or length; what is unknown stays unknown.

        Raises
        ------
        ValueError
            The factor is negative: "at least" would become "at most".
        """
        if factor < 0:
            raise ValueError(f"money cell: expected a factor >= 0, got {factor:g}")
        return MoneyCell(self.known_usd * factor, self.unknown)

    def minus(self, other: MoneyCell) -> MoneyGap:
        """Difference to another amount; unknowns of both cancel."""
        gap_usd = self.known_usd - other.known_usd
        return MoneyGap(gap_usd, self.unknown - other.unknown, other.unknown - self.unknown)

    def is_surely_below(self, other: MoneyCell, *, most_usd: Mapping[str, float] = NO_BRACKETS) -> bool:
        """Whether this amount is below the other whatever the unknowns are.

        Parameters
        ----------
        most_usd : id of an unknown -> the most it can be, where judgement gives a bracket
        """
        most = fsum(most_usd.get(name, inf) for name in self.unknown - other.unknown)
        return self.known_usd + most < other.known_usd


@dataclass(frozen=True, slots=True)
class MoneyGap:
    """Difference A - B of two amounts: what is known of it, and the unknowns that only one of the two has."""

    known_usd: float
    only_a: frozenset[str]
    only_b: frozenset[str]

    @property
    def reading(self) -> Reading:
        """How the known difference must be read."""
        if self.only_a and self.only_b:
            return "not settled"
        if self.only_a:
            return "at least"
        return "at most" if self.only_b else "exact"
