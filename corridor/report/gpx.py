"""Options as GPX 1.1: one track each, with their posts as waypoints. Schematic, not for navigation."""

from __future__ import annotations

from xml.etree.ElementTree import Element

import numpy as np

from corridor.analysis.assessment import Assessment, Option
from corridor.report.naming import option_title
from corridor.report.numerals import hours_text, with_plain_spaces
from corridor.report.profile import PostVisit, build_post_visits
from corridor.report.sources import road_licence
from corridor.report.tracks import line_of
from corridor.report.wording import AT_MEANS, numbers_text
from corridor.report.xml_text import add, document_bytes

NAMESPACE = "http://www.topografix.com/GPX/1/1"
ODBL_ADDRESS = "https://opendatacommons.org/licenses/odbl/1-0/"


def options_gpx(assessment: Assessment) -> bytes:
    """All waypoints first, then the tracks, as the format asks for."""
    root = Element("gpx", xmlns=NAMESPACE, version="1.1", creator="corridor")
    _add_metadata(root, assessment)
    for option in assessment.all_options:
        for visit in build_post_visits(option, assessment.evidence):
            _add_waypoint(root, option, visit)
    for option in assessment.all_options:
        _add_track(root, option, assessment)
    return document_bytes(root)


def _add_metadata(root: Element, assessment: Assessment) -> None:
    metadata = add(root, "metadata")
    add(metadata, "name", assessment.scenario.title)
    add(metadata, "desc", f"{assessment.run_id}, {AT_MEANS}. Not for navigation. {road_licence(assessment)}")
    add(add(metadata, "copyright", author="OpenStreetMap contributors"), "license", ODBL_ADDRESS)
    add(metadata, "time", f"{assessment.evidence.as_of.isoformat()}T00:00:00Z")


def _add_waypoint(root: Element, option: Option, visit: PostVisit) -> None:
    point = add(root, "wpt", lat=f"{visit.lat:.5f}", lon=f"{visit.lon:.5f}")
    hours = with_plain_spaces(hours_text(visit.hours))
    add(point, "name", f"{option.label}: {visit.name}, {hours}")
    add(point, "desc", f"{visit.direction}, km {visit.at_km:,.0f}, {hours} at the post")
    add(point, "type", "border post")


def _add_track(root: Element, option: Option, assessment: Assessment) -> None:
    track = add(root, "trk")
    title = option_title(option, assessment.all_options, assessment.evidence)
    add(track, "name", f"{option.label}: {title}{'' if option.is_open else ' (closed)'}")
    add(track, "desc", with_plain_spaces(f"{numbers_text(option)}, {AT_MEANS}"))
    segment = add(track, "trkseg")
    for lon, lat in np.column_stack(line_of(option)).tolist():
        add(segment, "trkpt", lat=f"{lat:.5f}", lon=f"{lon:.5f}")
