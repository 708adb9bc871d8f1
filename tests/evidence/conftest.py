"""The bundled evidence, read once, and a copy of it that a test may damage."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from corridor.bundled import data_path
from corridor.evidence import Evidence, read_evidence


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
