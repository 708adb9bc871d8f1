"""Days on which a post is shut that are known beforehand, and hours at which trucks may not drive."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class ClosedDays:
    """Days on end on which a post does not work, known before a truck sets out; holidays as a rule.

    Parameters
    ----------
    first_day, last_day : both shut; the post works again on the morning after
    reason : as a report names it, e.g. ``Spring Festival``
    """

    crossing: str
    first_day: date
    last_day: date
    reason: str
    source: tuple[str, ...]
    grade: str
    note: str

    @property
    def key(self) -> str:
        """By which ledgers and reports name it: ``closed_days.khunjerab.2027-02-05``."""
        return f"closed_days.{self.crossing}.{self.first_day.isoformat()}"

    @property
    def days(self) -> int:
        """How many they are."""
        return (self.last_day - self.first_day).days + 1

    @property
    def end(self) -> date:
        """The day on which the post works again."""
        return self.last_day + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class TruckBan:
    """Hours of the week at which loaded trucks may not drive on the main roads of a country.

    Parameters
    ----------
    weekdays : on which it begins, 1 (Monday) to 7 (Sunday)
    from_h, hours : hour of the day at which it begins, and how long it holds
    months : 1 to 12, in which it holds
    over_t : permitted mass of the truck above which it holds
    day_share : share of these days on which it holds, 0 to 1: below 1 for bans on hot days
    """

    id: str
    country: str
    weekdays: tuple[int, ...]
    from_h: float
    hours: float
    months: tuple[int, ...]
    over_t: float
    day_share: float
    source: tuple[str, ...]
    grade: str
    note: str

    @property
    def key(self) -> str:
        """By which ledgers and reports name it: ``truck_bans.deu_sunday``."""
        return f"truck_bans.{self.id}"
