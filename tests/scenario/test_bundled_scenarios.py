from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import jsonschema
import pytest

from corridor.bundled import data_path, scenarios_path
from corridor.evidence import Evidence, read_evidence
from corridor.scenario import ScenarioFileError, bundled_scenarios, read_scenario, scenario_json_schema
from corridor.scenario.faults import Origin
from corridor.scenario.starter import SCHEMA_LINE
from corridor.scenario.yaml_tree import build_tree

FILES = sorted(scenarios_path().glob("*.yaml"))


def plain(text: str) -> Any:
    root = build_tree(text, lambda line: Origin("x.yaml", line)).root
    assert root is not None
    return json.loads(json.dumps(root.plain()))


@pytest.fixture(scope="module")
def evidence() -> Evidence:
    return read_evidence()


@pytest.mark.parametrize("scenario_id", bundled_scenarios())
def test_each_bundled_scenario_is_sound_and_named_like_its_file(scenario_id: str, evidence: Evidence) -> None:
    scenario = read_scenario(scenario_id, known=evidence.known_names()).scenario
    assert scenario.id == scenario_id
    assert evidence.overridden(scenario.override)
    assert scenario.cargo.mass_t <= evidence.vehicles[scenario.vehicle.type].payload_t


def test_the_base_is_a_fragment_without_a_trip() -> None:
    with pytest.raises(ScenarioFileError) as caught:
        read_scenario("base", known=None)
    assert [fault.path for fault in caught.value.faults] == [("id",), ("title",), ("why",), ("trip",)]
    assert "base" not in bundled_scenarios()


def test_the_open_border_scenario_opens_every_post_for_trucks_between_pakistan_and_afghanistan(
    evidence: Evidence,
) -> None:
    override = read_scenario("islamabad-minsk-open", known=None).scenario.override
    posts = {post.id for post in evidence.crossings.values() if {post.country_a, post.country_b} == {"PAK", "AFG"}}
    assert set(override) == {f"crossings.{post}.status" for post in posts}
    assert set(override.values()) == {"open"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_editors_find_the_schema_and_no_fault(path: Any) -> None:
    text = path.read_text(encoding="utf-8")
    first = text.splitlines()[0]
    assert first.startswith(SCHEMA_LINE)
    assert (path.parent / first.removeprefix(SCHEMA_LINE)).resolve() == data_path("schema", "scenario.schema.json")
    jsonschema.Draft202012Validator(scenario_json_schema()).validate(plain(text))


def test_the_stored_schema_is_the_one_the_models_give() -> None:
    stored = data_path("schema", "scenario.schema.json").read_text(encoding="utf-8")
    assert stored == json.dumps(scenario_json_schema(), indent=2) + "\n", (
        "run: corridor schema > data/schema/scenario.schema.json"
    )


def test_the_schema_is_sound_and_explains_every_key() -> None:
    schema = scenario_json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    for section in (schema, *schema["$defs"].values()):
        assert all(field["title"] and field["description"] for field in section["properties"].values())


@pytest.mark.parametrize(
    "text", ["colour: red", "cargo: {mass_t: heavy}", "vehicle: {crew: 3}", "routes: {alternatives: 0}"]
)
def test_editors_are_told_of_mistakes(text: str) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(scenario_json_schema()).validate(plain(text))


def test_the_schema_lets_a_file_take_an_inherited_key_away() -> None:
    jsonschema.Draft202012Validator(scenario_json_schema()).validate({"extends": "base", "routes": {"avoid": None}})


def test_importing_scenarios_loads_nothing_heavy() -> None:
    heavy = ("numpy", "pandas", "scipy", "ruamel.yaml")
    code = f"import corridor.scenario, sys; print([name for name in {heavy} if name in sys.modules])"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"
