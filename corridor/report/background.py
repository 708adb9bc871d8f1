"""The ground of every map: land, borders, and the conical projection that suits a trip across Eurasia."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import geopandas as gpd
import numpy as np
from numpy.typing import NDArray
from pyproj import CRS, Transformer

from corridor.boundaries import land_features, line_features

WGS84 = "EPSG:4326"

ATTRIBUTION = "© OpenStreetMap contributors (ODbL) · Natural Earth"
DISCLAIMER = (
    "Boundaries, names and lines on this map do not imply any opinion on the legal status of any "
    "territory, or the endorsement or acceptance of any boundary."
)
SCHEMATIC = "Schematic: roads are simplified and not fit for navigation."

DETAIL_SHARE = 0.0004
"""Detail kept in the background, as share of a map's width: about half a pixel."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class MapFrame:
    """A window on the projected plane, in metres."""

    crs: CRS
    west: float
    south: float
    east: float
    north: float

    def project(self, lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
        """Metres east and north of points in degrees."""
        x, y = _transformer(self.crs).transform(lon, lat)
        return np.asarray(x), np.asarray(y)

    def project_point(self, lon: float, lat: float) -> tuple[float, float]:
        """Metres east and north of one point in degrees."""
        x, y = _transformer(self.crs).transform(lon, lat)
        return float(x), float(y)

    @property
    def aspect(self) -> float:
        """Width over height."""
        return (self.east - self.west) / (self.north - self.south)

    def contains(self, x: float, y: float, *, margin_m: float) -> bool:
        """Whether a point lies in the window and at least `margin_m` from its edge."""
        return self.west + margin_m < x < self.east - margin_m and self.south + margin_m < y < self.north - margin_m


def lon_lat(frame: MapFrame, x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """Degrees of points in the plane of a window."""
    lon, lat = _transformer(frame.crs).transform(x, y, direction="INVERSE")
    return np.asarray(lon), np.asarray(lat)


@cache
def _transformer(crs: CRS) -> Transformer:
    return Transformer.from_crs(WGS84, crs, always_xy=True)


@cache
def read_background(boundaries: str) -> gpd.GeoDataFrame:
    """Land of each country (`kind` land, `iso3`, `name`, `label`) and lines (`kind` border or disputed).

    Parameters
    ----------
    boundaries : the view of them, see `corridor.boundaries.line_features`
    """
    return gpd.GeoDataFrame.from_features([*land_features(), *line_features(boundaries)], crs=WGS84)


def build_projection(lon: Floats, lat: Floats) -> CRS:
    """Lambert conformal conic for an area, standard parallels a sixth inside its north and south end.

    References
    ----------
    Snyder, J. P. (1987), Map Projections: A Working Manual, USGS Professional Paper 1395, p. 99.
    """
    south, north = float(lat.min()), float(lat.max())
    sixth = (north - south) / 6
    middle = (float(lon.min()) + float(lon.max())) / 2
    return CRS.from_proj4(
        f"+proj=lcc +lat_1={south + sixth:.4f} +lat_2={north - sixth:.4f} "
        f"+lat_0={(south + north) / 2:.4f} +lon_0={middle:.4f} +datum=WGS84 +units=m"
    )


def build_frame(lon: Floats, lat: Floats, *, margin: float, least_aspect: float) -> MapFrame:
    """The window around points in degrees, with a margin as share of its larger side.

    Parameters
    ----------
    least_aspect : width over height that the window has at least
    """
    crs = build_projection(lon, lat)
    x, y = MapFrame(crs, 0, 0, 0, 0).project(lon, lat)
    pad = margin * max(np.ptp(x), np.ptp(y), 1e5)
    west, south, east, north = x.min() - pad, y.min() - pad, x.max() + pad, y.max() + pad
    missing = max(0.0, least_aspect * (north - south) - (east - west)) / 2
    return MapFrame(crs, float(west - missing), float(south), float(east + missing), float(north))


@cache
def land_in(frame: MapFrame, boundaries: str) -> gpd.GeoDataFrame:
    """The background in the projection of a window, cut to it."""
    wide = 0.05 * (frame.east - frame.west)
    box = (frame.west - wide, frame.south - wide, frame.east + wide, frame.north + wide)
    projected = read_background(boundaries).to_crs(frame.crs)
    detail_m = DETAIL_SHARE * (frame.east - frame.west)
    cut = projected.assign(geometry=projected.geometry.clip_by_rect(*box).simplify(detail_m))
    return cut[~cut.geometry.is_empty]
