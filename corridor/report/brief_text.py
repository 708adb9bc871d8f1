"""Every text of the one-page brief, in the sentences of the report."""

from __future__ import annotations

from dataclasses import dataclass

from corridor import __version__
from corridor.analysis.assessment import Assessment
from corridor.analysis.calibration_summary import ShippedCalibration
from corridor.evidence import GRADES
from corridor.futures.outlook import Outlook
from corridor.report import caveats, wording
from corridor.report.background import ATTRIBUTION, DISCLAIMER, SCHEMATIC
from corridor.report.breakeven_table import study_title
from corridor.report.brief_rows import (
    BriefRow,
    Letter,
    build_brief_rows,
    closed_letters,
    listed_options,
    unlisted_sentence,
)
from corridor.report.calendar_rows import calendar_title
from corridor.report.calibration_rows import freshness_sentence, trip_sentence
from corridor.report.change_rows import survey_section
from corridor.report.criticality_wording import criticality_title
from corridor.report.findings import Findings
from corridor.report.futures_wording import doubt_sentence, sure_text
from corridor.report.measure_rows import measures_title
from corridor.report.numerals import NBSP, counted, joined
from corridor.report.sea_rows import sea_title

MOVES_MAX = 5
"""So many sentences say what moves the answer, those of most use to a ministry first."""


@dataclass(frozen=True, slots=True)
class Point:
    """A sentence with its subject: "When to leave" and "A is best in all 52 weeks"."""

    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class Brief:
    """What stands on the page, from top to bottom; what there is nothing to say of is empty.

    Parameters
    ----------
    futures : how many there are, as text
    unlisted : of the open options that the table leaves out
    """

    title: str
    facts: tuple[str, ...]
    run_id: str
    headline: str
    runner_up: str
    doubt: str
    confidence: str
    map_alt: str
    map_remark: str
    rows: tuple[BriefRow, ...]
    futures: str
    unlisted: str
    closed: str
    closed_letters: tuple[Letter, ...]
    ranking: str
    left_out: str
    moves: tuple[Point, ...]
    sure: tuple[str, ...]
    misuse: tuple[str, ...]
    disclaimer: str
    version: str


def build_brief(findings: Findings, shipped: ShippedCalibration) -> Brief:
    """The texts for a run.

    Parameters
    ----------
    shipped : how the model does on observed trips
    """
    assessment, study = findings.assessment, findings.outlook.study
    schematic = f"{SCHEMATIC} " if assessment.network.is_schematic else ""
    return Brief(
        title=assessment.scenario.title,
        facts=wording.trip_facts(assessment),
        run_id=assessment.run_id,
        headline=wording.headline(assessment),
        runner_up=wording.runner_up_sentence(assessment) if assessment.options else "",
        doubt=doubt_sentence(assessment, study),
        confidence=sure_text(assessment, study),
        map_alt=_map_alt(findings),
        map_remark=f"{schematic}{ATTRIBUTION}",
        rows=tuple(build_brief_rows(assessment, study)),
        futures=counted(study.n, "future", "futures") if study else "",
        unlisted=unlisted_sentence(assessment, study),
        closed=wording.closed_sentence(assessment),
        closed_letters=tuple(closed_letters(assessment)),
        ranking=wording.ranking_sentence(assessment) if len(assessment.options) > 1 else "",
        left_out=_left_out(assessment),
        moves=tuple(build_points(assessment, findings.outlook)),
        sure=tuple(_sure_sentences(assessment, shipped)),
        misuse=caveats.MISUSE,
        disclaimer=DISCLAIMER,
        version=__version__,
    )


def _map_alt(findings: Findings) -> str:
    """What the map shows, for those who cannot see it."""
    assessment = findings.assessment
    drawn = (*listed_options(assessment, findings.outlook.study), *assessment.closed_options)
    labels = joined([option.label for option in drawn])
    return f"{wording.map_title(assessment)}. Map of the ways {labels}; posts are sized by hours."


def _left_out(assessment: Assessment) -> str:
    """What "at least" means; empty where nothing is unknown."""
    return f"{wording.LEFT_OUT}." if wording.unknown_sentence(assessment) else ""


def build_points(assessment: Assessment, outlook: Outlook) -> list[Point]:
    """What moves the answer, as far as it was asked for: the titles of the report's sections."""
    titles = [
        measures_title(assessment) if assessment.measure_effects else "",
        study_title(outlook.break_evens.table) if outlook.break_evens else "",
        criticality_title(outlook.criticality) if outlook.criticality else "",
        calendar_title(outlook.calendar) if outlook.calendar else "",
        survey_section(outlook.sensitivity.information).title if outlook.sensitivity else "",
        sea_title(assessment) if assessment.sea.ways else "",
    ]
    return [_point(title) for title in titles if title][:MOVES_MAX]


def _point(title: str) -> Point:
    """A title parted at its first colon; without one it is all text."""
    subject, colon, text = title.partition(": ")
    return Point(subject, f"{text}.") if colon else Point("", f"{subject}.")


def _sure_sentences(assessment: Assessment, shipped: ShippedCalibration) -> list[str]:
    """What the figures rest on, and how the model did where trips were timed."""
    sentences = [
        f"{caveats.evidence_title(assessment)}.",
        grades_sentence(),
        caveats.as_known_sentence(assessment),
        trip_sentence(shipped),
        freshness_sentence(shipped, assessment.evidence.own),
    ]
    return [sentence for sentence in sentences if sentence]


def grades_sentence() -> str:
    """What the grades of evidence mean.

    Examples
    --------
    >>> grades_sentence().replace(NBSP, " ")
    'Grades: A measured and published by an official body, B published elsewhere, C derived, D judgement.'
    """
    meanings = [f"{grade}{NBSP}{meaning.split(';')[0]}" for grade, meaning in GRADES.items()]
    return f"Grades: {', '.join(meanings)}."
