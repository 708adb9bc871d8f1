"""Reading a scenario: files and assignments laid over each other, checked, and every change told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from corridor.scenario.assignments import build_assignment, origin_of
from corridor.scenario.checking import build_scenario
from corridor.scenario.faults import Fault, Origin, ScenarioFileError
from corridor.scenario.files import read_files
from corridor.scenario.known_names import KnownNames
from corridor.scenario.layers import Change, stack
from corridor.scenario.schema import Scenario
from corridor.scenario.yaml_tree import Tree, build_tree


@dataclass(frozen=True, slots=True)
class ResolvedScenario:
    """A scenario with all it inherits, and where each value comes from.

    Parameters
    ----------
    origin_log : every value set, replaced or taken away, lowest layer first
    paths : the files read, the scenario's own first
    """

    scenario: Scenario
    origin_log: tuple[Change, ...]
    paths: tuple[Path, ...]

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
    trees = [*(file.tree for file in reversed(files)), *(build_assignment(text) for text in assignments)]
    labels = [*(file.label for file in files), *(origin_of(text).label for text in assignments)]
    scenario, origin_log = _resolve(trees, known, labels)
    return ResolvedScenario(scenario, origin_log, tuple(file.path for file in files))


def parse_scenario(text: str, *, known: KnownNames | None = None, label: str = "scenario") -> Scenario:
    """The scenario written out in full in a YAML text (``extends`` needs a file).

    Raises
    ------
    ScenarioFileError
        All faults at once, in the order of the text.
    """
    tree = build_tree(text, lambda line: Origin(label, line))
    return _resolve([tree], known, [label])[0]


def _resolve(
    trees: Sequence[Tree], known: KnownNames | None, labels: Sequence[str]
) -> tuple[Scenario, tuple[Change, ...]]:
    """Trees lowest first; `labels` in the order in which their faults are told, the scenario's own file first.

    A key that nobody wrote is missing in the scenario's own file.
    """
    written = [fault for tree in trees for fault in tree.faults]
    roots = [tree.root for tree in trees if tree.root]
    if len(roots) < len(trees):
        raise ScenarioFileError(_in_order(written, labels))
    merged, origin_log = stack(roots)
    own_origin = next(root.origin for root in roots if root.origin.label == labels[0])
    scenario, meant = build_scenario(replace(merged, origin=own_origin), known)
    if scenario is None or written:
        raise ScenarioFileError(_in_order([*written, *_without_echo(meant, written)], labels))
    return scenario, origin_log


def _without_echo(meant: Iterable[Fault], written: Iterable[Fault]) -> list[Fault]:
    """Faults of meaning, less those of values that already have a fault of writing."""
    told = {(fault.origin, fault.path) for fault in written}
    return [fault for fault in meant if (fault.origin, fault.path) not in told]


def _in_order(faults: Iterable[Fault], labels: Sequence[str]) -> list[Fault]:
    """File by file, line by line; assignments last, in the order given."""
    return sorted(faults, key=lambda fault: (labels.index(fault.origin.label), fault.origin.line or 0))
