"""What a workbook has changed, on the terminal."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import asdict
from typing import Any

from corridor.evidence.table_changes import TableChange
from corridor.evidence.table_forms import OWN_FORMS
from corridor.evidence_book import ImportedBook
from corridor.evidence_book.faults import where
from corridor.printing import print_json

_FORMS = {form.name: form for form in OWN_FORMS}


def print_imported(imported: ImportedBook, *, as_json: bool) -> None:
    """Every change by sheet and cell, old -> new, then how many; remarks go to stderr."""
    for remark in imported.remarks:
        sys.stderr.write(f"corridor: {remark}\n")
    if as_json:
        changes = [_document(change) for change in imported.changes]
        print_json({"folder": str(imported.folder), "changes": changes, "remarks": list(imported.remarks)})
        return
    for change in imported.changes:
        sys.stdout.write(f"{_where(change)}: {_what(change)}\n")
    sys.stdout.write(f"{_count_text(imported)}. {imported.folder} written.\n")
    sys.stdout.write(f"Run with it: corridor run islamabad-minsk --set evidence={imported.folder}\n")


def _where(change: TableChange) -> str:
    if change.kind == "removed":
        return where(change.table, 0, 0)
    column = _FORMS[change.table].place_of(change.column) + 1 if change.column else 0
    return where(change.table, change.line, column)


def _what(change: TableChange) -> str:
    if change.kind != "changed":
        return f"{change.row}: {'new row' if change.kind == 'added' else 'row removed'}"
    return f"{change.row}: {change.column}: {change.old or 'empty'} -> {change.new or 'empty'}"


def _count_text(imported: ImportedBook) -> str:
    counts = Counter(change.kind for change in imported.changes)
    changed, added, removed = (counts[kind] for kind in ("changed", "added", "removed"))
    return f"Cells changed: {changed:,}; rows added: {added:,}; rows removed: {removed:,}"


def _document(change: TableChange) -> dict[str, Any]:
    return {**asdict(change), "where": _where(change)}
