"""The key to the circles of the static map: what their size means, in a strip outside the map."""

from __future__ import annotations

from matplotlib.axes import Axes

from corridor.report.map_names import text_size_pt
from corridor.report.map_posts import draw_circle, post_radius_pt
from corridor.report.map_sheet import PT_PER_IN
from corridor.report.map_sizes import MapSizes
from corridor.report.palette import INK, MUTED_INK

MEANING = "Hours at a border post"
KEY_HOURS = (6.0, 24.0, 72.0)
AFTER_TEXT_PT, AFTER_CIRCLE_PT = 10.0, 4.0


def draw_circle_key(axes: Axes, sizes: MapSizes, *, left_pt: float) -> None:
    """Draw the key from `left_pt` on, half way up the axes."""
    width_pt, height_pt = (length * PT_PER_IN / axes.figure.dpi for length in axes.bbox.size)
    axes.set(xlim=(0, width_pt), ylim=(0, height_pt))
    axes.axis("off")
    y = height_pt / 2
    x = _write(axes, left_pt, y, MEANING, sizes)
    for hours in KEY_HOURS:
        radius_pt = sizes.marks_share * post_radius_pt(hours)
        draw_circle(axes, x + radius_pt, y, radius_pt, edge=INK)
        x = _write(axes, x + 2 * radius_pt + AFTER_CIRCLE_PT, y, f"{hours:.0f}", sizes) + AFTER_TEXT_PT


def _write(axes: Axes, x: float, y: float, text: str, sizes: MapSizes) -> float:
    """Write a text from x on; return where it ends."""
    axes.text(x, y, text, size=sizes.key_pt, color=MUTED_INK, va="center_baseline")
    return x + text_size_pt(text, sizes.key_pt)[0]
