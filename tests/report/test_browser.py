"""The page in a real browser: no request leaves it, the map is drawn, it fits a phone and prints."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser

from corridor.analysis.assessment import Assessment

from .browser import PHONE, Tab, needs_chromium, opened_tab

pytestmark = needs_chromium


HIDDEN = """[...document.querySelectorAll('.maplibregl-popup-content :is(h3, dt, dd)')].filter((node) => {
    const { left, top, width, height } = node.getBoundingClientRect();
    const shares = [0.02, 0.25, 0.5, 0.75, 0.98];
    return !shares.every((share) => node.contains(document.elementFromPoint(left + share * width, top + height / 2)));
}).map((node) => node.textContent)"""
"""Lines of the figures of a post that something else covers."""


@pytest.fixture(scope="module")
def opened(report: Path, chromium: Browser) -> Iterator[Tab]:
    with opened_tab(chromium) as tab:
        tab.open_with_map(report)
        yield tab


@pytest.fixture
def desktop(opened: Tab) -> Tab:
    """The page with nothing focused, whatever an earlier test left: what has the focus stays marked."""
    opened.value("document.activeElement.blur()")
    return opened


def test_no_request_leaves_the_page(desktop: Tab, report: Path) -> None:
    outside = [url for url in desktop.requests if not url.startswith(("data:", "blob:"))]
    assert outside == [report.as_uri()]


def test_the_console_stays_silent(desktop: Tab) -> None:
    assert desktop.errors == []


def test_the_line_of_every_option_is_on_the_map(desktop: Tab, assessment: Assessment) -> None:
    for option in assessment.all_options:
        query = f"window.corridorMap.queryRenderedFeatures({{layers: ['option-{option.label}']}}).length"
        assert desktop.value(query) > 0, option.label


def test_unchecking_an_option_takes_its_line_away(desktop: Tab) -> None:
    visibility = "window.corridorMap.getLayoutProperty('option-B', 'visibility')"
    box = desktop.page.locator("input[data-option=B]")
    box.uncheck()
    assert desktop.value(visibility) == "none"
    box.check()
    assert desktop.value(visibility) == "visible"


def test_the_name_of_a_post_opens_its_figures_as_text(desktop: Tab) -> None:
    desktop.page.locator("button.name", has_text="Taftan").click()
    text = desktop.page.locator(".maplibregl-popup-content").inner_text()
    assert "Taftan-Mirjaveh: Pakistan to Iran" in text
    assert "grade A" in text
    assert desktop.value(HIDDEN) == []
    desktop.page.locator(".maplibregl-popup-close-button").click()


def test_the_picture_of_the_map_is_not_blank(desktop: Tab, tmp_path: Path) -> None:
    shot = tmp_path / "map.png"
    desktop.page.locator("#map").screenshot(path=shot)
    colors = np.unique(np.asarray(Image.open(shot).convert("RGB")).reshape(-1, 3), axis=0)
    assert len(colors) > 500


def test_every_picture_says_in_words_what_it_shows(desktop: Tab) -> None:
    assert desktop.value("[...document.images].every(image => image.alt.length > 0 && image.naturalWidth > 0)")


def test_a_phone_scrolls_only_down(report: Path, chromium: Browser) -> None:
    with opened_tab(chromium, size=PHONE, is_mobile=True) as tab:
        tab.open_with_map(report)
        assert tab.value("document.documentElement.scrollWidth") <= PHONE[0]


def test_without_webgl_the_static_map_is_shown(report: Path, plain_chromium: Browser) -> None:
    with opened_tab(plain_chromium) as tab:
        tab.open(report)
        assert tab.value("window.corridorMap === undefined")
        assert tab.value("document.querySelector('.static-map img').getBoundingClientRect().height") > 100
        assert not tab.page.locator("#map").is_visible()
        assert tab.errors == []


def test_the_page_prints(desktop: Tab) -> None:
    assert desktop.page.pdf(prefer_css_page_size=True).startswith(b"%PDF")


def test_a_hostile_title_runs_nothing(hostile_page: str, chromium: Browser, tmp_path: Path) -> None:
    path = tmp_path / "hostile.html"
    path.write_text(hostile_page, encoding="utf-8")
    with opened_tab(chromium) as tab:
        tab.open_with_map(path)
        assert tab.page.locator(".title").inner_text().startswith("<script>alert(1)")
        assert tab.errors == []


MARKED = "[...document.querySelectorAll('.pointed-at')]"


def test_an_option_pointed_at_in_the_ranking_stands_out_everywhere(desktop: Tab) -> None:
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


def test_the_keyboard_marks_an_option_as_the_pointer_does(desktop: Tab) -> None:
    desktop.value("document.querySelector('.ranking tbody[data-label=C] .pick').focus()")
    assert set(desktop.value(f"{MARKED}.map(node => node.dataset.label)")) == {"C"}
    desktop.value("document.activeElement.blur()")
    assert desktop.value(f"{MARKED}.length") == 0
