"""Words of a user, a table or a network are words everywhere: they run, load, compute, hide and break nothing."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from html.parser import HTMLParser
from pathlib import Path
from xml.etree.ElementTree import fromstring

import geopandas as gpd
import openpyxl
import pytest
from playwright.sync_api import Browser

from corridor.analysis.assessment import Assessment
from corridor.futures.outlook import Outlook
from corridor.report.figures import BUILDERS, draw_pictures
from corridor.report.findings import Findings
from corridor.report.gis import build_layers, write_geopackage, write_geoparquet
from corridor.report.gpx import options_gpx
from corridor.report.html import build_html
from corridor.report.kml import options_kml
from corridor.report.ledger_csv import costs_csv, evidence_csv, legs_csv, posts_csv
from corridor.report.pictures import Picture
from corridor.report.workbook import write_run_workbook
from corridor.report.xml_text import xml_text

from .browser import PHONE, needs_chromium, opened_tab
from .fake_trip import SHIPPED, build_hostile_assessment

TEXTS = {
    "a script": "<script>alert(1)</script>",
    "the end of a script": "</script><script>alert(1)</script>",
    "a picture": '"><img src=x onerror=alert(1)>',
    "a comment": "<!-- <style>*{display:none}</style>",
    "quotes": "' \" ` & &lt; &amp; ]]>",
    "a template": "{{7*7}} {% raw %} ${7*7} {0}",
    "a formula": "=cmd|' /C calc'!A0",
    "a sum": "@SUM(1+1)",
    "mathematics": r"$x^2$ \frac{1}{2} $",
    "markup of a terminal": "[red]x[/red] [link=https://example.org]y[/link]",
    "a mark of direction": "\u202eevil\u202c \u2066x",
    "letters from right to left": "اسلام‌آباد סוף",
    "an emoji": "🚛 👩‍✈️",
    "a long word": 300 * "x",
    "long words": 60 * "words ",
    "control characters": "a\nb\tc\rd\x00e\x07f\x1b[31mg\x85h",
}
"""What it is -> the text."""

FAIR = "words"
SIGNS = ("=", "+", "-", "@", "\t", "\r")


@pytest.fixture(scope="module", params=TEXTS.values(), ids=list(TEXTS))
def text(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def hostile(text: str) -> Assessment:
    return build_hostile_assessment(text)


@pytest.fixture(scope="module")
def hostile_page(hostile: Assessment, pictures: Mapping[str, Picture]) -> str:
    return build_html(hostile, Outlook(), pictures, SHIPPED)


@pytest.fixture(scope="module")
def fair_page(pictures: Mapping[str, Picture]) -> str:
    return build_html(build_hostile_assessment(FAIR), Outlook(), pictures, SHIPPED)


class Markup(HTMLParser):
    """The tags of a page in order, each with the names of its attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, ...]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, *(name for name, _ in attrs)))


def test_the_page_has_the_same_tags_as_with_fair_words(hostile_page: str, fair_page: str) -> None:
    assert Markup(hostile_page).tags == Markup(fair_page).tags


@needs_chromium
def test_a_browser_shows_it_on_a_phone_and_nothing_else_happens(
    hostile_page: str, text: str, plain_chromium: Browser, tmp_path: Path
) -> None:
    path = tmp_path / "report.html"
    path.write_text(hostile_page, encoding="utf-8", newline="")
    with opened_tab(plain_chromium, size=PHONE, is_mobile=True) as tab:
        tab.open(path)
        shown = tab.value("document.querySelector('.title').textContent")
        assert shown.split() == text.replace("\x00", "").split()
        assert [url for url in tab.requests if not url.startswith("data:")] == [path.as_uri()]
        assert tab.errors == []
        assert tab.value("document.documentElement.scrollWidth") <= PHONE[0]


@needs_chromium
def test_text_from_right_to_left_turns_nothing_beside_it(
    pictures: Mapping[str, Picture], plain_chromium: Browser, tmp_path: Path
) -> None:
    path = tmp_path / "report.html"
    page = build_html(build_hostile_assessment("\u202e" + "א" * 5), Outlook(), pictures, SHIPPED)
    path.write_text(page, encoding="utf-8")
    with opened_tab(plain_chromium) as tab:
        tab.open(path)
        grade = tab.page.locator("#measures tbody th .grade").first.bounding_box()
        title = tab.page.locator("#measures tbody th bdi").first.bounding_box()
        assert grade is not None
        assert title is not None
        assert grade["x"] > title["x"]


@needs_chromium
def test_the_live_map_writes_names_as_text(pictures: Mapping[str, Picture], chromium: Browser, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    text = TEXTS["a picture"] + TEXTS["the end of a script"]
    path.write_text(build_html(build_hostile_assessment(text), Outlook(), pictures, SHIPPED), encoding="utf-8")
    with opened_tab(chromium) as tab:
        tab.open_with_map(path)
        tab.page.locator("button.name:visible").first.press("Enter")
        assert text in tab.page.get_by_role("dialog").inner_text()
        assert tab.page.locator("#map img, #map script").count() == 0
        assert tab.errors == []


def test_figures_take_any_letter_and_hold_only_shapes() -> None:
    findings = Findings(build_hostile_assessment("".join(TEXTS.values())), Outlook())
    for picture in draw_pictures(findings, names=tuple(BUILDERS)).values():
        tags = {node.tag.rpartition("}")[2] for node in fromstring(picture.svg).iter()}  # noqa: S314  our own file
        assert not tags & {"script", "image", "a", "text", "foreignObject"}


def test_tracks_and_places_have_it_as_their_text(hostile: Assessment, text: str) -> None:
    for document in (options_kml(hostile), options_gpx(hostile)):
        root = fromstring(document)  # noqa: S314  our own text
        names = [node.text or "" for node in root.iter() if node.tag.endswith("}name")]
        assert names[0].split() == xml_text(text).split()
        assert not [node for node in root.iter() if node.tag.rpartition("}")[2] in ("script", "img")]


def test_geographic_files_read_back(hostile: Assessment, text: str, tmp_path: Path) -> None:
    layers = build_layers(hostile)
    write_geopackage(hostile, layers, tmp_path / "options.gpkg")
    write_geoparquet(layers, tmp_path)
    assert gpd.read_file(tmp_path / "options.gpkg", layer="places")["name"][0] == text.partition("\x00")[0]
    assert set(gpd.read_parquet(tmp_path / "posts.parquet")["name"]) == {text}


def test_no_cell_of_a_table_begins_a_formula(hostile: Assessment, text: str) -> None:
    found = set()
    for table in (costs_csv(hostile), legs_csv(hostile), posts_csv(hostile), evidence_csv(hostile)):
        cells = {cell for row in csv.reader(io.StringIO(table, newline="")) for cell in row}
        assert not [cell for cell in cells if cell.startswith(SIGNS) and not is_number(cell) and len(cell) > 1]
        found |= {cell.removeprefix("'") for cell in cells}
    assert text.removeprefix("'") in found


def is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def test_no_cell_of_the_workbook_is_computed_from_it(hostile: Assessment, text: str, tmp_path: Path) -> None:
    write_run_workbook(hostile, (), tmp_path / "w.xlsx")
    cells = [
        cell
        for sheet in openpyxl.load_workbook(tmp_path / "w.xlsx")
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str)
    ]
    own = [cell for cell in cells if str(cell.value).split() == xml_text(text).split()]
    assert own
    assert {cell.data_type for cell in own} == {"s"}
    assert all(cell.quotePrefix for cell in own if text.startswith(SIGNS))


def test_json_reads_back(text: str, hostile_page: str) -> None:
    island = hostile_page.partition('id="map-data">')[2].partition("</script>")[0]
    assert json.loads(island)["places"][0]["name"] == text
