"""What a run starts from: the scenario that it extends, or itself before the command line changed it."""

from __future__ import annotations

from pathlib import Path

import pytest

from corridor.baseline import find_baseline
from corridor.bundled import scenarios_path


def test_a_scenario_starts_from_the_one_that_it_extends() -> None:
    assert find_baseline("islamabad-minsk-open", ()) == str(scenarios_path("islamabad-minsk.yaml").resolve())


def test_what_extends_only_the_base_has_no_baseline() -> None:
    assert find_baseline("islamabad-minsk", ()) is None


@pytest.mark.parametrize("scenario", ["islamabad-minsk", "islamabad-minsk-open"])
def test_a_scenario_changed_on_the_command_line_starts_from_itself(scenario: str) -> None:
    assert find_baseline(scenario, ["vehicle.crew=1"]) == scenario


@pytest.mark.parametrize("name", ["parent", "base"])
def test_a_parent_beside_the_file_is_found_whatever_its_name(name: str, tmp_path: Path) -> None:
    parent, child = tmp_path / f"{name}.yaml", tmp_path / "child.yaml"
    parent.write_text("extends: islamabad-minsk\nid: parent\n", encoding="utf-8")
    child.write_text(f"extends: {name}.yaml\nid: child\n", encoding="utf-8")
    assert find_baseline(child, ()) == str(parent.resolve())
