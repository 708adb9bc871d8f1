"""The commands on the numbers: list, show, cite them; check the tables, and edit them in a workbook."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from corridor.network_commands import AsJson
from corridor.scenario_reading import OwnTablesFolder, read_tables

params_app = typer.Typer(help="List, show and cite the numbers the model uses.", no_args_is_help=True)
evidence_app = typer.Typer(help="Check the tables of evidence; edit them in a workbook.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="A parameter, a post, or a key such as crossings.torkham.PAK-AFG.queue_h.")]
Book = Annotated[Path, typer.Argument(metavar="BOOK.xlsx", help="The workbook.")]
FromFolder = Annotated[
    Path | None, typer.Option("--from", metavar="FOLDER", help="Tables to start from; the bundled ones if left out.")
]


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


@evidence_app.command("export")
def export(
    book: Book,
    tables: Annotated[list[str] | None, typer.Argument(metavar="TABLE...", help="Only these; all if left out.")] = None,
    start: FromFolder = None,
) -> None:
    """Write the tables to a new workbook, to be edited and brought back with `corridor evidence import`."""
    from corridor.evidence_book import export_book

    export_book(book, tables=tables or (), folder=start)
    again = f" --from {start}" if start else ""
    typer.echo(f"{book} written. Edit it, then: corridor evidence import {book} -o my-tables{again}")


@evidence_app.command("import")
def import_(
    book: Book,
    out: Annotated[Path, typer.Option("--out", "-o", metavar="FOLDER", help="Folder of own tables to write.")],
    start: FromFolder = None,
    as_json: AsJson = False,
) -> None:
    """Read an edited workbook: list every change, write a folder of tables; all faults at once, and then nothing."""
    from corridor.evidence_book import import_book
    from corridor.printing_book import print_imported

    print_imported(import_book(book, out, start=start), as_json=as_json)
