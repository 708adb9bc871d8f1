"""Posts that the tables and the road network do not share."""

from __future__ import annotations

from corridor.errors import DataError
from corridor.evidence import Evidence
from corridor.network.files import StoredNetwork
from corridor.network.roads import RoadNetwork

HOW_TO_PLACE = "Build a network with it: corridor network build --pbf FILE --evidence FOLDER (docs/own-data.md)."


def check_posts(evidence: Evidence, network: RoadNetwork) -> None:
    """Raise DataError where a road leads through a post that the tables do not have."""
    unknown = sorted(set(network.crossing_edges) - set(evidence.crossings))
    if unknown:
        raise DataError(
            f"crossings.csv: no row for {', '.join(unknown)}; expected one for every post of the network. "
            "Restore the row; trucks 'no' takes a post out of all ways."
        )


def unplaced_posts(evidence: Evidence, network: RoadNetwork) -> list[str]:
    """Posts for trucks that no road of the network leads through."""
    placed = network.crossing_edges
    return [key for key, post in evidence.crossings.items() if post.ferry is None and post.trucks and key not in placed]


def unplaced_posts_sentence(evidence: Evidence, network: StoredNetwork) -> str:
    """Which posts of own tables no way can pass, and what to do; empty where there are none.

    Those that the network knows to be without a road are not told again.
    """
    known = network.description.unconnected_posts
    new = [post for post in unplaced_posts(evidence, network.roads) if post not in known] if evidence.own else []
    if not new:
        return ""
    return f"No way passes {', '.join(new)}: not on this road network. {HOW_TO_PLACE}"
