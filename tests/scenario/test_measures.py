"""Measures of a scenario: found, read, checked against each other, and where overrides stand around them."""

from __future__ import annotations

from pathlib import Path

import pytest

from corridor.bundled import data_path
from corridor.evidence import Evidence, read_evidence
from corridor.scenario import ScenarioFileError, bundled_measures, read_measure, read_scenario, write_resolved
from tests.scenario.conftest import COMPLETE

MEASURE = """\
id: {id}
title: A measure
why: To try it out.
kind: green_lane
source: [judgement]
grade: D
range: {{low: 1, high: 2, unit: h, text: Invented.}}
override:
  crossings.torkham.PAK-AFG.queue_h: x0.5
"""


@pytest.fixture(scope="module")
def evidence() -> Evidence:
    return read_evidence()


def write_measure(folder: Path, name: str, more: str = "") -> Path:
    path = folder / f"{name}.yaml"
    path.write_text(MEASURE.format(id=name) + more, encoding="utf-8")
    return path


def write_scenario(folder: Path, measures: str, more: str = "") -> Path:
    path = folder / "scenario.yaml"
    path.write_text(f"{COMPLETE}measures: {measures}\n{more}", encoding="utf-8")
    return path


def message(path: Path, *assignments: str) -> str:
    with pytest.raises(ScenarioFileError) as caught:
        read_scenario(path, known=None, assignments=assignments)
    return str(caught.value).replace(f"{path.parent}/", "")


@pytest.mark.parametrize("name", bundled_measures())
def test_each_bundled_measure_is_sound_and_named_like_its_file(name: str, evidence: Evidence) -> None:
    measure = read_measure(name, known=evidence.known_names()).measure
    assert measure.id == name
    assert {*measure.requires, *measure.excludes} <= set(bundled_measures())
    assert evidence.overridden(measure.override) != evidence


@pytest.mark.parametrize("name", bundled_measures())
def test_who_excludes_a_measure_is_excluded_by_it(name: str) -> None:
    for other in read_measure(name, known=None).measure.excludes:
        assert name in read_measure(other, known=None).measure.excludes


@pytest.mark.parametrize("name", bundled_measures())
def test_an_effect_that_rests_on_judgement_is_graded_d(name: str) -> None:
    measure = read_measure(name, known=None).measure
    assert measure.grade == "D" or "judgement" not in measure.source


def test_measures_are_read_in_the_order_of_the_list_with_the_lines_of_what_they_change() -> None:
    resolved = read_scenario("islamabad-minsk-measures", known=None)
    assert tuple(listed.measure.id for listed in resolved.measures) == resolved.scenario.measures
    listed = resolved.measures[-1]
    key = "parameters.swod_km_per_h.PAK"
    line = (
        data_path("measures", "road_speed_pakistan.yaml")
        .read_text(encoding="utf-8")
        .splitlines()
        .index(f"  {key}: x1.1")
    )
    assert listed.origins == {key: f"data/measures/road_speed_pakistan.yaml:{line + 1}"}


def test_an_own_file_is_seen_from_the_file_that_lists_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_measure(tmp_path, "mine")
    scenario = write_scenario(tmp_path, "[mine.yaml]")
    monkeypatch.chdir("/")
    (listed,) = read_scenario(scenario, known=None).measures
    assert (listed.name, listed.measure.id) == ("mine.yaml", "mine")
    assert listed.origins == {"crossings.torkham.PAK-AFG.queue_h": "mine.yaml:9"}


def test_on_the_command_line_an_own_file_is_seen_from_where_one_runs(
    tmp_path: Path, complete_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    write_measure(folder, "mine")
    monkeypatch.chdir(folder)
    (listed,) = read_scenario(complete_file, known=None, assignments=["measures=[mine.yaml]"]).measures
    assert listed.measure.id == "mine"


def test_an_unknown_measure_is_told_with_the_nearest_name(tmp_path: Path) -> None:
    assert message(write_scenario(tmp_path, "[tir_greenlane_torkham]")) == (
        "scenario.yaml:17: measures[0]: unknown measure; expected the id of a bundled measure, or a .yaml file, "
        "got 'tir_greenlane_torkham'. Did you mean 'tir_green_lane_torkham'?"
    )


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert message(write_scenario(tmp_path, "[no.yaml]")) == (
        "scenario.yaml:17: measures[0]: no such file; expected a .yaml file, got 'no.yaml'. "
        "Check the spelling and the folder."
    )


@pytest.mark.parametrize(("listed", "got"), [("[b.yaml]", "none"), ("[b.yaml, a.yaml]", "it after")])
def test_a_measure_without_what_it_requires_before_it_is_refused(tmp_path: Path, listed: str, got: str) -> None:
    write_measure(tmp_path, "a")
    write_measure(tmp_path, "b", "requires: [a]\n")
    assert message(write_scenario(tmp_path, listed)) == (
        f"scenario.yaml:17: measures[0]: 'b' lacks a measure that it requires; expected 'a' before it, got {got}. "
        "Put a before b in the list."
    )
    assert read_scenario(write_scenario(tmp_path, "[a.yaml, b.yaml]"), known=None)


@pytest.mark.parametrize("listed", ["[a.yaml, b.yaml]", "[b.yaml, a.yaml]"])
def test_measures_that_exclude_each_other_are_refused_in_either_order(tmp_path: Path, listed: str) -> None:
    write_measure(tmp_path, "a")
    write_measure(tmp_path, "b", "excludes: [a]\n")
    told = message(write_scenario(tmp_path, listed))
    assert "two measures that exclude each other; expected " in told
    assert "'a'" in told
    assert "'b'" in told
    assert told.endswith("got both. Remove one of the two.")


def test_the_same_measure_twice_is_refused(tmp_path: Path) -> None:
    write_measure(tmp_path, "a")
    (tmp_path / "copy.yaml").write_text(MEASURE.format(id="a"), encoding="utf-8")
    assert "measures: repeated name" in message(write_scenario(tmp_path, "[a.yaml, a.yaml]"))
    assert "measures[1]: repeated measure; expected each id once, got 'a' twice." in message(
        write_scenario(tmp_path, "[a.yaml, copy.yaml]")
    )


def test_all_faults_of_measure_files_are_told_with_their_lines(tmp_path: Path, evidence: Evidence) -> None:
    text = MEASURE.format(id="a").replace("kind: green_lane", "kind: green_lne").replace("grade: D", "grad: D")
    (tmp_path / "a.yaml").write_text(text.replace("[judgement]", "[judgment]"), encoding="utf-8")
    (tmp_path / "b.yaml").write_text(MEASURE.format(id="b").replace("high: 2", "high: 0"), encoding="utf-8")
    with pytest.raises(ScenarioFileError) as caught:
        read_scenario(write_scenario(tmp_path, "[a.yaml, b.yaml]"), known=evidence.known_names())
    lines = [line.split(";")[0].replace(f"{tmp_path}/", "") for line in str(caught.value).splitlines()]
    assert lines == [
        "a.yaml:1: grade: missing",
        "a.yaml:4: kind: not a choice",
        "a.yaml:5: source[0]: unknown source",
        "a.yaml:6: grad: unknown key",
        "b.yaml:7: range: turned round",
    ]
    assert "Did you mean 'judgement'?" in str(caught.value)
    assert "Did you mean 'grade'?" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("!!python/object/apply:os.system ['true']\n", "tag"),
        ("a: &a [1]\nb: [*a, *a]\n", "alias"),
        ("id: x\nid: y\n", "repeated key"),
        ("[" * 40 + "]" * 40, "nested too deeply"),
        ("just text", "no measure"),
        ("", "no measure"),
        ("\x00", "not YAML"),
    ],
)
def test_a_file_that_attacks_is_refused_as_a_scenario_is(tmp_path: Path, text: str, what: str) -> None:
    (tmp_path / "evil.yaml").write_text(text, encoding="utf-8")
    assert f": {what}; expected" in message(write_scenario(tmp_path, "[evil.yaml]"))


def test_overrides_of_the_command_line_stand_above_measures_and_those_of_files_below(tmp_path: Path) -> None:
    write_measure(tmp_path, "a")
    path = write_scenario(tmp_path, "[a.yaml]", "override: {x.file: 1, x.both: 2}\n")
    scenario = read_scenario(path, known=None, assignments=["override.x.set=3", "override.x.both=4"]).scenario
    assert scenario.override == {"x.file": 1.0}
    assert scenario.override_after_measures == {"x.set": 3.0, "x.both": 4.0}
    assert "override_after_measures:\n  x.both: 4\n  x.set: 3\n" in write_resolved(scenario)


def test_without_measures_all_overrides_are_in_one_place(tmp_path: Path) -> None:
    path = write_scenario(tmp_path, "[]", "override: {x.file: 1}\n")
    scenario = read_scenario(path, known=None, assignments=["override.x.set=3"]).scenario
    assert (scenario.override, scenario.override_after_measures) == ({"x.file": 1.0, "x.set": 3.0}, {})


def test_the_command_line_can_take_an_override_of_a_file_away(tmp_path: Path) -> None:
    write_measure(tmp_path, "a")
    path = write_scenario(tmp_path, "[a.yaml]", "override: {x.file: 1}\n")
    scenario = read_scenario(path, known=None, assignments=["override.x.file="]).scenario
    assert (scenario.override, scenario.override_after_measures) == ({}, {})
