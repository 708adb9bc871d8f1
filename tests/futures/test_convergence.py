"""Whether the futures suffice: steps that can be counted, and errors against other seeds (model.md 15.2, 15.3)."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from corridor.futures.convergence import Convergence, Step, build_convergence, find_steps
from corridor.futures.ranking import first_shares, order_by_mean
from corridor.futures.replicates import SCRAMBLINGS, Replicates, draw_replicates, replicate_seeds
from corridor.network.roads import RoadNetwork
from tests.futures.by_hand import outcomes_by_hand
from tests.futures.toy_futures import build_toy_futures

Floats = NDArray[np.float64]
SURE = Replicates(1, ("A", "B"), np.tile([10.0, 20.0], (8, 1)), np.tile([1.0, 0.0], (8, 1)))


def two_options(a_usd: Floats, *, a_days: Floats | None = None) -> Convergence:
    """A as given and B at 20 USD, ten days each unless A's are given."""
    n = len(a_usd)
    days = {"A": np.full(n, 10.0) if a_days is None else a_days, "B": np.full(n, 10.0)}
    outcomes = outcomes_by_hand({"A": a_usd, "B": np.full(n, 20.0)}, days=days)
    return Convergence(("A", "B"), find_steps(outcomes), SURE)


def by_quarters(*usd: float, n: int = 8192) -> Floats:
    """A cost for the first 1,024 futures, the next 1,024, the next 2,048, the next 4,096."""
    return np.repeat(usd, [n // 8, n // 8, n // 4, n // 2])


def test_the_futures_double_from_1024_to_all() -> None:
    assert [step.n for step in two_options(np.full(8192, 10.0)).steps] == [1024, 2048, 4096, 8192]
    assert [step.n for step in two_options(np.full(1024, 10.0)).steps] == [1024]
    assert [step.n for step in two_options(np.full(256, 10.0)).steps] == [256]
    assert [step.n for step in two_options(np.full(2048, 10.0)).steps] == [1024, 2048]


def test_what_never_moves_has_settled_after_two_doublings() -> None:
    convergence = two_options(np.full(8192, 10.0))
    assert [step.is_steady for step in convergence.steps] == [False, True, True, True]
    assert convergence.settled_n == 4096


@pytest.mark.parametrize("n", [1, 256, 1024, 2048])
def test_fewer_than_two_doublings_settle_nothing(n: int) -> None:
    assert two_options(np.full(n, 10.0)).settled_n is None


def test_moves_are_those_that_can_be_counted() -> None:
    # A is first in all of 1,024, in half of 2,048, in three quarters of 4,096 and in 7 of 8 of 8,192
    steps = two_options(by_quarters(10.0, 30.0, 10.0, 10.0)).steps
    assert [step.first_share[0] for step in steps] == [1.0, 0.5, 0.75, 0.875]
    assert [step.share_move for step in steps] == [None, 0.5, 0.25, 0.125]
    assert [step.order for step in steps] == [("A", "B"), ("A", "B"), ("A", "B"), ("A", "B")]  # means 10, 20, 15, 12.5


def test_an_order_that_changes_with_the_last_futures_has_not_settled() -> None:
    # A at 10 in 4,096 futures and at 31 in the others: mean 20.5 against 20
    convergence = two_options(by_quarters(10.0, 10.0, 10.0, 31.0))
    assert [step.has_same_order for step in convergence.steps] == [None, True, True, False]
    assert convergence.settled_n is None


def test_what_moved_early_may_settle_later() -> None:
    # a hundred dearer futures among the second 1,024: 4.9 points, then 2.4, then 1.2, then 0.6 and 0.3
    usd = np.full(32768, 10.0)
    usd[1024:1124] = 30.0
    convergence = two_options(usd)
    shares = [100 / 2048, 100 / 4096, 100 / 8192, 100 / 16384]
    assert [step.share_move for step in convergence.steps[1:3]] == pytest.approx([shares[0], shares[0] - shares[1]])
    assert [step.is_steady for step in convergence.steps] == [False, False, False, False, True, True]
    assert convergence.settled_n == 32768


def test_an_order_that_is_steady_twice_and_then_changes_has_not_settled() -> None:
    usd = np.concatenate([np.full(4096, 10.0), np.full(4096, 40.0)])
    assert [step.is_steady for step in two_options(usd).steps] == [False, True, True, False]
    assert two_options(usd).settled_n is None


@pytest.mark.parametrize(("last_days", "is_steady"), [(10.1, True), (10.3, False)])
def test_p95_that_moves_by_2_per_cent_has_not_settled(last_days: float, *, is_steady: bool) -> None:
    days = by_quarters(10.0, 10.0, 10.0, last_days)
    last = two_options(np.full(8192, 10.0), a_days=days).steps[-1]
    assert last.p95_move == pytest.approx(last_days / 10 - 1)
    assert last.is_steady == is_steady


def test_a_step_is_what_so_many_futures_alone_would_say(toy_network: RoadNetwork) -> None:
    toy = build_toy_futures(toy_network)
    steps = find_steps(toy.draw(n=4096))
    for step in steps:
        alone = toy.draw(n=step.n)
        assert step.order == order_by_mean(alone.labels, alone.generalised_usd)
        assert step.first_share == tuple(first_shares(alone.labels, alone.generalised_usd))
        assert step.p95_h == pytest.approx(np.quantile(alone.hours, 0.95, axis=0))


def replicates(a: list[float], b: list[float]) -> Replicates:
    return Replicates(1, ("A", "B"), np.array([a, b]).T, np.zeros((len(a), 2)))


def test_the_error_of_a_gap_is_that_of_eight_means() -> None:
    # gaps 9 and 11, four each: sd of the sample sqrt(8/7), over sqrt(8): 1/sqrt(7)
    found = replicates([0.0] * 8, [9.0, 11.0] * 4)
    assert found.gap_usd("A", "B") == 10.0
    assert found.gap_usd("B", "A") == -10.0
    assert found.gap_error_usd("A", "B") == pytest.approx(1 / 7**0.5)


def test_a_cost_that_moves_both_options_alike_is_no_error_of_their_gap() -> None:
    shared = [float(100 * number) for number in range(8)]
    found = replicates(shared, [usd + 5 for usd in shared])
    assert found.gap_error_usd("A", "B") == 0.0
    assert not found.is_noise("A", "B")


@pytest.mark.parametrize(("gap", "is_noise"), [(0.85, True), (0.95, False)])
def test_a_gap_below_its_errors_is_noise(gap: float, *, is_noise: bool) -> None:
    # the error is 1/sqrt(7) = 0.378, of which Student's t allows 2.365: 0.894
    assert replicates([0.0] * 8, [gap - 1, gap + 1] * 4).is_noise("A", "B") == is_noise


def test_neighbours_in_the_order_that_may_be_noise_are_named() -> None:
    means = np.array([[10.0, 20.0 + shake, 20.1 - shake, 30.0] for shake in (1.0, -1.0) * 4])
    step = Step(8, ("A", "B", "C", "D"), (1.0, 0.0, 0.0, 0.0), (1.0, 1.0, 1.0, 1.0))
    found = Replicates(1, ("A", "B", "C", "D"), means, np.zeros((8, 4)))
    assert Convergence(("A", "B", "C", "D"), (step,), found).noise_pairs == (("B", "C"),)


def test_the_error_told_is_about_what_other_seeds_show(toy_network: RoadNetwork) -> None:
    toy = build_toy_futures(toy_network, "uncertainty.draws=256")
    a, b = (option.label for option in toy.options[:2])
    gaps, errors = [], []
    for seed in range(12):
        drawn = toy.draw(n=256, seed=seed).generalised_usd.mean(axis=0)
        gaps.append(drawn[1] - drawn[0])
        other = build_toy_futures(toy_network, "uncertainty.draws=256", f"uncertainty.seed={seed}")
        errors.append(draw_replicates(other.options, other.evidence, other.scenario, futures=256).gap_error_usd(a, b))
    assert np.mean(errors) == pytest.approx(np.std(gaps, ddof=1), rel=0.6)  # 12 seeds tell it to a fifth


def test_independent_draws_have_seeds_of_their_own() -> None:
    seeds = replicate_seeds(7)
    assert len(set(seeds)) == SCRAMBLINGS == 8
    assert replicate_seeds(7) == seeds
    assert not set(seeds) & {7, *replicate_seeds(8)}


def test_a_run_of_the_toy_trip_has_all_of_it(toy_network: RoadNetwork) -> None:
    toy = build_toy_futures(toy_network, "uncertainty.draws=2048")
    outcomes = toy.draw(n=2048)
    convergence = build_convergence(toy.options, toy.evidence, toy.scenario, outcomes=outcomes)
    assert convergence.n == 2048
    assert convergence.replicates.n == 256
    frame = convergence.to_frame()
    assert list(frame.columns) == [
        "futures", "label", "rank_by_mean", "first_share", "p95_h",
        "most_first_share_moved", "most_p95_moved_share", "is_steady",
    ]  # fmt: skip
    assert len(frame) == 2 * len(toy.options)
    assert frame.groupby("futures").first_share.sum().tolist() == pytest.approx([1.0, 1.0])
