"""Layers of a scenario laid one over the other: parents, the file itself, assignments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from corridor.scenario.faults import KeyPath, key_text
from corridor.scenario.yaml_tree import Node

OPTION = "--set"
"""Origin of what the command line sets."""

OVERRIDE = "override"
OVERRIDE_SECTIONS = (OVERRIDE, "override_after_measures")
"""Sections whose keys are dotted, and each of whose values takes the place of one in the tables."""


@dataclass(frozen=True, slots=True)
class Change:
    """One value that a layer set, replaced or took away.

    Parameters
    ----------
    key : e.g. ``cargo.mass_t``; old, new : None where there was or is nothing
    origin : ``scenarios/base.yaml:12``, or ``--set``
    """

    key: str
    old: object
    new: object
    origin: str

    @property
    def is_change(self) -> bool:
        """Whether it replaces what a layer below or the tables say, rather than setting a key first."""
        return self.old is not None or self.key.partition(".")[0] in OVERRIDE_SECTIONS

    @property
    def is_over_measures(self) -> bool:
        """Whether it is applied after the measures of a scenario that has some."""
        section = self.key.partition(".")[0]
        return section == OVERRIDE_SECTIONS[1] or (section == OVERRIDE and self.origin == OPTION)


def laid_over(below: Node, above: Node) -> Node:
    """`above` over `below`: mappings key by key, everything else replaced whole.

    A key whose value is None stays in the tree, so that what it took away can be told.
    """
    if not (isinstance(below.value, Mapping) and isinstance(above.value, Mapping)):
        return above
    merged = {**below.value, **above.value}
    merged |= {key: laid_over(below.value[key], above.value[key]) for key in below.value if key in above.value}
    return Node(merged, above.origin)


def stack(layers: Sequence[Node]) -> tuple[Node, tuple[Change, ...]]:
    """All layers as one, lowest first, and what each of them changed."""
    merged, log = Node({}, layers[0].origin), list[Change]()
    for layer in layers:
        after = laid_over(merged, layer)
        log += changes(merged, after)
        merged = after
    return merged, tuple(log)


def changes(before: Node, after: Node) -> Iterator[Change]:
    """What differs between two trees, key by key in the order of `after`, then what is gone."""
    old, new = dict(_leaves(before, ())), dict(_leaves(after, ()))
    for path, leaf in new.items():
        was = old[path].plain() if path in old else None
        if was != leaf.plain():
            yield Change(key_text(path), was, leaf.plain(), leaf.origin.anywhere)
    for path, leaf in old.items():
        if path not in new and leaf.value is not None:
            yield Change(key_text(path), leaf.plain(), None, _nearest_leaf(new, path, after).origin.anywhere)


def _leaves(node: Node, path: KeyPath) -> Iterator[tuple[KeyPath, Node]]:
    if not isinstance(node.value, Mapping):
        yield path, node
        return
    for key, inner in node.value.items():
        yield from _leaves(inner, (*path, key))


def _nearest_leaf(leaves: Mapping[KeyPath, Node], path: KeyPath, root: Node) -> Node:
    """The leaf that took the place of a section, of which `path` was a part."""
    outer = (path[:length] for length in range(len(path) - 1, 0, -1))
    return next((leaves[part] for part in outer if part in leaves), root)
