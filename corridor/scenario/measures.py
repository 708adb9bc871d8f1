"""The measures of a scenario: found by id or file, read, checked alone and against each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from corridor.bundled import data_path
from corridor.names import suggestion
from corridor.scenario.checking import build_section
from corridor.scenario.faults import Fault, Origin, ScenarioFileError, in_words
from corridor.scenario.files import SUFFIXES, read_text
from corridor.scenario.known_names import KnownNames
from corridor.scenario.layers import OVERRIDE
from corridor.scenario.measure import Measure
from corridor.scenario.yaml_tree import Node, build_tree

MEASURES = "measures"


@dataclass(frozen=True, slots=True)
class ListedMeasure:
    """A measure as a scenario lists it.

    Parameters
    ----------
    name : what the scenario says: its id, or the path of its file
    origins : key of its override -> file and line, the same wherever the program runs
    """

    name: str
    measure: Measure
    origins: Mapping[str, str]


def bundled_measures() -> tuple[str, ...]:
    """Ids of the measures that travel with the package, in alphabetical order."""
    return tuple(sorted(path.stem for path in data_path(MEASURES).glob("*.yaml")))


def read_measure(name: str, *, known: KnownNames | None, folder: Path = Path()) -> ListedMeasure:
    """One measure, by the id of a bundled one or by its file.

    Parameters
    ----------
    known : names of the tables; None checks only the form of names
    folder : from which a relative path is seen

    Raises
    ------
    ScenarioFileError
        There is none of that name, or its file is wrong; all faults at once.
    """
    listed, faults = _read_one(name, Origin(in_words(name)), (), folder, known)
    if listed is None:
        raise ScenarioFileError(faults)
    return listed


def read_listed(
    entries: Sequence[tuple[str, Origin, Path]], known: KnownNames | None
) -> tuple[tuple[ListedMeasure, ...], tuple[Fault, ...]]:
    """The measures of a list in its order, and what is wrong with them.

    Parameters
    ----------
    entries : the name, where it is written, and the folder from which a path is seen
    """
    found: list[tuple[int, Origin, ListedMeasure]] = []
    faults: list[Fault] = []
    for number, (name, origin, folder) in enumerate(entries):
        listed, problems = _read_one(name, origin, (MEASURES, number), folder, known)
        faults += problems
        if listed:
            found.append((number, origin, listed))
    if not faults:
        faults += _faults_between(found)
    return tuple(listed for _, _, listed in found), tuple(faults)


def _read_one(
    name: str, origin: Origin, at: tuple[str | int, ...], folder: Path, known: KnownNames | None
) -> tuple[ListedMeasure | None, tuple[Fault, ...]]:
    is_file = Path(name).suffix in SUFFIXES
    if not is_file and name not in bundled_measures():
        advice = suggestion(name, bundled_measures())
        expected = "the id of a bundled measure, or a .yaml file"
        return None, (Fault(origin, at, "unknown measure", expected, in_words(name), advice),)
    path = folder / name if is_file else data_path(MEASURES, f"{name}.yaml")
    label = path.as_posix() if is_file else f"data/{MEASURES}/{name}.yaml"
    if not _is_file(path):
        advice = "Check the spelling and the folder."
        return None, (Fault(origin, at, "no such file", "a .yaml file", in_words(name), advice),)
    short = path.name if is_file else label
    return _read_file(name, path, Origin(label, None, short), known)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def _read_file(
    name: str, path: Path, origin: Origin, known: KnownNames | None
) -> tuple[ListedMeasure | None, tuple[Fault, ...]]:
    try:
        text = read_text(path, origin.label)
    except ScenarioFileError as error:
        return None, error.faults
    tree = build_tree(text, lambda line: replace(origin, line=line))
    if tree.root is None or tree.faults:
        return None, tree.faults
    if not isinstance(tree.root.value, Mapping):
        expected, advice = "lines like 'key: value'", "See the bundled ones: corridor measures."
        return None, (Fault(tree.root.origin, (), "no measure", expected, in_words(tree.root.plain()), advice),)
    measure, faults = build_section(Measure, tree.root, known)
    return (ListedMeasure(name, measure, _origins(tree.root)) if measure else None), faults


def _origins(root: Node) -> Mapping[str, str]:
    override = root.value[OVERRIDE] if isinstance(root.value, Mapping) else root
    keys = override.value if isinstance(override.value, Mapping) else {}
    return MappingProxyType({key: node.origin.anywhere for key, node in keys.items()})


def _faults_between(found: Sequence[tuple[int, Origin, ListedMeasure]]) -> Iterator[Fault]:
    """Measures that lack what they require, stand beside what they exclude, or bear the same id."""
    ids = [listed.measure.id for _, _, listed in found]
    for position, (number, origin, listed) in enumerate(found):
        at, own, before = (MEASURES, number), listed.measure, ids[:position]
        if own.id in before:
            advice = "Remove one, or give it another id."
            yield Fault(origin, at, "repeated measure", "each id once", f"{own.id!r} twice", advice)
        for required in own.requires:
            if required not in before:
                yield _lacks(origin, at, own.id, required, ids)
        for other in before:
            if other in own.excludes or own.id in found[ids.index(other)][2].measure.excludes:
                expected, got = f"{own.id!r} or {other!r}", "both"
                yield Fault(origin, at, "two measures that exclude each other", expected, got, "Remove one of the two.")


def _lacks(origin: Origin, at: tuple[str | int, ...], own: str, required: str, ids: Sequence[str]) -> Fault:
    what = f"{own!r} lacks a measure that it requires"
    got = "it after" if required in ids else "none"
    return Fault(origin, at, what, f"{required!r} before it", got, f"Put {required} before {own} in the list.")
