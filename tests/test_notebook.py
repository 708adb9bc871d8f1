"""Notebooks run from top to bottom, say in words what they show, and are committed without outputs."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

NOTEBOOKS = sorted((Path(__file__).resolve().parents[1] / "notebooks").glob("*.ipynb"))
LIMIT_S = 60
STATED = {"01": (r"(\d+) days", r"arrives after ([\d.]+) days"), "02": (r"In (\d+) %", r"the cheapest in (\d+)%")}
"""Number of a notebook -> a figure in its first paragraph, and in what it prints."""

read_notebook: Any = nbformat.read


@pytest.fixture(scope="module", params=NOTEBOOKS, ids=[path.stem for path in NOTEBOOKS])
def executed(request: pytest.FixtureRequest) -> tuple[str, Any, float]:
    """Number of a notebook, the notebook with its outputs, and the seconds it took."""
    notebook = read_notebook(request.param, as_version=4)
    start = time.perf_counter()
    NotebookClient(notebook, timeout=LIMIT_S, kernel_name="python3").execute(cwd=str(request.param.parent))
    return request.param.stem[:2], notebook, time.perf_counter() - start


@pytest.mark.parametrize("path", NOTEBOOKS, ids=[path.stem for path in NOTEBOOKS])
def test_a_notebook_is_committed_without_outputs(path: Path) -> None:
    code = [cell for cell in read_notebook(path, as_version=4).cells if cell.cell_type == "code"]
    assert [(cell.outputs, cell.execution_count) for cell in code] == [([], None)] * len(code)


def test_a_notebook_runs_in_less_than_a_minute(executed: tuple[str, Any, float]) -> None:
    assert executed[2] < LIMIT_S


def test_each_figure_is_followed_by_what_to_read_off_it(executed: tuple[str, Any, float]) -> None:
    figures = [cell for cell in executed[1].cells if "plt.show()" in cell.source]
    assert len(figures) == 2
    for cell in figures:
        assert any("image/png" in output.get("data", {}) for output in cell.outputs)
        assert _printed(cell).startswith("Read off: ")


def test_the_first_paragraph_gives_the_figure_that_the_notebook_finds(executed: tuple[str, Any, float]) -> None:
    number, notebook, _ = executed
    stated, found = STATED[number]
    said = re.search(stated, notebook.cells[0].source)
    computed = re.search(found, "".join(_printed(cell) for cell in notebook.cells))
    assert said
    assert computed
    assert int(said.group(1)) == round(float(computed.group(1)))


def _printed(cell: Any) -> str:
    return "".join(output.text for output in cell.get("outputs", []) if output.output_type == "stream")
