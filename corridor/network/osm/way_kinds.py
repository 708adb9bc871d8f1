"""What the tags of ways say, once for each distinct set of tags."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corridor.network.osm.tag_rules import (
    CONDITIONAL_KEYS,
    ferry_duration_h,
    height_limit_m,
    is_bridge,
    is_tunnel,
    lane_count,
    mass_limit_t,
    road_class,
    speed_limit_km_per_h,
    surface,
    toll,
    travel_direction,
    truck_access,
    truck_speed_limit_km_per_h,
)
from corridor.road_kinds import ROAD_CLASSES, SURFACES, TOLLS, TRUCK_ACCESS

Tags = Mapping[str, str]
Floats = NDArray[np.float64]

NOT_A_ROAD = -1
"""In `WayKinds.road_class`: no truck drives there, so the way is left out before anything is computed."""


@dataclass(frozen=True, slots=True)
class WayKinds:
    """Attributes of tag sets, all arrays of shape (tag sets,).

    Parameters
    ----------
    road_class : index into `ROAD_CLASSES`, or `NOT_A_ROAD`
    surface, toll, access : index into `SURFACES`, `TOLLS`, `TRUCK_ACCESS`
    one_way, backward : whether drivable one way only, and whether that is against the order of its nodes
    limit_km_per_h, truck_limit_km_per_h : posted limits for all and for trucks; nan where none is mapped
    max_mass_t, max_height_m : inf where there is no limit
    duration_h : how long a ferry takes; nan where not mapped
    has_lanes, has_conditions, is_structure : whether lanes are mapped, a rule holds at some times only, and
        whether the way is a bridge or a tunnel
    """

    road_class: NDArray[np.int8]
    surface: NDArray[np.int8]
    toll: NDArray[np.int8]
    access: NDArray[np.int8]
    one_way: NDArray[np.bool_]
    backward: NDArray[np.bool_]
    limit_km_per_h: Floats
    truck_limit_km_per_h: Floats
    max_mass_t: Floats
    max_height_m: Floats
    duration_h: Floats
    has_lanes: NDArray[np.bool_]
    has_conditions: NDArray[np.bool_]
    is_structure: NDArray[np.bool_]


def read_way_kinds(tag_sets: Sequence[Tags], *, zone_limits: Mapping[str, float]) -> WayKinds:
    """Attributes of every tag set.

    Parameters
    ----------
    zone_limits : "PK:urban" -> km/h
    """

    def column(rule: Callable[[Tags], object], dtype: type) -> NDArray[Any]:
        return np.array([rule(tags) for tags in tag_sets], dtype=dtype)

    return WayKinds(
        road_class=column(_class_number, np.int8),
        surface=column(lambda tags: SURFACES.index(surface(tags)), np.int8),
        toll=column(lambda tags: TOLLS.index(toll(tags)), np.int8),
        access=column(lambda tags: TRUCK_ACCESS.index(truck_access(tags)), np.int8),
        one_way=column(lambda tags: travel_direction(tags) != "both", bool),
        backward=column(lambda tags: travel_direction(tags) == "backward", bool),
        limit_km_per_h=column(lambda tags: _known(speed_limit_km_per_h(tags, zone_limits=zone_limits)), float),
        truck_limit_km_per_h=column(
            lambda tags: _known(truck_speed_limit_km_per_h(tags, zone_limits=zone_limits)), float
        ),
        max_mass_t=column(mass_limit_t, float),
        max_height_m=column(height_limit_m, float),
        duration_h=column(lambda tags: _known(ferry_duration_h(tags)), float),
        has_lanes=column(lambda tags: lane_count(tags) is not None, bool),
        has_conditions=column(lambda tags: any(key in tags for key in CONDITIONAL_KEYS), bool),
        is_structure=column(lambda tags: is_bridge(tags) or is_tunnel(tags), bool),
    )


def _class_number(tags: Tags) -> int:
    name = road_class(tags)
    return NOT_A_ROAD if name is None else ROAD_CLASSES.index(name)


def _known(value: float | None) -> float:
    return np.nan if value is None else value
