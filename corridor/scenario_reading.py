"""Scenarios as the command line names them: read, checked, run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from corridor.printing import tell

if TYPE_CHECKING:
    from corridor.analysis.assessment import Assessment
    from corridor.evidence import Evidence
    from corridor.scenario import ResolvedScenario

ScenarioPath = Annotated[str, typer.Argument(metavar="SCENARIO", help="YAML file, or id of a bundled scenario.")]
Assignments = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="KEY=VALUE", help="Change one key, e.g. trip.departure=2026-06-01."),
]


def read_for_run(scenario: str, assignments: list[str] | None) -> tuple[Evidence, ResolvedScenario]:
    """The tables, and a scenario checked against them."""
    from corridor.evidence import read_evidence
    from corridor.scenario import read_scenario

    evidence = read_evidence()
    return evidence, read_scenario(scenario, known=evidence.known_names(), assignments=assignments or ())


def run_named(scenario: str, assignments: list[str] | None, *, against_sea: bool) -> Assessment:
    """A scenario run at mean inputs."""
    from corridor.run import run

    evidence, resolved = read_for_run(scenario, assignments)
    return run(
        resolved.scenario,
        evidence,
        measures=resolved.measures,
        changes=resolved.changes,
        against_sea=against_sea,
        progress=tell,
    )
