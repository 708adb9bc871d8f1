"""Shared shocks: what is asked for is what the draws show (model.md 3.4)."""

from __future__ import annotations

from math import expm1, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.stats import kstest, spearmanr

from corridor.errors import DataError
from corridor.futures.distributions import lognormal_by_mean_and_cv
from corridor.futures.draws import SMALLEST_U, Draws
from corridor.futures.shocks import (
    correlated_u,
    in_step_u,
    lognormal_correlation,
    normal_correlation,
    post_shares,
    rank_correlation,
)

Floats = NDArray[np.float64]
DRAWS = Draws(8192, seed=7, knowledge_names=("frontier", "torkham", "chaman"))


def posts_u(kind: str, rank: float) -> tuple[Floats, Floats]:
    """Draws of the two posts of a frontier."""
    draw = DRAWS.knowledge if kind == "knowledge" else DRAWS.luck
    torkham, chaman = (
        correlated_u(draw("frontier"), draw(post), rank_correlation=rank, where="PAK-AFG")
        for post in ("torkham", "chaman")
    )
    return torkham, chaman


@pytest.mark.parametrize("kind", ["knowledge", "luck"])
@pytest.mark.parametrize("rank", [0.0, 0.2, 0.5, 0.8, 0.95])
def test_two_posts_have_the_rank_correlation_asked_for(kind: str, rank: float) -> None:
    assert spearmanr(*posts_u(kind, rank)).statistic == pytest.approx(rank, abs=0.03)


@pytest.mark.parametrize("kind", ["knowledge", "luck"])
def test_a_rank_correlation_of_1_gives_identical_draws(kind: str) -> None:
    torkham, chaman = posts_u(kind, 1.0)
    np.testing.assert_array_equal(torkham, chaman)


@pytest.mark.parametrize("kind", ["knowledge", "luck"])
def test_a_rank_correlation_of_0_leaves_a_post_its_own_draws(kind: str) -> None:
    own = DRAWS.knowledge("torkham") if kind == "knowledge" else DRAWS.luck("torkham")
    np.testing.assert_allclose(posts_u(kind, 0.0)[0], own)


@pytest.mark.parametrize("rank", [0.2, 0.5, 0.8])
def test_a_shared_shock_leaves_the_draws_of_each_post_uniform(rank: float) -> None:
    assert kstest(posts_u("knowledge", rank)[0], "uniform").statistic < 1.63 / sqrt(DRAWS.n)  # its 1 % point


@pytest.mark.parametrize("own", [SMALLEST_U, 1 - SMALLEST_U])
def test_the_rarest_shocks_stay_off_0_and_1(own: float) -> None:
    u = np.array([own])
    drawn = correlated_u(u, u, rank_correlation=0.5, where="x")  # sqrt(0.5) x 8.2 twice: 11.6 standard deviations
    assert 0 < drawn[0] < 1


# two groups ---------------------------------------------------------------------------------------
def posts_of(*frontiers: str, frontier_rank: float, country_rank: float) -> list[Floats]:
    """Draws of one post on each frontier; the same frontier twice gives two posts of it."""
    frontier_share, country_share = post_shares(frontier_rank=frontier_rank, country_rank=country_rank)
    return [
        in_step_u(
            [
                (DRAWS.luck(frontier), frontier_share),
                *((DRAWS.luck(code), country_share) for code in frontier.split("-")),
            ],
            DRAWS.luck(f"post {number}"),
        )
        for number, frontier in enumerate(frontiers)
    ]


@pytest.mark.parametrize(("frontier_rank", "country_rank"), [(0.48, 0.2), (0.8, 0.3), (0.5, 0.0)])
def test_posts_are_in_step_with_their_frontier_and_less_so_with_their_countries(
    frontier_rank: float, country_rank: float
) -> None:
    frontiers = ("AFG-PAK", "AFG-PAK", "IRN-PAK", "KAZ-RUS")
    torkham, chaman, taftan, taskala = posts_of(*frontiers, frontier_rank=frontier_rank, country_rank=country_rank)
    assert spearmanr(torkham, chaman).statistic == pytest.approx(frontier_rank, abs=0.03)
    assert spearmanr(torkham, taftan).statistic == pytest.approx(country_rank, abs=0.03)
    assert spearmanr(torkham, taskala).statistic == pytest.approx(0.0, abs=0.03)
    assert kstest(torkham, "uniform").statistic < 1.63 / sqrt(DRAWS.n)


def test_posts_of_a_country_cannot_be_in_step_more_than_half_as_far_as_those_of_a_frontier() -> None:
    with pytest.raises(DataError, match="country_rank_correlation: too high beside frontier_rank") as e:
        post_shares(frontier_rank=0.2, country_rank=0.2)
    assert "expected at most 0.10, got 0.2. Lower it, or raise the other." in str(e.value)


def test_waits_correlate_less_than_their_logarithms_as_the_formula_says() -> None:
    wait = lognormal_by_mean_and_cv(24.0, 0.5, where="x")
    torkham, chaman = (wait.quantile(u) for u in posts_u("knowledge", rank_correlation(0.5, where="x")))
    expected = lognormal_correlation(0.5, wait.sdlog, wait.sdlog, where="x")
    assert expected == pytest.approx((sqrt(1.25) - 1) / 0.25)  # sdlog^2 = ln 1.25; 0.472
    assert np.corrcoef(torkham, chaman)[0, 1] == pytest.approx(expected, abs=0.02)
    assert np.corrcoef(np.log(torkham), np.log(chaman))[0, 1] == pytest.approx(0.5, abs=0.02)


def test_the_worked_example_of_the_model() -> None:
    sdlog = lognormal_by_mean_and_cv(24.0, 1.0, where="x").sdlog
    assert rank_correlation(0.5, where="x") == pytest.approx(0.483, abs=5e-4)
    assert lognormal_correlation(0.5, sdlog, sdlog, where="x") == pytest.approx(sqrt(2) - 1)  # (2^0.5 - 1)/(2 - 1)


@given(rank=st.floats(0, 1))
def test_a_rank_correlation_comes_back_from_that_of_the_normals(rank: float) -> None:
    assert rank_correlation(normal_correlation(rank, where="x"), where="x") == pytest.approx(rank, abs=1e-12)


def test_alike_lognormals_in_full_step_correlate_fully_and_unlike_ones_less() -> None:
    assert lognormal_correlation(1.0, 0.8, 0.8, where="x") == pytest.approx(1.0)
    unlike = lognormal_correlation(1.0, 0.5, 1.0, where="x")
    assert unlike == pytest.approx(expm1(0.5) / sqrt(expm1(0.25) * expm1(1.0)))  # 0.929
    assert lognormal_correlation(0.0, 0.5, 1.0, where="x") == 0.0


@pytest.mark.parametrize("correlation", [-0.1, 1.1, float("nan")])
def test_a_correlation_below_0_or_above_1_is_refused(correlation: float) -> None:
    u = np.array([0.5])
    message = "PAK-AFG: correlation out of bounds; expected 0 to 1, got"
    with pytest.raises(DataError, match=message):
        correlated_u(u, u, rank_correlation=correlation, where="PAK-AFG")
    with pytest.raises(DataError, match=message):
        rank_correlation(correlation, where="PAK-AFG")
    with pytest.raises(DataError, match=message):
        lognormal_correlation(correlation, 1.0, 1.0, where="PAK-AFG")


@pytest.mark.parametrize("sdlog", [0.0, 3.5])
def test_a_constant_or_an_absurd_spread_has_no_correlation(sdlog: float) -> None:
    with pytest.raises(DataError, match="PAK-AFG: spread out of bounds; expected an sdlog above 0 and at most 3"):
        lognormal_correlation(0.5, 1.0, sdlog, where="PAK-AFG")
