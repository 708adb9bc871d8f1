"""From a tree of values to a scenario or a measure, or to everything that is wrong with it in our own words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from corridor.names import suggestion
from corridor.scenario.faults import Fault, KeyPath, Origin, in_words
from corridor.scenario.fields import FAULT, Expected, Known
from corridor.scenario.known_names import KnownNames
from corridor.scenario.schema import Scenario
from corridor.scenario.yaml_tree import Node, read_scalar

Mark = TypeVar("Mark", Expected, Known)
Top = TypeVar("Top", bound=BaseModel)
Field = tuple[Any, tuple[object, ...]]
"""What a key may hold: its type, and the marks on it."""

_WHAT = {
    "missing": "missing",
    "extra_forbidden": "unknown key",
    "unknown_name": "unknown name",
    "string_pattern_mismatch": "not well formed",
    "string_too_short": "empty",
    "string_too_long": "too long",
    "literal_error": "not a choice",
    "finite_number": "not finite",
}
_OUT_OF_RANGE = ("greater_than", "greater_than_equal", "less_than", "less_than_equal")


def build_scenario(root: Node, known: KnownNames | None) -> tuple[Scenario | None, tuple[Fault, ...]]:
    """The scenario that a tree describes, or None and its faults."""
    return build_section(Scenario, root, known)


def build_section(model: type[Top], root: Node, known: KnownNames | None) -> tuple[Top | None, tuple[Fault, ...]]:
    """What a tree describes by the schema of `model`, or None and its faults.

    Parameters
    ----------
    known : names of the tables; None checks only the form of names
    """
    schema = Schema(model)
    empty = tuple(_unknown_empty_keys(schema, root, ()))
    try:
        section = model.model_validate(root.plain(), context=known)
    except ValidationError as error:
        details = error.errors(include_url=False)
        return None, (*empty, *(_translate(schema, detail, root, known) for detail in details))
    return (None, empty) if empty else (section, ())


@dataclass(frozen=True, slots=True)
class Schema:
    """The keys of a kind of file, as the model of its outermost section gives them."""

    model: type[BaseModel]

    def field_at(self, path: Sequence[str | int]) -> Field:
        """Type and marks of the key at a path that the schema knows.

        Examples
        --------
        >>> Schema(Scenario).field_at(("cargo", "mass_t"))[0]
        <class 'float'>
        """
        field: Field = (self.model, ())
        for step in path:
            field = _inside(field[0], step)
        return field

    def keys_at(self, path: Sequence[str | int]) -> tuple[str, ...]:
        """The keys that the section at a path may have."""
        section = self.field_at(path)[0]
        return tuple(section.model_fields) if _is_section(section) else ()

    def mark_at(self, path: KeyPath, kind: type[Mark]) -> Mark | None:
        """The innermost mark of a kind on the key at a path."""
        return next((mark for mark in reversed(self.field_at(path)[1]) if isinstance(mark, kind)), None)

    def expected_at(self, path: KeyPath) -> str:
        """What the key at a path takes, for a message."""
        mark = self.mark_at(path, Expected)
        return mark.text if mark else f"a mapping with {', '.join(self.keys_at(path))}"


def _inside(holder: Any, step: str | int) -> Field:
    if _is_section(holder):
        field = holder.model_fields[step]
        return field.annotation, tuple(field.metadata)
    items = [item for item in get_args(holder) if item is not Ellipsis]
    item = items[-1]
    if get_origin(item) is Annotated:
        return item.__origin__, tuple(item.__metadata__)
    return item, ()


def _is_section(holder: object) -> bool:
    return isinstance(holder, type) and issubclass(holder, BaseModel)


def origin_at(root: Node, path: KeyPath) -> Origin:
    """Where the value at a path was written, else the nearest section around it."""
    node = root
    for step in path:
        inner = _child(node, step)
        if inner is None:
            break
        node = inner
    return node.origin


def _child(node: Node, step: str | int) -> Node | None:
    if isinstance(node.value, Mapping):
        return node.value.get(str(step))
    if isinstance(node.value, tuple) and isinstance(step, int):
        return node.value[step]
    return None


def _translate(schema: Schema, detail: ErrorDetails, root: Node, known: KnownNames | None) -> Fault:
    path, kind, value = detail["loc"], detail["type"], detail["input"]
    origin = origin_at(root, path)
    if kind == "extra_forbidden":
        return _unknown_key(schema, origin, path)
    if kind == FAULT:
        said = detail["ctx"]
        return Fault(origin, path, said["what"], said["expected"], said["got"] or in_words(value), said["advice"])
    if kind == "missing":
        return Fault(origin, path, "missing", schema.expected_at(path), "nothing", _advice_to_add(schema))
    return _wrong_value(schema, origin, path, detail, known)


def _advice_to_add(schema: Schema) -> str:
    return "Add it, or extend a scenario that has it." if schema.model is Scenario else "Add it."


def _unknown_empty_keys(schema: Schema, node: Node, path: KeyPath) -> Iterator[Fault]:
    """Keys without a value, which take an inherited one away, but which no file could have had."""
    keys = schema.keys_at(path)
    if not (keys and isinstance(node.value, Mapping)):
        return
    for key, inner in node.value.items():
        if key in keys:
            yield from _unknown_empty_keys(schema, inner, (*path, key))
        elif inner.value is None:
            yield _unknown_key(schema, inner.origin, (*path, key))


def _unknown_key(schema: Schema, origin: Origin, path: KeyPath) -> Fault:
    key, siblings = str(path[-1]), schema.keys_at(path[:-1])
    if not isinstance(read_scalar(key), str):
        advice = 'Put a pair of degrees in quotes: "lon,lat".'
    else:
        advice = suggestion(key, siblings)
    return Fault(origin, path, "unknown key", f"one of {', '.join(siblings)}", in_words(key), advice)


def _wrong_value(
    schema: Schema, origin: Origin, path: KeyPath, detail: ErrorDetails, known: KnownNames | None
) -> Fault:
    kind, value, name = detail["type"], detail["input"], schema.mark_at(path, Known)
    if name and isinstance(value, str):
        names = name.names(known)
        advice = suggestion(value, names) if names else "Correct the spelling."
        return Fault(origin, path, f"unknown {name.what}", schema.expected_at(path), in_words(value), advice)
    what = "out of range" if kind in _OUT_OF_RANGE else _WHAT.get(kind, "wrong kind of value")
    return Fault(origin, path, what, schema.expected_at(path), in_words(value), _advice(schema, path, value))


def _advice(schema: Schema, path: KeyPath, value: object) -> str:
    mark = schema.mark_at(path, Expected)
    if mark and mark.advice:
        return mark.advice
    wants_text = schema.field_at(path)[0] is str
    if wants_text and not isinstance(value, str | tuple | dict):
        return "Put it in quotes if it is meant as text."
    if not wants_text and isinstance(value, str) and not isinstance(read_scalar(value), str):
        return "Write it without quotes."
    return "Correct the value."
