"""Every truck post of the embedded network leads somewhere on both sides."""

from math import isfinite

from corridor.analysis.trip import build_trip
from corridor.bundled import data_path
from corridor.evidence import read_evidence
from corridor.network.files import read_network
from corridor.scenario import read_scenario

NO_OTHER_POST_IN_THE_COUNTRY = {"wagah@IND"}


def test_each_side_of_a_truck_post_is_joined_by_road_to_another_post_or_place() -> None:
    evidence = read_evidence()
    scenario = read_scenario("islamabad-minsk", known=evidence.known_names()).scenario
    graph = build_trip(scenario, evidence, read_network(data_path("network", "embedded")).roads).graph
    stranded = {
        gate
        for gate, terminal in graph.terminals.items()
        if terminal.is_gate
        and evidence.crossings[terminal.name].trucks
        and not any(
            isfinite(graph.leg_usd(gate, other))
            for other, end in graph.terminals.items()
            if end.zone == terminal.zone and end.name != terminal.name
        )
    }
    assert stranded == NO_OTHER_POST_IN_THE_COUNTRY
