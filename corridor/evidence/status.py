"""What a post is on a day: dated events decide, else its own status."""

from __future__ import annotations

from datetime import date
from typing import Literal

from corridor.evidence.crossings import BorderCrossing
from corridor.evidence.evidence import Evidence
from corridor.evidence.parameters import ANY
from corridor.evidence.rules import TRANSIT, CrossingStatus, Event, is_in

State = Literal["open", "restricted", "closed"]


def status_on(evidence: Evidence, crossing_id: str, day: date) -> CrossingStatus:
    """State of a post on a day, with the reason and who is refused.

    A status set by a scenario wins over everything; a post without trucks is closed; then the events of
    the day decide, the latest of them that opens or closes the post for all; else its own status. Days
    after `Evidence.as_of` get the last known state.
    """
    crossing = evidence.crossings[crossing_id]
    if crossing_id in evidence.status_overrides:
        return _overridden(evidence, evidence.status_overrides[crossing_id])
    if not crossing.trucks:
        reason = f"takes no trucks: {crossing.status_note or 'not a post for goods'}"
        return _status(evidence, "closed", reason, crossing.source)
    active = [event for event in evidence.events if event.crossing == crossing_id and event.is_active(day)]
    return _by_events(evidence, crossing, sorted(active, key=lambda event: event.start))


def _overridden(evidence: Evidence, state: str) -> CrossingStatus:
    return _status(evidence, "closed" if state == "closed" else "open", f"set to {state} by the scenario", ())


def _by_events(evidence: Evidence, crossing: BorderCrossing, active: list[Event]) -> CrossingStatus:
    deciding = [event for event in active if event.effect in ("open", "closed") and event.plates == ANY]
    if deciding and deciding[-1].effect == "closed":
        return _status(evidence, "closed", _reason(deciding[-1]), deciding[-1].source)
    limiting = [event for event in active if event.effect in ("closed", "restricted") and event not in deciding]
    shown = [event for event in active if event in limiting or event in deciding[-1:] or event.effect == "queue"]
    refused = (_plates_refused(evidence, event) for event in limiting)
    return _status(
        evidence,
        _state(crossing, deciding, limiting),
        "; ".join(_reason(event) for event in shown) or _own_reason(crossing),
        tuple(dict.fromkeys(key for event in shown for key in event.source)) or crossing.source,
        plates_refused=frozenset[str]().union(*refused),
        transit_refused_by=frozenset(
            event.plates.removeprefix(TRANSIT) for event in limiting if event.plates.startswith(TRANSIT)
        ),
    )


def _state(crossing: BorderCrossing, deciding: list[Event], limiting: list[Event]) -> State:
    if limiting:
        return "restricted"
    if deciding or crossing.status == "open":
        return "open"
    return "closed" if crossing.status == "closed" else "restricted"


def _own_reason(crossing: BorderCrossing) -> str:
    return "" if crossing.status == "open" else crossing.status_note


def _reason(event: Event) -> str:
    until = f" until {event.end.isoformat()}" if event.end else ""
    note = f": {event.note}" if event.note else ""
    return f"{event.effect} since {event.start.isoformat()}{until}{note}"


def _plates_refused(evidence: Evidence, event: Event) -> frozenset[str]:
    if event.plates == ANY or event.plates.startswith(TRANSIT):
        return frozenset()
    return frozenset(code for code in evidence.countries if is_in(code, event.plates, evidence.countries))


def _status(
    evidence: Evidence,
    state: State,
    reason: str,
    source: tuple[str, ...],
    *,
    plates_refused: frozenset[str] = frozenset(),
    transit_refused_by: frozenset[str] = frozenset(),
) -> CrossingStatus:
    return CrossingStatus(state, reason, source, plates_refused, transit_refused_by, evidence.as_of)
