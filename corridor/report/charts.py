"""Charts of an assessment: staircases of time and cost along the way, and what they are made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from textwrap import fill

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patheffects import withStroke

from corridor.analysis.assessment import Assessment, Option
from corridor.futures.bands import Band
from corridor.report.label_places import Box, Mark, place_names
from corridor.report.map_names import text_size_pt
from corridor.report.naming import short_option_title, short_post_name
from corridor.report.numerals import HOURS_PER_DAY, days_text, usd_text
from corridor.report.option_marks import marked
from corridor.report.palette import FAINT_LINE, INK, MUTED_INK, OptionStyle, ink_on, option_styles
from corridor.report.profile import Step, build_money_steps, build_post_visits, build_time_steps
from corridor.report.wording import AT_MEANS, compared_option, cost_title, longest_post_text, time_title

SIZE_IN = (11.0, 6.2)
LEFT, RIGHT, BOTTOM, TOP = 0.06, 0.82, 0.1, 0.86
NAME_PT, NAME_WIDTH = 7.4, 38
TITLE_PT = 15.0
RIBBON_ALPHA = 0.16
LEAST_NAMED_SHARE = 0.012
"""Jumps smaller than this share of the highest total get no name."""


@dataclass(frozen=True, slots=True)
class Jump:
    """A vertical step of an option's staircase at a post."""

    label: str
    name: str
    length_km: float
    middle: float
    height: float


def build_time_staircase(assessment: Assessment, bands: Mapping[str, Band]) -> Figure:
    """Days since departure against kilometres; each jump is a border post.

    Parameters
    ----------
    bands : P10 and P90 along the way by label; drawn for the best option and the one it is compared with
    """
    best = assessment.all_options[0]
    visits = build_post_visits(best, assessment.evidence)
    detail = f"{longest_post_text(visits, best.label)} Each vertical step is a border post; {AT_MEANS}{_ribbon(bands)}."
    figure, axes = new_chart(time_title(assessment), detail)
    days = partial(_scaled_steps, build_time_steps, 1 / HOURS_PER_DAY)
    ribbons = {label: np.array(band.hours) / HOURS_PER_DAY for label, band in bands.items()}
    draw_staircase(axes, assessment, days, lambda option: days_text(option.ledger.time_h), ribbons)
    axes.set_ylabel("days since departure")
    return figure


def build_cost_staircase(assessment: Assessment, bands: Mapping[str, Band]) -> Figure:
    """USD since departure against kilometres; each jump is what a border post costs; `bands` as for time."""
    what = "USD per truck along the way; vertical steps are fees and waiting at border posts"
    figure, axes = new_chart(cost_title(assessment), f"{what}; {AT_MEANS}{_ribbon(bands)}.")
    ribbons = {label: np.array(band.usd) for label, band in bands.items()}
    draw_staircase(axes, assessment, partial(_scaled_steps, build_money_steps, 1.0), _usd_end, ribbons)
    axes.set_ylabel("USD per truck")
    axes.yaxis.set_major_formatter("{x:,.0f}")
    return figure


def _ribbon(bands: Mapping[str, Band]) -> str:
    return ", ribbons hold 8 in 10 futures" if bands else ""


def _usd_end(option: Option) -> str:
    return ("≥ " if option.ledger.is_lower_bound else "") + usd_text(option.ledger.money_usd, is_lower_bound=False)


def _scaled_steps(build: Callable[[Option], Sequence[Step]], factor: float, option: Option) -> list[Step]:
    return [Step(step.length_km, step.amount * factor, step.post) for step in build(option)]


def new_chart(title: str, detail: str) -> tuple[Figure, Axes]:
    """A figure whose title is the message, with quiet axes."""
    figure = Figure(figsize=SIZE_IN)
    axes = figure.add_axes((LEFT, BOTTOM, RIGHT - LEFT, TOP - BOTTOM))
    figure.text(0.015, 0.965, title, size=_title_pt(title), weight="bold", color=INK, va="top", parse_math=False)
    figure.text(0.015, 0.905, detail, size=9.5, color=MUTED_INK, va="top", parse_math=False)
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.spines["bottom"].set_color(MUTED_INK)
    axes.tick_params(colors=MUTED_INK, length=0, labelsize=9)
    axes.yaxis.label.set_color(MUTED_INK)
    axes.xaxis.label.set_color(MUTED_INK)
    axes.grid(axis="y", color=FAINT_LINE, linewidth=0.8)
    axes.set_axisbelow(True)
    return figure, axes


def _title_pt(title: str) -> float:
    """Size at which a title fits into one line."""
    width_pt, _ = text_size_pt(title, TITLE_PT)
    return TITLE_PT * min(1.0, 0.97 * SIZE_IN[0] * 72 / width_pt)


def draw_staircase(
    axes: Axes,
    assessment: Assessment,
    steps_of: Callable[[Option], Sequence[Step]],
    end_text: Callable[[Option], str],
    ribbons: Mapping[str, np.ndarray],
) -> None:
    """Draw the staircase of every option, name its jumps and write its total at the right edge.

    Parameters
    ----------
    ribbons : low and high of an option by its label, shape (2, steps); none where no futures were drawn
    """
    styles = option_styles(assessment.all_options)
    stairs = {option.label: steps_of(option) for option in assessment.all_options}
    shown = [option.label for option in _compared(assessment) if option.label in ribbons]
    tops = [*(steps[-1].amount for steps in stairs.values()), *(float(ribbons[label].max()) for label in shown)]
    axes.set_xlim(0, 1.01 * max(steps[-1].length_km for steps in stairs.values()))
    axes.set_ylim(0, 1.06 * max(tops))
    axes.set_xlabel("km since departure")
    axes.xaxis.set_major_formatter("{x:,.0f}")
    for label in shown:
        km = [step.length_km for step in stairs[label]]
        with marked(axes, label):
            axes.fill_between(km, *ribbons[label], color=styles[label].color, alpha=RIBBON_ALPHA, linewidth=0, zorder=2)
    for option in reversed(assessment.all_options):
        with marked(axes, option.label):
            _draw_stairs(axes, stairs[option.label], styles[option.label])
    _name_jumps(axes, stairs, styles)
    _write_totals(axes, assessment.all_options, stairs, styles, end_text)


def _compared(assessment: Assessment) -> list[Option]:
    """The best open option, and the one that the report holds against it."""
    options = assessment.options
    return [*options[:1], *([compared_option(assessment)] if len(options) > 1 else [])]


def _draw_stairs(axes: Axes, steps: Sequence[Step], style: OptionStyle) -> None:
    dash = (0, style.dash) if style.dash else "solid"
    axes.plot(
        [step.length_km for step in steps], [step.amount for step in steps],
        color=style.color, linewidth=2.4 if style.is_open else 1.5, linestyle=dash, solid_joinstyle="miter",
        dash_capstyle="butt", zorder=4 if style.is_open else 3,
    )  # fmt: skip


def _name_jumps(axes: Axes, stairs: Mapping[str, Sequence[Step]], styles: Mapping[str, OptionStyle]) -> None:
    """Write the names of posts beside their jumps, largest jump first, where there is room."""
    per_pt = _units_per_pt(axes)
    jumps = _jumps(axes, stairs, styles)
    marks = [
        Mark(jump.length_km / per_pt[0], jump.middle / per_pt[1], 2.0, *text_size_pt(jump.name, NAME_PT))
        for jump in jumps
    ]
    (west, east), (south, north) = axes.get_xlim(), axes.get_ylim()
    window = Box(west / per_pt[0], south / per_pt[1], east / per_pt[0], north / per_pt[1])
    boxes = place_names(marks, window=window, avoid=(), lines=_points(stairs) / per_pt)
    for jump, box in zip(jumps, boxes, strict=True):
        if box is not None:
            at = (box.west + box.east) / 2 * per_pt[0], (box.south + box.north) / 2 * per_pt[1]
            with marked(axes, jump.label):
                _write(axes, at, jump.name, styles[jump.label].color)


def _write(axes: Axes, at: tuple[float, float], text: str, color: str) -> None:
    halo = [withStroke(linewidth=2.0, foreground="white")]
    axes.text(*at, text, size=NAME_PT, color=color, ha="center", va="center", zorder=6, path_effects=halo)


def _jumps(axes: Axes, stairs: Mapping[str, Sequence[Step]], styles: Mapping[str, OptionStyle]) -> list[Jump]:
    """Jumps large enough to name, largest first; a closed option names only posts of its own."""
    least = LEAST_NAMED_SHARE * axes.get_ylim()[1]
    found: dict[tuple[str, float], Jump] = {}
    on_open: set[str] = set()
    for label, steps in stairs.items():
        for before, after in pairwise(steps):
            known = not styles[label].is_open and after.post in on_open
            if after.post and after.amount - before.amount > least and not known:
                middle, height = (before.amount + after.amount) / 2, after.amount - before.amount
                jump = Jump(label, short_post_name(after.post), after.length_km, middle, height)
                found.setdefault((after.post, round(after.length_km, -2)), jump)
        on_open |= {step.post for step in steps} if styles[label].is_open else set()
    return sorted(found.values(), key=lambda jump: -jump.height)


def _units_per_pt(axes: Axes) -> np.ndarray:
    """Km and amount per point on paper, shape (2,)."""
    position, (width, height) = axes.get_position(), SIZE_IN
    (west, east), (south, north) = axes.get_xlim(), axes.get_ylim()
    across = (east - west) / (position.width * width * 72)
    return np.array([across, (north - south) / (position.height * height * 72)])


def _points(stairs: Mapping[str, Sequence[Step]]) -> np.ndarray:
    """Points along all stairs, shape (points, 2)."""
    parts = np.linspace(0, 1, 24)
    lines = []
    for steps in stairs.values():
        km, amount = np.array([[step.length_km, step.amount] for step in steps]).T
        at = (np.arange(len(steps) - 1)[:, None] + parts).ravel()
        number = np.arange(len(steps))
        lines.append(np.column_stack([np.interp(at, number, km), np.interp(at, number, amount)]))
    return np.concatenate(lines)


def _write_totals(
    axes: Axes,
    options: Sequence[Option],
    stairs: Mapping[str, Sequence[Step]],
    styles: Mapping[str, OptionStyle],
    end_text: Callable[[Option], str],
) -> None:
    """Write letter and total of each option at the right edge, apart from each other."""
    low, high = axes.get_ylim()
    ordered = sorted(options, key=lambda option: stairs[option.label][-1].amount)
    ends = [stairs[option.label][-1].amount for option in ordered]
    heights = spread(ends, gap=0.052 * (high - low), within=(low, high))
    for option, height in zip(ordered, heights, strict=True):
        with marked(axes, option.label):
            _write_total(axes, option, stairs[option.label][-1], styles[option.label], height, end_text(option))


def _write_total(axes: Axes, option: Option, end: Step, style: OptionStyle, height: float, text: str) -> None:
    edge = axes.get_xlim()[1]
    axes.plot([end.length_km, edge], [end.amount, height], color=style.color, lw=0.7, ls=(0, (1, 2)), clip_on=False)
    draw_letter(axes, option.label, style, (edge, height), shift_pt=9)
    axes.annotate(
        text if option.is_open else f"{text} (closed)", (edge, height), xytext=(20, 0), textcoords="offset points",
        size=9, color=INK if option.is_open else MUTED_INK, va="center", annotation_clip=False,
    )  # fmt: skip


def draw_letter(axes: Axes, label: str, style: OptionStyle, at: tuple[float, float], *, shift_pt: float) -> None:
    """Draw the letter of an option in a disc of its colour, `shift_pt` points right of a point."""
    box = {"boxstyle": "circle,pad=0.2", "facecolor": style.color, "edgecolor": "none"}
    axes.annotate(
        label, at, xytext=(shift_pt, 0), textcoords="offset points", size=8, weight="bold",
        color=ink_on(style.color), ha="center", va="center", bbox=box, annotation_clip=False,
    )  # fmt: skip


def spread(heights: Sequence[float], *, gap: float, within: tuple[float, float]) -> list[float]:
    """Ascending heights moved up and down so that neighbours are at least `gap` apart, closer where room is short.

    Examples
    --------
    >>> spread([2.0, 2.0, 6.0], gap=2.0, within=(0.0, 9.0))
    [1.0, 3.0, 6.0]
    """
    low, high = within
    gap = min(gap, (high - low) / max(len(heights) - 1, 1))
    groups: list[list[float]] = []
    for height in heights:
        groups.append([height])
        while len(groups) > 1 and _lowest(groups[-1], gap) - _highest(groups[-2], gap) < gap:
            last = groups.pop()
            groups[-1] += last
    apart = [_lowest(group, gap) + gap * place for group in groups for place in range(len(group))]
    raised = [max(height, low + gap * place) for place, height in enumerate(apart)]
    return [min(height, high - gap * place) for place, height in enumerate(reversed(raised))][::-1]


def _lowest(group: Sequence[float], gap: float) -> float:
    return sum(group) / len(group) - gap * (len(group) - 1) / 2


def _highest(group: Sequence[float], gap: float) -> float:
    return sum(group) / len(group) + gap * (len(group) - 1) / 2


def option_name(option: Option, assessment: Assessment) -> str:
    """How a chart names an option beside its letter."""
    title = short_option_title(option, assessment.all_options, assessment.evidence)
    return fill(title + ("" if option.is_open else ", closed"), width=NAME_WIDTH)
