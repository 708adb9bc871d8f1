"""The section "When to leave": every option by week of departure, cell by cell."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from corridor.analysis.assessment import Assessment
from corridor.evidence import ClosedDays, Evidence
from corridor.futures.calendar import CalendarCell, DepartureCalendar
from corridor.report.calendar_wording import READING, calendar_sentences, day_text, month_spans, post_name
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
    reading, *notes = calendar_sentences(calendar, assessment)
    return Section(calendar_title(calendar), reading, header, rows, tuple(notes))


def build_week_section(calendar: DepartureCalendar) -> Section:
    """One row per week: the best option, and the days of each."""
    header = ("leaves on", "best", *calendar.labels)
    rows = tuple(
        (day.isoformat(), best.label if (best := calendar.best(day)) else "none", *map(days_cell, calendar.week(day)))
        for day in calendar.departures
    )
    return Section("Days by week of departure: P50 / P95", READING, header, rows)


def build_closed_days_section(calendar: DepartureCalendar, evidence: Evidence) -> Section:
    """One row per spell of closed days that trucks meet, by its first day, with the week in which it takes most."""
    met = {key for cell in calendar.cells for key in cell.closed_days}
    spells = sorted((days for days in evidence.closed_days if days.key in met), key=lambda days: days.first_day)
    header = ("post", "shut", "reason", "grade", "options", "h a truck", "in the week of")
    rows = tuple(_closed_days_cells(days, calendar, evidence) for days in spells)
    return Section("Closed days on the way", _closed_days_text(calendar, evidence), header, rows)


def _closed_days_cells(days: ClosedDays, calendar: DepartureCalendar, evidence: Evidence) -> tuple[str, ...]:
    cells = [cell for cell in calendar.cells if days.key in cell.closed_days]
    worst = max(cells, key=lambda cell: cell.closed_days[days.key])
    return (
        post_name(days.crossing, evidence),
        day_span(days.first_day, days.last_day),
        days.reason,
        days.grade,
        joined(sorted({cell.label for cell in cells})),
        f"{worst.closed_days[days.key]:.0f}",
        worst.departure.isoformat(),
    )


def _closed_days_text(calendar: DepartureCalendar, evidence: Evidence) -> str:
    """How to read the table, and how far it goes."""
    last = max((days.last_day for days in evidence.closed_days), default=None)
    ends = f" The table ends on {day_text(last)}." if last and last < calendar.departures[-1] else ""
    return (
        "Hours are the mean over the trucks that leave on each day of the week in which most is lost; who leaves on "
        "the worst day loses more. What a holiday does to the queue before and after it is not counted." + ends
    )


def day_span(first: date, last: date) -> str:
    """Days on end, what they share said once: "5 to 10 February 2027".

    Examples
    --------
    >>> day_span(date(2026, 12, 31), date(2027, 1, 1))
    '31 December 2026 to 1 January 2027'
    """
    if first == last:
        return day_text(first)
    if first.year != last.year:
        return f"{day_text(first)} to {day_text(last)}"
    start = f"{first.day}" if first.month == last.month else f"{first.day} {first:%B}"
    return f"{start} to {day_text(last)}"


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
    moving = _moving_posts(label, calendar, assessment.evidence)
    return (
        f"{label} {title}",
        _range([cell.p50_days for cell in is_open], decimals=1),
        _range([cell.p95_days for cell in is_open], decimals=1),
        bound + _range([cell.mean_usd for cell in is_open], decimals=0),
        _weeks(best),
        _weeks(len(row) - len(is_open)),
        _shortest(is_open),
        joined([post_name(post, assessment.evidence) for post in moving]) or "nothing known",
    )


def _moving_posts(label: str, calendar: DepartureCalendar, evidence: Evidence) -> list[str]:
    """Posts of an option with a season or with closed days that its trucks meet."""
    met = {key for cell in calendar.row(label) for key in cell.closed_days}
    seasonal = [season.crossing_id for season in calendar.seasons if label in season.labels]
    return list(dict.fromkeys([*seasonal, *(days.crossing for days in evidence.closed_days if days.key in met)]))


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
