"""Relief around roads, from a grid of elevation statistics."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

SAMPLE_KM = 10.0
"""Spacing of the points at which the relief along an edge is read."""

CELL_DEGREES = 0.25


@dataclass(frozen=True, slots=True)
class ReliefGrid:
    """Standard deviation of elevation (m) in cells of `CELL_DEGREES`, shape (rows, columns); NaN = no data."""

    lon0: float
    lat0: float
    sd_m: NDArray[np.float64]

    def at(self, lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.float64]:
        """Relief in m at points; 0 outside the grid, where no correction is made."""
        row = np.floor((lat - self.lat0) / CELL_DEGREES).astype(int)
        column = np.floor((lon - self.lon0) / CELL_DEGREES).astype(int)
        rows, columns = self.sd_m.shape
        inside = (row >= 0) & (row < rows) & (column >= 0) & (column < columns)
        values = np.zeros(len(lon))
        values[inside] = self.sd_m[row[inside], column[inside]]
        return np.nan_to_num(values)


def read_relief_grid(path: Path) -> ReliefGrid:
    """The grid of a gzipped CSV file with the columns lat0, lon0, mean_m, sd_m (south-west corners)."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        header = file.readline().strip().split(",")
        columns = [header.index(name) for name in ("lat0", "lon0", "sd_m")]
        lat, lon, relief_m = np.loadtxt(file, delimiter=",", usecols=columns, unpack=True)
    shape = (
        round((lat.max() - lat.min()) / CELL_DEGREES) + 1,
        round((lon.max() - lon.min()) / CELL_DEGREES) + 1,
    )
    sd_m = np.full(shape, np.nan)
    row = np.rint((lat - lat.min()) / CELL_DEGREES).astype(int)
    column = np.rint((lon - lon.min()) / CELL_DEGREES).astype(int)
    sd_m[row, column] = relief_m
    return ReliefGrid(float(lon.min()), float(lat.min()), sd_m)


def relief_along_edges(
    grid: ReliefGrid,
    *,
    tail_lon: NDArray[np.float64],
    tail_lat: NDArray[np.float64],
    head_lon: NDArray[np.float64],
    head_lat: NDArray[np.float64],
    length_km: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Mean relief in m along each edge, read every `SAMPLE_KM`, shape (edges,)."""
    samples = np.maximum(1, np.ceil(length_km / SAMPLE_KM)).astype(int)
    edge = np.repeat(np.arange(len(samples)), samples)
    first = np.repeat(np.cumsum(samples) - samples, samples)
    share = (np.arange(len(edge)) - first + 0.5) / samples[edge]
    lon = tail_lon[edge] + share * (head_lon - tail_lon)[edge]
    lat = tail_lat[edge] + share * (head_lat - tail_lat)[edge]
    total = np.bincount(edge, weights=grid.at(lon, lat), minlength=len(samples))
    return np.asarray(total / samples)


def relief_factor(relief_sd_m: NDArray[np.float64], *, per_100_m: float, cap_m: float) -> NDArray[np.float64]:
    """Factor >= 1 by which relief lengthens time or fuel: 1 + per_100_m * min(relief, cap) / 100.

    Examples
    --------
    >>> relief_factor(np.array([0.0, 200.0, 900.0]), per_100_m=0.1, cap_m=400.0).tolist()
    [1.0, 1.2, 1.4]
    """
    return np.asarray(1.0 + per_100_m * np.minimum(relief_sd_m, cap_m) / 100.0)
