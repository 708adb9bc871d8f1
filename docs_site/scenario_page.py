"""The page of scenario keys, from the JSON Schema of scenario files and the defaults of the base scenario."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from corridor.bundled import scenarios_path
from corridor.scenario import Scenario, scenario_json_schema
from corridor.scenario.checking import Schema
from corridor.scenario.faults import Origin
from corridor.scenario.fields import Known
from corridor.scenario.yaml_tree import build_tree
from docs_site.tables import markdown_table

EXAMPLES: Mapping[str, str] = MappingProxyType(
    {
        "extends": "base",
        "id": "lahore-moscow",
        "title": "Lahore to Moscow, rice, spring 2026",
        "why": "Does one driver do, or are two worth their pay?",
        "trip.origin": "lahore",
        "trip.destination": '"37.62,55.75"',
        "trip.departure": "2026-04-01",
        "vehicle.type": "artic_euro5_40t",
        "vehicle.plate": "KAZ",
        "vehicle.crew": "1",
        "vehicle.empty_return_share": "0.2",
        "cargo.kind": "machinery",
        "cargo.mass_t": "15",
        "cargo.value_usd": "60000",
        "routes.alternatives": "4",
        "routes.presets": "[qtta, iran_west]",
        "routes.via": "[taftan, tabriz]",
        "routes.avoid.countries": "[TKM]",
        "routes.avoid.posts": "[kulma, kuhak]",
        "network": "my.network",
        "evidence": "bundled",
        "measures": "[tir_green_lane_torkham]",
        "override": "{crossings.taftan.PAK-IRN.queue_h: 12, parameters.diesel_usd_per_l.PAK: x1.2}",
        "override_after_measures": "{crossings.taftan.PAK-IRN.queue_h: 3}",
        "uncertainty.draws": "8192",
        "uncertainty.seed": "1",
        "criteria.carbon_usd_per_t": "50",
        "criteria.reliability": "none",
        "map.boundaries": "PAK",
    }
)
"""Key -> a value as one might write it; a test reads each as a scenario would."""

_HEAD = """\
# Scenario reference

Every key of a scenario file, from its JSON Schema (`corridor schema`). [Write a scenario](write-a-scenario.md) begins
with less. A key that a scenario leaves out comes from the scenario that it `extends`; "default" is the value of
`base`, which all bundled scenarios extend. A key written with nothing after it takes an inherited value away.
"""
_UNIT = re.compile(r"\(([^)]*)\)$")


@dataclass(frozen=True, slots=True)
class Key:
    """One key that holds a value: its dotted name, what the schema says, and its value in the base scenario."""

    name: str
    shape: Mapping[str, Any]
    default: object

    @property
    def value_shape(self) -> Mapping[str, Any]:
        """The schema of the value; any key may also be null."""
        return next(iter(self.shape.get("anyOf", [self.shape])))


MISSING = object()
NONE = "none"


def scenario_markdown() -> str:
    """The page."""
    keys = list(scenario_keys())
    rows = [[f"[`{key.name}`](#{_anchor(key)})", _default(key)] for key in keys]
    return "\n\n".join([_HEAD, markdown_table(["key", "default"], rows), *map(_section, keys)]) + "\n"


def scenario_keys() -> Iterator[Key]:
    """Every key that holds a value, in the order of the schema."""
    schema = scenario_json_schema()
    yield from _keys_of(schema["properties"], schema["$defs"], _base_values(), "")


def _base_values() -> object:
    path = scenarios_path("base.yaml")
    tree = build_tree(path.read_text(encoding="utf-8"), lambda line: Origin(path.name, line))
    return tree.root.plain() if tree.root else None


def _keys_of(properties: Mapping[str, Any], sections: Mapping[str, Any], base: object, above: str) -> Iterator[Key]:
    for name, shape in properties.items():
        default = base.get(name, MISSING) if isinstance(base, Mapping) else MISSING
        key = Key(above + name, shape, default)
        section = key.value_shape.get("$ref")
        if section is None:
            yield key
        else:
            inner = sections[section.rpartition("/")[2]]["properties"]
            yield from _keys_of(inner, sections, default, f"{key.name}.")


def _section(key: Key) -> str:
    facts = {
        "Type": type_in_words(key.value_shape),
        "Unit": unit(key),
        "Default": _default(key),
        "Allowed": _allowed(key),
        "Example": f"`{key.name.rpartition('.')[2]}: {EXAMPLES[key.name]}`",
    }
    told = "\n".join(f"- **{name}:** {fact}" for name, fact in facts.items())
    return f"## `{key.name}` {{ #{_anchor(key)} }}\n\n{key.shape['description']}\n\n{told}"


def _anchor(key: Key) -> str:
    return key.name.replace(".", "-")


def type_in_words(shape: Mapping[str, Any]) -> str:
    """The kind of value.

    Examples
    --------
    >>> type_in_words({"type": "array", "items": {"type": "string"}})
    'list of texts'
    """
    if shape["type"] == "array":
        return f"list of {type_in_words(shape['items'])}s"
    return {"string": "text", "integer": "whole number", "number": "number", "object": "mapping"}[shape["type"]]


def unit(key: Key) -> str:
    """The unit, which the title of a quantity ends with; shares have none."""
    found = _UNIT.search(key.shape["title"])
    return found[1] if found else NONE


def _default(key: Key) -> str:
    if key.default is MISSING:
        return NONE
    return f"`{_flow(key.default)}`"


def _flow(value: object) -> str:
    """A value as YAML has it on one line."""
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_flow, value))}]"
    return "{}" if value == {} else str(value)


def _allowed(key: Key) -> str:
    if key.name == "extends":
        return "the id of a bundled scenario, or a `.yaml` file beside this one"
    schema, path = Schema(Scenario), (*key.name.split("."),)
    item = (0,) if key.value_shape["type"] == "array" else ()
    named = schema.mark_at((*path, *item), Known)
    words = schema.expected_at(path)
    if named is None:
        return words
    return f"{words} ({', '.join(f'[{table}](ids.md#{table})' for table in named.tables)})"
