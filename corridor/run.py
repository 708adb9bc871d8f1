"""The straight line of a run, from scenario to assessment."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

from corridor import __version__
from corridor.analysis.assess import assess, terminal_name
from corridor.analysis.assessment import Assessment
from corridor.analysis.sea import assess_sea
from corridor.analysis.sea_ways import SeaBenchmark
from corridor.analysis.trip import build_trip, locate
from corridor.bundled import data_path
from corridor.errors import ScenarioError
from corridor.evidence import PORT_OF_PAKISTAN, Evidence
from corridor.network.files import StoredNetwork, read_network
from corridor.network.summary import summarise
from corridor.scenario import Change, Scenario, write_resolved

Progress = Callable[[str], None]


def run(
    scenario: Scenario,
    evidence: Evidence,
    *,
    changes: Sequence[Change] = (),
    against_sea: bool = True,
    network: StoredNetwork | None = None,
    progress: Progress,
) -> Assessment:
    """Answer a scenario: which options there are, what each costs and how long it takes.

    Parameters
    ----------
    evidence : as read from the tables; the scenario's overrides are applied here
    changes : log of what the scenario's files changed, for the report
    against_sea : whether the ways by sea are priced as well
    network : the scenario's own where it was already read, for many runs on one network
    progress : told what happens next

    Raises
    ------
    ScenarioError, DataError, RouteError
        See `corridor.errors`.
    """
    evidence = evidence.with_ferries().overridden(scenario.override)
    check_load(scenario, evidence)
    if network is None:
        progress("reading the network")
        network = read_network(network_folder(scenario))
    progress("searching roads between posts")
    ports = (PORT_OF_PAKISTAN, *evidence.sea_routes) if against_sea else ()
    trip = build_trip(scenario, evidence, network.roads, further_places=ports)
    progress("finding and pricing options")
    answer = assess(trip)
    return Assessment(
        run_id=run_id(scenario, network),
        scenario=scenario,
        changes=tuple(changes),
        evidence=evidence,
        network=summarise(network),
        origin_name=terminal_name(evidence, scenario.trip.origin),
        origin_lon_lat=locate(scenario.trip.origin, evidence),
        destination_name=terminal_name(evidence, scenario.trip.destination),
        destination_lon_lat=locate(scenario.trip.destination, evidence),
        shortest_km=answer.shortest_km,
        great_circle_km=answer.great_circle_km,
        options=answer.options,
        closed_options=answer.closed_options,
        unreachable_corridors=answer.unreachable_corridors,
        sea=assess_sea(trip) if against_sea else SeaBenchmark((), {}, "The sea was not asked for."),
        notes=answer.notes,
    )


def check_load(scenario: Scenario, evidence: Evidence) -> None:
    """Raise ScenarioError where the cargo is heavier than the vehicle may carry."""
    vehicle = evidence.vehicles[scenario.vehicle.type]
    if scenario.cargo.mass_t > vehicle.payload_t:
        raise ScenarioError(
            f"cargo.mass_t: too heavy for {vehicle.id}; expected at most {vehicle.payload_t:g} t, "
            f"got {scenario.cargo.mass_t:g} t. Split the load or choose another vehicle."
        )


def network_folder(scenario: Scenario) -> Path:
    """Folder of the network that a scenario names."""
    return data_path("network", "embedded") if scenario.network == "embedded" else Path(scenario.network)


def run_id(scenario: Scenario, network: StoredNetwork) -> str:
    """``<scenario id>-<hash8>``: the hash of the resolved scenario, the tables, the network and the version."""
    digest = hashlib.sha256(write_resolved(scenario).encode())
    for table in sorted([*data_path().glob("*.csv"), data_path("evidence.toml")]):
        digest.update(table.read_bytes())
    digest.update(network.digest.encode())
    digest.update(__version__.encode())
    return f"{scenario.id}-{digest.hexdigest()[:8]}"
