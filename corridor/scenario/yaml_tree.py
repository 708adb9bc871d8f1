"""YAML 1.2 text as a tree of values that remember where they were written.

Only what a scenario needs: mappings, lists and scalars of the core schema (YAML 1.2.2, section 10.3.2).
Tags, anchors, aliases and repeated keys are faults, so nothing is executed, expanded or silently dropped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from corridor.scenario.faults import Fault, KeyPath, Origin, in_words

if TYPE_CHECKING:
    from ruamel.yaml.events import Event

Scalar = str | int | float | bool | None

DEPTH_MAX = 12
"""Levels of nesting that are read; the schema needs four."""

_NULL = ("", "~", "null", "Null", "NULL")
_TRUE = ("true", "True", "TRUE")
_FALSE = ("false", "False", "FALSE")
_WHOLE = re.compile(r"[-+]?[0-9]{1,30}")
_NUMBER = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]{1,5})?")
_NO_NUMBER = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")


@dataclass(frozen=True, slots=True)
class Node:
    """A value and where it was written; None in a mapping means "take the inherited key away"."""

    value: Scalar | Mapping[str, Node] | tuple[Node, ...]
    origin: Origin

    def plain(self) -> Any:
        """The value without origins and without the keys taken away; lists become tuples."""
        if isinstance(self.value, Mapping):
            return {key: node.plain() for key, node in self.value.items() if node.value is not None}
        if isinstance(self.value, tuple):
            return tuple(node.plain() for node in self.value)
        return self.value


@dataclass(frozen=True, slots=True)
class Tree:
    """What was read: `root` is None where the text cannot be read as YAML at all."""

    root: Node | None
    faults: tuple[Fault, ...]


def read_scalar(text: str) -> Scalar:
    """The value of an unquoted scalar; what is not null, a truth value or a number stays text.

    Examples
    --------
    >>> [read_scalar(text) for text in ("NO", "22:30", "2026-11-01", "0.4", "18", "true", "~")]
    ['NO', '22:30', '2026-11-01', 0.4, 18, True, None]
    """
    if text in _NULL:
        return None
    if text in _TRUE or text in _FALSE:
        return text in _TRUE
    if _WHOLE.fullmatch(text):
        return int(text)
    if _NUMBER.fullmatch(text):
        return float(text)
    return float(text.replace(".", "", 1)) if _NO_NUMBER.fullmatch(text) else text


def build_tree(text: str, locate: Callable[[int], Origin]) -> Tree:
    """The tree of one YAML document and what is wrong with its writing.

    Parameters
    ----------
    locate : the origin of a line, counted from 1
    """
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    faults: list[Fault] = []
    try:
        reader = _Reader(YAML(typ="safe", pure=True).parse(text), locate, faults)
        return Tree(reader.document(), tuple(faults))
    except _TooDeep as deep:
        faults.append(_fault(locate(deep.line), "nested too deeply", f"at most {DEPTH_MAX} levels", "more"))
    except (YAMLError, ValueError, OverflowError) as error:
        faults.append(_syntax_fault(error, locate))
    return Tree(None, tuple(faults))


class _TooDeep(Exception):  # noqa: N818 - never leaves this module
    def __init__(self, line: int) -> None:
        self.line = line


@dataclass(slots=True)
class _Reader:
    """Turns parser events into nodes; `faults` collects what is met on the way."""

    events: Iterator[Event]
    locate: Callable[[int], Origin]
    faults: list[Fault] = field(default_factory=list)

    def document(self) -> Node:
        """The only document of the text; nothing at all is an empty value."""
        from ruamel.yaml.events import DocumentStartEvent, StreamEndEvent

        next(self.events)
        if isinstance(start := next(self.events), StreamEndEvent):
            return Node(None, self.locate(1))
        self._check_version(start)
        root = self._node(next(self.events), (), _line(start), 0)
        next(self.events)
        if isinstance(more := next(self.events), DocumentStartEvent):
            self._add(_line(more), (), "second document", "one document", "'---'", "Remove the rest.")
        return root

    def _check_version(self, start: Any) -> None:
        if start.version is not None and tuple(start.version) != (1, 2):
            got = ".".join(str(part) for part in start.version)
            self._add(_line(start), (), "other YAML version", "YAML 1.2", got, "Remove the %YAML line.")

    def _node(self, event: Any, path: KeyPath, line: int, depth: int) -> Node:
        from ruamel.yaml.events import AliasEvent, MappingStartEvent, SequenceStartEvent

        if depth > DEPTH_MAX:
            raise _TooDeep(_line(event))
        origin = self.locate(line)
        if isinstance(event, AliasEvent):
            self._add(line, path, "alias", "a value written out", f"'*{event.anchor}'", "Write the value here.")
            return Node(None, origin)
        self._check_plain(event, path, line)
        if isinstance(event, MappingStartEvent):
            return Node(self._mapping(path, depth), origin)
        if isinstance(event, SequenceStartEvent):
            return Node(self._sequence(path, depth), origin)
        return Node(read_scalar(event.value) if event.implicit[0] else event.value, origin)

    def _check_plain(self, event: Any, path: KeyPath, line: int) -> None:
        if event.tag is not None:
            self._add(line, path, "tag", "a plain value", in_words(str(event.tag)), "Remove the tag.")
        if event.anchor is not None:
            self._add(line, path, "anchor", "a plain value", in_words(f"&{event.anchor}"), "Remove the anchor.")

    def _mapping(self, path: KeyPath, depth: int) -> dict[str, Node]:
        from ruamel.yaml.events import MappingEndEvent

        nodes: dict[str, Node] = {}
        lines: dict[str, int] = {}
        while not isinstance(event := next(self.events), MappingEndEvent):
            key, line = self._key(event, path, depth), _line(event)
            node = self._node(next(self.events), (*path, key), line, depth + 1)
            if key in nodes:
                got = f"it on lines {lines[key]} and {line}"
                self._add(line, (*path, key), "repeated key", "each key once", got, "Keep one of the two.")
            nodes.setdefault(key, node)
            lines.setdefault(key, line)
        return nodes

    def _key(self, event: Any, path: KeyPath, depth: int) -> str:
        from ruamel.yaml.events import ScalarEvent

        if isinstance(event, ScalarEvent):
            self._check_plain(event, path, _line(event))
            return str(event.value)
        node = self._node(event, path, _line(event), depth + 1)
        self._add(_line(event), path, "unreadable key", "a word", in_words(node.plain()), "Write 'key: value'.")
        return f"<line {_line(event)}>"

    def _sequence(self, path: KeyPath, depth: int) -> tuple[Node, ...]:
        from ruamel.yaml.events import SequenceEndEvent

        nodes: list[Node] = []
        while not isinstance(event := next(self.events), SequenceEndEvent):
            nodes.append(self._node(event, (*path, len(nodes)), _line(event), depth + 1))
        return tuple(nodes)

    def _add(self, line: int, path: KeyPath, what: str, expected: str, got: str, advice: str) -> None:
        self.faults.append(Fault(self.locate(line), path, what, expected, got, advice))


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1


def _fault(origin: Origin, what: str, expected: str, got: str) -> Fault:
    advice = "Check the indentation, brackets and quotes of this line and of the one before."
    return Fault(origin, (), what, expected, got, advice)


def _syntax_fault(error: Exception, locate: Callable[[int], Origin]) -> Fault:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "an unreadable character"
    got = f"text that breaks the rules ({' '.join(str(problem).split())})"
    return _fault(locate(mark.line + 1 if mark else 1), "not YAML", "lines like 'key: value'", got)
