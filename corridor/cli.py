"""The command line: arguments in, exit status out."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corridor.errors import CorridorError
from corridor.evidence_commands import evidence_app, params_app
from corridor.futures_commands import futures_app
from corridor.network_commands import AsJson, network_app
from corridor.printing import tell
from corridor.reach_commands import reach_app
from corridor.scenario_reading import (
    Assignments,
    OwnTablesFolder,
    ScenarioPath,
    read_for_run,
    read_tables,
    run_named,
    run_on_roads,
)
from corridor.visible_text import visible, visible_output

if TYPE_CHECKING:
    from corridor.report.pictures import Picture

app = typer.Typer(
    help="Which way should a truck go between Pakistan and Belarus, what does it cost, how long does it take?",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.add_typer(futures_app)
app.add_typer(reach_app)
app.add_typer(params_app, name="params")
app.add_typer(evidence_app, name="evidence")
app.add_typer(network_app, name="network")

RunOrScenario = Annotated[
    str, typer.Argument(metavar="RUN", help="Folder of a run, scenario file, or id of a bundled scenario.")
]


def main() -> None:
    """Run the command line; errors that the user can mend end with one message and their own exit status."""
    with visible_output():
        try:
            app()
        except CorridorError as error:
            sys.stderr.write(f"corridor: {error}\n")
            sys.exit(error.exit_status)


@app.command()
def run(
    scenario: ScenarioPath,
    out: Annotated[Path, typer.Option("--out", help="Parent of the run folder.")] = Path("runs"),
    quick: Annotated[
        bool,
        typer.Option(
            "--quick", help="Leave out what takes longest: losses by post, calendar, past closures, baseline."
        ),
    ] = False,
    assignments: Assignments = None,
    as_json: AsJson = False,
) -> None:
    """Run a scenario: print the ranking and write the report and its data into a run folder."""
    from corridor import printing
    from corridor.report.artist import draw_early, second_artist
    from corridor.report.writable import check_writable

    check_writable(out)
    with second_artist() as artist:
        assessment, roads = run_on_roads(scenario, assignments, against_sea=True)
        from corridor.baseline import compare_with_baseline
        from corridor.futures.outlook import draw_outlook, look_ahead
        from corridor.report.findings import Findings

        drawn: dict[str, Picture] = {}
        if quick:
            outlook = draw_outlook(assessment, progress=tell, second=artist)
        else:
            outlook = look_ahead(
                assessment,
                roads,
                progress=tell,
                second=artist,
                meanwhile=lambda known: drawn.update(draw_early(Findings(assessment, known))),
            )
            before = compare_with_baseline(scenario, assignments or (), assessment, progress=tell)
            outlook = replace(outlook, baseline=before)
        tell("writing the report")
        from corridor.report.exports import write_run_folder

        findings = Findings(assessment, outlook)
        folder = write_run_folder(findings, out, command=_command_line(), artist=artist, drawn=drawn)
    printing.print_assessment(assessment, outlook.study, folder=folder, as_json=as_json)


@app.command()
def routes(
    origin: Annotated[str, typer.Argument(help="Place id, or lon,lat.")],
    destination: Annotated[str, typer.Argument(help="Place id, or lon,lat.")],
    date: Annotated[str | None, typer.Option(help="Day of departure; decides which posts are open.")] = None,
    via: Annotated[list[str] | None, typer.Option(help="Place or post to pass; repeat in order.")] = None,
    avoid: Annotated[list[str] | None, typer.Option(help="Post id or country code to avoid; repeat.")] = None,
    k: Annotated[int, typer.Option("--k", "-k", help="How many alternatives.")] = 6,
    tables: OwnTablesFolder = None,
    as_json: AsJson = False,
) -> None:
    """Find the cheapest chains of posts between two places, with the truck and cargo of the base scenario."""
    from corridor import printing
    from corridor.routes import read_routes_scenario
    from corridor.run import run as run_scenario

    evidence, resolved = read_routes_scenario(
        origin, destination, departure=date, via=via or (), avoid=avoid or (), alternatives=k, tables=tables
    )
    assessment = run_scenario(resolved.scenario, evidence, against_sea=False, progress=tell)
    printing.print_routes(assessment, as_json=as_json)


@app.command()
def sea(scenario: ScenarioPath, assignments: Assignments = None, as_json: AsJson = False) -> None:
    """Hold the best way by road against a container by sea: USD, days, and the value of time at which road wins."""
    from corridor.sea_printing import print_sea

    print_sea(run_named(scenario, assignments, against_sea=True), as_json=as_json)


@app.command()
def explain(
    run_or_scenario: RunOrScenario,
    options: Annotated[
        tuple[str, str] | None,
        typer.Option("--options", metavar="A B", help="Two options; else the best, and the best on other roads."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Say why one option of a run costs more or takes longer than another, part by part."""
    from corridor.differences import explain_run, read_or_run
    from corridor.print_differences import print_difference

    reported = read_or_run(run_or_scenario, progress=tell)
    print_difference(explain_run(reported, options), reported, as_json=as_json)


@app.command()
def compare(
    old: RunOrScenario,
    new: RunOrScenario,
    as_json: AsJson = False,
) -> None:
    """Compare two runs: changed inputs, changed results, and which input changed them."""
    from corridor.differences import compare_runs, read_or_run
    from corridor.print_differences import print_comparison

    before, after = read_or_run(old, progress=tell), read_or_run(new, progress=tell)
    comparison = compare_runs(before, after, progress=tell)
    print_comparison(comparison, {**before.names, **after.names}, as_json=as_json)


@app.command()
def validate(scenario: ScenarioPath, assignments: Assignments = None, as_json: AsJson = False) -> None:
    """Check a scenario file and print it resolved; all faults at once, each with its line."""
    from corridor import printing
    from corridor.evidence.layering import with_layers
    from corridor.run import check_boundaries

    evidence, resolved = read_for_run(scenario, assignments)
    check_boundaries(resolved.scenario)
    _, changes = with_layers(evidence.with_ferries(), resolved.scenario, resolved.measures, resolved.changes)
    printing.print_resolved(resolved, changes, as_json=as_json)


@app.command()
def init(path: Annotated[Path, typer.Argument(help="File to create, e.g. my-scenario.yaml.")]) -> None:
    """Create a commented scenario file to start from."""
    from corridor.scenario import write_new_scenario

    write_new_scenario(path)
    typer.echo(f"{path} written. Edit it, then run: corridor run {path}")


@app.command()
def schema() -> None:
    """Print the JSON Schema of scenario files, for completion in editors."""
    import json

    from corridor.scenario import scenario_json_schema

    typer.echo(json.dumps(scenario_json_schema(), indent=2))


@app.command()
def calibration(
    page: Annotated[Path | None, typer.Option("-o", metavar="FILE", help="Write the page as Markdown.")] = None,
    summary: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the figures that reports repeat, as JSON.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Set the model beside measured speeds, hours, costs and trips; takes some minutes."""
    from corridor.calibration import calibrate
    from corridor.calibration_output import print_calibration, write_calibration
    from corridor.evidence import read_evidence

    evidence = read_evidence()
    found = calibrate(evidence, evidence.observed_trips, progress=tell)
    write_calibration(found, page_path=page, summary_path=summary)
    print_calibration(found, as_json=as_json)


@app.command()
def measures(
    name: Annotated[str | None, typer.Argument(help="Id of a measure, or a .yaml file of your own.")] = None,
    tables: OwnTablesFolder = None,
    as_json: AsJson = False,
) -> None:
    """List the measures a scenario can use, or show one with its range and sources."""
    from corridor.measure_commands import print_measures

    print_measures(read_tables(tables), name, as_json=as_json)


def _command_line() -> str:
    import shlex

    return visible(shlex.join(["corridor", *sys.argv[1:]]))


if __name__ == "__main__":
    main()
