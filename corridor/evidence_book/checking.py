"""Every fault of a filled-in workbook at once, found by the same readers that a run trusts."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from corridor.errors import DataError
from corridor.evidence import LedgerFinding, check_tables, read_evidence
from corridor.evidence.table_changes import keyed
from corridor.evidence.table_forms import OWN_FORMS, TableForm
from corridor.evidence.table_text import WrittenRow, WrittenTables, line_of
from corridor.evidence_book.faults import BookFault, fault_at, in_book_order
from corridor.evidence_book.sheets import Draft
from corridor.tables import TableError

UNUSED = "unused source"
"""Check of the ledger that is no fault here: who replaces a source by her own need not remove the old one."""

LEDGER_NAMES: tuple[tuple[str, str], ...] = (
    ("parameters", "parameters.{name}.{scope}: "),
    ("crossing_times", "crossing_times.csv: {crossing} {direction} {movement} {kind} {year}: "),
    ("crossing_times", "crossing_times.csv: {crossing} {direction} {movement} {year}: "),
    ("queue_estimates", "queue_estimates.csv: {crossing} {direction}: "),
    ("closed_days", "closed_days.csv: {crossing} {first_day}: "),
    ("eligibility", "eligibility.csv: {plate} in {country}: "),
    ("truck_bans", "truck_bans.csv: {id}: "),
    ("deflators", "deflators.csv: {currency} {year}: "),
    ("ferry_sailings", "ferries.{ferry}.{direction}.{quantity}: "),
    ("sea_routes", "sea_routes.{port}.{way}.{quantity}: "),
    ("corridors", "corridors.csv: {id}: "),
    ("vehicles", "vehicles.csv: {id}: "),
    ("cargo_kinds", "cargo_kinds.csv: {id}: "),
    ("driver_rules", "driver_rules.csv: {id}: "),
    ("sources", "sources.csv: '{key}' "),
)
"""Table, and how a message of the ledger about one of its rows begins, by the cells of the row."""

LEDGER_COLUMNS: Mapping[str, str] = {
    "note": "note",
    "upgraded": "grade",
    "range": "value",
    "order": "low",
    "year": "year",
    "undated source": "year",
    "corridors": "posts",
}
"""Check of the ledger -> the column to look at."""


@dataclass(slots=True)
class _Table:
    """A table on its way to being sound: rows with faults give way to those of the tables that the book began from.

    Parameters
    ----------
    form : what it looks like
    rows : as filled in, less what had faults; None where the whole table gave way
    tries : how often it was found to have faults
    """

    form: TableForm
    rows: tuple[WrittenRow, ...] | None
    tries: int = 0


@dataclass(slots=True)
class _Check:
    base: WrittenTables
    tables: dict[str, _Table]
    faults: list[BookFault]
    dropped: set[str] = field(default_factory=set)

    def give_way(self, name: str, lines: set[int]) -> None:
        """Restore or drop the rows of some lines; at the third time the whole table."""
        table = self.tables[name]
        table.tries += 1
        rows, before = table.rows or (), keyed(table.form, self.base.rows[name])
        if table.tries > 2 or not lines:
            self.dropped |= {row.cells[0] for row in rows}
            table.rows = None
            return
        kept = []
        for key, row in keyed(table.form, rows).items():
            if row.line not in lines:
                kept.append(row)
            elif key in before and table.tries == 1:
                kept.append(WrittenRow(row.line, before[key].cells))
            else:
                self.dropped.add(row.cells[0])
        table.rows = tuple(kept)

    def note(self, form: TableForm, line: int, text: str) -> None:
        """Keep a fault, unless it only follows from another one."""
        is_echo = "unknown" in text and any(f"'{name}'" in text for name in self.dropped if name)
        told = {(fault.sheet, fault.row) for fault in self.faults}
        if not is_echo and (self.tables[form.name].tries == 0 or (form.name, line) not in told):
            self.faults.append(fault_at(form, line, text))


def find_faults(draft: Draft, base: WrittenTables) -> list[BookFault]:
    """Everything that is wrong with a filled-in book, sheet by sheet; empty when a run can use its tables.

    Parameters
    ----------
    base : tables that stand in for what the book does not hold, and for rows that have faults

    Notes
    -----
    Reading stops at the first table with faults. Its faults are noted, its faulty rows give way to sound ones, and
    all is read again, until every table was looked at.
    """
    tables = {form.name: _Table(form, draft.tables.get(form.name)) for form in OWN_FORMS}
    check = _Check(base, tables, list(draft.faults))
    for name in tables:
        lines = {fault.row for fault in draft.faults if fault.sheet == name and name in draft.tables}
        if lines:
            check.give_way(name, lines)
    with tempfile.TemporaryDirectory() as folder:
        while not (state := _read(check, Path(folder))).is_over:
            pass
        if state.is_sound:
            check.faults += _ledger_faults(check, Path(folder))
    return in_book_order(check.faults)


@dataclass(frozen=True, slots=True)
class _State:
    """How a reading ended: whether nothing more can be found, and whether all tables are sound by now."""

    is_over: bool
    is_sound: bool = False


def _read(check: _Check, folder: Path) -> _State:
    """Read the tables as they are by now; the faults of the first one that has some are noted."""
    write_tables(
        folder, check.base, {name: table.rows for name, table in check.tables.items() if table.rows is not None}
    )
    try:
        read_evidence(folder)
    except TableError as error:
        return _State(is_over=not _take_in(check, error))
    except DataError as error:
        _note_unplaced(check, error)
        return _State(is_over=True)
    return _State(is_over=True, is_sound=True)


def _note_unplaced(check: _Check, error: DataError) -> None:
    """Keep faults that belong to no sheet; after others they may only follow from rows that gave way."""
    if not check.faults:
        check.faults += [BookFault("", 0, 0, line) for line in str(error).splitlines()]


def _take_in(check: _Check, error: TableError) -> bool:
    """Note the faults of a table and let its rows give way; False where it gave way already."""
    name = error.table.removesuffix(".csv")
    table = check.tables.get(name)
    if table is None or table.rows is None:
        _note_unplaced(check, error)
        return False
    for line, text in error.faults:
        check.note(table.form, line, text)
    check.give_way(name, {line for line, _ in error.faults if line > 1})
    return True


def write_tables(folder: Path, base: WrittenTables, tables: Mapping[str, tuple[WrittenRow, ...]]) -> None:
    """Write tables as a folder, each row on the line of its row in the sheet; the others as they are."""
    for name, content in base.files.items():
        (folder / name).write_bytes(content)
    for name, rows in tables.items():
        text = base.headers[name] + "".join(_numbered(rows))
        (folder / f"{name}.csv").write_text(text, encoding="utf-8", newline="")


def _numbered(rows: tuple[WrittenRow, ...]) -> Iterator[str]:
    line = 2
    for row in sorted(rows, key=lambda row: row.line):
        yield "\n" * (row.line - line) + line_of(row.cells)
        line = row.line + 1


def _ledger_faults(check: _Check, folder: Path) -> Iterator[BookFault]:
    """Faults that reading lets pass; those that belong to no row may only follow from rows that gave way."""
    is_whole = not check.faults
    for finding in check_tables(folder):
        if finding.severity == "fault" and finding.check != UNUSED:
            fault = _ledger_fault(check, finding)
            if fault.sheet or is_whole:
                yield fault


def _ledger_fault(check: _Check, finding: LedgerFinding) -> BookFault:
    """The fault at the row that it names; where several rows have that name, at the first that was edited."""
    for name, begin in LEDGER_NAMES:
        table = check.tables[name]
        names = [column.name for column in table.form.columns]
        meant = [
            row
            for row in table.rows or ()
            if finding.text.startswith(begin.format_map(dict(zip(names, row.cells, strict=True))))
        ]
        if meant:
            kept = {row.cells for row in check.base.rows[name]}
            row = next((row for row in meant if row.cells not in kept), meant[0])
            column = LEDGER_COLUMNS.get(finding.check, "")
            return BookFault(name, row.line, names.index(column) + 1 if column in names else 0, finding.text)
    return BookFault("", 0, 0, finding.text)
