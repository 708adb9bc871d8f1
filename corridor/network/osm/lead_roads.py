"""Roads of lower class that lead to a listed post, a listed place or a ferry; no others are kept."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Set

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components, dijkstra

from corridor.network.osm.edges import Edges, Nodes
from corridor.network.osm.neighbourhoods import nearest_edges
from corridor.network.osm.pruning import LEAST_PIECE_KM
from corridor.network.shortest_paths import RoadGraph, build_road_graph

NEAR_ENOUGH_KM = 2.0
"""A place with a main road this near needs no road of lower class."""

Floats = NDArray[np.float64]
Numbers = NDArray[np.int64]


def with_lead_roads(
    nodes: Nodes,
    edges: Edges,
    is_main: NDArray[np.bool_],
    *,
    ends: Collection[int],
    place_lon: Floats,
    place_lat: Floats,
) -> NDArray[np.bool_]:
    """The main roads and the least ways to the rest of them from `ends` and places, there and back, (edges,).

    Parameters
    ----------
    is_main : (edges,) roads that are kept anyway, but for lone pieces of them: these may be part of such a way
    ends : nodes that must be reached, at posts and ferries
    place_lon, place_lat : (places,) degrees
    """
    is_main = is_main & _on_long_pieces(edges, is_main, nodes=len(nodes))
    on_main = np.zeros(len(nodes), dtype=bool)
    on_main[edges.tail[is_main]] = on_main[edges.head[is_main]] = True
    targets = {*ends, *_places_off_main(nodes, edges, is_main, place_lon, place_lat)}
    targets = {node for node in targets if not on_main[node]}
    minor = np.flatnonzero(~is_main)
    kept = is_main.copy()
    if not targets or not len(minor):
        return kept
    for tail, head in ((edges.tail, edges.head), (edges.head, edges.tail)):
        graph = build_road_graph(
            tail=tail[minor].astype(np.int32),
            head=head[minor].astype(np.int32),
            weight=edges.length_km[minor],
            edge=minor,
            nodes=len(nodes),
            one_way=edges.one_way[minor],
        )
        kept[_edges_from_main(graph, on_main, sorted(targets))] = True
    return kept


def _on_long_pieces(edges: Edges, is_main: NDArray[np.bool_], *, nodes: int) -> NDArray[np.bool_]:
    """Edges on connected pieces of main road of at least `LEAST_PIECE_KM`, or on the longest one, (edges,)."""
    ends = edges.tail[is_main], edges.head[is_main]
    joined = coo_array((np.ones(len(ends[0]), dtype=np.int8), ends), shape=(nodes, nodes))
    piece = connected_components(joined, directed=False)[1]
    km = np.bincount(piece[ends[0]], weights=edges.length_km[is_main], minlength=nodes)
    return np.asarray((km >= min(LEAST_PIECE_KM, km.max(initial=0.0)))[piece[edges.tail]])


def _places_off_main(
    nodes: Nodes, edges: Edges, is_main: NDArray[np.bool_], place_lon: Floats, place_lat: Floats
) -> Numbers:
    """Ends of the minor edges nearest to places that have no main road beside them."""
    main_km, _ = nearest_edges(nodes, edges, np.flatnonzero(is_main), place_lon=place_lon, place_lat=place_lat)
    minor_km, minor_edge = nearest_edges(
        nodes, edges, np.flatnonzero(~is_main), place_lon=place_lon, place_lat=place_lat
    )
    needed = (main_km > NEAR_ENOUGH_KM) & (minor_km < main_km)
    chosen = minor_edge[needed]
    return np.concatenate([edges.tail[chosen], edges.head[chosen]])


def _edges_from_main(graph: RoadGraph, on_main: NDArray[np.bool_], targets: list[int]) -> NDArray[np.intp]:
    """Edges of the least ways from any main road to each target."""
    roots = np.flatnonzero(on_main & _has_minor(graph.matrix))
    if not len(roots):
        return np.zeros(0, dtype=np.intp)
    _, before, _ = dijkstra(graph.matrix, indices=roots, min_only=True, return_predecessors=True)
    pairs: set[tuple[int, int]] = set()
    for target in targets:
        pairs.update(_steps_to(target, before, pairs))
    keys = np.array([tail * graph.node_count + head for tail, head in sorted(pairs)], dtype=np.int64)
    return graph.pair_edges[np.searchsorted(graph.pair_keys, keys)]


def _steps_to(node: int, before: NDArray[np.int32], known: Set[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Steps (from, to) of the way to a node, from its end to where it joins a known one."""
    while (previous := int(before[node])) >= 0 and (previous, node) not in known:
        yield previous, node
        node = previous


def _has_minor(matrix: csr_array) -> NDArray[np.bool_]:
    return np.asarray(np.diff(matrix.indptr) > 0)
