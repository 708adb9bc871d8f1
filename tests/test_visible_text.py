"""What reaches a terminal or names a file: hostile words are refused with a message, or shown for what they are."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest
import typer

from corridor.cli import main
from corridor.scenario import ScenarioFileError, read_scenario
from corridor.visible_text import visible, visible_output

ESCAPE, TURN = "\x1b]0;owned\x07\x1b[2J\x9b31m", "\u202e"
SCENARIO = "extends: islamabad-minsk\nid: {id}\ntitle: {title}\nmeasures: {measures}\n"
MEASURE = """
id: lane
title: {title}
why: To try it out.
kind: green_lane
source: [judgement]
grade: D
range: {{low: 1, high: 2, unit: {unit}, text: Invented.}}
override: {{crossings.torkham.PAK-AFG.queue_h: x0.5}}
"""


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def corridor(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    """The exit status of the command line."""
    monkeypatch.setattr(sys, "argv", ["corridor", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    return int(ended.value.code or 0)


def is_visible(text: str) -> bool:
    return visible(text) == text


def write_scenario(name: str = "own.yaml", *, own_id: str = "own", title: str = "Own", measures: str = "[]") -> str:
    quoted = SCENARIO.format(id=json.dumps(own_id), title=json.dumps(title, ensure_ascii=False), measures=measures)
    Path(name).write_text(quoted, encoding="utf-8")
    return name


@pytest.mark.parametrize(
    "own_id",
    ["../up", "a/b", "a\\b", "", ".", "-a", "A", "ünï", "a b", "a\n", "a\0", "x" * 64, "con.", "$(id)", "~", "*"],
)
def test_an_id_that_could_be_another_path_is_refused(own_id: str) -> None:
    with pytest.raises(ScenarioFileError) as refused:
        read_scenario(write_scenario(own_id=own_id), known=None)
    said = str(refused.value)
    assert said.startswith("own.yaml:2: id: ")
    assert "expected lower-case letters, digits and hyphens, at most 63" in said
    assert said.endswith("It names the results' folder.")


def test_a_run_with_such_an_id_ends_with_status_2_and_writes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert corridor(monkeypatch, "run", write_scenario(own_id="../up")) == 2
    assert [path.name for path in Path().iterdir()] == ["own.yaml"]


@pytest.mark.parametrize("own_id", ["x" * 63, "a", "2026-11-01"])
def test_an_id_of_letters_digits_and_hyphens_is_taken(own_id: str) -> None:
    assert read_scenario(write_scenario(own_id=own_id), known=None).scenario.id == own_id


@pytest.mark.parametrize("title", [ESCAPE, f"{TURN}evil", "a\0b", "x" * 201, " ", "\u2066x"])
def test_a_title_that_cannot_be_printed_on_one_line_is_refused(title: str) -> None:
    Path("own.yaml").write_text(f"extends: islamabad-minsk\nid: own\ntitle: {json.dumps(title)}\n", encoding="utf-8")
    with pytest.raises(ScenarioFileError, match=r"^own\.yaml:3: title: ") as refused:
        read_scenario("own.yaml", known=None)
    assert is_visible(str(refused.value))


@pytest.mark.parametrize("part", ["title", "unit"])
def test_a_measure_that_cannot_be_printed_is_refused(part: str) -> None:
    words = {"title": "Lane", "unit": "h"} | {part: json.dumps(f"{TURN}h")}
    Path("lane.yaml").write_text(MEASURE.format(**words), encoding="utf-8")
    with pytest.raises(ScenarioFileError, match=rf"{part}: (empty or )?unprintable") as refused:
        read_scenario(write_scenario(measures="[lane.yaml]"), known=None)
    assert is_visible(str(refused.value))


def test_markup_of_a_terminal_in_a_measure_is_printed_as_it_is(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("lane.yaml").write_text(MEASURE.format(title='"[red]Lane[/red]"', unit="h"), encoding="utf-8")
    assert corridor(monkeypatch, "measures", "lane.yaml") == 0
    assert "[red]Lane[/red]" in capsys.readouterr().out


def test_the_name_of_a_file_cannot_control_the_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    name = f"{ESCAPE}{TURN}.yaml"
    assert corridor(monkeypatch, "validate", name) == 2
    assert corridor(monkeypatch, "validate", write_scenario(name)) == 0
    said = capsys.readouterr()
    assert r"\u001b]0;owned\u0007" in said.err
    assert r"\u001b]0;owned\u0007" in said.out
    assert is_visible(said.out + said.err)


def test_a_file_whose_name_is_no_text_is_read_and_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert corridor(monkeypatch, "validate", write_scenario(os.fsdecode(b"\xff.yaml"))) == 0
    assert r"\udcff.yaml:3)" in capsys.readouterr().out


def test_everything_printed_is_visible_and_json_still_reads(capsys: pytest.CaptureFixture[str]) -> None:
    with visible_output():
        sys.stdout.write(json.dumps([f"{ESCAPE}{TURN}", "سے"], ensure_ascii=False))
        typer.echo(f"{ESCAPE} by another way", err=True)
    said = capsys.readouterr()
    assert json.loads(said.out) == [f"{ESCAPE}{TURN}", "سے"]
    assert "سے" in said.out
    assert is_visible(said.out + said.err)
