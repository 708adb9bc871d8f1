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
    from corridor.report.reach_findings import Reach
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
    before = _find(scenario, from_place, to_place, assignments)
    from corridor.reach import compare_reach

    after = _find(against, from_place, to_place, assignments, first=before) if against else None
    change = compare_reach(before, after) if after else None
    tell("drawing maps")
    from corridor.printing_reach import print_reach
    from corridor.report.reach_folder import write_reach_folder

    folder = write_reach_folder(before, change, out, command=shlex.join(["corridor", *sys.argv[1:]]))
    print_reach(before, change, folder=folder, as_json=as_json)


def _find(
    scenario: str,
    from_place: str | None,
    to_place: str | None,
    assignments: list[str] | None,
    *,
    first: Reach | None = None,
) -> Reach:
    """The reach of one scenario; on the grid, and with the place, of the first where there is one."""
    from corridor.reach import find_reach

    evidence, resolved = read_for_run(scenario, assignments)
    origin = first.scenario.trip.origin if first and not to_place else from_place
    moved = _trip_keys(resolved.scenario.trip, origin=origin, destination=to_place)
    if moved:
        evidence, resolved = read_for_run(scenario, [*(assignments or ()), *moved])
    return find_reach(
        resolved.scenario,
        evidence,
        is_outward=not to_place,
        measures=resolved.measures,
        grid=first.grid if first else None,
        progress=tell,
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
