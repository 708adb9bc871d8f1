"""Waypoints in tables ("torkham", "73.05 33.68") as nodes of the main road network."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from corridor.network.geometry import unit_sphere_xyz

REACH_KM = 25.0
"""A waypoint farther than this from every node is not on the network."""


def waypoint_finder(
    *,
    lon: NDArray[np.float64],
    lat: NDArray[np.float64],
    component: NDArray[np.int32],
    posts: Mapping[str, int],
) -> Callable[[str], int | None]:
    """A function from the text of a waypoint to its node: that of the post, or the nearest on the largest component.

    Parameters
    ----------
    lon, lat, component : (nodes,)
    posts : post id -> one of its nodes

    Notes
    -----
    The node is None where the post is not on the network, or the nearest node is more than `REACH_KM` away.
    """
    main = np.flatnonzero(component == np.bincount(component).argmax())
    tree = cKDTree(unit_sphere_xyz(lon=lon[main], lat=lat[main]))

    def find(waypoint: str) -> int | None:
        if " " not in waypoint:
            return posts.get(waypoint)
        at_lon, at_lat = (float(part) for part in waypoint.split())
        distance_km, nearest = tree.query(unit_sphere_xyz(lon=at_lon, lat=at_lat))
        return int(main[nearest]) if distance_km <= REACH_KM else None

    return find
