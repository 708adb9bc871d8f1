"""Dated facts about posts, and who may drive where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from corridor.evidence.parameters import ANY
from corridor.evidence.places import Country

Effect = Literal["closed", "restricted", "open", "queue"]
Rule = Literal["drive", "swap", "transload", "refuse"]

TRANSIT = "transit "
"""Start of the `plates` of an event that concerns trucks in transit through a country: ``transit UKR``."""
NOT = "not "


@dataclass(frozen=True, slots=True)
class Event:
    """Something dated that happened to a post: from `start` up to, not including, `end`.

    Parameters
    ----------
    plates : ``*``, a plate, a group (``EU_EFTA``), ``not`` a group, or ``transit`` and a country
    end : the day of reopening; None while it lasts as far as known
    """

    crossing: str
    effect: Effect
    plates: str
    start: date
    end: date | None
    date_precision: str
    note: str
    source: tuple[str, ...]
    confidence: str

    def is_active(self, day: date) -> bool:
        """Whether it holds on the day."""
        return self.start <= day and (self.end is None or day < self.end)


@dataclass(frozen=True, slots=True)
class EligibilityRule:
    """What trucks of a plate do in a country.

    Parameters
    ----------
    plate, country : ISO alpha-3, a group, ``not`` a group, or ``*``
    entered_from : the neighbour for whose border the rule holds; empty for the whole country
    start, end : first day, and first day no more; None = always
    rule : ``drive``, change of tractor (``swap``), ``transload`` or ``refuse``
    assumed : True where no table says anything and driving is only assumed
    precedence : 0 in the tables; rules of one's own have more, the later the more, and win over all with less
    """

    plate: str
    country: str
    entered_from: str
    start: date | None
    end: date | None
    rule: Rule
    source: tuple[str, ...]
    grade: str
    note: str
    assumed: bool = False
    precedence: int = 0

    @property
    def is_own(self) -> bool:
        """Whether a scenario or a measure sets it, against whatever holds in the tables."""
        return self.precedence > 0

    def is_active(self, day: date) -> bool:
        """Whether it holds on the day."""
        return (self.start is None or self.start <= day) and (self.end is None or day < self.end)


@dataclass(frozen=True, slots=True)
class CrossingStatus:
    """What a post is on a day.

    Parameters
    ----------
    reason, source : what says so; empty for a post that is simply open
    plates_refused : plates whose trucks may not drive through themselves
    transit_refused_by : countries that only trucks bound for them, or coming from them, may enter or leave here
    known_until : the day up to which the tables know; later states are the last known one
    """

    state: Literal["open", "restricted", "closed"]
    reason: str
    source: tuple[str, ...]
    plates_refused: frozenset[str]
    transit_refused_by: frozenset[str]
    known_until: date


def is_in(code: str, group: str, countries: Mapping[str, Country]) -> bool:
    """Whether a country belongs to ``*``, to itself, to an area, or to ``not`` one of them.

    Examples
    --------
    >>> is_in("PAK", "not EU_EFTA", {})
    True
    """
    if group.startswith(NOT):
        return not is_in(code, group.removeprefix(NOT), countries)
    country = countries.get(code)
    areas = (country.free_movement_area, country.customs_union) if country else ()
    return group in (ANY, code) or (group != "" and group in areas)


def plate_groups(countries: Mapping[str, Country]) -> set[str]:
    """What a rule may be for: every country, area and union, each of them after ``not``, and ``*``."""
    areas = {area for row in countries.values() for area in (row.free_movement_area, row.customs_union)}
    plain = (areas - {""}) | set(countries)
    return plain | {NOT + name for name in plain} | {ANY}
