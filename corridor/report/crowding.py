"""Where posts crowd on a map, so that a part of it is worth drawing larger."""

from __future__ import annotations

import numpy as np

from corridor.report.background import Floats
from corridor.report.label_places import Box
from corridor.report.tracks import Bools

CROWD_WIDTH, CROWD_HEIGHT = 0.145, 0.12
"""Width and height of the window that is searched for posts, as shares of the map's width."""

LEAST_CROWD = 6
"""Posts from which on a window is crowded: the names of five still find room around it (seen on the bundled maps)."""

STEP_PT = 2.0
"""Between two windows that are tried."""

EDGE_PT = 1.0
"""Between a mark and the edge of the window: no mark is cut by it."""


def find_crowd(posts: Floats, ends: Floats, page: Box) -> Box | None:
    """The window that holds the most posts, these as near its middle as they get; None where nothing is crowded.

    Parameters
    ----------
    posts : (posts, 3) middles and radii in points on paper; each lies wholly inside the window or wholly outside
    ends : (ends, 3) likewise, outside: a trip's ends keep their names on the map
    page : the whole map
    """
    width, height = CROWD_WIDTH * (page.east - page.west), CROWD_HEIGHT * (page.east - page.west)
    west = np.arange(page.west, page.east - width, STEP_PT)
    south = np.arange(page.south, page.north - height, STEP_PT)
    is_inside = _both(_within(posts[:, 0], posts[:, 2], west, width), _within(posts[:, 1], posts[:, 2], south, height))
    may_be = ~(_touching(posts, west, south, width, height) & ~is_inside).any(axis=2)
    may_be &= ~_touching(ends, west, south, width, height).any(axis=2)
    count = np.where(may_be, is_inside.sum(axis=2), 0)
    if count.max(initial=0) < LEAST_CROWD:
        return None
    best = np.argwhere(count == count.max())
    windows = [Box(float(west[x]), float(south[y]), float(west[x] + width), float(south[y] + height)) for x, y in best]
    held = (posts[is_inside[x, y]] for x, y in best)
    return min(zip(windows, held, strict=True), key=lambda pair: _off_middle(*pair))[0]


def _within(middle: Floats, radius: Floats, start: Floats, length: float) -> Bools:
    """Which marks lie wholly between each start and its end, along one axis, shape (starts, marks)."""
    reach = radius + EDGE_PT
    return np.asarray(
        (middle - reach >= start[:, None]) & (middle + reach <= start[:, None] + length),
    )


def _touching(marks: Floats, west: Floats, south: Floats, width: float, height: float) -> Bools:
    """Which marks have a part in each window, shape (wests, souths, marks)."""
    return _both(_meets(marks[:, 0], marks[:, 2], west, width), _meets(marks[:, 1], marks[:, 2], south, height))


def _meets(middle: Floats, radius: Floats, start: Floats, length: float) -> Bools:
    reach = radius + EDGE_PT
    return np.asarray((middle + reach > start[:, None]) & (middle - reach < start[:, None] + length))


def _both(along: Bools, up: Bools) -> Bools:
    return np.asarray(along[:, None, :] & up[None, :, :])


def _off_middle(window: Box, posts: Floats) -> float:
    """How far the middle of the posts is from that of the window."""
    x = (posts[:, 0].min() + posts[:, 0].max() - window.west - window.east) / 2
    y = (posts[:, 1].min() + posts[:, 1].max() - window.south - window.north) / 2
    return float(np.hypot(x, y))
