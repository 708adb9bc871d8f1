"""Reads the docstrings of the package as they are meant: in a list of parameters a text after a colon says what one is.

Types stand in the signature only, but a reader of NumPy docstrings takes the text after `name :` for a type.
"""

from __future__ import annotations

import re
from typing import Any

import griffe

_PARAMETERS = re.compile(r"(?ms)(?<=^Parameters\n----------\n).*?(?=\n\n\S+\n-{3,}\n|\Z)")
_RETURNS = re.compile(r"(?m)^Returns\n-------\n")
_ITEM = re.compile(r"(?m)^([\w, ]+?) : ")
_NEXT_ITEM = re.compile(r"; (?=[\w, ]+ : )")


class PlainParameters(griffe.Extension):
    """Rewrites each docstring before it is parsed."""

    def on_instance(self, *, obj: griffe.Object | griffe.Alias, **_: Any) -> None:
        """Called for every object that was read."""
        if not obj.is_alias and obj.docstring:
            obj.docstring.value = with_plain_parameters(obj.docstring.value)


def with_plain_parameters(docstring: str) -> str:
    """A docstring whose parameters have their text on a line of its own, and whose return value is a paragraph.

    Examples
    --------
    >>> print(with_plain_parameters("Do.\\n\\nParameters\\n----------\\nk : how many"))
    Do.
    <BLANKLINE>
    Parameters
    ----------
    k
        how many
    """
    return _RETURNS.sub("**Returns:** ", _PARAMETERS.sub(lambda found: _one_a_line(found.group()), docstring))


def _one_a_line(parameters: str) -> str:
    return _ITEM.sub(r"\1\n    ", _NEXT_ITEM.sub("\n", parameters))
