"""Shocks that the members of a group share, the posts of one frontier for instance (model.md 3.4)."""

from __future__ import annotations

from collections.abc import Sequence
from math import asin, expm1, fsum, pi, sin, sqrt

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
    return in_step_u([(group_u, normal_correlation(rank_correlation, where=where))], own_u)


def in_step_u(shared: Sequence[tuple[Floats, float]], own_u: Floats) -> Floats:
    """Uniform draws of a member of several groups: Phi(sum of sqrt(r) F + sqrt(1 - sum of r) E); shape of `own_u`.

    Parameters
    ----------
    shared : (draws F that all members of a group are given, r: its share of the variance); shares add up to at most 1
    """
    own_share = max(0.0, 1 - fsum(share for _, share in shared))
    total = sqrt(own_share) * ndtri(own_u)
    for group_u, share in shared:
        total = total + sqrt(share) * ndtri(group_u)
    return clipped(np.asarray(ndtr(total)))


def post_shares(*, frontier_rank: float, country_rank: float) -> tuple[float, float]:
    """What posts of one frontier, and what all posts of each of its two countries, share of the variance.

    Parameters
    ----------
    frontier_rank, country_rank : rank correlations (Spearman) of two posts of one frontier, and of two that have one
        country in common

    Raises
    ------
    DataError
        Posts of a frontier share both countries, so that they are in step at least twice as far as posts of one.

    Examples
    --------
    >>> [round(share, 3) for share in post_shares(frontier_rank=0.48, country_rank=0.19)]
    [0.1, 0.199]
    """
    frontier = normal_correlation(frontier_rank, where="frontier_rank_correlation")
    country = normal_correlation(country_rank, where="country_rank_correlation")
    if 2 * country > frontier:
        most = rank_correlation(frontier / 2, where="frontier_rank_correlation")
        raise DataError(
            f"country_rank_correlation: too high beside frontier_rank_correlation {frontier_rank:g}; expected at most "
            f"{most:.2f}, got {country_rank:g}. Lower it, or raise the other."
        )
    return frontier - 2 * country, country


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
