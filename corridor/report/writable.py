"""Whether results can be written, asked before the work begins; and folders that are whole or not there."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
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


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """A new folder beside the target that takes its place when all went well, and goes away when not."""
    folder = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        yield folder
        folder.chmod(0o755)
        _move_into_place(folder, target)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _move_into_place(folder: Path, target: Path) -> None:
    if not target.exists():
        folder.replace(target)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{target.name}-old-", dir=target.parent))
    target.replace(old)
    folder.replace(target)
    shutil.rmtree(old)
