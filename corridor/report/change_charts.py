"""The chart of what would change the answer: the tornado of a gap."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patheffects import withStroke

from corridor.analysis.assessment import Assessment
from corridor.futures.tornado import Bar, Tornado
from corridor.futures.variables import TIMES_TODAY
from corridor.report.change_words import gap_phrase, value_text
from corridor.report.charts import new_chart
from corridor.report.palette import INK, MUTED_INK, OptionStyle, option_styles

BARS_MAX = 12
BAR_HEIGHT = 0.62
ROOM_SHARE = 0.12


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
