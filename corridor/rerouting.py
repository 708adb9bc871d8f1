"""Check the ways of a run against the whole network: from an assessment to what re-routing finds."""

from __future__ import annotations

from corridor.analysis.assessment import Assessment
from corridor.analysis.trip import build_trip
from corridor.futures.outlook import CHECKED_FUTURES
from corridor.futures.rerouting import check_trip
from corridor.futures.route_check import RouteCheck
from corridor.network.files import StoredNetwork, read_network
from corridor.run import network_folder


def check_routes(
    assessment: Assessment,
    *,
    draws: int = CHECKED_FUTURES,
    has_luck: bool = False,
    network: StoredNetwork | None = None,
) -> RouteCheck:
    """Search the whole network anew in some futures, and compare with the best over the legs of the run.

    Parameters
    ----------
    draws : number of futures, a power of two; the first ones of those in which the options are compared
    has_luck : whether the luck of one truck is drawn as well; without it a future is a mean over its trips
    network : the scenario's own where it was already read

    Raises
    ------
    ScenarioError
        The number of futures is no power of two.
    RouteError
        No way is open without a change of tractor.
    """
    stored = network or read_network(network_folder(assessment.scenario))
    trip = build_trip(assessment.scenario, assessment.evidence, stored.roads)
    return check_trip(trip, assessment.options, draws=draws, has_luck=has_luck)
