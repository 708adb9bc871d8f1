"""The sections of the report that look ahead, in groups under one heading each."""

from __future__ import annotations

from dataclasses import dataclass

from corridor.analysis.assessment import Assessment
from corridor.futures.outlook import Outlook
from corridor.report.futures_rows import build_futures_sections
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
        groups.append(OutlookGroup("sure", "How sure", tuple(build_futures_sections(assessment, outlook.study))))
    return groups
