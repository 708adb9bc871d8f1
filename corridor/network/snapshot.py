"""The embedded network, built once from the OpenStreetMap roads inside the package scgraph-data."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corridor.bundled import data_path
from corridor.errors import DataError
from corridor.evidence import Evidence
from corridor.network.draft import DraftNetwork, Repair
from corridor.network.edge_shapes import straight
from corridor.network.files import NetworkDescription
from corridor.network.labels import apply_post_countries, label_countries, read_country_polygons
from corridor.network.lengths import (
    KnownDistance,
    RoadLengths,
    corrected_km,
    edges_along,
    fit_length_factors,
    road_graph,
    sums_along,
)
from corridor.network.posts import PostPlacement, close_stray_borders, post_ends, split_at_posts
from corridor.network.reference_roads import reference_roads
from corridor.network.relief import read_relief_grid, relief_along_edges
from corridor.network.repairs import Hole, close_holes, drop_islands, join_gaps
from corridor.network.road_attributes import classless
from corridor.network.roads import RoadNetwork
from corridor.network.snapshot_tables import (
    PublishedLength,
    read_holes,
    read_known_distances,
    read_placements,
    read_published_lengths,
    read_region,
)
from corridor.network.waypoints import waypoint_finder

PACKAGE = "scgraph-data"
PACKAGE_VERSION = "2.0.0"
PACKAGE_MODULE = "world_highways.py"
PACKAGE_DATE = "2024-04-19"

ISLAND_NODES = 200
"""A piece of road of fewer nodes without a post is left out."""

STRETCH_ROUNDS = 5

Progress = Callable[[str], None]


def build_embedded_network(
    evidence: Evidence, *, progress: Progress
) -> tuple[RoadNetwork, NetworkDescription, tuple[Repair, ...]]:
    """Build the Eurasian network from the installed package.

    Raises
    ------
    DataError
        The package is missing or has another version.
    """
    progress("reading the road graph of scgraph-data")
    draft = _cut_to_region(read_road_source(_package_file()), list(evidence.countries), progress)
    placements = read_placements(data_path("snapshot", "post_edges.csv"), evidence.crossings)
    on_road = [post for post in placements if post.is_connected]
    progress("labelling countries, closing gaps")
    draft = apply_post_countries(draft, ends=post_ends(draft, on_road))
    draft = _mended(draft, on_road, evidence)
    draft, crossings = split_at_posts(draft, on_road)
    draft = close_holes(draft, _gate_holes(), node_of=_gate_nodes(draft, crossings))
    progress("correcting lengths")
    draft, crossings = _without_islands(draft, crossings)
    return _finished(draft, crossings, placements, evidence)


def read_road_source(path: Path) -> DraftNetwork:
    """The whole graph of the package's module, read as text and never run.

    Raises
    ------
    DataError
        The file does not hold the two lists it should.
    """
    lines = path.read_text(encoding="utf-8").splitlines()
    parts = {line.split("=", 1)[0].strip(): line.split("=", 1)[1] for line in lines if "=" in line}
    try:
        graph = json.loads(re.sub(r"(\d+): ", r'"\1": ', parts["graph"]))
        lat, lon = np.array(json.loads(parts["nodes"])).T
    except (KeyError, ValueError) as error:
        raise DataError(
            f"{path}: not a road graph; expected the lists `graph` and `nodes` of {PACKAGE} {PACKAGE_VERSION} "
            f"({error}). Install that version."
        ) from error
    edges = [(a, int(b), km) for a, links in enumerate(graph) for b, km in links.items() if a < int(b)]
    tail, head, length_km = (np.array(column) for column in zip(*edges, strict=True))
    return DraftNetwork(
        source_id=np.arange(len(lon)),
        lon=lon,
        lat=lat,
        country=np.full(len(lon), "", dtype="<U3"),
        tail=tail.astype(np.int32),
        head=head.astype(np.int32),
        length_km=length_km.astype(float),
    )


def _package_file() -> Path:
    spec = find_spec("scgraph_data")
    if spec is None or not spec.submodule_search_locations:
        raise DataError(
            f"network build: the package {PACKAGE} is not installed; expected version {PACKAGE_VERSION}. "
            "Install it with `pip install 'corridor[snapshot]'`."
        )
    if version(PACKAGE) != PACKAGE_VERSION:
        raise DataError(
            f"network build: {PACKAGE} has another version; expected {PACKAGE_VERSION}, got {version(PACKAGE)}. "
            f"Node numbers differ between versions: install {PACKAGE}=={PACKAGE_VERSION}."
        )
    return Path(next(iter(spec.submodule_search_locations))) / PACKAGE_MODULE


def _cut_to_region(draft: DraftNetwork, countries: Sequence[str], progress: Progress) -> DraftNetwork:
    """The draft inside the box and the countries of the table, labelled."""
    region = read_region(data_path("snapshot", "region.json"))
    inside = (draft.lon >= region.west) & (draft.lon <= region.east)
    inside &= (draft.lat >= region.south) & (draft.lat <= region.north)
    draft = draft.keeping_nodes(inside, repairs=())
    progress(f"{len(draft.lon):,} nodes in the box; finding their countries")
    draft = label_countries(draft, read_country_polygons(data_path("snapshot", "country_polygons.json.gz")))
    return draft.keeping_nodes(np.isin(draft.country, countries), repairs=())


def _mended(draft: DraftNetwork, posts: Sequence[PostPlacement], evidence: Evidence) -> DraftNetwork:
    holes = read_holes(data_path("snapshot", "network_holes.csv"))
    draft = close_holes(
        join_gaps(draft), [hole for hole in holes if not hole.is_at_gate], node_of=draft.node_of_source()
    )
    return close_stray_borders(draft, posts, free_movement=free_movement(evidence))


def free_movement(evidence: Evidence) -> frozenset[str]:
    """Countries between which every border edge is open."""
    return frozenset(iso3 for iso3, country in evidence.countries.items() if country.free_movement_area)


def _gate_holes() -> list[Hole]:
    return [hole for hole in read_holes(data_path("snapshot", "network_holes.csv")) if hole.is_at_gate]


def _gate_nodes(draft: DraftNetwork, crossings: Mapping[str, int]) -> dict[str, int]:
    """Source numbers and gates ("syrym@RUS") -> node."""
    gates = {
        f"{post}@{draft.country[node]}": int(node)
        for post, edge in crossings.items()
        for node in (draft.tail[edge], draft.head[edge])
    }
    return draft.node_of_source() | gates


def _without_islands(draft: DraftNetwork, crossings: Mapping[str, int]) -> tuple[DraftNetwork, dict[str, int]]:
    """The draft without its islands; crossings are found again, since edges have moved."""
    gates = {post: (int(draft.tail[edge]), int(draft.head[edge])) for post, edge in crossings.items()}
    wanted = np.array([node for pair in gates.values() for node in pair])
    numbered = replace(draft, source_id=np.arange(len(draft.lon)))
    kept = drop_islands(numbered, keep_nodes=wanted, least_nodes=ISLAND_NODES)
    position = {int(old): new for new, old in enumerate(kept.source_id)}
    edge_at = {(int(a), int(b)): edge for edge, (a, b) in enumerate(zip(kept.tail, kept.head, strict=True))}
    return kept, {post: edge_at[position[a], position[b]] for post, (a, b) in gates.items()}


def _finished(
    draft: DraftNetwork, crossings: Mapping[str, int], placements: Sequence[PostPlacement], evidence: Evidence
) -> tuple[RoadNetwork, NetworkDescription, tuple[Repair, ...]]:
    roads = _road_lengths(draft)
    posts = {post: int(draft.tail[edge]) for post, edge in crossings.items()}
    find = waypoint_finder(lon=draft.lon, lat=draft.lat, component=draft.component(), posts=posts)
    known = read_known_distances(data_path("snapshot", "city_pairs.csv"), find)
    factors = fit_length_factors(roads, known)
    fitted_km = corrected_km(roads, factors)
    published = read_published_lengths(data_path("snapshot", "published_lengths.csv"), find)
    length_km, length_repairs = _with_published(roads, fitted_km, published, draft)
    countries = tuple(sorted(set(draft.country.tolist())))
    network = RoadNetwork(
        countries=countries,
        free_movement=free_movement(evidence) & frozenset(countries),
        node_lon=draft.lon,
        node_lat=draft.lat,
        node_country=np.searchsorted(countries, draft.country).astype(np.int16),
        tail=draft.tail,
        head=draft.head,
        length_km=length_km,
        relief_sd_m=roads.relief_sd_m,
        is_reference=np.zeros(len(draft.tail), dtype=bool),
        attributes=classless(_speeds(draft, evidence)),
        shapes=straight(len(draft.tail)),
        road_names=("",),
        crossing_edges=crossings,
    )
    network = replace(network, is_reference=reference_roads(network, evidence))
    repairs = (*draft.repairs, *length_repairs)
    description = _description(factors, _length_errors(roads, length_km, known), repairs, placements)
    return network, description, repairs


def _speeds(draft: DraftNetwork, evidence: Evidence) -> NDArray[np.float64]:
    """Speed of every edge: the source has no classes, so each country has one, its speed without delay."""
    countries, number = np.unique(draft.country[draft.tail], return_inverse=True)
    speed = [evidence.parameter("swod_km_per_h", str(country)).value for country in countries]
    return np.asarray(np.array(speed)[number])


def _road_lengths(draft: DraftNetwork) -> RoadLengths:
    ends = {
        "tail_lon": draft.lon[draft.tail],
        "tail_lat": draft.lat[draft.tail],
        "head_lon": draft.lon[draft.head],
        "head_lat": draft.lat[draft.head],
    }
    grid = read_relief_grid(data_path("snapshot", "terrain_grid.csv.gz"))
    relief_m = relief_along_edges(grid, **ends, length_km=draft.length_km)
    return RoadLengths(draft.tail, draft.head, draft.length_km, relief_m, len(draft.lon))


def _with_published(
    roads: RoadLengths,
    length_km: NDArray[np.float64],
    published: Sequence[PublishedLength],
    draft: DraftNetwork,
) -> tuple[NDArray[np.float64], list[Repair]]:
    """Lengths scaled so that the published legs come out as published."""
    lengths, repairs = length_km.copy(), []
    for leg in published:
        factor = _stretch_to(roads, lengths, leg)
        lon, lat = float(draft.lon[leg.nodes[0]]), float(draft.lat[leg.nodes[0]])
        reason = f"{leg.name}: published as {leg.length_km:.0f} km, factor {factor:.3f} ({leg.source})"
        repairs.append(Repair("length_published", reason, leg.length_km, lon, lat))
    return lengths, repairs


def _stretch_to(roads: RoadLengths, lengths: NDArray[np.float64], leg: PublishedLength) -> float:
    """Scale `lengths` in place until the shortest way along a leg is as long as published; return the first factor.

    Once a way is longer, a parallel one may be the shortest: it is stretched too, `STRETCH_ROUNDS` times at most.
    """
    factors = []
    for _ in range(STRETCH_ROUNDS):
        way = edges_along(road_graph(roads, lengths), leg.nodes, name=leg.name)
        factors.append(leg.length_km / float(lengths[way].sum()))
        lengths[way] *= factors[-1]
    return factors[0]


def _length_errors(
    roads: RoadLengths, length_km: NDArray[np.float64], known: Sequence[KnownDistance]
) -> dict[str, float]:
    """Mean absolute relative error of the fitted, the checked and the published group."""
    sums = sums_along(roads, known, length_km, length_km[:, None])[:, 0]
    errors: dict[str, list[float]] = {use: [] for use in sorted({pair.use for pair in known})}
    for pair, km in zip(known, sums, strict=True):
        errors[pair.use].append(abs(pair.error_share(float(km))))
    return {use: round(float(np.mean(shares)), 4) for use, shares in errors.items()}


def _description(
    factors: NDArray[np.float64],
    errors: Mapping[str, float],
    repairs: Sequence[Repair],
    placements: Sequence[PostPlacement],
) -> NetworkDescription:
    kinds = Counter(repair.kind for repair in repairs)
    return NetworkDescription(
        name="embedded",
        source=f"OpenStreetMap roads of Eurasia as simplified in the Python package {PACKAGE} {PACKAGE_VERSION}",
        licence="Open Database License (ODbL) 1.0",
        attribution="© OpenStreetMap contributors (ODbL)",
        snapshot_of=f"{PACKAGE} {PACKAGE_VERSION}, released {PACKAGE_DATE}",
        is_schematic=True,
        length_factors=[round(float(factor), 6) for factor in factors],
        length_errors=errors,
        repairs=dict(sorted(kinds.items())),
        unconnected_posts={post.crossing_id: post.note for post in placements if not post.is_connected},
    )
