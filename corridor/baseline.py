"""The scenario that a run starts from, and what differs from it (F42)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from corridor.analysis.assessment import Assessment
from corridor.analysis.comparison import Comparison
from corridor.bundled import scenarios_path
from corridor.differences import compare_runs, read_or_run
from corridor.errors import CorridorError
from corridor.report.run_folder import report_run
from corridor.run import Progress
from corridor.scenario.files import FRAGMENTS, read_files

MOST_GROUPS = 3
"""Changed keys are told apart up to this number, and by section beyond it: each doubles the runs it takes."""


def find_baseline(scenario: str | Path, assignments: Sequence[str]) -> str | None:
    """What a scenario starts from: itself without the assignments, else the scenario that it extends.

    Returns
    -------
    str or None
        A file or the id of a bundled scenario; None where it extends nothing that could run by itself.
    """
    if assignments:
        return str(scenario)
    files = read_files(scenario)
    fragments = {scenarios_path(f"{name}.yaml").resolve() for name in FRAGMENTS}
    if len(files) < 2 or files[1].path in fragments:
        return None
    return str(files[1].path)


def compare_with_baseline(
    scenario: str | Path, assignments: Sequence[str], assessment: Assessment, *, progress: Progress
) -> Comparison | None:
    """What differs between a run and its baseline; None where it has none, or where that has no answer of its own."""
    baseline = find_baseline(scenario, assignments)
    if baseline is None:
        return None
    progress(f"comparing with {baseline}")
    try:
        before = read_or_run(baseline, progress=progress)
    except CorridorError as error:
        progress(f"no comparison: {str(error).splitlines()[0]}")
        return None
    return compare_runs(before, report_run(assessment), most_groups=MOST_GROUPS, progress=progress)
