"""The sea benchmark: truck to a port, ship, truck from a port, beside the best way by road (F8, model.md 5.6)."""

from __future__ import annotations

from dataclasses import replace

from corridor.analysis.assess import assumed_entries, open_border, terminal_name
from corridor.analysis.options import Candidate, Ways
from corridor.analysis.sea_ways import SeaBenchmark, SeaWay, TruckLeg
from corridor.analysis.trip import Trip
from corridor.evidence import PORT_OF_PAKISTAN, SeaRoute, Way

PAKISTAN = "PAK"


def assess_sea(trip: Trip) -> SeaBenchmark:
    """Every port of sea_routes.csv by which a container can go from door to door, priced like the trip itself.

    The trip must have been built with the ports among its places (`corridor.analysis.trip.build_trip`).
    """
    reason = why_no_benchmark(trip)
    if reason:
        return SeaBenchmark((), {}, reason)
    routes = trip.evidence.sea_routes.values()
    home = _home_leg(trip)
    if home is None:
        return SeaBenchmark((), {}, "no road joins Karachi Port to the end of the trip in Pakistan.")
    found = {route.port: _sea_way(trip, route, home) for route in routes}
    ways = [way for way in found.values() if isinstance(way, SeaWay)]
    missing = {port: text for port, text in found.items() if isinstance(text, str)}
    return SeaBenchmark(tuple(sorted(ways, key=lambda way: (way.generalised_cost_usd, way.port))), missing, "")


def why_no_benchmark(trip: Trip) -> str:
    """Why a trip cannot be held against the sea, as a sentence; empty where it can."""
    in_pakistan = [trip.ends[name].country == PAKISTAN for name in _ends(trip)]
    if not any(in_pakistan):
        return "The sea routes known are those of Karachi, and neither end of the trip lies in Pakistan."
    if all(in_pakistan):
        return "Both ends of the trip lie in Pakistan: no ship goes between them."
    if PORT_OF_PAKISTAN not in trip.ends:
        return "Karachi Port is too far from the roads of this network."
    return ""


def _ends(trip: Trip) -> tuple[str, str]:
    return trip.scenario.trip.origin, trip.scenario.trip.destination


def _is_out(trip: Trip) -> bool:
    """Whether the trip leaves Pakistan."""
    return trip.ends[trip.scenario.trip.origin].country == PAKISTAN


def _home_leg(trip: Trip) -> TruckLeg | None:
    """The truck leg inside Pakistan."""
    origin, destination = _ends(trip)
    ends = (origin, PORT_OF_PAKISTAN) if _is_out(trip) else (PORT_OF_PAKISTAN, destination)
    return find_truck_leg(trip, *ends)


def _sea_way(trip: Trip, route: SeaRoute, home: TruckLeg) -> SeaWay | str:
    """The way by one port, or why there is none."""
    name = terminal_name(trip.evidence, route.port)
    if route.port not in trip.ends:
        return f"{name} is not on the roads of this network"
    origin, destination = _ends(trip)
    way: Way = "out" if _is_out(trip) else "back"
    ends = (route.port, destination) if way == "out" else (origin, route.port)
    far = find_truck_leg(trip, *ends)
    if far is None:
        return f"no open way by road between {' and '.join(terminal_name(trip.evidence, end) for end in ends)}"
    return SeaWay(
        port=route.port,
        port_name=name,
        truck_legs=(home, far) if way == "out" else (far, home),
        voyage=route.voyages[way],
        way=way,
        cargo_usd_per_h=trip.tariff(trip.home_plate).cargo_usd_per_h.known,
        carbon_usd_per_kg=trip.scenario.criteria.carbon_usd_per_t / 1000,
    )


def find_truck_leg(trip: Trip, start: str, end: str) -> TruckLeg | None:
    """The best way between two places behind a tractor of the country where it begins; None where none is open.

    A leg inside one country stays in it.
    """
    country = trip.ends[start].country
    border = open_border(trip, start, end)
    if country == trip.ends[end].country:
        border = replace(border, crossings=())
    found = Ways(trip, border, start, end, country).best(1, required=()).options
    return _truck_leg(trip, found[0].candidate, start, end) if found else None


def _truck_leg(trip: Trip, candidate: Candidate, start: str, end: str) -> TruckLeg:
    country = trip.ends[start].country
    return TruckLeg(
        start_name=terminal_name(trip.evidence, start),
        end_name=terminal_name(trip.evidence, end),
        plates=_plates(country, candidate),
        chain=candidate.chain.signature,
        assumed=assumed_entries([candidate]),
        length_km=candidate.length_km,
        ledger=trip.ledger(candidate.stages, origin_country=country),
    )


def _plates(first: str, candidate: Candidate) -> tuple[str, ...]:
    return tuple(dict.fromkeys((first, *(move.plate_after for move in candidate.chain.moves))))
