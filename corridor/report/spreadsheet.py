"""Tables as an Excel workbook: text stays text, sums stay formulas, the same tables give the same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.writer.excel import ExcelWriter

from corridor.report.figure_data import Cell
from corridor.report.xml_text import xml_text

NUMBER_FORMATS: Mapping[str, str] = {
    "_usd": "#,##0.00",
    "_usd_per_h": "#,##0.00",
    "_usd_per_t": "#,##0.00",
    "_h": "#,##0.00",
    "_days": "0.0",
    "_km": "#,##0.0",
    "_kg": "#,##0.0",
    "_l": "#,##0.0",
}
"""End of the name of a column, which is its unit -> how its numbers are shown."""

FORMULA_SIGNS = ("=", "+", "-", "@")
"""Text that begins so would become a formula as soon as somebody edits its cell; it is marked as text."""

NARROW = 13
HEADER_FILL = PatternFill("solid", fgColor="FFDFE3E7")


@dataclass(frozen=True, slots=True)
class Formula:
    """A cell that the spreadsheet computes; `text` is without the sign of equality."""

    text: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of a workbook.

    Parameters
    ----------
    widths : column -> width in characters; the others are narrow
    frozen : first cell that moves when the sheet is scrolled
    """

    name: str
    columns: tuple[str, ...]
    rows: Iterable[Sequence[Cell | Formula]]
    widths: Mapping[str, int] = field(default_factory=dict)
    frozen: str = "B2"
    is_wrapped: bool = False


def write_workbook(path: Path, sheets: Iterable[Sheet], *, title: str, day: date) -> None:
    """Write sheets to a new file that carries a day instead of the clock's."""
    workbook = new_workbook(title, day)
    for sheet in sheets:
        _add_sheet(workbook, sheet)
    path.write_bytes(workbook_bytes(workbook, day))


def new_workbook(title: str, day: date) -> Workbook:
    """A workbook without sheets, whose rows are written as they are appended."""
    workbook = Workbook(write_only=True)
    workbook.properties.title = xml_text(title)
    workbook.properties.creator = "corridor"
    workbook.properties.created = workbook.properties.modified = datetime.combine(day, time())
    workbook.calculation.fullCalcOnLoad = True
    return workbook


def workbook_bytes(workbook: Workbook, day: date) -> bytes:
    """The file of a workbook, with a day instead of the clock's."""
    packed = io.BytesIO()
    ExcelWriter(workbook, zipfile.ZipFile(packed, "w")).save()
    return _dated(packed, day)


def _dated(packed: io.BytesIO, day: date) -> bytes:
    """The same archive, compressed, with every file in it of that day."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(packed) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return buffer.getvalue()


def _add_sheet(workbook: Workbook, sheet: Sheet) -> None:
    worksheet = workbook.create_sheet(sheet.name)
    worksheet.freeze_panes = sheet.frozen
    for number, column in enumerate(sheet.columns, start=1):
        worksheet.column_dimensions[get_column_letter(number)].width = sheet.widths.get(column, NARROW)
    worksheet.append([header_cell(worksheet, column) for column in sheet.columns])
    columns = [_ColumnCells.of(worksheet, column, is_wrapped=sheet.is_wrapped) for column in sheet.columns]
    for row in sheet.rows:
        worksheet.append([cells.filled(value) for cells, value in zip(columns, row, strict=True)])


def header_cell(worksheet: WriteOnlyWorksheet, column: str) -> SheetCell:
    """The head of a column."""
    cell = WriteOnlyCell(worksheet, column)
    cell.font, cell.fill = Font(bold=True), HEADER_FILL
    return cell


@dataclass(frozen=True, slots=True)
class _ColumnCells:
    """The cells that are filled again for every row of a column: a row is written as soon as it is appended."""

    plain: SheetCell
    guarded: SheetCell

    @classmethod
    def of(cls, worksheet: WriteOnlyWorksheet, column: str, *, is_wrapped: bool) -> _ColumnCells:
        plain, guarded = WriteOnlyCell(worksheet), WriteOnlyCell(worksheet)
        plain.number_format = number_format(column)
        guarded.quotePrefix = True
        if is_wrapped:
            plain.alignment = guarded.alignment = Alignment(wrap_text=True, vertical="top")
        return cls(plain, guarded)

    def filled(self, value: Cell | Formula) -> SheetCell | None:
        """The cell with a value in it; text is never read as a formula or an error."""
        if isinstance(value, str):
            cell = self.guarded if value.startswith(FORMULA_SIGNS) else self.plain
            cell.value = xml_text(value)
            cell.data_type = "s"
            return cell
        if value is None:
            return None
        self.plain.value = _cell_value(value)
        return self.plain


def _cell_value(value: Formula | float) -> str | float:
    match value:
        case Formula(text):
            return f"={text}"
        case bool():
            return "yes" if value else "no"
        case _:
            return round(value, 6)


def number_format(column: str) -> str:
    """How the numbers of a column are shown, by the unit at the end of its name.

    Examples
    --------
    >>> number_format("money_usd"), number_format("year")
    ('#,##0.00', 'General')
    """
    return next((shown for end, shown in NUMBER_FORMATS.items() if column.endswith(end)), "General")
