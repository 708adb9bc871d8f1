"""The sections of the report that look ahead, in groups under one heading each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corridor.analysis.assessment import Assessment
from corridor.analysis.replay import Replay
from corridor.futures.breakeven_study import BreakEvenStudy
from corridor.futures.outlook import Outlook
from corridor.report.baseline_rows import build_baseline_sections
from corridor.report.breakeven_table import study_section
from corridor.report.calendar_chart import calendar_strip_alt
from corridor.report.calendar_rows import build_calendar_section, build_closed_days_section
from corridor.report.change_rows import build_change_sections
from corridor.report.criticality_rows import build_criticality_sections
from corridor.report.futures_rows import build_futures_sections
from corridor.report.indifference_wording import queues_alt
from corridor.report.numerals import joined
from corridor.report.replay_chart import replay_alt
from corridor.report.replay_rows import build_replay_section, build_ways_section
from corridor.report.rerouting_wording import check_section
from corridor.report.sections import Section
from corridor.report.why_best import names_of

SURE_TABLES_PRINTED = 2
"""Tables on how sure the options are that go on paper: days and USD of each, and its ranks."""


@dataclass(frozen=True, slots=True)
class OutlookGroup:
    """Sections under one heading, the first of which it names.

    Parameters
    ----------
    anchor : where a link of the table of contents leads
    pictures : names of the figures that stand before the tables
    tables_printed : how many sections go on paper with their tables; where 0, the text and figures of the first do
    """

    anchor: str
    sections: tuple[Section, ...]
    pictures: tuple[str, ...] = ()
    tables_printed: int = 0

    @property
    def prints_tables(self) -> bool:
        """Whether the sections on paper have their tables there."""
        return self.tables_printed > 0

    @property
    def printed(self) -> tuple[Section, ...]:
        """Sections that go on paper; all others stay on the screen."""
        return self.sections[: max(1, self.tables_printed)]

    @property
    def elsewhere(self) -> str:
        """What paper leaves out and where it is: titles of the other sections, files of the figures."""
        others = [section.title for section in self.sections if section not in self.printed]
        files = joined([f"figures/{name}.csv" for name in self.pictures])
        lines = [
            f"On screen, in report.html: {'; '.join(others)}." if others else "",
            f"Numbers of the figure: {files} beside the report." if files else "",
        ]
        return " ".join(filter(None, lines))


def build_outlook_groups(assessment: Assessment, outlook: Outlook) -> list[OutlookGroup]:
    """Groups that have something to say."""
    groups = []
    if outlook.study:
        check = outlook.route_check
        searched = [check_section(check, assessment.evidence)] if check else []
        sure = (*build_futures_sections(assessment, outlook.study), *searched)
        groups.append(OutlookGroup("sure", sure, tables_printed=SURE_TABLES_PRINTED))
    if outlook.sensitivity:
        change = build_change_sections(outlook.sensitivity, assessment)
        groups.append(_group("change", change, "tornado"))
    if outlook.sensitivity and outlook.break_evens:
        moved = study_section(outlook.break_evens, outlook.sensitivity.gap_usd)
        groups.append(_group("breakeven", [moved], *_queues_picture(outlook.break_evens)))
    if outlook.criticality:
        posts = build_criticality_sections(outlook.criticality)
        groups.append(_group("critical", posts, "criticality"))
    if outlook.calendar:
        weeks = build_calendar_section(outlook.calendar, assessment)
        closed = build_closed_days_section(outlook.calendar, assessment.evidence)
        sections = [weeks, closed] if closed.rows else [weeks]
        groups.append(_group("calendar", sections, "calendar"))
    if outlook.replay:
        groups.append(_replay_group(outlook.replay, assessment))
    if outlook.baseline:
        sections = build_baseline_sections(outlook.baseline, names_of(assessment))
        groups.append(OutlookGroup("baseline", tuple(sections), tables_printed=1))
    return groups


def _replay_group(replay: Replay, assessment: Assessment) -> OutlookGroup:
    """Past closures; a chart and the ways taken instead where any bars an option."""
    losses = build_replay_section(replay, assessment)
    if not replay.replayed:
        return _group("replay", [losses])
    return _group("replay", [losses, build_ways_section(replay, assessment)], "replay")


def _queues_picture(study: BreakEvenStudy) -> list[str]:
    """The map of two queues where it has a line."""
    return ["queues"] if study.queues and study.queues.contours else []


def _group(anchor: str, sections: Sequence[Section], *pictures: str) -> OutlookGroup:
    return OutlookGroup(anchor, tuple(sections), pictures)


def ahead_captions(assessment: Assessment, outlook: Outlook) -> dict[str, str]:
    """What each figure that looks ahead shows, for those who cannot see it."""
    captions = {
        "tornado": "What moves the gap between two options, and by how many USD; the table below has the numbers.",
        "criticality": "Map of posts and legs, sized by what the trip costs more without each; numbers in the tables.",
    }
    if outlook.break_evens:
        captions["queues"] = queues_alt(outlook.break_evens, assessment.evidence)
    if outlook.calendar:
        captions["calendar"] = calendar_strip_alt(outlook.calendar)
    if outlook.replay:
        captions["replay"] = replay_alt(outlook.replay)
    return captions
