"""The bends of roads: points between the two ends of each edge, packed one edge after the other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corridor.network.geometry import great_circle_km

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class EdgeShapes:
    """Points between tail and head of each edge, in the order of travel from tail to head.

    Parameters
    ----------
    start : (edges + 1,) where the points of each edge begin
    lon, lat : (points,) degrees
    """

    start: NDArray[np.int64]
    lon: Floats
    lat: Floats

    def __len__(self) -> int:
        return len(self.start) - 1

    def counts(self) -> NDArray[np.int64]:
        """Number of points of each edge, shape (edges,)."""
        return np.diff(self.start)

    def points_of(self, edge: int) -> tuple[Floats, Floats]:
        """Longitudes and latitudes between the ends of one edge."""
        inside = slice(int(self.start[edge]), int(self.start[edge + 1]))
        return self.lon[inside], self.lat[inside]

    def taking(self, edges: NDArray[np.intp]) -> EdgeShapes:
        """The shapes of some edges, in their order."""
        rows = ragged_rows(self.start[:-1][edges], self.counts()[edges])
        start = np.concatenate([[0], np.cumsum(self.counts()[edges])])
        return EdgeShapes(start, self.lon[rows], self.lat[rows])

    def followed_by(self, other: EdgeShapes) -> EdgeShapes:
        """These shapes with those of further edges behind them."""
        start = np.concatenate([self.start, self.start[-1] + other.start[1:]])
        return EdgeShapes(start, np.append(self.lon, other.lon), np.append(self.lat, other.lat))


def straight(edges: int) -> EdgeShapes:
    """Shapes without a bend."""
    return EdgeShapes(np.zeros(edges + 1, dtype=np.int64), np.zeros(0), np.zeros(0))


def ragged_rows(start: NDArray[np.int64], count: NDArray[np.int64]) -> NDArray[np.int64]:
    """Row numbers of runs that begin at `start` and are `count` long, one run after the other.

    Examples
    --------
    >>> ragged_rows(np.array([5, 0]), np.array([2, 3])).tolist()
    [5, 6, 0, 1, 2]
    """
    before = np.concatenate([[0], np.cumsum(count)])
    return np.asarray(np.repeat(start - before[:-1], count) + np.arange(before[-1]))


def points_along(tail: Floats, head: Floats, shapes: EdgeShapes) -> tuple[Floats, NDArray[np.int64]]:
    """Every point of every edge from tail to head, and the number of its edge.

    Parameters
    ----------
    tail, head : (edges, 2) longitude and latitude of the two ends

    Returns
    -------
    points : (points, 2)
    edge : (points,)
    """
    count = shapes.counts() + 2
    start = np.concatenate([[0], np.cumsum(count)])
    points = np.empty((int(start[-1]), 2))
    points[start[:-1]], points[start[1:] - 1] = tail, head
    points[ragged_rows(start[:-1] + 1, count - 2)] = np.column_stack([shapes.lon, shapes.lat])
    return points, np.repeat(np.arange(len(count)), count)


@dataclass(frozen=True, slots=True)
class Segments:
    """Straight pieces of some edges, tail to head, one edge after the other; all arrays (segments,)."""

    edge: NDArray[np.intp]
    tail_lon: Floats
    tail_lat: Floats
    head_lon: Floats
    head_lat: Floats


@dataclass(frozen=True, slots=True)
class CutShapes:
    """An edge cut in two: the shapes of both parts, and the point of the cut."""

    parts: EdgeShapes
    lon: float
    lat: float


def cut_line(lon: Floats, lat: Floats, share: float) -> CutShapes:
    """Cut a line, ends included, at a share of its length.

    Examples
    --------
    >>> cut = cut_line(np.array([0.0, 1.0, 2.0]), np.zeros(3), 0.75)
    >>> round(cut.lon, 6), cut.parts.counts().tolist()
    (1.5, [1, 0])
    """
    along = np.concatenate([[0.0], np.cumsum(segment_km(lon, lat))])
    at = share * along[-1]
    before = int(np.searchsorted(along, at, side="right"))
    before = min(max(before, 1), len(lon) - 1)
    start = np.array([0, before - 1, len(lon) - 2], dtype=np.int64)
    point = float(np.interp(at, along, lon)), float(np.interp(at, along, lat))
    return CutShapes(EdgeShapes(start, lon[1:-1], lat[1:-1]), *point)


def segment_km(lon: Floats, lat: Floats) -> Floats:
    """Great-circle km between consecutive points of a line, shape (points - 1,)."""
    return great_circle_km(lon_a=lon[:-1], lat_a=lat[:-1], lon_b=lon[1:], lat_b=lat[1:])
