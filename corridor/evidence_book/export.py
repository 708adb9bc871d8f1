"""Writes the tables to a workbook whose heads and keys are locked, with hints and drop-down lists."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from corridor.bundled import data_path
from corridor.errors import ScenarioError
from corridor.evidence import read_evidence, read_own_evidence
from corridor.evidence.table_changes import NUMBER_KINDS
from corridor.evidence.table_forms import OWN_FORMS, TableForm
from corridor.evidence.table_text import WrittenRow, read_written_tables
from corridor.evidence_book.template import (
    FIRST_ROW,
    README,
    README_COLUMNS,
    choices_of,
    head_of,
    read_evidence_dictionary,
    readme_rows,
    tables_digest,
)
from corridor.names import suggestion
from corridor.report.spreadsheet import FORMULA_SIGNS, header_cell, new_workbook, workbook_bytes
from corridor.report.xml_text import xml_text
from corridor.tables import UNDATED, Column

LAST_ROW = 5000
"""Hints, lists and checks reach down to this row."""

WIDEST, NARROWEST = 50, 9
ABOUT_WIDTH, TEXT_WIDTH = 12, 120
INLINE_LIST_MAX, HINT_MAX, HINT_TITLE_MAX = 255, 255, 32
"""Characters that Excel takes."""

MOST = 1e15
TEXT_FORMAT, PLAIN_FORMAT = "@", "General"
"""Cells of text are formatted as text, so that no spreadsheet makes a date of 2026-05 or of 1-2."""


def export_book(path: Path, *, tables: Sequence[str] = (), folder: Path | None = None) -> None:
    """Write the tables to a new workbook; the same tables give the same bytes.

    Parameters
    ----------
    tables : names of those to write; all that a user may own when empty
    folder : of own tables to start from; the bundled ones when None

    Raises
    ------
    ScenarioError
        No such table, or the file exists already or cannot be written.
    DataError
        The tables have faults.
    """
    forms = _chosen(tables)
    evidence = read_own_evidence(folder) if folder else read_evidence()
    written = read_written_tables(folder or data_path())
    workbook = new_workbook("Tables of evidence of corridor", evidence.as_of)
    _add_readme(workbook, readme_rows(forms, evidence, digest=tables_digest(written.files)))
    for form in forms:
        _TableSheet(form, written.rows[form.name], frozenset(form.name for form in forms)).add_to(workbook)
    _write_new(path, workbook_bytes(workbook, evidence.as_of))


def _chosen(tables: Sequence[str]) -> list[TableForm]:
    """The forms of some tables in the order of the book."""
    known = [form.name for form in OWN_FORMS]
    unknown = [name for name in tables if name not in known]
    if unknown:
        raise ScenarioError(
            "\n".join(
                f"evidence export: no table '{name}'; expected one of {', '.join(known)}, got '{name}'. "
                f"{suggestion(name, known)}"
                for name in unknown
            )
        )
    return [form for form in OWN_FORMS if not tables or form.name in tables]


def _write_new(path: Path, content: bytes) -> None:
    """Write a file that must not be there yet, beside its place first."""
    if path.suffix != ".xlsx":
        raise ScenarioError(f"{path}: not a workbook; expected a name like book.xlsx. Choose another name.")
    if path.exists():
        raise ScenarioError(
            f"{path}: exists already and may hold your changes; expected a new file. Choose another name."
        )
    try:
        with tempfile.TemporaryDirectory(prefix=f".{path.name}-", dir=path.parent) as beside:
            made = Path(beside) / path.name
            made.write_bytes(content)
            made.replace(path)
    except OSError as error:
        raise ScenarioError(f"{path}: cannot be written ({error.strerror}). Choose another folder.") from error


def _add_readme(workbook: Workbook, rows: Iterable[tuple[str, str]]) -> None:
    sheet = workbook.create_sheet(README)
    sheet.protection.sheet = True
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = ABOUT_WIDTH, TEXT_WIDTH
    sheet.append([header_cell(sheet, text) for text in README_COLUMNS])
    for row in rows:
        cells = [WriteOnlyCell(sheet, xml_text(text)) for text in row]
        for cell in cells:
            cell.data_type, cell.alignment = "s", Alignment(wrap_text=True, vertical="top")
        sheet.append(cells)


@dataclass(frozen=True, slots=True)
class _TableSheet:
    """One table as a sheet.

    Parameters
    ----------
    in_book : names of the tables that the book holds; drop-down lists point to their sheets
    """

    form: TableForm
    rows: tuple[WrittenRow, ...]
    in_book: frozenset[str]

    def add_to(self, workbook: Workbook) -> None:
        """Append the sheet to a workbook."""
        sheet = workbook.create_sheet(self.form.name)
        self._lay_out(sheet)
        sheet.append([header_cell(sheet, head_of(self.form, column)) for column in self.form.columns])
        for row in self.rows:
            pairs = zip(self.form.columns, row.cells, strict=True)
            sheet.append([self._cell(sheet, column, text) for column, text in pairs])
        for number, column in enumerate(self.form.columns, start=1):
            sheet.data_validations.append(self._validation(column, get_column_letter(number)))

    def _lay_out(self, sheet: Worksheet) -> None:
        """Widths, formats for rows to come, frozen heads and keys, filter, protection."""
        for number, column in enumerate(self.form.columns, start=1):
            dimension = sheet.column_dimensions[get_column_letter(number)]
            dimension.width = self._width(number - 1, head_of(self.form, column))
            dimension.number_format = _format_of(column)
            dimension.protection = Protection(locked=False)
        sheet.freeze_panes = f"{get_column_letter(self._leading_keys() + 1)}{FIRST_ROW}"
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(self.form.columns))}{len(self.rows) + 1}"
        protection = sheet.protection
        protection.sheet = True
        protection.autoFilter = protection.sort = False
        protection.formatCells = protection.formatColumns = protection.formatRows = False

    def _width(self, place: int, head: str) -> int:
        longest = max([len(head) + 2, *(len(row.cells[place]) for row in self.rows)])
        return min(WIDEST, max(NARROWEST, longest))

    def _leading_keys(self) -> int:
        names = [column.name for column in self.form.columns]
        return next((number for number, name in enumerate(names) if name not in self.form.key), len(names))

    def _cell(self, sheet: Worksheet, column: Column, text: str) -> Cell | None:
        """A cell of a row: numbers as numbers, all else as text that no spreadsheet reads as something else."""
        is_key = column.name in self.form.key
        if not (text or is_key):
            return None
        cell = WriteOnlyCell(sheet)
        cell.number_format = _format_of(column)
        cell.protection = Protection(locked=is_key)
        if column.kind in NUMBER_KINDS and text not in ("", UNDATED):
            cell.value = float(text)
        elif text:
            cell.value, cell.data_type = xml_text(text), "s"
            cell.quotePrefix = text.startswith(FORMULA_SIGNS)
        return cell

    def _validation(self, column: Column, letter: str) -> DataValidation:
        """The hint of a column, with its drop-down list or its check for numbers."""
        described = read_evidence_dictionary()[self.form.name, column.name]
        validation = DataValidation(
            allow_blank=True,
            showInputMessage=True,
            promptTitle=column.name[:HINT_TITLE_MAX],
            prompt=described.meaning[:HINT_MAX],
            sqref=f"{letter}{FIRST_ROW}:{letter}{LAST_ROW}",
        )
        self._limit(validation, column)
        return validation

    def _limit(self, validation: DataValidation, column: Column) -> None:
        choices, named = choices_of(column), self.form.named_table(column.name)
        listed = f'"{",".join(choices)}"'
        if choices and len(listed) <= INLINE_LIST_MAX:
            validation.type, validation.formula1 = "list", listed
            validation.showErrorMessage, validation.error = True, f"One of: {', '.join(choices)}"[:HINT_MAX]
        elif named in self.in_book:
            validation.type, validation.formula1 = "list", f"{named}!$A${FIRST_ROW}:$A${LAST_ROW}"
            validation.showErrorMessage = False
        elif column.kind in ("number", "whole"):
            validation.type = "decimal" if column.kind == "number" else "whole"
            validation.operator, validation.formula1, validation.formula2 = "between", f"{-MOST:.0f}", f"{MOST:.0f}"
            validation.showErrorMessage, validation.error = True, "A number; nothing else, no unit."


def _format_of(column: Column) -> str:
    return PLAIN_FORMAT if column.kind in NUMBER_KINDS else TEXT_FORMAT
