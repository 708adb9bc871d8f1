"""A road network from OpenStreetMap extracts, step by step."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import fmean

import numpy as np
from numpy.typing import NDArray

from corridor.bundled import data_path
from corridor.errors import DataError
from corridor.evidence import Evidence
from corridor.network.check import measure_known_distances
from corridor.network.draft import Repair
from corridor.network.files import NetworkDescription, check_place, write_network
from corridor.network.health import MappedRoads, SourceFile
from corridor.network.labels import read_country_polygons
from corridor.network.osm.assembly import assemble
from corridor.network.osm.composite import Composite, classes_read, is_kept
from corridor.network.osm.edge_kinds import number_kinds
from corridor.network.osm.edges import Edges
from corridor.network.osm.extract import Extract
from corridor.network.osm.gates import GatedRoads, close_borders, put_gates
from corridor.network.osm.joining import join_extracts
from corridor.network.osm.lead_roads import with_lead_roads
from corridor.network.osm.mapped import mapped_roads
from corridor.network.osm.neighbourhoods import REACH_KM, cells_around, nearest_edges
from corridor.network.osm.parts import read_parts
from corridor.network.osm.post_findings import missing_posts, post_findings
from corridor.network.osm.post_matching import PostMatch, match_posts
from corridor.network.osm.raw_roads import RawRoads, cut_into_roads, places_of
from corridor.network.osm.reading import Areas
from corridor.network.osm.thinning import thin_roads
from corridor.network.roads import RoadNetwork
from corridor.road_kinds import FERRY

MINOR_CLASSES = ("secondary", "secondary_link", "tertiary", "tertiary_link", "unclassified")
"""Classes among which a road to a listed place or post is looked for."""

POST_CLASSES = ("residential", "service")
"""Classes that are looked at beside posts only: lanes for trucks are often mapped so."""

POST_YARD_KM = 5.0

MOST_NAMED = 5
"""A network from more files is not called by all their names."""

Progress = Callable[[str], None]
Built = tuple[RoadNetwork, NetworkDescription, tuple[Repair, ...]]


def build_network_folder(
    paths: Sequence[Path], out: Path, evidence: Evidence, *, composite: Composite, progress: Progress
) -> RoadNetwork:
    """Build a network from OpenStreetMap files and write it to the folder `out`.

    What was read of each file is kept in a folder beside `out` until the network is written, so that the same
    command goes on where a killed one stopped.

    Raises
    ------
    DataError
        See `build_osm_network`.
    ScenarioError
        The folder cannot be written.
    """
    parts_folder = out.with_name(f"{out.name}.parts")
    check_place(out)
    network, description, repairs = build_osm_network(
        paths, evidence, composite=composite, parts_folder=parts_folder, progress=progress
    )
    progress("writing the network")
    write_network(out, network, description, repairs)
    shutil.rmtree(parts_folder)
    return network


def build_osm_network(
    paths: Sequence[Path], evidence: Evidence, *, composite: Composite, parts_folder: Path, progress: Progress
) -> Built:
    """Build a network from OpenStreetMap files that may overlap.

    Parameters
    ----------
    composite : which classes are kept where
    parts_folder : where what was read of each file is kept until the network is written

    Raises
    ------
    DataError
        A file is missing or damaged, or holds no road in a country of the table.
    """
    extracts = read_parts(paths, parts_folder, areas=areas_read(composite, evidence), progress=progress)
    progress("joining files, labelling countries")
    extract = join_extracts(extracts)
    polygons = read_country_polygons(data_path("snapshot", "country_polygons.json.gz"))
    raw, label_repairs = cut_into_roads(extract, evidence, polygons)
    _check_has_roads(raw.edges, paths)
    progress("finding border posts")
    roads, matches, border_repairs = _at_borders(raw, evidence, composite)
    roads = _with_roads_that_lead(raw, roads, evidence, composite)
    mapped = mapped_roads(
        kinds=raw.kinds,
        tag_set=raw.tag_set[roads.edges.way],
        country=roads.country[roads.edges.tail],
        countries=raw.countries,
        length_km=roads.edges.length_km,
    )
    progress("contracting chains of road")
    kind, kinds = number_kinds(raw, roads)
    thinned = thin_roads(roads.nodes, roads.edges, kind, kept=_kept_nodes(roads, evidence))
    _check_has_roads(thinned.edges, paths)
    network = assemble(raw, roads, thinned, kinds, evidence)
    repairs = (*label_repairs, *border_repairs, *post_findings(extract, raw, matches, evidence))
    return network, _describe(paths, extracts, network, repairs, mapped, evidence), repairs


def _check_has_roads(edges: Edges, paths: Sequence[Path]) -> None:
    if not len(edges):
        raise DataError(
            f"{', '.join(path.name for path in paths)}: no road that a truck can drive there and back, in a country of "
            "the table; expected ways such as highway=trunk or highway=primary. Check which area the files hold."
        )


def _describe(
    paths: Sequence[Path],
    extracts: Sequence[Extract],
    network: RoadNetwork,
    repairs: Sequence[Repair],
    mapped: Sequence[MappedRoads],
    evidence: Evidence,
) -> NetworkDescription:
    dates = sorted({extract.data_date or "day unknown" for extract in extracts})
    return NetworkDescription(
        name=", ".join(path.name for path in paths) if len(paths) <= MOST_NAMED else f"{len(paths)} files",
        source="OpenStreetMap extracts",
        licence="Open Database License (ODbL) 1.0",
        attribution="© OpenStreetMap contributors (ODbL)",
        snapshot_of=f"OpenStreetMap, {' to '.join(dict.fromkeys((dates[0], dates[-1])))}",
        is_schematic=False,
        length_factors=[],
        length_errors=_length_errors(network),
        repairs=dict(sorted((Counter(repair.kind for repair in repairs) + _dropped(extracts)).items())),
        unconnected_posts=missing_posts(network, evidence),
        files=tuple(SourceFile(extract.name, extract.data_date) for extract in extracts),
        mapped=mapped,
    )


def _dropped(extracts: Sequence[Extract]) -> Counter[str]:
    """Ways that could not be read whole, by reason."""
    return sum((Counter(_as_kinds(extract.dropped)) for extract in extracts), Counter[str]())


def _as_kinds(dropped: Mapping[str, int]) -> dict[str, int]:
    return {reason.replace(" ", "_"): ways for reason, ways in dropped.items()}


def _length_errors(network: RoadNetwork) -> dict[str, float]:
    """Mean error on the known distances that lie on the network; none of them was used to build it."""
    checks = measure_known_distances(network, data_path("snapshot", "city_pairs.csv"))
    return {"check": fmean(abs(check.error_share) for check in checks)} if checks else {}


def areas_read(composite: Composite, evidence: Evidence) -> Areas:
    """Where each class is read: those of the table everywhere, lower ones near places and posts."""
    lon, lat = places_of(evidence)
    post_lon = np.array([post.lon for post in evidence.crossings.values()])
    post_lat = np.array([post.lat for post in evidence.crossings.values()])
    near = cells_around(lon=np.append(lon, post_lon), lat=np.append(lat, post_lat), km=REACH_KM)
    yards = cells_around(lon=post_lon, lat=post_lat, km=POST_YARD_KM)
    lower = dict.fromkeys(MINOR_CLASSES, near) | dict.fromkeys(POST_CLASSES, yards)
    return lower | dict.fromkeys(classes_read(composite), None)


def _at_borders(
    raw: RawRoads, evidence: Evidence, composite: Composite
) -> tuple[GatedRoads, list[PostMatch], tuple[Repair, ...]]:
    """The roads with their posts, and no other way across a border."""
    matches = match_posts(
        raw.nodes,
        raw.edges,
        raw.country,
        countries=raw.countries,
        is_main=_is_main(raw, raw.edges, raw.country, raw.nodes.lon, raw.nodes.lat, composite),
        crossings=evidence.crossings,
    )
    roads = put_gates(raw.nodes, raw.edges, raw.country, matches, countries=raw.countries)
    free = {iso3 for iso3, country in evidence.countries.items() if country.free_movement_area}
    roads, repairs = close_borders(roads, countries=raw.countries, free_movement=free)
    return roads, matches, repairs


def _is_main(
    raw: RawRoads,
    edges: Edges,
    country: NDArray[np.int16],
    lon: NDArray[np.float64],
    lat: NDArray[np.float64],
    composite: Composite,
) -> NDArray[np.bool_]:
    """Whether edges are of a class kept where they lie."""
    return is_kept(
        composite,
        road_class=raw.road_class(edges),
        country=country[edges.tail],
        countries=raw.countries,
        lon=lon[edges.tail],
        lat=lat[edges.tail],
    )


def _with_roads_that_lead(raw: RawRoads, roads: GatedRoads, evidence: Evidence, composite: Composite) -> GatedRoads:
    """Main roads, ferries, crossings, and the lower classes that lead to posts, places and ferries."""
    edges, is_crossing = roads.edges, roads.crossing >= 0
    is_ferry = raw.road_class(edges) == FERRY
    is_main = _is_main(raw, edges, roads.country, roads.nodes.lon, roads.nodes.lat, composite) & ~is_crossing
    special = np.flatnonzero(is_ferry | is_crossing)
    ends = np.unique(np.concatenate([edges.tail[special], edges.head[special]]))
    place_lon, place_lat = places_of(evidence)
    kept = with_lead_roads(roads.nodes, edges, is_main, ends=ends.tolist(), place_lon=place_lon, place_lat=place_lat)
    rows = np.flatnonzero(kept | is_ferry | is_crossing)
    return replace(roads, edges=edges.taking(rows), crossing=roads.crossing[rows])


def _kept_nodes(roads: GatedRoads, evidence: Evidence) -> list[int]:
    """Gates, and the ends of the edge nearest to each place."""
    edges = roads.edges
    place_lon, place_lat = places_of(evidence)
    km, nearest = nearest_edges(roads.nodes, edges, np.arange(len(edges)), place_lon=place_lon, place_lat=place_lat)
    beside = nearest[np.isfinite(km)]
    gates = np.flatnonzero(roads.crossing >= 0)
    ends = [edges.tail[beside], edges.head[beside], edges.tail[gates], edges.head[gates]]
    return [int(node) for node in np.unique(np.concatenate(ends))]
