"""Edges out of ways: cut where roads meet, then joined again where nothing meets and nothing changes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corridor.network.edge_shapes import EdgeShapes, ragged_rows
from corridor.network.geometry import great_circle_km
from corridor.network.osm.extract import E7, Extract

Floats = NDArray[np.float64]
Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Nodes:
    """Distinct nodes of the ways: their id in OpenStreetMap and degrees, all of shape (nodes,)."""

    osm_id: Numbers
    lon: Floats
    lat: Floats

    def __len__(self) -> int:
        return len(self.osm_id)


@dataclass(frozen=True, slots=True)
class WayLines:
    """Ways as runs of node numbers, without repeated nodes.

    Parameters
    ----------
    way : (refs,) number of the way in the extract
    node : (refs,) node number
    """

    way: Numbers
    node: Numbers

    def neighbours(self) -> NDArray[np.bool_]:
        """Whether a node and the next lie on the same way, shape (refs - 1,)."""
        return np.asarray(self.way[1:] == self.way[:-1])


@dataclass(frozen=True, slots=True)
class Edges:
    """Pieces of road between two nodes, all arrays of shape (edges,) but the shapes.

    Parameters
    ----------
    tail, head : node numbers; a one-way edge is drivable from tail to head
    way : number of the way in the extract, or of its first piece
    length_km : along the bends
    free_flow_h : hours of a truck before calibration
    """

    tail: Numbers
    head: Numbers
    way: Numbers
    one_way: NDArray[np.bool_]
    length_km: Floats
    free_flow_h: Floats
    shapes: EdgeShapes

    def __len__(self) -> int:
        return len(self.tail)

    def taking(self, edges: NDArray[np.intp]) -> Edges:
        """Some of the edges, in their order."""
        return Edges(
            self.tail[edges],
            self.head[edges],
            self.way[edges],
            self.one_way[edges],
            self.length_km[edges],
            self.free_flow_h[edges],
            self.shapes.taking(edges),
        )


def number_nodes(extract: Extract) -> tuple[Nodes, WayLines]:
    """Distinct nodes, and the ways as runs of their numbers; a node has one place, the first one read."""
    osm_id, first, node = np.unique(extract.node_id, return_index=True, return_inverse=True)
    lon, lat = (np.asarray(degrees_e7[first] * E7, dtype=float) for degrees_e7 in (extract.lon_e7, extract.lat_e7))
    nodes = Nodes(osm_id, lon, lat)
    way = np.repeat(np.arange(extract.ways), np.diff(extract.ref_start))
    is_new = (np.diff(node, prepend=-1) != 0) | (np.diff(way, prepend=-1) != 0)
    return nodes, WayLines(way[is_new], node[is_new])


def joints(lines: WayLines, nodes: int) -> NDArray[np.bool_]:
    """Nodes at which other than two stretches of road meet, shape (nodes,)."""
    together = lines.neighbours()
    stretches = np.bincount(lines.node[:-1][together], minlength=nodes)
    stretches += np.bincount(lines.node[1:][together], minlength=nodes)
    return np.asarray(stretches != 2)


def cut_ways(nodes: Nodes, lines: WayLines, is_joint: NDArray[np.bool_]) -> Edges:
    """Ways cut at their ends and at joints; a piece that ends where it begins is left out."""
    is_end = (np.diff(lines.way, prepend=-1) != 0) | (np.diff(lines.way, append=-1) != 0)
    cuts = np.flatnonzero(is_end | is_joint[lines.node])
    first, last = cuts[:-1], cuts[1:]
    is_edge = (lines.way[first] == lines.way[last]) & (lines.node[first] != lines.node[last])
    first, last = first[is_edge], last[is_edge]
    lon, lat = nodes.lon[lines.node], nodes.lat[lines.node]
    km = great_circle_km(lon_a=lon[:-1], lat_a=lat[:-1], lon_b=lon[1:], lat_b=lat[1:])
    stretches = np.column_stack([first, last]).ravel()
    inside = ragged_rows(first + 1, last - first - 1)
    start = np.concatenate([[0], np.cumsum(last - first - 1)])
    return Edges(
        tail=lines.node[first],
        head=lines.node[last],
        way=lines.way[first],
        one_way=np.zeros(len(first), dtype=bool),
        length_km=np.add.reduceat(np.append(km, 0.0), stretches)[::2] if len(first) else np.zeros(0),
        free_flow_h=np.zeros(len(first)),
        shapes=EdgeShapes(start, lon[inside], lat[inside]),
    )


def turned(edges: Edges, is_turned: NDArray[np.bool_]) -> Edges:
    """The same edges, some of them with tail and head exchanged."""
    return Edges(
        tail=np.where(is_turned, edges.head, edges.tail),
        head=np.where(is_turned, edges.tail, edges.head),
        way=edges.way,
        one_way=edges.one_way,
        length_km=edges.length_km,
        free_flow_h=edges.free_flow_h,
        shapes=_reversed_shapes(edges.shapes, is_turned),
    )


def _reversed_shapes(shapes: EdgeShapes, is_turned: NDArray[np.bool_]) -> EdgeShapes:
    edge = np.repeat(np.arange(len(shapes)), shapes.counts())
    place = np.arange(len(shapes.lon))
    mirrored = shapes.start[edge] + shapes.start[edge + 1] - 1 - place
    rows = np.where(is_turned[edge], mirrored, place)
    return EdgeShapes(shapes.start, shapes.lon[rows], shapes.lat[rows])
