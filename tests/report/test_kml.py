"""Options as KML: every way and post is there, and text stays text."""

from pathlib import Path
from xml.etree.ElementTree import Element, fromstring, parse

import numpy as np
import pytest

from corridor.analysis.assessment import Assessment
from corridor.report.kml import NAMESPACE, options_kml
from corridor.report.profile import build_post_visits
from corridor.report.tracks import line_of

from .fake_trip import HOSTILE_TEXT

KML = {"": NAMESPACE}


@pytest.fixture(scope="module")
def document(run_folder: Path) -> Element:
    found = parse(run_folder / "options.kml").getroot().find("Document", KML)  # noqa: S314  our own file
    assert found is not None
    return found


def test_each_option_has_a_folder_with_its_way_and_its_posts(document: Element, assessment: Assessment) -> None:
    folders = document.findall("Folder", KML)
    assert len(folders) == len(assessment.all_options)
    for folder, option in zip(folders, assessment.all_options, strict=True):
        line = folder.findtext("Placemark/LineString/coordinates", namespaces=KML) or ""
        points = np.array([[float(number) for number in point.split(",")] for point in line.split()])
        assert points == pytest.approx(np.column_stack(line_of(option)), abs=1e-5)
        assert len(folder.findall("Placemark/Point", KML)) == len(option.chain)


def test_posts_say_their_hours(document: Element, assessment: Assessment) -> None:
    first = build_post_visits(assessment.options[0], assessment.evidence)[0]
    names = [name.text for name in document.findall("Folder/Placemark/name", KML)]
    assert names[1] == f"{first.name}, {first.hours:.1f} h"


def test_options_have_their_colour_in_the_order_of_kml(document: Element) -> None:
    assert document.findtext("Style[@id='option-A']/LineStyle/color", namespaces=KML) == "ff9c4f1b"  # #1b4f9c
    assert document.findtext("Folder/Placemark/styleUrl", namespaces=KML) == "#option-A"


def test_closed_options_are_hidden_at_first_and_say_so(document: Element) -> None:
    folders = document.findall("Folder", KML)
    assert [folder.findtext("visibility", namespaces=KML) for folder in folders] == ["1"] * 4 + ["0"] * 3
    assert (folders[4].findtext("name", namespaces=KML) or "").endswith("(closed)")


def test_the_document_says_whose_the_roads_are(document: Element) -> None:
    assert "© OpenStreetMap contributors" in (document.findtext("description", namespaces=KML) or "")


def test_hostile_text_stays_text(hostile_assessment: Assessment) -> None:
    root = fromstring(options_kml(hostile_assessment))  # noqa: S314  our own text
    names = [name.text or "" for name in root.findall(".//name", KML)]
    assert names[0] == HOSTILE_TEXT
    assert all(HOSTILE_TEXT in name for name in names)
    assert not root.findall(".//{*}script")


def test_descriptions_have_no_tags_for_a_reader_of_html(hostile_assessment: Assessment) -> None:
    root = fromstring(options_kml(hostile_assessment))  # noqa: S314  our own text
    descriptions = [text.text or "" for text in root.findall(".//description", KML)]
    assert not any("<" in text for text in descriptions)
