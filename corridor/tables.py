"""CSV tables with typed cells: every fault of a file at once, each with its line."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import isfinite
from pathlib import Path
from typing import Literal

from corridor.errors import DataError
from corridor.names import suggestion

Kind = Literal["text", "number", "whole", "year", "yes_no", "date", "list"]
Cell = str | float | int | bool | date | tuple[str, ...] | None

LIST_SEPARATOR = ";"
UNDATED = "undated"
"""What a cell of kind ``year`` says where the source gives no year; an empty cell is a fault."""


@dataclass(frozen=True, slots=True)
class Column:
    """What a column may hold.

    Parameters
    ----------
    kind : ``text``, ``number``, ``whole``, ``year`` (or ``undated``), ``yes_no``, ``date`` (ISO 8601) or
        ``list`` (joined by ``;``)
    optional : whether an empty cell is allowed; it means "not known"
    choices : the only values allowed, where there is a closed list
    """

    name: str
    kind: Kind = "text"
    optional: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table; each accessor answers with the type its column promised."""

    line: int
    cells: Mapping[str, Cell]

    def text(self, name: str) -> str:
        """A text cell; an empty one is an empty string."""
        cell = self.cells[name]
        return "" if cell is None else str(cell)

    def number(self, name: str) -> float:
        """A number that must be there."""
        cell = self.maybe_number(name)
        if cell is None:
            raise TypeError(f"line {self.line}: column '{name}' is empty; read it with maybe_number")
        return cell

    def maybe_number(self, name: str) -> float | None:
        """A number, or None where it is not known."""
        cell = self.cells[name]
        if cell is None:
            return None
        if isinstance(cell, int | float):
            return float(cell)
        raise TypeError(f"column '{name}' does not hold numbers")

    def maybe_whole(self, name: str) -> int | None:
        """A whole number, or None where it is not known."""
        number = self.maybe_number(name)
        return None if number is None else int(number)

    def whole(self, name: str) -> int:
        """A whole number that must be there."""
        return int(self.number(name))

    def is_yes(self, name: str) -> bool:
        """Whether a yes/no cell says yes."""
        return self.cells[name] is True

    def maybe_day(self, name: str) -> date | None:
        """A date, or None where it is not known."""
        cell = self.cells[name]
        if cell is None or isinstance(cell, date):
            return cell
        raise TypeError(f"column '{name}' does not hold dates")

    def day(self, name: str) -> date:
        """A date that must be there."""
        cell = self.maybe_day(name)
        if cell is None:
            raise TypeError(f"line {self.line}: column '{name}' is empty; read it with maybe_day")
        return cell

    def items(self, name: str) -> tuple[str, ...]:
        """The entries of a list cell, in the order written."""
        cell = self.cells[name]
        return cell if isinstance(cell, tuple) else ()


class TableError(DataError):
    """Everything that is wrong with one table.

    Parameters
    ----------
    table : name of the file
    faults : line and what is wrong there, in file order
    """

    def __init__(self, table: str, faults: Iterable[tuple[int, str]]) -> None:
        self.table, self.faults = table, tuple(faults)
        super().__init__("\n".join(f"{table}:{line}: {fault}" for line, fault in self.faults))

    def __reduce__(self) -> tuple[type[TableError], tuple[str, tuple[tuple[int, str], ...]]]:
        """Rebuild from the faults, so that the error survives the way between two processes."""
        return type(self), (self.table, self.faults)


RowsCheck = Callable[[Sequence[Row]], Iterable[tuple[int, str]]]
"""Looks at all sound rows of a file and answers with pairs (line, what is wrong)."""


def read_table(
    path: Path, columns: Sequence[Column], *, key: Sequence[str] = (), check: RowsCheck | None = None
) -> list[Row]:
    """Rows of a CSV file, in file order.

    Parameters
    ----------
    columns : in the order of the header
    key : columns whose values together may occur only once
    check : finds further faults among the rows whose cells are sound

    Raises
    ------
    DataError
        The file is missing or no CSV.
    TableError
        Its header is not `columns`, or any row has a fault; all faults in one message.
    """
    lines = _read_lines(path)
    _check_header(path, lines, columns)
    rows: list[Row] = []
    faults: list[tuple[int, str]] = []
    for line, cells in lines[1:]:
        row, row_faults = _read_row(line, cells, columns)
        faults += [(line, fault) for fault in row_faults]
        rows += [] if row_faults else [row]
    faults += _repeats(rows, key)
    faults += check(rows) if check else ()
    raise_faults(path, faults)
    return rows


def raise_faults(path: Path, faults: Iterable[tuple[int, str]]) -> None:
    """Raise one TableError that lists all (line, fault) of a file in file order; nothing if there are none."""
    in_order = sorted(faults, key=lambda fault: fault[0])
    if in_order:
        raise TableError(path.name, in_order)


def _read_lines(path: Path) -> list[tuple[int, list[str]]]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.reader(file)
            return [(reader.line_num, cells) for cells in reader if cells]
    except FileNotFoundError:
        raise DataError(f"{path}: the table is missing; expected a CSV file. Restore it.") from None
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise DataError(f"{path}: cannot be read as UTF-8 CSV ({error}). Restore the file.") from error


def _check_header(path: Path, lines: list[tuple[int, list[str]]], columns: Sequence[Column]) -> None:
    expected = [column.name for column in columns]
    got = lines[0][1] if lines else []
    if got == expected:
        return
    unknown = [f"unknown '{name}' ({suggestion(name, expected)})" for name in got if name not in expected]
    missing = [f"missing '{name}'" for name in expected if name not in got]
    detail = "; ".join(unknown + missing) or "the order differs"
    raise TableError(path.name, [(1, f"header: {detail}; expected {','.join(expected)}, got {','.join(got)}.")])


def _read_row(line: int, cells: list[str], columns: Sequence[Column]) -> tuple[Row, list[str]]:
    if len(cells) != len(columns):
        return Row(line, {}), [f"expected {len(columns)} cells, got {len(cells)}. Check the commas and quotes."]
    values: dict[str, Cell] = {}
    faults: list[str] = []
    for column, cell in zip(columns, cells, strict=True):
        try:
            values[column.name] = _read_cell(cell.strip(), column)
        except ValueError as error:
            faults.append(f"{column.name}: {error}")
    return Row(line, values), faults


def _read_cell(cell: str, column: Column) -> Cell:
    if cell == "":
        if column.optional:
            return () if column.kind == "list" else None
        raise ValueError(f"expected {WANTED[column.kind]}, got an empty cell")
    if column.choices and cell not in column.choices:
        raise ValueError(
            f"expected one of {', '.join(column.choices)}, got '{cell}'. {suggestion(cell, column.choices)}"
        )
    try:
        return _READERS[column.kind](cell)
    except ValueError:
        raise ValueError(f"expected {WANTED[column.kind]}, got '{cell}'") from None


def _finite(cell: str) -> float:
    number = float(cell)
    if not isfinite(number):
        raise ValueError(cell)
    return number


def _year_if_dated(cell: str) -> int | None:
    return None if cell == UNDATED else int(cell)


def _entries(cell: str) -> tuple[str, ...]:
    entries = tuple(entry.strip() for entry in cell.split(LIST_SEPARATOR))
    if not all(entries):
        raise ValueError(cell)
    return entries


def _yes_or_no(cell: str) -> bool:
    if cell not in ("yes", "no"):
        raise ValueError(cell)
    return cell == "yes"


_READERS: Mapping[Kind, Callable[[str], Cell]] = {
    "text": str,
    "number": _finite,
    "whole": int,
    "year": _year_if_dated,
    "yes_no": _yes_or_no,
    "date": date.fromisoformat,
    "list": _entries,
}
WANTED: Mapping[Kind, str] = {
    "text": "text",
    "number": "a number",
    "whole": "a whole number",
    "year": f"a year, or '{UNDATED}' where the source gives none",
    "yes_no": "yes or no",
    "date": "a date like 2026-05-31",
    "list": f"names joined by '{LIST_SEPARATOR}'",
}
"""What a message says that a cell takes, by the kind of its column."""


def _repeats(rows: Iterable[Row], key: Sequence[str]) -> Iterator[tuple[int, str]]:
    seen: dict[tuple[str, ...], int] = {}
    for row in rows if key else ():
        values = tuple(str(row.cells[name]) for name in key)
        if values in seen:
            where = f"already on line {seen[values]}. Keep one of the two."
            yield row.line, f"{' + '.join(key)}: '{' '.join(values)}' is {where}"
        seen.setdefault(values, row.line)
