"""The heat strip of the departure calendar: days of every option by week, light where short and dark where long."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby, pairwise

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from corridor.analysis.assessment import Assessment
from corridor.futures.calendar import CalendarCell, DepartureCalendar
from corridor.report.calendar_rows import calendar_title, days_cell
from corridor.report.charts import draw_letter, new_chart, option_name
from corridor.report.palette import CLOSED_GREY, INK, MUTED_INK, ink_on, mixed, option_styles

SHORT, LONG = "#f4efdd", "#12366e"
"""Colours of the fewest and of the most days; between them lightness falls evenly, which print and every eye keep."""

HALF_HEIGHT = 0.4
STEPS = 6
"""Colours in the key."""

Run = tuple[int, int, float | None]
"""First week, number of weeks, and their days to a tenth; None where the option is closed."""

DETAIL = "Days by week of departure: upper half of each strip P50, lower half P95. A dot marks the best of the week."


def build_calendar_strip(calendar: DepartureCalendar, assessment: Assessment) -> Figure:
    """One strip per option: P50 above P95, hatched where the option is closed."""
    figure, axes = new_chart(calendar_title(calendar), DETAIL)
    _prepare(axes, calendar, assessment)
    ends = _ends(calendar)
    for row, label in enumerate(calendar.labels):
        cells = calendar.row(label)
        _draw_strip(axes, _runs(cells, [cell.p50_days for cell in cells]), row - HALF_HEIGHT, ends)
        _draw_strip(axes, _runs(cells, [cell.p95_days for cell in cells]), row, ends)
        _write_range(axes, row, cells)
    _mark_best(axes, calendar, ends)
    _draw_key(figure, ends)
    return figure


def calendar_strip_alt(calendar: DepartureCalendar) -> str:
    """What the strip shows, for those who cannot see it."""
    parts = [f"{label}: {_range_text(calendar.row(label))}" for label in calendar.labels]
    first, last = (day.isoformat() for day in (calendar.departures[0], calendar.departures[-1]))
    return (
        f"{calendar_title(calendar)}. Days of each option for departures from {first} to {last}, P50 / P95, fewest and "
        f"most: {'; '.join(parts)}. The table has every week."
    )


def _prepare(axes: Axes, calendar: DepartureCalendar, assessment: Assessment) -> None:
    """One row per option with its letter and name, months along the foot."""
    options = [option for option in assessment.all_options if option.label in calendar.labels]
    styles = option_styles(assessment.all_options)
    axes.set_position((0.27, 0.19, 0.57, 0.65))
    axes.set_xlim(0, len(calendar.departures))
    axes.set_ylim(len(options) - 0.5, -0.5)
    axes.set_yticks(range(len(options)), [option_name(option, assessment) for option in options])
    axes.tick_params(axis="y", pad=22, labelcolor=INK)
    for row, option in enumerate(options):
        draw_letter(axes, option.label, styles[option.label], (0, row), shift_pt=-12)
    axes.set_xticks(*_months(calendar.departures))
    axes.grid(visible=False)
    axes.spines["bottom"].set_visible(False)


def _months(departures: Sequence[date]) -> tuple[list[int], list[str]]:
    """Place and name of the first departure in each month; the year stands with January and with the first."""
    places = [0, *(place + 1 for place, (day, later) in enumerate(pairwise(departures)) if day.month != later.month)]
    days = [departures[place] for place in places]
    names = [
        f"{day:%b\n%Y}" if place == 0 or day.month == 1 else f"{day:%b}"
        for place, day in zip(places, days, strict=True)
    ]
    return places, names


def _runs(cells: Sequence[CalendarCell], days: Sequence[float]) -> Iterator[Run]:
    """Weeks that look alike, one run after the other."""
    shown = [round(each, 1) if cell.is_open else None for cell, each in zip(cells, days, strict=True)]
    for value, weeks in groupby(range(len(shown)), key=lambda week: shown[week]):
        alike = list(weeks)
        yield alike[0], len(alike), value


def _draw_strip(axes: Axes, runs: Iterable[Run], top: float, ends: tuple[float, float]) -> None:
    """Draw one half of an option's strip: all open weeks as one collection, all closed ones as another."""
    spans: dict[bool, list[tuple[int, int]]] = {True: [], False: []}
    colors = []
    for first, weeks, days in runs:
        spans[days is not None].append((first, weeks))
        colors += [_color(days, ends)] if days is not None else []
    extent = (top, HALF_HEIGHT)
    axes.broken_barh(spans[True], extent, facecolors=colors, linewidth=0)
    axes.broken_barh(spans[False], extent, facecolor="white", edgecolor=CLOSED_GREY, hatch="////", linewidth=0)


def _color(days: float, ends: tuple[float, float]) -> str:
    least, most = ends
    return mixed(SHORT, LONG, share=(days - least) / (most - least) if most > least else 0.0)


def _ends(calendar: DepartureCalendar) -> tuple[float, float]:
    """Fewest and most days of all open cells, to a tenth."""
    is_open = [cell for cell in calendar.cells if cell.is_open]
    return (
        round(min((cell.p50_days for cell in is_open), default=0.0), 1),
        round(max((cell.p95_days for cell in is_open), default=0.0), 1),
    )


def _write_range(axes: Axes, row: int, cells: Sequence[CalendarCell]) -> None:
    axes.annotate(
        _range_text(cells), (len(cells), row), xytext=(6, 0), textcoords="offset points", size=8, color=INK,
        va="center", annotation_clip=False,
    )  # fmt: skip


def _range_text(cells: Sequence[CalendarCell]) -> str:
    """Days in the shortest and in the longest week: "14.2 / 18.5 to 14.6 / 20.0"."""
    is_open = [cell for cell in cells if cell.is_open]
    least, most = (end(is_open, key=lambda cell: cell.p50_days) for end in (min, max))
    texts = dict.fromkeys((days_cell(least), days_cell(most)))
    return " to ".join(texts)


def _mark_best(axes: Axes, calendar: DepartureCalendar, ends: tuple[float, float]) -> None:
    for week, day in enumerate(calendar.departures):
        best = calendar.best(day)
        if best:
            row = calendar.labels.index(best.label)
            color = ink_on(_color(best.p50_days, ends))
            axes.plot(week + 0.5, row - HALF_HEIGHT / 2, marker="o", markersize=3, color=color, linestyle="none")


def _draw_key(figure: Figure, ends: tuple[float, float]) -> None:
    least, most = ends
    steps = [least + (most - least) * step / (STEPS - 1) for step in range(STEPS)]
    handles: list[Patch | Line2D] = [Patch(facecolor=_color(days, ends), label=f"{days:.0f} days") for days in steps]
    handles.append(Patch(facecolor="white", edgecolor=CLOSED_GREY, hatch="////", linewidth=0, label="closed"))
    handles.append(Line2D([], [], marker="o", markersize=4, color=INK, linestyle="none", label="best of the week"))
    figure.legend(
        handles=handles, loc="lower left", bbox_to_anchor=(0.01, 0.01), ncols=STEPS + 2, fontsize=8, frameon=False,
        handlelength=1.1, handleheight=1.1, columnspacing=1.6, labelcolor=MUTED_INK,
    )  # fmt: skip
