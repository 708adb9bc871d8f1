"""The sections of the report that look ahead, in groups under one heading each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corridor.analysis.assessment import Assessment
from corridor.futures.outlook import Outlook
from corridor.report.calendar_chart import calendar_strip_alt
from corridor.report.calendar_rows import build_calendar_section
from corridor.report.change_rows import build_change_sections
from corridor.report.criticality_rows import build_criticality_sections
from corridor.report.futures_rows import build_futures_sections
from corridor.report.replay_rows import build_replay_section, build_ways_section
from corridor.report.rerouting_wording import check_section
from corridor.report.sections import Section


@dataclass(frozen=True, slots=True)
class OutlookGroup:
    """Sections under one heading, the first of which it names.

    Parameters
    ----------
    anchor, name : where a link leads, and what the table of contents calls it
    pictures : names of the figures that stand before the tables
    """

    anchor: str
    name: str
    sections: tuple[Section, ...]
    pictures: tuple[str, ...] = ()


def build_outlook_groups(assessment: Assessment, outlook: Outlook) -> list[OutlookGroup]:
    """Groups that have something to say."""
    groups = []
    if outlook.study:
        check = outlook.route_check
        searched = [check_section(check, assessment.evidence)] if check else []
        groups.append(_group("sure", "How sure", [*build_futures_sections(assessment, outlook.study), *searched]))
    if outlook.sensitivity:
        change = build_change_sections(outlook.sensitivity, assessment)
        groups.append(_group("change", "What would change it", change, "tornado"))
    if outlook.criticality:
        posts = build_criticality_sections(outlook.criticality)
        groups.append(_group("critical", "Which post matters", posts, "criticality"))
    if outlook.calendar:
        weeks = build_calendar_section(outlook.calendar, assessment)
        groups.append(_group("calendar", "When to leave", [weeks], "calendar"))
    if outlook.replay:
        past = [build(outlook.replay, assessment) for build in (build_replay_section, build_ways_section)]
        groups.append(_group("replay", "Past closures", past))
    return groups


def _group(anchor: str, name: str, sections: Sequence[Section], *pictures: str) -> OutlookGroup:
    return OutlookGroup(anchor, name, tuple(sections), pictures)


def ahead_captions(outlook: Outlook) -> dict[str, str]:
    """What each figure that looks ahead shows, for those who cannot see it."""
    captions = {
        "tornado": "What moves the gap between two options, and by how many USD; the table below has the numbers.",
        "criticality": "Map of posts and legs, sized by what the trip costs more without each; numbers in the tables.",
    }
    return {**captions, **({"calendar": calendar_strip_alt(outlook.calendar)} if outlook.calendar else {})}
