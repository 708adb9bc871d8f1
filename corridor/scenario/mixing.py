"""Two resolved scenarios key by key: what differs, and the scenarios that lie between them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from corridor.scenario.checking import build_scenario
from corridor.scenario.faults import Origin, ScenarioFileError
from corridor.scenario.known_names import KnownNames
from corridor.scenario.layers import OVERRIDE, Change
from corridor.scenario.schema import Scenario
from corridor.scenario.writing import write_resolved
from corridor.scenario.yaml_tree import Node, build_tree

TITLE_KEYS = ("id", "title", "why")
"""Keys that name a scenario and change no result."""


def changed_keys(old: Scenario, new: Scenario, *, origin: str) -> tuple[Change, ...]:
    """Every key whose value differs and can change a result, in the order of the schema.

    Parameters
    ----------
    origin : where the new values come from, e.g. the name of the new run
    """
    before, after = _leaves(old), _leaves(new)
    paths = dict.fromkeys((*before, *after))
    return tuple(
        Change(".".join(path), _plain(before.get(path)), _plain(after.get(path)), origin)
        for path in sorted(paths, key=_place)
        if path[0] not in TITLE_KEYS and _plain(before.get(path)) != _plain(after.get(path))
    )


def with_new_keys(old: Scenario, new: Scenario, keys: Collection[str], *, known: KnownNames | None) -> Scenario:
    """The old scenario with the values that the new one gives to some keys.

    Parameters
    ----------
    keys : as `changed_keys` names them

    Raises
    ------
    ScenarioFileError
        The values do not go together, e.g. origin and destination become one.
    """
    kept = {path: node for path, node in _leaves(old).items() if ".".join(path) not in keys}
    taken = {path: node for path, node in _leaves(new).items() if ".".join(path) in keys}
    scenario, faults = build_scenario(_tree({**kept, **taken}), known)
    if scenario is None:
        raise ScenarioFileError(faults)
    return scenario


def _leaves(scenario: Scenario) -> dict[tuple[str, ...], Node]:
    """Values by their path; what follows ``override`` is one key, dots and all."""
    root = build_tree(write_resolved(scenario), lambda line: Origin(scenario.id, line)).root
    return dict(_walk(root, ())) if root else {}


def _walk(node: Node, path: tuple[str, ...]) -> list[tuple[tuple[str, ...], Node]]:
    if not isinstance(node.value, Mapping):
        return [(path, node)]
    return [leaf for key, inner in node.value.items() for leaf in _walk(inner, (*path, key))]


def _tree(leaves: Mapping[tuple[str, ...], Node]) -> Node:
    root: dict[str, Any] = {}
    for path, node in leaves.items():
        section = root
        for key in path[:-1]:
            section = section.setdefault(key, {})
        section[path[-1]] = node
    return _node(root)


def _node(tree: Node | dict[str, Any]) -> Node:
    if isinstance(tree, Node):
        return tree
    return Node({key: _node(inner) for key, inner in tree.items()}, Origin("scenario"))


def _plain(node: Node | None) -> Any:
    return None if node is None else node.plain()


def _place(path: tuple[str, ...]) -> tuple[int, tuple[str, ...]]:
    """Where a key stands: by section of the schema, overrides in alphabetical order."""
    return list(Scenario.model_fields).index(path[0]), path[1:] if path[0] == OVERRIDE else ()
