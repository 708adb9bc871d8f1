"""The commands on break-evens and sensitivity: text for people, strict JSON for programs, faults for the rest."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corridor.analysis.assessment import Assessment
from corridor.errors import ScenarioError
from corridor.network.roads import RoadNetwork
from corridor.printing_change import print_break_even, print_sensitivity
from corridor.report.numerals import NBSP
from tests.futures.change_trip import FEE, QUEUE, drawn_assessment, labels_of


@pytest.fixture
def drawn(toy_network: RoadNetwork) -> Assessment:
    return drawn_assessment(toy_network, "uncertainty.draws=256")


@pytest.mark.parametrize("keys", [[], [QUEUE], [QUEUE, FEE]])
def test_the_command_prints_text_or_strict_json(
    keys: list[str], drawn: Assessment, capsys: pytest.CaptureFixture[str]
) -> None:
    between = labels_of(drawn)
    print_break_even(drawn, keys, between=between, as_json=False)
    assert NBSP not in capsys.readouterr().out
    print_break_even(drawn, keys, between=between, as_json=True)
    document = json.loads(capsys.readouterr().out, parse_constant=pytest.fail)
    assert document["between"] == list(between)


def test_the_sensitivity_command_prints_text_or_strict_json(
    drawn: Assessment, capsys: pytest.CaptureFixture[str]
) -> None:
    print_sensitivity(drawn, trucks_per_year=100, as_json=False)
    assert "What would change the answer" in capsys.readouterr().out
    print_sensitivity(drawn, trucks_per_year=100, as_json=True)
    document = json.loads(capsys.readouterr().out, parse_constant=pytest.fail)
    assert {"tornado", "sobol", "information", "rules"} <= document.keys()
    assert document["information"]["surveys"][0]["usd_per_year"] >= 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"keys": ["a", "b", "c"]}, "at most two numbers, got 3"),
        ({"keys": [QUEUE], "figure": Path("map.png")}, "a figure is of two numbers, got 1"),
        ({"keys": [], "low": 1.0}, "a range is of one number, got 0"),
        ({"keys": [QUEUE, FEE], "figure": Path("map.pdf")}, "ends in .png or .svg"),
    ],
)
def test_questions_that_make_no_sense_are_refused(
    arguments: dict[str, object], message: str, drawn: Assessment
) -> None:
    with pytest.raises(ScenarioError, match=message):
        print_break_even(drawn, as_json=False, **arguments)  # type: ignore[arg-type]


def test_trucks_that_are_none_are_refused(drawn: Assessment) -> None:
    with pytest.raises(ScenarioError, match="expected a number above 0, got 0"):
        print_sensitivity(drawn, trucks_per_year=0.0, as_json=False)
