"""What the tests of the documentation share: one quick run, and the site built from it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.blocks import ROOT
from tests.docs.playing import run_bash
from tests.docs.shared_runs import SharedRuns

QUICK_RUN = "corridor run islamabad-minsk --quick"


@pytest.fixture(scope="session")
def shared_runs(tmp_path_factory: pytest.TempPathFactory) -> SharedRuns:
    base = tmp_path_factory.getbasetemp()
    place = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    return SharedRuns(place, (QUICK_RUN,), lambda command, folder: run_bash(command, folder, ROOT))


@pytest.fixture(scope="session")
def quick_run(shared_runs: SharedRuns) -> Path:
    """A run folder without the figures that close posts."""
    (folder,) = (shared_runs.kept(QUICK_RUN) / "written" / "runs").iterdir()
    return folder


@pytest.fixture(scope="session")
def site(quick_run: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built as `make docs` does; a warning stops the build."""
    folder = tmp_path_factory.mktemp("site")
    environment = os.environ | {"CORRIDOR_DOCS_RUN": str(quick_run), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return folder
