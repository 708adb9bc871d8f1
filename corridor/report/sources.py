"""The last part of the page: assumptions as printed, their sources, and licences of what is inside."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from corridor.analysis.assessment import Assessment
from corridor.evidence import Evidence
from corridor.report.evidence_used import NOT_GRADED, EvidenceRow
from corridor.report.numerals import number_text


@dataclass(frozen=True, slots=True)
class AssumptionRow:
    """One assumption, every cell as printed."""

    what: str
    note: str
    scope: str
    value: str
    range: str
    unit: str
    year: str
    grade: str
    grade_class: str
    source: str
    options: str


@dataclass(frozen=True, slots=True)
class SourceText:
    """One publication; `link` is empty where it has no address on the web."""

    key: str
    text: str
    link: str


def build_assumption_rows(rows: Iterable[EvidenceRow]) -> list[AssumptionRow]:
    """The evidence used, as printed."""
    return [_assumption_row(row) for row in rows]


def _assumption_row(row: EvidenceRow) -> AssumptionRow:
    stated = row.low is not None or row.high is not None
    is_number = row.value is not None or row.unit
    return AssumptionRow(
        what=row.what,
        note=row.note,
        scope="all others" if row.scope == "*" else row.scope,
        value=("unknown" if row.value is None else number_text(row.value)) if is_number else "",
        range=f"{number_text(row.low)} to {number_text(row.high)}" if stated else "not stated" if is_number else "",
        unit=row.unit,
        year=str(row.year) if row.year else "",
        grade=row.grade,
        grade_class="none" if row.grade == NOT_GRADED else row.grade,
        source="; ".join(row.source),
        options=" ".join(row.options),
    )


def build_source_texts(rows: Iterable[EvidenceRow], assessment: Assessment) -> list[SourceText]:
    """Every publication that the assumptions, the closed posts or the measures name, by key."""
    keys = {key for row in rows for key in row.source}
    keys |= {key for measure in assessment.measures for key in measure.source}
    keys |= {key for option in assessment.closed_options for post in option.closed_posts for key in post.source}
    return [_source_text(key, assessment.evidence) for key in sorted(keys)]


def _source_text(key: str, evidence: Evidence) -> SourceText:
    source = evidence.sources.get(key)
    if source is None:
        return SourceText(key, "not in the table of sources", "")
    parts = (source.title, source.publisher, str(source.year or ""), f"read {source.read_on}" if source.read_on else "")
    is_web = source.address.startswith(("https://", "http://"))
    text = ", ".join(part for part in parts if part) + "."
    return SourceText(
        key, text if is_web or not source.address else f"{text} {source.address}", source.address if is_web else ""
    )


def licences(assessment: Assessment) -> list[str]:
    """Licences of data and code that the page carries."""
    network = assessment.network
    return [
        f"Roads: © OpenStreetMap contributors, {network.licence}; {network.source}.",
        "Map background: Natural Earth, public domain, by way of world-atlas (ISC licence).",
        "Places: GeoNames, CC BY 4.0.",
        "Interactive map: MapLibre GL JS, © MapLibre contributors, 3-clause BSD licence (notice in this page's code).",
    ]
