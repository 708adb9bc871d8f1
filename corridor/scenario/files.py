"""The files of a scenario: the one that was named, and the parents it extends."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from corridor.bundled import scenarios_path
from corridor.names import suggestion
from corridor.scenario.faults import Fault, Origin, ScenarioFileError, in_words
from corridor.scenario.yaml_tree import Node, Tree, build_tree

EXTENDS = "extends"
SUFFIXES = (".yaml", ".yml")
FRAGMENTS = ("base",)
"""Bundled files that others extend and that cannot run on their own."""

SIZE_MAX_BYTES = 1_000_000
_ID = re.compile("[a-z0-9][a-z0-9-]*")


@dataclass(frozen=True, slots=True)
class ScenarioFile:
    """One file as written, without what it inherits.

    Parameters
    ----------
    label : its path as the user would type it
    tree : its keys without ``extends``; parent : what ``extends`` says, with its line
    """

    path: Path
    label: str
    tree: Tree
    parent: Node | None


def bundled_scenarios() -> tuple[str, ...]:
    """Ids of the scenarios that travel with the package, in alphabetical order."""
    names = sorted(path.stem for path in scenarios_path().glob("*.yaml"))
    return tuple(name for name in names if name not in FRAGMENTS)


def read_files(path_or_id: str | Path) -> tuple[ScenarioFile, ...]:
    """The file of a scenario, then its parent, its parent's parent and so on.

    Raises
    ------
    ScenarioFileError
        A file is missing, too long or no text, or the parents go round in a circle.
    """
    files = [_read_file(*_find_file(path_or_id))]
    while files[-1].parent is not None:
        path, label = _find_parent(files[-1], files[-1].parent)
        if any(path == file.path for file in files):
            raise _circle([*(file.label for file in files), label], files[-1].parent)
        files.append(_read_file(path, label))
    return tuple(files)


def _find_file(path_or_id: str | Path) -> tuple[Path, str]:
    name = os.fspath(path_or_id)
    path = Path(name)
    if path.suffix in SUFFIXES:
        return _readable(path, label=name, problem=_problem(name, "file", Origin(name), ()))
    bundled = {*bundled_scenarios(), *FRAGMENTS}
    problem = _problem(name, "scenario", Origin(in_words(name)), ())
    if name not in bundled:
        raise ScenarioFileError([replace(problem, advice=suggestion(name, bundled_scenarios()))])
    return _readable(scenarios_path(f"{name}.yaml"), label=f"scenarios/{name}.yaml", problem=problem)


def _find_parent(child: ScenarioFile, parent: Node) -> tuple[Path, str]:
    name = parent.value
    problem = _problem(name, "scenario", parent.origin, (EXTENDS,))
    if not isinstance(name, str) or Path(name).is_absolute():
        raise ScenarioFileError([problem])
    if _ID.fullmatch(name):
        path, label = scenarios_path(f"{name}.yaml"), f"scenarios/{name}.yaml"
        problem = replace(problem, advice=suggestion(name, {*bundled_scenarios(), *FRAGMENTS}))
    elif name.endswith(".yaml"):
        path, label = child.path.parent / name, os.path.normpath(Path(child.label).parent / name)
    else:
        raise ScenarioFileError([problem])
    return _readable(path, label=Path(label).as_posix(), problem=problem)


def _problem(name: object, what: str, origin: Origin, path: tuple[str, ...]) -> Fault:
    expected = "a .yaml file, or the id of a bundled scenario"
    return Fault(origin, path, f"no such {what}", expected, in_words(name), "Check the spelling and the folder.")


def _readable(path: Path, *, label: str, problem: Fault) -> tuple[Path, str]:
    try:
        resolved = path.resolve()
        is_file = resolved.is_file()
    except (OSError, ValueError, RuntimeError):
        raise ScenarioFileError([problem]) from None
    if not is_file:
        raise ScenarioFileError([problem])
    return resolved, label


def _circle(labels: list[str], parent: Node) -> ScenarioFileError:
    chain, expected = " -> ".join(labels), "parents that come to an end"
    advice = f"Remove one {EXTENDS}."
    return ScenarioFileError([Fault(parent.origin, (EXTENDS,), "goes round in a circle", expected, chain, advice)])


def _read_file(path: Path, label: str) -> ScenarioFile:
    is_bundled = path.parent == scenarios_path().resolve()
    short = f"scenarios/{path.name}" if is_bundled else path.name
    tree = build_tree(read_text(path, label), lambda line: Origin(label, line, short))
    return _without_extends(path, label, tree)


def read_text(path: Path, label: str) -> str:
    """Text of a file of YAML.

    Raises
    ------
    ScenarioFileError
        It cannot be read, is no UTF-8 or is too long; `label` is how the message names it.
    """
    try:
        with path.open("rb") as file:
            content = file.read(SIZE_MAX_BYTES + 1)
        text = content.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "other bytes"
        fault = Fault(Origin(label), (), "cannot be read", "UTF-8 text", str(reason), "Save it as UTF-8 text.")
        raise ScenarioFileError([fault]) from None
    if len(content) > SIZE_MAX_BYTES:
        expected = f"at most {SIZE_MAX_BYTES:,} bytes"
        raise ScenarioFileError([Fault(Origin(label), (), "too long", expected, "more", "Is it a scenario?")])
    return text


def _without_extends(path: Path, label: str, tree: Tree) -> ScenarioFile:
    root = tree.root
    if root is None:
        return ScenarioFile(path, label, tree, None)
    if not isinstance(root.value, Mapping):
        fault = Fault(
            root.origin,
            (),
            "no scenario",
            "lines like 'key: value'",
            in_words(root.plain()),
            "Write 'extends: base', for a start.",
        )
        return ScenarioFile(path, label, Tree(None, (*tree.faults, *([] if tree.faults else [fault]))), None)
    keys = {key: node for key, node in root.value.items() if key != EXTENDS}
    return ScenarioFile(path, label, replace(tree, root=replace(root, value=keys)), root.value.get(EXTENDS))
