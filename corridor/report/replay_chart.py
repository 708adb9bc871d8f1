"""The chart of past closures: days that trucks lose told early, told at the post, and if all wait; USD beside them."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import fill
from types import MappingProxyType
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patheffects import withStroke
from matplotlib.ticker import MaxNLocator

from corridor.analysis.assessment import Assessment
from corridor.analysis.replay import Replay, ReplayedEpisode
from corridor.analysis.replay_loss import Loss
from corridor.evidence import Evidence
from corridor.report.calendar_wording import post_name
from corridor.report.charts import draw_letter, new_chart
from corridor.report.numerals import NBSP, counted
from corridor.report.palette import FAINT_LINE, INK, MUTED_INK, option_styles
from corridor.report.replay_rows import SIGNS
from corridor.report.verdict import signed

ROWS_MAX = 16
"""Closures drawn; of more the latest."""

DAYS_MAX = 30.0
"""Longer waits are drawn at the edge of the chart, with their length."""

NAME_WIDTH = 46
LEAST_DAYS = 0.05
"""Fewer days than this are none to a tenth."""

HEAD_ROWS = 0.35
"""How far the heads of the columns stand above the chart, in rows."""

DETAIL = (
    "Days and USD more per truck than without the closure; below 0 the other way is the quicker or cheaper one. "
    "≥ at least, ≤ at most, ? not settled."
)
MARKERS: Mapping[str, tuple[str, float, bool]] = MappingProxyType(
    {"told at departure": ("o", 5.0, True), "told at the post": ("o", 9.0, False), "if all wait": ("D", 8.0, False)}
)
"""What trucks are told or do -> marker, its size in points, and whether it is filled."""

USD_AT = (1.19, 1.415, 1.63)
"""Right ends of the columns of USD, as shares of the width of the axes."""


def build_replay_chart(replay: Replay, assessment: Assessment) -> Figure | None:
    """One row per past closure that bars an option, by first day; None where there is none."""
    rows = replay.replayed[-ROWS_MAX:]
    if not rows:
        return None
    figure, axes = new_chart(replay_chart_title(replay), DETAIL)
    axes.set_position((0.3, 0.13, 0.42, 0.68))
    styles = option_styles(assessment.all_options)
    for place, row in enumerate(rows):
        _draw_days(axes, place, row, styles[row.label].color if row.label else MUTED_INK)
        _write_usd(axes, place, row)
    _name_rows(axes, rows, assessment)
    _draw_keys(figure, axes)
    return figure


def replay_chart_title(replay: Replay) -> str:
    """The most days lost where trucks are told in time, and where they all wait."""
    told = [row.at_departure.days for row in replay.replayed if row.at_departure.days is not None]
    waits = [loss.days for row in replay.replayed if (loss := row.if_all_wait) and loss.days is not None]
    if not told:
        return "Past closures: no way left for the trucks"
    lost = f"at most {max(told):.1f}{NBSP}days" if max(told) >= LEAST_DAYS else "no day"
    longest = max(waits, default=0.0)
    days = f"more than {DAYS_MAX:.0f}" if longest > DAYS_MAX else f"{longest:.1f}"
    late = f", {days} if all wait" if waits else ""
    return f"Past closures: {lost} lost if told at departure{late}"


def replay_alt(replay: Replay) -> str:
    """What the chart shows, for those who cannot see it."""
    return (
        f"{replay_chart_title(replay)}. Mean days and USD lost per truck in each past closure: told at departure, told "
        "at the post, and if all wait. The table has every closure."
    )


def closure_name(row: ReplayedEpisode, evidence: Evidence) -> str:
    """First day, length and the post on the way: "15 Jun 2025, 10 days: Taftan and 1 other"."""
    episode = row.episode
    length = "not over" if row.closed_days is None else counted(row.closed_days, "day", "days")
    others = len(episode.posts) - 1
    more = f" and {counted(others, 'other', 'others')}" if others else ""
    return f"{episode.start.day} {episode.start:%b %Y}, {length}: {post_name(row.crossing_id, evidence)}{more}"


def _name_rows(axes: Axes, rows: tuple[ReplayedEpisode, ...], assessment: Assessment) -> None:
    """One row per closure with its name and the letter of the option that it bars, days along the foot."""
    styles = option_styles(assessment.all_options)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_yticks(range(len(rows)), [fill(closure_name(row, assessment.evidence), width=NAME_WIDTH) for row in rows])
    axes.tick_params(axis="y", pad=24, labelcolor=INK, labelsize=8)
    axes.set_xlim(axes.get_xlim())
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set_xlabel("days lost, mean per truck")
    axes.grid(visible=False, axis="y")
    axes.grid(axis="x", color=FAINT_LINE, linewidth=0.8)
    axes.axvline(0.0, color=INK, linewidth=1.0, zorder=2)
    for place, row in enumerate(rows):
        if row.label:
            draw_letter(axes, row.label, styles[row.label], (axes.get_xlim()[0], place), shift_pt=-12)


def _losses(row: ReplayedEpisode) -> dict[str, Loss | None]:
    return dict(zip(MARKERS, (row.at_departure, row.on_the_road, row.if_all_wait), strict=True))


def _draw_days(axes: Axes, place: int, row: ReplayedEpisode, color: str) -> None:
    """Mark the days of each state of information on one line."""
    days = {name: loss.days for name, loss in _losses(row).items() if loss and loss.days is not None}
    if days:
        ends = min(days.values()), min(max(days.values()), DAYS_MAX)
        axes.plot(ends, [place] * 2, color=color, linewidth=1.4, zorder=3)
    for name, lost in days.items():
        axes.plot([min(lost, DAYS_MAX)], [place], **_marker(name, color))
        if lost > DAYS_MAX:
            _write_long(axes, place, f"{lost:,.0f}{NBSP}days")


def _write_long(axes: Axes, place: int, text: str) -> None:
    """Write the length of a wait that is longer than the chart above its line."""
    axes.annotate(
        f"→ {text}", (DAYS_MAX, place), xytext=(-8, 1), textcoords="offset points", size=8, color=INK, ha="right",
        va="bottom", path_effects=[withStroke(linewidth=2.6, foreground="white")], zorder=6,
    )  # fmt: skip


def _marker(name: str, color: str) -> dict[str, Any]:
    shape, size, is_filled = MARKERS[name]
    return {
        "marker": shape,
        "markersize": size,
        "markeredgewidth": 1.6,
        "markeredgecolor": color,
        "markerfacecolor": color if is_filled else "white",
        "linestyle": "none",
        "zorder": 5 if is_filled else 4,
    }


def _write_usd(axes: Axes, place: int, row: ReplayedEpisode) -> None:
    """Write what each state of information costs in USD, in columns right of the chart."""
    for share, loss in zip(USD_AT, _losses(row).values(), strict=True):
        _write_right(axes, share, place, usd_cell(loss), color=INK)


def usd_cell(loss: Loss | None) -> str:
    """USD lost, with the sign of what is unknown in it: "? −157"."""
    if loss is None:
        return "no end known"
    return "no way left" if loss.usd is None else f"{SIGNS[loss.reading]}{signed(loss.usd, decimals=0)}"


def _write_right(axes: Axes, share: float, place: float, text: str, *, color: str) -> None:
    """Write words that end at a share of the width of the axes, in a row."""
    axes.text(
        share, place, text, size=8, color=color, ha="right", va="center", transform=axes.get_yaxis_transform(),
        linespacing=1.1,
    )  # fmt: skip


def _draw_keys(figure: Figure, axes: Axes) -> None:
    """Head the columns of USD, and say what the marks are."""
    for share, name in zip(USD_AT, MARKERS, strict=True):
        _write_right(axes, share, axes.get_ylim()[1] - HEAD_ROWS, f"USD,\n{name}", color=MUTED_INK)
    handles = [Line2D([], [], label=name, **_marker(name, MUTED_INK)) for name in MARKERS]
    figure.legend(
        handles=handles, loc="lower left", bbox_to_anchor=(0.01, 0.01), ncols=len(handles), fontsize=8, frameon=False,
        columnspacing=1.6, labelcolor=MUTED_INK,
    )  # fmt: skip
