"""The commands on the numbers: list, show, cite them; check the tables."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from corridor.network_commands import AsJson
from corridor.scenario_reading import OwnTablesFolder, read_tables

params_app = typer.Typer(help="List, show and cite the numbers the model uses.", no_args_is_help=True)
evidence_app = typer.Typer(help="Check the tables of evidence.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="A parameter, a post, or a key such as crossings.torkham.PAK-AFG.queue_h.")]


@params_app.command("list")
def list_params(
    text: Annotated[str, typer.Argument(help="Only numbers whose key, meaning or source holds this text.")] = "",
    grade: Annotated[str | None, typer.Option(help="Only numbers of this grade, A to D.")] = None,
    tables: OwnTablesFolder = None,
    as_json: AsJson = False,
) -> None:
    """List every number the model can use: value, low and high, unit, year, grade."""
    from corridor import printing_evidence

    printing_evidence.print_list(read_tables(tables).with_ferries(), text, grade=grade, as_json=as_json)


@params_app.command("show")
def show(name: Name, tables: OwnTablesFolder = None, as_json: AsJson = False) -> None:
    """Show a number with its range, original currency, conversion, sources and note."""
    from corridor import printing_evidence

    printing_evidence.print_figures(read_tables(tables).with_ferries(), name, as_json=as_json)


@params_app.command("cite")
def cite(name: Name, tables: OwnTablesFolder = None, as_json: AsJson = False) -> None:
    """Print the publications behind a number, and how the figure follows from them."""
    from corridor import printing_evidence

    printing_evidence.print_citations(read_tables(tables).with_ferries(), name, as_json=as_json)


@evidence_app.command("check")
def check(
    folder: Annotated[Path | None, typer.Argument(help="Folder of tables; the bundled ones if left out.")] = None,
    as_json: AsJson = False,
) -> None:
    """Check every row for unit, year, source, range, grade and note; ends with 4 where there are faults."""
    from corridor import printing_evidence
    from corridor.errors import DataError
    from corridor.evidence import check_tables

    findings = check_tables(folder)
    printing_evidence.print_ledger_findings(findings, as_json=as_json)
    faults = sum(finding.severity == "fault" for finding in findings)
    if faults:
        raise DataError(f"evidence check: {faults} faults found; see the list above.")
