"""Runs of the scenarios that lie between two: which changed key does what to the best option."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import cache

from corridor.analysis.attribution import BestFigures, Group, Share, build_shares, subsets
from corridor.errors import CorridorError
from corridor.evidence import Evidence
from corridor.network.files import read_network
from corridor.report.summary import best_figures
from corridor.run import Progress, for_the_best, network_folder, run
from corridor.scenario import Scenario, read_measure, with_new_keys

Rerun = Callable[[Collection[str]], BestFigures]
"""The best option of the old scenario with some keys changed."""


def scenario_shares(
    old: Scenario, new: Scenario, groups: Sequence[Group], *, evidence: Evidence, progress: Progress
) -> tuple[tuple[Share, ...], tuple[str, ...]]:
    """Shares of groups of changed keys in the change of the best option, and notes on what could not be told apart.

    Notes
    -----
    All scenarios in between are run with this evidence. Where one of them has no answer, the keys are one
    group; where the two ends have none, nothing is attributed.
    """
    if not groups:
        return (), ()
    keys = [key for group in groups for key in group]
    rerun = build_rerun(old, new, evidence)
    together = (tuple(keys),)
    notes = [] if len(groups) == len(keys) else [f"{len(keys)} keys have changed; they are told apart by section."]
    for attempt in (groups, together) if len(groups) > 1 else (together,):
        try:
            return run_shares(attempt, rerun, progress=progress), tuple(notes)
        except CorridorError as error:
            notes.append(_failure_note(attempt, error))
    return (), tuple(notes)


def run_shares(groups: Sequence[Group], rerun: Rerun, *, progress: Progress) -> tuple[Share, ...]:
    """Shares of the groups, from a run for every way to have changed some of them."""
    some = subsets(groups)
    values = {}
    for number, changed in enumerate(some, start=1):
        progress(f"run {number} of {len(some)}")
        values[changed] = rerun([key for group in changed for key in group])
    return build_shares(groups, values)


def build_rerun(old: Scenario, new: Scenario, evidence: Evidence) -> Rerun:
    """Runs of the old scenario with some of the new keys, for the best option alone; each network is read once."""
    read_once, known = cache(read_network), evidence.known_names()

    def rerun(keys: Collection[str]) -> BestFigures:
        scenario = for_the_best(with_new_keys(old, new, keys, known=known))
        measures = [read_measure(name, known=known) for name in scenario.measures]
        network = read_once(network_folder(scenario))
        return best_figures(
            run(scenario, evidence, measures=measures, against_sea=False, network=network, progress=_say_nothing)
        )

    return rerun


def _failure_note(groups: Sequence[Group], error: CorridorError) -> str:
    head = "The keys cannot be told apart" if len(groups) > 1 else "The change of the scenario cannot be run again"
    return f"{head}: {str(error).splitlines()[0]}"


def _say_nothing(_: str) -> None:
    """Runs are counted, their stages are not told."""
