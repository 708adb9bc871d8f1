"""Draws of what is not known and of luck: the same numbers for every option, scenario and day (model.md 15.1)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.stats.qmc import Sobol

from corridor.errors import DataError, ScenarioError
from corridor.futures.registry import SOBOL_VARIABLES
from corridor.scenario import Scenario
from corridor.scenario.fields import two_nearest_powers

Floats = NDArray[np.float64]

SOBOL_COLUMNS = 512
"""Columns that are always generated: scipy's scrambling of one column depends on how many there are."""

SOBOL_ROWS_AT_ONCE = 4096
"""Futures generated at a time, a power of two: 17 MB of columns, of which only the named ones are kept."""

FIRST_FUTURES = 8192
"""Futures with which all begins; only the ranking asks for more, as long as it has not settled."""

SMALLEST_U = 2.0**-53
"""Neither 0 nor 1 may reach a quantile: draws stay between this and 1 minus this."""


@dataclass(frozen=True)
class Draws:
    """Uniform draws between 0 and 1, one for each future, found by the name of their variable.

    Parameters
    ----------
    n : number of futures, a power of two; the first k of them are those of `Draws(k, ...)`
    seed : 0 or above; another seed gives independent draws of every variable
    knowledge_names : variables with a column, most influential first. Append only: the position is the column

    Raises
    ------
    ScenarioError : `n` is not a power of two, or the seed is below 0
    DataError : a name is repeated, or there are more than `SOBOL_COLUMNS`

    Notes
    -----
    Knowledge is a scrambled Sobol sequence, luck a counter-based generator with a key for each name. A new variable
    leaves all others as they were. The first 64 columns pair evenly (correlations below 0.03 at 8,192 futures),
    late ones do not.

    References
    ----------
    Joe & Kuo 2008, Constructing Sobol sequences with better two-dimensional projections. Salmon et al. 2011,
    Parallel random numbers: as easy as 1, 2, 3 (Philox).

    Examples
    --------
    >>> draws = Draws(1024, seed=7, knowledge_names=("diesel_usd_per_l", "torkham.queue_h"))
    >>> bool((draws.knowledge("torkham.queue_h")[:256] == Draws(256, 7, ("a", "b", "c")).knowledge("b")).all())
    True
    """

    n: int
    seed: int
    knowledge_names: tuple[str, ...]

    def __post_init__(self) -> None:
        _check_power_of_two(self.n)
        if self.seed < 0:
            raise ScenarioError(f"seed: below 0; expected 0 or above, got {self.seed}. Write another.")
        _check_names(self.knowledge_names)

    def knowledge(self, name: str) -> Floats:
        """Draws of a knowledge variable, shape (n,): evenly spread over the futures if it has a column, else random."""
        return self._columns[name] if name in self._columns else self.luck(f"knowledge.{name}")

    def luck(self, name: str) -> Floats:
        """Draws of a luck variable, shape (n,): independent from future to future. Any name will do."""
        digest = hashlib.sha256(f"{self.seed}:{name}".encode()).digest()
        raw = np.random.Philox(key=int.from_bytes(digest[:16], "little")).random_raw(self.n)
        return clipped((raw >> np.uint64(11)).astype(np.float64) * 2.0**-53)

    @cached_property
    def _columns(self) -> dict[str, Floats]:
        sobol = Sobol(SOBOL_COLUMNS, scramble=True, rng=self.seed)
        columns = np.empty((len(self.knowledge_names), self.n))
        for start in range(0, self.n, SOBOL_ROWS_AT_ONCE):
            rows = sobol.random(min(self.n, SOBOL_ROWS_AT_ONCE))
            columns[:, start : start + len(rows)] = clipped(rows[:, : len(columns)]).T
        columns.flags.writeable = False
        return dict(zip(self.knowledge_names, columns, strict=True))


def first_draws(scenario: Scenario, *, most: int = FIRST_FUTURES) -> Draws:
    """The first futures of a scenario: `most` of them, or all where it allows fewer."""
    uncertainty = scenario.uncertainty
    return Draws(min(most, uncertainty.draws), uncertainty.seed, SOBOL_VARIABLES)


def clipped(u: Floats) -> Floats:
    """Uniform draws, kept off 0 and 1 by `SMALLEST_U`."""
    return np.clip(u, SMALLEST_U, 1 - SMALLEST_U)


def _check_power_of_two(n: int) -> None:
    below, above = two_nearest_powers(n) if n > 0 else (1, 2)
    if n != below:
        raise ScenarioError(
            f"draws: not a power of two; expected {below} or {above}, got {n}. Write the one you prefer."
        )


def _check_names(names: tuple[str, ...]) -> None:
    if len(names) > SOBOL_COLUMNS:
        raise DataError(
            f"draws: too many knowledge variables; expected at most {SOBOL_COLUMNS}, got {len(names)}. "
            "Let the least influential share a factor."
        )
    repeated = sorted({name for name in names if names.count(name) > 1})
    if repeated:
        raise DataError(f"draws: repeated name; expected each once, got '{repeated[0]}' twice. Remove one.")
