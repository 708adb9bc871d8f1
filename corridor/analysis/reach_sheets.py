"""The posts that a truck finds anywhere around a place, in sheets: one for each tractor that may pull the load."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from corridor.analysis.trip import Trip
from corridor.costs.border import Border, Passage, Refusal
from corridor.evidence import status_on
from corridor.routing.steps import Move


@dataclass(frozen=True, slots=True)
class Entry:
    """A post that leads from one sheet to another.

    Parameters
    ----------
    parent : number of the sheet that the search comes from
    """

    move: Move
    passage: Passage
    parent: int

    @property
    def changes_crew(self) -> bool:
        """Whether another tractor takes over there, with rested drivers."""
        return self.move.plate_before != self.move.plate_after


@dataclass(frozen=True, slots=True)
class Sheet:
    """Roads and posts under one plate.

    Parameters
    ----------
    posts : passed without a change of tractor
    is_anchored : whether ways may begin at the anchor in it
    country : the only one whose roads belong to it, for ends where transit is refused; empty for all
    """

    plate: str
    posts: Mapping[Move, Passage]
    entries: tuple[Entry, ...]
    is_anchored: bool
    country: str = ""


@dataclass(frozen=True, slots=True)
class Doors:
    """All posts around an anchor on the day.

    Parameters
    ----------
    passages : open to every trip from or to the anchor
    end_only : country -> posts that are open only to trips that end (or begin) there
    refusals : posts that are not open to the truck, under its own plate
    """

    passages: tuple[Passage, ...]
    end_only: Mapping[str, tuple[Passage, ...]]
    refusals: tuple[Refusal, ...]

    @property
    def all_passages(self) -> dict[PostKey, Passage]:
        """Every post, those for ends alone included, by where and under which plates it is passed."""
        both = (*self.passages, *(passage for each in self.end_only.values() for passage in each))
        return {post_key(passage): passage for passage in both}


PostKey = tuple[str, str, str, str]
"""Post, direction, plate before and plate after."""


def post_key(post: Move | Passage) -> PostKey:
    """By what a post in one direction under one plate is known."""
    return post.crossing_id, post.direction, post.plate_before, post.plate_after


def find_doors(trip: Trip, anchor_country: str) -> Doors:
    """The posts of a trip as they are on the day of departure, wherever in the network the other end lies."""
    border = _border(trip, frozenset({anchor_country}))
    results = border.passages(trip.tariff, trip.home_plate)
    passages = tuple(result for result in results if isinstance(result, Passage))
    known = {(passage.crossing_id, passage.direction, passage.plate_before) for passage in passages}
    plates = list(dict.fromkeys([trip.home_plate, *(passage.plate_after for passage in passages)]))
    end_only = {
        country: tuple(
            passage
            for passage in _end_passages(trip, border, posts, country, plates)
            if (passage.crossing_id, passage.direction, passage.plate_before) not in known
        )
        for country, posts in sorted(_transit_refused(trip, border, anchor_country).items())
    }
    refusals = (result for result in results if isinstance(result, Refusal) and result.plate == trip.home_plate)
    return Doors(passages, end_only, tuple(refusals))


def _border(trip: Trip, ends: frozenset[str]) -> Border:
    avoid = trip.scenario.routes.avoid
    gates = {terminal.name for terminal in trip.graph.terminals.values() if terminal.is_gate}
    return Border(
        evidence=trip.evidence,
        day=trip.departure,
        crossings=tuple(sorted(gates)),
        trip_countries=ends,
        avoided_posts=frozenset(avoid.posts),
        avoided_countries=frozenset(avoid.countries),
    )


def _transit_refused(trip: Trip, border: Border, anchor_country: str) -> dict[str, list[str]]:
    """Country -> posts that it refuses to transit and nobody else does."""
    found: dict[str, list[str]] = {}
    for post in border.crossings:
        refused_by = status_on(trip.evidence, post, border.day).transit_refused_by - {anchor_country}
        if len(refused_by) == 1:
            found.setdefault(next(iter(refused_by)), []).append(post)
    return found


def _end_passages(
    trip: Trip, border: Border, posts: Sequence[str], country: str, plates: Sequence[str]
) -> Iterator[Passage]:
    ends = border.trip_countries | {country}
    own = replace(border, crossings=tuple(posts), trip_countries=ends)
    for plate in plates:
        for result in own.passages(trip.tariff, plate):
            if isinstance(result, Passage) and result.plate_before == plate in (trip.home_plate, result.plate_after):
                yield result


def build_sheets(trip: Trip, doors: Doors, *, is_outward: bool) -> list[Sheet]:
    """Sheets in the order in which they are searched, from the anchor away.

    Notes
    -----
    A load changes tractors once at most, so that the truck's own sheet comes first when ways lead from the anchor, and
    after those of all others when they lead to it.
    """
    home = trip.home_plate
    others = sorted({p.plate_after for p in doors.passages if p.plate_before == home} - {home})
    plates = [home, *others] if is_outward else [*others, home]
    sheets = [
        Sheet(
            plate,
            {trip.move(p): p for p in doors.passages if p.plate_before == p.plate_after == plate},
            tuple(_changes(trip, doors.passages, plate, plates, is_outward=is_outward)),
            is_anchored=plate == home or not is_outward,
        )
        for plate in plates
    ]
    return [*sheets, *_end_sheets(trip, doors, plates, is_outward=is_outward)]


def _changes(
    trip: Trip, passages: Sequence[Passage], plate: str, plates: Sequence[str], *, is_outward: bool
) -> Iterator[Entry]:
    """Posts where a tractor is changed on the way into the sheet of a plate."""
    for passage in passages:
        own, other = _own_and_other(passage, is_outward=is_outward)
        if own == plate != other and passage.plate_before == trip.home_plate:
            yield Entry(trip.move(passage), passage, plates.index(other))


def _end_sheets(trip: Trip, doors: Doors, plates: Sequence[str], *, is_outward: bool) -> Iterator[Sheet]:
    for country, passages in doors.end_only.items():
        for plate in plates:
            entries = [
                Entry(trip.move(passage), passage, plates.index(other))
                for passage in passages
                for own, other in [_own_and_other(passage, is_outward=is_outward)]
                if own == plate and other in plates
            ]
            if entries:
                yield Sheet(plate, {}, tuple(entries), is_anchored=False, country=country)


def _own_and_other(passage: Passage, *, is_outward: bool) -> tuple[str, str]:
    """Plate of the sheet that a search comes into by a post, and of the sheet that it comes from."""
    plates = passage.plate_after, passage.plate_before
    return plates if is_outward else (plates[1], plates[0])
