"""What is wrong with a network: gaps, unreachable places, posts without a road, distances that are off."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np

from corridor.evidence import Evidence
from corridor.network.ferries import unplaced_ferries
from corridor.network.files import StoredNetwork
from corridor.network.lengths import RoadLengths, sums_along
from corridor.network.roads import RoadNetwork
from corridor.network.snapping import SNAP_LIMIT_KM, nearest_road
from corridor.network.snapshot_tables import read_known_distances
from corridor.network.waypoints import waypoint_finder

FAR_KM = 5.0
"""A place farther than this from its road is reported."""

MEAN_ERROR_MAX = 0.05
PAIR_ERROR_MAX = 0.15
"""Bounds on the relative error of distances that were not used to fit: on average, and for each."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found; a ``fault`` fails the check, a ``note`` is there to be known."""

    kind: Literal["gap", "place", "post", "ferry", "distance"]
    severity: Literal["fault", "note"]
    text: str


@dataclass(frozen=True, slots=True)
class DistanceCheck:
    """A known distance beside the length of the shortest way on the network."""

    name: str
    use: str
    low_km: float
    high_km: float
    length_km: float
    error_share: float


def check_stored_network(stored: StoredNetwork, evidence: Evidence, known_distances: Path) -> list[Finding]:
    """Everything worth knowing about a network, faults first."""
    distances = measure_known_distances(stored.roads, known_distances)
    findings = [
        *_posts(stored, evidence),
        *_ferries(stored.roads, evidence),
        *_places(stored.roads, evidence),
        *_distances(distances),
        *_gaps(stored),
    ]
    return sorted(findings, key=lambda finding: finding.severity != "fault")


def measure_known_distances(roads: RoadNetwork, known_distances: Path) -> list[DistanceCheck]:
    """Known distances beside those of the network, in the order of the table; those that leave it are left out."""
    posts = {post: int(roads.tail[edge]) for post, edge in roads.crossing_edges.items()}
    find = waypoint_finder(lon=roads.node_lon, lat=roads.node_lat, component=roads.component, posts=posts)
    known = [
        pair
        for pair in read_known_distances(known_distances, find)
        if len(set(roads.component[list(pair.nodes)].tolist())) == 1
    ]
    if not known:
        return []
    lengths = RoadLengths(roads.tail, roads.head, roads.length_km, roads.relief_sd_m, roads.node_count)
    sums = sums_along(lengths, known, roads.length_km, roads.length_km[:, None])[:, 0]
    return [
        DistanceCheck(pair.name, pair.use, pair.low_km, pair.high_km, float(km), pair.error_share(float(km)))
        for pair, km in zip(known, sums, strict=True)
    ]


def _posts(stored: StoredNetwork, evidence: Evidence) -> list[Finding]:
    """Posts of the table that no road reaches: a fault unless the network says why."""
    reasons = stored.description.unconnected_posts
    return [
        Finding(
            "post",
            "note" if crossing_id in reasons else "fault",
            f"{crossing_id}: not on the network ({reasons.get(crossing_id, 'no reason recorded')})",
        )
        for crossing_id in evidence.crossings
        if crossing_id not in stored.roads.crossing_edges
    ]


def _ferries(roads: RoadNetwork, evidence: Evidence) -> list[Finding]:
    """Ferries of which a port has no road near: trips on this network cannot take them."""
    reasons = unplaced_ferries(roads, evidence.ferries.values())
    return [Finding("ferry", "note", f"{ferry_id}: {reason}") for ferry_id, reason in reasons.items()]


def _places(roads: RoadNetwork, evidence: Evidence) -> list[Finding]:
    main = np.bincount(roads.component).argmax()
    findings = []
    for place in evidence.places.values():
        road = nearest_road(roads, lon=place.lon, lat=place.lat, country=place.country)
        if road.distance_km > SNAP_LIMIT_KM:
            findings.append(Finding("place", "note", f"{place.id}: {road.distance_km:.0f} km from the nearest road"))
        elif roads.component[roads.tail[road.edge]] != main:
            findings.append(Finding("place", "note", f"{place.id}: on a road cut off from the main network"))
        elif road.distance_km > FAR_KM:
            findings.append(Finding("place", "note", f"{place.id}: {road.distance_km:.1f} km from its road"))
    return findings


def _distances(distances: list[DistanceCheck]) -> list[Finding]:
    """Distances off by more than the bounds; the mean over those that were not used to fit."""
    findings = [
        Finding(
            "distance",
            "fault" if check.use == "check" else "note",
            f"{check.name}: {check.length_km:.0f} km, known as {check.low_km:.0f}-{check.high_km:.0f} "
            f"({check.error_share:+.1%}, {check.use})",
        )
        for check in distances
        if abs(check.error_share) > PAIR_ERROR_MAX
    ]
    for use in sorted({check.use for check in distances}):
        errors = [abs(check.error_share) for check in distances if check.use == use]
        mean = sum(errors) / len(errors)
        severity: Literal["fault", "note"] = "fault" if use == "check" and mean > MEAN_ERROR_MAX else "note"
        findings.append(
            Finding("distance", severity, f"mean error of {len(errors)} known distances ({use}): {mean:.1%}")
        )
    return findings


def _gaps(stored: StoredNetwork) -> list[Finding]:
    return [
        Finding("gap", "note", f"{count:,} x {kind.replace('_', ' ')} (see repairs.csv)")
        for kind, count in stored.description.repairs.items()
    ]
