"""The departure calendar: days and USD of fixed chains for every week of a year (model.md 8, F7)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from math import fsum
from typing import TYPE_CHECKING

from corridor.analysis.assessment import Assessment
from corridor.analysis.calendar import DatedWay, WayByDay
from corridor.analysis.dated_posts import posts_by_day, steps_of_option
from corridor.analysis.seasons import DatedWays, Season, find_seasons, posts_without_season
from corridor.analysis.trip import Trip, build_trip
from corridor.futures.dated_figures import DatedFigures, draw_dated
from corridor.network.roads import RoadNetwork

if TYPE_CHECKING:
    import pandas as pd

WEEKS = 52
DAYS_PER_WEEK = 7


@dataclass(frozen=True, slots=True)
class ShutPost:
    """A post that a truck could not pass on the day on which it would reach it; `source` are source keys."""

    crossing_id: str
    direction: str
    reached: date
    reason: str
    source: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CalendarCell:
    """One option for the trucks that leave in one week, as many on each day.

    Parameters
    ----------
    p50_days, p95_days : door to door; half and 95 % of the futures take no longer
    mean_usd : known money per truck, a lower bound where `is_lower_bound`
    mean_generalised_usd : by which the best option of a week is found
    ban_h : mean hours lost to bans on trucks, a part of the days
    closed_days : key of closed days that some of the trucks meet -> mean hours lost at that post, a part of the days
    blocked_share : share of the futures in which the truck waits for a closure that began after its departure
    shut_posts : empty when the way is open; otherwise the figures are as if they could be passed
    """

    label: str
    departure: date
    p50_days: float
    p95_days: float
    mean_usd: float
    mean_generalised_usd: float
    is_lower_bound: bool
    blocked_share: float
    ban_h: float
    closed_days: Mapping[str, float]
    shut_posts: tuple[ShutPost, ...]

    @property
    def is_open(self) -> bool:
        """Whether every post can be passed on the day it is reached."""
        return not self.shut_posts


@dataclass(frozen=True, slots=True)
class DepartureCalendar:
    """Options by day of departure; cells in the order of departures, then of labels.

    Parameters
    ----------
    seasons : all that moves the days of an open way over the year, in the order in which options pass them
    posts_without_season : posts on the ways whose hours are taken to be the same all year, because nobody knows better
    known_until : day up to which the tables know of closures; later weeks have the last known state
    """

    departures: tuple[date, ...]
    labels: tuple[str, ...]
    cells: tuple[CalendarCell, ...]
    seasons: tuple[Season, ...]
    posts_without_season: tuple[str, ...]
    known_until: date

    def week(self, departure: date) -> tuple[CalendarCell, ...]:
        """All options of one day of departure."""
        return tuple(cell for cell in self.cells if cell.departure == departure)

    def row(self, label: str) -> tuple[CalendarCell, ...]:
        """One option on all days of departure."""
        return tuple(cell for cell in self.cells if cell.label == label)

    def best(self, departure: date) -> CalendarCell | None:
        """The open option of least mean generalised cost; None where all are closed."""
        open_cells = [cell for cell in self.week(departure) if cell.is_open]
        return min(open_cells, key=lambda cell: cell.mean_generalised_usd, default=None)

    @property
    def overtaken(self) -> tuple[CalendarCell, ...]:
        """Cells whose truck the next week's truck of the same option overtakes, by P50: a falling season would."""
        pairs = (pair for label in self.labels for pair in pairwise(self.row(label)))
        return tuple(
            cell for cell, later in pairs if later.p50_days + (later.departure - cell.departure).days < cell.p50_days
        )

    def to_frame(self) -> pd.DataFrame:
        """One row per option and departure."""
        import pandas as pd

        best = {departure: self.best(departure) for departure in self.departures}
        return pd.DataFrame([_record(cell, is_best=cell is best[cell.departure]) for cell in self.cells])


def departure_calendar(assessment: Assessment, roads: RoadNetwork, *, weeks: int = WEEKS) -> DepartureCalendar:
    """The options of a run week by week, for trucks that leave on each day of it, over the scenario's futures.

    Parameters
    ----------
    assessment : gives the chains of posts; each keeps to its posts all year
    roads : the network of the scenario
    weeks : how many, the first from the scenario's day

    Notes
    -----
    All cells meet the same futures, so that cells of one option differ by season, closed days and closures alone.
    Whether a post is open is told for the first day of the week. Options that are closed in all weeks are left out.
    """
    trip = build_trip(assessment.scenario, assessment.evidence, roads)
    departures = tuple(trip.departure + timedelta(days=DAYS_PER_WEEK * week) for week in range(weeks))
    dated = _dated_ways(assessment, trip, departures)
    drawn = draw_dated(assessment, dated)
    return DepartureCalendar(
        departures=departures,
        labels=tuple(dated),
        cells=tuple(
            _cell(label, dated[label][week], drawn[label, id(dated[label][week].ledger)])
            for week in range(weeks)
            for label in dated
        ),
        seasons=find_seasons(dated, assessment.evidence),
        posts_without_season=posts_without_season(dated, assessment.evidence),
        known_until=assessment.evidence.as_of,
    )


def _dated_ways(assessment: Assessment, trip: Trip, departures: Sequence[date]) -> DatedWays:
    """The ways of each option that is open in some week."""
    posts = posts_by_day(trip)
    ways = {
        option.label: WayByDay(trip, posts, steps_of_option(option, trip), DAYS_PER_WEEK)
        for option in assessment.all_options
    }
    dated = {label: [way.on(day) for day in departures] for label, way in ways.items()}
    return {label: row for label, row in dated.items() if any(way.is_open for way in row)}


def _cell(label: str, way: DatedWay, figures: DatedFigures) -> CalendarCell:
    shut = (
        ShutPost(visit.crossing_id, visit.direction, visit.day, visit.refusal.reason, visit.refusal.source)
        for visit in way.visits
        if visit.refusal
    )
    return CalendarCell(
        label=label,
        departure=way.departures.first,
        is_lower_bound=way.ledger.is_lower_bound,
        ban_h=fsum(row.hours for row in way.ledger.time if row.component == "ban_wait"),
        closed_days=_closed_days_met(way),
        shut_posts=tuple(shut),
        **figures._asdict(),
    )


def _closed_days_met(way: DatedWay) -> dict[str, float]:
    rows = (row for row in way.ledger.time if row.component == "holiday_wait")
    return {key: row.hours for row in rows for key in row.basis if key.startswith("closed_days.")}


def _record(cell: CalendarCell, *, is_best: bool) -> Mapping[str, object]:
    """A row of the data frame."""
    return {
        "option": cell.label,
        "departure": cell.departure,
        "p50_days": cell.p50_days,
        "p95_days": cell.p95_days,
        "mean_usd": cell.mean_usd,
        "is_lower_bound": cell.is_lower_bound,
        "mean_generalised_usd": cell.mean_generalised_usd,
        "blocked_share": cell.blocked_share,
        "closed_days_h": fsum(cell.closed_days.values()),
        "ban_h": cell.ban_h,
        "is_best": is_best,
        "shut_posts": "; ".join(post.crossing_id for post in cell.shut_posts),
        "shut_because": "; ".join(post.reason for post in cell.shut_posts),
    }
