"""Reads the docstrings of the package as they are meant: in a list of parameters a text after a colon says what one is.

Types stand in the signature only, but a reader of NumPy docstrings takes the text after `name :` for a type.
"""

from __future__ import annotations

import re
from typing import Any

import griffe

_LISTS = re.compile(r"(?ms)^(?:Parameters|Raises)\n-+\n.*?(?=\n\n\S+\n-{3,}\n|\Z)")
_RETURNS = re.compile(r"(?m)^Returns\n-------\n")
_ITEM = re.compile(r"(?m)^(?P<names>[\w, ]+?) : (?P<text>.*(?:\n[ ]+.*)*)")
_NEXT_ITEM = re.compile(r"; (?=[\w, ]+ : )")


class PlainParameters(griffe.Extension):
    """Rewrites each docstring before it is parsed."""

    def on_instance(self, *, obj: griffe.Object | griffe.Alias, **_: Any) -> None:
        """Called for every object that was read."""
        if not obj.is_alias and obj.docstring:
            obj.docstring.value = with_plain_parameters(obj.docstring.value)


def with_plain_parameters(docstring: str) -> str:
    """A docstring whose parameters have their text below their names, and whose return value is a paragraph."""
    return _RETURNS.sub("**Returns:** ", _LISTS.sub(lambda found: _one_a_name(found.group()), docstring))


def _one_a_name(listed: str) -> str:
    return _ITEM.sub(_items, _NEXT_ITEM.sub("\n", listed))


def _items(found: re.Match[str]) -> str:
    return "\n".join(f"{name.strip()}\n    {found['text']}" for name in found["names"].split(","))
