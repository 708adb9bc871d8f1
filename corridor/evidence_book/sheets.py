"""Sheets of a workbook as tables: heads held against the template, cells turned into text, faults noted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from corridor.errors import DataError
from corridor.evidence.table_forms import OWN_FORMS, TableForm
from corridor.evidence.table_text import WrittenRow
from corridor.evidence_book.cells import SHOWN_LENGTH, cell_text
from corridor.evidence_book.faults import BookFault
from corridor.evidence_book.opening import RawBook, RawCell, RawSheet, open_book
from corridor.evidence_book.template import DIGEST, FIRST_ROW, README, TABLES, TABLES_JOINER, head_of
from corridor.names import nearest, suggestion


@dataclass(frozen=True, slots=True)
class Draft:
    """A workbook as it was filled in.

    Parameters
    ----------
    tables : rows by table; a table whose heads are not those of the template is left out
    faults : of sheets and cells; the rows that have one are in `tables` with what could be read
    digest : of the tables that the book was made from; empty where its first sheet does not say
    remarks : what a reader should know though it is no fault
    """

    tables: Mapping[str, tuple[WrittenRow, ...]]
    faults: tuple[BookFault, ...]
    digest: str
    remarks: tuple[str, ...]


@dataclass(slots=True)
class _Reading:
    """What was found so far."""

    faults: list[BookFault] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def read_draft(path: Path) -> Draft:
    """The tables that a workbook holds, cell by cell.

    Raises
    ------
    DataError
        The file is no workbook, damaged or too large, or its first sheet does not say which tables it holds.
    """
    book = open_book(path, {README, *(form.name for form in OWN_FORMS)})
    about = _about(book)
    forms = _listed_forms(path, about.get(TABLES, ""))
    reading = _Reading()
    tables = {form.name: rows for form in forms if (rows := _read_table(form, book, reading)) is not None}
    reading.remarks += [f"sheet {name}: no table, not read." for name in book.others]
    extra = [name for name in book.sheets if name != README and name not in {form.name for form in forms}]
    reading.remarks += [f"sheet {name}: not among the tables that sheet {README} lists, not read." for name in extra]
    return Draft(tables, tuple(reading.faults), about.get(DIGEST, ""), tuple(reading.remarks))


def _about(book: RawBook) -> dict[str, str]:
    """Rows of the first sheet: what they are about -> text."""
    rows = book.sheets[README].rows if README in book.sheets else ()
    pairs = ([str(cell.value or "").strip() for cell in cells[:2]] for _, cells in rows)
    return {pair[0]: pair[1] for pair in pairs if len(pair) == len(("about", "text"))}


def _listed_forms(path: Path, listed: str) -> list[TableForm]:
    forms = {form.name: form for form in OWN_FORMS}
    names = [name.strip() for name in listed.split(TABLES_JOINER.strip())]
    unknown = [name for name in names if name not in forms]
    if unknown:
        hint = suggestion(unknown[0], forms) if unknown[0] else "Restore the sheet, or export anew."
        raise DataError(
            f"{path}: sheet {README}: row '{TABLES}': expected the names of the tables in the book, "
            f"got '{unknown[0][:SHOWN_LENGTH]}'. {hint}"
        )
    return [form for form in OWN_FORMS if form.name in names]


def _read_table(form: TableForm, book: RawBook, reading: _Reading) -> tuple[WrittenRow, ...] | None:
    sheet = book.sheets.get(form.name)
    if sheet is None:
        near = nearest(form.name, book.others)
        hint = f"Is it '{near}'? Restore the name." if near else "Restore it, or export anew."
        reading.faults.append(BookFault(form.name, 0, 0, f"missing; expected it in the book. {hint}"))
        return None
    heads = list(_head_faults(form, sheet))
    reading.faults += heads
    if heads:
        return None
    if sheet.formulas:
        reading.remarks.append(
            f"sheet {form.name}: cells with formulas: {sheet.formulas}; their values of the last saving count."
        )
    reading.faults += [
        BookFault(form.name, first, 0, "merged cells; expected a value in each. Unmerge them and fill all.", cells)
        for cells, first, _ in sheet.merged
    ]
    return tuple(_rows(form, sheet, reading))


def _head_faults(form: TableForm, sheet: RawSheet) -> Iterator[BookFault]:
    first = dict(sheet.rows).get(1, ())
    for number, column in enumerate(form.columns, start=1):
        got = str(first[number - 1].value or "").strip() if number <= len(first) else ""
        if got not in (column.name, head_of(form, column)):
            expected = f"expected the head '{head_of(form, column)}', got '{got[:SHOWN_LENGTH]}'"
            yield BookFault(form.name, 1, number, f"{expected}. Heads may not be renamed, moved or added: restore it.")


def _rows(form: TableForm, sheet: RawSheet, reading: _Reading) -> Iterator[WrittenRow]:
    for number, cells in sheet.rows:
        if number < FIRST_ROW:
            continue
        reading.faults += _outside(form, number, cells)
        texts = tuple(_texts(form, number, cells, reading))
        if any(texts) or any(fault.row == number for fault in reading.faults if fault.sheet == form.name):
            yield WrittenRow(number, texts)


def _outside(form: TableForm, number: int, cells: tuple[RawCell, ...]) -> Iterator[BookFault]:
    width = len(form.columns)
    for place, cell in enumerate(cells[width:], start=width + 1):
        if str(cell.value if cell.value is not None else "").strip():
            shown = str(cell.value)[:SHOWN_LENGTH]
            yield BookFault(
                form.name,
                number,
                place,
                f"outside the table; expected nothing, got '{shown}'. Move it to its own sheet.",
            )


def _texts(form: TableForm, number: int, cells: tuple[RawCell, ...], reading: _Reading) -> Iterator[str]:
    for place, column in enumerate(form.columns):
        try:
            yield cell_text(cells[place], column) if place < len(cells) else ""
        except ValueError as error:
            reading.faults.append(BookFault(form.name, number, place + 1, f"{column.name}: {error}"))
            yield ""
