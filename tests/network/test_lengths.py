"""Road lengths corrected for bends: the equation on paper, and a fit that looks at its own pairs only (model.md 1)."""

from __future__ import annotations

import numpy as np
import pytest

from corridor.network.lengths import KnownDistance, RoadLengths, corrected_km, fit_length_factors

FACTORS = np.array([1.1, 0.05])


def roads() -> RoadLengths:
    """Three roads in a row, 100 km each in the source: flat, hilly, and above the cap of relief."""
    numbers = np.arange(3, dtype=np.int32)
    return RoadLengths(
        tail=numbers,
        head=numbers + 1,
        raw_km=np.full(3, 100.0),
        relief_sd_m=np.array([0.0, 200.0, 900.0]),
        nodes=4,
    )


def known(start: int, end: int, km: float, *, use: str = "fit") -> KnownDistance:
    return KnownDistance(f"{start}-{end}", (start, end), km, km, use)


def test_a_road_is_longer_than_in_the_source_by_a_share_and_by_its_relief_up_to_the_cap() -> None:
    # 100 x (1.1 + 0.05 x min(relief, 400)/100): 110, 120, 130
    assert corrected_km(roads(), FACTORS).tolist() == pytest.approx([110.0, 120.0, 130.0])


def test_the_fit_finds_the_factors_by_which_known_distances_were_made() -> None:
    pairs = [known(0, 1, 110.0), known(1, 2, 120.0), known(0, 3, 360.0)]
    assert fit_length_factors(roads(), pairs).tolist() == pytest.approx(FACTORS.tolist())


def test_the_fit_never_looks_at_the_pairs_that_check_it() -> None:
    pairs = [known(0, 1, 110.0), known(1, 2, 120.0)]
    misleading = known(2, 3, 112.0, use="check")
    assert fit_length_factors(roads(), [*pairs, misleading]).tolist() == fit_length_factors(roads(), pairs).tolist()


def test_the_fit_leaves_out_a_pair_that_took_a_wrong_road() -> None:
    pairs = [known(0, 1, 110.0), known(1, 2, 120.0), known(2, 3, 200.0)]  # 130 km by the factors, 54 % off
    assert fit_length_factors(roads(), pairs).tolist() == pytest.approx(FACTORS.tolist())
