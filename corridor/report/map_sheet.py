"""A window of the plane on paper: its scale, and how large names and marks are on it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from matplotlib.axes import Axes

from corridor.report.background import Floats, MapFrame
from corridor.report.label_places import Box
from corridor.report.map_sizes import MapSizes

PT_PER_IN = 72.0


class RoundMark(Protocol):
    """A mark on a map: its middle in metres, its radius in points."""

    @property
    def x(self) -> float: ...  # noqa: D102

    @property
    def y(self) -> float: ...  # noqa: D102

    @property
    def radius_pt(self) -> float: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Sheet:
    """A window, metres on the ground per point on paper, and the sizes of what is drawn."""

    frame: MapFrame
    metres_per_pt: float
    sizes: MapSizes

    @property
    def window(self) -> Box:
        """The window in points."""
        edges_m = self.frame.west, self.frame.south, self.frame.east, self.frame.north
        return Box(*(edge_m / self.metres_per_pt for edge_m in edges_m))

    def in_points(self, x: Floats, y: Floats) -> Floats:
        """Points of the plane in metres as points on paper, shape (points, 2)."""
        return np.column_stack([x, y]) / self.metres_per_pt

    def spots(self, marks: Iterable[RoundMark]) -> Floats:
        """Middles and radii of marks in points on paper, shape (marks, 3)."""
        rows = [(mark.x / self.metres_per_pt, mark.y / self.metres_per_pt, mark.radius_pt) for mark in marks]
        return np.array(rows).reshape(-1, 3)


def build_sheet(axes: Axes, frame: MapFrame, sizes: MapSizes) -> Sheet:
    """The window as large as the axes are on paper."""
    width_in = axes.bbox.width / axes.figure.dpi
    return Sheet(frame, (frame.east - frame.west) / (width_in * PT_PER_IN), sizes)
