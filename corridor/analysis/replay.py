"""Past disruptions replayed: what shipments on the road would have lost, and what they could have done (F28)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil
from typing import TYPE_CHECKING, Literal

from corridor.analysis.assessment import Assessment
from corridor.analysis.dated_posts import posts_of, steps_of_option
from corridor.analysis.disruptions import Episode, as_it_was, find_episodes
from corridor.analysis.history import History, Steps
from corridor.analysis.replay_loss import Loss, PostIds, build_loss
from corridor.analysis.replay_trucks import Truck, find_truck
from corridor.analysis.trip import build_trip
from corridor.network.roads import RoadNetwork

if TYPE_CHECKING:
    import pandas as pd

TRUCKS_MAX = 14
"""Closures of up to so many days get a truck each day, longer ones so many trucks evenly spread."""

DAYS_MAX = 364
"""Of a longer closure the trucks of the first so many days are counted; after that nobody is taken by surprise."""

Why = Literal["not_on_the_way", "no_hours"]


@dataclass(frozen=True, slots=True)
class ReplayedEpisode:
    """A disruption that bars the way of an option.

    Parameters
    ----------
    label : of the option in the run; empty where the run does not list it
    posts, best_posts : the way that is barred, and the best way of those days
    dearer_usd : generalised cost of the first above the second
    closed_days : None while it lasts
    every_days : days between two trucks
    at_departure, on_the_road : where trucks hear of it when they set out, if it has begun; or only before the post
    if_all_wait : None while it lasts
    """

    episode: Episode
    label: str
    crossing_id: str
    posts: PostIds
    best_posts: PostIds
    dearer_usd: float
    closed_days: int | None
    every_days: int
    at_departure: Loss
    on_the_road: Loss
    if_all_wait: Loss | None


@dataclass(frozen=True, slots=True)
class OtherEpisode:
    """A disruption without figures: on no open option, or no bar to this truck and without hours in the tables."""

    episode: Episode
    why: Why


@dataclass(frozen=True, slots=True)
class Replay:
    """The disruptions in the tables by first day.

    Parameters
    ----------
    known_until : the day up to which the tables know
    since : those that were over by this day are left out; None for all
    """

    replayed: tuple[ReplayedEpisode, ...]
    others: tuple[OtherEpisode, ...]
    known_until: date
    since: date | None = None

    def to_frame(self) -> pd.DataFrame:
        """One row per replayed episode and state of information, ``all_wait`` among them."""
        import pandas as pd

        return pd.DataFrame([record for row in self.replayed for record in _records(row)])


def replay(
    assessment: Assessment,
    roads: RoadNetwork,
    *,
    since: date | None = None,
    progress: Callable[[str], None] | None = None,
) -> Replay:
    """What the disruptions in the tables would have done to shipments on the options of a run, at mean inputs.

    Parameters
    ----------
    assessment : gives the trip and its options; those of the day before an episode are searched as well
    roads : the network of the scenario
    since : leave out what was over by this day
    progress : told which disruption comes next

    Notes
    -----
    One disruption at a time. A truck comes to the post at midday of each day of the closure. It does what costs least:
    waits for the day of reopening, which it is taken to know, or goes another way. Prices, queues and speeds are those
    of the tables, not of that day.
    """
    trip = build_trip(assessment.scenario, as_it_was(assessment.evidence), roads)
    history = History(trip)
    labels = {steps_of_option(option, trip): option.label for option in assessment.all_options}
    replayed: list[ReplayedEpisode] = []
    others: list[OtherEpisode] = []
    for episode in find_episodes(trip.evidence):
        if since and episode.end and episode.end <= since:
            continue
        if progress:
            progress(f"replaying {', '.join(episode.posts)} of {episode.start.isoformat()}")
        found = _replayed(history, episode, labels)
        if isinstance(found, ReplayedEpisode):
            replayed.append(found)
        else:
            others.append(OtherEpisode(episode, found))
    return Replay(tuple(replayed), tuple(others), trip.evidence.as_of, since)


def _replayed(history: History, episode: Episode, labels: Mapping[Steps, str]) -> ReplayedEpisode | Why:
    ways = history.ways_through(episode, labels)
    if not ways:
        return "not_on_the_way"
    if episode.effect == "queue":
        return "no_hours"
    days, every_days = days_replayed(episode, history.trip.evidence.as_of)
    found = [find_truck(history, episode, ways, day) for day in days]
    trucks = [truck for truck in found if isinstance(truck, Truck)]
    if not trucks:
        return "no_hours" if "not_barred" in found else "not_on_the_way"
    return _summed(episode, trucks, every_days, {posts_of(steps): label for steps, label in labels.items()})


def days_replayed(episode: Episode, as_of: date) -> tuple[tuple[date, ...], int]:
    """Days on which trucks come to the post, and how many days lie between two of them."""
    end = episode.end or as_of + timedelta(days=1)
    days = min((end - episode.start).days, DAYS_MAX)
    every = max(1, ceil(days / TRUCKS_MAX))
    return tuple(episode.start + timedelta(days=day) for day in range(every // 2, days, every)), every


def _summed(
    episode: Episode, trucks: Sequence[Truck], every_days: int, labels: Mapping[PostIds, str]
) -> ReplayedEpisode:
    """The losses of all trucks; the way named is the one that most of them are on."""
    posts, _ = Counter(truck.usual_posts for truck in trucks).most_common(1)[0]
    shown = next(truck for truck in trucks if truck.usual_posts == posts)
    return ReplayedEpisode(
        episode=episode,
        label=labels.get(posts, ""),
        crossing_id=shown.crossing_id,
        posts=posts,
        best_posts=shown.best_posts,
        dearer_usd=shown.dearer_usd,
        closed_days=(episode.end - episode.start).days if episode.end else None,
        every_days=every_days,
        at_departure=build_loss(truck.choice("at_departure") for truck in trucks),
        on_the_road=build_loss(truck.choice("on_the_road") for truck in trucks),
        if_all_wait=build_loss(truck.wait for truck in trucks) if episode.end else None,
    )


def _records(row: ReplayedEpisode) -> Iterator[dict[str, object]]:
    """Rows of the data frame."""
    losses = {"at_departure": row.at_departure, "on_the_road": row.on_the_road, "all_wait": row.if_all_wait}
    for information, loss in losses.items():
        if loss:
            yield {
                "start": row.episode.start,
                "end": row.episode.end,
                "closed_posts": " ".join(row.episode.posts),
                "option": row.label,
                "posts": " > ".join(row.posts),
                "dearer_than_best_usd": row.dearer_usd,
                "information": information,
                "trucks": loss.trucks,
                "stranded": loss.stranded,
                "waiting": loss.waiting,
                "lost_days": loss.days,
                "extra_usd": loss.usd,
                "extra_usd_reading": loss.reading,
                "other_way": " > ".join(loss.ways[0][0]) if loss.ways else "",
                "source": ";".join(row.episode.source),
            }
