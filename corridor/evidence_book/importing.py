"""Brings a filled-in workbook back: a folder of tables, and what has changed; or every fault, and nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corridor.bundled import data_path
from corridor.errors import DataError, ScenarioError
from corridor.evidence import read_evidence
from corridor.evidence.table_changes import TableChange, compare_rows, is_same, keyed
from corridor.evidence.table_forms import OWN_FORMS, TABLE_FILES, YEARS_FILE, TableForm
from corridor.evidence.table_text import WrittenRow, WrittenTables, line_of, read_written_tables
from corridor.evidence_book.checking import find_faults
from corridor.evidence_book.faults import BookFault
from corridor.evidence_book.sheets import Draft, read_draft
from corridor.evidence_book.template import tables_digest
from corridor.report.writable import check_writable, replacing

LISTED_FAULTS = 500
"""Faults that one message lists."""


NUMBERS_OF_A_SOURCE = ("value", "low", "high", "hours", "fee_usd", "ordinary_h", "congested_h", "congested_share")
"""Columns whose numbers rest on the source and grade that the row names."""


@dataclass(frozen=True, slots=True)
class ImportedBook:
    """What came of a workbook.

    Parameters
    ----------
    folder : of the tables that were written
    changes : against the tables that it was compared with; `TableChange.line` is the row of the sheet
    remarks : what a reader should know though it is no fault
    """

    folder: Path
    changes: tuple[TableChange, ...]
    remarks: tuple[str, ...]


def import_book(path: Path, folder: Path, *, start: Path | None = None) -> ImportedBook:
    """Write the tables of a workbook as a folder that scenarios can run on; an older one of the name is replaced.

    Parameters
    ----------
    start : folder of the tables that the workbook was made from, against which it is compared and which stand in for
        tables that it does not hold; the bundled ones when None

    Raises
    ------
    ScenarioError
        The folder holds something else, or changes that would be lost, or cannot be written.
    DataError
        The workbook or its tables have faults; all of them in one message, and nothing is written.
    """
    check_place(folder)
    check_writable(folder.parent)
    read_evidence(start)
    base = read_written_tables(start or data_path())
    draft = read_draft(path)
    _check_loss(folder, draft, base)
    _refuse_faults(path, find_faults(draft, base))
    changes = [
        change
        for form in OWN_FORMS
        if form.name in draft.tables
        for change in compare_rows(form, base.rows[form.name], draft.tables[form.name])
    ]
    _write_folder(folder, _files(draft, base))
    remarks = (*_digest_remark(path, draft, base), *_same_source_remarks(changes), *draft.remarks)
    return ImportedBook(folder, tuple(changes), remarks)


def check_place(folder: Path) -> None:
    """Raise ScenarioError where a folder of tables may not be put: something else would be lost."""
    if not folder.exists():
        return
    names = {entry.name for entry in folder.iterdir()} if folder.is_dir() else {folder.name}
    foreign = sorted(names - set(TABLE_FILES))
    if foreign or (names and YEARS_FILE not in names):
        raise ScenarioError(
            f"{folder}: holds something else; expected a new folder, or one made by `corridor evidence import`, "
            f"got {foreign[0] if foreign else 'no ' + YEARS_FILE} in it. Choose another folder."
        )


def _check_loss(folder: Path, draft: Draft, base: WrittenTables) -> None:
    """Raise ScenarioError where a folder that is replaced has changes of its own in tables that the book leaves out."""
    in_book = {form.file for form in OWN_FORMS if form.name in draft.tables}
    kept = [(folder / name, content) for name, content in base.files.items() if name not in in_book]
    lost = [path.name for path, content in kept if path.is_file() and path.read_bytes() != content]
    if lost:
        raise ScenarioError(
            f"{folder}: has changes of its own in {', '.join(lost)}, which the workbook leaves out; expected a folder "
            f"without. Start from it (--from {folder}) to keep them, or choose another folder."
        )


def _refuse_faults(path: Path, faults: Sequence[BookFault]) -> None:
    if not faults:
        return
    number = "1 fault" if len(faults) == 1 else f"{len(faults):,} faults"
    lines = [str(fault) if fault.sheet else fault.text for fault in faults[:LISTED_FAULTS]]
    more = len(faults) - len(lines)
    head = f"{path}: {number}; nothing was written. Correct them in the workbook:"
    raise DataError("\n".join([head, *lines, *([f"... and {more:,} more faults."] if more else [])]))


def _digest_remark(path: Path, draft: Draft, base: WrittenTables) -> list[str]:
    if draft.digest == tables_digest(base.files):
        return []
    remark = (
        f"{path}: made from other tables than those it is compared with, so that what differs between these stands "
        "among the changes, and holds. Name the folder that it was made from with --from, or export anew."
    )
    return [remark]


def _same_source_remarks(changes: Sequence[TableChange]) -> Iterator[str]:
    """A remark for each row of which a number changed while its source and grade did not."""
    rows: dict[tuple[str, int, str], set[str]] = {}
    for change in changes:
        if change.kind == "changed":
            rows.setdefault((change.table, change.line, change.row), set()).add(change.column)
    for (table, line, row), columns in rows.items():
        numbers = sorted(column for column in columns if column in NUMBERS_OF_A_SOURCE)
        if numbers and not columns & {"source", "grade"}:
            yield (
                f"sheet {table}, row {line}: {row}: {', '.join(numbers)} changed, source and grade did not: the report "
                "will name the old source for your number. Name your own."
            )


def _files(draft: Draft, base: WrittenTables) -> dict[str, bytes]:
    """Every file of the folder; a row that says the same as before keeps its bytes."""
    edited = {
        form.file: "".join([base.headers[form.name], *_lines(form, base.rows[form.name], draft.tables[form.name])])
        for form in OWN_FORMS
        if form.name in draft.tables
    }
    return {name: edited[name].encode() if name in edited else content for name, content in base.files.items()}


def _lines(form: TableForm, old: Sequence[WrittenRow], new: Sequence[WrittenRow]) -> Iterator[str]:
    before = keyed(form, old)
    for key, row in keyed(form, new).items():
        was = before.get(key)
        yield _line(form, was, row) if was else line_of(row.cells)


def _line(form: TableForm, old: WrittenRow, new: WrittenRow) -> str:
    cells = [
        was if is_same(column, was, now) else now
        for column, was, now in zip(form.columns, old.cells, new.cells, strict=True)
    ]
    return old.written if cells == list(old.cells) else line_of(cells)


def _write_folder(folder: Path, files: dict[str, bytes]) -> None:
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with replacing(folder) as beside:
            for name, content in files.items():
                (beside / name).write_bytes(content)
    except OSError as error:
        raise ScenarioError(f"{folder}: cannot be written ({error.strerror}). Choose another folder.") from error
