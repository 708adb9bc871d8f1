"""Bar charts: what the cost and the time of each option are made of, and where they arise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from corridor.analysis.assessment import Assessment, Option
from corridor.report.charts import draw_letter, new_chart, option_name
from corridor.report.naming import country_name
from corridor.report.numerals import HOURS_PER_DAY, days_text, usd_text
from corridor.report.option_marks import marked
from corridor.report.palette import (
    COST_GROUPS,
    FAINT_LINE,
    GROUP_COLORS,
    INK,
    MUTED_INK,
    TIME_GROUPS,
    ink_on,
    mixed,
    option_styles,
)
from corridor.report.wording import AT_MEANS, largest_part_title

BAR_HEIGHT = 0.56
TWO_LINE_BAR_HEIGHT = 0.84
LEAST_NAMED_SHARE = 0.045
LOWER_BOUND_SHARE = 0.02


def cost_parts(option: Option) -> dict[str, float]:
    """USD of each group of components, in the order of the chart; groups without rows are left out."""
    return _grouped(option.ledger.usd_by(lambda row: row.component), COST_GROUPS)


def time_parts(option: Option) -> dict[str, float]:
    """Hours of each group of components, in the order of the chart."""
    return _grouped(option.ledger.hours_by(lambda row: row.component), TIME_GROUPS)


def country_parts(option: Option) -> dict[str, float]:
    """USD of each country, in order of travel; last those that a cost is owed to without a road in them."""
    usd_of = {str(key): usd for key, usd in option.ledger.usd_by(lambda row: row.country).items()}
    return {country: usd_of[country] for country in (*option.countries, *usd_of) if country in usd_of}


def _grouped(by_component: Mapping[object, float], groups: Mapping[str, tuple[str, ...]]) -> dict[str, float]:
    return {
        name: sum(by_component[key] for key in keys if key in by_component)
        for name, keys in groups.items()
        if any(key in by_component for key in keys)
    }


def build_cost_bars(assessment: Assessment) -> Figure:
    """Cost of each option by group of components."""
    parts = {option.label: cost_parts(option) for option in assessment.all_options}
    first = assessment.all_options[0].label
    title = largest_part_title(first, lowered(parts[first]), of_what="cost")
    figure, axes = new_chart(title, f"USD per truck by component; {AT_MEANS}. Hatched end: at least.")
    _draw_groups(axes, assessment, parts)
    _write_ends(axes, assessment, usd_bar_ends(assessment), usd_ends(assessment))
    _draw_legend(figure, [name for name in COST_GROUPS if any(name in row for row in parts.values())])
    return figure


def build_time_bars(assessment: Assessment) -> Figure:
    """Days of each option by group of components."""
    parts = {
        option.label: {name: hours / HOURS_PER_DAY for name, hours in time_parts(option).items()}
        for option in assessment.all_options
    }
    first = assessment.all_options[0].label
    title = largest_part_title(first, lowered(parts[first]), of_what="time")
    figure, axes = new_chart(title, f"Days by what passes them; {AT_MEANS}.")
    _draw_groups(axes, assessment, parts)
    hours = [option.ledger.time_h for option in assessment.all_options]
    _write_ends(axes, assessment, [h / HOURS_PER_DAY for h in hours], [days_text(h) for h in hours])
    _draw_legend(figure, [name for name in TIME_GROUPS if any(name in row for row in parts.values())])
    return figure


def build_country_bars(assessment: Assessment) -> Figure:
    """Cost of each option by country in order of travel, in tints of the option's own colour."""
    first = assessment.all_options[0]
    named = {f"in {country_name(code, assessment.evidence)}": usd for code, usd in country_parts(first).items()}
    title = largest_part_title(first.label, named, of_what="cost")
    figure, axes = new_chart(title, f"USD per truck by country in order of travel; {AT_MEANS}. Hatched end: at least.")
    _prepare(axes, assessment)
    styles = option_styles(assessment.all_options)
    for row, option in enumerate(assessment.all_options):
        color = styles[option.label].color
        parts = country_parts(option)
        tints = [mixed(color, "#ffffff", share=0.12 if place % 2 else 0.38) for place in range(len(parts))]
        with marked(axes, option.label):
            _draw_bar(axes, row, parts, tints, list(parts), height=TWO_LINE_BAR_HEIGHT)
            _draw_lower_bound(axes, row, option, height=TWO_LINE_BAR_HEIGHT)
    _write_ends(axes, assessment, usd_bar_ends(assessment), usd_ends(assessment))
    return figure


def usd_bar_ends(assessment: Assessment) -> list[float]:
    """Where each bar of money ends, the hatched stub of a lower bound included."""
    return [
        option.ledger.money_usd * (1 + (LOWER_BOUND_SHARE if option.ledger.is_lower_bound else 0))
        for option in assessment.all_options
    ]


def lowered(parts: Mapping[str, float]) -> dict[str, float]:
    """Parts with names that fit into a sentence."""
    return {name[:1].lower() + name[1:]: size for name, size in parts.items()}


def usd_ends(assessment: Assessment) -> list[str]:
    """What stands at the end of each bar of money."""
    return [
        usd_text(option.ledger.money_usd, is_lower_bound=option.ledger.is_lower_bound)
        for option in assessment.all_options
    ]


def _draw_groups(axes: Axes, assessment: Assessment, parts: Mapping[str, Mapping[str, float]]) -> None:
    _prepare(axes, assessment)
    is_money = any(name in COST_GROUPS and name in row for row in parts.values() for name in ("Fuel", "Driver"))
    for row, option in enumerate(assessment.all_options):
        shown = parts[option.label]
        with marked(axes, option.label):
            _draw_bar(axes, row, shown, [GROUP_COLORS[name] for name in shown], [""] * len(shown))
            if is_money:
                _draw_lower_bound(axes, row, option)


def _prepare(axes: Axes, assessment: Assessment) -> None:
    """Set one row per option, best on top, with its letter and name."""
    options = assessment.all_options
    axes.set_position((0.27, 0.16, 0.58, 0.68))
    axes.set_ylim(len(options) - 0.4, -0.6)
    axes.set_yticks(range(len(options)), [option_name(option, assessment) for option in options])
    axes.tick_params(axis="y", pad=22, labelcolor=INK)
    styles = option_styles(options)
    for row, option in enumerate(options):
        with marked(axes, option.label):
            draw_letter(axes, option.label, styles[option.label], (0, row), shift_pt=-12)
    axes.grid(visible=False, axis="y")
    axes.grid(axis="x", color=FAINT_LINE, linewidth=0.8)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.xaxis.set_major_formatter("{x:,.0f}")
    axes.spines["bottom"].set_visible(False)


def _draw_bar(
    axes: Axes,
    row: int,
    parts: Mapping[str, float],
    colors: Sequence[str],
    names: Sequence[str],
    *,
    height: float = BAR_HEIGHT,
) -> None:
    """Draw the parts of one bar one after the other, with their size where it fits."""
    total = sum(parts.values())
    starts = [0.0, *accumulate(parts.values())][:-1]
    spans = list(zip(starts, parts.values(), strict=True))
    axes.broken_barh(spans, (row - height / 2, height), facecolors=colors, edgecolor="white", linewidth=0.6)
    for (start, size), color, name in zip(spans, colors, names, strict=True):
        if size > LEAST_NAMED_SHARE * total:
            number = f"{size:,.0f}" if size >= 20 else f"{size:.1f}"
            text = f"{name}\n{number}" if name else number
            middle = start + size / 2
            axes.text(middle, row, text, size=7, linespacing=1.0, color=ink_on(color), ha="center", va="center")


def _draw_lower_bound(axes: Axes, row: int, option: Option, *, height: float = BAR_HEIGHT) -> None:
    """Draw an open, hatched end where a part of the total is unknown."""
    if option.ledger.is_lower_bound:
        total = option.ledger.money_usd
        axes.barh(
            row, LOWER_BOUND_SHARE * total, height, left=total, color="white", edgecolor=MUTED_INK,
            hatch="////", linewidth=0,
        )  # fmt: skip


def _write_ends(axes: Axes, assessment: Assessment, ends: Sequence[float], texts: Sequence[str]) -> None:
    """Write the total of each option right of its bar."""
    for row, (option, end, text) in enumerate(zip(assessment.all_options, ends, texts, strict=True)):
        with marked(axes, option.label):
            axes.annotate(
                text, (end, row), xytext=(6, 0), textcoords="offset points", size=9, color=INK, va="center",
                annotation_clip=False,
            )  # fmt: skip
    axes.set_xlim(0, 1.02 * max(ends))


def _draw_legend(figure: Figure, names: Sequence[str]) -> None:
    handles = [Patch(facecolor=GROUP_COLORS[name], label=name) for name in names]
    figure.legend(
        handles=handles, loc="lower left", bbox_to_anchor=(0.01, 0.01), ncols=5, fontsize=8, frameon=False,
        handlelength=1.1, handleheight=1.1, columnspacing=1.6,
    )  # fmt: skip
