"""Draws laid out for a question: which are asked for, all held at a level, or columns given one by one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from corridor.futures.factors import Uniforms

Floats = NDArray[np.float64]

MIDDLE = 0.5


@dataclass(frozen=True)
class AskedNames:
    """One future in the middle of everything; notes which knowledge variables are asked for.

    Parameters
    ----------
    names : filled as they are asked for
    """

    names: set[str] = field(default_factory=set)
    n: int = 1

    def knowledge(self, name: str) -> Floats:
        """The middle."""
        self.names.add(name)
        return np.full(self.n, MIDDLE)

    def luck(self, name: str) -> Floats:  # noqa: ARG002
        """The middle."""
        return np.full(self.n, MIDDLE)


@dataclass(frozen=True)
class Levels:
    """Knowledge held at the same level in all futures, the middle where none is given; luck as in `luck_from`.

    Parameters
    ----------
    levels : name of a knowledge variable -> what share of its draws is below it, 0 to 1
    """

    luck_from: Uniforms
    levels: Mapping[str, float]

    @property
    def n(self) -> int:
        """Number of futures."""
        return self.luck_from.n

    def knowledge(self, name: str) -> Floats:
        """The level of a variable in every future, shape (n,)."""
        return np.full(self.n, self.levels.get(name, MIDDLE))

    def luck(self, name: str) -> Floats:
        """Luck as it comes, shape (n,)."""
        return self.luck_from.luck(name)


@dataclass(frozen=True)
class Columns:
    """Knowledge as in given columns, each of shape (n,), the middle for others; for futures that are means of trips."""

    n: int
    columns: Mapping[str, Floats]

    def knowledge(self, name: str) -> Floats:
        """The column of a variable, the middle where it has none."""
        return self.columns[name] if name in self.columns else np.full(self.n, MIDDLE)

    def luck(self, name: str) -> Floats:
        """No trip differs from another here: asking for one is a mistake."""
        raise KeyError(f"design without luck, asked for '{name}'")
