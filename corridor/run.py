"""The straight line of a run, from scenario to assessment."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corridor import __version__
from corridor.analysis.assess import assess, terminal_name
from corridor.analysis.assessment import Assessment, Option
from corridor.analysis.measures import measure_effects
from corridor.analysis.sea import assess_sea
from corridor.analysis.sea_ways import SeaBenchmark
from corridor.analysis.trip import build_trip, locate
from corridor.analysis.unplaced_posts import unplaced_posts_sentence
from corridor.boundaries import line_features
from corridor.bundled import data_path
from corridor.errors import RouteError, ScenarioError
from corridor.evidence import PORT_OF_PAKISTAN, Evidence, OwnTables
from corridor.evidence.layering import with_layers
from corridor.network.files import StoredNetwork, read_network
from corridor.network.roads import RoadNetwork
from corridor.network.summary import summarise
from corridor.scenario import Change, ListedMeasure, Scenario, write_resolved

Progress = Callable[[str], None]


def run(
    scenario: Scenario,
    evidence: Evidence,
    *,
    measures: Sequence[ListedMeasure] = (),
    changes: Sequence[Change] = (),
    against_sea: bool = True,
    network: StoredNetwork | None = None,
    progress: Progress,
) -> Assessment:
    """Answer a scenario: which options there are, what each costs and how long it takes.

    Parameters
    ----------
    evidence : as read from the tables; the scenario's overrides and measures are applied here
    measures : those that the scenario lists, as read with it
    changes : log of what the scenario's files changed, for the report
    against_sea : whether the ways by sea are priced as well
    network : the scenario's own where it was already read, for many runs on one network
    progress : told what happens next

    Raises
    ------
    ScenarioError, DataError, RouteError
        See `corridor.errors`.
    """
    check_measures(scenario, measures)
    tables = evidence.with_ferries()
    evidence, changed = with_layers(tables, scenario, measures, changes)
    check_load(scenario, evidence)
    check_boundaries(scenario)
    if network is None:
        progress("reading the network")
        network = read_network(network_folder(scenario))
    progress("searching roads between posts")
    ports = (PORT_OF_PAKISTAN, *evidence.sea_routes) if against_sea else ()
    trip = build_trip(scenario, evidence, network.roads, further_places=ports)
    progress("finding and pricing options")
    answer = assess(trip)
    if measures:
        progress("running the trip with and without each measure")
    best = BestWith(scenario, tables, measures, network.roads, answer.options[0])
    return Assessment(
        run_id=run_id(scenario, network, measures, own=tables.own),
        scenario=scenario,
        changes=changed,
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
        notes=(*_own_notes(tables, network), *answer.notes),
        measures=tuple(listed.measure for listed in measures),
        measure_effects=measure_effects([listed.measure for listed in measures], best),
    )


@dataclass(frozen=True, slots=True)
class BestWith:
    """Finds the best open option of a scenario with only some of its measures.

    Parameters
    ----------
    best_with_all : that of the run itself, which need not be found again
    """

    scenario: Scenario
    tables: Evidence
    measures: Sequence[ListedMeasure]
    roads: RoadNetwork
    best_with_all: Option

    def __call__(self, ids: tuple[str, ...]) -> Option | None:
        """The option with these measures; None where no way is open."""
        applied = [listed for listed in self.measures if listed.measure.id in ids]
        if len(applied) == len(self.measures):
            return self.best_with_all
        evidence, _ = with_layers(self.tables, self.scenario, applied)
        trip = build_trip(for_the_best(self.scenario), evidence, self.roads)
        try:
            return assess(trip).options[0]
        except RouteError:
            return None


def for_the_best(scenario: Scenario) -> Scenario:
    """A scenario that looks for its best option and for no other, which is the same one."""
    routes = scenario.routes.model_copy(update={"alternatives": 1, "presets": ()})
    return scenario.model_copy(update={"routes": routes})


def check_measures(scenario: Scenario, measures: Sequence[ListedMeasure]) -> None:
    """Raise ScenarioError where the measures handed in are not those that the scenario lists."""
    names = tuple(listed.name for listed in measures)
    if names != scenario.measures:
        raise ScenarioError(
            f"measures: not those of the scenario; expected {', '.join(scenario.measures) or 'none'}, "
            f"got {', '.join(names) or 'none'}. Hand in those of `read_scenario(...).measures`."
        )


def check_load(scenario: Scenario, evidence: Evidence) -> None:
    """Raise ScenarioError where the cargo is heavier than the vehicle may carry."""
    vehicle = evidence.vehicles[scenario.vehicle.type]
    if scenario.cargo.mass_t > vehicle.payload_t:
        raise ScenarioError(
            f"cargo.mass_t: too heavy for {vehicle.id}; expected at most {vehicle.payload_t:g} t, "
            f"got {scenario.cargo.mass_t:g} t. Split the load or choose another vehicle."
        )


def check_boundaries(scenario: Scenario) -> None:
    """Raise ScenarioError where no map could be drawn, before all else is computed."""
    line_features(scenario.map.boundaries)


def network_folder(scenario: Scenario) -> Path:
    """Folder of the network that a scenario names."""
    return data_path("network", "embedded") if scenario.network == "embedded" else Path(scenario.network)


def _own_notes(evidence: Evidence, network: StoredNetwork) -> list[str]:
    """What a reader must know of own tables; nothing for the bundled ones."""
    unplaced = unplaced_posts_sentence(evidence, network)
    return [*([evidence.own.sentence] if evidence.own else []), *([unplaced] if unplaced else [])]


def run_id(
    scenario: Scenario,
    network: StoredNetwork,
    measures: Sequence[ListedMeasure] = (),
    *,
    own: OwnTables | None = None,
) -> str:
    """``<scenario id>-<hash8>``: of the resolved scenario, its measures, the tables, the network and the version.

    Parameters
    ----------
    own : the user's own tables; None for the bundled ones
    """
    digest = hashlib.sha256(write_resolved(scenario).encode())
    for listed in measures:
        digest.update(listed.measure.model_dump_json().encode())
    for content in own.files.values() if own else _bundled_tables():
        digest.update(content)
    digest.update(network.digest.encode())
    digest.update(__version__.encode())
    return f"{scenario.id}-{digest.hexdigest()[:8]}"


def _bundled_tables() -> Iterator[bytes]:
    return (path.read_bytes() for path in sorted([*data_path().glob("*.csv"), data_path("evidence.toml")]))
