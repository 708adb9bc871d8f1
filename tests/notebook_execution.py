"""Notebooks run from top to bottom: for the tests, and in place to renew their outputs (`make notebooks`)."""

from __future__ import annotations

import base64
import io
import sys
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from PIL import Image

FOLDER = Path(__file__).resolve().parents[1] / "notebooks"
LIMIT_S = 300
"""Seconds after which a cell is taken to hang."""

COLOURS = 256

read_notebook: Any = nbformat.read
write_notebook: Any = nbformat.write


def notebook_paths() -> list[Path]:
    """The notebooks in the order of their numbers."""
    return sorted(FOLDER.glob("*.ipynb"))


def execute(path: Path) -> Any:
    """The notebook with the outputs of a new run, without progress messages and times."""
    notebook = read_notebook(path, as_version=4)
    client = NotebookClient(notebook, timeout=LIMIT_S, kernel_name="python3", record_timing=False)
    client.execute(cwd=str(path.parent))
    notebook.metadata["language_info"] = {"name": "python"}
    for cell in code_cells(notebook):
        cell.outputs = [_lighter(output) for output in cell.outputs if output.get("name") != "stderr"]
    return notebook


def _lighter(output: Any) -> Any:
    """An output fit for the repository: no frame with a live map, and pictures in 256 colours, a third of the size."""
    if "<iframe" in output.get("data", {}).get("text/html", ""):
        del output["data"]["text/html"]
    if "image/png" in output.get("data", {}):
        picture = Image.open(io.BytesIO(base64.b64decode(output["data"]["image/png"]))).convert("RGB")
        lighter = io.BytesIO()
        picture.quantize(COLOURS, dither=Image.Dither.NONE).save(lighter, format="png", optimize=True)
        output["data"]["image/png"] = base64.b64encode(lighter.getvalue()).decode()
    return output


def code_cells(notebook: Any) -> list[Any]:
    """Its cells of code."""
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def text_of(cell: Any) -> str:
    """What a cell prints and shows, as text; a picture only by its name."""
    shown = (output.get("data", {}).get("text/plain", "") for output in cell.outputs if output.output_type != "stream")
    return "".join((printed_by(cell), *shown))


def printed_by(cell: Any) -> str:
    """What a cell prints."""
    return "".join(output.text for output in cell.get("outputs", []) if output.output_type == "stream")


if __name__ == "__main__":
    for path in [Path(name) for name in sys.argv[1:]] or notebook_paths():
        executed = execute(path)
        beside = path.with_suffix(".part")
        write_notebook(executed, beside)
        beside.replace(path)
        print(path.name)  # noqa: T201
