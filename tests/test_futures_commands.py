"""The commands that look ahead, as a user meets them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.test_cli import corridor

FEW = ("--set", "uncertainty.draws=1024", "--set", "routes.presets=[iran_west]", "--set", "routes.alternatives=3")


def answer(*arguments: str) -> dict[str, Any]:
    done = corridor(*arguments, "--json")
    assert done.returncode == 0, done.stderr
    document: dict[str, Any] = json.loads(done.stdout)
    return document


@pytest.mark.parametrize(
    "arguments",
    [
        ("futures", "islamabad-minsk", "--promise-days", "15"),
        ("split", "islamabad-minsk"),
        ("breakeven", "islamabad-minsk", "-p", "parameters.diesel_usd_per_l.PAK"),
        ("sensitivity", "islamabad-minsk", "--trucks-per-year", "1000"),
        ("criticality", "islamabad-minsk"),
        ("calendar", "islamabad-minsk"),
        ("check-routes", "islamabad-minsk", "--draws", "16"),
    ],
    ids=lambda arguments: arguments[0],
)
def test_each_command_answers_for_people_and_for_programs(arguments: tuple[str, ...]) -> None:
    assert answer(*arguments, *FEW)
    done = corridor(*arguments, *FEW)
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) > 3


def test_past_closures_are_replayed_in_the_order_of_their_dates() -> None:
    starts = [row["start"] for row in answer("replay", "islamabad-minsk", *FEW)["replayed"]]
    assert starts == sorted(starts)
    assert starts


def test_regret_compares_scenarios_of_one_trip() -> None:
    assert answer("regret", "islamabad-minsk", "islamabad-minsk-open")


def test_the_same_futures_give_the_same_answer_under_two_hash_seeds() -> None:
    first, second = (corridor("futures", "islamabad-minsk", *FEW, "--json", seed=seed).stdout for seed in ("0", "1"))
    assert first == second


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (("breakeven", "islamabad-minsk", "-p", "tafan.PAK-IRN.queue_h"), 2, "Did you mean 'taftan.PAK-IRN.queue_h'?"),
        (("breakeven", "islamabad-minsk", "-p", "fuel_full_l_per_100_km.*"), 2, "scenarios"),
        (("sensitivity", "islamabad-minsk", "--between", "A", "Z"), 2, "'Z'"),
        (("futures", "islamabad-minsk", "--max-days", "14"), 2, "both or none"),
        (("futures", "islamabad-minsk", "--set", "uncertainty.draws=1000"), 2, "512 or 1024"),
        (("futures", "islamabad-minsk", "--promise-days", "-3"), 2, "days"),
    ],
)
def test_a_mistake_ends_with_a_message_that_says_what_to_do(
    arguments: tuple[str, ...], status: int, message: str
) -> None:
    done = corridor(*arguments)
    assert (done.returncode, done.stdout) == (status, "")
    assert message in done.stderr
    assert "Traceback" not in done.stderr
