"""The map of two numbers: which of two options is the better one as both move, and where they cost the same."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patheffects import withStroke
from matplotlib.ticker import LogLocator, NullLocator
from numpy.typing import NDArray

from corridor.analysis.assessment import Assessment
from corridor.errors import ScenarioError
from corridor.futures.breakeven import BreakEven
from corridor.futures.breakeven_study import BreakEvenStudy
from corridor.futures.indifference import Indifference, Points
from corridor.report.change_words import value_text
from corridor.report.charts import draw_letter, new_chart
from corridor.report.indifference_wording import indifference_title, queues_title
from corridor.report.palette import INK, MUTED_INK, OptionStyle, mixed, option_styles
from corridor.report.pictures import STYLE, pixels, png_bytes, svg_bytes

Floats = NDArray[np.float64]
Alone = tuple[BreakEven, BreakEven]
"""Break-evens of x and y, each with the other number as it is."""

LOG_RATIO = 5.0
"""A number whose range spans more than this ratio gets a logarithmic axis."""

TINT_SHARE = 0.72
SUFFIXES = (".png", ".svg")
ROOM = np.array([0.16, 0.14])
"""Width and height that the name of a region takes, as shares of the axes."""

BESIDE = ((0.0, 0.0), (0.05, 0.03), (0.12, 0.03))
"""Where a mark and the words right of it and above it stand, as shares of the axes."""

LINE_PARTS = (0.15, 0.3, 0.5, 0.7, 0.85)
HALO = withStroke(linewidth=2.6, foreground="white")
HALF_NAME_IN = 0.65
"""Half of the words along the line, in inches."""

EDGE_POINTS = 13
"""Points along words, dotted lines and each side of the box, from which names keep away."""

DETAIL = "Mean over {:,} futures, smooth rule of rest. Line: both cost the same. Cross: now."
MORE_DETAIL = "Diamond: break-even of one queue alone. Dashed: P10 to P90 of both."


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
    figure, axes = new_chart(indifference_title(found), DETAIL.format(found.futures))
    _prepare(axes, found)
    _draw_map(axes, found, assessment, taken=_mark_now(axes, found))
    return figure


def build_queues_chart(study: BreakEvenStudy, assessment: Assessment) -> Figure | None:
    """The same over the queues at two posts, with what is likely of them; None where no queues change the order."""
    found = study.queues
    if found is None or not found.contours:
        return None
    alone = study.row(found.x), study.row(found.y)
    title = queues_title(found, alone, assessment.evidence)
    figure, axes = new_chart(title, f"{DETAIL.format(found.futures)} {MORE_DETAIL}")
    _prepare(axes, found)
    taken = (_mark_now(axes, found), _draw_likely(axes, alone), _mark_alone(axes, found, alone))
    _draw_map(axes, found, assessment, taken=np.concatenate(taken))
    return figure


def _prepare(axes: Axes, found: Indifference) -> None:
    axes.set_position((0.08, 0.11, 0.88, 0.74))
    _set_scales(axes, found)


def _draw_map(axes: Axes, found: Indifference, assessment: Assessment, *, taken: Floats) -> None:
    """Draw regions and line with their names.

    Parameters
    ----------
    taken : (points, 2) where names would cover something, as shares of the axes
    """
    styles = option_styles(assessment.all_options)
    tints = [mixed(styles[label].color, "#ffffff", share=TINT_SHARE) for label in found.labels]
    axes.contourf(found.x_values, found.y_values, found.gaps_usd, levels=[-1e12, 0.0, 1e12], colors=tints, zorder=1)
    for line in found.contours:
        axes.plot(*np.array(line).T, color=INK, linewidth=2.0, zorder=4)
    taken = np.concatenate([taken, _name_line(axes, found.contours, taken)])
    for label, sign in zip(found.labels, (-1.0, 1.0), strict=True):
        _write_region(axes, found, (label, styles[label]), sign, taken)


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


def _shares(axes: Axes, points: Sequence[tuple[float, float]] | Floats) -> Floats:
    """Points as shares of the width and height of the axes, shape (points, 2)."""
    return np.asarray((axes.transScale + axes.transLimits).transform(np.reshape(np.asarray(points), (-1, 2))))


def _name_line(axes: Axes, lines: Sequence[Points], taken: Floats) -> Floats:
    """Write along the longest line what it is, where most room is, and return where that stands, shape (points, 2)."""
    if not lines:
        return np.zeros((0, 2))
    points = np.array(max(lines, key=len))
    share = max(LINE_PARTS, key=lambda part: _room(_shares(axes, [_along(points, part)]), taken)[0])
    before, at, after = axes.transData.transform([_along(points, share + step) for step in (-0.1, 0.0, 0.1)])
    across, up = (after - before) * (1 if after[0] >= before[0] else -1)
    axes.text(
        *_along(points, share), "both cost the same", size=9, color=INK, ha="center", va="bottom", zorder=7,
        path_effects=[HALO], rotation=float(np.degrees(np.arctan2(up, across))), rotation_mode="anchor",
    )  # fmt: skip
    half = HALF_NAME_IN * axes.figure.dpi * np.array([across, up]) / np.hypot(across, up)
    standing = at + np.linspace(-1, 1, EDGE_POINTS)[:, None] * half
    return np.asarray(axes.transAxes.inverted().transform(standing))


def _along(points: Floats, share: float) -> tuple[float, float]:
    """The point at a share of a line's number of points."""
    at, number = share * (len(points) - 1), np.arange(len(points))
    return float(np.interp(at, number, points[:, 0])), float(np.interp(at, number, points[:, 1]))


def _room(places: Floats, taken: Floats) -> Floats:
    """How far places are from the nearest point taken and from the frame, in sizes of a name, shape (places,)."""
    apart = np.linalg.norm((places[:, None, :] - taken[None, :, :]) / ROOM, axis=2).min(axis=1)
    inside = (np.minimum(places, 1 - places) / (ROOM / 2)).min(axis=1)
    return np.asarray(np.minimum(apart, inside))


def _write_region(axes: Axes, found: Indifference, named: tuple[str, OptionStyle], sign: float, taken: Floats) -> None:
    """Write the letter of an option where most room is among the points at which the gap has its sign."""
    label, style = named
    points = np.stack(np.meshgrid(found.x_values, found.y_values), axis=2)
    is_own = sign * found.gaps_usd > 0
    if not is_own.any():
        return
    others = np.concatenate([taken, _shares(axes, points[~is_own])])
    own = points[is_own]
    x, y = own[int(np.argmax(_room(_shares(axes, own), others)))]
    draw_letter(axes, label, style, (float(x), float(y)), shift_pt=0)
    closed = " (closed)" if label in found.closed else ""
    axes.annotate(
        f"{label} is the better one{closed}", (x, y), xytext=(0, -18), textcoords="offset points",
        size=9, color=INK, ha="center", va="center", path_effects=[HALO], zorder=6,
    )  # fmt: skip


def _mark_now(axes: Axes, found: Indifference) -> Floats:
    """Draw a cross where both numbers are, and return where it stands."""
    x, y = found.x, found.y
    if not (x.low <= x.value <= x.high and y.low <= y.value <= y.high):
        return np.zeros((0, 2))
    axes.plot([x.value], [y.value], marker="+", markersize=14, markeredgewidth=2.4, color=INK, zorder=6)
    return _write(axes, (x.value, y.value), f"now: {value_text(x.value, x.unit)}, {value_text(y.value, y.unit)}")


def _draw_likely(axes: Axes, alone: Alone) -> Floats:
    """Draw a box from P10 to P90 of both numbers, and return points along it."""
    if not (alone[0].likely and alone[1].likely):
        return np.zeros((0, 2))
    (west, east), (south, north) = alone[0].likely, alone[1].likely
    across, up = np.linspace(west, east, EDGE_POINTS), np.linspace(south, north, EDGE_POINTS)
    sides = [(across, np.full(EDGE_POINTS, at)) for at in (south, north)]
    sides += [(np.full(EDGE_POINTS, at), up) for at in (west, east)]
    for side in sides:
        axes.plot(*side, color=MUTED_INK, linewidth=1.2, linestyle=(0, (4, 2)), zorder=3)
    return _shares(axes, np.concatenate([np.column_stack(side) for side in sides]))


def _mark_alone(axes: Axes, found: Indifference, alone: Alone) -> Floats:
    """Draw where each number alone would have to be, and return where those marks stand."""
    now = found.x.value, found.y.value
    above, below = ((-1, 1), (1, -1)) if _is_rising(found.contours[0]) else ((1, 1), (-1, -1))
    marks = [
        *(((switch.value, now[1]), switch.value, alone[0], below) for switch in alone[0].switches),
        *(((now[0], switch.value), switch.value, alone[1], above) for switch in alone[1].switches),
    ]
    standing = [np.zeros((0, 2))]
    for place, value, row, off_the_line in marks:
        axes.plot(*zip(now, place, strict=True), color=INK, linewidth=1.0, linestyle=(0, (1, 2)), zorder=3)
        axes.plot(*place, marker="D", markersize=7, color=INK, zorder=6, linestyle="none")
        words = _write(axes, place, value_text(value, row.asked.unit), beside=off_the_line)
        standing += [words, _shares(axes, np.linspace(now, place, EDGE_POINTS))]
    return np.concatenate(standing)


def _is_rising(line: Points) -> bool:
    """Whether y grows with x from one end of a line to the other."""
    (x_first, y_first), (x_last, y_last) = line[0], line[-1]
    return (x_last - x_first) * (y_last - y_first) > 0


def _write(axes: Axes, at: tuple[float, float], text: str, *, beside: tuple[int, int] = (1, 1)) -> Floats:
    """Write words beside a mark and return where both stand, shape (points, 2).

    Parameters
    ----------
    beside : right of the mark (1) or left (-1), and above it (1) or below (-1)
    """
    side, up = beside
    axes.annotate(
        text, at, xytext=(10 * side, 8 * up), textcoords="offset points", size=9, color=INK, zorder=7,
        ha="left" if side > 0 else "right", va="bottom" if up > 0 else "top", path_effects=[HALO],
    )  # fmt: skip
    return np.asarray(_shares(axes, [at]) + np.array(BESIDE) * beside)
