"""Where on a map an inset goes, and how large, so that it covers nothing that counts."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from corridor.report.background import Floats
from corridor.report.label_places import Box

MOST_TIMES, LEAST_TIMES, STEP_TIMES = 3.0, 2.0, 0.1
"""How many times as large as on the map: tried from the most down; less is not worth the room."""

GAP_PT = 8.0
"""Least distance of the inset from lines and boxes."""

SPOT_GAP_PT = 14.0
"""The same from marks, whose names need room beside them."""

STEP_PT = 6.0
"""Between two places along an edge of the map that are tried."""


def find_place(window: Box, page: Box, lines: Floats, spots: Floats) -> tuple[Box, float] | None:
    """The place of the inset in points, and how many times it is enlarged; a corner of the map before any other.

    Parameters
    ----------
    window : what is enlarged; stays visible
    page : the whole map
    lines : (points, 2) points of the options' lines
    spots : (spots, 3) middles and radii of posts and ends

    Returns
    -------
    tuple
        None where it would have to cover something.
    """
    steps = round((MOST_TIMES - LEAST_TIMES) / STEP_TIMES) + 1
    sizes = [round(MOST_TIMES - step * STEP_TIMES, 1) for step in range(steps)]
    for places in (_corners, _edges):
        for times in sizes:
            width, height = times * (window.east - window.west), times * (window.north - window.south)
            for place in places(page, width, height):
                if _is_clear(place, window, lines, spots):
                    return place, times
    return None


def _corners(page: Box, width: float, height: float) -> Iterator[Box]:
    for south in (page.south, page.north - height):
        for west in (page.west, page.east - width):
            yield Box(west, south, west + width, south + height)


def _edges(page: Box, width: float, height: float) -> Iterator[Box]:
    """Along the lower and the upper edge, then along the sides."""
    for south in (page.south, page.north - height):
        for west in np.arange(page.west, page.east - width, STEP_PT):
            yield Box(float(west), south, float(west) + width, south + height)
    for west in (page.west, page.east - width):
        for south in np.arange(page.south, page.north - height, STEP_PT):
            yield Box(west, float(south), west + width, float(south) + height)


def _is_clear(place: Box, window: Box, lines: Floats, spots: Floats) -> bool:
    if place.grown(GAP_PT).overlaps(window) or place.grown(GAP_PT).count_inside(lines):
        return False
    return not any(place.grown(SPOT_GAP_PT + radius).holds(x, y) for x, y, radius in spots)
