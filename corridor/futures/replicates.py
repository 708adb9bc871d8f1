"""How much of a difference between options may be noise: independent draws of the same futures (model.md 15.2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corridor.analysis.assessment import Option
from corridor.evidence import Evidence
from corridor.futures.draws import Draws
from corridor.futures.factors import Factors
from corridor.futures.outcomes import draw_outcomes
from corridor.futures.ranking import first_shares
from corridor.futures.registry import SOBOL_VARIABLES
from corridor.scenario import Scenario

Floats = NDArray[np.float64]

SCRAMBLINGS = 8
"""Independent draws of the same sequence, from whose differences the noise is told."""

NOISE_ERRORS = 2.365
"""A gap of fewer standard errors than this may be noise: Student's t of 7 degrees of freedom, 95 %."""


@dataclass(frozen=True)
class Replicates:
    """The same figures from independent draws of an eighth of the futures each.

    Parameters
    ----------
    n : futures of each
    mean_generalised_usd, first_share : (scramblings, options)
    """

    n: int
    labels: tuple[str, ...]
    mean_generalised_usd: Floats
    first_share: Floats

    def gap_usd(self, a: str, b: str) -> float:
        """Mean generalised cost of b less that of a."""
        return float(self._gaps(a, b).mean())

    def gap_error_usd(self, a: str, b: str) -> float:
        """Standard error of `gap_usd`."""
        return _standard_error(self._gaps(a, b))

    def first_share_error(self, label: str) -> float:
        """Standard error of the share of first ranks."""
        return _standard_error(self.first_share[:, self.labels.index(label)])

    def is_noise(self, a: str, b: str) -> bool:
        """Whether the gap between two options is below `NOISE_ERRORS` standard errors."""
        return abs(self.gap_usd(a, b)) < NOISE_ERRORS * self.gap_error_usd(a, b)

    def _gaps(self, a: str, b: str) -> Floats:
        column_a, column_b = self.labels.index(a), self.labels.index(b)
        return np.asarray(self.mean_generalised_usd[:, column_b] - self.mean_generalised_usd[:, column_a])


def draw_replicates(
    options: Sequence[Option], evidence: Evidence, scenario: Scenario, *, futures: int, has_luck: bool = True
) -> Replicates:
    """Mean generalised cost and first ranks from `SCRAMBLINGS` independent draws of an eighth of some futures.

    Notes
    -----
    The mean of a Sobol sequence has no error that could be told from its own draws (model.md 15.2). Luck is drawn anew
    as well, so the error is that of both kinds.
    """
    n = max(1, futures // SCRAMBLINGS)
    drawn = [
        draw_outcomes(options, Factors(evidence, Draws(n, seed, SOBOL_VARIABLES), has_luck), scenario)
        for seed in replicate_seeds(scenario.uncertainty.seed)
    ]
    costs_usd = [outcomes.generalised_usd for outcomes in drawn]
    labels = drawn[0].labels
    return Replicates(
        n=n,
        labels=labels,
        mean_generalised_usd=np.stack([usd.mean(axis=0) for usd in costs_usd]),
        first_share=np.stack([first_shares(labels, usd) for usd in costs_usd]),
    )


def replicate_seeds(seed: int) -> list[int]:
    """Seeds of the independent draws, which nobody comes upon who counts seeds up."""
    return [int(state) for state in np.random.SeedSequence(seed).generate_state(SCRAMBLINGS)]


def _standard_error(values: Floats) -> float:
    return float(values.std(ddof=1) / np.sqrt(len(values)))
