"""Posts and roads as a truck finds them on the day it gets there: season, closures, holidays, bans (model.md 8)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from math import floor, fsum

from corridor.costs.border import Passage
from corridor.costs.closed_days import ban_wait, holiday_wait
from corridor.costs.closures import HOURS_PER_DAY
from corridor.costs.departures import Departures
from corridor.costs.drivers_hours import Shift, accrued_rest_h
from corridor.costs.shut_posts import closure_wait
from corridor.costs.stretches import PricedStage, RoadStage, Stretch
from corridor.costs.tariff import Amount, Tariff
from corridor.evidence import MONTHS

TRIP_DAYS_MAX = 60
"""How many days after departure a post may be reached; bounds the season that a search has to reckon with."""


def on_arrival(stages: Sequence[PricedStage], leaves: Departures) -> tuple[PricedStage, ...]:
    """The stages as they are when the truck comes.

    Notes
    -----
    The hour of arrival is reckoned with rest by the smooth rule (model.md 2.4), which may be a day off the timetable;
    a season moves by a few per cent in a day.
    """
    met: list[PricedStage] = []
    clock_h = 0.0
    for stage in stages:
        if isinstance(stage, RoadStage):
            met.append(_road_on_arrival(stage, leaves.first, clock_h))
            clock_h += _road_h(stage)
        else:
            passage = passage_on_arrival(stage.passage, stage.tariff, leaves, clock_h=clock_h)
            clock_h += passage.wait_h - stage.tariff.absorption.absorbed_h(passage.wait_h)
            met.append(replace(stage, passage=passage) if passage is not stage.passage else stage)
    return tuple(met)


def passage_on_arrival(passage: Passage, tariff: Tariff, leaves: Departures, *, clock_h: float) -> Passage:
    """A passage so many hours after departure; the same one where no season, closure or closed day is known."""
    factors = passage.times.queue.month_factors
    closed = closure_wait(tariff, passage.crossing_id, days_ahead=clock_h / HOURS_PER_DAY)
    work_h = passage.times.exit_side.hours
    holiday = holiday_wait(tariff, passage.crossing_id, leaves, clock_h=clock_h, work_h=work_h)
    if not factors and not closed.known and not holiday.known:
        return passage
    factor = month_factor(factors, leaves.first + timedelta(hours=clock_h)) if factors else 1.0
    return replace(_with_queue(passage, tariff, factor), closure_wait=closed, holiday_wait=holiday)


def least_passage(passage: Passage, tariff: Tariff, departure: date) -> Passage:
    """The passage at the least that it can take on a trip of up to `TRIP_DAYS_MAX` days."""
    factors = passage.times.queue.month_factors
    if not factors:
        return passage
    days = (departure + timedelta(days=day) for day in range(TRIP_DAYS_MAX + 1))
    return _with_queue(passage, tariff, min(month_factor(factors, day) for day in days))


def month_factor(factors: Sequence[float], day: date) -> float:
    """Factor on a day, from the middle of one month to the middle of the next in a straight line (model.md 8).

    Parameters
    ----------
    factors : twelve, January first

    Examples
    --------
    >>> month_factor([1.0] * 10 + [1.0, 2.0], date(2026, 12, 1))  # half way from mid-November to mid-December
    1.5
    """
    (first, weight_first), (second, weight_second) = month_weights(day)
    return weight_first * factors[first - 1] + weight_second * factors[second - 1]


def month_weights(day: date) -> tuple[tuple[int, float], tuple[int, float]]:
    """The two months whose middles lie around a day, with their weights."""
    first_of_month = day.replace(day=1)
    days_in_month = ((first_of_month + timedelta(days=31)).replace(day=1) - first_of_month).days
    position = day.month - 1 + (day.day - 1) / days_in_month - 0.5
    before = floor(position)
    weight = position - before
    count = len(MONTHS)
    return (MONTHS[before % count], 1 - weight), (MONTHS[(before + 1) % count], weight)


def _with_queue(passage: Passage, tariff: Tariff, factor: float) -> Passage:
    queue = replace(passage.times.queue, hours=passage.times.queue.hours * factor)
    return replace(
        passage,
        times=replace(passage.times, queue=queue),
        idle_l=queue.hours * tariff.idle_l_per_queue_h.known,
    )


def _road_on_arrival(stage: RoadStage, departure: date, clock_h: float) -> RoadStage:
    """A leg with the bans of the months in which its stretches are driven; the same one where there are none."""
    bans: list[Amount] = []
    for stretch in stage.stretches:
        on_road_h = _stretch_h(stage, stretch)
        bans.append(
            ban_wait(
                stage.tariff.truck_bans(stretch.country),
                gross_mass_t=stage.tariff.gross_mass_t,
                month=(departure + timedelta(hours=clock_h)).month,
                on_road_h=on_road_h,
            )
        )
        clock_h += on_road_h
    waits = tuple(bans) if any(ban.known for ban in bans) else ()
    return replace(stage, ban_waits=waits) if waits != stage.ban_waits else stage


def _road_h(stage: RoadStage) -> float:
    """Hours of a leg with the rest that its driving brings due."""
    return fsum(_stretch_h(stage, stretch) for stretch in stage.stretches)


def _stretch_h(stage: RoadStage, stretch: Stretch) -> float:
    stops_h = stretch.road_km * stage.tariff.stop_h_per_km(stretch.country).known
    rest_h = accrued_rest_h(Shift(stage.tariff.rules(stretch.country), stretch.drive_h))
    return stretch.drive_h + stretch.ferry_h + stops_h + rest_h
