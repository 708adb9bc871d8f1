"""Country of every node: polygons first, then the posts, which know better at the border."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse.csgraph import connected_components

from corridor.network.draft import DraftNetwork, Repair
from corridor.network.geometry import great_circle_km

WAY_HOME_NODES = 6
STRAY_PATCH_KM = 60.0
"""A patch of wrongly labelled road beside a post is at most this far across; larger ones keep their label."""


def read_country_polygons(path: Path) -> dict[str, shapely.Geometry]:
    """ISO alpha-3 code -> polygon, from a gzipped GeoJSON file."""
    features = json.loads(gzip.decompress(path.read_bytes()))["features"]
    return {
        feature["properties"]["iso3"]: shapely.make_valid(shapely.geometry.shape(feature["geometry"]))
        for feature in features
    }


def label_countries(draft: DraftNetwork, polygons: Mapping[str, shapely.Geometry]) -> DraftNetwork:
    """Give each node the country whose polygon holds it; nodes off every coast take the nearest country."""
    codes, number = list(polygons), country_at(lon=draft.lon, lat=draft.lat, polygons=list(polygons.values()))
    return replace(draft, country=np.asarray(codes, dtype="<U3")[number])


def country_at(
    *, lon: NDArray[np.float64], lat: NDArray[np.float64], polygons: Sequence[shapely.Geometry]
) -> NDArray[np.intp]:
    """Number of the polygon that holds each point, or of the nearest one, shape (points,)."""
    country = np.full(len(lon), len(polygons))
    for number, polygon in enumerate(polygons):
        west, south, east, north = polygon.bounds
        near = np.flatnonzero((lon >= west) & (lon <= east) & (lat >= south) & (lat <= north))
        shapely.prepare(polygon)
        country[near[shapely.contains_xy(polygon, lon[near], lat[near])]] = number
    offshore = np.flatnonzero(country == len(polygons))
    country[offshore] = shapely.STRtree(polygons).nearest(shapely.points(lon[offshore], lat[offshore]))
    return np.asarray(country)


def apply_post_countries(
    draft: DraftNetwork, *, ends: Mapping[str, tuple[tuple[int, str], tuple[int, str]]]
) -> DraftNetwork:
    """Let the two end nodes of each post take its countries, and mend the labels beside them.

    Parameters
    ----------
    ends : post id -> ((node, country_a), (node, country_b))

    Notes
    -----
    After an end node is relabelled from A to B, a small patch of A that hangs on it (a bend of the road
    that the polygon puts on the wrong side) would be cut off by the border rule. Such a patch, not more
    than `STRAY_PATCH_KM` across, is relabelled too. The bulk of a country never is.
    """
    country = draft.country.copy()
    fixed = {node: iso3 for pair in ends.values() for node, iso3 in pair}
    changed = {node: str(country[node]) for node, iso3 in fixed.items() if country[node] != iso3}
    for node, iso3 in fixed.items():
        country[node] = iso3
    post_edges = {frozenset((a, b)) for (a, _), (b, _) in ends.values()}
    for node, old in sorted(changed.items()):
        for patch in _stray_patches(draft, country, node=node, old=old, post_edges=post_edges, fixed=fixed):
            country[patch] = country[node]
    for node in sorted(changed):
        for way_node in _way_home(draft, country, node=node, post_edges=post_edges, fixed=fixed):
            country[way_node] = country[node]
    moved = np.flatnonzero(country != draft.country)
    repairs = [
        Repair(
            "country_relabelled",
            f"polygon said {draft.country[node]}, the post on this road says {country[node]}",
            0.0,
            float(draft.lon[node]),
            float(draft.lat[node]),
        )
        for node in moved
    ]
    return replace(draft, country=country, repairs=(*draft.repairs, *repairs))


def _stray_patches(
    draft: DraftNetwork,
    country: NDArray[np.str_],
    *,
    node: int,
    old: str,
    post_edges: set[frozenset[int]],
    fixed: Mapping[int, str],
) -> list[NDArray[np.intp]]:
    """Small connected patches still labelled `old` that touch `node` otherwise than through a post."""
    touching = [
        neighbour
        for neighbour in _neighbours(draft, node)
        if country[neighbour] == old and neighbour not in fixed and frozenset((node, neighbour)) not in post_edges
    ]
    if not touching:
        return []
    same = (country[draft.tail] == old) & (country[draft.head] == old)
    matrix = draft.keeping_edges(same, repairs=()).matrix()
    component = connected_components(matrix, directed=False)[1]
    patches = [np.flatnonzero(component == number) for number in sorted({component[n] for n in touching})]
    return [patch for patch in patches if _extent_km(draft, patch) <= STRAY_PATCH_KM and not set(patch) & set(fixed)]


def _way_home(
    draft: DraftNetwork,
    country: NDArray[np.str_],
    *,
    node: int,
    post_edges: set[frozenset[int]],
    fixed: Mapping[int, str],
) -> list[int]:
    """Nodes between a relabelled node and its country's nearest road, `WAY_HOME_NODES` steps away at most.

    Where the patch beside a post hangs on the bulk of the neighbour (by a second carriageway, say), the
    labels are mended along the road only until they agree. Empty where they do already, or never do.
    """
    behind: dict[int, int] = {node: node}
    front = [node]
    for _ in range(WAY_HOME_NODES):
        ahead: list[int] = []
        for here in front:
            for there in _neighbours(draft, here):
                if there in behind or there in fixed or frozenset((here, there)) in post_edges:
                    continue
                behind[there] = here
                if country[there] == country[node]:
                    return _path_back(behind, there)
                ahead.append(there)
        front = ahead
    return []


def _path_back(behind: Mapping[int, int], end: int) -> list[int]:
    way = []
    while behind[end] != end:
        way.append(end)
        end = behind[end]
    return way


def _neighbours(draft: DraftNetwork, node: int) -> list[int]:
    outward = draft.head[draft.tail == node]
    inward = draft.tail[draft.head == node]
    return sorted({int(neighbour) for neighbour in np.concatenate([outward, inward])})


def _extent_km(draft: DraftNetwork, nodes: NDArray[np.intp]) -> float:
    """Diagonal of the box around some nodes."""
    lon, lat = draft.lon[nodes], draft.lat[nodes]
    return float(great_circle_km(lon_a=lon.min(), lat_a=lat.min(), lon_b=lon.max(), lat_b=lat.max()))
