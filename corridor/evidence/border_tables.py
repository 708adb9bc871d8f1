"""Reads crossings.csv, crossing_times.csv, queue_estimates.csv, events.csv and eligibility.csv."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import cast

from corridor.evidence.crossings import (
    BORDER_STATUSES,
    MONTHS,
    BorderCrossing,
    MeasuredTime,
    QueueBasis,
    QueueEstimate,
)
from corridor.evidence.faults import Fault, disordered, outside, unknown_names
from corridor.evidence.numbers_tables import GRADE, NOTE, SOURCE
from corridor.evidence.places import Country
from corridor.evidence.places_tables import check_positions
from corridor.evidence.rules import TRANSIT, Effect, EligibilityRule, Event, Rule, plate_groups
from corridor.evidence.sources import Source
from corridor.tables import Column, Row, read_table

POST_OFF_THE_NETWORK = "post not on the network"
"""Begins the note of a time row that is kept though its post is not in crossings.csv."""

CROSSING_COLUMNS = (
    Column("id"),
    Column("name"),
    Column("country_a"),
    Column("country_b"),
    Column("lon", "number"),
    Column("lat", "number"),
    Column("status", choices=BORDER_STATUSES),
    Column("trucks", "yes_no"),
    Column("status_note", optional=True),
    SOURCE,
    NOTE,
)
TIME_COLUMNS = (
    Column("crossing"),
    Column("side", optional=True),
    Column("movement", optional=True, choices=("exit", "entry")),
    Column("direction"),
    Column("hours", "number", optional=True),
    Column("fee_usd", "number", optional=True),
    Column("kind", choices=("tfi1", "queue", "plan", "throughput")),
    Column("condition", optional=True),
    Column("year", "year"),
    SOURCE,
    GRADE,
    Column("use", choices=("yes", "spike", "no")),
    NOTE,
)
QUEUE_COLUMNS = (
    Column("crossing"),
    Column("direction"),
    Column("evidence", choices=("post", "frontier", "none")),
    Column("ordinary_h", "number"),
    Column("congested_h", "number"),
    Column("congested_share", "number"),
    Column("congested_months", "list", optional=True),
    SOURCE,
    GRADE,
    NOTE,
)
EVENT_COLUMNS = (
    Column("crossing"),
    Column("effect", choices=("closed", "restricted", "open", "queue")),
    Column("plates"),
    Column("start", "date"),
    Column("end", "date", optional=True),
    Column("date_precision", choices=("day", "week", "month", "year")),
    NOTE,
    SOURCE,
    Column("confidence"),
)
ELIGIBILITY_COLUMNS = (
    Column("plate"),
    Column("country"),
    Column("entered_from", optional=True),
    Column("from", "date", optional=True),
    Column("to", "date", optional=True),
    Column("rule", choices=("drive", "swap", "transload", "refuse")),
    SOURCE,
    GRADE,
    NOTE,
)


def read_crossings(
    path: Path, sources: Mapping[str, Source], countries: Mapping[str, Country]
) -> dict[str, BorderCrossing]:
    """Posts by id, still without times."""

    def check(rows: Sequence[Row]) -> Iterator[Fault]:
        yield from unknown_names(rows, "country_a", countries, "country")
        yield from unknown_names(rows, "country_b", countries, "country")
        yield from unknown_names(rows, "source", sources, "source")
        yield from check_positions(rows)

    rows = read_table(path, CROSSING_COLUMNS, key=("id",), check=check)
    return {row.text("id"): _crossing(row) for row in rows}


def _crossing(row: Row) -> BorderCrossing:
    return BorderCrossing(
        id=row.text("id"),
        name=row.text("name"),
        country_a=row.text("country_a"),
        country_b=row.text("country_b"),
        lon=row.number("lon"),
        lat=row.number("lat"),
        status=row.text("status"),
        trucks=row.is_yes("trucks"),
        status_note=row.text("status_note"),
        source=row.items("source"),
        note=row.text("note"),
        times={},
    )


def _direction_faults(row: Row, crossings: Mapping[str, BorderCrossing]) -> Iterator[Fault]:
    crossing = crossings.get(row.text("crossing"))
    if crossing and row.text("direction") not in crossing.directions:
        expected = " or ".join(crossing.directions)
        yield row.line, f"direction: expected {expected}, got '{row.text('direction')}'"


def _side_faults(row: Row) -> Iterator[Fault]:
    """A row in use must say whose side it is, and that side must be the one its movement means."""
    left, _, entered = row.text("direction").partition("-")
    side_of = {"exit": left, "entry": entered, "": ""}
    expected = side_of[row.text("movement")]
    if row.text("side") != expected:
        yield (
            row.line,
            f"side: expected '{expected}' for movement '{row.text('movement')}', got '{row.text('side')}'",
        )
    if row.text("use") == "yes" and not row.text("movement"):
        yield row.line, "use: a row without a side cannot be used; expected no, got yes"


def read_measured_times(
    path: Path, sources: Mapping[str, Source], crossings: Mapping[str, BorderCrossing], ports: Collection[str] = ()
) -> tuple[MeasuredTime, ...]:
    """Published times and fees of posts and of the ports of ferries, used or not."""

    def check(rows: Sequence[Row]) -> Iterator[Fault]:
        on_network = [
            row for row in rows if row.text("use") != "no" or not row.text("note").startswith(POST_OFF_THE_NETWORK)
        ]
        yield from unknown_names(on_network, "crossing", {*crossings, *ports}, "post")
        yield from unknown_names(rows, "source", sources, "source")
        for row in rows:
            yield from _direction_faults(row, crossings)
            yield from _side_faults(row)
        for column in ("hours", "fee_usd"):
            yield from outside(rows, column, 0.0, float("inf"))

    return tuple(_measured_time(row) for row in read_table(path, TIME_COLUMNS, check=check))


def _measured_time(row: Row) -> MeasuredTime:
    return MeasuredTime(
        crossing=row.text("crossing"),
        side=row.text("side"),
        movement=row.text("movement"),
        direction=row.text("direction"),
        hours=row.maybe_number("hours"),
        fee_usd=row.maybe_number("fee_usd"),
        kind=row.text("kind"),
        condition=row.text("condition"),
        year=row.maybe_whole("year"),
        source=row.items("source"),
        grade=row.text("grade"),
        use=row.text("use"),
        note=row.text("note"),
    )


def read_queue_estimates(
    path: Path, sources: Mapping[str, Source], crossings: Mapping[str, BorderCrossing]
) -> tuple[QueueEstimate, ...]:
    """Queue evidence per post and direction."""

    def check(rows: Sequence[Row]) -> Iterator[Fault]:
        yield from unknown_names(rows, "crossing", crossings, "post")
        yield from unknown_names(rows, "source", sources, "source")
        yield from outside(rows, "congested_share", 0.0, 1.0)
        yield from outside(rows, "ordinary_h", 0.0, float("inf"))
        yield from disordered(rows, ("ordinary_h", "congested_h"))
        for row in rows:
            yield from _direction_faults(row, crossings)
            yield from _month_faults(row)

    rows = read_table(path, QUEUE_COLUMNS, key=("crossing", "direction"), check=check)
    return tuple(
        QueueEstimate(
            crossing=row.text("crossing"),
            direction=row.text("direction"),
            evidence=cast("QueueBasis", row.text("evidence")),
            ordinary_h=row.number("ordinary_h"),
            congested_h=row.number("congested_h"),
            congested_share=row.number("congested_share"),
            congested_months=tuple(int(month) for month in row.items("congested_months")) or MONTHS,
            source=row.items("source"),
            grade=row.text("grade"),
            note=row.text("note"),
        )
        for row in rows
    )


def _month_faults(row: Row) -> Iterator[Fault]:
    months = [str(month) for month in MONTHS]
    for name in row.items("congested_months"):
        if name not in months:
            yield row.line, f"congested_months: expected months from 1 to 12 such as 12;1;2, got '{name}'"


def _backward_dates(rows: Sequence[Row], start: str, end: str) -> Iterator[Fault]:
    for row in rows:
        first, last = row.maybe_day(start), row.maybe_day(end)
        if first and last and last <= first:
            yield row.line, f"{end}: expected a day after {first}, got {last}. Correct the row."


def read_events(
    path: Path,
    sources: Mapping[str, Source],
    countries: Mapping[str, Country],
    crossings: Mapping[str, BorderCrossing],
) -> tuple[Event, ...]:
    """Dated closures, openings, restrictions and queues."""

    def check(rows: Sequence[Row]) -> Iterator[Fault]:
        yield from unknown_names(rows, "crossing", crossings, "post")
        plates = plate_groups(countries) | {TRANSIT + code for code in countries}
        yield from unknown_names(rows, "plates", plates, "plates")
        yield from unknown_names(rows, "source", sources, "source")
        yield from _backward_dates(rows, "start", "end")

    return tuple(_event(row) for row in read_table(path, EVENT_COLUMNS, check=check))


def _event(row: Row) -> Event:
    return Event(
        crossing=row.text("crossing"),
        effect=cast("Effect", row.text("effect")),
        plates=row.text("plates"),
        start=row.day("start"),
        end=row.maybe_day("end"),
        date_precision=row.text("date_precision"),
        note=row.text("note"),
        source=row.items("source"),
        confidence=row.text("confidence"),
    )


def read_eligibility(
    path: Path, sources: Mapping[str, Source], countries: Mapping[str, Country]
) -> tuple[EligibilityRule, ...]:
    """Who may drive where."""

    def check(rows: Sequence[Row]) -> Iterator[Fault]:
        groups = plate_groups(countries)
        yield from unknown_names(rows, "plate", groups, "plate")
        yield from unknown_names(rows, "country", groups, "country")
        yield from unknown_names(rows, "entered_from", countries, "country")
        yield from unknown_names(rows, "source", sources, "source")
        yield from _backward_dates(rows, "from", "to")

    return tuple(_eligibility_rule(row) for row in read_table(path, ELIGIBILITY_COLUMNS, check=check))


def _eligibility_rule(row: Row) -> EligibilityRule:
    return EligibilityRule(
        plate=row.text("plate"),
        country=row.text("country"),
        entered_from=row.text("entered_from"),
        start=row.maybe_day("from"),
        end=row.maybe_day("to"),
        rule=cast("Rule", row.text("rule")),
        source=row.items("source"),
        grade=row.text("grade"),
        note=row.text("note"),
    )
