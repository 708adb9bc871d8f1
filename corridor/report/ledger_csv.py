"""The full ledger of every option as CSV: legs, posts, and each amount with what it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from math import fsum

from corridor.analysis.assessment import Assessment, Option
from corridor.evidence import Evidence, conversion_text
from corridor.report.evidence_used import UsedFigure, build_used_figures
from corridor.report.figure_data import Row, csv_text
from corridor.report.profile import PostVisit, build_post_visits

EVIDENCE_COLUMNS = (
    "key", "name", "what", "scope", "value", "low", "high", "unit", "stated_value", "stated_unit", "conversion", "year",
    "price_year", "grade", "set_by", "source", "titles", "note", "rung", "options", "used_by",
)  # fmt: skip
LEG_COLUMNS = (
    "option", "stage", "label", "country", "length_km", "drive_h", "road_stops_h", "driver_rest_h", "money_usd",
    "has_unknown_usd", "co2e_wtw_kg",
)  # fmt: skip
POST_COLUMNS = (
    "option", "stage", "crossing_id", "name", "direction", "lon", "lat", "at_km", "arrival_h", "queue_h", "shut_h",
    "exit_side_h", "entry_side_h", "swap_h", "ferry_wait_h", "ferry_h", "fees_usd", "has_unknown_fee", "queue_rung",
    "queue_grade", "exit_side_rung", "exit_side_grade", "entry_side_rung", "entry_side_grade", "exit_fee_rung",
    "exit_fee_grade", "entry_fee_rung", "entry_fee_grade",
)  # fmt: skip
TITLE_SEPARATOR = " | "
"""Between titles of sources, which may hold semicolons."""

COST_COLUMNS = ("option", "quantity", "unit", "stage", "label", "country", "component", "amount", "basis")


def legs_csv(assessment: Assessment) -> str:
    """One row per option, leg and country."""
    return csv_text(LEG_COLUMNS, leg_cells(assessment))


def leg_cells(assessment: Assessment) -> Iterator[Row]:
    """The rows of legs.csv."""
    return (row for option in assessment.all_options for row in _leg_rows(option))


def _leg_rows(option: Option) -> Iterator[Row]:
    for number, stage in enumerate(option.stages):
        if stage.kind == "leg":
            for country, length_km in stage.length_km_by_country.items():
                yield (option.label, number, stage.label, country, length_km, *_leg_sums(option, number, country))


def _leg_sums(option: Option, number: int, country: str) -> Row:
    ledger = option.ledger
    time = [row for row in ledger.time if (row.stage, row.country) == (number, country)]
    usd = [row.usd for row in ledger.money if (row.stage, row.country) == (number, country)]
    hours = [
        fsum(row.hours for row in time if row.component == component)
        for component in ("drive", "road_stops", "driver_rest")
    ]
    wtw_kg = fsum(row.wtw_kg for row in ledger.carbon if (row.stage, row.country) == (number, country))
    return (*hours, fsum(amount for amount in usd if amount is not None), None in usd, wtw_kg)


def posts_csv(assessment: Assessment) -> str:
    """One row per option and post, with the rung and grade of each figure."""
    return csv_text(POST_COLUMNS, post_cells(assessment))


def post_cells(assessment: Assessment) -> Iterator[Row]:
    """The rows of posts.csv."""
    return (
        (option.label, *_visit_cells(visit, assessment.evidence))
        for option in assessment.all_options
        for visit in build_post_visits(option, assessment.evidence)
    )


def _visit_cells(visit: PostVisit, evidence: Evidence) -> Row:
    times = evidence.crossings[visit.crossing_id].times[visit.direction]
    sides = (times.queue, times.exit_side, times.entry_side, times.exit_fee, times.entry_fee)
    return (
        visit.stage, visit.crossing_id, visit.name, visit.direction, visit.lon, visit.lat, visit.at_km,
        visit.arrival_h, visit.queue_h, visit.shut_h, visit.exit_side_h, visit.entry_side_h, visit.swap_h,
        visit.ferry_wait_h, visit.ferry_h, visit.fees_usd, visit.has_unknown_fee,
        *(cell for side in sides for cell in (side.rung, side.grade)),
    )  # fmt: skip


def costs_csv(assessment: Assessment) -> str:
    """Every row of every ledger: hours, USD, litres and kg, with the keys of evidence; empty = unknown."""
    return csv_text(COST_COLUMNS, (row for option in assessment.all_options for row in _ledger_rows(option)))


def evidence_csv(assessment: Assessment) -> str:
    """Every number that any option rests on, with its sources and the components that use it."""
    rows = build_used_figures(assessment)
    return csv_text(EVIDENCE_COLUMNS, (evidence_cells(row, assessment.evidence) for row in rows))


def evidence_cells(row: UsedFigure, evidence: Evidence) -> Row:
    """One row of evidence.csv."""
    figure = row.figure
    parameter = evidence.parameters.get((figure.name, figure.scope)) if figure.stated_unit else None
    titles = (evidence.sources[key].title for key in figure.source)
    return (
        figure.key, figure.name, figure.what, figure.scope, figure.value, figure.low, figure.high, figure.unit,
        figure.stated_value, figure.stated_unit, conversion_text(parameter, evidence) if parameter else "", figure.year,
        figure.price_year, figure.grade, figure.set_by, ";".join(figure.source),
        TITLE_SEPARATOR.join(titles), figure.note, figure.rung, ";".join(row.options), ";".join(row.components),
    )  # fmt: skip


def _ledger_rows(option: Option) -> Iterator[Row]:
    ledger, labels = option.ledger, [stage.label for stage in option.stages]
    for time in ledger.time:
        head = (option.label, "time", "h", time.stage, labels[time.stage], time.country, time.component)
        yield (*head, time.hours, ";".join(time.basis))
    for money in ledger.money:
        head = (option.label, "money", "USD", money.stage, labels[money.stage], money.country, money.component)
        yield (*head, money.usd, ";".join(money.basis))
    for carbon in ledger.carbon:
        place = (carbon.stage, labels[carbon.stage], carbon.country, carbon.component)
        basis = ";".join(carbon.basis)
        yield (option.label, "fuel", "l", *place, carbon.fuel_l, basis)
        yield (option.label, "co2e_ttw", "kg", *place, carbon.ttw_kg, basis)
        yield (option.label, "co2e_wtw", "kg", *place, carbon.wtw_kg, basis)
