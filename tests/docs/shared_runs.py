"""Commands that several pages give and that take long: run once a session, whichever worker comes first."""

from __future__ import annotations

import fcntl
import json
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

Done = subprocess.CompletedProcess[str]


@dataclass(frozen=True)
class SharedRuns:
    """What the shared commands printed and wrote.

    Parameters
    ----------
    place : folder that all workers of a session see
    commands : commands that do not depend on where they are run
    run : what runs one of them in a folder
    """

    place: Path
    commands: tuple[str, ...]
    run: Callable[[str, Path], Done]

    def done(self, command: str, folder: Path) -> Done:
        """The outcome of a command, and what it wrote copied to a folder."""
        kept = self.kept(command)
        shutil.copytree(kept / "written", folder, dirs_exist_ok=True)
        return Done(command, **json.loads((kept / "outcome.json").read_text(encoding="utf-8")))

    def kept(self, command: str) -> Path:
        """Folder with what a command wrote (`written`) and its outcome, run now if nobody has."""
        kept = self.place / f"shared-run-{self.commands.index(command)}"
        kept.mkdir(exist_ok=True)
        with (kept / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not (kept / "outcome.json").exists():
                (kept / "written").mkdir()
                done = self.run(command, kept / "written")
                outcome = {"returncode": done.returncode, "stdout": done.stdout, "stderr": done.stderr}
                (kept / "outcome.json").write_text(json.dumps(outcome), encoding="utf-8")
        return kept
