"""The line under the title of a map: whose question it answers, and what its marks mean."""

from __future__ import annotations

from matplotlib.figure import Figure
from matplotlib.font_manager import findfont, get_font

from corridor.report.palette import MUTED_INK

SIZE_PT, BELOW_TOP_IN = 10.0, 0.49
PT_PER_IN = 72.0
FONT, FONT_UNITS_PER_PT = "DejaVu Sans", 64
_LEFT_TO_RIGHT = "\u200e"


def write_subtitle(figure: Figure, title: str, meaning: str, *, side_in: float) -> None:
    """Write a scenario's title and what the map shows on one line, as far as there is room between the margins."""
    width_in, height_in = figure.get_size_inches()
    text = subtitle(title, meaning, room_pt=(width_in - 2 * side_in) * PT_PER_IN)
    at = side_in / width_in, 1 - BELOW_TOP_IN / height_in
    figure.text(*at, text, size=SIZE_PT, color=MUTED_INK, va="top", parse_math=False)


def subtitle(title: str, meaning: str, *, room_pt: float) -> str:
    """The title, cut where the line would be too long, then the meaning; a title from right to left turns neither.

    Examples
    --------
    >>> subtitle("Lahore to Moscow, in spring", "at mean inputs", room_pt=180).replace("\u200e", "")
    'Lahore to Mos… · at mean inputs'
    """
    shown = title
    while shown and width_pt(f"{shown}… · {meaning}") > room_pt:
        shown = shown[:-1]
    return f"{_LEFT_TO_RIGHT}{shown}{'' if shown == title else '…'}{_LEFT_TO_RIGHT} · {meaning}"


def width_pt(text: str) -> float:
    """How wide a subtitle is as drawn."""
    font = get_font(findfont(FONT))
    font.set_size(SIZE_PT, PT_PER_IN)
    font.set_text(text, 0.0)
    return float(font.get_width_height()[0] / FONT_UNITS_PER_PT)
