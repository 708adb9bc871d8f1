"""Hours of a chain: driving, road stops, drivers' rest, and the posts (model.md 1 to 3)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import fsum

from corridor.costs.drivers_hours import Shift, accrued_rest_h, rest_h
from corridor.costs.ledger import TimeRow
from corridor.costs.stretches import PostStage, PricedStage, RoadStage
from corridor.costs.tariff import Tariff


def time_rows(stages: Sequence[PricedStage]) -> tuple[TimeRow, ...]:
    """Every hour from door to door, in order of travel; rest comes last, spread over the driving that brings it due.

    Notes
    -----
    Rest of one tractor's drivers: max(0, R - absorption of the waits), model.md 2.4. A change of tractor
    begins with rested drivers.
    """
    rows = [row for number, stage in enumerate(stages) for row in _stage_rows(number, stage)]
    rest = [row for first, last in crews(stages) for row in _rest_rows(stages, first, last)]
    return (*rows, *rest)


def crews(stages: Sequence[PricedStage]) -> Iterator[tuple[int, int]]:
    """Runs of stages under one tractor, as half-open ranges; the post of the change belongs to the first."""
    first = 0
    for number, stage in enumerate(stages):
        if isinstance(stage, PostStage) and stage.passage.plate_after != stage.passage.plate_before:
            yield first, number + 1
            first = number + 1
    yield first, len(stages)


def crew_rest_h(stages: Sequence[PricedStage]) -> float:
    """Hours of rest that one tractor's drivers take on the road, what the waits replace deducted."""
    return max(0.0, rest_h(_shifts(stages)) - _rested_h(stages))


def _rested_h(stages: Sequence[PricedStage]) -> float:
    """Rest that the waits at posts can replace."""
    posts = (stage for stage in stages if isinstance(stage, PostStage))
    return fsum(stage.tariff.absorption.absorbed_h(stage.passage.wait_h) for stage in posts)


def _shifts(stages: Sequence[PricedStage]) -> list[Shift]:
    return [
        Shift(stage.tariff.rules(stretch.country), stretch.drive_h)
        for stage in stages
        if isinstance(stage, RoadStage)
        for stretch in stage.stretches
    ]


def _stage_rows(number: int, stage: PricedStage) -> list[TimeRow]:
    if isinstance(stage, RoadStage):
        return _road_rows(number, stage)
    return _post_rows(number, stage)


def _road_rows(number: int, stage: RoadStage) -> list[TimeRow]:
    rows = []
    for stretch in stage.stretches:
        stops = stage.tariff.stop_h_per_km(stretch.country)
        stops_h = stretch.road_km * stops.known
        rows.append(TimeRow(number, stretch.country, "drive", stretch.drive_h, stretch.speed_basis))
        rows.append(TimeRow(number, stretch.country, "road_stops", stops_h, stops.basis))
        if stretch.ferry_km:
            rows.append(TimeRow(number, stretch.country, "ferry", stretch.ferry_h, ()))
    return rows


def _post_rows(number: int, stage: PostStage) -> list[TimeRow]:
    passage = stage.passage
    left, entered, times = passage.country_left, passage.country_entered, passage.times
    place = f"crossings.{passage.crossing_id}.{passage.direction}"
    rows = [
        TimeRow(number, left, "border_queue", times.queue.hours, (f"{place}.queue_h",)),
        TimeRow(number, left, "exit_side", times.exit_side.hours, (f"{place}.exit_side_h",)),
        TimeRow(number, entered, "entry_side", times.entry_side.hours, (f"{place}.entry_side_h",)),
    ]
    if passage.plate_after != passage.plate_before:
        rows.append(TimeRow(number, left, "swap", passage.swap.known, passage.swap.basis))
    return rows


def _rest_rows(stages: Sequence[PricedStage], first: int, last: int) -> list[TimeRow]:
    """The crew's rest, spread over the stretches in proportion to the rest that each brings due."""
    total_h = crew_rest_h(stages[first:last])
    due = [
        (
            number,
            stretch.country,
            accrued_rest_h(Shift(stage.tariff.rules(stretch.country), stretch.drive_h)),
            stage,
        )
        for number, stage in enumerate(stages[first:last], start=first)
        if isinstance(stage, RoadStage)
        for stretch in stage.stretches
    ]
    due_h = fsum(hours for _, _, hours, _ in due)
    if due_h == 0:
        return []
    return [
        TimeRow(number, country, "driver_rest", total_h * hours / due_h, _rest_basis(stage.tariff, country))
        for number, country, hours, stage in due
    ]


def _rest_basis(tariff: Tariff, country: str) -> tuple[str, ...]:
    names = ("queue_rest_share", "queue_absorption_share", "absorption_cap_h")
    keys = (tariff.evidence.parameter(name, "*").key for name in names)
    return (f"driver_rules.{tariff.rules(country).id}", *keys)
