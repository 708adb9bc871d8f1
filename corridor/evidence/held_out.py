"""The records that may not set a number of the model: a frozen list, and the check that nobody has touched it."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from corridor.errors import DataError
from corridor.evidence.evidence import Evidence

ADVICE = "A held-out record must not set a number of the model."


@dataclass(frozen=True, slots=True)
class HeldOut:
    """What was kept apart, and on which day.

    Parameters
    ----------
    trips : ids of observed trips; city_pairs : names of known distances; cpmm_items : columns of CPMM
    shown : other trips with published days -> why they are shown, not scored
    digest : of the lists and of what the records say, as written when they were frozen
    """

    frozen_on: date
    trips: tuple[str, ...]
    city_pairs: tuple[str, ...]
    cpmm_items: tuple[str, ...]
    shown: Mapping[str, str]
    digest: str


def read_held_out(path: Path) -> HeldOut:
    """The frozen list.

    Raises
    ------
    DataError
        The file is missing or lacks a key.
    """
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
        return HeldOut(
            frozen_on=document["frozen_on"],
            trips=tuple(document["trips"]),
            city_pairs=tuple(document["city_pairs"]),
            cpmm_items=tuple(document["cpmm_items"]),
            shown=document["shown"],
            digest=document["sha256"],
        )
    except (OSError, tomllib.TOMLDecodeError, KeyError) as error:
        raise DataError(f"{path}: cannot be read ({error}). Restore the file.") from error


def check_held_out(held_out: HeldOut, evidence: Evidence, *, pair_uses: Mapping[str, str]) -> None:
    """Raise DataError, with every fault, where the list was changed or a record of it was used to fit.

    Parameters
    ----------
    pair_uses : name of each known distance -> ``fit``, ``check`` or ``published``
    """
    faults = [*_list_faults(held_out, evidence), *_use_faults(held_out, evidence, pair_uses)]
    if faults:
        raise DataError("\n".join(f"held_out.toml: {fault}" for fault in faults))


def held_out_digest(held_out: HeldOut, evidence: Evidence) -> str:
    """Sha256 of the three lists, and of the days and km that the trips on them are published with."""
    trips = {trip.id: trip for trip in evidence.observed_trips}
    lines = [
        *(
            f"{name} {trips[name].days_low} {trips[name].days_high} {trips[name].distance_km}"
            for name in sorted(held_out.trips)
            if name in trips
        ),
        *sorted(held_out.city_pairs),
        *sorted(held_out.cpmm_items),
    ]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _list_faults(held_out: HeldOut, evidence: Evidence) -> Iterator[str]:
    known = {trip.id: trip for trip in evidence.observed_trips}
    for name in (*held_out.trips, *held_out.shown):
        if name not in known:
            yield f"'{name}' is no row of observed_trips.csv. Correct the name."
    for trip in known.values():
        lists = (trip.id in held_out.trips) + (trip.id in held_out.shown)
        if trip.days_low is not None and lists != 1:
            yield f"'{trip.id}' has published days; expected it under trips or under shown, got it {lists} times."
    digest = held_out_digest(held_out, evidence)
    if digest != held_out.digest:
        yield (
            f"the list or a record on it was changed; expected sha256 {held_out.digest[:12]}..., got {digest}. "
            "Undo the change, or write the new digest and day and say why in the changelog."
        )


def _use_faults(held_out: HeldOut, evidence: Evidence, pair_uses: Mapping[str, str]) -> Iterator[str]:
    for name in held_out.city_pairs:
        if pair_uses.get(name) != "check":
            yield f"city pair '{name}': expected use 'check', got '{pair_uses.get(name)}'. {ADVICE}"
    used = _sources_of_numbers(evidence)
    for trip in evidence.observed_trips:
        for key in sorted(set(trip.source) & set(used)) if trip.id in held_out.trips else ():
            yield f"trip '{trip.id}': its source '{key}' also sets {used[key]}. {ADVICE}"
    for item in held_out.cpmm_items:
        if item in evidence.definitions:
            yield f"'{item}' of CPMM is a parameter. {ADVICE}"


def _sources_of_numbers(evidence: Evidence) -> dict[str, str]:
    """Source key -> a number of the model that rests on it."""
    numbers = {key: row.key for row in evidence.parameters.values() for key in row.source}
    times = {
        key: f"the time at {row.crossing}" for row in evidence.measured_times if row.use == "yes" for key in row.source
    }
    queues = {key: f"the queue at {row.crossing}" for row in evidence.queue_estimates for key in row.source}
    return {**numbers, **times, **queues}
