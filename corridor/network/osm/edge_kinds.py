"""What edges are, as one number each, so that chains are joined only where nothing changes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corridor.network.osm.gates import GatedRoads
from corridor.network.osm.raw_roads import RawRoads
from corridor.network.osm.way_kinds import WayKinds
from corridor.network.road_attributes import RoadAttributes


@dataclass(frozen=True, slots=True)
class EdgeKinds:
    """Distinct kinds of edges, all arrays of shape (kinds,).

    Parameters
    ----------
    tag_set, road, country : as in `RawRoads`
    crossing : number of the post that the edge is the crossing of, -1 for roads
    """

    tag_set: NDArray[np.int32]
    road: NDArray[np.int32]
    country: NDArray[np.int16]
    crossing: NDArray[np.int64]


def number_kinds(raw: RawRoads, roads: GatedRoads) -> tuple[NDArray[np.int64], EdgeKinds]:
    """Kind of each edge, shape (edges,), and the kinds: same attributes, label, country and direction rule."""
    edges = roads.edges
    tag_set, road = raw.tag_set[edges.way], raw.road[edges.way]
    country = roads.country[edges.tail]
    columns = np.column_stack(
        [_attribute_sets(raw.kinds)[tag_set], road, country, edges.one_way, roads.crossing]
    ).astype(np.int64)
    sizes = np.ptp(columns, axis=0) + 1 if len(columns) else np.ones(columns.shape[1], dtype=np.int64)
    offsets = columns.min(axis=0) if len(columns) else np.zeros(columns.shape[1], dtype=np.int64)
    key = np.ravel_multi_index(tuple((columns - offsets).T), tuple(sizes))
    _, first, kind = np.unique(key, return_index=True, return_inverse=True)
    return kind, EdgeKinds(tag_set[first], road[first], country[first], roads.crossing[first])


def _attribute_sets(kinds: WayKinds) -> NDArray[np.int64]:
    """Number of the distinct set of attributes that a network keeps, shape (tag sets,)."""
    columns = [kinds.road_class, kinds.surface, kinds.toll, kinds.access, kinds.max_mass_t, kinds.max_height_m]
    rows = np.column_stack([np.asarray(column, dtype=float) for column in columns])
    return np.asarray(np.unique(rows, axis=0, return_inverse=True)[1]).ravel()


def attributes_of(
    raw: RawRoads,
    kinds: EdgeKinds,
    kind: NDArray[np.int64],
    *,
    one_way: NDArray[np.bool_],
    speed_km_per_h: NDArray[np.float64],
) -> RoadAttributes:
    """Attributes of edges of some kinds, shape (edges,)."""
    tags = kinds.tag_set[kind]
    return RoadAttributes(
        road_class=raw.kinds.road_class[tags],
        surface=raw.kinds.surface[tags],
        toll=raw.kinds.toll[tags],
        access=raw.kinds.access[tags],
        one_way=one_way,
        speed_km_per_h=speed_km_per_h,
        max_mass_t=raw.kinds.max_mass_t[tags],
        max_height_m=raw.kinds.max_height_m[tags],
        road=kinds.road[kind],
    )
