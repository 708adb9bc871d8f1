"""Free-flow truck speed of every edge before calibration: class, surface and limits by one rule (model.md 1)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from corridor.evidence import TruckSpeeds
from corridor.network.osm.way_kinds import WayKinds
from corridor.road_kinds import FERRY, ROAD_CLASSES, SURFACES


def edge_hours(
    *,
    kinds: WayKinds,
    tag_set: NDArray[np.int32],
    country: NDArray[np.int16],
    countries: Sequence[str],
    length_km: NDArray[np.float64],
    way_km: NDArray[np.float64],
    speeds: TruckSpeeds,
) -> NDArray[np.float64]:
    """Hours of a truck on each edge, shape (edges,).

    Parameters
    ----------
    tag_set, country : (edges,) index into the rows of `kinds`, and into `countries`
    way_km : (edges,) length of the whole way that the edge is a piece of; a ferry's mapped duration is shared by km

    Notes
    -----
    On a road v = min(class speed x surface factor, limit), where the limit is the one posted for trucks, or
    else the lower of the one posted for all and the one that the law sets for trucks.
    """
    table = _speed_table(countries, speeds)
    limits = _limit_table(countries, speeds)
    surface_factor = np.array([speeds.surface_factor(surface) for surface in SURFACES])
    road_class = kinds.road_class[tag_set]
    free_flow = table[country, road_class] * surface_factor[kinds.surface[tag_set]]
    for_all = np.fmin(kinds.limit_km_per_h[tag_set], limits[country, road_class])
    limit = np.where(np.isnan(kinds.truck_limit_km_per_h[tag_set]), for_all, kinds.truck_limit_km_per_h[tag_set])
    hours = length_km / np.minimum(free_flow, limit)
    duration_h = kinds.duration_h[tag_set] * length_km / np.where(way_km > 0, way_km, 1.0)
    return np.where((road_class == FERRY) & ~np.isnan(duration_h), duration_h, hours)


def _speed_table(countries: Sequence[str], speeds: TruckSpeeds) -> NDArray[np.float64]:
    """Class speeds in km/h, shape (countries, classes); classes that no way has are nan."""
    rows = [[_class_speed(speeds, country, name) for name in ROAD_CLASSES] for country in countries]
    return np.array(rows).reshape(len(countries), len(ROAD_CLASSES))


def _class_speed(speeds: TruckSpeeds, country: str, name: str) -> float:
    if name == "unknown":
        return np.nan
    return speeds.ferry_km_per_h if name == "ferry" else speeds.class_speed_km_per_h(country, name)


def _limit_table(countries: Sequence[str], speeds: TruckSpeeds) -> NDArray[np.float64]:
    """Legal truck limits in km/h, shape (countries, classes); inf at sea."""
    rows = [[_legal_limit(speeds, country, name) for name in ROAD_CLASSES] for country in countries]
    return np.array(rows).reshape(len(countries), len(ROAD_CLASSES))


def _legal_limit(speeds: TruckSpeeds, country: str, name: str) -> float:
    return np.inf if name in ("unknown", "ferry") else speeds.legal_limit_km_per_h(country, name)
