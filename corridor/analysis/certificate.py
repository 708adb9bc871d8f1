"""Why no way is left, and the cheapest way to have one again (F4, model.md 6.6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corridor.analysis.options import Ways
from corridor.analysis.unplaced_posts import HOW_TO_PLACE, unplaced_posts
from corridor.errors import RouteError
from corridor.network.ferries import unplaced_ferries
from corridor.routing.chains import ChainSearch, Links
from corridor.routing.cut import ClosureCertificate, find_cut, reachable_zones
from corridor.routing.steps import Chain, LegEnds, Move

TIE_BREAK = 1e-7
"""Weight of generalised cost beside the 1 of each reopened post: far too small to outweigh one."""


def closure_certificate(ways: Ways, required: Sequence[frozenset[str]]) -> ClosureCertificate:
    """The posts that cut the way, and the fewest to reopen for the cheapest way through."""
    doors = _doors(ways)
    cut: tuple[str, ...] = ()
    if next(ways.search(()).chains(), None) is None:  # cut off, whatever has to be passed
        cut = find_cut(ways.trip.graph, origin=ways.origin, destination=ways.destination, doors=doors)
    chain = _cheapest_reopening(ways, required)
    reopen = [move.crossing_id for move in chain.moves if move not in ways.moves] if chain else []
    zones = reachable_zones(ways.trip.graph, origin=ways.origin, doors=doors)
    return ClosureCertificate(cut, tuple(reopen), zones)


def no_way_left(ways: Ways, required: Sequence[frozenset[str]]) -> RouteError:
    """The error that says so, with its certificate."""
    certificate = closure_certificate(ways, required)
    asked = f" by {' and '.join(' or '.join(sorted(stop)) for stop in required)}" if required else ""
    head = f"{ways.origin} to {ways.destination}{asked} on {ways.border.day.isoformat()}: no way is left"
    if not certificate.reopen:
        zones = ", ".join(certificate.reachable_zones)
        message = f"{head}, even with every post open; the roads from {ways.origin} reach {zones}."
        return RouteError(f"{message}{_gap_sentence(ways, required)} Check via and avoid, or the network.", certificate)
    cut = (
        f" Closed or barred posts that cut it (a smallest set): {', '.join(certificate.cut)}."
        if certificate.cut
        else ""
    )
    return RouteError(f"{head}.{cut} Cheapest to reopen: {', '.join(certificate.reopen)}.", certificate)


def _gap_sentence(ways: Ways, required: Sequence[frozenset[str]]) -> str:
    """Why ferries and posts that were asked for are not on the network; empty where there are none."""
    known = ways.trip.evidence.crossings
    asked = [known[name] for stop in required for name in sorted(stop) if name in known]
    gaps = unplaced_ferries(ways.trip.network, asked)
    wanted = {post.id for post in asked}
    absent = [post for post in unplaced_posts(ways.trip.evidence, ways.trip.network) if post in wanted]
    posts = [f" {post}: not on this road network. {HOW_TO_PLACE}" for post in absent]
    return "".join([*(f" {ferry_id}: {gap}." for ferry_id, gap in gaps.items()), *posts])


def _doors(ways: Ways) -> dict[str, bool]:
    """Post -> whether any passage through it is open."""
    is_open = {move.crossing_id for move in ways.moves}
    return {crossing_id: crossing_id in is_open for crossing_id in ways.border.crossings}


def _cheapest_reopening(ways: Ways, required: Sequence[frozenset[str]]) -> Chain | None:
    """With every post put back, the way that reopens the fewest, generalised cost breaking ties."""
    border = replace(
        ways.border,
        reopened=frozenset(ways.border.crossings),
        avoided_posts=frozenset(),
        avoided_countries=frozenset(),
    )
    all_ways = replace(ways, border=border)
    moves = [_reopening_move(move, is_open=move in ways.moves) for move in all_ways.moves]
    trip = ways.trip

    def leg_usd(leg: LegEnds) -> float:
        return trip.leg_usd(leg) * TIE_BREAK

    links = Links(trip.graph, moves, leg_usd)
    search = ChainSearch(links, ways.origin, ways.destination, ways.plate, required)
    chain = next(search.chains(), None)
    if chain is None:
        return None
    originals = {_identity(move): move for move in all_ways.moves}
    steps = tuple(originals[_identity(s)] if isinstance(s, Move) else s for s in chain.steps)
    return Chain(steps, chain.weight_usd)


def _reopening_move(move: Move, *, is_open: bool) -> Move:
    return replace(move, weight_usd=move.weight_usd * TIE_BREAK + (0.0 if is_open else 1.0))


def _identity(move: Move) -> tuple[str, str, str]:
    return move.crossing_id, move.direction, move.plate_before
