"""Border posts on maps: where the ways pass them, and circles that grow with the hours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from textwrap import fill

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patheffects import Normal, withStroke

from corridor.analysis.assessment import Assessment, Stage
from corridor.report.map_lines import HALO
from corridor.report.map_sheet import Sheet
from corridor.report.naming import short_post_name
from corridor.report.numerals import NBSP
from corridor.report.palette import INK, LEAST_POST_RADIUS_PT, POST_RADIUS_PT_PER_ROOT_H
from corridor.report.profile import PostVisit, build_post_visits

CLOSED_RED = "#b3261e"
NAME_LETTERS = 22
"""A longer name is written in two lines: in one it would cross the lines beside its post."""


@dataclass(frozen=True, slots=True)
class PostCircle:
    """One post as drawn: its name with hours, x and y in metres, radius in points."""

    text: str
    x: float
    y: float
    radius_pt: float
    is_closed: bool

    @property
    def color(self) -> str:
        """Of its edge and its name."""
        return CLOSED_RED if self.is_closed else INK


def build_circles(assessment: Assessment, sheet: Sheet) -> list[PostCircle]:
    """Each post once, sized by its hours, longest stop first."""
    closed = {post.crossing_id for option in assessment.closed_options for post in option.closed_posts}
    circles = []
    for visit in busiest_visits(assessment):
        x, y = sheet.frame.project_point(visit.lon, visit.lat)
        is_closed = visit.crossing_id in closed
        text = f"{short_post_name(visit.name)} {_hours(visit.hours)}{', closed' if is_closed else ''}"
        text = fill(text, NAME_LETTERS, break_long_words=False, break_on_hyphens=False)
        radius_pt = sheet.sizes.marks_share * post_radius_pt(visit.hours)
        circles.append(PostCircle(text, x, y, radius_pt, is_closed))
    return circles


def _hours(hours: float) -> str:
    return f"<1{NBSP}h" if 0 < hours < 0.5 else f"{hours:.0f}{NBSP}h"


def busiest_visits(assessment: Assessment) -> list[PostVisit]:
    """One visit per post over all options, the longest one of each, longest first, where the ways as drawn pass it.

    That is some km from the post itself where roads are coarse. A ferry has no such place and stands at its own.
    """
    longest: dict[str, PostVisit] = {}
    for option in assessment.all_options:
        for visit in build_post_visits(option, assessment.evidence):
            known = longest.get(visit.crossing_id)
            if known is None or visit.hours > known.hours:
                longest[visit.crossing_id] = _where_passed(visit, option.stages[visit.stage])
    return sorted(longest.values(), key=lambda visit: (-visit.hours, visit.crossing_id))


def _where_passed(visit: PostVisit, stage: Stage) -> PostVisit:
    return visit if stage.is_ferry else replace(visit, lon=float(stage.lon[0]), lat=float(stage.lat[0]))


def post_radius_pt(hours: float) -> float:
    """Radius of a post's circle in points: it grows with the root of the hours, its area with the hours."""
    return LEAST_POST_RADIUS_PT + POST_RADIUS_PT_PER_ROOT_H * float(np.sqrt(max(hours, 0.0)))


def draw_circles(axes: Axes, circles: Sequence[PostCircle]) -> None:
    """Draw posts; closed ones are red and crossed out."""
    for circle in circles:
        draw_circle(axes, circle.x, circle.y, circle.radius_pt, edge=circle.color)
        if circle.is_closed:
            axes.plot(circle.x, circle.y, "x", ms=1.3 * circle.radius_pt, mec=CLOSED_RED, mew=1.8, zorder=7.1)


def draw_circle(axes: Axes, x: float, y: float, radius_pt: float, *, edge: str) -> None:
    """Draw the circle of a post."""
    halo = [withStroke(linewidth=2.6, foreground=HALO), Normal()]
    axes.plot(x, y, "o", ms=2 * radius_pt, mfc="#ffffffd9", mec=edge, mew=1.3, zorder=7, path_effects=halo)
