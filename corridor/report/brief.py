"""The one-page brief as a PDF: tagged, the same bytes on every machine."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Final

import matplotlib as mpl
import typst

from corridor.analysis.assessment import Assessment
from corridor.analysis.calibration_summary import ShippedCalibration
from corridor.report.brief_text import Brief, build_brief
from corridor.report.findings import Findings
from corridor.report.maps import build_brief_map
from corridor.report.pictures import STYLE, svg_bytes

TEMPLATE = Path(__file__).parent / "templates" / "brief.typ"
STANDARD: Final = "ua-1"
"""PDF/UA-1: tags, a title, a language and a text for the map, for those who listen to the page."""


def draw_brief_map(assessment: Assessment, shown: Collection[str]) -> bytes:
    """The map of the open options of these labels, and of the closed ones, as SVG."""
    with mpl.rc_context(STYLE):
        return svg_bytes(build_brief_map(assessment, shown))


def build_brief_pdf(findings: Findings, map_svg: bytes, shipped: ShippedCalibration) -> bytes:
    """The page.

    Parameters
    ----------
    map_svg : from `draw_brief_map`
    shipped : how the model does on observed trips
    """
    return compile_brief(build_brief(findings, shipped), map_svg)


def compile_brief(brief: Brief, map_svg: bytes) -> bytes:
    """Texts and map set as one page; no font of the machine, and no date, has a part in it."""
    return typst.compile(
        TEMPLATE.read_bytes(),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"brief": json.dumps(asdict(brief)), "map": map_svg.decode()},
        pdf_standards=STANDARD,
        format="pdf",
    )


@cache
def _fonts() -> typst.Fonts:
    """Those of typst, and those of matplotlib for letters that typst has not; the template names which."""
    return typst.Fonts(include_system_fonts=False, font_paths=[Path(mpl.get_data_path(), "fonts", "ttf")])
