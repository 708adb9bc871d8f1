"""Numbers, their sources and the faults of their tables on the terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from corridor.errors import ScenarioError
from corridor.evidence import (
    GRADES,
    Evidence,
    Figure,
    LedgerFinding,
    citation,
    conversion_text,
    list_figures,
)
from corridor.names import suggestion
from corridor.printing import print_json, print_table

HEADER = ("key", "value", "low", "high", "unit", "year", "grade")


def print_list(evidence: Evidence, text: str, *, grade: str | None, as_json: bool) -> None:
    """Every number that holds the text and has the grade, one a line.

    Raises
    ------
    ScenarioError
        No such grade, or no such number.
    """
    if grade is not None and grade not in GRADES:
        raise ScenarioError(f"--grade: expected one of {', '.join(GRADES)}, got '{grade}'.")
    holding = [figure for figure in list_figures(evidence) if _holds(figure, text)]
    if not holding:
        raise ScenarioError(f"params: no number holds '{text}'. {suggestion(text, _names(list_figures(evidence)))}")
    wanted = [figure for figure in holding if grade in (None, figure.grade)]
    if as_json:
        print_json([figure_document(figure, evidence) for figure in wanted])
        return
    print_table((*HEADER, "rests on"), [(*_cells(figure), _rung(figure)) for figure in wanted], right=(1, 2, 3))


def _holds(figure: Figure, text: str) -> bool:
    words = (figure.key, figure.what, *figure.source)
    return any(text.casefold() in word.casefold() for word in words)


def _rung(figure: Figure) -> str:
    return figure.rung.replace("_", " ")


def print_figures(evidence: Evidence, name: str, *, as_json: bool) -> None:
    """The numbers of a parameter, post or key, with the sum behind each and its sources.

    Raises
    ------
    ScenarioError
        Nothing of that name exists.
    """
    figures = find_named(evidence, name)
    if as_json:
        print_json([figure_document(figure, evidence) for figure in figures])
        return
    rows = [(*_cells(figure), ";".join(figure.source)) for figure in figures]
    print_table((*HEADER, "source"), rows, right=(1, 2, 3))
    sys.stdout.write("\n")
    for figure in figures:
        for line in filter(None, (_conversion(figure, evidence), figure.note)):
            sys.stdout.write(f"  {figure.key}: {line}\n")
    for key in _sources(figures):
        sys.stdout.write(f"  [{key}] {citation(evidence.sources[key])}\n")


def print_citations(evidence: Evidence, name: str, *, as_json: bool) -> None:
    """The publications behind the numbers of a name, each with what follows from it.

    Raises
    ------
    ScenarioError
        Nothing of that name exists.
    """
    figures = find_named(evidence, name)
    documents = [_citation_document(key, figures, evidence) for key in _sources(figures)]
    if as_json:
        print_json(documents)
        return
    for document in documents:
        sys.stdout.write(f"[{document['key']}] {document['citation']}\n")
        for use in document["figures"]:
            sys.stdout.write(f"    {use['key']} (grade {use['grade']}): {use['follows']}\n")
    if not documents:
        sys.stdout.write(f"{name}: nobody knows this number, so there is nothing to cite.\n")


def _citation_document(key: str, figures: Iterable[Figure], evidence: Evidence) -> dict[str, Any]:
    source = evidence.sources[key]
    uses = [
        {"key": figure.key, "grade": figure.grade, "follows": _follows(figure, evidence)}
        for figure in figures
        if key in figure.source
    ]
    return {"key": key, "citation": citation(source), **asdict(source), "figures": uses}


def _follows(figure: Figure, evidence: Evidence) -> str:
    """How a figure follows from its sources: its note and its conversion, else that it stands there as it is."""
    parts = filter(None, (figure.note, _conversion(figure, evidence)))
    return "; ".join(parts) or "as the source has it"


def find_named(evidence: Evidence, name: str) -> list[Figure]:
    """The numbers of a parameter, post, set of rules or key.

    Raises
    ------
    ScenarioError
        Nothing of that name exists; the message has the nearest name.
    """
    figures = list_figures(evidence)
    found = [figure for figure in figures if _answers_to(figure, name)]
    if not found:
        raise ScenarioError(f"params: nothing is called '{name}'. {suggestion(name, _names(figures))}")
    return found


def _answers_to(figure: Figure, name: str) -> bool:
    bare = figure.key.partition(".")[2]
    return any(key == name or key.startswith(f"{name}.") for key in (figure.key, bare))


def _names(figures: Iterable[Figure]) -> set[str]:
    return {figure.key.split(".")[1] for figure in figures}


def _sources(figures: Iterable[Figure]) -> list[str]:
    return sorted({key for figure in figures for key in figure.source})


def figure_document(figure: Figure, evidence: Evidence) -> dict[str, Any]:
    """A figure for JSON, with the sum behind it."""
    return asdict(figure) | {"source": list(figure.source), "conversion": _conversion(figure, evidence)}


def _conversion(figure: Figure, evidence: Evidence) -> str:
    parameter = evidence.parameters.get((figure.name, figure.scope)) if figure.stated_unit else None
    return conversion_text(parameter, evidence) if parameter else ""


def _cells(figure: Figure) -> tuple[str, ...]:
    numbers = (figure.value, figure.low, figure.high)
    year = str(figure.year) if figure.year else "-"
    return (figure.key, *(_number(number) for number in numbers), figure.unit or "-", year, figure.grade)


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.5g}"


def print_ledger_findings(findings: Sequence[LedgerFinding], *, as_json: bool) -> None:
    """What a check of the tables has found, faults first."""
    if as_json:
        print_json([asdict(finding) for finding in findings])
        return
    print_table(["", "check", "finding"], [[row.severity, row.check, row.text] for row in findings])
