"""The bundled evidence, read once; copies of it, as tables and as workbooks, that a test may damage."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from corridor.bundled import data_path
from corridor.evidence import Evidence, read_evidence
from corridor.evidence_book import export_book

SMALL = ("crossings", "crossing_times", "queue_estimates", "events", "sources")


@pytest.fixture(scope="session")
def evidence() -> Evidence:
    return read_evidence()


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    """A folder with copies of the bundled tables."""
    for path in [*data_path().glob("*.csv"), data_path("evidence.toml")]:
        shutil.copy(path, tmp_path)
    return tmp_path


def add_rows(path: Path, *rows: str) -> int:
    """Append rows to a table; the line of the first of them."""
    text = path.read_text(encoding="utf-8")
    path.write_text(text + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return text.count("\n") + 1


@pytest.fixture(scope="session")
def whole_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All bundled tables that a user may own, as a workbook."""
    path = tmp_path_factory.mktemp("books") / "book.xlsx"
    export_book(path)
    return path


@pytest.fixture(scope="session")
def small_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A few of the bundled tables as a workbook, which is quicker to edit."""
    path = tmp_path_factory.mktemp("books") / "small.xlsx"
    export_book(path, tables=SMALL)
    return path


def edited(book: Path, edit: Callable[[Workbook], object], folder: Path) -> Path:
    """A copy of a workbook as a user leaves it who opens, edits and saves it."""
    workbook = load_workbook(book)
    edit(workbook)
    path = folder / "edited.xlsx"
    workbook.save(path)
    return path
