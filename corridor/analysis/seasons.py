"""Which posts on some ways have a season, and how far it moves their queue."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from corridor.analysis.calendar import DatedWay
from corridor.evidence import Evidence, SideTime

DatedWays = Mapping[str, Sequence[DatedWay]]
"""Label of an option -> its ways, one for each day of departure."""


@dataclass(frozen=True, slots=True)
class Season:
    """A post whose queue is known to change over the year.

    Parameters
    ----------
    labels : options that pass it
    month_factors : what its mean queue is multiplied with from January to December
    least_h, most_h : least and greatest mean queue that the trucks meet
    grade, source : what its queue rests on
    """

    crossing_id: str
    direction: str
    labels: tuple[str, ...]
    month_factors: tuple[float, ...]
    least_h: float
    most_h: float
    grade: str
    source: tuple[str, ...]


def find_seasons(dated: DatedWays, evidence: Evidence) -> tuple[Season, ...]:
    """The posts with a season, in the order in which the options pass them."""
    queues = {post: _queue(evidence, *post) for post in _posts(dated)}
    return tuple(_season(post, dated, queue) for post, queue in queues.items() if queue.month_factors)


def posts_without_season(dated: DatedWays, evidence: Evidence) -> tuple[str, ...]:
    """Posts whose hours are taken to be the same all year, because no season is known; in the same order."""
    posts = [post for post, direction in _posts(dated) if not _queue(evidence, post, direction).month_factors]
    return tuple(dict.fromkeys(posts))


def _queue(evidence: Evidence, crossing_id: str, direction: str) -> SideTime:
    return evidence.crossings[crossing_id].times[direction].queue


def _posts(dated: DatedWays) -> Iterable[tuple[str, str]]:
    """(post, direction) of all ways, each once."""
    visits = (visit for ways in dated.values() for way in ways for visit in way.visits)
    return dict.fromkeys((visit.crossing_id, visit.direction) for visit in visits)


def _season(post: tuple[str, str], dated: DatedWays, queue: SideTime) -> Season:
    queues_h = {
        label: [visit.queue_h for way in ways for visit in way.visits if (visit.crossing_id, visit.direction) == post]
        for label, ways in dated.items()
    }
    all_h = [hours for of_option in queues_h.values() for hours in of_option]
    labels = tuple(label for label, of_option in queues_h.items() if of_option)
    return Season(*post, labels, queue.month_factors, min(all_h), max(all_h), queue.grade, queue.source)
