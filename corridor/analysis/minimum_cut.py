"""The fewest open posts that, closed together, leave no way (model.md 6.6, the cut)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from corridor.analysis.options import Ways
from corridor.routing.cut import find_cut
from corridor.routing.steps import Removed

Cut = tuple[str, ...]
"""Ids of posts, sorted."""


def find_minimum_cuts(ways: Ways, required: Sequence[frozenset[str]]) -> tuple[Cut, ...]:
    """Smallest sets of open posts that cut a trip: the one nearest its origin, then the one nearest its destination.

    Parameters
    ----------
    required : what the trip has to pass, in order; cutting it off from any of it cuts the trip

    Returns
    -------
    tuple
        One set where both are the same, and none where no post has to be passed.

    Notes
    -----
    The size of a smallest set is the number of ways that share no post (Menger 1927). The flow behind it takes a post
    as a door that lets every truck through both ways; where rules of entry make a post of a cut needless, it is left
    out.
    """
    cuts = dict.fromkeys(_without_needless(ways, required, cut) for cut in _cuts(ways, required) if cut)
    least = min((len(cut) for cut in cuts), default=0)
    return tuple(cut for cut in cuts if len(cut) == least)


def _cuts(ways: Ways, required: Sequence[frozenset[str]]) -> Iterator[Cut]:
    """The posts asked for by name, and smallest cuts between each two places that follow each other."""
    doors = dict.fromkeys(sorted(ways.search(required).posts_on_the_way), False)
    yield from (tuple(sorted(stop)) for stop in required if stop <= doors.keys())
    places = [name for stop in required for name in sorted(stop) if name not in doors]
    for near, far in pairwise([ways.origin, *places, ways.destination]):
        for start, end in ((near, far), (far, near)):
            yield find_cut(ways.trip.graph, origin=start, destination=end, doors=doors)


def _without_needless(ways: Ways, required: Sequence[frozenset[str]], cut: Iterable[str]) -> Cut:
    """A cut without the posts that may stay open while the others are closed."""
    kept = frozenset(cut)
    for post in sorted(kept):
        if not ways.has_way(required, Removed(posts=kept - {post})):
            kept -= {post}
    return tuple(sorted(kept))
