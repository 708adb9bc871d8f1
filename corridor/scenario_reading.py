"""Scenarios as the command line names them: read, checked, run."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corridor.printing import tell

if TYPE_CHECKING:
    from corridor.analysis.assessment import Assessment
    from corridor.evidence import Evidence
    from corridor.network.roads import RoadNetwork
    from corridor.run import Progress
    from corridor.scenario import ResolvedScenario

ScenarioPath = Annotated[str, typer.Argument(metavar="SCENARIO", help="YAML file, or id of a bundled scenario.")]
Assignments = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="KEY=VALUE", help="Change one key, e.g. trip.departure=2026-06-01."),
]

OwnTablesFolder = Annotated[
    Path | None, typer.Option("--evidence", metavar="FOLDER", help="Own tables; the bundled ones if left out.")
]


def read_tables(folder: Path | None) -> Evidence:
    """The evidence of a folder of own tables; the bundled one when None."""
    from corridor.evidence import read_evidence, read_own_evidence

    return read_own_evidence(folder) if folder else read_evidence()


def read_for_run(scenario: str, assignments: list[str] | None) -> tuple[Evidence, ResolvedScenario]:
    """The tables, the scenario's own where it names some, and the scenario checked against them."""
    from corridor.scenario import find_own_tables, read_scenario

    evidence = read_tables(find_own_tables(scenario, assignments=assignments or ()))
    return evidence, read_scenario(scenario, known=evidence.known_names(), assignments=assignments or ())


def run_named(
    scenario: str, assignments: list[str] | None, *, against_sea: bool, progress: Progress = tell
) -> Assessment:
    """A scenario run at mean inputs."""
    return run_on_roads(scenario, assignments, against_sea=against_sea, progress=progress)[0]


def run_on_roads(
    scenario: str, assignments: list[str] | None, *, against_sea: bool, progress: Progress = tell
) -> tuple[Assessment, RoadNetwork]:
    """A scenario run at mean inputs, and the roads it ran on."""
    from corridor.network.files import read_network
    from corridor.run import network_folder, run

    evidence, resolved = read_for_run(scenario, assignments)
    progress("reading the network")
    network = read_network(network_folder(resolved.scenario))
    assessment = run(
        resolved.scenario,
        evidence,
        measures=resolved.measures,
        changes=resolved.changes,
        against_sea=against_sea,
        network=network,
        progress=progress,
    )
    return assessment, network.roads
