"""What the tags of the kept roads say and leave out, in km by country."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from corridor.network.health import MappedRoads
from corridor.network.osm.way_kinds import WayKinds
from corridor.road_kinds import SURFACES, TOLLS


def mapped_roads(
    *,
    kinds: WayKinds,
    tag_set: NDArray[np.int32],
    country: NDArray[np.int16],
    countries: Sequence[str],
    length_km: NDArray[np.float64],
) -> tuple[MappedRoads, ...]:
    """Km by country, for countries that have any.

    Parameters
    ----------
    tag_set, country, length_km : (edges,)
    """
    has_truck_limit = ~np.isnan(kinds.truck_limit_km_per_h)
    said = {
        "length_km": np.ones(len(kinds.toll), dtype=bool),
        "speed_km": has_truck_limit | ~np.isnan(kinds.limit_km_per_h),
        "truck_speed_km": has_truck_limit,
        "surface_km": kinds.surface != SURFACES.index("unknown"),
        "lanes_km": kinds.has_lanes,
        "toll_km": kinds.toll != TOLLS.index("unknown"),
        "conditional_km": kinds.has_conditions,
        "structure_km": kinds.is_structure,
    }
    sums = {
        name: np.bincount(country, weights=np.where(mask[tag_set], length_km, 0.0), minlength=len(countries))
        for name, mask in said.items()
    }
    return tuple(
        MappedRoads(iso3, **{name: round(float(km[number]), 3) for name, km in sums.items()})
        for number, iso3 in sorted(enumerate(countries), key=lambda pair: pair[1])
        if sums["length_km"][number] > 0
    )
