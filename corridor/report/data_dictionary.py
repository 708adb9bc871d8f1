"""What every column of a run folder means: read from a table, cut to the tables that a run has."""

from __future__ import annotations

import csv
from collections.abc import Collection
from dataclasses import astuple, dataclass

from corridor.bundled import data_path
from corridor.report.figure_data import Row, csv_text

DICTIONARY_COLUMNS = ("table", "column", "unit", "meaning")
FIGURES = "figures/"


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


def build_data_dictionary(figures: Collection[str]) -> list[DescribedColumn]:
    """Every column of the tables of a run; those of figures only for the figures that the run drew."""
    drawn = {f"{FIGURES}{name}.csv" for name in figures}
    return [row for row in read_data_dictionary() if row.table in drawn or not row.table.startswith(FIGURES)]


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
