"""Options and their posts as KML 2.2, for Google Earth and whatever else opens it."""

from __future__ import annotations

from html import escape
from xml.etree.ElementTree import Element

import numpy as np

from corridor.analysis.assessment import Assessment, Option
from corridor.report.naming import option_title
from corridor.report.numerals import hours_text, with_plain_spaces
from corridor.report.palette import option_styles
from corridor.report.profile import PostVisit, build_post_visits
from corridor.report.sources import road_licence
from corridor.report.tracks import line_of
from corridor.report.wording import AT_MEANS, numbers_text
from corridor.report.xml_text import add, document_bytes

NAMESPACE = "http://www.opengis.net/kml/2.2"
LINE_WIDTH_PX = "4"


def options_kml(assessment: Assessment) -> bytes:
    """One folder per option with its way and its posts; closed options are there but not shown at first.

    Descriptions are read as HTML, so they are escaped for it before they are escaped for XML.
    """
    root = Element("kml", xmlns=NAMESPACE)
    document = add(root, "Document")
    add(document, "name", assessment.scenario.title)
    add(
        document,
        "description",
        _html(f"{assessment.run_id}, {AT_MEANS}. Not for navigation. {road_licence(assessment)}"),
    )
    for label, style in option_styles(assessment.all_options).items():
        _add_line_style(document, label, style.color)
    for option in assessment.all_options:
        _add_option(document, option, assessment)
    return document_bytes(root)


def _add_line_style(document: Element, label: str, color: str) -> None:
    line = add(add(document, "Style", id=f"option-{label}"), "LineStyle")
    add(line, "color", kml_color(color))
    add(line, "width", LINE_WIDTH_PX)


def kml_color(color: str) -> str:
    """A colour as KML writes it: opaque, then blue, green and red.

    Examples
    --------
    >>> kml_color("#1b4f9c")
    'ff9c4f1b'
    """
    return f"ff{color[5:7]}{color[3:5]}{color[1:3]}"


def _html(text: str) -> str:
    return escape(with_plain_spaces(text))


def _add_option(document: Element, option: Option, assessment: Assessment) -> None:
    title = f"{option.label}: {option_title(option, assessment.all_options, assessment.evidence)}"
    folder = _add_feature(document, "Folder", title if option.is_open else f"{title} (closed)", is_shown=option.is_open)
    way = _add_feature(folder, "Placemark", title, is_shown=option.is_open)
    add(way, "description", _html(f"{numbers_text(option)}, {AT_MEANS}"))
    add(way, "styleUrl", f"#option-{option.label}")
    line = add(way, "LineString")
    add(line, "tessellate", "1")
    add(line, "coordinates", " ".join(f"{lon:.5f},{lat:.5f}" for lon, lat in np.column_stack(line_of(option)).tolist()))
    for visit in build_post_visits(option, assessment.evidence):
        _add_post(folder, visit, is_shown=option.is_open)


def _add_post(folder: Element, visit: PostVisit, *, is_shown: bool) -> None:
    hours = with_plain_spaces(hours_text(visit.hours))
    post = _add_feature(folder, "Placemark", f"{visit.name}, {hours}", is_shown=is_shown)
    add(post, "description", _html(f"{visit.direction}, km {visit.at_km:,.0f}, {hours} at the post"))
    add(add(post, "Point"), "coordinates", f"{visit.lon:.5f},{visit.lat:.5f}")


def _add_feature(parent: Element, tag: str, name: str, *, is_shown: bool) -> Element:
    feature = add(parent, tag)
    add(feature, "name", name)
    add(feature, "visibility", "1" if is_shown else "0")
    return feature
