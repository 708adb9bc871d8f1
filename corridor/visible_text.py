"""Text from outside, made safe to show: nothing in it moves a cursor, colours a line or turns it round."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from typing import TYPE_CHECKING, Any, TextIO, cast

if TYPE_CHECKING:
    from re import Match

_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""Control characters but tab and line feed, line separators, marks of direction, and halves of characters."""


def visible(text: str) -> str:
    r"""The same text with what controls a terminal or the direction of a line written as JSON escapes it.

    Marks that Urdu and Persian need inside words (U+200C to U+200F) stay.

    Examples
    --------
    >>> print(visible("\x1b[31mred, \u202eright to left"))
    \u001b[31mred, \u202eright to left
    """
    return _UNSEEN.sub(_escaped, text)


def _escaped(found: Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"


class VisibleStream:
    """A stream that shows what would control the terminal instead of sending it there."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write the text as `visible` has it."""
        return self._stream.write(visible(text))

    def __getattr__(self, name: str) -> Any:
        """Everything else is the stream's own."""
        return getattr(self._stream, name)


@contextmanager
def visible_output() -> Iterator[None]:
    """Both outputs of the program, as they are, but showing what would control the terminal."""
    out, errors = (cast("TextIO", VisibleStream(stream)) for stream in (sys.stdout, sys.stderr))
    with redirect_stdout(out), redirect_stderr(errors):
        yield
