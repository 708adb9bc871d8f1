"""A figure as SVG and PNG, saved so that the same figure gives the same bytes."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from numpy.typing import NDArray
from PIL import Image

PNG_DPI = 200
PNG_COMPRESSION = 3
STYLE: dict[Any, object] = {
    "font.family": "DejaVu Sans",
    "svg.hashsalt": "corridor",
    "svg.fonttype": "path",
    "text.parse_math": False,
    "text.hinting": "none",
    "hatch.linewidth": 0.6,
    "hatch.color": "#5a6672",
}
_LONG_DECIMALS = re.compile(r"(?<=\.\d)\d+")
_PATH_DATA = re.compile(r' d="[^"]*"')
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
    short = _PATH_DATA.sub(lambda path: _shortened(path.group()), buffer.getvalue())
    dense = _BETWEEN_TAGS.sub("><", _NO_PICTURE.sub("", short))
    return _HALO.sub(r'<path d="\1" style="\2\3; paint-order: stroke"/>', dense).encode()


def _shortened(path: str) -> str:
    return " ".join(_LONG_DECIMALS.sub("", path).split()).join((" ", ""))


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
