"""Why two options of a run differ, and why two runs differ: run folders read, scenarios run where need be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from corridor.analysis.attribution import GROUPS_MAX, Attribution, Group, grouped, total
from corridor.analysis.comparison import (
    Comparison,
    EvidenceValue,
    ReportedRun,
    changed_evidence,
    changed_files,
    changed_versions,
    key_input,
    pair_options,
)
from corridor.analysis.explain import Difference, explain
from corridor.errors import ScenarioError
from corridor.evidence import Evidence, list_figures, read_evidence, status_on
from corridor.names import suggestion
from corridor.report.manifest import table_hashes
from corridor.report.run_folder import read_run_folder, report_run
from corridor.reruns import scenario_shares
from corridor.run import Progress
from corridor.scenario import OVERRIDE, bundled_scenarios, changed_keys
from corridor.scenario.loading import EVIDENCE
from corridor.scenario_reading import run_named

SCENARIO_SUFFIXES = (".yaml", ".yml")
BEST_BEFORE, BEST_NOW = "the best option before", "The best option now"
"""How a comparison of two runs calls the options of rank 1."""


def read_or_run(name: str | Path, *, progress: Progress) -> ReportedRun:
    """What a run reported of its ways by road: read from its folder, or run now where a scenario is named.

    Parameters
    ----------
    name : a folder written by `corridor run`, a scenario file, or the id of a bundled scenario

    Raises
    ------
    ScenarioError, DataError, RouteError
        Nothing of that name exists, the folder is damaged, or the scenario has no answer.
    """
    path = Path(name)
    if path.is_dir():
        return read_run_folder(path)
    if path.suffix not in SCENARIO_SUFFIXES and str(name) not in bundled_scenarios():
        raise ScenarioError(
            f"{name}: no such run or scenario; expected a folder written by `corridor run`, a .yaml file "
            f"or the id of a bundled scenario, got nothing there. {suggestion(str(name), bundled_scenarios())}"
        )
    return report_run(run_named(str(name), None, against_sea=False, progress=progress))


def explain_run(reported: ReportedRun, options: tuple[str, str] | None = None) -> Difference:
    """Why the second of two options differs from the first.

    Parameters
    ----------
    options : their labels; the best option and the best on other roads, else the second best, when None

    Raises
    ------
    ScenarioError
        The run has no option of that label, or only one option.
    """
    accounts = {account.label: account for account in reported.accounts}
    a, b = options or _best_and_rival(reported)
    for label in (a, b):
        if label not in accounts:
            raise ScenarioError(
                f"{reported.name}: no option '{label}'; expected one of {', '.join(accounts)}, got '{label}'. "
                "Choose two of them."
            )
    return explain(accounts[a], accounts[b])


def _best_and_rival(reported: ReportedRun) -> tuple[str, str]:
    labels = [option.label for option in reported.options if option.rank is not None]
    if len(labels) < 2:
        raise ScenarioError(
            f"{reported.name}: nothing to compare with; expected two open options, got {len(labels)}. "
            "Ask for more routes.alternatives, or name two options."
        )
    return labels[0], reported.rival or labels[1]


def compare_runs(
    old: ReportedRun, new: ReportedRun, *, most_groups: int = GROUPS_MAX, progress: Progress
) -> Comparison:
    """What differs between two runs, and what the change of the best option is due to.

    Parameters
    ----------
    most_groups : changed keys that are told apart; more of them are told apart by section

    Notes
    -----
    Changed keys of the scenario are attributed by runs with the present tables and version of the program;
    what these runs do not bring about is the rest, due to other data, networks or versions. Where a scenario
    has no answer with the present tables, nothing is attributed to its keys, and `notes` say why. What own tables
    change is part of the rest.
    """
    evidence = read_evidence()
    tables = [values_of_tables(reported, evidence) for reported in (old, new)]
    changes = changed_keys(old.scenario, new.scenario, origin=new.name)
    keys = [change.key for change in changes if change.key != EVIDENCE]
    overridden = frozenset(key.removeprefix(f"{OVERRIDE}.") for key in keys)
    return Comparison(
        old_name=old.name,
        new_name=new.name,
        changed_keys=tuple(key_input(change, old, new, *tables) for change in changes),
        changed_evidence=changed_evidence(old, new, but=overridden),
        changed_files=changed_files(old.inputs_sha256, new.inputs_sha256),
        changed_versions=changed_versions(old, new),
        options=pair_options(old.options, new.options),
        best=_best_difference(old, new),
        attribution=_attribution(old, new, grouped(keys, most=most_groups), evidence=evidence, progress=progress),
    )


def has_present_tables(reported: ReportedRun) -> bool:
    """Whether a run was made with the tables as they are now."""
    return all(reported.inputs_sha256.get(name) == digest for name, digest in table_hashes().items())


def values_of_tables(reported: ReportedRun, evidence: Evidence) -> dict[str, EvidenceValue]:
    """Every number of a run's tables by key, and the state of posts on its day; nothing if they have changed since."""
    if not has_present_tables(reported):
        return {}
    numbers = {
        figure.key: EvidenceValue(_number_text(figure.value), figure.unit, _keys(figure.source))
        for figure in list_figures(evidence)
    }
    statuses = {key: status_on(evidence, key, reported.scenario.trip.departure) for key in evidence.crossings}
    states = {
        f"crossings.{key}.status": EvidenceValue(status.state, "", _keys(status.source))
        for key, status in statuses.items()
    }
    return {**numbers, **states}


def _number_text(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


def _keys(source: Sequence[str]) -> str:
    return ";".join(source)


def _attribution(
    old: ReportedRun, new: ReportedRun, groups: Sequence[Group], *, evidence: Evidence, progress: Progress
) -> Attribution | None:
    """Shares of groups of keys, and the rest of the reported change; None where a run has no best option."""
    if old.best is None or new.best is None:
        return None
    shares, notes = scenario_shares(old.scenario, new.scenario, groups, evidence=evidence, progress=progress)
    change = new.best.figures - old.best.figures
    rest = (change - total(share.mean for share in shares)).rounded()
    aged = [_tables_note(reported) for reported in (old, new) if groups and not has_present_tables(reported)]
    return Attribution(shares, rest, (*notes, *aged))


def _tables_note(reported: ReportedRun) -> str:
    return f"Runs of changed keys use the present tables, which are not those of {reported.name}."


def _best_difference(old: ReportedRun, new: ReportedRun) -> Difference | None:
    """The best option of the new run against that of the old, part by part."""
    if old.best is None or new.best is None:
        return None
    before, now = old.account(old.best.label), new.account(new.best.label)
    return explain(replace(before, label=BEST_BEFORE), replace(now, label=BEST_NOW))
