"""Gaps and holes of the source network, closed by stated rules and listed one by one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import cKDTree

from corridor.errors import DataError
from corridor.network.draft import DraftNetwork, Repair
from corridor.network.geometry import unit_sphere_xyz

GAP_LIMIT_KM = 1.0
DETOUR_KM = 15.0
DETOUR_FACTOR = 12.0
"""A dead end is joined to the nearest node of its country within `GAP_LIMIT_KM` to which the way round is
longer than `DETOUR_KM` and than `DETOUR_FACTOR` times the gap (design section 4)."""

BATCH = 64
"""Dead ends searched at a time, to bound memory."""


@dataclass(frozen=True, slots=True)
class Hole:
    """A stretch of road known to exist that the source lacks.

    Parameters
    ----------
    source_a, source_b : its ends, each a node number of the source ("127847") or a gate ("syrym@RUS")
    """

    name: str
    source_a: str
    source_b: str
    length_km: float
    comment: str

    @property
    def is_at_gate(self) -> bool:
        """Whether it can only be added once the posts stand on the road."""
        return "@" in self.source_a + self.source_b


def join_gaps(draft: DraftNetwork) -> DraftNetwork:
    """Join dead ends across gaps of up to `GAP_LIMIT_KM`; each join is a repair of kind ``gap_joined``."""
    joins: dict[tuple[int, int], float] = {}
    for end, partner, gap_km in _gaps(draft):
        joins.setdefault((min(end, partner), max(end, partner)), gap_km)
    pairs = sorted(joins)
    repairs = [
        Repair(
            "gap_joined",
            f"dead end {joins[a, b]:.2f} km from a road of the same country; the way round is over {DETOUR_KM:.0f} km",
            joins[a, b],
            float(draft.lon[a]),
            float(draft.lat[a]),
        )
        for a, b in pairs
    ]
    return draft.with_edges([a for a, _ in pairs], [b for _, b in pairs], [joins[p] for p in pairs], repairs=repairs)


def close_holes(draft: DraftNetwork, holes: Sequence[Hole], *, node_of: Mapping[str, int]) -> DraftNetwork:
    """Add the stretches of `holes`; each is a repair of kind ``hole_closed``.

    Parameters
    ----------
    node_of : end of a hole as the table writes it -> node

    Raises
    ------
    DataError
        A node number of the table is not in the source.
    """
    missing = [hole.name for hole in holes if not {hole.source_a, hole.source_b} <= node_of.keys()]
    if missing:
        raise DataError(
            f"network holes: nodes of {', '.join(missing)} are not in the source; expected the numbering "
            "of scgraph-data 2.0.0. Install that version."
        )
    tails = [node_of[hole.source_a] for hole in holes]
    heads = [node_of[hole.source_b] for hole in holes]
    repairs = [
        Repair(
            "hole_closed",
            f"{hole.name}: {hole.comment}",
            hole.length_km,
            float(draft.lon[a]),
            float(draft.lat[a]),
        )
        for hole, a in zip(holes, tails, strict=True)
    ]
    return draft.with_edges(tails, heads, [hole.length_km for hole in holes], repairs=repairs)


def drop_islands(draft: DraftNetwork, *, keep_nodes: NDArray[np.intp], least_nodes: int) -> DraftNetwork:
    """Drop connected pieces of fewer than `least_nodes` nodes that hold none of `keep_nodes`."""
    component = draft.component()
    size = np.bincount(component)
    wanted = size >= least_nodes
    wanted[component[keep_nodes]] = True
    islands = np.flatnonzero(~wanted)
    first = {int(component[node]): node for node in reversed(range(len(component)))}
    repairs = [
        Repair(
            "island_dropped",
            f"{size[island]} nodes without a road to the rest, a place or a post",
            0.0,
            float(draft.lon[first[int(island)]]),
            float(draft.lat[first[int(island)]]),
        )
        for island in islands
    ]
    return draft.keeping_nodes(wanted[component], repairs=repairs)


def _gaps(draft: DraftNetwork) -> Iterator[tuple[int, int, float]]:
    """Each dead end with the node it should be joined to, and the gap in km."""
    xyz = unit_sphere_xyz(lon=draft.lon, lat=draft.lat)
    degree = np.bincount(np.concatenate([draft.tail, draft.head]), minlength=len(draft.lon))
    dead_ends = np.flatnonzero(degree == 1)
    tree = cKDTree(xyz)
    matrix = draft.matrix()
    for start in range(0, len(dead_ends), BATCH):
        batch = dead_ends[start : start + BATCH]
        detours_km = dijkstra(matrix, directed=False, indices=batch, limit=DETOUR_KM)
        for end, detour_km in zip(batch, detours_km, strict=True):
            near = np.asarray(tree.query_ball_point(xyz[end], r=GAP_LIMIT_KM))
            gap_km = np.linalg.norm(xyz[near] - xyz[end], axis=1)
            far_round = detour_km[near] > np.maximum(DETOUR_KM, DETOUR_FACTOR * gap_km)
            allowed = far_round & (draft.country[near] == draft.country[end])
            if allowed.any():
                best = int(np.argmin(np.where(allowed, gap_km, np.inf)))
                yield int(end), int(near[best]), float(gap_km[best])
