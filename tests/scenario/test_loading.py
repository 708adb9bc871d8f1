from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corridor.errors import ScenarioError
from corridor.scenario import Change, KnownNames, ScenarioFileError, parse_scenario, read_scenario
from corridor.scenario.files import SIZE_MAX_BYTES
from tests.scenario.conftest import COMPLETE


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def message(path: Path | str, *assignments: str, known: KnownNames | None = None) -> str:
    with pytest.raises(ScenarioFileError) as caught:
        read_scenario(path, known=known, assignments=assignments)
    return str(caught.value)


def test_a_file_inherits_from_the_one_beside_it(complete_file: Path) -> None:
    child = write(complete_file.parent, "child.yaml", "extends: complete.yaml\nid: child\ncargo: {mass_t: 20}\n")
    resolved = read_scenario(child, known=None)
    assert (resolved.scenario.id, resolved.scenario.cargo.mass_t, resolved.scenario.cargo.kind) == (
        "child",
        20.0,
        "textiles",
    )
    assert resolved.paths == (child.resolve(), complete_file.resolve())


def test_a_file_inherits_from_a_bundled_scenario(tmp_path: Path) -> None:
    child = write(tmp_path, "child.yaml", "extends: islamabad-minsk\nid: child\n")
    assert read_scenario(child, known=None).scenario.trip.destination == "minsk"


def test_the_changes_say_what_became_of_what_and_where(complete_file: Path) -> None:
    child = write(complete_file.parent, "child.yaml", "extends: complete.yaml\ncargo:\n  mass_t: 20\n")
    assert read_scenario(child, known=None, assignments=["cargo.mass_t=21", "override.a.b=3"]).changes == (
        Change("cargo.mass_t", 18, 20, "child.yaml:3"),
        Change("cargo.mass_t", 20, 21, "--set"),
        Change("override.a.b", None, 3, "--set"),
    )


def test_the_log_is_the_same_from_every_folder(complete_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from_afar = read_scenario(complete_file, known=None)
    monkeypatch.chdir(complete_file.parent)
    assert read_scenario("complete.yaml", known=None) == from_afar
    assert from_afar.origin_log[0] == Change("id", None, "islamabad-minsk", "complete.yaml:1")


def test_null_takes_an_inherited_key_away(complete_file: Path) -> None:
    child = write(complete_file.parent, "child.yaml", "extends: complete.yaml\ncargo:\n  mass_t: null\n")
    assert message(child).startswith(f"{child}:3: cargo.mass_t: missing; expected a number of tonnes above 0")


def test_faults_of_a_parent_are_told_with_its_own_lines(
    complete_file: Path, monkeypatch: pytest.MonkeyPatch, names: KnownNames
) -> None:
    monkeypatch.chdir(complete_file.parent)
    write(Path(), "up/parent.yaml", "vehicle: {plate: PQK}\n")
    write(
        Path(), "child.yaml", f"{COMPLETE}extends: up/parent.yaml\n".replace("plate: PAK, ", "").replace("qtta", "qta")
    )
    assert message("child.yaml", "cargo.kind=5", known=names).splitlines() == [
        (
            "child.yaml:13: routes.presets[1]: unknown corridor; expected the id of a corridor, got 'qta'. "
            "Did you mean 'qtta'?"
        ),
        (
            "up/parent.yaml:1: vehicle.plate: unknown country; expected an ISO alpha-3 code, got 'PQK'. "
            "Did you mean 'PAK'?"
        ),
        (
            "--set cargo.kind=5: cargo.kind: wrong kind of value; expected the id of a cargo kind, got 5. "
            "Put it in quotes if it is meant as text."
        ),
    ]


def test_a_broken_parent_is_told_with_the_faults_of_writing_of_the_child(complete_file: Path) -> None:
    write(complete_file.parent, "parent.yaml", "a: [\n")
    child = write(complete_file.parent, "child.yaml", "extends: parent.yaml\nid: &x child\n")
    assert [line.split(": ")[0].split("/")[-1] for line in message(child).splitlines()] == [
        "child.yaml:2",
        "parent.yaml:2",
    ]


def test_parents_that_go_round_in_a_circle_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(Path(), "a.yaml", "extends: b.yaml\n")
    write(Path(), "b.yaml", "id: b\nextends: a.yaml\n")
    assert message("a.yaml") == (
        "b.yaml:2: extends: goes round in a circle; expected parents that come to an end, "
        "got a.yaml -> b.yaml -> a.yaml. Remove one extends."
    )


@pytest.mark.parametrize(
    "parent", ["bse", "no.yaml", "../../etc/passwd", "/etc/x.yaml", "[base]", "3", "x.yml", '"\\0.yaml"']
)
def test_a_parent_that_cannot_be_is_told_with_its_line(tmp_path: Path, parent: str) -> None:
    child = write(tmp_path, "child.yaml", f"id: child\nextends: {parent}\n")
    assert message(child).startswith(
        f"{child}:2: extends: no such scenario; expected a .yaml file, or the id of a bundled scenario, got "
    )


def test_an_absolute_parent_is_refused_even_if_it_exists(complete_file: Path) -> None:
    child = write(complete_file.parent, "child.yaml", f"extends: {complete_file}\n")
    assert "no such scenario" in message(child)


def test_the_nearest_bundled_scenario_is_suggested(tmp_path: Path) -> None:
    child = write(tmp_path, "child.yaml", "extends: bas\n")
    assert message(child).endswith("got 'bas'. Did you mean 'base'?")
    assert message("islamabad-mnsk") == (
        "'islamabad-mnsk': no such scenario; expected a .yaml file, or the id of a bundled scenario, "
        "got 'islamabad-mnsk'. Did you mean 'islamabad-minsk'?"
    )


@pytest.mark.parametrize(
    "name", ["../scenarios/base", "../../etc/passwd", "", "a\0b", "\0.yaml", "x" * 5000 + ".yaml", "."]
)
def test_only_ids_and_yaml_files_are_opened(name: str) -> None:
    assert "expected a .yaml file, or the id of a bundled scenario" in message(name)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").mkdir()
    assert "no such file" in message(tmp_path / "x.yaml")


def test_a_file_over_a_megabyte_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, "x.yaml", "#" * (SIZE_MAX_BYTES + 1))
    assert message(path) == f"{path}: too long; expected at most 1,000,000 bytes, got more. Is it a scenario?"


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(b"\xff\xfe\x00")
    assert message(path) == f"{path}: cannot be read; expected UTF-8 text, got other bytes. Save it as UTF-8 text."


def test_a_byte_order_mark_and_windows_line_ends_are_fine(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + COMPLETE.replace("\n", "\r\n").encode())
    assert read_scenario(path, known=None).scenario == parse_scenario(COMPLETE)


def test_a_file_that_is_no_mapping_is_refused_whatever_is_assigned(tmp_path: Path) -> None:
    path = write(tmp_path, "x.yaml", "hello\n")
    assert message(path, "id=x") == (
        f"{path}:1: no scenario; expected lines like 'key: value', got 'hello'. Write 'extends: base', for a start."
    )


EDITS = [
    ("cargo.mass_t", "mass_t: 18", "mass_t: ", "20.5"),
    ("vehicle.plate", "plate: PAK", "plate: ", "NOR"),
    ("trip.departure", "departure: 2026-11-01", "departure: ", "2027-01-02"),
    ("routes.presets", "presets: [trans_afghan, qtta]", "presets: ", "[iti]"),
    (
        "criteria",
        "criteria: {carbon_usd_per_t: 0, reliability: none}",
        "criteria: ",
        "{carbon_usd_per_t: 7, reliability: none}",
    ),
    ("title", "title: Islamabad to Minsk", "title: ", "'a = b'"),
]


@pytest.mark.parametrize(("key", "line", "prefix", "value"), EDITS)
def test_an_assignment_equals_editing_the_file(
    complete_file: Path, names: KnownNames, key: str, line: str, prefix: str, value: str
) -> None:
    edited = parse_scenario(COMPLETE.replace(line, f"{prefix}{value}"), known=names)
    assert read_scenario(complete_file, known=names, assignments=[f"{key}={value}"]).scenario == edited


def test_what_follows_override_is_one_key(complete_file: Path) -> None:
    assigned = ["override.crossings.torkham.PAK-AFG.queue_h=12", "override.crossings.torkham.status=open"]
    assert dict(read_scenario(complete_file, known=None, assignments=assigned).scenario.override) == {
        "crossings.torkham.PAK-AFG.queue_h": 12.0,
        "crossings.torkham.status": "open",
    }


def test_the_last_assignment_wins(complete_file: Path) -> None:
    resolved = read_scenario(complete_file, known=None, assignments=["cargo.mass_t=1", "cargo.mass_t=2"])
    assert resolved.scenario.cargo.mass_t == 2.0


@pytest.mark.parametrize(
    ("assignment", "expected"),
    [
        (
            "cargo.mas_t=3",
            (
                "--set cargo.mas_t=3: cargo.mas_t: unknown key; expected one of kind, mass_t, value_usd, "
                "got 'mas_t'. Did you mean 'mass_t'?"
            ),
        ),
        (
            "crago=",
            (
                "--set crago=: crago: unknown key; expected one of id, title, why, trip, vehicle, cargo, routes, "
                "network, evidence, measures, override, override_after_measures, uncertainty, criteria, map, "
                "got 'crago'. "
                "Did you mean 'cargo'?"
            ),
        ),
        (
            "cargo.mass_t",
            (
                "--set cargo.mass_t: not an assignment; expected key=value with dots between keys, got "
                "'cargo.mass_t'. Write e.g. cargo.mass_t=20."
            ),
        ),
        (
            "=3",
            (
                "--set =3: not an assignment; expected key=value with dots between keys, got '=3'. "
                "Write e.g. cargo.mass_t=20."
            ),
        ),
        (
            "extends=base",
            (
                "--set extends=base: extends: not to be set; expected a key of a scenario, got 'extends'. "
                "Name the other scenario itself."
            ),
        ),
        (
            "cargo.mass_t.x=3",
            (
                "--set cargo.mass_t.x=3: cargo.mass_t: wrong kind of value; expected a number of tonnes "
                "above 0, got a mapping. Correct the value."
            ),
        ),
        ("title=!x y", "--set title=!x y: title: tag; expected a plain value, got '!x'. Remove the tag."),
    ],
)
def test_an_assignment_that_makes_no_sense_is_told_as_it_was_typed(
    complete_file: Path, assignment: str, expected: str
) -> None:
    assert message(complete_file, assignment) == expected


def test_faults_of_assignments_are_told_in_the_order_given(complete_file: Path) -> None:
    lines = message(complete_file, "vehicle.crew=9", "cargo.mass_t=0", "id=A").splitlines()
    assert [line.split(": ")[1] for line in lines] == ["vehicle.crew", "cargo.mass_t", "id"]


def test_a_broken_assignment_is_one_fault(complete_file: Path) -> None:
    assert message(complete_file, "routes.via=[").startswith("--set routes.via=[: routes.via: not YAML; expected")


YAML_MARKS = [": ", ":", "\n", "  ", "- ", "[", "]", "{", "}", ",", "'", '"', "|", ">", "&x", "*x", "!y", "? ", "#"]
YAML_WORDS = [
    "%YAML 1.1",
    "---",
    "...",
    "~",
    "null",
    "1e9",
    "\\U",
    "\\x",
    "<<",
    "\t",
    "id",
    "trip",
    "override",
    "é",
    "\x85",
]
YAML_PIECES = st.sampled_from([*YAML_MARKS, *YAML_WORDS])


@settings(max_examples=400, deadline=None)
@given(st.one_of(st.text(), st.lists(YAML_PIECES, max_size=30).map("".join)))
def test_junk_never_raises_anything_but_a_scenario_error(text: str) -> None:
    with pytest.raises(ScenarioError):
        parse_scenario(text)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200, deadline=None)
@given(st.one_of(st.text(), st.builds("{}={}".format, st.text("abid.", max_size=6), st.text())))
def test_junk_assignments_never_raise_anything_but_a_scenario_error(complete_file: Path, assignment: str) -> None:
    with suppress(ScenarioError):
        read_scenario(complete_file, known=None, assignments=[assignment])


@settings(deadline=None)
@given(st.text())
def test_junk_names_never_raise_anything_but_a_scenario_error(name: str) -> None:
    with pytest.raises(ScenarioError):
        read_scenario(name, known=None)
