"""The notebook runs from top to bottom, says in words what it shows, and is committed without outputs."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

NOTEBOOK = Path(__file__).resolve().parents[1] / "notebooks" / "01-which-way-to-minsk.ipynb"
LIMIT_S = 60

read_notebook: Any = nbformat.read


@pytest.fixture(scope="module")
def executed() -> tuple[Any, float]:
    """The notebook with its outputs, and the seconds it took."""
    notebook = read_notebook(NOTEBOOK, as_version=4)
    start = time.perf_counter()
    NotebookClient(notebook, timeout=LIMIT_S, kernel_name="python3").execute(cwd=str(NOTEBOOK.parent))
    return notebook, time.perf_counter() - start


def test_the_notebook_is_committed_without_outputs() -> None:
    code = [cell for cell in read_notebook(NOTEBOOK, as_version=4).cells if cell.cell_type == "code"]
    assert [(cell.outputs, cell.execution_count) for cell in code] == [([], None)] * len(code)


def test_the_notebook_runs_in_less_than_a_minute(executed: tuple[Any, float]) -> None:
    assert executed[1] < LIMIT_S


def test_each_figure_is_followed_by_what_to_read_off_it(executed: tuple[Any, float]) -> None:
    figures = [cell for cell in executed[0].cells if "plt.show()" in cell.source]
    assert len(figures) == 2
    for cell in figures:
        assert any("image/png" in output.get("data", {}) for output in cell.outputs)
        assert _printed(cell).startswith("Read off: ")


def test_the_first_paragraph_gives_the_days_that_the_notebook_finds(executed: tuple[Any, float]) -> None:
    stated = re.search(r"(\d+) days", executed[0].cells[0].source)
    found = re.search(r"arrives after ([\d.]+) days", "".join(_printed(cell) for cell in executed[0].cells))
    assert stated
    assert found
    assert int(stated.group(1)) == round(float(found.group(1)))


def _printed(cell: Any) -> str:
    return "".join(output.text for output in cell.get("outputs", []) if output.output_type == "stream")
