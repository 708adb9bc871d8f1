"""A scenario as canonical YAML: the same scenario, the same bytes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from corridor.scenario.layers import OVERRIDE_SECTIONS
from corridor.scenario.schema import Scenario
from corridor.scenario.yaml_tree import read_scalar

WHOLE_MAX = 1e15
"""Numbers below this are written without a point when they are whole."""

_PLAIN = re.compile("[A-Za-z][A-Za-z0-9_./-]*")


def write_resolved(scenario: Scenario) -> str:
    """YAML text that `parse_scenario` reads back as the same scenario; keys in the order of the schema."""
    return "".join(f"{line}\n" for line in _lines(scenario.model_dump(), ""))


def quoted(text: str) -> str:
    """Text as a YAML scalar, in quotes where it could be read as something else.

    Examples
    --------
    >>> quoted("NO"), quoted("22:30"), quoted("null")
    ('NO', '"22:30"', '"null"')
    """
    if _PLAIN.fullmatch(text) and isinstance(read_scalar(text), str):
        return text
    return f'"{"".join(_escaped(mark) for mark in text)}"'


def _escaped(mark: str) -> str:
    if mark in '"\\':
        return f"\\{mark}"
    return mark if mark.isprintable() else f"\\U{ord(mark):08X}"


def _lines(section: Mapping[str, object], indent: str) -> Iterator[str]:
    for key, value in section.items():
        if isinstance(value, Mapping) and value:
            entries = value if key not in OVERRIDE_SECTIONS else dict(sorted(value.items()))
            yield f"{indent}{quoted(key)}:"
            yield from _lines(entries, f"{indent}  ")
        else:
            yield f"{indent}{quoted(key)}: {_inline(value)}"


def _inline(value: object) -> str:
    """One value on one line; adding 0.0 turns -0.0, which equals 0, into 0."""
    if isinstance(value, tuple | list):
        return f"[{', '.join(_inline(item) for item in value)}]"
    if isinstance(value, Mapping):
        return "{}"
    if isinstance(value, float):
        return f"{value + 0.0:.0f}" if value.is_integer() and abs(value) < WHOLE_MAX else repr(value)
    return value.isoformat() if isinstance(value, date) else quoted(value) if isinstance(value, str) else str(value)
