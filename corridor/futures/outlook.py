"""What the futures say of a run, as its report shows it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace

from corridor.analysis.assessment import Assessment
from corridor.analysis.comparison import Comparison
from corridor.analysis.replay import Replay, replay
from corridor.analysis.trip import build_trip
from corridor.futures.bands import Band, draw_bands
from corridor.futures.breakeven_study import BreakEvenStudy, study_break_evens
from corridor.futures.calendar import DepartureCalendar, departure_calendar
from corridor.futures.criticality import CriticalityStudy, study_criticality
from corridor.futures.draws import first_draws
from corridor.futures.factors import Factors
from corridor.futures.rerouting import check_trip
from corridor.futures.route_check import RouteCheck
from corridor.futures.sensitivity import Sensitivity, find_sensitivity
from corridor.futures.study import FuturesStudy, study_futures
from corridor.network.roads import RoadNetwork

Progress = Callable[[str], None]

CHECKED_FUTURES = 64
"""Futures in which all roads are searched anew (model.md 6.8)."""


REPLAYED_YEARS = 3
"""Years before the tables end of which a report replays the closures."""


@dataclass(frozen=True)
class Outlook:
    """The parts of a report that look ahead; a part that was not asked for is empty.

    Parameters
    ----------
    bands : of each option along its way, by its label
    study : reliability, ranks and regret of the open options
    sensitivity : what would change which of two options is the better one; None with one option
    break_evens : how far single numbers would have to move for that; None with one option
    criticality : what each post and leg is worth to the trip
    calendar : days by week of departure
    replay : past closures
    route_check : the ways of the run against all roads, in some futures
    baseline : what differs from the scenario that the run starts from; None where it starts from none
    """

    bands: Mapping[str, Band] = field(default_factory=dict)
    study: FuturesStudy | None = None
    sensitivity: Sensitivity | None = None
    break_evens: BreakEvenStudy | None = None
    criticality: CriticalityStudy | None = None
    calendar: DepartureCalendar | None = None
    replay: Replay | None = None
    route_check: RouteCheck | None = None
    baseline: Comparison | None = None


def look_ahead(
    assessment: Assessment,
    roads: RoadNetwork,
    *,
    progress: Progress,
    second: Executor | None = None,
    meanwhile: Callable[[Outlook], None] | None = None,
) -> Outlook:
    """Every part for the options of a run.

    Parameters
    ----------
    roads : those of the run
    second : a process that finds what would change the answer, and replays closures, while this one does the rest
    meanwhile : given all but the past while the second process replays closures, which takes it longer
    """
    outlook = draw_outlook(assessment, progress=progress, second=second)
    apart = second.submit(_go_back, assessment, roads) if second else None
    progress("leaving in every week of a year")
    calendar = departure_calendar(assessment, roads)
    progress("closing posts and legs in turn")
    trip = build_trip(assessment.scenario, assessment.evidence, roads)
    outlook = replace(outlook, criticality=study_criticality(trip, assessment.options), calendar=calendar)
    if meanwhile:
        meanwhile(outlook)
    progress("replaying past closures")
    replayed, check = apart.result() if apart else _go_back(assessment, roads)
    return replace(outlook, replay=replayed, route_check=check)


def _go_back(assessment: Assessment, roads: RoadNetwork) -> tuple[Replay, RouteCheck]:
    """What past closures cost, and whether other roads would be better than those of the run."""
    trip = build_trip(assessment.scenario, assessment.evidence, roads)
    check = check_trip(trip, assessment.options, draws=CHECKED_FUTURES, has_luck=False)
    as_of = assessment.evidence.as_of
    return replay(assessment, roads, since=as_of.replace(year=as_of.year - REPLAYED_YEARS, day=1)), check


def draw_outlook(assessment: Assessment, *, progress: Progress, second: Executor | None = None) -> Outlook:
    """The parts that need no roads: how sure the options are, and what would change their order.

    Parameters
    ----------
    second : a process that finds what would change it while this one finds how sure it is
    """
    scenario = assessment.scenario
    draws = first_draws(scenario)
    progress(f"drawing {draws.n:,} futures, more where the ranking has not settled")
    apart = second.submit(_find_changes, assessment) if second else None
    bands = draw_bands(assessment.all_options, Factors(assessment.evidence, draws), scenario)
    study = study_futures(assessment)
    sensitivity, break_evens = apart.result() if apart else _find_changes(assessment)
    return Outlook(bands=bands, study=study, sensitivity=sensitivity, break_evens=break_evens)


def _find_changes(assessment: Assessment) -> tuple[Sensitivity | None, BreakEvenStudy | None]:
    """What would change which of two options is the better one, and how far it would have to move."""
    if len(assessment.options) < 2:
        return None, None
    sensitivity = find_sensitivity(assessment)
    return sensitivity, study_break_evens(assessment, sensitivity.tornado)
