"""The command ``corridor measures``: which measures there are, and what one of them changes."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from corridor.printing import print_json, print_table

if TYPE_CHECKING:
    from corridor.evidence import Evidence
    from corridor.scenario import ListedMeasure


def print_measures(evidence: Evidence, name: str | None, *, as_json: bool) -> None:
    """All bundled measures; with a name, one of them or one of the user's own files.

    Raises
    ------
    ScenarioError
        There is no measure of that name, or its file is wrong.
    """
    from corridor.evidence.layering import measure_layer
    from corridor.scenario import bundled_measures, read_measure

    names = bundled_measures() if name is None else (name,)
    listed = [read_measure(each, known=evidence.known_names()) for each in names]
    for each in listed:
        evidence.with_layer(measure_layer(each))
    if as_json:
        documents = [_document(each) for each in listed]
        print_json(documents if name is None else documents[0])
    elif name is None:
        rows = [[row.measure.id, row.measure.kind, row.measure.grade, row.measure.title] for row in listed]
        print_table(["id", "kind", "grade", "title"], rows)
    else:
        _print_one(listed[0], evidence)


def _document(listed: ListedMeasure) -> dict[str, Any]:
    return listed.measure.model_dump(mode="json")


def _print_one(listed: ListedMeasure, evidence: Evidence) -> None:
    measure = listed.measure
    facts = {
        "id": measure.id,
        "title": measure.title,
        "why": measure.why,
        "kind": measure.kind.replace("_", " "),
        "grade": measure.grade,
        "range": measure.range.in_words,
        "requires": ", ".join(measure.requires) or "none",
        "excludes": ", ".join(measure.excludes) or "none",
    }
    for what, text in facts.items():
        sys.stdout.write(f"{what:10}{text}\n")
    for key, value in measure.override.items():
        sys.stdout.write(f"{'changes':10}{key}: {value if isinstance(value, str) else f'{value:g}'}\n")
    for key in measure.source:
        source = evidence.sources[key]
        sys.stdout.write(f"  [{key}] {source.title}, {source.publisher}. {source.address}\n")
