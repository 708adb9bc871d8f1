"""Shares of a variance: against closed forms, through the code that takes the gap between two options."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest
from scipy.special import ndtri

from corridor.analysis.assessment import Assessment
from corridor.errors import ScenarioError
from corridor.futures.pairs import Floats, find_pair
from corridor.futures.sobol import Indices, build_sobol_indices, sobol_indices
from corridor.futures.variables import find_variables
from corridor.network.roads import RoadNetwork
from tests.futures.change_trip import drawn_assessment, labels_of, sure_evidence, toy_assessment

ALONE = {name: [name] for name in ("x1", "x2", "x3")}


def linear(columns: Mapping[str, Floats]) -> Floats:
    return 3 * ndtri(columns["x1"]) + 4 * ndtri(columns["x2"])


def ishigami(columns: Mapping[str, Floats]) -> Floats:
    """sin x1 + 7 sin^2 x2 + 0.1 x3^4 sin x1 on (-pi, pi): S = 0.314, 0.442, 0; totals 0.558, 0.442, 0.244."""
    x1, x2, x3 = (2 * np.pi * columns[name] - np.pi for name in ALONE)
    return np.asarray(np.sin(x1) + 7 * np.sin(x2) ** 2 + 0.1 * x3**4 * np.sin(x1))


def by_group(indices: Indices) -> dict[str, tuple[float, float]]:
    return {index.group: (index.first, index.total) for index in indices.indices}


def test_of_3_x1_and_4_x2_the_shares_are_9_and_16_of_25() -> None:
    found = by_group(sobol_indices(linear, ALONE, seed=7))
    assert found["x1"] == pytest.approx((0.36, 0.36), abs=0.01)
    assert found["x2"] == pytest.approx((0.64, 0.64), abs=0.01)
    assert found["x3"] == (0.0, 0.0)


def test_the_ishigami_function_has_its_known_shares() -> None:
    found = by_group(sobol_indices(ishigami, ALONE, seed=7, n=8192))
    assert found["x1"] == pytest.approx((0.3139, 0.5576), abs=0.02)
    assert found["x2"] == pytest.approx((0.4424, 0.4424), abs=0.02)
    assert found["x3"] == pytest.approx((0.0, 0.2437), abs=0.02)


def test_intervals_hold_the_known_shares() -> None:
    known = {"x1": (0.3139, 0.5576), "x2": (0.4424, 0.4424), "x3": (0.0, 0.2437)}
    for index in sobol_indices(ishigami, ALONE, seed=7, n=2048).indices:
        first, total = known[index.group]
        assert index.first_low < first < index.first_high
        assert index.total_low < total < index.total_high


def test_a_first_share_of_nothing_is_called_noise_and_not_clipped() -> None:
    found = {index.group: index for index in sobol_indices(ishigami, ALONE, seed=7, n=256).indices}
    assert found["x3"].is_noise
    assert not found["x2"].is_noise
    assert found["x3"].first != 0.0


def test_a_group_has_the_share_of_its_members_together() -> None:
    together = by_group(sobol_indices(ishigami, {"a": ["x1", "x3"], "b": ["x2"]}, seed=7, n=8192))
    assert together["a"] == pytest.approx((0.5576, 0.5576), abs=0.02)  # all but x2


def test_a_gap_that_is_the_same_everywhere_is_flat() -> None:
    found = sobol_indices(lambda columns: np.full(len(columns["x1"]), -7.0), ALONE, seed=7)
    assert found.is_flat
    assert found.mean_usd == -7.0


@pytest.mark.parametrize("n", [0, 1, 1000])
def test_a_sample_that_is_no_power_of_two_is_refused(n: int) -> None:
    with pytest.raises(ScenarioError, match="not a power of two"):
        sobol_indices(linear, ALONE, seed=7, n=n)


def test_the_gap_of_two_options_has_a_share_for_each_frontier(toy_network: RoadNetwork) -> None:
    found = indices_of(drawn_assessment(toy_network))
    groups = {index.group: index for index in found.indices}
    assert groups["frontier.AFG-PAK"].label == "Hours at the posts between Afghanistan and Pakistan"
    assert groups["parameters.tir_carnet_usd.*"].total == pytest.approx(0.0, abs=1e-9)
    assert sum(index.first for index in found.indices) == pytest.approx(1.0, abs=0.15)


def test_where_nothing_is_drawn_the_gap_is_flat(toy_network: RoadNetwork) -> None:
    assert indices_of(toy_assessment(toy_network, sure_evidence())).is_flat


def indices_of(assessment: Assessment) -> Indices:
    pair = find_pair(assessment, labels_of(assessment))
    variables = find_variables([pair.a, pair.b], assessment.evidence, assessment.scenario)
    return build_sobol_indices(pair, variables, seed=7, n=512)
