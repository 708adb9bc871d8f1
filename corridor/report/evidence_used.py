"""What the figures rest on: the rows of evidence behind a ledger, and how much of a total is weak."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import fsum

from corridor.analysis.assessment import Option
from corridor.costs.ledger import MoneyRow, TimeRow
from corridor.evidence import GRADES, RUNGS, Evidence, Fee, SailingFigure, SideTime

NOT_GRADED = "-"
"""What follows from the scenario or from other rows, without a grade of its own."""

GRADE_ORDER = (*GRADES, NOT_GRADED)
WEAK_GRADES = ("C", "D")

SIDE_FIELDS = {
    "queue_h": "hours of queue",
    "exit_side_h": "hours at the exit side",
    "entry_side_h": "hours at the entry side",
    "exit_fee_usd": "fees at the exit side",
    "entry_fee_usd": "fees at the entry side",
}


SAILING_FIELDS = {"wait_h": "hours until it sails", "sail_h": "hours at sea", "fare_usd": "fare of a truck"}


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One number that an option rests on.

    Parameters
    ----------
    key : as in ``ledger.basis``; low, high : None where nobody stated them
    options : labels of the options that use it
    """

    key: str
    what: str
    scope: str
    value: float | None
    low: float | None
    high: float | None
    unit: str
    year: int | None
    grade: str
    source: tuple[str, ...]
    note: str
    options: tuple[str, ...] = ()

    @property
    def is_of_post(self) -> bool:
        """Whether it is hours or fees of a border post or a ferry."""
        return self.key.startswith(("crossings.", "ferries."))


def find_evidence(key: str, evidence: Evidence) -> EvidenceRow:
    """The row of a key of ``ledger.basis``; one without value for a key no table holds numbers for."""
    table, _, rest = key.partition(".")
    if table == "parameters":
        return _parameter_row(key, rest, evidence)
    if table == "crossings":
        return _crossing_row(key, rest, evidence)
    if table == "ferries":
        return _sailing_row(key, rest, evidence)
    if table == "driver_rules" and rest in evidence.driver_rules:
        rules = evidence.driver_rules[rest]
        return _plain_row(key, "rules on drivers' hours", rest, rules.grade, rules.source, rules.note)
    if table == "cargo_kinds" and rest in evidence.cargo_kinds:
        kind = evidence.cargo_kinds[rest]
        return _plain_row(key, "value of the cargo's time", kind.name, kind.grade, kind.source, kind.note)
    return _plain_row(key, key, "", NOT_GRADED, (), "")


def _plain_row(key: str, what: str, scope: str, grade: str, source: tuple[str, ...], note: str) -> EvidenceRow:
    return EvidenceRow(key, what, scope, None, None, None, "", None, grade, source, note)


def _parameter_row(key: str, rest: str, evidence: Evidence) -> EvidenceRow:
    name, _, scope = rest.partition(".")
    row = evidence.parameters.get((name, scope))
    if row is None:
        return _plain_row(key, name, scope, NOT_GRADED, (), "")
    definition = evidence.definitions[name]
    return EvidenceRow(
        key, definition.description or name, scope, row.value, row.low, row.high, definition.unit, row.year,
        row.grade, row.source, row.note,
    )  # fmt: skip


def _crossing_row(key: str, rest: str, evidence: Evidence) -> EvidenceRow:
    crossing_id, direction, field = (*rest.split("."), "", "")[:3]
    crossing = evidence.crossings.get(crossing_id)
    if crossing is None or field not in SIDE_FIELDS or direction not in crossing.times:
        return _plain_row(key, key, "", NOT_GRADED, (), "")
    side: SideTime | Fee = getattr(crossing.times[direction], field.rsplit("_", 1)[0])
    value = side.hours if isinstance(side, SideTime) else side.usd
    note = "; ".join(part for part in (RUNGS[side.rung], side.note) if part)
    return EvidenceRow(
        key, f"{crossing.name}: {SIDE_FIELDS[field]}", direction, value, None, None,
        "h" if isinstance(side, SideTime) else "USD", side.year, side.grade, side.source, note,
    )  # fmt: skip


def _sailing_row(key: str, rest: str, evidence: Evidence) -> EvidenceRow:
    ferry_id, direction, field = (*rest.split("."), "", "")[:3]
    crossing = evidence.crossings.get(ferry_id)
    if crossing is None or crossing.ferry is None or field not in SAILING_FIELDS:
        return _plain_row(key, key, "", NOT_GRADED, (), "")
    figure: SailingFigure = getattr(crossing.ferry.sailings[direction], field)
    unit = "USD" if field == "fare_usd" else "h"
    return EvidenceRow(
        key, f"{crossing.name}: {SAILING_FIELDS[field]}", direction, figure.value, figure.low, figure.high,
        unit, figure.year, figure.grade, figure.source, figure.note,
    )  # fmt: skip


def build_evidence_rows(options: Sequence[Option], evidence: Evidence) -> list[EvidenceRow]:
    """Every row that any option rests on, by key, with the options that use it."""
    users: defaultdict[str, list[str]] = defaultdict(list)
    for option in options:
        for key in option.ledger.basis:
            users[key].append(option.label)
    return [_used_by(find_evidence(key, evidence), users[key]) for key in sorted(users)]


def _used_by(row: EvidenceRow, labels: list[str]) -> EvidenceRow:
    return EvidenceRow(
        row.key, row.what, row.scope, row.value, row.low, row.high, row.unit, row.year, row.grade, row.source,
        row.note, tuple(labels),
    )  # fmt: skip


def weakest_grade(basis: Iterable[str], evidence: Evidence) -> str:
    """The worst grade among pieces of evidence; `NOT_GRADED` where there is none."""
    grades = [find_evidence(key, evidence).grade for key in basis]
    return max((grade for grade in grades if grade in GRADES), default=NOT_GRADED)


def time_grade_shares(option: Option, evidence: Evidence) -> dict[str, float]:
    """Share of an option's hours on each grade; a row counts with the weakest thing it rests on."""
    return _shares(option.ledger.time, [row.hours for row in option.ledger.time], evidence)


def money_grade_shares(option: Option, evidence: Evidence) -> dict[str, float]:
    """Share of an option's known USD on each grade."""
    rows = [row for row in option.ledger.money if row.usd is not None]
    return _shares(rows, [row.usd or 0.0 for row in rows], evidence)


def _shares(rows: Sequence[TimeRow | MoneyRow], amounts: Sequence[float], evidence: Evidence) -> dict[str, float]:
    total = fsum(amounts)
    by_grade: defaultdict[str, list[float]] = defaultdict(list)
    for row, amount in zip(rows, amounts, strict=True):
        by_grade[weakest_grade(row.basis, evidence)].append(amount)
    return {grade: fsum(by_grade[grade]) / total if total else 0.0 for grade in GRADE_ORDER}


def weak_share(shares: dict[str, float]) -> float:
    """Share that rests on derived figures or judgement."""
    return sum(shares[grade] for grade in WEAK_GRADES)
