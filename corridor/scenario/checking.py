"""From a tree of values to a scenario, or to everything that is wrong with it in our own words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
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
    """The scenario that a tree describes, or None and its faults.

    Parameters
    ----------
    known : names of the tables; None checks only the form of names
    """
    empty = tuple(_unknown_empty_keys(root, ()))
    try:
        scenario = Scenario.model_validate(root.plain(), context=known)
    except ValidationError as error:
        details = error.errors(include_url=False)
        return None, (*empty, *(_translate(detail, root, known) for detail in details))
    return (None, empty) if empty else (scenario, ())


def field_at(path: Sequence[str | int]) -> Field:
    """Type and marks of the key at a path that the schema knows.

    Examples
    --------
    >>> field_at(("cargo", "mass_t"))[0]
    <class 'float'>
    """
    field: Field = (Scenario, ())
    for step in path:
        field = _inside(field[0], step)
    return field


def keys_at(path: Sequence[str | int]) -> tuple[str, ...]:
    """The keys that the section at a path may have."""
    section = field_at(path)[0]
    return tuple(section.model_fields) if _is_section(section) else ()


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


def _translate(detail: ErrorDetails, root: Node, known: KnownNames | None) -> Fault:
    path, kind, value = detail["loc"], detail["type"], detail["input"]
    origin = origin_at(root, path)
    if kind == "extra_forbidden":
        return _unknown_key(origin, path)
    if kind == FAULT:
        said = detail["ctx"]
        return Fault(origin, path, said["what"], said["expected"], said["got"] or in_words(value), said["advice"])
    if kind == "missing":
        advice = "Add it, or extend a scenario that has it."
        return Fault(origin, path, "missing", _expected(path), "nothing", advice)
    return _wrong_value(origin, path, kind, value, known)


def _unknown_empty_keys(node: Node, path: KeyPath) -> Iterator[Fault]:
    """Keys without a value, which take an inherited one away, but which no scenario could have had."""
    keys = keys_at(path)
    if not (keys and isinstance(node.value, Mapping)):
        return
    for key, inner in node.value.items():
        if key in keys:
            yield from _unknown_empty_keys(inner, (*path, key))
        elif inner.value is None:
            yield _unknown_key(inner.origin, (*path, key))


def _unknown_key(origin: Origin, path: KeyPath) -> Fault:
    key, siblings = str(path[-1]), keys_at(path[:-1])
    if not isinstance(read_scalar(key), str):
        advice = 'Put a pair of degrees in quotes: "lon,lat".'
    else:
        advice = suggestion(key, siblings)
    return Fault(origin, path, "unknown key", f"one of {', '.join(siblings)}", in_words(key), advice)


def _wrong_value(origin: Origin, path: KeyPath, kind: str, value: object, known: KnownNames | None) -> Fault:
    name = _mark(path, Known)
    if name and isinstance(value, str):
        names = name.names(known)
        advice = suggestion(value, names) if names else "Correct the spelling."
        return Fault(origin, path, f"unknown {name.what}", _expected(path), in_words(value), advice)
    what = "out of range" if kind in _OUT_OF_RANGE else _WHAT.get(kind, "wrong kind of value")
    return Fault(origin, path, what, _expected(path), in_words(value), _advice(path, value))


def _expected(path: KeyPath) -> str:
    mark = _mark(path, Expected)
    return mark.text if mark else f"a mapping with {', '.join(keys_at(path))}"


def _advice(path: KeyPath, value: object) -> str:
    mark = _mark(path, Expected)
    if mark and mark.advice:
        return mark.advice
    wants_text = field_at(path)[0] is str
    if wants_text and not isinstance(value, str | tuple | dict):
        return "Put it in quotes if it is meant as text."
    if not wants_text and isinstance(value, str) and not isinstance(read_scalar(value), str):
        return "Write it without quotes."
    return "Correct the value."


def _mark(path: KeyPath, kind: type[Mark]) -> Mark | None:
    return next((mark for mark in reversed(field_at(path)[1]) if isinstance(mark, kind)), None)
