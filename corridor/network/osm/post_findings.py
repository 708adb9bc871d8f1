"""Posts of the table and of the data that do not match, listed on both sides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from corridor.evidence import Evidence
from corridor.network.draft import Repair
from corridor.network.geometry import great_circle_km
from corridor.network.osm.extract import E7, POINT_KINDS, Extract
from corridor.network.osm.post_matching import POST_KM, PostMatch
from corridor.network.osm.raw_roads import RawRoads
from corridor.network.roads import RoadNetwork

FAR_POST_KM = 5.0
"""A post whose road crosses the border farther than this from its listed place is reported."""


def missing_posts(network: RoadNetwork, evidence: Evidence) -> dict[str, str]:
    """Listed post that stands on no road of the network -> why."""
    return {
        post: _why_missing({crossing.country_a, crossing.country_b} - set(network.countries))
        for post, crossing in evidence.crossings.items()
        if post not in network.crossing_edges
    }


def _why_missing(absent: set[str]) -> str:
    if absent:
        return f"no roads of {' and '.join(sorted(absent))} on this network"
    return f"no road of these files crosses its border within {POST_KM:.0f} km of it"


def post_findings(
    extract: Extract, raw: RawRoads, matches: Sequence[PostMatch], evidence: Evidence
) -> tuple[Repair, ...]:
    """Posts that stand far from their listed place, and border controls in the data that are no listed post."""
    return (*_far_posts(matches, evidence), *_unlisted_controls(extract, raw, evidence))


def _far_posts(matches: Sequence[PostMatch], evidence: Evidence) -> Iterator[Repair]:
    for match in matches:
        if match.distance_km > FAR_POST_KM:
            crossing = evidence.crossings[match.crossing_id]
            reason = (
                f"{match.crossing_id}: its road crosses the border {match.distance_km:.1f} km from its listed place"
            )
            yield Repair("post_far_from_its_place", reason, match.distance_km, crossing.lon, crossing.lat)


def _unlisted_controls(extract: Extract, raw: RawRoads, evidence: Evidence) -> Iterator[Repair]:
    """Border controls on a kept road that no listed post is near."""
    is_control = extract.point_kind == POINT_KINDS.index("border_control")
    is_control &= np.isin(extract.point_id, raw.nodes.osm_id)
    lon, lat = extract.point_lon_e7[is_control] * E7, extract.point_lat_e7[is_control] * E7
    distance_km = _nearest_post_km(lon, lat, evidence)
    for point in np.flatnonzero(distance_km > POST_KM):
        node_id = extract.point_id[is_control][point]
        reason = f"node {node_id}: a border control {distance_km[point]:.0f} km from every listed post"
        yield Repair("border_control_not_listed", reason, 0.0, float(lon[point]), float(lat[point]))


def _nearest_post_km(lon: NDArray[np.float64], lat: NDArray[np.float64], evidence: Evidence) -> NDArray[np.float64]:
    posts = evidence.crossings.values()
    to_each = great_circle_km(
        lon_a=lon[:, None],
        lat_a=lat[:, None],
        lon_b=np.array([post.lon for post in posts]),
        lat_b=np.array([post.lat for post in posts]),
    )
    return np.asarray(to_each.min(axis=1)) if len(lon) else np.zeros(0)
