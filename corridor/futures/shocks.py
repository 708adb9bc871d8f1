"""Shocks that the members of a group share, the posts of one frontier for instance (model.md 3.4)."""

from __future__ import annotations

from math import asin, expm1, pi, sin, sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from corridor.errors import DataError
from corridor.futures.distributions import SDLOG_MAX
from corridor.futures.draws import clipped

Floats = NDArray[np.float64]


def correlated_u(group_u: Floats, own_u: Floats, *, rank_correlation: float, where: str) -> Floats:
    """Uniform draws of one member of a group, in step with those of the other members; shape of `own_u`.

    Parameters
    ----------
    group_u : draws that all members of the group are given; knowledge and luck each have their own
    own_u : draws of this member alone, independent of `group_u`
    rank_correlation : Spearman's, between any two members, 0 (independent) to 1 (the same draws)
    where : names the group in errors

    Notes
    -----
    Phi(sqrt(r) F + sqrt(1 - r) E) with F, E the normals of `group_u`, `own_u`, and r = 2 sin(pi rho/6). A Gaussian
    copula: the worst cases of two members coincide less often than their ranks suggest. What shuts a whole frontier
    at once is a closure.
    """
    r = normal_correlation(rank_correlation, where=where)
    return clipped(np.asarray(ndtr(sqrt(r) * ndtri(group_u) + sqrt(1 - r) * ndtri(own_u))))


def normal_correlation(rank_correlation: float, *, where: str) -> float:
    """Correlation of two normals that have this rank correlation (Spearman): 2 sin(pi rho/6).

    Examples
    --------
    >>> normal_correlation(0.0, where="frontier"), normal_correlation(1.0, where="frontier")
    (0.0, 1.0)
    """
    _check_share(rank_correlation, where)
    return round(2 * sin(pi * rank_correlation / 6), 15)  # unrounded, a rank correlation of 1 left 1e-8 of luck


def rank_correlation(normal_correlation: float, *, where: str) -> float:
    """Rank correlation (Spearman) of two normals of this correlation: (6/pi) arcsin(r/2).

    Examples
    --------
    >>> round(rank_correlation(0.5, where="frontier"), 3)
    0.483
    """
    _check_share(normal_correlation, where)
    return 6 / pi * asin(normal_correlation / 2)


def lognormal_correlation(normal_correlation: float, sdlog_a: float, sdlog_b: float, *, where: str) -> float:
    """Correlation (Pearson) of two lognormals whose logarithms have this correlation; below it, the more they spread.

    Parameters
    ----------
    sdlog_a, sdlog_b : standard deviations of the logarithms, above 0; a constant has no correlation

    Notes
    -----
    (e^(r a b) - 1) / sqrt((e^(a^2) - 1) (e^(b^2) - 1))

    Examples
    --------
    >>> round(lognormal_correlation(0.5, 0.8326, 0.8326, where="frontier"), 3)
    0.414
    """
    _check_share(normal_correlation, where)
    for sdlog in (sdlog_a, sdlog_b):
        if not 0 < sdlog <= SDLOG_MAX:
            expected = f"expected an sdlog above 0 and at most {SDLOG_MAX:g}"
            raise DataError(f"{where}: spread out of bounds; {expected}, got {sdlog:g}. Correct it.")
    return expm1(normal_correlation * sdlog_a * sdlog_b) / sqrt(expm1(sdlog_a**2) * expm1(sdlog_b**2))


def _check_share(correlation: float, where: str) -> None:
    if not 0 <= correlation <= 1:
        raise DataError(
            f"{where}: correlation out of bounds; expected 0 to 1, got {correlation:g}. "
            "Write 0 for independent shocks; opposite ones are not modelled."
        )
