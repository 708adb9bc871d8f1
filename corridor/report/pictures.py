"""A figure as SVG and PNG, saved so that the same figure gives the same bytes."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from numpy.typing import NDArray
from PIL import Image

from corridor.report.option_marks import with_targets

PNG_DPI = 200
PNG_COMPRESSION = 3
FIRST_COLOR = "#1f77b4"
"""The first colour of matplotlib's cycle: where a line or patch names none, the cycle need not be asked for it."""

STYLE: dict[Any, object] = {
    "font.family": "DejaVu Sans",
    "svg.hashsalt": "corridor",
    "svg.fonttype": "path",
    "lines.color": FIRST_COLOR,
    "patch.facecolor": FIRST_COLOR,
    "text.parse_math": False,
    "text.hinting": "none",
    "hatch.linewidth": 0.6,
    "hatch.color": "#5a6672",
}
_PATH_DATA = re.compile(r'(?<= d=")[^"]*')
_PATH_COMMAND = re.compile(r"([MLQCz])([^MLQCz]*)")
_BETWEEN_TAGS = re.compile(r">\s+<")
_NO_PICTURE = re.compile(r"<metadata>.*?</metadata>|<!--.*?-->", re.DOTALL)
_HALO = re.compile(r'<path d="([^"]*)" style="(fill: #\w+)(; stroke: [^"]*)"/><path d="\1" style="\2"/>')


@dataclass(frozen=True, slots=True)
class Picture:
    """One figure, ready to be written or embedded."""

    name: str
    svg: bytes
    png: bytes


def svg_bytes(figure: Figure) -> bytes:
    """A figure as SVG without a date, coordinates to a tenth of a point."""
    buffer = io.StringIO()
    figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": "corridor"})
    short = _PATH_DATA.sub(lambda path: relative_path(path.group()), buffer.getvalue())
    dense = _BETWEEN_TAGS.sub("><", _NO_PICTURE.sub("", short))
    return with_targets(_HALO.sub(r'<path d="\1" style="\2\3; paint-order: stroke"/>', dense)).encode()


def relative_path(data: str) -> str:
    """Path data with points counted from the one before, to a tenth: half as long as with absolute ones.

    Examples
    --------
    >>> relative_path("M 10.04 20 L 11.5 19.5 Q 12 19 13 18 z M 10 21 ")
    'm10 20l1.5-.5q.5-.5 1.5-1.5zm0 1'
    """
    start = at = (0, 0)
    written = []
    for command, numbers in _PATH_COMMAND.findall(data):
        tenths = [round(10 * float(number)) for number in numbers.split()]
        written.append(command.lower() + _joined([each - at[axis % 2] for axis, each in enumerate(tenths)]))
        at = (tenths[-2], tenths[-1]) if tenths else start
        start = at if command == "M" else start
    return "".join(written)


def _joined(tenths: list[int]) -> str:
    """Numbers in tenths, apart from each other; a sign needs no space before it."""
    return " ".join(map(_tenths_text, tenths)).replace(" -", "-")


@cache
def _tenths_text(tenths: int) -> str:
    """A number in tenths without zeros that it can do without: "-.5"."""
    whole, rest = divmod(abs(tenths), 10)
    return "-" * (tenths < 0) + (str(whole) if whole or not rest else "") + (f".{rest}" if rest else "")


def pixels(figure: Figure) -> NDArray[np.uint8]:
    """A figure as pixels of 200 per inch, shape (height, width, 3)."""
    figure.set_dpi(PNG_DPI)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()  # type: ignore[no-untyped-call]
    rgba = np.asarray(canvas.buffer_rgba())  # type: ignore[no-untyped-call]
    return rgba[:, :, :3].copy()


def png_bytes(rgb: NDArray[np.uint8]) -> bytes:
    """Pixels as PNG, without date or software version."""
    buffer = io.BytesIO()
    Image.fromarray(rgb).save(buffer, format="png", dpi=(PNG_DPI, PNG_DPI), compress_level=PNG_COMPRESSION)
    return buffer.getvalue()
