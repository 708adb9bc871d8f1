"""Whether results can be written, asked before the work begins."""

from __future__ import annotations

import tempfile
from pathlib import Path

from corridor.errors import ScenarioError


def check_writable(parent: Path) -> None:
    """Raise ScenarioError where the parent of run folders cannot be made or written to; makes nothing."""
    existing = next(folder for folder in (parent.absolute(), *parent.absolute().parents) if folder.exists())
    try:
        with tempfile.TemporaryFile(dir=existing):
            pass
    except OSError as error:
        raise not_writable(parent, error) from error


def not_writable(parent: Path, error: OSError) -> ScenarioError:
    """The error that says so."""
    return ScenarioError(
        f"--out {parent}: cannot be written to; expected a folder of one's own, got {error.strerror}. "
        "Name another folder."
    )
