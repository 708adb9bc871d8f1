"""Border posts: hours and fees per side and direction, and which rung of evidence they stand on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import fsum
from types import MappingProxyType
from typing import Literal

from corridor.evidence.ferries import FerryLine

Rung = Literal[
    "measured",
    "queue_evidence",
    "other_direction",
    "open_border",
    "country_average",
    "judged",
    "formalities",
    "global_estimate",
    "override",
    "measure",
    "unknown",
]

RUNGS: Mapping[Rung, str] = MappingProxyType(
    {
        "override": "set by the scenario",
        "measure": "changed by a measure",
        "measured": "measured at this post, side and direction",
        "queue_evidence": "queue evidence of this post or its frontier, formalities included",
        "other_direction": "measured at this post in the other direction",
        "open_border": "no customs border between the two countries",
        "country_average": "average of the country",
        "judged": "judged: nobody has timed this post",
        "formalities": "formalities alone: the queue is counted on the side before",
        "global_estimate": "one estimate for all posts",
        "unknown": "not known",
    }
)
"""Rung of the ladder -> what a reader calls it; `unknown` occurs for fees only."""

QueueBasis = Literal["post", "frontier", "none"]
MONTHS = tuple(range(1, 13))
BORDER_STATUSES = ("open", "restricted", "closed")


@dataclass(frozen=True, slots=True)
class SideTime:
    """Mean hours spent at one side of a post (or in front of it), with what they rest on.

    Parameters
    ----------
    hours : mean over the year
    month_factors : what the mean is multiplied with from January to December, mean 1; empty where no season is known
    """

    hours: float
    rung: Rung
    year: int | None
    source: tuple[str, ...]
    grade: str
    note: str
    month_factors: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Fee:
    """USD per truck paid at one side of a post, unofficial payments included; `usd` None = not known."""

    usd: float | None
    rung: Rung
    year: int | None
    source: tuple[str, ...]
    grade: str
    note: str


@dataclass(frozen=True, slots=True)
class CrossingTime:
    """One direction of a post: queue, exit side, entry side, in the order a truck meets them.

    Measured exit times hold the queue; they are split so that `queue` + `exit_side` is what was measured.
    """

    queue: SideTime
    exit_side: SideTime
    entry_side: SideTime
    exit_fee: Fee
    entry_fee: Fee

    @property
    def hours(self) -> float:
        """Mean hours from the end of the queue to the road beyond."""
        return self.queue.hours + self.exit_side.hours + self.entry_side.hours


@dataclass(frozen=True, slots=True)
class BorderCrossing:
    """A border post and the two countries it joins.

    Parameters
    ----------
    status : ``open``, ``restricted`` or ``closed`` where no dated event says otherwise
    trucks : whether it takes trucks at all
    times : by direction, ``PAK-AFG`` and ``AFG-PAK``
    ferry : the line that joins the two sides where water lies between them; `lon`, `lat` are then its middle
    """

    id: str
    name: str
    country_a: str
    country_b: str
    lon: float
    lat: float
    status: str
    trucks: bool
    status_note: str
    source: tuple[str, ...]
    note: str
    times: Mapping[str, CrossingTime]
    ferry: FerryLine | None = None

    @property
    def directions(self) -> tuple[str, str]:
        """Both directions, ``A-B`` first."""
        return f"{self.country_a}-{self.country_b}", f"{self.country_b}-{self.country_a}"


@dataclass(frozen=True, slots=True)
class MeasuredTime:
    """A published time or fee of one side of a post: a row of crossing_times.csv.

    Parameters
    ----------
    kind : ``tfi1`` (CPMM, entry to exit of the side), ``queue``, ``plan`` or ``throughput``
    use : ``yes``, ``spike`` (a pandemic year, shown but not used) or ``no``; the note says why
    """

    crossing: str
    side: str
    movement: str
    direction: str
    hours: float | None
    fee_usd: float | None
    kind: str
    condition: str
    year: int | None
    source: tuple[str, ...]
    grade: str
    use: str
    note: str


@dataclass(frozen=True, slots=True)
class QueueEstimate:
    """Queue and formalities in front of a post on ordinary and on congested days, h.

    Parameters
    ----------
    evidence : ``post`` (seen at this post), ``frontier`` (at others of its frontier) or ``none`` (a judgement)
    congested_share : share of congested days in the congested months; in the others there are none
    congested_months : 1 to 12; all where no season is known
    """

    crossing: str
    direction: str
    evidence: QueueBasis
    ordinary_h: float
    congested_h: float
    congested_share: float
    congested_months: tuple[int, ...]
    source: tuple[str, ...]
    grade: str
    note: str

    @property
    def month_h(self) -> tuple[float, ...]:
        """Mean over ordinary and congested days of each month, January first, h."""
        congested_h = self.ordinary_h * (1 - self.congested_share) + self.congested_h * self.congested_share
        return tuple(congested_h if month in self.congested_months else self.ordinary_h for month in MONTHS)

    @property
    def mean_h(self) -> float:
        """Mean over the year, h."""
        return fsum(self.month_h) / len(MONTHS)
