"""The live map of a run as the output of a notebook's cell."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from corridor.analysis.assessment import Assessment
from corridor.report.option_rows import build_option_rows
from corridor.report.page_parts import environment, map_texts, page_parts

HEIGHT_PX = 860
SCRIPTS = ("map_names", "live_map", "highlight")
"""Scripts of the report that the map needs."""


@dataclass(frozen=True, slots=True)
class InteractiveMap:
    """The options of a run on a map that can be moved, in a frame that reaches neither the notebook nor the network.

    Examples
    --------
    In a notebook, as the last line of a cell::

        InteractiveMap(assessment)
    """

    assessment: Assessment

    def _repr_html_(self) -> str:
        """The frame, as Jupyter asks for it."""
        page = escape(build_map_page(self.assessment), quote=True)
        return (
            f'<iframe sandbox="allow-scripts" srcdoc="{page}" width="100%" height="{HEIGHT_PX}" title="Map"></iframe>'
        )

    def __repr__(self) -> str:
        """What stands in its place where no notebook is."""
        return f"Interactive map of {self.assessment.run_id}: run the notebook to move it."


def build_map_page(assessment: Assessment) -> str:
    """The live map of a run and the list of what it shows, as a page of its own; empty where WebGL is missing."""
    rows = build_option_rows(assessment, assessment.all_options)
    return (
        environment()
        .get_template("map.html.jinja")
        .render(**page_parts(assessment, SCRIPTS), **map_texts(assessment), all_rows=rows)
    )
