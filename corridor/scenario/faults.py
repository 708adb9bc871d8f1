"""What is wrong with a scenario, one fault per sentence, each with its file and line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from corridor.errors import ScenarioError
from corridor.visible_text import visible

KeyPath = tuple[str | int, ...]
"""Where a value sits in a scenario: ``("routes", "avoid", "countries", 0)``."""

SHOWN_LENGTH = 60
"""Characters of a wrong value that a message repeats."""

KEY_LENGTH = 120
"""Characters of a key path that a message repeats."""

LISTED_FAULTS = 200
"""Faults that one message lists; the error itself carries all of them."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a value was written.

    Parameters
    ----------
    label : the file as the user named it, or the assignment
    line : counted from 1; None for an assignment and for a file as a whole
    short_label : the same wherever the program runs: no folders, or ``--set``
    """

    label: str
    line: int | None = None
    short_label: str = ""

    @property
    def anywhere(self) -> str:
        """The origin in words that do not depend on the folder the program runs in, fit for a report."""
        label = visible(self.short_label or self.label)
        return label if self.line is None else f"{label}:{self.line}"

    def __str__(self) -> str:
        return self.label if self.line is None else f"{self.label}:{self.line}"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to correct.

    Parameters
    ----------
    path : of the value; empty for the file as a whole
    got : the value in the words of `in_words`
    advice : a sentence that says what to do
    """

    origin: Origin
    path: KeyPath
    what: str
    expected: str
    got: str
    advice: str

    def __str__(self) -> str:
        key = f"{_shortened(key_text(self.path), KEY_LENGTH)}: " if self.path else ""
        return f"{self.origin}: {key}{self.what}; expected {self.expected}, got {self.got}. {self.advice}"


class ScenarioFileError(ScenarioError):
    """Everything that is wrong with a scenario and its parents, one line per fault in file order."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        lines = [str(fault) for fault in self.faults[:LISTED_FAULTS]]
        if len(self.faults) > LISTED_FAULTS:
            lines.append(f"... and {len(self.faults) - LISTED_FAULTS:,} more faults.")
        super().__init__("\n".join(lines))

    def __reduce__(self) -> tuple[type[ScenarioFileError], tuple[tuple[Fault, ...]]]:
        """Rebuild from the faults, so that the error survives the way between two processes."""
        return type(self), (self.faults,)


def key_text(path: KeyPath) -> str:
    """A path as a reader writes it.

    Examples
    --------
    >>> key_text(("routes", "avoid", "countries", 0))
    'routes.avoid.countries[0]'
    """
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{_printable(step)}" for step in path)
    return text.removeprefix(".")


def in_words(value: object) -> str:
    """A wrong value as a message shows it, never longer than a line.

    Examples
    --------
    >>> in_words("NO"), in_words(True), in_words({}), in_words(None)
    ("'NO'", 'true', 'a mapping', 'nothing')
    """
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, tuple | list):
        return "a list"
    return _shortened(repr(value), SHOWN_LENGTH)


def _shortened(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[: length - 4]}...{text[-1]}"


def _printable(key: str) -> str:
    return key if key.isprintable() and key else repr(key)
