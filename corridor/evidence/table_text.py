"""Tables as they are written: the text of every cell, and of every line."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from corridor.errors import DataError
from corridor.evidence.table_forms import TABLE_FILES, TABLE_FORMS, TableForm


@dataclass(frozen=True, slots=True)
class WrittenRow:
    """One row of a table; `written` is its line or lines in the file with their end, empty where it is in none."""

    line: int
    cells: tuple[str, ...]
    written: str = ""

    def of(self, form: TableForm, columns: Sequence[str]) -> tuple[str, ...]:
        """Cells of some columns, without blanks around them."""
        return tuple(self.cells[form.place_of(column)].strip() for column in columns)


@dataclass(frozen=True, slots=True)
class WrittenTables:
    """The tables of a folder as they are written; `files` has the bytes of each by name."""

    files: dict[str, bytes]
    rows: dict[str, tuple[WrittenRow, ...]]
    headers: dict[str, str]


def read_written_tables(folder: Path) -> WrittenTables:
    """Every table of a folder, cell by cell; the folder was read as evidence before.

    Raises
    ------
    DataError
        A file is missing.
    """
    files = {name: _read_bytes(folder / name) for name in TABLE_FILES}
    rows = {form.name: _rows(files[form.file].decode()) for form in TABLE_FORMS}
    headers = {name: table[0].written for name, table in rows.items()}
    return WrittenTables(files, {name: table[1:] for name, table in rows.items()}, headers)


def _read_bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise DataError(f"{path}: cannot be read ({error.strerror}). Restore the file.") from error


def _rows(text: str) -> tuple[WrittenRow, ...]:
    """All rows, the header first; a row may run over several lines of the file."""
    lines = io.StringIO(text, newline="").readlines()
    reader, rows, before = csv.reader(lines), [], 0
    for cells in reader:
        if cells:
            rows.append(WrittenRow(reader.line_num, tuple(cells), "".join(lines[before : reader.line_num])))
        before = reader.line_num
    return tuple(rows)


def line_of(cells: Iterable[str]) -> str:
    r"""Cells as one line of CSV with its end.

    Examples
    --------
    >>> line_of(["torkham", "PAK-AFG", "12", "rain, then snow"])
    'torkham,PAK-AFG,12,"rain, then snow"\n'
    """
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator="\n").writerow(cells)
    return buffer.getvalue()
