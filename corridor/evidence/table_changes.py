"""What differs between two states of a table: cell by cell, rows matched by what they are about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from corridor.evidence.table_forms import TableForm
from corridor.evidence.table_text import WrittenRow
from corridor.tables import Column

NUMBER_KINDS = ("number", "whole", "year")
RowKey = tuple[tuple[str, ...], int]
"""Cells of the key of a row, and how many rows above it have the same."""

NEW_ROW, NO_ROW, OLD_ROW = "new row", "no row", "row"


@dataclass(frozen=True, slots=True)
class TableChange:
    """One cell that differs, or a row that is new or gone.

    Parameters
    ----------
    row : the key of the row in words; column : empty where the row is new or gone
    old, new : text of the cell; `NO_ROW`, `NEW_ROW` and `OLD_ROW` for whole rows
    line : of the row in the new table, in the old one where it is gone; kind : what happened
    """

    table: str
    row: str
    column: str
    old: str
    new: str
    line: int
    kind: Literal["changed", "added", "removed"] = "changed"


def compare_rows(form: TableForm, old: Sequence[WrittenRow], new: Sequence[WrittenRow]) -> list[TableChange]:
    """Changed cells and new rows in the order of the new table, then rows that are gone."""
    before, after = keyed(form, old), keyed(form, new)
    found: list[TableChange] = []
    for key, row in after.items():
        name = _in_words(key)
        if key in before:
            found += _cell_changes(form, name, before[key], row)
        else:
            found.append(TableChange(form.name, name, "", NO_ROW, NEW_ROW, row.line, "added"))
    gone = [(key, row) for key, row in before.items() if key not in after]
    found += [TableChange(form.name, _in_words(key), "", OLD_ROW, NO_ROW, row.line, "removed") for key, row in gone]
    return found


def keyed(form: TableForm, rows: Iterable[WrittenRow]) -> Mapping[RowKey, WrittenRow]:
    """Rows by what they are about, in the order given."""
    seen: Counter[tuple[str, ...]] = Counter()
    found = {}
    for row in rows:
        cells = row.of(form, form.key)
        found[cells, seen[cells]] = row
        seen[cells] += 1
    return found


def _in_words(key: RowKey) -> str:
    cells, number = key
    name = " ".join(cell for cell in cells if cell)
    return f"{name} ({number + 1})" if number else name


def _cell_changes(form: TableForm, name: str, old: WrittenRow, new: WrittenRow) -> Iterator[TableChange]:
    for column, was, now in zip(form.columns, old.cells, new.cells, strict=True):
        if not is_same(column, was, now):
            yield TableChange(form.name, name, column.name, was.strip(), now.strip(), new.line)


def is_same(column: Column, one: str, other: str) -> bool:
    """Whether two cells say the same, however a number is written.

    Examples
    --------
    >>> is_same(Column("hours", "number"), "54.0", "54"), is_same(Column("note"), "54.0", "54")
    (True, False)
    """
    if one.strip() == other.strip():
        return True
    try:
        return column.kind in NUMBER_KINDS and float(one) == float(other)
    except ValueError:
        return False


def changed_rows(changes: Iterable[TableChange]) -> int:
    """How many rows some changes touch."""
    return len({(change.table, change.row, change.kind) for change in changes})
