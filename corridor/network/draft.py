"""The network while it is being built: plain nodes and edges, and the list of repairs made so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from corridor.network.shortest_paths import WEIGHT_STEP, build_road_graph


@dataclass(frozen=True, slots=True)
class Repair:
    """One change made to the source data, with its reason; coordinates in degrees."""

    kind: str
    reason: str
    length_km: float
    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class DraftNetwork:
    """Nodes and undirected edges under construction; `source_id` is the node's number in the source."""

    source_id: NDArray[np.int64]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    country: NDArray[np.str_]
    tail: NDArray[np.int32]
    head: NDArray[np.int32]
    length_km: NDArray[np.float64]
    repairs: tuple[Repair, ...] = ()

    def matrix(self) -> csr_array:
        """Symmetric adjacency with km; of parallel edges the shortest counts."""
        numbers = np.arange(len(self.tail))
        graph = build_road_graph(
            tail=self.tail, head=self.head, weight=self.length_km, edge=numbers, nodes=len(self.lon)
        )
        return csr_array(graph.matrix * WEIGHT_STEP)

    def node_of_source(self) -> dict[str, int]:
        """Number in the source, as text -> node."""
        return {str(source): node for node, source in enumerate(self.source_id.tolist())}

    def keeping_edges(self, keep: NDArray[np.bool_], *, repairs: Sequence[Repair]) -> DraftNetwork:
        """The draft with only the edges of the mask."""
        return replace(
            self,
            tail=self.tail[keep],
            head=self.head[keep],
            length_km=self.length_km[keep],
            repairs=(*self.repairs, *repairs),
        )

    def keeping_nodes(self, keep: NDArray[np.bool_], *, repairs: Sequence[Repair]) -> DraftNetwork:
        """The draft with only the nodes of the mask and the edges between them."""
        position = np.cumsum(keep, dtype=np.int32) - 1
        inside = keep[self.tail] & keep[self.head]
        return DraftNetwork(
            source_id=self.source_id[keep],
            lon=self.lon[keep],
            lat=self.lat[keep],
            country=self.country[keep],
            tail=position[self.tail[inside]],
            head=position[self.head[inside]],
            length_km=self.length_km[inside],
            repairs=(*self.repairs, *repairs),
        )

    def with_edges(
        self,
        tail: Sequence[int],
        head: Sequence[int],
        length_km: Sequence[float],
        *,
        repairs: Sequence[Repair],
    ) -> DraftNetwork:
        """The draft with further edges."""
        return replace(
            self,
            tail=np.concatenate([self.tail, np.asarray(tail, dtype=np.int32)]),
            head=np.concatenate([self.head, np.asarray(head, dtype=np.int32)]),
            length_km=np.concatenate([self.length_km, np.asarray(length_km, dtype=float)]),
            repairs=(*self.repairs, *repairs),
        )

    def component(self) -> NDArray[np.int32]:
        """Number of the connected component of each node, shape (nodes,)."""
        return np.asarray(connected_components(self.matrix(), directed=False)[1])
