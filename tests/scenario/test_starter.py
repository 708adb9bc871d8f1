from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from corridor.errors import ScenarioError
from corridor.scenario import new_scenario_text, read_scenario, write_new_scenario


def test_a_new_scenario_runs_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "my-trip.yaml"
    write_new_scenario(path)
    scenario = read_scenario(path, known=None).scenario
    assert (scenario.id, scenario.trip.origin, scenario.cargo.mass_t) == ("my-trip", "islamabad", 18.0)


def test_every_key_shown_as_a_comment_is_a_valid_one(tmp_path: Path) -> None:
    lines = new_scenario_text("my-trip").splitlines()
    start = lines.index("# vehicle:")
    text = "\n".join([*lines[3:start], *(line.removeprefix("# ") for line in lines[start:])])
    path = tmp_path / "my-trip.yaml"
    path.write_text(text.replace("via: [torkham]", "via: [kabul]"), encoding="utf-8")
    assert read_scenario(path, known=None).scenario.override["crossings.torkham.PAK-AFG.queue_h"] == 12.0


def test_whatever_is_asked_for_arrives_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    text = new_scenario_text(
        "x", origin="61.5,29", destination="berlin", departure=date(2027, 1, 2), title='A "b": c # d', why="[e]"
    )
    path.write_text(text, encoding="utf-8")
    scenario = read_scenario(path, known=None).scenario
    assert (scenario.trip.origin, scenario.trip.destination, scenario.trip.departure) == (
        "61.5,29",
        "berlin",
        date(2027, 1, 2),
    )
    assert (scenario.title, scenario.why) == ('A "b": c # d', "[e]")


def test_the_file_name_becomes_a_valid_id(tmp_path: Path) -> None:
    path = tmp_path / "My trip (2).yaml"
    write_new_scenario(path)
    assert read_scenario(path, known=None).scenario.id == "my-trip-2"


def test_nothing_is_overwritten(complete_file: Path) -> None:
    before = complete_file.read_bytes()
    with pytest.raises(ScenarioError, match="exists already"):
        write_new_scenario(complete_file)
    assert complete_file.read_bytes() == before


@pytest.mark.parametrize(("name", "what"), [("x.txt", "not a scenario file"), ("no/x.yaml", "cannot be written")])
def test_a_file_that_cannot_be_a_scenario_is_refused(tmp_path: Path, name: str, what: str) -> None:
    with pytest.raises(ScenarioError, match=what):
        write_new_scenario(tmp_path / name)
