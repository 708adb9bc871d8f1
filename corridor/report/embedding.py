"""A figure inside a page: its picture and the numbers behind it as data addresses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote

from markupsafe import Markup

from corridor.report.figure_data import FIGURE_DATA
from corridor.report.findings import Findings
from corridor.report.pictures import Picture

IN_ADDRESS = {'"': "'", **{mark: f"%{ord(mark):02X}" for mark in "%#<>&\\^`[]\n\r\t"}}
"""Characters of an SVG -> how a data address in double quotes holds them; all others stay as they are."""


@dataclass(frozen=True, slots=True)
class EmbeddedPicture:
    """A figure inside the page; `alt` and `caption` say what it shows."""

    name: str
    uri: Markup
    alt: str
    caption: str
    csv_uri: str
    width: int
    height: int


def embed(picture: Picture, findings: Findings, *, caption: str) -> EmbeddedPicture:
    """A figure as a data address, with the numbers behind it."""
    width, height = _size_px(picture.svg)
    return EmbeddedPicture(
        name=picture.name,
        uri=_address(picture.svg.decode()),
        alt=caption,
        caption=caption,
        csv_uri="data:text/csv;charset=utf-8," + quote(FIGURE_DATA[picture.name](findings)),
        width=width,
        height=height,
    )


def _address(svg: str) -> Markup:
    for mark, held in IN_ADDRESS.items():
        svg = svg.replace(mark, held)
    return Markup(f"data:image/svg+xml,{svg}")  # noqa: S704 - no mark that ends the attribute is left


def _size_px(svg: bytes) -> tuple[int, int]:
    found = re.search(rb'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)
    if found is None:
        raise ValueError("an SVG without a viewBox")
    return round(float(found[1]) * 4 / 3), round(float(found[2]) * 4 / 3)
