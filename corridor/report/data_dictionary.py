"""What every column of a run folder means: read from a table, cut to the tables that a run has."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable
from dataclasses import astuple, dataclass, replace

from corridor.bundled import data_path
from corridor.futures.asked import Asked
from corridor.futures.indifference import Indifference
from corridor.report.figure_data import Row, csv_text

DICTIONARY_COLUMNS = ("table", "column", "unit", "meaning")
FIGURES = "figures/"
REACH = "reach/"
"""Stands in the file before the tables of a folder of `corridor reach`."""

EACH_NUMBER = "{key} ({unit})"
"""Stands in the file for columns that are named after the numbers they hold."""


@dataclass(frozen=True, slots=True)
class DescribedColumn:
    """A column of a table, sheet or layer; `unit` is empty where it holds no numbers."""

    table: str
    column: str
    unit: str
    meaning: str

    @property
    def cells(self) -> Row:
        """The row of data_dictionary.csv."""
        return astuple(self)


def build_data_dictionary(figures: Collection[str], queues: Indifference | None = None) -> list[DescribedColumn]:
    """Every column of the tables of a run; those of figures only for the figures that the run drew.

    Parameters
    ----------
    figures : their file names
    queues : the grid behind the figure of that name, two columns of which are named after its numbers
    """
    drawn = {f"{FIGURES}{name}.csv" for name in figures}
    rows = [row for row in read_data_dictionary() if row.table in drawn or not row.table.startswith((FIGURES, REACH))]
    asked = (queues.x, queues.y) if queues else ()
    return [named for row in rows for named in (_named(row, asked) if row.column == EACH_NUMBER else [row])]


def build_reach_dictionary(tables: Collection[str]) -> list[DescribedColumn]:
    """Every column of the tables of a reach, named as in its folder."""
    rows = [row for row in read_data_dictionary() if row.table.removeprefix(REACH) in tables]
    return [replace(row, table=row.table.removeprefix(REACH)) for row in rows if row.table.startswith(REACH)]


def _named(row: DescribedColumn, asked: Iterable[Asked]) -> list[DescribedColumn]:
    return [replace(row, column=number.column, unit=number.unit) for number in asked]


def read_data_dictionary() -> list[DescribedColumn]:
    """Every column that a run folder can have, table by table; tables that share a row of the file one by one."""
    with data_path("schema", "data_dictionary.csv").open(encoding="utf-8", newline="") as file:
        rows = [
            DescribedColumn(table, row["column"], row["unit"], row["meaning"])
            for row in csv.DictReader(file)
            for table in row["table"].split(";")
        ]
    tables = list(dict.fromkeys(row.table for row in rows))
    return sorted(rows, key=lambda row: tables.index(row.table))


def data_dictionary_csv(dictionary: Collection[DescribedColumn]) -> str:
    """The data dictionary as CSV."""
    return csv_text(DICTIONARY_COLUMNS, (row.cells for row in dictionary))
