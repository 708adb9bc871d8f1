"""Which corridor a way follows, for the map of who wins where."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corridor.evidence import Corridor, Evidence
from corridor.report.naming import country_name
from corridor.routing.steps import Move


@dataclass(frozen=True, slots=True, order=True)
class Family:
    """A way's named corridor, else the country that it enters first (or leaves last, if it leads to the anchor).

    Parameters
    ----------
    corridor : id; empty where none fits
    country : ISO alpha-3 code; empty where a corridor fits, and at home
    """

    corridor: str
    country: str


HOME = Family("", "")


def find_family(posts: Sequence[Move], corridors: Iterable[Corridor], *, is_outward: bool) -> Family:
    """The corridor of a way.

    Notes
    -----
    A named corridor fits where the way passes its posts in order, in either direction; of several the one with most
    posts. Else, where the way passes the posts with which a single one begins at the anchor, it is on that one so far.
    Else the way goes by the country next to the anchor's.
    """
    if not posts:
        return HOME
    outward = list(posts) if is_outward else list(posts)[::-1]
    passed = [post.crossing_id for post in outward]
    matches = [(_passed_of(corridor, passed), corridor) for corridor in corridors]
    whole = [(count, corridor) for count, corridor in matches if count == len(corridor.posts)]
    if whole:
        return Family(max(whole, key=lambda match: match[0])[1].id, "")
    most = max((count for count, _ in matches), default=0)
    begun = [corridor for count, corridor in matches if count == most > 0]
    if len(begun) == 1:
        return Family(begun[0].id, "")
    left, entered = outward[0].direction.split("-")
    return Family("", entered if is_outward else left)


def _passed_of(corridor: Corridor, passed: Sequence[str]) -> int:
    """How many posts of a corridor, from one of its ends on, are passed in order."""
    return max(_count_in_order(posts, passed) for posts in (corridor.posts, corridor.posts[::-1]))


def _count_in_order(wanted: Sequence[Sequence[str]], passed: Sequence[str]) -> int:
    count = 0
    for post in passed:
        if count < len(wanted) and post in wanted[count]:
            count += 1
    return count


def family_name(family: Family, evidence: Evidence) -> str:
    """What a map calls it: "QTTA (R3)", "by Russia", "no border"."""
    if family.corridor:
        row = evidence.corridors[family.corridor]
        return f"{row.name.split(':')[0]} ({row.code})"
    return f"by {country_name(family.country, evidence)}" if family.country else "no border"
