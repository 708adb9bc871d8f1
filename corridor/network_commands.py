"""The commands on road networks: fetch extracts, build, describe, check, export."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corridor.printing import tell
from corridor.scenario_reading import OwnTablesFolder, read_tables

if TYPE_CHECKING:
    from corridor.evidence import Evidence
    from corridor.network.roads import RoadNetwork

network_app = typer.Typer(help="Fetch extracts; build, describe, check and export networks.", no_args_is_help=True)

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON to stdout.")]
NetworkFolder = Annotated[Path | None, typer.Argument(help="Folder of a built network; the embedded one if left out.")]


@network_app.command("fetch")
def fetch(
    countries: Annotated[list[str] | None, typer.Argument(metavar="COUNTRY...", help="ISO alpha-3: PAK UZB.")] = None,
    overpass: Annotated[
        str | None, typer.Option(metavar="W,S,E,N", help="Or a small area in degrees, from an Overpass server.")
    ] = None,
    to: Annotated[Path, typer.Option("--to", help="Folder for the files.")] = Path("extracts"),
    mirror: Annotated[
        list[str] | None, typer.Option(help="Address to fetch from, in the order to be tried; repeat.")
    ] = None,
) -> None:
    """Download OpenStreetMap extracts of countries (Geofabrik's), or a small area; prints their paths."""
    from corridor.errors import ScenarioError

    if bool(countries) == bool(overpass):
        raise ScenarioError(
            "network fetch: expected countries (PAK UZB) or --overpass W,S,E,N, got "
            f"{'both' if overpass else 'neither'}."
        )
    paths = _fetch_area(overpass, to, mirror) if overpass else _fetch_countries(countries or [], to, mirror)
    for path in paths:
        typer.echo(path)


@network_app.command("build")
def build(
    pbf: Annotated[
        list[Path] | None,
        typer.Option("--pbf", metavar="FILE", help="OpenStreetMap file: .osm.pbf, .osm, .osm.gz, .osm.bz2; repeat."),
    ] = None,
    source: Annotated[str | None, typer.Option("--from", help="Or a package: scgraph-data.")] = None,
    classes: Annotated[
        Path | None, typer.Option(help="Table of road classes to keep: country,classes,polygon.")
    ] = None,
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder to write.")] = Path("corridor.network"),
    tables: OwnTablesFolder = None,
) -> None:
    """Build a network folder from OpenStreetMap files, country by country, or from a package."""
    from corridor.errors import ScenarioError
    from corridor.network.snapshot import PACKAGE

    if bool(pbf) == bool(source) or source not in (None, PACKAGE):
        raise ScenarioError(
            f"network build: expected either --pbf FILE, once for each file, or --from {PACKAGE}, "
            f"got {'both' if pbf and source else repr(source) if source else 'neither'}."
        )
    if source and classes:
        raise ScenarioError("network build --classes: goes with --pbf only. Leave it out.")
    if source and tables:
        raise ScenarioError("network build --evidence: goes with --pbf only. Leave it out.")
    evidence = read_tables(tables)
    roads = _build_from_package(out, evidence) if source else _build_from_files(pbf or [], classes, out, evidence)
    typer.echo(f"{out}: {roads.node_count:,} nodes, {roads.edge_count:,} edges, {len(roads.crossing_edges)} posts")


@network_app.command("info")
def info(folder: NetworkFolder = None, as_json: AsJson = False) -> None:
    """Describe a network: size, countries, repairs, age, licence."""
    from corridor import printing
    from corridor.bundled import data_path
    from corridor.network.files import read_network

    printing.print_network(read_network(folder or data_path("network", "embedded")), as_json=as_json)


@network_app.command("check")
def check(folder: NetworkFolder = None, tables: OwnTablesFolder = None, as_json: AsJson = False) -> None:
    """Check a network: posts without a road, unreachable places, distances that are off."""
    from corridor import printing
    from corridor.bundled import data_path
    from corridor.errors import DataError
    from corridor.network.check import check_stored_network
    from corridor.network.files import read_network

    stored = read_network(folder or data_path("network", "embedded"))
    findings = check_stored_network(stored, read_tables(tables), data_path("snapshot", "city_pairs.csv"))
    printing.print_findings(findings, as_json=as_json)
    faults = sum(finding.severity == "fault" for finding in findings)
    if faults:
        raise DataError(f"network check: {faults} faults found; see the list above.")


@network_app.command("export")
def export(
    folder: NetworkFolder = None,
    out: Annotated[
        Path, typer.Option("--out", "-o", help="A .gpkg or .graphml file, or a folder for GeoParquet files.")
    ] = Path("network.gpkg"),
) -> None:
    """Write a network as GeoPackage (QGIS), GraphML (OSMnx) or GeoParquet."""
    from corridor.bundled import data_path
    from corridor.network.files import read_network
    from corridor.network.geodata import write_geoparquet, write_graphml, write_network_geopackage

    stored = read_network(folder or data_path("network", "embedded"))
    kinds = {".gpkg": write_network_geopackage, ".graphml": write_graphml, "": write_geoparquet}
    if out.suffix not in kinds:
        from corridor.errors import ScenarioError

        raise ScenarioError(
            f"network export --out: expected a name ending in .gpkg or .graphml, or a folder, got '{out.name}'."
        )
    kinds[out.suffix](stored.roads, out, attribution=stored.description.attribution)
    typer.echo(out)


def _fetch_countries(countries: list[str], to: Path, mirror: list[str] | None) -> list[Path]:
    from corridor.evidence import read_evidence
    from corridor.network.fetch import fetch_extracts
    from corridor.network.geofabrik import MIRRORS

    iso2 = {code: country.iso2 for code, country in read_evidence().countries.items()}
    return fetch_extracts(countries, to, iso2=iso2, progress=tell, mirrors=mirror or MIRRORS)


def _fetch_area(area: str, to: Path, mirror: list[str] | None) -> list[Path]:
    from corridor.network.folders import make_folder
    from corridor.network.overpass import fetch_overpass, read_box

    box = read_box(area)
    make_folder(to)
    name = "_".join(f"{degrees:g}" for degrees in (box.west, box.south, box.east, box.north))
    return [fetch_overpass(box, to / f"overpass_{name}.osm.pbf", progress=tell, server=mirror[0] if mirror else None)]


def _build_from_package(out: Path, evidence: Evidence) -> RoadNetwork:
    from corridor.network.files import write_network
    from corridor.network.snapshot import build_embedded_network

    roads, description, repairs = build_embedded_network(evidence, progress=tell)
    write_network(out, roads, description, repairs)
    return roads


def _build_from_files(pbf: list[Path], classes: Path | None, out: Path, evidence: Evidence) -> RoadNetwork:
    from corridor.bundled import data_path
    from corridor.network.osm.build import build_network_folder
    from corridor.network.osm.composite import read_composite

    table = read_composite(classes or data_path("network", "osm_classes.csv"), countries=sorted(evidence.countries))
    return build_network_folder(pbf, out, evidence, composite=table, progress=tell)
