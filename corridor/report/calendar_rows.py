"""The section "When to leave": every option by week of departure, cell by cell."""

from __future__ import annotations

from collections.abc import Sequence

from corridor.analysis.assessment import Assessment
from corridor.futures.calendar import CalendarCell, DepartureCalendar
from corridor.report.calendar_wording import READING, calendar_sentences, month_spans, post_name
from corridor.report.naming import short_option_title
from corridor.report.numerals import counted, joined
from corridor.report.sections import Section

CLOSED = "closed"


def calendar_title(calendar: DepartureCalendar) -> str:
    """Which option is best in how many weeks: "When to leave: A is best in all 52 weeks"."""
    best = [cell.label for day in calendar.departures if (cell := calendar.best(day))]
    if not best:
        return "When to leave: no option is open in any week"
    leading = max(calendar.labels, key=best.count)
    weeks = len(calendar.departures)
    if best.count(leading) == weeks:
        return f"When to leave: {leading} is best in {'the one week' if weeks == 1 else f'all {weeks} weeks'}"
    others = [label for label in calendar.labels if label in best and label != leading]
    also = f", {joined(others)} in the others" if others else ""
    return f"When to leave: {leading} is best in {best.count(leading)} of {counted(weeks, 'week', 'weeks')}{also}"


def build_calendar_section(calendar: DepartureCalendar, assessment: Assessment) -> Section:
    """One row per option: its days over the year, the weeks in which it is best, and what moves it."""
    header = ("option", "P50 days", "P95 days", "mean USD", "best", "closed", "shortest if it leaves", "moved by")
    rows = tuple(_option_cells(label, calendar, assessment) for label in calendar.labels)
    return Section(calendar_title(calendar), " ".join(calendar_sentences(calendar, assessment)), header, rows)


def build_week_section(calendar: DepartureCalendar) -> Section:
    """One row per week: the best option, and the days of each."""
    header = ("leaves on", "best", *calendar.labels)
    rows = tuple(
        (day.isoformat(), best.label if (best := calendar.best(day)) else "none", *map(days_cell, calendar.week(day)))
        for day in calendar.departures
    )
    return Section("Days by week of departure: P50 / P95", READING, header, rows)


def days_cell(cell: CalendarCell) -> str:
    """Days of an option in a week: "13.0 / 15.7", or that it is closed."""
    return f"{cell.p50_days:.1f} / {cell.p95_days:.1f}" if cell.is_open else CLOSED


def _option_cells(label: str, calendar: DepartureCalendar, assessment: Assessment) -> tuple[str, ...]:
    row = calendar.row(label)
    is_open = [cell for cell in row if cell.is_open]
    best = sum(cell is calendar.best(cell.departure) for cell in row)
    bound = "≥ " if any(cell.is_lower_bound for cell in is_open) else ""
    option = next(option for option in assessment.all_options if option.label == label)
    title = short_option_title(option, assessment.all_options, assessment.evidence)
    seasons = [post_name(row.crossing_id, assessment.evidence) for row in calendar.seasons if label in row.labels]
    return (
        f"{label} {title}",
        _range([cell.p50_days for cell in is_open], decimals=1),
        _range([cell.p95_days for cell in is_open], decimals=1),
        bound + _range([cell.mean_usd for cell in is_open], decimals=0),
        _weeks(best),
        _weeks(len(row) - len(is_open)),
        _shortest(is_open),
        joined(seasons) or "no season known",
    )


def _weeks(number: int) -> str:
    return counted(number, "week", "weeks") if number else "never"


def _range(values: Sequence[float], *, decimals: int) -> str:
    """Least and greatest: "14.2 to 14.6", one number where they look the same."""
    least, most = (f"{value:,.{decimals}f}" for value in (min(values), max(values)))
    return least if least == most else f"{least} to {most}"


def _shortest(cells: Sequence[CalendarCell]) -> str:
    """Months of departure with the least P50; any time where it is the same all year."""
    least = min(round(cell.p50_days, 1) for cell in cells)
    months = {cell.departure.month for cell in cells if round(cell.p50_days, 1) == least}
    if len({round(cell.p50_days, 1) for cell in cells}) == 1:
        return "at any time"
    return month_spans(sorted(months))
