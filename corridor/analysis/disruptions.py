"""Dated disruptions of posts: the events of the tables, those of one cause together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from corridor.evidence import Event, Evidence

DISRUPTIVE = ("closed", "restricted", "queue")
"""Effects of events that hinder trucks; an opening does not."""


@dataclass(frozen=True, slots=True)
class Episode:
    """Events of one cause, which hold at one or more posts over the same days; at least one event."""

    events: tuple[Event, ...]

    @property
    def posts(self) -> tuple[str, ...]:
        """Posts concerned, sorted."""
        return tuple(sorted({event.crossing for event in self.events}))

    @property
    def effect(self) -> str:
        """What happened there: ``closed``, ``restricted`` or ``queue``."""
        return self.events[0].effect

    @property
    def plates(self) -> tuple[str, ...]:
        """Whom it concerns, as in `Event`."""
        return tuple(dict.fromkeys(event.plates for event in self.events))

    @property
    def start(self) -> date:
        """First day."""
        return self.events[0].start

    @property
    def end(self) -> date | None:
        """Day of reopening; None while it lasts as far as known."""
        return self.events[0].end

    @property
    def note(self) -> str:
        """What the tables say of it; may be empty."""
        return self.events[0].note

    @property
    def source(self) -> tuple[str, ...]:
        """Source keys."""
        return self.events[0].source


def find_episodes(evidence: Evidence) -> tuple[Episode, ...]:
    """All disruptions in the tables by first day, then by post; posts that share days, effect and source are one."""
    groups: dict[tuple[object, ...], list[Event]] = {}
    for event in evidence.events:
        if event.effect in DISRUPTIVE:
            cause = event.effect, event.start, event.end, event.note, event.source
            groups.setdefault(cause, []).append(event)
    return tuple(sorted(map(_episode, groups.values()), key=lambda episode: (episode.start, episode.posts)))


def _episode(events: Iterable[Event]) -> Episode:
    return Episode(tuple(sorted(events, key=lambda event: event.crossing)))


def without_episode(evidence: Evidence, episode: Episode) -> Evidence:
    """The evidence as if the episode had not happened."""
    return replace(evidence, events=tuple(event for event in evidence.events if event not in episode.events))


def as_it_was(evidence: Evidence) -> Evidence:
    """The evidence on past days: dated closures are facts, so none is expected beside them (model.md 8).

    Whether a post is open is left to the events; what a scenario says of it does not count.
    """
    name = "closures_per_open_year"
    known = {key: replace(row, value=0.0) if key[0] == name else row for key, row in evidence.parameters.items()}
    return replace(evidence, parameters=known, status_overrides={})
