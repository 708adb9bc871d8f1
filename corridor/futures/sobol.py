"""Which share of the spread of the gap between two options each thing that nobody knows makes (model.md 5.7)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from corridor.errors import ScenarioError
from corridor.futures.designs import Columns
from corridor.futures.draws import clipped
from corridor.futures.factors import Factors
from corridor.futures.pairs import Floats, Pair
from corridor.futures.variables import Variable
from corridor.scenario.fields import two_nearest_powers

if TYPE_CHECKING:
    import pandas as pd

SAMPLE_SIZE = 2048
CONFIDENCE = 0.95
RESAMPLES = 400
FLAT_SHARE = 1e-9
"""A spread below this share of the mean size of the gap is noise of the arithmetic."""

Groups = Mapping[str, Sequence[str]]
"""Group of draws -> their names; groups are independent of each other."""

Model = Callable[[Mapping[str, Floats]], Floats]
"""Value in each future from uniform draws by name, all of shape (n,)."""


@dataclass(frozen=True, slots=True)
class Index:
    """The share of a variance that one group makes.

    Parameters
    ----------
    first : by itself, V[E(D | group)] / V(D); total : with all it acts together with, E[V(D | others)] / V(D)
    first_low, ..., total_high : 95 % interval of a bootstrap; estimates are not clipped
    """

    group: str
    label: str
    first: float
    first_low: float
    first_high: float
    total: float
    total_low: float
    total_high: float

    @property
    def is_noise(self) -> bool:
        """Whether what it does by itself cannot be told from nothing."""
        return self.first_low <= 0


@dataclass(frozen=True, slots=True)
class Indices:
    """Shares of the variance of the gap by group, the largest total first; none where nothing drawn changes the gap.

    Parameters
    ----------
    sample_size : n; the model was worked out n (groups + 2) times
    mean_usd, sd_usd : of the gap over what is not known
    """

    sample_size: int
    mean_usd: float
    sd_usd: float
    indices: tuple[Index, ...]

    @property
    def is_flat(self) -> bool:
        """Whether nothing drawn changes the gap."""
        return not self.indices

    def to_frame(self) -> pd.DataFrame:
        """One row per group: first-order and total share of the variance, each with its 95 % interval."""
        from dataclasses import asdict

        import pandas as pd

        return pd.DataFrame([asdict(index) for index in self.indices])


def build_sobol_indices(pair: Pair, variables: Sequence[Variable], *, seed: int, n: int = SAMPLE_SIZE) -> Indices:
    """First-order and total shares of the gap's variance by group, luck left out.

    Parameters
    ----------
    variables : those on which the pair rests; the posts of a frontier count as one, and so does what all posts of a
        country share
    n : sample size, a power of two
    """
    groups, labels = group_names(variables), {variable.group: variable.group_label for variable in variables}
    labels |= dict(shared for variable in variables for shared in variable.wider)

    def gap_usd(columns: Mapping[str, Floats]) -> Floats:
        size = len(next(iter(columns.values())))
        return pair.gap_usd(Factors(pair.evidence, Columns(size, columns), has_luck=False))

    return sobol_indices(gap_usd, groups, seed=seed, n=n, labels=labels)


def group_names(variables: Sequence[Variable]) -> dict[str, list[str]]:
    """Group -> names of the draws of its variables, each once; what several groups share is a group of its own."""
    groups: dict[str, dict[str, None]] = {}
    for variable in variables:
        groups.setdefault(variable.group, {}).update(dict.fromkeys(variable.names))
        for name, _ in variable.wider:
            groups.setdefault(name, {})[name] = None
    return {group: list(names) for group, names in groups.items()}


def sobol_indices(
    model: Model, groups: Groups, *, seed: int, n: int = SAMPLE_SIZE, labels: Mapping[str, str] | None = None
) -> Indices:
    """First-order and total shares of a model's variance by group of independent uniform draws.

    Raises
    ------
    ScenarioError
        `n` is no power of two.

    Notes
    -----
    Two samples A and B of n points from one scrambled Sobol sequence; for each group, A with the columns of the group
    from B. The estimators are those of scipy.stats.sobol_indices.

    References
    ----------
    Saltelli et al. 2010, Variance based sensitivity analysis of model output, Comput. Phys. Commun. 181.
    """
    if n < 2 or two_nearest_powers(n)[0] != n:
        raise ScenarioError(f"sobol: not a power of two; expected 1024, 2048 or the like, got {n}. Write one.")
    names = [name for members in groups.values() for name in members]
    if not names:
        return Indices(n, 0.0, 0.0, ())
    a, b = _samples(names, seed, n)
    at_a, at_b = model(a), model(b)
    mean, sd = float(np.mean([at_a, at_b])), float(np.std([at_a, at_b]))
    if sd <= FLAT_SHARE * (abs(mean) + 1):
        return Indices(n, mean, 0.0, ())
    at_ab = np.stack([model({**a, **{name: b[name] for name in members}}) for members in groups.values()])
    found = _indices(
        at_a - mean, at_b - mean, at_ab - mean, dict(zip(groups, groups, strict=True)) | dict(labels or {})
    )
    return Indices(n, mean, sd, tuple(sorted(found, key=lambda index: (-index.total, index.group))))


def _samples(names: Sequence[str], seed: int, n: int) -> tuple[dict[str, Floats], dict[str, Floats]]:
    from scipy.stats.qmc import Sobol

    columns = clipped(Sobol(2 * len(names), scramble=True, rng=seed).random(n)).T
    return dict(zip(names, columns, strict=False)), dict(zip(names, columns[len(names) :], strict=True))


def _indices(at_a: Floats, at_b: Floats, at_ab: Floats, labels: Mapping[str, str]) -> list[Index]:
    """Estimates and intervals of every group, in the order of `labels`; exactly 0 where a group changes nothing."""
    from scipy.stats import sobol_indices as saltelli

    found = saltelli(func={"f_A": at_a[None], "f_B": at_b[None], "f_AB": at_ab[:, None]}, n=len(at_a))
    first, total = _resampled(at_a, at_b, at_ab)
    return [
        Index(
            group=group,
            label=label,
            first=float(found.first_order[number]),
            first_low=float(first[0, number]),
            first_high=float(first[1, number]),
            total=float(found.total_order[number]),
            total_low=float(total[0, number]),
            total_high=float(total[1, number]),
        )
        for number, (group, label) in enumerate(labels.items())
    ]


def _resampled(at_a: Floats, at_b: Floats, at_ab: Floats) -> tuple[Floats, Floats]:
    """Ends of the bootstrap intervals of both indices, each of shape (2, groups).

    Notes
    -----
    How often each point is drawn again weighs it in the sums of the estimators.
    """
    n = len(at_a)
    rng = np.random.Generator(np.random.Philox(RESAMPLES))
    weights = rng.multinomial(n, np.full(n, 1 / n), size=RESAMPLES) / n
    means, squares = weights @ (at_a + at_b) / 2, weights @ (at_a**2 + at_b**2) / 2
    variance = (squares - means**2)[:, None]
    first = weights @ (at_b * (at_ab - at_a)).T / variance
    total = weights @ ((at_ab - at_a) ** 2).T / 2 / variance
    ends = ((1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2)
    return np.quantile(first, ends, axis=0), np.quantile(total, ends, axis=0)
