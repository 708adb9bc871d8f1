"""Assignments from the command line, ``--set a.b=c``: layers of one key each, above every file."""

from __future__ import annotations

from dataclasses import replace

from corridor.scenario.faults import Fault, Origin, in_words
from corridor.scenario.files import EXTENDS
from corridor.scenario.layers import OPTION, OVERRIDE_SECTIONS
from corridor.scenario.yaml_tree import Node, Tree, build_tree


def build_assignment(text: str) -> Tree:
    """The layer that an assignment such as ``cargo.mass_t=20`` stands for.

    The value is YAML, as in a file: ``routes.via=[torkham, kabul]``, ``routes.avoid.posts=`` takes the key away.
    What follows ``override.`` is one key, dots and all.

    Examples
    --------
    >>> build_assignment("override.crossings.torkham.status=open").root.plain()
    {'override': {'crossings.torkham.status': 'open'}}
    """
    origin = origin_of(text)
    key, equals, value = text.partition("=")
    path = _split(key.strip())
    if not (equals and all(path)):
        expected, advice = "key=value with dots between keys", "Write e.g. cargo.mass_t=20."
        return Tree(None, (Fault(origin, (), "not an assignment", expected, in_words(text), advice),))
    if path == (EXTENDS,):
        advice = "Name the other scenario itself."
        return Tree(None, (Fault(origin, path, "not to be set", "a key of a scenario", in_words(key), advice),))
    tree = build_tree(value, lambda _: origin)
    faults = tuple(replace(fault, path=(*path, *fault.path)) for fault in tree.faults)
    return Tree(_nested(path, tree.root) if tree.root else None, faults)


def origin_of(text: str) -> Origin:
    """An assignment as messages name it: ``--set cargo.mass_t=20``."""
    return Origin(f"{OPTION} {in_words(text)[1:-1]}", None, OPTION)


def _split(key: str) -> tuple[str, ...]:
    section, dot, rest = key.partition(".")
    return (section, rest) if section in OVERRIDE_SECTIONS and dot else tuple(key.split("."))


def _nested(path: tuple[str, ...], node: Node) -> Node:
    for key in reversed(path):
        node = Node({key: node}, node.origin)
    return node
