"""What the workbook of the tables looks like: its first sheet, the heads of its columns, their hints and choices."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from corridor import __version__
from corridor.bundled import data_path
from corridor.evidence import GRADES, Evidence
from corridor.evidence.table_forms import TABLE_FORMS, TableForm
from corridor.report.sources import PLACE_LICENCE
from corridor.tables import Column

README = "README"
README_COLUMNS = ("about", "text")
TABLES, DIGEST = "Tables", "Digest"
"""Rows of the first sheet that are read back: which tables the book holds, and of which state it was made."""

TABLES_JOINER = ", "
FIRST_ROW = 2
"""Row of a sheet that holds the first row of a table; as in the file of the table, row 1 is its header."""

HOW_TO = (
    (
        "Change the cells that are not locked, and add rows below the last one. Heads and the columns that say what a "
        "row is about are locked without a password: unprotect a sheet (Review > Unprotect Sheet) to remove whole "
        "rows, never to rename, move or add columns."
    ),
    (
        "A point for decimals, no separator of thousands. Dates as 2026-05-31. Several entries of a cell are joined by "
        "';'. An empty cell means that nobody knows. Of a formula only its last computed value is taken."
    ),
    "Every number needs a source: add your own count or letter to sheet sources, and name its key in the row.",
    (
        "Bring it back with: corridor evidence import THIS-BOOK.xlsx -o my-tables. It lists every change and every "
        "fault by sheet and cell, and writes nothing while there are faults."
    ),
    "Run with it: corridor run islamabad-minsk --set evidence=my-tables",
)


@dataclass(frozen=True, slots=True)
class DescribedCell:
    """What a column of a table holds; `unit` is empty where it holds no numbers."""

    unit: str
    meaning: str


@cache
def read_evidence_dictionary() -> Mapping[tuple[str, str], DescribedCell]:
    """Unit and meaning of every column that a user may own, by (table, column)."""
    with data_path("schema", "evidence_dictionary.csv").open(encoding="utf-8", newline="") as file:
        return {
            (table, row["column"]): DescribedCell(row["unit"], row["meaning"])
            for row in csv.DictReader(file)
            for table in row["table"].split(";")
        }


def head_of(form: TableForm, column: Column) -> str:
    """The head of a column: its name, and its unit where it has one.

    Examples
    --------
    >>> crossings = TABLE_FORMS[0]
    >>> head_of(crossings, crossings.columns[0]), head_of(crossings, crossings.columns[4])
    ('id', 'lon (degrees east)')
    """
    unit = read_evidence_dictionary()[form.name, column.name].unit
    return f"{column.name} ({unit})" if unit else column.name


def choices_of(column: Column) -> tuple[str, ...]:
    """The only values that a column takes; empty where there is no closed list."""
    return ("yes", "no") if column.kind == "yes_no" else column.choices


def tables_digest(files: Mapping[str, bytes]) -> str:
    """Sha256 of the tables of a folder: names and bytes."""
    digest = hashlib.sha256()
    for name, content in files.items():
        digest.update(f"{name}\n{len(content)}\n".encode() + content)
    return digest.hexdigest()


def readme_rows(forms: Sequence[TableForm], evidence: Evidence, *, digest: str) -> list[tuple[str, str]]:
    """The first sheet: what the book is, how to use it, whose the data are."""
    own = evidence.own
    return [
        ("What", "The tables of evidence of corridor, one sheet a table: what it knows of posts, roads, tariffs."),
        (TABLES, TABLES_JOINER.join(form.name for form in forms)),
        *(("How to", text) for text in HOW_TO),
        *((f"Grade {grade}", meaning) for grade, meaning in GRADES.items()),
        ("Made from", f"own tables in {own.name}" if own else "the bundled tables"),
        ("Version", f"corridor {__version__}, evidence up to {evidence.as_of.isoformat()}"),
        (DIGEST, digest),
        (
            "Licence",
            "The figures belong to the publications that sheet sources names; selection and notes: MIT licence.",
        ),
        ("Licence", PLACE_LICENCE),
        *(("Not here", f"{form.name}: {form.kept_because}.") for form in TABLE_FORMS if form.kept_because),
    ]
