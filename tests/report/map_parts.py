"""Parts of the static map that several tests need."""

from __future__ import annotations

import numpy as np

from corridor.report.background import build_frame
from corridor.report.map_lines import MapWays
from corridor.report.map_sheet import PT_PER_IN, Sheet
from corridor.report.map_sizes import MapSizes
from corridor.report.maps import LEAST_ASPECT, MARGIN, SIDE_IN, WIDTH_IN


def sheet_of(ways: MapWays, sizes: MapSizes) -> Sheet:
    """The whole map of some ways, on paper."""
    lon, lat = (np.concatenate([getattr(track, axis) for track in ways.tracks.values()]) for axis in ("lon", "lat"))
    frame = build_frame(lon, lat, margin=MARGIN, least_aspect=LEAST_ASPECT)
    return Sheet(frame, (frame.east - frame.west) / ((WIDTH_IN - 2 * SIDE_IN) * PT_PER_IN), sizes)
