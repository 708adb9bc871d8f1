"""Hours of a chain: driving, road stops, drivers' rest, and the posts (model.md 1 to 3)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate
from math import fsum

from corridor.costs.border import Passage, SeaPassage
from corridor.costs.drivers_hours import Shift, rest_h
from corridor.costs.ledger import TimeRow
from corridor.costs.stretches import PostStage, PricedStage, RoadStage
from corridor.costs.tariff import Tariff
from corridor.costs.timetable import Segment, plan_trips
from corridor.evidence import CrossingTime

Rests = Sequence[Sequence[float]]
"""Rest in each segment of each stage of a chain, h."""


def time_rows(stages: Sequence[PricedStage], *, rests_h: Rests | None = None) -> tuple[TimeRow, ...]:
    """Every hour from door to door, in order of travel; rest comes last, each hour where it is taken.

    Parameters
    ----------
    rests_h : the chain's own, as from `chain_rests_h`, where it is at hand
    """
    rows = [row for number, stage in enumerate(stages) for row in _stage_rows(number, stage)]
    return (*rows, *_rest_rows(stages, chain_rests_h([stages])[0] if rests_h is None else rests_h))


def chain_rests_h(chains: Sequence[Sequence[PricedStage]]) -> list[Rests]:
    """Rest of some chains that no wait replaces, all planned at once."""
    segments = [[_segments(stage) for stage in stages] for stages in chains]
    plan = plan_trips([[segment for stage in chain for segment in stage] for chain in segments])
    return [
        [rests[last - len(stage) : last] for stage, last in zip(chain, _ends(chain), strict=True)]
        for chain, rests in zip(segments, plan.rest_h.tolist(), strict=True)
    ]


def smooth_rests_h(stages: Sequence[PricedStage]) -> Iterator[tuple[Tariff, float]]:
    """Rest of each tractor's crew by the smooth rule (model.md 2.4), with the tariff that pays it."""
    for first, last in _crews(stages):
        if first < last:
            yield stages[first].tariff, _smooth_rest_h(stages[first:last])


def _crews(stages: Sequence[PricedStage]) -> Iterator[tuple[int, int]]:
    """Runs of stages under one tractor, as half-open ranges; the post of the change belongs to the first."""
    first = 0
    for number, stage in enumerate(stages):
        if isinstance(stage, PostStage) and stage.passage.plate_after != stage.passage.plate_before:
            yield first, number + 1
            first = number + 1
    yield first, len(stages)


def _smooth_rest_h(stages: Sequence[PricedStage]) -> float:
    """max(0, R - what the waits replace) of one crew."""
    shifts = [
        Shift(stage.tariff.rules(stretch.country), stretch.drive_h)
        for stage in stages
        if isinstance(stage, RoadStage)
        for stretch in stage.stretches
    ]
    posts = (stage for stage in stages if isinstance(stage, PostStage))
    replaced_h = fsum(stage.tariff.absorption.absorbed_h(stage.passage.wait_h) for stage in posts)
    return max(0.0, rest_h(shifts) - replaced_h)


def _ends(chain: Sequence[Sequence[Segment]]) -> Iterator[int]:
    """Number of the segment after the last of each stage."""
    return accumulate(len(stage) for stage in chain)


def _segments(stage: PricedStage) -> list[Segment]:
    """A stage as its crew meets it: the wait at a post, or each stretch of road; at sea and under a ban it is free."""
    tariff = stage.tariff
    if isinstance(stage, PostStage):
        return [post_segment(stage)]
    return [
        Segment(
            rules=tariff.rules(stretch.country),
            drive_h=stretch.drive_h,
            stop_h=stretch.road_km * tariff.stop_h_per_km(stretch.country).known,
            wait_h=stretch.ferry_h + stage.ban_wait(number).known,
            free_h=stretch.ferry_h + stage.ban_wait(number).known,
        )
        for number, stretch in enumerate(stage.stretches)
    ]


def post_segment(stage: PostStage) -> Segment:
    """The wait at a post; a rest there has to be one by the rules of the country ahead."""
    passage, tariff = stage.passage, stage.tariff
    is_changed = passage.plate_after != passage.plate_before
    return Segment(
        rules=tariff.rules(passage.country_entered),
        wait_h=passage.wait_h,
        free_h=0.0 if is_changed else _free_h(stage),
        is_crew_changed=is_changed,
    )


def _free_h(stage: PostStage) -> float:
    """Hours of a wait that are free of duties: all at sea and before a shut post, a share of the others."""
    passage = stage.passage
    idle_h = passage.rest_h + passage.shut_h
    return stage.tariff.queue_rest_share.known * (passage.wait_h - idle_h) + idle_h


def _stage_rows(number: int, stage: PricedStage) -> list[TimeRow]:
    if isinstance(stage, RoadStage):
        return _road_rows(number, stage)
    return _post_rows(number, stage)


def _road_rows(number: int, stage: RoadStage) -> list[TimeRow]:
    rows = []
    for place, stretch in enumerate(stage.stretches):
        stops, ban = stage.tariff.stop_h_per_km(stretch.country), stage.ban_wait(place)
        stops_h = stretch.road_km * stops.known
        rows.append(TimeRow(number, stretch.country, "drive", stretch.drive_h, stretch.speed_basis))
        rows.append(TimeRow(number, stretch.country, "road_stops", stops_h, stops.basis))
        if ban.known > 0:
            rows.append(TimeRow(number, stretch.country, "ban_wait", ban.known, ban.basis))
        if stretch.ferry_km:
            rows.append(TimeRow(number, stretch.country, "ferry", stretch.ferry_h, ()))
    return rows


def _post_rows(number: int, stage: PostStage) -> list[TimeRow]:
    passage = stage.passage
    left, entered, times = passage.country_left, passage.country_entered, passage.times
    place = f"crossings.{passage.crossing_id}.{passage.direction}"
    rows = [
        TimeRow(number, left, "border_queue", times.queue.hours, _queue_basis(place, times)),
        *_shut_rows(number, passage),
        TimeRow(number, left, "exit_side", times.exit_side.hours, (f"{place}.exit_side_h",)),
        *_sea_rows(number, left, passage.sea),
        TimeRow(number, entered, "entry_side", times.entry_side.hours, (f"{place}.entry_side_h",)),
    ]
    if passage.plate_after != passage.plate_before:
        rows.append(TimeRow(number, left, "swap", passage.swap.known, passage.swap.basis))
    return rows


def _queue_basis(place: str, times: CrossingTime) -> tuple[str, ...]:
    season = (f"{place}.queue_month_factor",) if times.queue.month_factors else ()
    return (f"{place}.queue_h", *season)


def _shut_rows(number: int, passage: Passage) -> list[TimeRow]:
    """Waiting for a post that is shut, where any is known of."""
    hours = {
        "opening_wait": passage.opening_wait,
        "closure_wait": passage.closure_wait,
        "holiday_wait": passage.holiday_wait,
    }
    return [
        TimeRow(number, passage.country_left, component, part.known, part.basis)
        for component, part in hours.items()
        if part.known > 0
    ]


def _sea_rows(number: int, country: str, sea: SeaPassage | None) -> list[TimeRow]:
    """Waiting for a ferry and sailing on it, both in the country left."""
    if sea is None:
        return []
    hours = {"ferry_wait": sea.wait, "ferry": sea.sail}
    return [TimeRow(number, country, component, part.known, part.basis) for component, part in hours.items()]


def _rest_rows(stages: Sequence[PricedStage], rests_h: Rests) -> list[TimeRow]:
    """Rest of each stretch and post, where there is any."""
    return [
        TimeRow(number, country, "driver_rest", rest_h, _rest_basis(stage.tariff, country))
        for number, (stage, rests) in enumerate(zip(stages, rests_h, strict=True))
        for country, rest_h in zip(_countries(stage), rests, strict=True)
        if rest_h > 0
    ]


def _countries(stage: PricedStage) -> list[str]:
    """Country whose rules hold in each segment of a stage."""
    if isinstance(stage, RoadStage):
        return [stretch.country for stretch in stage.stretches]
    return [stage.passage.country_entered]


def _rest_basis(tariff: Tariff, country: str) -> tuple[str, ...]:
    keys = (f"driver_rules.{tariff.rules(country).id}", f"countries.{country}.aetr")
    return (*keys, *tariff.queue_rest_share.basis)
