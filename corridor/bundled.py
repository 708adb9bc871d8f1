"""Where the files that travel with the package are: inside the wheel, else in the repository."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).parent


def data_path(*parts: str) -> Path:
    """Path of a bundled data file or folder, e.g. ``data_path("parameters.csv")``."""
    return _folder("data").joinpath(*parts)


def scenarios_path(*parts: str) -> Path:
    """Path of a bundled scenario file, or of their folder when called without parts."""
    return _folder("scenarios").joinpath(*parts)


def _folder(name: str) -> Path:
    installed = PACKAGE / "bundled" / name
    return installed if installed.is_dir() else PACKAGE.parent / name
