"""Reading a scenario: files and assignments laid over each other, checked, and every change told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from corridor.scenario.assignments import build_assignment, origin_of
from corridor.scenario.checking import build_scenario
from corridor.scenario.faults import Fault, Origin, ScenarioFileError, in_words
from corridor.scenario.files import ScenarioFile, read_files
from corridor.scenario.known_names import KnownNames
from corridor.scenario.layers import OPTION, OVERRIDE, Change, stack
from corridor.scenario.measures import MEASURES, ListedMeasure, read_listed
from corridor.scenario.schema import BUNDLED, Scenario
from corridor.scenario.yaml_tree import Node, Tree, build_tree

EVIDENCE = "evidence"
TABLES_MARK = "evidence.toml"
"""The file by which a folder of tables is known."""


@dataclass(frozen=True, slots=True)
class ResolvedScenario:
    """A scenario with all it inherits, and where each value comes from.

    Parameters
    ----------
    origin_log : every value set, replaced or taken away, lowest layer first
    paths : the files read, the scenario's own first
    measures : those that the scenario lists, in its order
    """

    scenario: Scenario
    origin_log: tuple[Change, ...]
    paths: tuple[Path, ...]
    measures: tuple[ListedMeasure, ...] = ()

    @property
    def changes(self) -> tuple[Change, ...]:
        """What replaced or removed an earlier value, and what overrides the tables."""
        return tuple(change for change in self.origin_log if change.is_change)


def read_scenario(
    path_or_id: str | Path, *, known: KnownNames | None, assignments: Sequence[str] = ()
) -> ResolvedScenario:
    """A scenario with its parents and assignments applied.

    Parameters
    ----------
    path_or_id : a ``.yaml`` file, or the id of a bundled scenario
    known : names of the tables; None checks only the form of names
    assignments : ``key=value`` each, later ones over earlier ones

    Raises
    ------
    ScenarioFileError
        All faults of the files and assignments at once, in file order.
    """
    files = read_files(path_or_id)
    trees, labels = _layers(files, assignments)
    merged, origin_log, written = _merge(trees, labels)
    measures, misfits = read_listed(list(_listed(merged, _folders(files))), known)
    scenario = _build(merged, known, [*written, *misfits], labels)
    return ResolvedScenario(
        _with_assigned_last(scenario, merged), origin_log, tuple(file.path for file in files), measures
    )


def find_own_tables(path_or_id: str | Path, *, assignments: Sequence[str] = ()) -> Path | None:
    """The folder of own tables that a scenario names; None where it keeps to the bundled ones.

    It has to be known before the scenario is read, since the tables say which names a scenario may use.

    Raises
    ------
    ScenarioFileError
        There is no such folder, or the files cannot be read.
    """
    files = read_files(path_or_id)
    merged, _, _ = _merge(*_layers(files, assignments))
    node = merged.value.get(EVIDENCE) if isinstance(merged.value, Mapping) else None
    if node is None or not isinstance(node.value, str) or node.value in ("", BUNDLED):
        return None
    folder = _folders(files).get(node.origin.label, Path()) / node.value
    if not _holds_tables(folder):
        expected = f"{BUNDLED}, or a folder made by `corridor evidence import`"
        advice = "Check the spelling and the folder."
        raise ScenarioFileError(
            [Fault(node.origin, (EVIDENCE,), "no folder of tables", expected, in_words(node.value), advice)]
        )
    return folder


def _holds_tables(folder: Path) -> bool:
    try:
        return (folder / TABLES_MARK).is_file()
    except (OSError, ValueError):
        return False


def _layers(files: Sequence[ScenarioFile], assignments: Sequence[str]) -> tuple[list[Tree], list[str]]:
    """Trees of files and assignments, lowest first, and their labels, the scenario's own file first."""
    trees = [*(file.tree for file in reversed(files)), *(build_assignment(text) for text in assignments)]
    labels = [*(file.label for file in files), *(origin_of(text).label for text in assignments)]
    return trees, labels


def _folders(files: Sequence[ScenarioFile]) -> dict[str, Path]:
    """Label of each file -> the folder from which a path in it is seen."""
    return {file.label: file.path.parent for file in files}


def parse_scenario(text: str, *, known: KnownNames | None = None, label: str = "scenario") -> Scenario:
    """The scenario written out in full in a YAML text (``extends`` needs a file).

    Raises
    ------
    ScenarioFileError
        All faults at once, in the order of the text.
    """
    tree = build_tree(text, lambda line: Origin(label, line))
    merged, _, written = _merge([tree], [label])
    return _build(merged, known, written, [label])


def _merge(trees: Sequence[Tree], labels: Sequence[str]) -> tuple[Node, tuple[Change, ...], list[Fault]]:
    """Trees, lowest first, as one; what each changed; and faults of writing.

    `labels` come in the order in which their faults are told, the scenario's own file first: a key that
    nobody wrote is missing there.
    """
    written = [fault for tree in trees for fault in tree.faults]
    roots = [tree.root for tree in trees if tree.root]
    if len(roots) < len(trees):
        raise ScenarioFileError(_in_order(written, labels))
    merged, origin_log = stack(roots)
    own_origin = next(root.origin for root in roots if root.origin.label == labels[0])
    return replace(merged, origin=own_origin), origin_log, written


def _build(merged: Node, known: KnownNames | None, told: Sequence[Fault], labels: Sequence[str]) -> Scenario:
    scenario, meant = build_scenario(merged, known)
    if scenario is None or told:
        raise ScenarioFileError(_in_order([*told, *_without_echo(meant, told)], labels))
    return scenario


def _listed(merged: Node, folders: Mapping[str, Path]) -> Iterator[tuple[str, Origin, Path]]:
    """Names of measures, where each is written, and the folder from which a path there is seen."""
    listed = merged.value.get(MEASURES) if isinstance(merged.value, Mapping) else None
    for node in listed.value if listed and isinstance(listed.value, tuple) else ():
        if isinstance(node.value, str):
            yield node.value, node.origin, folders.get(node.origin.label, Path())


def _with_assigned_last(scenario: Scenario, merged: Node) -> Scenario:
    """The scenario with overrides of the command line moved above its measures, where it has some."""
    section = merged.value.get(OVERRIDE) if isinstance(merged.value, Mapping) else None
    if not (scenario.measures and section and isinstance(section.value, Mapping)):
        return scenario
    assigned = {key for key, node in section.value.items() if node.origin.short_label == OPTION}
    own = {key: value for key, value in scenario.override.items() if key not in assigned}
    last = {key: value for key, value in scenario.override.items() if key in assigned}
    over = {**last, **scenario.override_after_measures}
    return scenario.model_copy(update={"override": own, "override_after_measures": over})


def _without_echo(meant: Iterable[Fault], written: Iterable[Fault]) -> list[Fault]:
    """Faults of meaning, less those of values that already have a fault of writing."""
    told = {(fault.origin, fault.path) for fault in written}
    return [fault for fault in meant if (fault.origin, fault.path) not in told]


def _in_order(faults: Iterable[Fault], labels: Sequence[str]) -> list[Fault]:
    """File by file, line by line; assignments after files in the order given, then the files of measures."""

    def place(fault: Fault) -> tuple[int, str, int]:
        label = fault.origin.label
        return (*((labels.index(label), "") if label in labels else (len(labels), label)), fault.origin.line or 0)

    return sorted(faults, key=place)
