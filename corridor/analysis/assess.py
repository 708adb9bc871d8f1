"""From a trip to its assessment: options found, priced, named and set in order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from corridor.analysis.assessment import ClosedPost, Option, Stage
from corridor.analysis.certificate import no_way_left
from corridor.analysis.distances import great_circle_km, shortest_km
from corridor.analysis.options import CHAINS_MAX, COST_RATIO_MAX, Alternatives, Candidate, Distinct, Ways, shared_km
from corridor.analysis.presets import PresetWay, find_preset_way
from corridor.analysis.trip import Trip
from corridor.costs.border import Border
from corridor.costs.stretches import PricedStage, RoadStage
from corridor.evidence import Evidence, status_on
from corridor.routing.steps import Chain, LegEnds, Move

LABELS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Answer:
    """The options of a trip, ready to be reported (see `Assessment`)."""

    options: tuple[Option, ...]
    closed_options: tuple[Option, ...]
    unreachable_corridors: dict[str, str]
    notes: tuple[str, ...]
    shortest_km: float
    great_circle_km: float


def assess(trip: Trip) -> Answer:
    """Find the alternatives and the presets of a trip and price them.

    Raises
    ------
    RouteError
        No way is open on the day; carries the certificate.
    """
    ways, via = open_ways(trip), via_stops(trip)
    wanted = trip.scenario.routes.alternatives
    found = ways.best(wanted, required=via)
    if not found.options:
        raise no_way_left(ways, via)
    presets = [find_preset_way(ways, trip.evidence.corridors[name], via) for name in trip.scenario.routes.presets]
    open_options = _open_options(trip, found.options, presets)
    closed_options = _closed_options(trip, presets, first_label=len(open_options), best=open_options[0][0])
    unreachable = {preset.corridor.id: preset.reason for preset in presets if preset.candidate is None}
    candidates = [candidate for candidate, _ in open_options]
    notes = (
        *_count_notes(found, wanted),
        *_assumption_notes(candidates),
        *_restriction_notes(trip, candidates),
        *_ferry_notes(trip, candidates),
    )
    return Answer(
        tuple(option for _, option in open_options),
        closed_options,
        unreachable,
        notes,
        shortest_km(ways, via),
        great_circle_km(trip, via),
    )


def open_ways(trip: Trip) -> Ways:
    """The ways through the posts as they are on the day of departure."""
    origin, destination = trip.scenario.trip.origin, trip.scenario.trip.destination
    return Ways(trip, open_border(trip, origin, destination), origin, destination, trip.home_plate)


def open_border(trip: Trip, origin: str, destination: str) -> Border:
    """The posts as they are on the day of departure, for a way between two places of the trip."""
    scenario = trip.scenario
    gates = {terminal.name for terminal in trip.graph.terminals.values() if terminal.is_gate}
    return Border(
        evidence=trip.evidence,
        day=scenario.trip.departure,
        crossings=tuple(sorted(gates)),
        trip_countries=frozenset(trip.ends[name].country for name in (origin, destination)),
        avoided_posts=frozenset(scenario.routes.avoid.posts),
        avoided_countries=frozenset(scenario.routes.avoid.countries),
    )


def via_stops(trip: Trip) -> list[frozenset[str]]:
    """What the scenario wants passed, in order."""
    return [frozenset({name}) for name in trip.scenario.routes.via]


def _open_options(
    trip: Trip, found: Sequence[Distinct], presets: Sequence[PresetWay]
) -> list[tuple[Candidate, Option]]:
    """Alternatives and open presets, merged where the chain is the same, least generalised cost first."""
    copies = {distinct.candidate.chain.signature: distinct.also_via for distinct in found}
    candidates = {distinct.candidate.chain.signature: distinct.candidate for distinct in found}
    names: dict[tuple[tuple[str, str], ...], list[str]] = {}
    for preset in presets:
        if preset.candidate and not preset.closed_posts:
            signature = preset.candidate.chain.signature
            candidates.setdefault(signature, preset.candidate)
            names.setdefault(signature, []).append(preset.corridor.id)
    ordered = sorted(candidates.values(), key=lambda c: (c.generalised_cost_usd, c.chain.signature))
    return [
        (
            candidate,
            build_option(
                trip,
                candidate,
                label=LABELS[number],
                corridors=names.get(candidate.chain.signature, ()),
                also_via=copies.get(candidate.chain.signature, ()),
                best=ordered[0],
            ),
        )
        for number, candidate in enumerate(ordered)
    ]


def _closed_options(
    trip: Trip, presets: Sequence[PresetWay], *, first_label: int, best: Candidate
) -> tuple[Option, ...]:
    closed = [(preset, preset.candidate) for preset in presets if preset.candidate and preset.closed_posts]
    return tuple(
        build_option(
            trip,
            candidate,
            label=LABELS[first_label + number],
            corridors=(preset.corridor.id,),
            closed_posts=preset.closed_posts,
            best=best,
        )
        for number, (preset, candidate) in enumerate(closed)
    )


def build_option(
    trip: Trip,
    candidate: Candidate,
    *,
    label: str,
    corridors: Iterable[str],
    also_via: Sequence[Chain] = (),
    closed_posts: tuple[ClosedPost, ...] = (),
    best: Candidate,
) -> Option:
    """A candidate with its ledger, its line on the map and its names; `best` is the option it is compared with."""
    ledger = trip.ledger(candidate.stages, origin_country=trip.origin_country)
    home = trip.tariff(trip.home_plate)
    carbon_usd = trip.scenario.criteria.carbon_usd_per_t / 1000 * ledger.co2e_wtw_kg
    return Option(
        label=label,
        departures=trip.departures,
        chain=candidate.chain.signature,
        corridors=tuple(corridors),
        closed_posts=closed_posts,
        also_via=tuple(tuple(move.crossing_id for move in chain.moves) for chain in also_via),
        plates=_plates(trip.home_plate, candidate.chain),
        stages=tuple(
            _stage(trip, step, priced) for step, priced in zip(candidate.chain.steps, candidate.stages, strict=True)
        ),
        ledger=ledger,
        cargo_time_usd=home.cargo_usd_per_h.known * ledger.time_h,
        carbon_usd=carbon_usd,
        shared_with_best_share=shared_km(candidate, best) / candidate.length_km,
    )


def _stage(trip: Trip, step: LegEnds | Move, priced: PricedStage) -> Stage:
    network = trip.network
    if isinstance(step, Move):
        return _crossing_stage(trip, step)
    leg = trip.leg(step)
    lon, lat = network.way_line(leg.nodes, leg.edges)
    stretches = priced.stretches if isinstance(priced, RoadStage) else ()
    return Stage(
        kind="leg",
        label=f"{terminal_name(trip.evidence, step.start)} – {terminal_name(trip.evidence, step.end)}",
        crossing_id="",
        direction="",
        length_km=sum(stretch.length_km for stretch in stretches),
        length_km_by_country={stretch.country: stretch.length_km for stretch in stretches},
        lon=lon,
        lat=lat,
        start=step.start,
        end=step.end,
    )


def _crossing_stage(trip: Trip, step: Move) -> Stage:
    """A post at its point, or a ferry from port to port."""
    network, crossing = trip.network, trip.evidence.crossings[step.crossing_id]
    sides = network.crossing_nodes(step.crossing_id)
    left, entered = step.direction.split("-")
    at = np.array([sides[left], sides[entered]] if crossing.ferry else [sides[left]])
    lon, lat = network.node_lon[at], network.node_lat[at]
    return Stage("post", crossing.name, step.crossing_id, step.direction, 0.0, {}, lon, lat, step.start, step.end)


def terminal_name(evidence: Evidence, terminal: str) -> str:
    """What a reader calls the end of a leg: the place, the post, the port, or the coordinates given."""
    name, _, country = terminal.partition("@")
    if name in evidence.places:
        return evidence.places[name].name
    crossing = evidence.crossings.get(name)
    if crossing is None:
        return name
    return crossing.ferry.port(country).name if crossing.ferry else crossing.name


def _plates(home_plate: str, chain: Chain) -> tuple[tuple[int, str], ...]:
    """(stage, plate) from which stage on which plate pulls the trailer."""
    plates = [(0, home_plate)]
    plates += [
        (number + 1, step.plate_after)
        for number, step in enumerate(chain.steps)
        if isinstance(step, Move) and step.plate_after != step.plate_before
    ]
    return tuple(plates)


def _count_notes(found: Alternatives, wanted: int) -> list[str]:
    """Why there are fewer alternatives than asked for, and whether a better one may be missing."""
    if found.ended == "limit":
        stopped = f"The search was stopped after {CHAINS_MAX:,} chains"
        return [f"{stopped}: behind the first option, a better chain of parallel posts may exist."]
    if len(found.options) == wanted:
        return []
    rest = {
        "full": "the others looked at are near-copies of one shown, once each has its timetable",
        "dear": f"every other costs more than {COST_RATIO_MAX:g} times the best or is a near-copy of one shown",
        "exhausted": "every other open chain is a near-copy of one shown, or there is none",
    }[found.ended]
    return [f"{len(found.options)} of the {wanted} alternatives asked for exist: {rest}."]


def _assumption_notes(candidates: Sequence[Candidate]) -> list[str]:
    assumed = assumed_entries(candidates)
    return [f"No rule found, entry assumed (grade D): {', '.join(assumed)}."] if assumed else []


def assumed_entries(candidates: Sequence[Candidate]) -> tuple[str, ...]:
    """Which plates drive in which country though no rule says so: "PAK plates in TKM", sorted."""
    entries = {
        f"{passage.plate_before} plates in {passage.country_entered}"
        for candidate in candidates
        for passage in candidate.passages
        if passage.assumed_rule
    }
    return tuple(sorted(entries))


def _restriction_notes(trip: Trip, candidates: Sequence[Candidate]) -> list[str]:
    """Posts of open options that work with restrictions which no figure shows."""
    passed = sorted({passage.crossing_id for candidate in candidates for passage in candidate.passages})
    day = trip.scenario.trip.departure
    statuses = {crossing_id: status_on(trip.evidence, crossing_id, day) for crossing_id in passed}
    restricted = [
        f"{trip.evidence.crossings[crossing_id].name} ({status.reason})"
        for crossing_id, status in statuses.items()
        if status.state == "restricted"
    ]
    return [f"Open with restrictions that the hours do not show: {'; '.join(restricted)}."] if restricted else []


def _ferry_notes(trip: Trip, candidates: Sequence[Candidate]) -> list[str]:
    """Ferries of open options, whose CO2e nobody has published."""
    sailed = sorted({p.crossing_id for candidate in candidates for p in candidate.passages if p.sea})
    names = ", ".join(trip.evidence.crossings[crossing_id].name for crossing_id in sailed)
    return [f"CO2e at sea is not known: that of ways by the {names} is a lower bound."] if sailed else []
