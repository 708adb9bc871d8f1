"""Options as GPX: one track each, posts as waypoints, in the order the format asks for."""

from itertools import groupby
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring, parse

import geopandas as gpd
import pytest

from corridor.analysis.assessment import Assessment
from corridor.report.gpx import NAMESPACE, options_gpx
from corridor.report.profile import build_post_visits
from corridor.report.tracks import line_of

from .fake_trip import HOSTILE_TEXT

GPX = {"": NAMESPACE}


@pytest.fixture(scope="module")
def root(run_folder: Path) -> Element:
    return parse(run_folder / "options.gpx").getroot()  # noqa: S314  our own file


def test_the_file_is_gpx_1_1_by_a_named_program(root: Element) -> None:
    assert root.tag == f"{{{NAMESPACE}}}gpx"
    assert (root.attrib["version"], root.attrib["creator"]) == ("1.1", "corridor")


def test_metadata_come_first_then_waypoints_then_tracks(root: Element) -> None:
    kinds = [kind for kind, _ in groupby(child.tag.split("}")[1] for child in root)]
    assert kinds == ["metadata", "wpt", "trk"]


def test_each_option_is_a_track_along_its_way(root: Element, assessment: Assessment) -> None:
    tracks = root.findall("trk", GPX)
    assert len(tracks) == len(assessment.all_options)
    for track, option in zip(tracks, assessment.all_options, strict=True):
        lon, lat = line_of(option)
        points = track.findall("trkseg/trkpt", GPX)
        assert [float(point.attrib["lon"]) for point in points] == pytest.approx(lon.tolist(), abs=1e-5)
        assert [float(point.attrib["lat"]) for point in points] == pytest.approx(lat.tolist(), abs=1e-5)


def test_waypoints_are_the_posts_with_their_hours(root: Element, assessment: Assessment) -> None:
    visits = [
        (option.label, visit)
        for option in assessment.all_options
        for visit in build_post_visits(option, assessment.evidence)
    ]
    names = [point.findtext("name", namespaces=GPX) for point in root.findall("wpt", GPX)]
    assert names == [f"{label}: {visit.name}, {visit.hours:,.1f} h" for label, visit in visits]


def test_the_licence_of_the_roads_is_in_the_metadata(root: Element) -> None:
    copyright_of = root.find("metadata/copyright", GPX)
    assert copyright_of is not None
    assert copyright_of.attrib["author"] == "OpenStreetMap contributors"
    assert "odbl" in (copyright_of.findtext("license", namespaces=GPX) or "")
    assert root.findtext("metadata/time", namespaces=GPX) == "2026-05-31T00:00:00Z"


def test_gis_software_reads_the_tracks(run_folder: Path, assessment: Assessment) -> None:
    tracks = gpd.read_file(run_folder / "options.gpx", layer="tracks")
    assert len(tracks) == len(assessment.all_options)
    assert tracks["name"][0].startswith("A: Quadrilateral, China - Kyrgyzstan")


def test_hostile_text_stays_text(hostile_assessment: Assessment) -> None:
    root = fromstring(options_gpx(hostile_assessment))  # noqa: S314  our own text
    assert root.findtext("metadata/name", namespaces=GPX) == HOSTILE_TEXT
    names = [name.text or "" for name in root.findall("wpt/name", GPX) + root.findall("trk/name", GPX)]
    assert all(HOSTILE_TEXT in name for name in names)
