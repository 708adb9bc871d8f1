"""Charts of what would change the answer: the tornado of a gap, and where two options cost the same."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patheffects import withStroke
from matplotlib.ticker import LogLocator, NullLocator

from corridor.analysis.assessment import Assessment
from corridor.errors import ScenarioError
from corridor.futures.indifference import Indifference
from corridor.futures.tornado import Bar, Tornado
from corridor.futures.variables import TIMES_TODAY
from corridor.report.change_words import gap_phrase, value_text
from corridor.report.charts import draw_letter, new_chart
from corridor.report.palette import INK, MUTED_INK, OptionStyle, mixed, option_styles
from corridor.report.pictures import STYLE, pixels, png_bytes, svg_bytes

BARS_MAX = 12
BAR_HEIGHT = 0.62
ROOM_SHARE = 0.12
LOG_RATIO = 5.0
"""A number whose range spans more than this ratio gets a logarithmic axis."""

TINT_SHARE = 0.78
SUFFIXES = (".png", ".svg")


def write_indifference_chart(found: Indifference, assessment: Assessment, path: Path) -> None:
    """Write the chart of two numbers as .png or .svg, the same bytes for the same result."""
    if path.suffix.lower() not in SUFFIXES:
        raise ScenarioError(f"{path}: no picture; expected a name that ends in .png or .svg. Give another name.")
    with mpl.rc_context(STYLE):
        figure = build_indifference_chart(found, assessment)
        drawn = svg_bytes(figure) if path.suffix.lower() == ".svg" else png_bytes(pixels(figure))
    path.write_bytes(drawn)


def build_indifference_chart(found: Indifference, assessment: Assessment) -> Figure:
    """Which of two options is the better one, over two numbers, with the numbers as they are marked."""
    a, b = found.labels
    detail = f"Mean over {found.futures:,} futures; on the line both cost the same. The cross is where the numbers are."
    figure, axes = new_chart(_indifference_title(found), detail)
    axes.set_position((0.08, 0.11, 0.88, 0.74))
    styles = option_styles(assessment.all_options)
    tints = [mixed(styles[label].color, "#ffffff", share=TINT_SHARE) for label in found.labels]
    axes.contourf(found.x_values, found.y_values, found.gaps_usd, levels=[-1e12, 0.0, 1e12], colors=tints)
    for line in found.contours:
        axes.plot(*np.array(line).T, color=INK, linewidth=1.8, zorder=4)
    _set_scales(axes, found)
    for label, sign in ((a, -1.0), (b, 1.0)):
        _write_region(axes, found, label, styles[label], sign)
    _mark_now(axes, found)
    return figure


def _indifference_title(found: Indifference) -> str:
    a, b = found.labels
    if not found.contours:
        return f"{a if found.share_of_a else b} is the better one over the whole of both ranges"
    return f"Where {a} is the better one, and where {b} is"


def _set_scales(axes: Axes, found: Indifference) -> None:
    for asked, axis, set_label in ((found.x, "x", axes.set_xlabel), (found.y, "y", axes.set_ylabel)):
        set_label(f"{asked.label}, {asked.unit}")
        if asked.low > 0 and asked.high / asked.low > LOG_RATIO:
            getattr(axes, f"set_{axis}scale")("log")
            getattr(axes, f"{axis}axis").set_major_locator(LogLocator(subs=(1, 2, 5)))
            getattr(axes, f"{axis}axis").set_major_formatter("{x:,g}")
            getattr(axes, f"{axis}axis").set_minor_locator(NullLocator())
    axes.set_xlim(found.x.low, found.x.high)
    axes.set_ylim(found.y.low, found.y.high)
    axes.grid(visible=False)


def _write_region(axes: Axes, found: Indifference, label: str, style: OptionStyle, sign: float) -> None:
    """Write the letter of an option into the middle of the points at which the gap has its sign."""
    rows, columns = np.nonzero(sign * found.gaps_usd > 0)
    if not len(rows):
        return
    middle = np.argmin((rows - rows.mean()) ** 2 + (columns - columns.mean()) ** 2)
    at = float(found.x_values[columns[middle]]), float(found.y_values[rows[middle]])
    draw_letter(axes, label, style, at, shift_pt=0)
    closed = " (closed)" if label in found.closed else ""
    axes.annotate(
        f"{label} is the better one{closed}", at, xytext=(0, -18), textcoords="offset points",
        size=9, color=INK, ha="center", va="center",
    )  # fmt: skip


def _mark_now(axes: Axes, found: Indifference) -> None:
    x, y = found.x, found.y
    if not (x.low <= x.value <= x.high and y.low <= y.value <= y.high):
        return
    axes.plot([x.value], [y.value], marker="+", markersize=14, markeredgewidth=2.4, color=INK, zorder=6)
    text = f"now: {value_text(x.value, x.unit)}, {value_text(y.value, y.unit)}"
    axes.annotate(text, (x.value, y.value), xytext=(10, 8), textcoords="offset points", size=9, color=INK, zorder=6)


def build_tornado_chart(tornado: Tornado, assessment: Assessment) -> Figure:
    """The gap between two options with each thing that nobody knows low and high, the largest swing on top."""
    a, b = tornado.labels
    bars = [bar for bar in tornado.bars if bar.swing_usd > 0][:BARS_MAX]
    middle = gap_phrase(tornado.middle_gap_usd, tornado.labels)
    detail = f"One thing moved at a time, from one in ten futures below to one in ten above. In the middle {middle}."
    figure, axes = new_chart(
        f"What moves the gap between {a} and {b}{'' if bars else ': nothing that is drawn'}", detail
    )
    axes.set_position((0.38, 0.11, 0.58, 0.74))
    styles = option_styles(assessment.all_options)
    for row, bar in enumerate(bars):
        _draw_bar(axes, row, bar, tornado, styles)
    axes.set_yticks(range(len(bars)), [bar.variable.label for bar in bars])
    axes.invert_yaxis()
    axes.set_xlim(*_window(tornado, bars))
    axes.axvline(0.0, color=INK, linewidth=1.2, zorder=5)
    axes.axvline(tornado.middle_gap_usd, color=MUTED_INK, linewidth=1.0, linestyle=(0, (3, 2)), zorder=5)
    axes.set_xlabel(f"USD by which {a} costs more than {b}: left of the line {a} is the better one")
    axes.xaxis.set_major_formatter("{x:,.0f}")
    return figure


def _window(tornado: Tornado, bars: Sequence[Bar]) -> tuple[float, float]:
    """Ends of the axis: all bars and 0, with room for the values beside them."""
    ends = [0.0, tornado.middle_gap_usd]
    ends += [gap_usd for bar in bars for gap_usd in (bar.gap_at_low_usd, bar.gap_at_high_usd)]
    room = ROOM_SHARE * (max(ends) - min(ends) or 1.0)
    return min(ends) - room, max(ends) + room


def _draw_bar(axes: Axes, row: int, bar: Bar, tornado: Tornado, styles: dict[str, OptionStyle]) -> None:
    """Draw a bar from gap to gap, each part in the colour of the option that is the better one there."""
    low_usd, high_usd = sorted((bar.gap_at_low_usd, bar.gap_at_high_usd))
    for label, start, end in (
        (tornado.labels[0], min(low_usd, 0.0), min(high_usd, 0.0)),
        (tornado.labels[1], max(low_usd, 0.0), max(high_usd, 0.0)),
    ):
        axes.barh(row, end - start, left=start, height=BAR_HEIGHT, color=styles[label].color, zorder=3)
    _write_end(axes, row, bar, bar.low, bar.gap_at_low_usd)
    _write_end(axes, row, bar, bar.high, bar.gap_at_high_usd)


def _write_end(axes: Axes, row: int, bar: Bar, value: float, gap_usd: float) -> None:
    """Write the value of the variable beside the end of its bar."""
    is_left = gap_usd <= min(bar.gap_at_low_usd, bar.gap_at_high_usd)
    text = f"x {value:.2f}" if bar.variable.unit == TIMES_TODAY else value_text(value, bar.variable.unit)
    axes.annotate(
        text, (gap_usd, row), xytext=(-4 if is_left else 4, 0), textcoords="offset points", size=7.5, color=MUTED_INK,
        ha="right" if is_left else "left", va="center", annotation_clip=False, zorder=7,
        path_effects=[withStroke(linewidth=2.0, foreground="white")],
    )  # fmt: skip
