"""The command line: arguments in, exit status out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corridor.errors import CorridorError

if TYPE_CHECKING:
    from corridor.evidence import Evidence
    from corridor.network.roads import RoadNetwork
    from corridor.scenario import ResolvedScenario

app = typer.Typer(
    help="Which way should a truck go between Pakistan and Belarus, what does it cost, how long does it take?",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
network_app = typer.Typer(help="Build, describe and check road networks.", no_args_is_help=True)
app.add_typer(network_app, name="network")

ScenarioPath = Annotated[str, typer.Argument(metavar="SCENARIO", help="YAML file, or id of a bundled scenario.")]
Assignments = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="KEY=VALUE", help="Change one key, e.g. trip.departure=2026-06-01."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON to stdout.")]
NetworkFolder = Annotated[Path | None, typer.Argument(help="Folder of a built network; the embedded one if left out.")]


def main() -> None:
    """Run the command line; errors that the user can mend end with one message and their own exit status."""
    try:
        app()
    except CorridorError as error:
        sys.stderr.write(f"corridor: {error}\n")
        sys.exit(error.exit_status)


@app.command()
def run(
    scenario: ScenarioPath,
    out: Annotated[Path, typer.Option("--out", help="Parent of the run folder.")] = Path("runs"),
    assignments: Assignments = None,
    as_json: AsJson = False,
) -> None:
    """Run a scenario: print the ranking and write the report and its data into a run folder."""
    from corridor import printing
    from corridor.report.artist import second_artist
    from corridor.report.writable import check_writable

    check_writable(out)
    evidence, resolved = _read(scenario, assignments)
    with second_artist() as artist:
        from corridor.run import run as run_scenario

        assessment = run_scenario(resolved.scenario, evidence, changes=resolved.changes, progress=_tell)
        _tell("writing the report")
        from corridor.report.exports import write_run_folder

        folder = write_run_folder(assessment, out, command=_command_line(), artist=artist)
    printing.print_assessment(assessment, folder=folder, as_json=as_json)


@app.command()
def routes(
    origin: Annotated[str, typer.Argument(help="Place id, or lon,lat.")],
    destination: Annotated[str, typer.Argument(help="Place id, or lon,lat.")],
    date: Annotated[str | None, typer.Option(help="Day of departure; decides which posts are open.")] = None,
    via: Annotated[list[str] | None, typer.Option(help="Place or post to pass; repeat in order.")] = None,
    avoid: Annotated[list[str] | None, typer.Option(help="Post id or country code to avoid; repeat.")] = None,
    k: Annotated[int, typer.Option("--k", "-k", help="How many alternatives.")] = 6,
    as_json: AsJson = False,
) -> None:
    """Find the cheapest chains of posts between two places, with the truck and cargo of the base scenario."""
    from corridor import printing
    from corridor.routes import read_routes_scenario
    from corridor.run import run as run_scenario

    evidence, resolved = read_routes_scenario(
        origin, destination, departure=date, via=via or (), avoid=avoid or (), alternatives=k
    )
    assessment = run_scenario(resolved.scenario, evidence, progress=_tell)
    printing.print_routes(assessment, as_json=as_json)


@app.command()
def validate(scenario: ScenarioPath, assignments: Assignments = None, as_json: AsJson = False) -> None:
    """Check a scenario file and print it resolved; all faults at once, each with its line."""
    from corridor import printing

    evidence, resolved = _read(scenario, assignments)
    evidence.overridden(resolved.scenario.override)
    printing.print_resolved(resolved, as_json=as_json)


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
def params(
    name: Annotated[str | None, typer.Argument(help="A parameter, a post, or a key of a report's evidence.")] = None,
    as_json: AsJson = False,
) -> None:
    """List the numbers the model uses, each with unit, year, grade and source."""
    from corridor import printing
    from corridor.evidence import read_evidence

    printing.print_parameters(read_evidence(), name, as_json=as_json)


@network_app.command("build")
def network_build(
    pbf: Annotated[
        list[Path] | None,
        typer.Option("--pbf", metavar="FILE", help="OpenStreetMap file: .osm.pbf, .osm, .osm.gz, .osm.bz2; repeat."),
    ] = None,
    source: Annotated[str | None, typer.Option("--from", help="Or a package: scgraph-data.")] = None,
    classes: Annotated[
        Path | None, typer.Option(help="Table of road classes to keep: country,classes,polygon.")
    ] = None,
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder to write.")] = Path("corridor.network"),
) -> None:
    """Build a network folder from OpenStreetMap files, country by country, or from a package."""
    from corridor.errors import ScenarioError
    from corridor.evidence import read_evidence
    from corridor.network.snapshot import PACKAGE

    if bool(pbf) == bool(source) or source not in (None, PACKAGE):
        raise ScenarioError(
            f"network build: expected either --pbf FILE, once for each file, or --from {PACKAGE}, "
            f"got {'both' if pbf and source else repr(source) if source else 'neither'}."
        )
    if source and classes:
        raise ScenarioError("network build --classes: goes with --pbf only. Leave it out.")
    evidence = read_evidence()
    roads = _build_from_package(out, evidence) if source else _build_from_files(pbf or [], classes, out, evidence)
    typer.echo(f"{out}: {roads.node_count:,} nodes, {roads.edge_count:,} edges, {len(roads.crossing_edges)} posts")


@network_app.command("info")
def network_info(folder: NetworkFolder = None, as_json: AsJson = False) -> None:
    """Describe a network: size, countries, repairs, age, licence."""
    from corridor import printing
    from corridor.bundled import data_path
    from corridor.network.files import read_network

    printing.print_network(read_network(folder or data_path("network", "embedded")), as_json=as_json)


@network_app.command("check")
def network_check(folder: NetworkFolder = None, as_json: AsJson = False) -> None:
    """Check a network: posts without a road, unreachable places, distances that are off."""
    from corridor import printing
    from corridor.bundled import data_path
    from corridor.errors import DataError
    from corridor.evidence import read_evidence
    from corridor.network.check import check_stored_network
    from corridor.network.files import read_network

    stored = read_network(folder or data_path("network", "embedded"))
    findings = check_stored_network(stored, read_evidence(), data_path("snapshot", "city_pairs.csv"))
    printing.print_findings(findings, as_json=as_json)
    faults = sum(finding.severity == "fault" for finding in findings)
    if faults:
        raise DataError(f"network check: {faults} faults found; see the list above.")


def _build_from_package(out: Path, evidence: Evidence) -> RoadNetwork:
    from corridor.network.files import write_network
    from corridor.network.snapshot import build_embedded_network

    roads, description, repairs = build_embedded_network(evidence, progress=_tell)
    write_network(out, roads, description, repairs)
    return roads


def _build_from_files(pbf: list[Path], classes: Path | None, out: Path, evidence: Evidence) -> RoadNetwork:
    from corridor.bundled import data_path
    from corridor.network.osm.build import build_network_folder
    from corridor.network.osm.composite import read_composite

    table = read_composite(classes or data_path("network", "osm_classes.csv"), countries=sorted(evidence.countries))
    return build_network_folder(pbf, out, evidence, composite=table, progress=_tell)


def _read(scenario: str, assignments: list[str] | None) -> tuple[Evidence, ResolvedScenario]:
    from corridor.evidence import read_evidence
    from corridor.scenario import read_scenario

    evidence = read_evidence()
    return evidence, read_scenario(scenario, known=evidence.known_names(), assignments=assignments or ())


def _tell(message: str) -> None:
    """Progress goes to stderr, so that stdout holds results only."""
    sys.stderr.write(f"corridor: {message} ...\n")


def _command_line() -> str:
    import shlex

    return shlex.join(["corridor", *sys.argv[1:]])


if __name__ == "__main__":
    main()
