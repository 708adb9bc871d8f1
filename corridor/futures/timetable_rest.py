"""Drivers' rest of an option in every future, by a timetable of its own in each (model.md 2.3)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from corridor.analysis.assessment import Option
from corridor.costs.driver_clock import rule_hours
from corridor.costs.ledger import TimeRow
from corridor.costs.tariff import Tariff
from corridor.costs.timetable import Piece, plan_pieces

Floats = NDArray[np.float64]
HoursOf = Callable[[TimeRow], Floats]

SCHEDULES_IN_FUTURES = 4
"""Schedules that go on from each wait: 32 find 0.5 % less rest and take six times as long."""

FREE = ("opening_wait", "closure_wait", "holiday_wait", "ferry")
"""Components of a wait that are free of duties: before a shut post, and at sea."""


def timetable_rest_h(
    option: Option, hours_of: HoursOf, tariff: Tariff, *, futures: int, schedules: int = SCHEDULES_IN_FUTURES
) -> Floats:
    """Rest that no wait replaces, shape (futures,).

    Parameters
    ----------
    hours_of : hours of a row of the ledger in each future, shape (futures,); never asked of rest
    """
    pieces = list(_pieces(option, hours_of, tariff))
    return np.asarray(plan_pieces(pieces, trips=futures, schedules=schedules).rest_h.sum(axis=1))


def _pieces(option: Option, hours_of: HoursOf, tariff: Tariff) -> Iterator[Piece]:
    changes = {stage - 1 for stage, _ in option.plates if stage}
    for number, stage in enumerate(option.stages):
        rows = [row for row in option.ledger.time if row.stage == number and row.component != "driver_rest"]
        if stage.kind == "post":
            country = stage.direction.split("-")[1]
            yield _post_piece(rows, hours_of, tariff, country, is_crew_changed=number in changes)
        else:
            yield from _road_pieces(rows, hours_of, tariff)


def _road_pieces(rows: Sequence[TimeRow], hours_of: HoursOf, tariff: Tariff) -> Iterator[Piece]:
    """One for each stretch, whose rows stand together: driving first, then stops, bans and hours at sea."""
    starts = [place for place, row in enumerate(rows) if row.component == "drive"]
    for first, last in zip(starts, [*starts[1:], len(rows)], strict=True):
        hours = {row.component: hours_of(row)[:, None] for row in rows[first:last]}
        nothing_h = np.zeros_like(hours["drive"])
        free_h = hours.get("ferry", nothing_h) + hours.get("ban_wait", nothing_h)
        yield Piece(
            rules=rule_hours([tariff.rules(rows[first].country)]),
            drive_h=hours["drive"],
            stop_h=hours.get("road_stops", nothing_h),
            wait_h=free_h,
            free_h=free_h,
            is_crew_changed=np.zeros((1, 1), dtype=bool),
        )


def _post_piece(
    rows: Sequence[TimeRow], hours_of: HoursOf, tariff: Tariff, country: str, *, is_crew_changed: bool
) -> Piece:
    """The wait at a post; a rest there has to be one by the rules of the country ahead."""
    idle_h = sum((hours_of(row) for row in rows if row.component in FREE), np.zeros(1))
    busy_h = sum((hours_of(row) for row in rows if row.component not in FREE), np.zeros(1))
    wait_h = (idle_h + busy_h)[:, None]
    free_h = (idle_h + tariff.queue_rest_share.known * busy_h)[:, None]
    return Piece(
        rules=rule_hours([tariff.rules(country)]),
        drive_h=np.zeros_like(wait_h),
        stop_h=np.zeros_like(wait_h),
        wait_h=wait_h,
        free_h=np.zeros_like(wait_h) if is_crew_changed else free_h,
        is_crew_changed=np.full((1, 1), is_crew_changed),
    )
