"""Where a number comes from, and how far it can be trusted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Literal

GRADES: Mapping[str, str] = MappingProxyType(
    {
        "A": "measured and published by an official body",
        "B": "published elsewhere",
        "C": "derived; the sum is in the note",
        "D": "judgement",
    }
)
"""Grade of evidence -> what it means, best first."""

SetBy = Literal["tables", "scenario", "measure"]
"""Who set a number; a factor counts as well as a plain number."""


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


def citation(source: Source) -> str:
    """A publication in one line: title, publisher, year, address, day of reading; without what is not known."""
    read = f"read {source.read_on.isoformat()}" if source.read_on else ""
    parts = (source.title, source.publisher, str(source.year or ""), source.address, read)
    return f"{', '.join(part for part in parts if part)}."
