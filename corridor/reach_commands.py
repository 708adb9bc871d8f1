"""The command that shows how far a place reaches."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corridor.network_commands import AsJson
from corridor.printing import tell
from corridor.scenario_reading import Assignments, ScenarioPath, read_for_run

if TYPE_CHECKING:
    from corridor.evidence import Evidence
    from corridor.report.reach_findings import Reach
    from corridor.report.reach_grid import Grid
    from corridor.scenario import ResolvedScenario
    from corridor.scenario.schema import Trip

reach_app = typer.Typer()


@reach_app.command()
def reach(
    scenario: ScenarioPath,
    from_place: Annotated[
        str | None, typer.Option("--from", metavar="PLACE", help="Place that trucks set out from; else the origin.")
    ] = None,
    to_place: Annotated[
        str | None, typer.Option("--to", metavar="PLACE", help="Place that trucks go to, from anywhere.")
    ] = None,
    against: Annotated[
        str | None, typer.Option(metavar="SCENARIO", help="A second scenario: what it changes, from the first to it.")
    ] = None,
    out: Annotated[Path, typer.Option("--out", "-o", help="Parent of the folder of maps.")] = Path("runs"),
    assignments: Assignments = None,
    as_json: AsJson = False,
) -> None:
    """Show how far a place reaches: days, USD a tonne and the best corridor to everywhere, as tables and maps."""
    from corridor.errors import ScenarioError
    from corridor.report.writable import check_writable

    if from_place and to_place:
        raise ScenarioError("reach: expected --from or --to, got both. Leave one out.")
    check_writable(out)
    is_outward = not to_place
    first = _read(scenario, assignments, origin=from_place, destination=to_place)
    origin = first[1].scenario.trip.origin if is_outward else None
    second = _read(against, assignments, origin=origin, destination=to_place) if against else None
    from corridor.reach import compare_reach

    before = _find(*first, is_outward=is_outward)
    after = _find(*second, is_outward=is_outward, grid=before.grid) if second else None
    change = compare_reach(before, after) if after else None
    tell("drawing maps")
    from corridor.printing_reach import print_reach
    from corridor.report.reach_folder import write_reach_folder

    folder = write_reach_folder(before, change, out, command=shlex.join(["corridor", *sys.argv[1:]]))
    print_reach(before, change, folder=folder, as_json=as_json)


def _read(
    scenario: str, assignments: list[str] | None, *, origin: str | None, destination: str | None
) -> tuple[Evidence, ResolvedScenario]:
    """A scenario with its tables, its trip from or to another place where one is named."""
    evidence, resolved = read_for_run(scenario, assignments)
    moved = _trip_keys(resolved.scenario.trip, origin=origin, destination=destination)
    return read_for_run(scenario, [*(assignments or ()), *moved]) if moved else (evidence, resolved)


def _find(evidence: Evidence, resolved: ResolvedScenario, *, is_outward: bool, grid: Grid | None = None) -> Reach:
    from corridor.reach import find_reach

    return find_reach(
        resolved.scenario, evidence, is_outward=is_outward, measures=resolved.measures, grid=grid, progress=tell
    )


def _trip_keys(trip: Trip, *, origin: str | None, destination: str | None) -> list[str]:
    """What to set so that a trip begins, or ends, at a place; where that is its other end, the two change sides."""
    from corridor.routes import quoted

    wanted = {"origin": origin or trip.origin, "destination": destination or trip.destination}
    if wanted["origin"] == wanted["destination"]:
        other = trip.origin if origin else trip.destination
        wanted["destination" if origin else "origin"] = other
    own = {"origin": trip.origin, "destination": trip.destination}
    return [f"trip.{key}={quoted(place)}" for key, place in wanted.items() if place != own[key]]
