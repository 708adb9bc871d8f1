"""The page in a real browser: no request leaves it, the map is drawn, it fits a phone and prints."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from corridor.analysis.assessment import Assessment

from .browser import CHROMIUM, WITH_WEBGL, WITHOUT_WEBGL, Page, opened_page

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")

MAP_IS_DRAWN = "document.getElementById('map').dataset.drawn === 'yes' && window.corridorMap.loaded()"


@pytest.fixture(scope="module")
def report(page: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "report.html"
    path.write_text(page, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def desktop(report: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with opened_page(tmp_path_factory.mktemp("profile"), *WITH_WEBGL) as tab:
        tab.resize(1366, 768)
        tab.open(report)
        tab.wait_for(MAP_IS_DRAWN)
        yield tab


def test_no_request_leaves_the_page(desktop: Page, report: Path) -> None:
    outside = [url for url in desktop.requests if not url.startswith(("data:", "blob:"))]
    assert outside == [report.as_uri()]


def test_the_console_stays_silent(desktop: Page) -> None:
    assert desktop.errors == []


def test_the_line_of_every_option_is_on_the_map(desktop: Page, assessment: Assessment) -> None:
    for option in assessment.all_options:
        query = f"window.corridorMap.queryRenderedFeatures({{layers: ['option-{option.label}']}}).length"
        assert desktop.value(query) > 0, option.label


def test_unchecking_an_option_takes_its_line_away(desktop: Page) -> None:
    visibility = "window.corridorMap.getLayoutProperty('option-B', 'visibility')"
    desktop.value("document.querySelector('input[data-option=B]').click()")
    assert desktop.value(visibility) == "none"
    desktop.value("document.querySelector('input[data-option=B]').click()")
    assert desktop.value(visibility) == "visible"


def test_the_name_of_a_post_opens_its_figures_as_text(desktop: Page) -> None:
    desktop.value("[...document.querySelectorAll('button.name')].find(b => b.textContent.includes('Taftan')).click()")
    text = desktop.value("document.querySelector('.maplibregl-popup-content').textContent")
    assert "Taftan-Mirjaveh: Pakistan to Iran" in text
    assert "grade A" in text
    desktop.value("document.querySelector('.maplibregl-popup-close-button').click()")


def test_the_picture_of_the_map_is_not_blank(desktop: Page, tmp_path: Path) -> None:
    desktop.value("document.getElementById('map').scrollIntoView()")
    shot = tmp_path / "map.png"
    shot.write_bytes(desktop.screenshot())
    colors = np.unique(np.asarray(Image.open(shot).convert("RGB")).reshape(-1, 3), axis=0)
    assert len(colors) > 500


def test_the_first_tab_stop_skips_to_the_verdict(desktop: Page) -> None:
    first = desktop.value("document.querySelector('a, button, input').getAttribute('href')")
    assert first == "#verdict"
    assert desktop.value("[...document.images].every(image => image.alt.length > 0)")


def test_a_phone_scrolls_only_down(report: Path, tmp_path: Path) -> None:
    with opened_page(tmp_path, *WITH_WEBGL) as tab:
        tab.resize(390, 844)
        tab.open(report)
        tab.wait_for(MAP_IS_DRAWN)
        assert tab.value("document.documentElement.scrollWidth") <= 390


def test_without_webgl_the_static_map_is_shown(report: Path, tmp_path: Path) -> None:
    with opened_page(tmp_path, *WITHOUT_WEBGL) as tab:
        tab.open(report)
        assert tab.value("window.corridorMap === undefined")
        assert tab.value("document.querySelector('.static-map img').getBoundingClientRect().height") > 100
        assert tab.value("getComputedStyle(document.getElementById('map')).display") == "none"


def test_the_page_prints(desktop: Page) -> None:
    assert desktop.pdf().startswith(b"%PDF")


def test_a_hostile_title_runs_nothing(hostile_page: str, tmp_path: Path) -> None:
    path = tmp_path / "hostile.html"
    path.write_text(hostile_page, encoding="utf-8")
    with opened_page(tmp_path / "profile", *WITH_WEBGL) as tab:
        tab.open(path)
        tab.wait_for(MAP_IS_DRAWN)
        assert tab.value("document.querySelector('.title').textContent").startswith("<script>alert(1)")
        assert tab.errors == []


MARKED = "[...document.querySelectorAll('.pointed-at')]"


def test_an_option_pointed_at_in_the_ranking_stands_out_everywhere(desktop: Page) -> None:
    row = "document.querySelector('.ranking tbody[data-label=B]')"
    desktop.value(f"{row}.dispatchEvent(new Event('mouseenter'))")
    assert desktop.value(f"{MARKED}.every(node => node.dataset.label === 'B')")
    for place in (".card", ".toggles label", ".ranking tbody", ".ledger", ".numbers td", ".grades tr"):
        assert desktop.value(f"document.querySelectorAll('{place}.pointed-at').length") > 0, place
    opacity = "['A', 'B'].map(label => window.corridorMap.getPaintProperty('option-' + label, 'line-opacity'))"
    faded, full = desktop.value(opacity)
    assert faded < full == 1
    desktop.value(f"{row}.dispatchEvent(new Event('mouseleave'))")
    assert desktop.value(f"{MARKED}.length") == 0
    assert desktop.value(opacity) == [1, 1]


def test_the_keyboard_marks_an_option_as_the_pointer_does(desktop: Page) -> None:
    desktop.call("Emulation.setFocusEmulationEnabled", enabled=True)
    desktop.value("document.querySelector('.ranking tbody[data-label=C] .pick').focus()")
    assert set(desktop.value(f"{MARKED}.map(node => node.dataset.label)")) == {"C"}
    desktop.value("document.activeElement.blur()")
    assert desktop.value(f"{MARKED}.length") == 0
