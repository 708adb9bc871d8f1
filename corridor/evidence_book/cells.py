"""What a cell of a sheet says, as text of a table; what could be meant in two ways is refused."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from math import isfinite

from corridor.evidence.table_changes import NUMBER_KINDS
from corridor.evidence_book.opening import RawCell
from corridor.tables import UNDATED, WANTED, Column

PLAIN_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?")
"""Text that can only be one number; `1,5` may be one and a half or fifteen."""

DIGITS = 15
"""Digits that a spreadsheet keeps."""

SHOWN_LENGTH = 60


def cell_text(cell: RawCell, column: Column) -> str:
    """The text that the table has for a cell; an empty one is an empty string.

    Raises
    ------
    ValueError
        The cell holds something that its column cannot have; the message is the end of a sentence.

    Examples
    --------
    >>> cell_text(RawCell(12.0, "n"), Column("hours", "number"))
    '12'
    """
    value, wanted = cell.value, _wanted(column)
    if cell.kind == "e":
        raise ValueError(f"holds an error; expected {wanted}, got {value}. Correct it, or type the value.")
    if cell.kind == "f":
        advice = "Save the workbook in a spreadsheet, so that it is computed, or type the value."
        raise ValueError(f"a formula without a computed value; expected {wanted}. {advice}")
    if value is None:
        return ""
    if isinstance(value, str):
        return _text(value.strip(), column)
    if cell.kind == "b":
        raise ValueError(f"expected {wanted}, got {str(value).upper()}. Type it as text.")
    if isinstance(value, int | float):
        return number_text(value)
    return _date_text(value, column)


def _wanted(column: Column) -> str:
    """What a cell of a column takes, as a message says it."""
    return f"one of {', '.join(column.choices)}" if column.choices else WANTED[column.kind]


def number_text(value: float) -> str:
    """A number as tables write it, to the digits that a spreadsheet keeps.

    Examples
    --------
    >>> number_text(0.1 + 0.2), number_text(120.0), number_text(14.5e6)
    ('0.3', '120', '14500000')
    """
    if not isfinite(value):
        raise ValueError(f"expected a finite number, got {value}. Type the value.")
    whole = float(value).is_integer() and abs(value) < 10**DIGITS
    return str(int(value)) if whole else f"{value:.{DIGITS}g}"


def _text(text: str, column: Column) -> str:
    if any(unicodedata.category(mark) == "Cc" for mark in text):
        raise ValueError("holds a line break or a control character; expected one line. Remove it.")
    if column.kind not in NUMBER_KINDS or text in ("", UNDATED) or PLAIN_NUMBER.fullmatch(text):
        return text
    advice = "Use a point for decimals and no separator of thousands." if "," in text else "Correct the cell."
    raise ValueError(f"expected {WANTED[column.kind]}, got the text '{text[:SHOWN_LENGTH]}'. {advice}")


def _date_text(value: date | time | timedelta, column: Column) -> str:
    """A date that the spreadsheet knows as one; in any other column it has made one of what was typed."""
    day = value.date() if isinstance(value, datetime) and value.time() == time() else value
    if column.kind == "date" and type(day) is date:
        return day.isoformat()
    what = "a date" if isinstance(day, date) else "a time"
    advice = "Format the cell as text, then type it again."
    raise ValueError(f"expected {_wanted(column)}, got {what}, {day}. {advice}")
