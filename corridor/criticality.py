"""From a scenario to the posts and legs it cannot easily do without."""

from __future__ import annotations

from collections.abc import Sequence

from corridor.analysis.trip import build_trip
from corridor.evidence import Evidence
from corridor.evidence.layering import with_layers
from corridor.futures.criticality import CriticalityStudy, study_criticality
from corridor.network.files import StoredNetwork, read_network
from corridor.run import Progress, check_load, check_measures, network_folder
from corridor.scenario import ListedMeasure, Scenario


def run_criticality(
    scenario: Scenario,
    evidence: Evidence,
    *,
    measures: Sequence[ListedMeasure] = (),
    network: StoredNetwork | None = None,
    progress: Progress,
) -> CriticalityStudy:
    """Which posts, legs and pairs of these the trip of a scenario cannot easily do without.

    Parameters
    ----------
    evidence : as read from the tables; the scenario's overrides and measures are applied here
    measures : those that the scenario lists, as read with it
    network : the scenario's own where it was already read
    progress : told what happens next

    Raises
    ------
    ScenarioError, DataError, RouteError
        See `corridor.errors`.
    """
    check_measures(scenario, measures)
    evidence, _ = with_layers(evidence.with_ferries(), scenario, measures)
    check_load(scenario, evidence)
    if network is None:
        progress("reading the network")
        network = read_network(network_folder(scenario))
    progress("searching roads between posts")
    trip = build_trip(scenario, evidence, network.roads)
    progress("closing posts and legs in turn, at mean inputs and in every future")
    return study_criticality(trip)
