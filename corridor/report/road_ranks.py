"""Roads behind the options, by rank: main roads stand out a little where the network knows classes."""

from __future__ import annotations

from dataclasses import dataclass

from corridor.network.background import Background
from corridor.report.background import Floats
from corridor.road_kinds import ROAD_CLASSES


@dataclass(frozen=True, slots=True)
class RoadRank:
    """Roads drawn alike.

    Parameters
    ----------
    classes : beginnings of the names of their classes; those of no rank, and roads of unknown class, are "other"
    width_share : of the width of other roads
    """

    name: str
    classes: tuple[str, ...]
    color: str
    width_share: float


OTHER = RoadRank("other", (), "#cfc7b8", 1.0)
RANKS = (
    OTHER,
    RoadRank("primary", ("primary",), "#c5bcab", 1.3),
    RoadRank("main", ("motorway", "trunk"), "#b7ac98", 1.8),
)
"""From the faintest, drawn first, to the strongest."""


def rank_of(road_class: str) -> RoadRank:
    """Rank of a class of roads, links included.

    Examples
    --------
    >>> [rank_of(name).name for name in ("motorway_link", "primary", "tertiary", "unknown")]
    ['main', 'primary', 'other', 'other']
    """
    return next((rank for rank in RANKS if road_class.startswith(rank.classes)), OTHER)


def lines_by_rank(background: Background) -> list[tuple[RoadRank, list[Floats]]]:
    """Ranks that have roads, the strongest last, each with its lines."""
    ranks = [rank_of(ROAD_CLASSES[number]) for number in background.road_class]
    found = {rank: [line for line, its in zip(background.lines, ranks, strict=True) if its is rank] for rank in RANKS}
    return [(rank, lines) for rank, lines in found.items() if lines]
