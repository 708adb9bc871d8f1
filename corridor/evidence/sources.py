"""Where a number comes from, and how far it can be trusted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

GRADES: Mapping[str, str] = MappingProxyType(
    {
        "A": "measured and published by an official body",
        "B": "published elsewhere",
        "C": "derived; the sum is in the note",
        "D": "judgement",
    }
)
"""Grade of evidence -> what it means, best first."""


@dataclass(frozen=True, slots=True)
class Source:
    """One publication, with its address and the day it was read.

    Parameters
    ----------
    address : empty where none was kept, as for judgements
    year : of publication or of the figure; None if not stated
    """

    key: str
    title: str
    publisher: str
    year: int | None
    address: str
    read_on: date | None
