"""The named corridors: forced where open, counted as if reopened where closed (F6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from corridor.analysis.assessment import ClosedPost
from corridor.analysis.options import Candidate, Ways
from corridor.costs.border import Refusal
from corridor.evidence import Corridor
from corridor.network.ferries import unplaced_ferries
from corridor.network.geometry import great_circle_km


@dataclass(frozen=True, slots=True)
class PresetWay:
    """The best way along a named corridor.

    Parameters
    ----------
    candidate : None where even reopening its posts leaves no way; `reason` then says why
    closed_posts : its own posts that are closed on the day, in order of travel; empty when it is open
    """

    corridor: Corridor
    candidate: Candidate | None
    closed_posts: tuple[ClosedPost, ...]
    reason: str


def find_preset_way(ways: Ways, corridor: Corridor, via: Sequence[frozenset[str]]) -> PresetWay:
    """The best way along a corridor, its own closed posts reopened if need be (and no others)."""
    open_way = _best_along(ways, corridor, via)
    if open_way:
        return PresetWay(corridor, open_way, (), "")
    own_posts = frozenset(post for alternatives in corridor.posts for post in alternatives)
    reopened = replace(ways, border=replace(ways.border, reopened=own_posts))
    candidate = _best_along(reopened, corridor, via)
    if candidate is None:
        return PresetWay(corridor, None, (), _why_none(ways, own_posts))
    return PresetWay(corridor, candidate, _closed_posts(ways, candidate), "")


def _best_along(ways: Ways, corridor: Corridor, via: Sequence[frozenset[str]]) -> Candidate | None:
    """The cheapest way through the corridor's posts, in the order in which the trip meets them."""
    stops = [frozenset(alternatives) for alternatives in corridor.posts]
    if _begins_at_far_end(ways, corridor):
        stops.reverse()
    found = ways.best(1, required=[*via, *stops]).options
    return found[0].candidate if found else None


def _begins_at_far_end(ways: Ways, corridor: Corridor) -> bool:
    """Whether the posts lie on the way in reverse: shorter as the crow flies from last to first."""
    network, ends = ways.trip.network, ways.trip.ends
    nodes = [ends[name].node for name in (ways.origin, ways.destination)]
    posts = [ways.trip.evidence.crossings[corridor.posts[end][0]] for end in (0, -1)]
    (to_first, to_last), (from_first, from_last) = great_circle_km(
        lon_a=network.node_lon[nodes][:, None],
        lat_a=network.node_lat[nodes][:, None],
        lon_b=[post.lon for post in posts],
        lat_b=[post.lat for post in posts],
    ).tolist()
    return bool(to_last + from_first < to_first + from_last)


def _closed_posts(ways: Ways, candidate: Candidate) -> tuple[ClosedPost, ...]:
    refusals = {(refusal.crossing_id, refusal.direction, refusal.plate): refusal for refusal in ways.refusals}
    closed = [
        refusals[move.crossing_id, move.direction, move.plate_before]
        for move in candidate.chain.moves
        if (move.crossing_id, move.direction, move.plate_before) in refusals
    ]
    return tuple(ClosedPost(r.crossing_id, r.direction, r.reason, r.source) for r in closed)


def _why_none(ways: Ways, own_posts: frozenset[str]) -> str:
    """The refusals at the corridor's own posts, its ferries without a road, or that no chain fits."""
    at_posts: dict[str, Refusal] = {r.crossing_id: r for r in ways.refusals if r.crossing_id in own_posts}
    reasons = [f"{crossing_id}: {refusal.reason}" for crossing_id, refusal in sorted(at_posts.items())]
    reasons += [f"{ferry_id}: {gap}" for ferry_id, gap in sorted(_gaps(ways, own_posts).items())]
    return "; ".join(reasons) or "no chain of posts passes through its posts in order between these two places"


def _gaps(ways: Ways, own_posts: frozenset[str]) -> dict[str, str]:
    """Ferries of a corridor that cannot be put on the network, with the reason."""
    return unplaced_ferries(ways.trip.network, [ways.trip.evidence.crossings[post] for post in own_posts])
