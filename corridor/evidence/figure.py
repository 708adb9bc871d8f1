"""One number of the evidence with all that is known about it, whichever table it is from."""

from __future__ import annotations

from dataclasses import dataclass

from corridor.evidence.sources import SetBy

NOT_GRADED = "-"
"""Grade of what has none: a membership, or what follows from the scenario."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One number with all that is known about it.

    Parameters
    ----------
    key : e.g. ``parameters.diesel_usd_per_l.PAK``, ``crossings.torkham.PAK-AFG.queue_h``
    name, scope : of the number, and what it is for; what : in words
    value : in `unit`; None where nobody knows it, or where it is a fact without a number
    low, high : 10th and 90th percentile of what is not known; None where nobody said
    year : of the figure; None if undated, or of a table without years
    price_year : of money, the year in whose prices `value` is
    stated_value, stated_unit : as the source has it; None and empty where it is `value` in `unit`
    rung : of a post's hours or fees, which rung of the ladder they stand on
    """

    key: str
    name: str
    scope: str
    what: str
    value: float | None
    unit: str
    source: tuple[str, ...]
    grade: str
    note: str
    low: float | None = None
    high: float | None = None
    year: int | None = None
    price_year: int | None = None
    stated_value: float | None = None
    stated_unit: str = ""
    rung: str = ""
    set_by: SetBy = "tables"

    @property
    def is_of_scenario(self) -> bool:
        """Whether it rests on the scenario alone: every number of a table or of a measure has a source."""
        return self.value is not None and not self.source
