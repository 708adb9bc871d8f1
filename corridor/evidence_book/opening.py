"""Opens a workbook that anybody may have sent: what is no workbook, damaged or made to fill memory is refused."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from openpyxl.reader.excel import ExcelReader
from openpyxl.utils import range_boundaries
from openpyxl.utils.exceptions import InvalidFileException

from corridor.errors import DataError

FILE_MAX_BYTES, UNPACKED_MAX_BYTES, PARTS_MAX = 20_000_000, 30_000_000, 500
"""The bundled tables make 0.2 MB, 1.2 MB unpacked, in 30 parts."""

ROWS_MAX, COLUMNS_MAX, LAST_ROW_OF_EXCEL = 20_000, 100, 1_048_576

ZIP_MARK, OLE_MARK = b"PK", b"\xd0\xcf\x11\xe0"
DOCTYPES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("ascii", "utf-16-le", "utf-16-be"))
"""No workbook declares a document type; one that does may ask for entities that grow without end."""

MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Za-z0-9:$]{1,40})"')
DAMAGE = (
    InvalidFileException, zipfile.BadZipFile, zlib.error, ParseError, OSError, EOFError, KeyError, IndexError,
    ValueError, TypeError, AttributeError, NotImplementedError, RuntimeError, OverflowError,
)  # fmt: skip
"""What reading a damaged workbook raises; openpyxl does not check before it takes apart."""


@dataclass(frozen=True, slots=True)
class RawCell:
    """A cell as the file has it.

    Parameters
    ----------
    value : text, number, truth value, date or time; None where it is empty
    kind : of openpyxl: ``s`` text, ``n`` number, ``b`` truth value, ``d`` date, ``e`` error, ``f`` formula
    """

    value: Any
    kind: str


@dataclass(frozen=True, slots=True)
class RawSheet:
    """A sheet as the file has it.

    Parameters
    ----------
    rows : number of the row, and its cells from column A on; rows without any value are left out
    merged : as ``C14:C16``, with first and last row
    formulas : number of cells whose value was computed when the file was last saved
    """

    rows: tuple[tuple[int, tuple[RawCell, ...]], ...]
    merged: tuple[tuple[str, int, int], ...] = ()
    formulas: int = 0


@dataclass(frozen=True, slots=True)
class RawBook:
    """The sheets that were asked for, by name, and the names of all others."""

    sheets: Mapping[str, RawSheet]
    others: tuple[str, ...]


def open_book(path: Path, wanted: Collection[str]) -> RawBook:
    """Some sheets of a workbook, cell by cell; formulas as they were last computed, links and macros left alone.

    Raises
    ------
    DataError
        The file is missing, no workbook, damaged or too large.
    """
    content = _read_bytes(path)
    _check_kind(path, content)
    try:
        _check_parts(path, content)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _read_sheets(path, content, wanted)
    except DAMAGE as error:
        raise _damaged(path, str(error) or type(error).__name__) from error


def _read_bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(FILE_MAX_BYTES + 1)
    except OSError as error:
        advice = "Check the spelling and the folder."
        raise DataError(f"{path}: cannot be read ({error.strerror}); expected a workbook. {advice}") from error
    if len(content) > FILE_MAX_BYTES:
        raise _too_large(path, f"a file of at most {FILE_MAX_BYTES:,} bytes")
    return content


def _check_kind(path: Path, content: bytes) -> None:
    if content.startswith(OLE_MARK):
        raise DataError(
            f"{path}: an old .xls, or a workbook with a password; expected an open .xlsx. Save it as .xlsx without one."
        )
    if not content.startswith(ZIP_MARK):
        raise DataError(f"{path}: no workbook; expected .xlsx as `corridor evidence export` writes it. Name that file.")


def _check_parts(path: Path, content: bytes) -> None:
    """Refuse what is too large unpacked, and what declares a document type."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        if len(parts) > PARTS_MAX or sum(part.file_size for part in parts) > UNPACKED_MAX_BYTES:
            raise _too_large(path, f"at most {UNPACKED_MAX_BYTES:,} bytes unpacked, in {PARTS_MAX} parts")
        names = {part.filename for part in parts}
        if "[Content_Types].xml" not in names:
            raise DataError(f"{path}: no Excel workbook; expected .xlsx, got another kind of file. Save it as .xlsx.")
        for part in parts:
            if part.filename.endswith((".xml", ".rels")) and _declares_type(archive.read(part)):
                raise _damaged(path, f"{part.filename} declares a document type")


def _declares_type(content: bytes) -> bool:
    return any(mark in content for mark in DOCTYPES)


def _read_sheets(path: Path, content: bytes, wanted: Collection[str]) -> RawBook:
    reader = _opened(content, data_only=False)
    names = reader.wb.sheetnames
    sheets = {name: list(_rows(path, reader.wb[name])) for name in names if name in wanted}
    has_formulas = any(cell.kind == "f" for rows in sheets.values() for _, cells in rows for cell in cells)
    computed = _opened(content, data_only=True) if has_formulas else None
    found = {}
    for name, rows in sheets.items():
        values = dict(_rows(path, computed.wb[name])) if computed else {}
        found[name] = RawSheet(
            tuple((number, _computed(cells, values.get(number, ()))) for number, cells in rows),
            merged=_merged(reader, name),
            formulas=sum(cell.kind == "f" for _, cells in rows for cell in cells),
        )
    return RawBook(found, tuple(name for name in names if name not in wanted))


def _opened(content: bytes, *, data_only: bool) -> ExcelReader:
    reader = ExcelReader(io.BytesIO(content), read_only=True, data_only=data_only, keep_vba=False, keep_links=False)
    reader.read()
    return reader


def _rows(path: Path, sheet: Any) -> Iterator[tuple[int, tuple[RawCell, ...]]]:
    """Rows that hold something; what the file says of the size of the sheet is not believed."""
    sheet.reset_dimensions()
    count = 0
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        if number > LAST_ROW_OF_EXCEL:
            raise _damaged(path, f"sheet {sheet.title} has a row {number}")
        if len(cells) > COLUMNS_MAX:
            raise _too_large(path, f"at most {COLUMNS_MAX} columns in sheet {sheet.title}")
        if any(cell.value is not None for cell in cells):
            count += 1
            if count > ROWS_MAX:
                raise _too_large(path, f"at most {ROWS_MAX:,} rows in sheet {sheet.title}")
            yield number, tuple(RawCell(cell.value, cell.data_type) for cell in cells)


def _computed(cells: Sequence[RawCell], values: Sequence[RawCell]) -> tuple[RawCell, ...]:
    """The cells of a row, formulas with the value they had when the file was saved; those without one stay formulas."""
    known = {place: cell for place, cell in enumerate(values) if cell.value is not None}
    return tuple(known.get(place, cell) if cell.kind == "f" else cell for place, cell in enumerate(cells))


def _merged(reader: ExcelReader, name: str) -> tuple[tuple[str, int, int], ...]:
    """Merged cells of a sheet; they are listed at its end, which openpyxl does not read with the rows."""
    target = next(rel.target for sheet, rel in reader.parser.find_sheets() if sheet.name == name)
    found = []
    for match in MERGED.finditer(reader.archive.read(target)):
        cells = match[1].decode()
        _, first, _, last = range_boundaries(cells)
        found.append((cells, first or 1, last or LAST_ROW_OF_EXCEL))
    return tuple(found)


def _too_large(path: Path, expected: str) -> DataError:
    return DataError(f"{path}: too large; expected {expected}, got more. Export anew and copy your changes over.")


def _damaged(path: Path, reason: str) -> DataError:
    return DataError(f"{path}: damaged ({reason}); expected a workbook that Excel can open. Save it anew as .xlsx.")
