"""What is wrong with a workbook: sheet, cell, and the sentence that says it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from corridor.evidence.table_forms import OWN_FORMS, TableForm

_LINE = re.compile(r"\bline (?=[0-9])")
_ORDER = {form.name: number for number, form in enumerate(OWN_FORMS)}


@dataclass(frozen=True, slots=True)
class BookFault:
    """One thing to correct.

    Parameters
    ----------
    row, column : counted from 1; 0 where it concerns the whole sheet, or the whole row
    cells : in place of row and column, where several cells are meant: ``C14:C16``
    """

    sheet: str
    row: int
    column: int
    text: str
    cells: str = ""

    @property
    def place(self) -> tuple[int, int, int]:
        """Where it stands in the book."""
        return _ORDER.get(self.sheet, -1), self.row, self.column

    def __str__(self) -> str:
        return f"{self.where}: {self.text}"

    @property
    def where(self) -> str:
        """Sheet and cell as a reader finds them."""
        return where(self.sheet, self.row, self.column, cells=self.cells)


def where(sheet: str, row: int, column: int, *, cells: str = "") -> str:
    """Sheet and cell as a reader finds them.

    Examples
    --------
    >>> where("crossing_times", 14, 3), where("crossings", 14, 0), where("places", 0, 0)
    ('sheet crossing_times, C14', 'sheet crossings, row 14', 'sheet places')
    """
    if cells:
        return f"sheet {sheet}, {cells}"
    if not row:
        return f"sheet {sheet}"
    return f"sheet {sheet}, {get_column_letter(column)}{row}" if column else f"sheet {sheet}, row {row}"


def fault_at(form: TableForm, line: int, text: str) -> BookFault:
    """A fault that the reading of a table has found, put where it is in its sheet.

    A sheet and its table have the same rows, and a message begins with the column that it is about, if there is one.
    """
    names = [column.name for column in form.columns]
    head = re.split(r" \+ |, |: ", text, maxsplit=1)[0]
    column = names.index(head) + 1 if head in names else 0
    row = 0 if line == 1 else line
    return BookFault(form.name, row, column if row else 0, _LINE.sub("row ", text))


def in_book_order(faults: Iterable[BookFault]) -> list[BookFault]:
    """Each fault once, sheet by sheet, from top to bottom."""
    return sorted(dict.fromkeys(faults), key=lambda fault: fault.place)
