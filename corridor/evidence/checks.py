"""Whether the tables fit together: faults that no single row shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from corridor.errors import DataError
from corridor.evidence.crossings import BorderCrossing
from corridor.evidence.evidence import Evidence
from corridor.evidence.ledger_checks import LedgerFinding, check_ledger
from corridor.evidence.places import Corridor

if TYPE_CHECKING:
    from corridor.scenario import Measure


def check_tables(folder: Path | None = None) -> list[LedgerFinding]:
    """What is wrong with the tables of a folder, faults first; the bundled ones when no folder is given.

    A table that cannot be read is a fault for each of its rows, and ends the check: the others rest on it. The
    bundled measures count among the users of sources.
    """
    from corridor.evidence.reading import read_evidence
    from corridor.scenario import bundled_measures, read_measure

    try:
        evidence = read_evidence(folder)
    except DataError as error:
        return [LedgerFinding("fault", "reading", line) for line in str(error).splitlines()]
    corridors = [LedgerFinding("fault", "corridors", text) for text in _corridor_faults(evidence)]
    measures = [read_measure(name, known=None).measure for name in bundled_measures()]
    findings = [*corridors, *check_ledger(evidence.with_ferries(), measures)]
    return sorted(findings, key=lambda finding: finding.severity)


def evidence_faults(evidence: Evidence, measures: Iterable[Measure] = ()) -> list[str]:
    """Everything that does not fit between the tables, as sentences; empty when all is well.

    Parameters
    ----------
    measures : the bundled ones, which use sources as well
    """
    return [
        *(finding.text for finding in check_ledger(evidence, measures) if finding.severity == "fault"),
        *_corridor_faults(evidence),
    ]


def _corridor_faults(evidence: Evidence) -> Iterator[str]:
    crossings = evidence.with_ferries().crossings
    for corridor in evidence.corridors.values():
        yield from _posts_without_trucks(crossings, corridor)
        steps = [[crossings[post] for post in step] for step in corridor.posts]
        for here, there in pairwise(steps):
            if not any(_meet(one, other) for one in here for other in there):
                yield f"corridors.csv: {corridor.id}: no country lies between {here[0].id} and {there[0].id}."


def _posts_without_trucks(crossings: Mapping[str, BorderCrossing], corridor: Corridor) -> Iterator[str]:
    for post in (post for step in corridor.posts for post in step):
        if not crossings[post].trucks:
            yield f"corridors.csv: {corridor.id}: post '{post}' takes no trucks; expected one that does."


def _meet(one: BorderCrossing, other: BorderCrossing) -> bool:
    return bool({one.country_a, one.country_b} & {other.country_a, other.country_b})
