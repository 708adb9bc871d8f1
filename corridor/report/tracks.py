"""Lines of options as drawn: side by side where several options share a road."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import binary_closing, binary_opening
from scipy.spatial import KDTree

from corridor.analysis.assessment import Option
from corridor.network.geometry import great_circle_km, unit_sphere_xyz

STEP_KM = 10.0
"""Largest distance between two points of a track."""

SHARED_WITHIN_KM = 12.0
"""Two tracks closer than this share a road: on a map of Eurasia they would hide each other."""

LEAST_SHARED_POINTS = 5
"""Shorter encounters are crossings, not shared roads."""

FULL_WIDTH_LANES = 7.5
"""Bundles of more options than this are drawn with narrower lines."""

ALONE_KM = 100.0
"""An option this far from all others is alone enough for its letter."""

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Track:
    """The way of one option in small steps, and the lane it takes where others run beside it.

    Parameters
    ----------
    lon, lat : (points,) degrees
    lane : (points,) line widths to the right of the road; 0 where the option is alone
    at_sea : (points - 1,) whether a ferry goes from a point to the next
    beside : label of each other option -> (points,) whether it shares the road there
    """

    lon: Floats
    lat: Floats
    lane: Floats
    at_sea: Bools
    beside: Mapping[str, Bools]

    def runs(self) -> Iterator[tuple[slice, bool]]:
        """Points of each stretch on land or at sea, and which it is; neighbours share a point."""
        cuts = [0, *(np.flatnonzero(np.diff(self.at_sea)) + 1), len(self.at_sea)]
        for start, end in pairwise(cuts):
            yield slice(start, end + 1), bool(self.at_sea[start])


def line_of(option: Option) -> tuple[Floats, Floats]:
    """Lon and lat of all legs of an option, one after the other."""
    legs = [stage for stage in option.stages if stage.kind == "leg"]
    return np.concatenate([leg.lon for leg in legs]), np.concatenate([leg.lat for leg in legs])


def _comes_by_sea(option: Option) -> Bools:
    """Which points of `line_of` a ferry leads to: the first of the leg behind it."""
    marks = []
    for before, leg in zip((None, *option.stages), option.stages, strict=False):
        if leg.kind == "leg":
            mark = np.zeros(len(leg.lon), dtype=bool)
            mark[0] = before is not None and before.is_ferry
            marks.append(mark)
    return np.concatenate(marks)


def build_tracks(options: tuple[Option, ...]) -> dict[str, Track]:
    """Label of each option -> its track; on shared roads the options lie side by side, in their order.

    All options run from the origin to the destination, so "right" is the same side for all of them.
    """
    lines = {option.label: densified(*line_of(option)) for option in options}
    trees = {label: KDTree(unit_sphere_xyz(lon=lon, lat=lat)) for label, (lon, lat) in lines.items()}
    return {option.label: _build_track(option, lines[option.label], trees) for option in options}


def _build_track(option: Option, line: tuple[Floats, Floats], trees: Mapping[str, KDTree]) -> Track:
    points = unit_sphere_xyz(lon=line[0], lat=line[1])
    beside = {label: _is_shared(points, tree) for label, tree in trees.items() if label != option.label}
    place = list(trees).index(option.label)
    before, alone = list(beside.values())[:place], np.zeros(len(points))
    lane = sum(before, start=alone) - sum(beside.values(), start=alone) / 2
    return Track(*line, lane, _steps_at_sea(option), beside)


def lane_scale(tracks: Mapping[str, Track]) -> float:
    """How much narrower lanes must be so that the widest bundle of options stays a line: 1 for a few."""
    widest = max(2 * float(np.abs(track.lane).max()) + 1 for track in tracks.values())
    return min(1.0, FULL_WIDTH_LANES / widest)


def letter_indices(
    options: tuple[Option, ...], tracks: Mapping[str, Track], *, barred: Mapping[str, Bools] | None = None
) -> dict[str, int]:
    """Label of each option -> point of its track for its letter: alone if it can be, away from posts and ends.

    Parameters
    ----------
    barred : label -> (points,) whether a point of its track is no place for its letter; none where left out
    """
    posts = [unit_sphere_xyz(lon=at.lon, lat=at.lat) for option in options for at in option.stages if at.kind == "post"]
    taken = [*posts, *(_xyz(track)[[0, -1]] for track in tracks.values())]
    indices: dict[str, int] = {}
    for label, track in tracks.items():
        may_be = ~barred[label] if barred else np.ones(len(track.lon), dtype=bool)
        indices[label] = _letter_index(label, tracks, np.concatenate(taken), may_be)
        taken.append(_xyz(tracks[label])[[indices[label]]])
    return indices


def _letter_index(label: str, tracks: Mapping[str, Track], taken: Floats, may_be: Bools) -> int:
    """The point farthest from what is taken, among those that may be where the option is as alone as it gets."""
    points = _xyz(tracks[label])
    others = [_xyz(other) for key, other in tracks.items() if key != label]
    alone_km = np.full(len(points), ALONE_KM)
    if others:
        found_km, _ = KDTree(np.concatenate(others)).query(points, distance_upper_bound=ALONE_KM)
        alone_km = np.minimum(found_km, ALONE_KM)
    free_km = np.asarray(KDTree(taken).query(points)[0])
    is_alone = alone_km >= alone_km.max(where=may_be, initial=0.0) / 2
    return int(np.argmax(np.where(may_be & is_alone, free_km, -1.0)))


def _xyz(track: Track) -> Floats:
    return unit_sphere_xyz(lon=track.lon, lat=track.lat)


def densified(lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    """The same line with no two points farther apart than `STEP_KM` and none twice."""
    moved = _is_moved(lon, lat)
    lon, lat = lon[moved], lat[moved]
    pieces = _steps_between(lon, lat)
    starts = np.concatenate([[0], np.cumsum(pieces)])
    position = np.arange(starts[-1] + 1)
    return np.interp(position, starts, lon), np.interp(position, starts, lat)


def _is_moved(lon: Floats, lat: Floats) -> Bools:
    """Which points differ from the one before, shape (points,); the first counts."""
    return np.concatenate([[True], (np.diff(lon) != 0) | (np.diff(lat) != 0)])


def _steps_between(lon: Floats, lat: Floats) -> NDArray[np.intp]:
    """Number of steps of at most `STEP_KM` from each point to the next, shape (points - 1,)."""
    length_km = great_circle_km(lon_a=lon[:-1], lat_a=lat[:-1], lon_b=lon[1:], lat_b=lat[1:])
    return np.maximum(np.ceil(length_km / STEP_KM), 1).astype(np.intp)


def _steps_at_sea(option: Option) -> Bools:
    """Which steps of the densified line a ferry sails, shape (points - 1,)."""
    lon, lat = line_of(option)
    moved = _is_moved(lon, lat)
    return np.repeat(_comes_by_sea(option)[moved][1:], _steps_between(lon[moved], lat[moved]))


def _is_shared(points: Floats, tree: KDTree) -> Bools:
    """Where a track runs along another one for longer than a crossing, shape (points,)."""
    distance_km, _ = tree.query(points, distance_upper_bound=SHARED_WITHIN_KM)
    run = np.ones(LEAST_SHARED_POINTS, dtype=bool)
    padded = np.pad(distance_km < SHARED_WITHIN_KM, LEAST_SHARED_POINTS, mode="edge")
    smooth = binary_opening(binary_closing(padded, run), run)
    return np.asarray(smooth[LEAST_SHARED_POINTS:-LEAST_SHARED_POINTS], dtype=bool)


def shifted_right(x: Floats, y: Floats, offset: Floats) -> tuple[Floats, Floats]:
    """A line in the plane moved to its right by `offset` (points,), smoothly where the offset changes.

    Examples
    --------
    >>> x, y = shifted_right(np.array([0.0, 0.0]), np.array([0.0, 5.0]), np.array([1.0, 1.0]))
    >>> x.tolist(), y.tolist()  # northbound, right is east
    ([1.0, 1.0], [0.0, 5.0])
    """
    along_x, along_y = _smooth(np.gradient(x)), _smooth(np.gradient(y))
    length = np.hypot(along_x, along_y)
    length[length == 0] = 1.0
    offset = _smooth(offset)
    return x + offset * along_y / length, y - offset * along_x / length


def _smooth(values: Floats) -> Floats:
    """Moving average over seven points, or over all of a shorter line."""
    width = min(7, len(values) // 2 * 2 - 1)
    if width < 3:
        return values
    padded = np.pad(values, width // 2, mode="edge")
    return np.convolve(padded, np.full(width, 1 / width), mode="valid")
