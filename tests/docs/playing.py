"""Runs the blocks of a page in order, in one folder, as a reader would who types them in."""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from corridor.errors import ScenarioError
from corridor.evidence import read_evidence
from corridor.scenario import read_measure, read_scenario
from tests.docs.blocks import ROOT, Block
from tests.docs.shared_runs import SharedRuns

ELLIPSIS = "…"
CONSOLE_SCRIPT = "import sys; sys.argv[0] = 'corridor'; from corridor.cli import main; main()"
"""What the command `corridor` of an installed package does."""
_FILE = re.compile(r"# (?P<name>[\w./-]+\.yaml)(?P<kind>, refused|, a measure)?\b")
_PROGRESS = re.compile(r"(?m)^corridor: .* \.\.\.\n")
_MAKE = re.compile(r"^make (\w+)")


@dataclass
class Reader:
    """Someone who follows one page in one folder.

    Parameters
    ----------
    code : folder whose `corridor` package the commands run
    said : what the Python block before this one printed, not yet held against anything
    """

    folder: Path
    shared: SharedRuns
    code: Path = ROOT
    names: dict[str, object] = field(default_factory=dict)
    said: str | None = None

    def follow(self, block: Block) -> None:
        """Run a block, and hold what comes out against what the page shows."""
        if block.not_run_because:
            return
        said, self.said = self.said, None
        if block.language == "text" and said is not None:
            assert_looks_like(said, block.text, block.where)
        elif block.language in STEPS:
            STEPS[block.language](self, block)

    def run_shell(self, block: Block) -> None:
        """Commands whose output the page does not show."""
        if all(_MAKE.match(line) for line in block.text.splitlines()):
            return
        done = self._bash(block.text)
        assert done.returncode == 0, f"{block.where}: status {done.returncode}\n{done.stderr}"

    def run_console(self, block: Block) -> None:
        """Commands after `$ `, each with what it prints below it."""
        for command, shown in commands_in(block.text):
            done = self._bash(command)
            told = done.stdout + (_PROGRESS.sub("", done.stderr) if done.returncode else "")
            assert_looks_like(told, shown, f"{block.where}: $ {command}")

    def run_python(self, block: Block) -> None:
        """Code that goes on from the blocks before it."""
        printed = io.StringIO()
        with contextlib.chdir(self.folder), contextlib.redirect_stdout(printed):
            exec(compile(block.text, block.where, "exec"), self.names)  # noqa: S102
        self.said = printed.getvalue()

    def write_yaml(self, block: Block) -> None:
        """A file named in its first line, read as what it is."""
        found = _FILE.match(block.text)
        assert found, f"{block.where}: expected a first line like '# my-trip.yaml'"
        path = self.folder / found["name"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block.text, encoding="utf-8")
        known = read_evidence().known_names()
        if found["kind"] == ", a measure":
            read_measure(str(path), known=known)
            return
        with contextlib.chdir(self.folder):
            refusal = _refusal_of(path)
        assert bool(refusal) == (found["kind"] == ", refused"), f"{block.where}: {refusal or 'not refused'}"

    def read_json(self, block: Block) -> None:
        """A document that must be well formed."""
        json.loads(block.text)

    def _bash(self, command: str) -> subprocess.CompletedProcess[str]:
        if command.strip() in self.shared.commands:
            return self.shared.done(command.strip(), self.folder)
        return run_bash(command, self.folder, self.code)


STEPS = {
    "sh": Reader.run_shell,
    "console": Reader.run_console,
    "python": Reader.run_python,
    "yaml": Reader.write_yaml,
    "json": Reader.read_json,
}


def _refusal_of(path: Path) -> str:
    try:
        read_scenario(path, known=read_evidence().known_names())
    except ScenarioError as error:
        return str(error)
    return ""


def run_bash(command: str, folder: Path, code: Path) -> subprocess.CompletedProcess[str]:
    """A command in a shell that stops at the first fault and knows `corridor`."""
    python, code_of_script = shlex.quote(sys.executable), shlex.quote(CONSOLE_SCRIPT)
    shell = f'set -euo pipefail\ncorridor() {{ {python} -c {code_of_script} "$@"; }}\n{command}'
    environment = os.environ | {"PYTHONPATH": str(code), "COLUMNS": "80"}
    return subprocess.run(
        ["bash", "-c", shell], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def commands_in(console: str) -> Iterator[tuple[str, str]]:
    """Each command of a console block with the output shown."""
    for part in re.split(r"(?m)^\$ ", console)[1:]:
        command, _, shown = part.partition("\n")
        yield command, shown


def assert_looks_like(told: str, shown: str, where: str) -> None:
    """Hold output against what a page shows of it."""
    assert looks_like(told, shown), f"{where}\n--- the page shows\n{shown}\n--- it printed\n{told}"


def looks_like(told: str, shown: str) -> bool:
    """Whether output is what a page shows, where "…" stands for anything in a line, alone in a line for any lines.

    Examples
    --------
    >>> looks_like("a 1 b\\nc\\nd\\n", "a … b\\n…\\n"), looks_like("a 1 b\\nc\\n", "a … b\\n")
    (True, False)
    """
    pattern = "".join(_line_pattern(line) for line in shown.strip().splitlines())
    return re.fullmatch(pattern, told.strip() + "\n") is not None


def _line_pattern(line: str) -> str:
    if line == ELLIPSIS:
        return r"(?:.*\n)*?"
    return "[^\n]*?".join(map(re.escape, line.rstrip().split(ELLIPSIS))) + " *\n"
