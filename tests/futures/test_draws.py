"""Draws against scipy and numpy, and by what makes them common to all runs (model.md 15.1)."""

from __future__ import annotations

import hashlib
from math import sqrt

import numpy as np
import pytest
from scipy.stats import rankdata
from scipy.stats.qmc import Sobol

from corridor.errors import DataError, ScenarioError
from corridor.futures.draws import SMALLEST_U, Draws, clipped
from tests.hash_seeds import printed_under_hash_seeds

NAMES = ("diesel_usd_per_l", "torkham.queue_h", "chaman.queue_h")


@pytest.mark.parametrize("k", [1, 2, 1024, 4096, 8192])
def test_the_first_draws_of_many_are_the_draws_of_few(k: int) -> None:
    many, few = Draws(16384, seed=7, knowledge_names=NAMES), Draws(k, seed=7, knowledge_names=NAMES)
    for name in NAMES:
        np.testing.assert_array_equal(many.knowledge(name)[:k], few.knowledge(name))
    np.testing.assert_array_equal(many.luck("truck")[:k], few.luck("truck"))


@pytest.mark.parametrize("added", [1, 61, 509])
def test_new_variables_leave_the_draws_of_the_old_ones_as_they_were(added: int) -> None:
    old = Draws(1024, seed=7, knowledge_names=NAMES)
    new = Draws(1024, seed=7, knowledge_names=(*NAMES, *(f"new_{number}" for number in range(added))))
    new.luck("new_luck")
    for name in NAMES:
        np.testing.assert_array_equal(new.knowledge(name), old.knowledge(name))
    np.testing.assert_array_equal(new.luck("truck"), old.luck("truck"))


def test_knowledge_is_the_sobol_sequence_of_scipy_in_512_columns() -> None:
    columns = Sobol(512, scramble=True, rng=7).random(8192)
    draws = Draws(8192, seed=7, knowledge_names=NAMES)
    for column, name in enumerate(NAMES):
        np.testing.assert_array_equal(draws.knowledge(name), columns[:, column])


def test_scipy_scrambles_a_column_differently_where_there_are_fewer() -> None:
    # why 512 columns are generated even for three names
    few, all_columns = (Sobol(width, scramble=True, rng=7).random(64) for width in (3, 512))
    assert not (few == all_columns[:, :3]).all(axis=0).any()


def test_luck_is_the_philox_generator_of_numpy_under_a_hashed_name() -> None:
    key = int.from_bytes(hashlib.sha256(b"7:torkham.truck").digest()[:16], "little")
    expected = np.random.Generator(np.random.Philox(key=key)).random(1024)
    np.testing.assert_array_equal(Draws(1024, 7, ()).luck("torkham.truck"), expected)


def test_every_knowledge_variable_falls_once_into_each_nth_of_its_range() -> None:
    draws = Draws(1024, seed=7, knowledge_names=NAMES)
    for name in NAMES:
        np.testing.assert_array_equal(np.sort(np.floor(draws.knowledge(name) * 1024)), np.arange(1024))


def test_the_first_64_knowledge_variables_are_as_good_as_independent_at_8192_draws() -> None:
    names = tuple(f"variable_{number}" for number in range(64))
    draws = Draws(8192, seed=7, knowledge_names=names)
    correlations = np.corrcoef([rankdata(draws.knowledge(name)) for name in names])
    assert np.abs(correlations - np.eye(64)).max() < 0.03


def test_luck_is_uniform_and_independent_between_names() -> None:
    draws = Draws(8192, seed=7, knowledge_names=())
    a, b = draws.luck("torkham"), draws.luck("chaman")
    assert a.mean() == pytest.approx(0.5, abs=3 * sqrt(1 / 12 / 8192))
    assert a.var() == pytest.approx(1 / 12, rel=0.03)
    assert np.corrcoef(a, b)[0, 1] == pytest.approx(0.0, abs=3 / sqrt(8192))


def test_another_seed_draws_everything_anew() -> None:
    one, other = (Draws(1024, seed=seed, knowledge_names=NAMES) for seed in (7, 8))
    assert not (one.knowledge(NAMES[0]) == other.knowledge(NAMES[0])).any()
    assert not (one.luck("truck") == other.luck("truck")).any()


def test_draws_do_not_depend_on_the_hash_seed_of_python() -> None:
    code = (
        "from corridor.futures.draws import Draws; d = Draws(64, 7, ('a', 'b'));"
        "print(d.knowledge('b').tobytes().hex(), d.luck('a').tobytes().hex())"
    )
    outputs = printed_under_hash_seeds(code)
    draws = Draws(64, 7, ("a", "b"))
    assert outputs == {f"{draws.knowledge('b').tobytes().hex()} {draws.luck('a').tobytes().hex()}\n"}


def test_draws_are_kept_off_0_and_1() -> None:
    assert clipped(np.array([0.0, 0.5, 1.0])).tolist() == [SMALLEST_U, 0.5, 1 - SMALLEST_U]
    assert 1 - SMALLEST_U < 1


def test_nobody_can_change_the_draws_of_the_others() -> None:
    with pytest.raises(ValueError, match="read-only"):
        Draws(4, 7, NAMES).knowledge(NAMES[0])[0] = 0.5


@pytest.mark.parametrize(("n", "nearest"), [(5000, "4096 or 8192"), (3, "2 or 4"), (0, "1 or 2"), (-4, "1 or 2")])
def test_a_number_that_is_no_power_of_two_is_refused_with_the_two_nearest(n: int, nearest: str) -> None:
    with pytest.raises(ScenarioError, match=f"draws: not a power of two; expected {nearest}, got {n}"):
        Draws(n, 7, NAMES)


def test_a_negative_seed_is_refused() -> None:
    with pytest.raises(ScenarioError, match="seed: below 0; expected 0 or above, got -1"):
        Draws(4, -1, NAMES)


def test_a_variable_without_a_column_is_drawn_by_its_name_alone() -> None:
    few, more = Draws(256, 7, ("speed.PAK",)), Draws(256, 7, ("speed.PAK", "speed.KAZ"))
    assert (few.knowledge("torkham.queue_h") == more.knowledge("torkham.queue_h")).all()
    assert (few.knowledge("torkham.queue_h") != few.luck("torkham.queue_h")).all()


def test_a_name_given_two_columns_is_refused() -> None:
    with pytest.raises(DataError, match="draws: repeated name; expected each once, got 'a' twice"):
        Draws(4, 7, ("a", "b", "a"))


def test_more_names_than_columns_are_refused() -> None:
    with pytest.raises(DataError, match="too many knowledge variables; expected at most 512, got 513"):
        Draws(4, 7, tuple(map(str, range(513))))
