"""Notebooks run from top to bottom, say in words what they show, and are committed with the outputs of that run."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import pytest

from tests.notebook_execution import code_cells, execute, notebook_paths, printed_by, read_notebook, text_of

NOTEBOOKS = notebook_paths()
MOST_BYTES = 1_000_000
STATED = {
    "01": (r"(\d+) days", r"arrives after ([\d.]+) days"),
    "02": (r"In (\d+) %", r"the cheapest in (\d+)%"),
    "03": (r"([\d.]+) pass at border posts", r"Read off: ([\d.]+) of"),
    "04": (r"(\d+) hours", r"Torkham shut: (\d+) hours"),
    "05": (r"together save (\d+) hours", r"all together (\d+) hours"),
    "06": (r"below (\d+) hours", r"below ([\d.]+) h"),
}
"""Number of a notebook -> a figure in its first paragraph, and in what it prints."""

each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=[path.stem for path in NOTEBOOKS])


@pytest.fixture(
    scope="module",
    params=[pytest.param(path, marks=pytest.mark.xdist_group(path.stem)) for path in NOTEBOOKS],
    ids=[path.stem for path in NOTEBOOKS],
)
def run_anew(request: pytest.FixtureRequest) -> tuple[Path, Any]:
    """A notebook, and the same with the outputs of a new run."""
    return request.param, execute(request.param)


def test_a_notebook_is_committed_with_the_outputs_of_its_last_run(run_anew: tuple[Path, Any]) -> None:
    path, anew = run_anew
    committed = read_notebook(path, as_version=4)
    texts = [[text_of(cell) for cell in code_cells(notebook)] for notebook in (committed, anew)]
    assert texts[0] == texts[1], f"{path.name}: other outputs than committed; run: make notebooks"
    assert [cell.execution_count for cell in code_cells(committed)] == [*range(1, len(code_cells(committed)) + 1)]


@each_notebook
def test_a_notebook_is_light_enough_for_a_code_host(path: Path) -> None:
    assert path.stat().st_size < MOST_BYTES


@each_notebook
def test_a_notebook_defines_no_function(path: Path) -> None:
    for cell in code_cells(read_notebook(path, as_version=4)):
        source = "\n".join(line for line in cell.source.splitlines() if not line.startswith("%"))
        assert not [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef | ast.ClassDef)]


@each_notebook
def test_each_figure_is_followed_by_what_to_read_off_it(path: Path) -> None:
    figures = [cell for cell in code_cells(read_notebook(path, as_version=4)) if "display(" in cell.source]
    assert len(figures) >= 1
    for cell in figures:
        assert any("image/png" in output.get("data", {}) for output in cell.outputs)
        assert printed_by(cell).startswith("Read off: ")


@each_notebook
def test_the_first_paragraph_gives_the_figure_that_the_notebook_finds(path: Path) -> None:
    notebook = read_notebook(path, as_version=4)
    stated, found = STATED[path.stem[:2]]
    said = re.search(stated, notebook.cells[0].source)
    computed = re.search(found, "".join(printed_by(cell) for cell in code_cells(notebook)))
    assert said
    assert computed
    assert abs(float(said.group(1)) - float(computed.group(1))) <= 0.5


@each_notebook
def test_the_last_cell_gives_run_command_licences_and_limits(path: Path) -> None:
    last = printed_by(code_cells(read_notebook(path, as_version=4))[-1])
    for part in ("Run ", "Reproduce with: corridor ", "OpenStreetMap", "GeoNames", "not for navigation"):
        assert part in last
