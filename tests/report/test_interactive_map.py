"""The live map in a notebook's cell: it is drawn, and it can reach nothing around it."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from corridor.analysis.assessment import Assessment
from corridor.report.interactive_map import InteractiveMap, build_map_page

from .browser import needs_chromium, opened_tab
from .fake_trip import build_assessment

HOSTILE = '"></iframe><script>parent.stolen = 1</script>'


@pytest.fixture
def cell(assessment: Assessment, tmp_path: Path) -> Path:
    """A page with nothing but the output of a cell."""
    path = tmp_path / "cell.html"
    path.write_text(f"<!doctype html><title>cell</title>{InteractiveMap(assessment)._repr_html_()}", encoding="utf-8")
    return path


@needs_chromium
def test_the_map_is_drawn_in_its_frame_without_a_request(cell: Path, chromium: Browser) -> None:
    with opened_tab(chromium) as tab:
        tab.open(cell)
        frame = tab.page.frame_locator("iframe")
        frame.locator("#map[data-drawn=yes]").wait_for()
        assert frame.locator(".toggles label").count() >= 2
        assert [url for url in tab.requests if not url.startswith(("data:", "blob:", "about:"))] == [cell.as_uri()]
        assert tab.errors == []


@needs_chromium
def test_a_hostile_title_stays_in_the_frame(tmp_path: Path, chromium: Browser) -> None:
    path = tmp_path / "cell.html"
    path.write_text(InteractiveMap(build_assessment(title=HOSTILE))._repr_html_(), encoding="utf-8")
    with opened_tab(chromium) as tab:
        tab.open(path)
        assert tab.page.locator("iframe").count() == 1
        assert tab.value("window.stolen") is None


def test_where_no_notebook_is_the_map_says_what_to_do(assessment: Assessment) -> None:
    assert repr(InteractiveMap(assessment)) == f"Interactive map of {assessment.run_id}: run the notebook to move it."


def test_the_map_page_has_no_scripts_but_those_of_the_map(assessment: Assessment) -> None:
    page = build_map_page(assessment)
    assert page.count("<script>") == 4  # MapLibre, names, the map, the marking of options
    assert "default-src &#39;none&#39;" in page
