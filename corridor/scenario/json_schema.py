"""The schema of scenario files as JSON Schema, for completion in editors and for the documentation."""

from __future__ import annotations

from typing import Any

from pydantic.fields import FieldInfo

from corridor.scenario.files import EXTENDS
from corridor.scenario.schema import Scenario, Section

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_EXTENDS = {
    "title": "Extends",
    "description": "Scenario whose keys this one inherits: the id of a bundled one, or a .yaml file beside this one.",
    "type": "string",
}


def scenario_json_schema() -> dict[str, Any]:
    """JSON Schema of one scenario file.

    No key is compulsory, since a parent may have it, and every key may be null, which takes an inherited one
    away; whether the whole is complete only `read_scenario` can tell.
    """
    schema = Scenario.model_json_schema()
    return {
        "$schema": DIALECT,
        "title": "Scenario of corridor",
        "description": "What is asked about one trip, apart from what is inherited.",
        "type": "object",
        "additionalProperties": False,
        "properties": {EXTENDS: _EXTENDS, **_fields(schema, Scenario)},
        "$defs": {
            section.__name__: _as_fragment(schema["$defs"][section.__name__], section)
            for section in sorted(Section.__subclasses__(), key=lambda section: section.__name__)
            if section.__name__ in schema["$defs"]
        },
    }


def _as_fragment(schema: dict[str, Any], section: type[Section]) -> dict[str, Any]:
    kept = {key: value for key, value in schema.items() if key != "required"}
    return {**kept, "properties": _fields(schema, section)}


def _fields(schema: dict[str, Any], section: type[Section]) -> dict[str, Any]:
    return {key: _or_null(schema["properties"][key], info) for key, info in section.model_fields.items()}


def _or_null(shape: dict[str, Any], info: FieldInfo) -> dict[str, Any]:
    bare = {name: value for name, value in shape.items() if name not in ("title", "description", "default")}
    return {"title": info.title, "description": info.description, "anyOf": [bare, {"type": "null"}]}
