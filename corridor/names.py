"""The nearest valid name, for messages about a misspelt one."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

LISTED_NAMES = 8
"""How many valid names a message lists when none of them is near."""


def nearest(name: str, names: Iterable[str]) -> str | None:
    """The valid name that looks most like `name`, or None where none is near.

    Examples
    --------
    >>> nearest("torkam", ["chaman", "torkham"])
    'torkham'
    """
    lowered = {valid.lower(): valid for valid in sorted(names, reverse=True)}
    matches = get_close_matches(name.lower(), sorted(lowered), n=1, cutoff=0.6)
    return lowered[matches[0]] if matches else None


def suggestion(name: str, names: Iterable[str]) -> str:
    """A sentence that points to the nearest valid name, or lists what there is.

    Examples
    --------
    >>> suggestion("torkam", ["chaman", "torkham"])
    "Did you mean 'torkham'?"
    >>> suggestion("xyz", ["chaman", "torkham"])
    'Known: chaman, torkham.'
    """
    valid = sorted(names)
    near = nearest(name, valid)
    if near is not None:
        return f"Did you mean '{near}'?"
    more = f" and {len(valid) - LISTED_NAMES} more" if len(valid) > LISTED_NAMES else ""
    return f"Known: {', '.join(valid[:LISTED_NAMES]) or 'none'}{more}."
