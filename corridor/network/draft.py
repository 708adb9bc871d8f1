"""The network while it is being built: plain nodes and edges, and the list of repairs made so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components


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
        return adjacency(self.tail, self.head, self.length_km, nodes=len(self.lon))

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


def adjacency(
    tail: NDArray[np.int32], head: NDArray[np.int32], weight: NDArray[np.float64], *, nodes: int
) -> csr_array:
    """Symmetric sparse matrix of weights; of parallel edges the cheapest counts (scipy would add them).

    Examples
    --------
    >>> import numpy as np
    >>> matrix = adjacency(np.array([0, 0]), np.array([1, 1]), np.array([5.0, 7.0]), nodes=2)
    >>> float(matrix[0, 1])
    5.0
    """
    low, high = np.minimum(tail, head), np.maximum(tail, head)
    order = np.lexsort((weight, high, low))
    low, high, weight = low[order], high[order], weight[order]
    first = np.ones(len(low), dtype=bool)
    first[1:] = (low[1:] != low[:-1]) | (high[1:] != high[:-1])
    low, high, weight = low[first], high[first], weight[first]
    rows, columns = np.concatenate([low, high]), np.concatenate([high, low])
    return csr_array((np.concatenate([weight, weight]), (rows, columns)), shape=(nodes, nodes))
