"""What each edge of a network is besides its length: class, speed, surface, tolls and limits for trucks."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import ArrayLike, NDArray


@dataclass(frozen=True, slots=True)
class RoadAttributes:
    """Attributes of edges, all arrays of shape (edges,).

    Parameters
    ----------
    road_class, surface, toll, access : index into `ROAD_CLASSES`, `SURFACES`, `TOLLS`, `TRUCK_ACCESS`
    one_way : whether the edge is drivable from tail to head only
    speed_km_per_h : free-flow speed of a truck before calibration (model.md 1, at k = 1), > 0
    max_mass_t, max_height_m : posted limits; inf where there is none
    road : index into the network's `road_names`
    """

    road_class: NDArray[np.int8]
    surface: NDArray[np.int8]
    toll: NDArray[np.int8]
    access: NDArray[np.int8]
    one_way: NDArray[np.bool_]
    speed_km_per_h: NDArray[np.float64]
    max_mass_t: NDArray[np.float64]
    max_height_m: NDArray[np.float64]
    road: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.road_class)

    def taking(self, edges: NDArray[np.intp]) -> RoadAttributes:
        """The attributes of some edges, in their order; an edge may be named twice."""
        return RoadAttributes(**{field.name: getattr(self, field.name)[edges] for field in fields(self)})


def classless(speed_km_per_h: ArrayLike) -> RoadAttributes:
    """Attributes of roads of which only a speed is known: drivable both ways by every truck.

    Examples
    --------
    >>> roads = classless([50.0, 60.0])
    >>> len(roads), bool(roads.one_way.any())
    (2, False)
    """
    speed = np.asarray(speed_km_per_h, dtype=float)
    kind = np.zeros(len(speed), dtype=np.int8)
    return RoadAttributes(
        road_class=kind,
        surface=kind,
        toll=kind,
        access=kind,
        one_way=np.zeros(len(speed), dtype=bool),
        speed_km_per_h=speed,
        max_mass_t=np.full(len(speed), np.inf),
        max_height_m=np.full(len(speed), np.inf),
        road=np.zeros(len(speed), dtype=np.int32),
    )
