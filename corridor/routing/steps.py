"""What a way is made of: legs and posts, the chains of them, and what a search does without."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from corridor.routing.corridor_graph import post_at


@dataclass(frozen=True, slots=True)
class Move:
    """One way through one post for a truck under one plate.

    Parameters
    ----------
    direction : "PAK-AFG"
    start, end : gates, ``torkham@PAK`` and ``torkham@AFG``
    weight_usd : search weight of the crossing, > 0
    plate_before, plate_after : differ where another tractor takes over
    """

    crossing_id: str
    direction: str
    start: str
    end: str
    weight_usd: float
    plate_before: str
    plate_after: str


class LegEnds(NamedTuple):
    """A leg by its two terminals, and the plate that drives it."""

    start: str
    end: str
    plate: str


@dataclass(frozen=True, slots=True)
class Chain:
    """A way from origin to destination: legs and moves in order of travel, and its search weight in USD."""

    steps: tuple[LegEnds | Move, ...]
    weight_usd: float

    @property
    def moves(self) -> tuple[Move, ...]:
        """The posts passed."""
        return tuple(step for step in self.steps if isinstance(step, Move))

    @property
    def signature(self) -> tuple[tuple[str, str], ...]:
        """Ordered (post id, direction)."""
        return tuple((move.crossing_id, move.direction) for move in self.moves)

    @property
    def frontiers(self) -> tuple[str, ...]:
        """Ordered directions: chains that differ only in parallel posts share them."""
        return tuple(move.direction for move in self.moves)


Element = str | tuple[str, str]
"""What a way is made of: a post by its id, or a leg by its two terminals in the order of travel."""


def element_of(step: LegEnds | Move) -> Element:
    """The post or the leg of a step."""
    return step.crossing_id if isinstance(step, Move) else (step.start, step.end)


def posts_among(elements: Iterable[Element]) -> tuple[str, ...]:
    """The posts of some elements, in their order."""
    return tuple(element for element in elements if isinstance(element, str))


def legs_among(elements: Iterable[Element]) -> tuple[tuple[str, str], ...]:
    """The legs of some elements, in their order."""
    return tuple(element for element in elements if not isinstance(element, str))


def posts_at_ends(element: Element) -> tuple[str, ...]:
    """Posts of which a leg touches a side: to close one bars the leg too. A post has none.

    Examples
    --------
    >>> posts_at_ends(("islamabad", "torkham@PAK")), posts_at_ends("torkham")
    (('torkham',), ())
    """
    ends = () if isinstance(element, str) else element
    return tuple(post for end in ends if (post := post_at(end)) is not None)


@dataclass(frozen=True, slots=True)
class Removed:
    """What a search does without.

    Parameters
    ----------
    posts : not passed in either direction
    legs : (terminal, terminal) not driven from the first to the second in one go
    """

    posts: frozenset[str] = frozenset()
    legs: frozenset[tuple[str, str]] = frozenset()

    @classmethod
    def of(cls, elements: Iterable[Element]) -> Removed:
        """Some posts and legs removed together."""
        each = list(elements)
        return cls(frozenset(posts_among(each)), frozenset(legs_among(each)))

    @property
    def elements(self) -> tuple[Element, ...]:
        """Posts, then legs, each sorted."""
        return (*sorted(self.posts), *sorted(self.legs))

    def has(self, step: LegEnds | Move) -> bool:
        """Whether a step is among it."""
        return step.crossing_id in self.posts if isinstance(step, Move) else (step.start, step.end) in self.legs

    def touches(self, chain: Chain) -> bool:
        """Whether a chain uses any of it."""
        return any(self.has(step) for step in chain.steps)


NOTHING_REMOVED = Removed()
