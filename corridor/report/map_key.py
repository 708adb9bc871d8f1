"""The key under the static map: a small table of options in the colours of the map."""

from __future__ import annotations

from collections.abc import Mapping

from matplotlib.axes import Axes

from corridor.analysis.assessment import Assessment, Option
from corridor.evidence import Evidence
from corridor.report.naming import post_names, short_corridor_names
from corridor.report.numerals import HOURS_PER_DAY, KG_PER_T
from corridor.report.palette import FAINT_LINE, INK, MUTED_INK, OptionStyle, ink_on
from corridor.report.wording import day_text

HEAD_IN, KEY_ROW_IN = 0.32, 0.235
COLUMNS = (("km", 0.735), ("days", 0.79), ("USD per truck", 0.91), ("t CO₂e", 0.985))
TEXT_PT, FULL_SIZE_LETTERS = 8.6, 105


def key_height_in(assessment: Assessment) -> float:
    """How high the key is: a head, then rows, one of them the heading of closed options."""
    return HEAD_IN + KEY_ROW_IN * _rows(assessment)


def _rows(assessment: Assessment) -> int:
    return len(assessment.options) + (1 + len(assessment.closed_options) if assessment.closed_options else 0)


def draw_key(axes: Axes, assessment: Assessment, styles: Mapping[str, OptionStyle]) -> None:
    """Draw one row per option: letter, line, way, km, days, USD and t CO2e."""
    head = HEAD_IN / KEY_ROW_IN
    axes.set(xlim=(0, 1), ylim=(_rows(assessment), -head))
    axes.axis("off")
    _draw_heading(axes, -head / 2, "Open options, best first", line_y=-0.02)
    for name, x in COLUMNS:
        axes.text(x, -head / 2, name, size=8, color=MUTED_INK, va="center", ha="right")
    texts = {option.label: way_text(option, assessment.evidence) for option in assessment.all_options}
    size_pt = TEXT_PT * min(1.0, FULL_SIZE_LETTERS / max(len(text) for text in texts.values()))
    row = 0.5
    for option in assessment.options:
        _draw_row(axes, row, option, styles[option.label], texts[option.label], size_pt)
        row += 1
    if assessment.closed_options:
        text = f"Closed on {day_text(assessment)}: figures as if the posts were reopened"
        _draw_heading(axes, row, text, line_y=row + 0.48)
    for number, option in enumerate(assessment.closed_options, start=1):
        _draw_row(axes, row + number, option, styles[option.label], texts[option.label], size_pt)


def _draw_heading(axes: Axes, y: float, text: str, *, line_y: float) -> None:
    axes.text(0.008, y, text, size=8, color=MUTED_INK, va="center")
    axes.plot([0, 1], [line_y, line_y], color=FAINT_LINE, lw=0.8)


def way_text(option: Option, evidence: Evidence) -> str:
    """Name of the corridor and the chain of posts."""
    chain = " › ".join(post_names(option, evidence))
    name = short_corridor_names(option, evidence)
    return f"{name}:  {chain}" if name else chain


def _draw_row(axes: Axes, y: float, option: Option, style: OptionStyle, text: str, size_pt: float) -> None:
    circle = {"boxstyle": "circle,pad=0.2", "facecolor": style.color, "edgecolor": "none"}
    axes.text(
        0.016, y, option.label, size=8, weight="bold", color=ink_on(style.color), ha="center", va="center",
        bbox=circle,
    )  # fmt: skip
    dash = (0, style.dash) if style.dash else "solid"
    axes.plot([0.034, 0.068], [y, y], color=style.color, lw=2.7 if style.is_open else 2.0, linestyle=dash)
    axes.text(0.078, y, text, size=size_pt, color=INK, va="center")
    for (_, x), number in zip(COLUMNS, key_numbers(option), strict=True):
        axes.text(x, y, number, size=8.8, color=INK, va="center", ha="right")


def key_numbers(option: Option) -> tuple[str, str, str, str]:
    """km, days, USD and t CO2e of a row; "≥" marks a lower bound."""
    ledger = option.ledger
    return (
        f"{option.length_km:,.0f}",
        f"{ledger.time_h / HOURS_PER_DAY:.1f}",
        f"{'≥ ' if ledger.is_lower_bound else ''}{ledger.money_usd:,.0f}",
        f"{ledger.co2e_wtw_kg / KG_PER_T:.1f}",
    )
