"""Folders that are made on the way."""

from __future__ import annotations

from pathlib import Path

from corridor.errors import ScenarioError


def make_folder(folder: Path) -> None:
    """Make a folder with its parents; one that is there already is left as it is.

    Raises
    ------
    ScenarioError
        It cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ScenarioError(f"{folder}: cannot be made ({error.strerror}). Choose another folder.") from error
