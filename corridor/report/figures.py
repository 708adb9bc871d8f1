"""All figures of a report: what draws each, and drawing them all."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from types import MappingProxyType

import matplotlib as mpl
from matplotlib.figure import Figure

from corridor.report.bars import build_cost_bars, build_country_bars, build_time_bars
from corridor.report.calendar_chart import build_calendar_strip
from corridor.report.change_charts import build_tornado_chart
from corridor.report.charts import build_cost_staircase, build_time_staircase
from corridor.report.criticality_map import build_criticality_map
from corridor.report.findings import Findings
from corridor.report.indifference_chart import build_queues_chart
from corridor.report.maps import build_map
from corridor.report.pictures import STYLE, Picture, pixels, png_bytes, svg_bytes
from corridor.report.replay_chart import build_replay_chart

BUILDERS: Mapping[str, Callable[[Findings], Figure]] = MappingProxyType(
    {
        "map": lambda findings: build_map(findings.assessment),
        "time_staircase": lambda findings: build_time_staircase(findings.assessment, findings.outlook.bands),
        "cost_staircase": lambda findings: build_cost_staircase(findings.assessment, findings.outlook.bands),
        "cost_by_component": lambda findings: build_cost_bars(findings.assessment),
        "cost_by_country": lambda findings: build_country_bars(findings.assessment),
        "time_by_component": lambda findings: build_time_bars(findings.assessment),
    }
)
"""File name of each figure -> what draws it, in the order of the report."""

AHEAD: Mapping[str, Callable[[Findings], Figure | None]] = MappingProxyType(
    {
        "tornado": lambda findings: (
            build_tornado_chart(findings.outlook.sensitivity.tornado, findings.assessment)
            if findings.outlook.sensitivity
            else None
        ),
        "queues": lambda findings: (
            build_queues_chart(findings.outlook.break_evens, findings.assessment)
            if findings.outlook.break_evens
            else None
        ),
        "criticality": lambda findings: (
            build_criticality_map(findings.assessment, findings.outlook.criticality)
            if findings.outlook.criticality
            else None
        ),
        "calendar": lambda findings: (
            build_calendar_strip(findings.outlook.calendar, findings.assessment) if findings.outlook.calendar else None
        ),
        "replay": lambda findings: (
            build_replay_chart(findings.outlook.replay, findings.assessment) if findings.outlook.replay else None
        ),
    }
)
"""The same for figures that look ahead, as far as that was asked for."""

FIGURES = (*BUILDERS, *AHEAD)
MISSING_LETTER = r"(?s)Glyph \d+ .* missing from font"


def draw_pictures(findings: Findings, *, names: Sequence[str]) -> dict[str, Picture]:
    """Figures of a run as SVG and PNG, by file name (see `BUILDERS`).

    A letter that the font lacks is drawn as a box.
    PNG files are compressed beside the drawing of the next figure, which a second core does for free.
    """
    with mpl.rc_context(STYLE), warnings.catch_warnings(), ThreadPoolExecutor(max_workers=1) as pool:
        warnings.filterwarnings("ignore", MISSING_LETTER, UserWarning)
        drawn = []
        for name in names:
            figure = {**BUILDERS, **AHEAD}[name](findings)
            if figure is not None:
                drawn.append((name, svg_bytes(figure), pool.submit(png_bytes, pixels(figure))))
        return {name: Picture(name, svg, png.result()) for name, svg, png in drawn}
