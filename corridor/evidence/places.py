"""Countries, places a trip can start or end at, and the named corridors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Country:
    """A country and the areas of free movement it belongs to.

    Parameters
    ----------
    id : ISO 3166-1 alpha-3
    free_movement_area : ``EU_EFTA`` or empty
    customs_union : ``EAEU`` or empty
    is_aetr_party : whether the AETR rules on drivers' hours, or the EU's, are in force
    """

    id: str
    iso2: str
    name: str
    free_movement_area: str
    customs_union: str
    is_aetr_party: bool
    source: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A city, port or dry port; `lon` and `lat` in degrees, `population` 0 where it is not a town."""

    id: str
    name: str
    country: str
    lon: float
    lat: float
    kind: Literal["city", "port", "dry_port"]
    population: int
    source: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Corridor:
    """A named corridor: the posts that define it, in order; later posts on the way are free.

    Parameters
    ----------
    posts : one tuple of alternatives per border, e.g. ``(("khunjerab",), ("torugart", "irkeshtam"))``
    """

    id: str
    name: str
    code: str
    named_by_minister: bool
    posts: tuple[tuple[str, ...], ...]
    note: str
    source: tuple[str, ...]
