"""What the trucks of a disruption lose, taken together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from math import fsum

from corridor.analysis.replay_trucks import HOURS_PER_DAY, Choice
from corridor.costs.money_cell import Reading

PostIds = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Loss:
    """What the trucks of an episode lose, mean over those that arrive.

    Parameters
    ----------
    trucks, stranded : all of them, and those that can neither wait nor go another way; these are in no mean
    days, usd : more than without the episode; below 0 where the other way has something for it
    reading : what unknown costs make of `usd`
    waiting : trucks that wait for the reopening; the others take `ways`
    ways : posts of each other way taken and the number of trucks on it, most first
    """

    trucks: int
    stranded: int
    days: float | None
    usd: float | None
    reading: Reading
    waiting: int
    ways: tuple[tuple[PostIds, int], ...]


def build_loss(choices: Iterable[Choice | None]) -> Loss:
    """Means over what some trucks choose; None for one that is stranded.

    Examples
    --------
    >>> build_loss([None]).stranded
    1
    """
    chosen = list(choices)
    made = [choice for choice in chosen if choice]
    ways = Counter(choice.posts for choice in made if choice.kind != "wait")
    return Loss(
        trucks=len(chosen),
        stranded=len(chosen) - len(made),
        days=fsum(choice.extra_h for choice in made) / HOURS_PER_DAY / len(made) if made else None,
        usd=fsum(choice.extra_usd.known_usd for choice in made) / len(made) if made else None,
        reading=joint_reading({choice.extra_usd.reading for choice in made}),
        waiting=sum(choice.kind == "wait" for choice in made),
        ways=tuple(sorted(ways.items(), key=lambda way: (-way[1], way[0]))),
    )


def joint_reading(readings: set[Reading]) -> Reading:
    """How a mean of differences must be read, from how each of them must be read.

    Examples
    --------
    >>> joint_reading({"exact", "at least"}), joint_reading({"at most", "at least"})
    ('at least', 'not settled')
    """
    unsettled = readings - {"exact"}
    if not unsettled:
        return "exact"
    return unsettled.pop() if len(unsettled) == 1 else "not settled"
