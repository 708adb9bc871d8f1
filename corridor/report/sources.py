"""The last part of the page: assumptions as printed, their sources, and licences of what is inside."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from corridor.analysis.assessment import Assessment
from corridor.evidence import NOT_GRADED, Evidence, Figure
from corridor.report.evidence_used import UsedFigure
from corridor.report.numerals import number_text

PLACE_LICENCE = "Places: GeoNames, CC BY 4.0."


@dataclass(frozen=True, slots=True)
class AssumptionRow:
    """One assumption, every cell as printed."""

    what: str
    note: str
    scope: str
    value: str
    range: str
    unit: str
    stated: str
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


def build_assumption_rows(rows: Iterable[UsedFigure]) -> list[AssumptionRow]:
    """The evidence used, as printed."""
    return [_assumption_row(row) for row in rows]


def _assumption_row(row: UsedFigure) -> AssumptionRow:
    figure = row.figure
    is_number = figure.value is not None or figure.unit != ""
    return AssumptionRow(
        what=figure.what,
        note=figure.note,
        scope="all others" if figure.scope == "*" else figure.scope,
        value=("unknown" if figure.value is None else number_text(figure.value)) if is_number else "",
        range=_range_text(figure) if is_number else "",
        unit=figure.unit,
        stated=_stated_text(figure),
        year=_year_text(figure),
        grade=figure.grade,
        grade_class="none" if figure.grade == NOT_GRADED else figure.grade,
        source="this scenario" if figure.is_of_scenario else "; ".join(figure.source),
        options=" ".join(row.options),
    )


def _range_text(figure: Figure) -> str:
    if figure.low is None or figure.high is None:
        return "not stated"
    return f"{number_text(figure.low)} to {number_text(figure.high)}"


def _year_text(figure: Figure) -> str:
    """The year of the figure, and that of its prices where it was inflated to another."""
    year = str(figure.year) if figure.year else ""
    is_inflated = figure.price_year is not None and figure.year is not None and figure.price_year != figure.year
    return f"{year}, in prices of {figure.price_year}" if is_inflated else year


def _stated_text(figure: Figure) -> str:
    """The amount in the currency of its source, where that is not USD."""
    if figure.stated_value is None or figure.stated_unit == figure.unit:
        return ""
    return f"{number_text(figure.stated_value)} {figure.stated_unit}"


def build_source_texts(rows: Iterable[UsedFigure], assessment: Assessment) -> list[SourceText]:
    """Every publication that the assumptions, the closed posts or the measures name, by key."""
    keys = {key for row in rows for key in row.figure.source}
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


def road_licence(assessment: Assessment) -> str:
    """Whose the roads are and under which licence: goes with every file that shows a way."""
    network = assessment.network
    return f"Roads: © OpenStreetMap contributors, {network.licence}; {network.source}."


def licences(assessment: Assessment) -> list[str]:
    """Licences of data and code that the page carries."""
    return [
        road_licence(assessment),
        "Map background: Natural Earth, public domain, by way of world-atlas (ISC licence) and QGIS (disputed lines).",
        PLACE_LICENCE,
        "Interactive map: MapLibre GL JS, © MapLibre contributors, 3-clause BSD licence (notice in this page's code).",
    ]
