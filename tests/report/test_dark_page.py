"""The page where the reader's system is dark: dark ground, light sheets for map and figures, and white paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from corridor.report.palette import contrast

from .browser import Tab, needs_chromium, opened_tab

pytestmark = needs_chromium

READABLE, VISIBLE = 4.5, 3.0
"""Least contrast of text, and of what is no text: WCAG 2.2, success criteria 1.4.3 and 1.4.11."""

WHITE = "#ffffff"


@pytest.fixture(scope="module")
def dark(report: Path, plain_chromium: Browser) -> Iterator[Tab]:
    with opened_tab(plain_chromium, color_scheme="dark") as tab:
        tab.open(report)
        yield tab


@pytest.fixture(autouse=True)
def screen(dark: Tab) -> None:
    dark.page.emulate_media(media="screen")


def color(tab: Tab, selector: str, name: str) -> str:
    """A computed colour as #rrggbb."""
    value = tab.value(f"getComputedStyle(document.querySelector('{selector}')).{name}")
    red, green, blue = map(int, re.fullmatch(r"rgb\((\d+), (\d+), (\d+)\)", value).groups())  # type: ignore[union-attr]
    return f"#{red:02x}{green:02x}{blue:02x}"


def test_the_ground_is_dark_and_the_words_on_it_are_readable(dark: Tab) -> None:
    ground = color(dark, "body", "backgroundColor")
    assert contrast(ground, WHITE) > 15
    for words in ("body", ".small", ".contents a", ".chain", "thead th", ".bound"):
        assert contrast(color(dark, words, "color"), ground) >= READABLE, words


@pytest.mark.parametrize("mark", [".letter circle", ".bar rect", ".key rect"])
def test_every_mark_has_an_edge_that_can_be_seen(dark: Tab, mark: str) -> None:
    assert contrast(color(dark, mark, "stroke"), color(dark, "body", "backgroundColor")) >= VISIBLE


def test_the_ring_of_the_focus_can_be_seen(dark: Tab) -> None:
    dark.page.keyboard.press("Tab")
    assert contrast(color(dark, ":focus-visible", "outlineColor"), color(dark, "body", "backgroundColor")) >= VISIBLE


def test_the_map_stays_a_light_sheet(dark: Tab) -> None:
    assert contrast(color(dark, "#map", "color"), WHITE) >= READABLE
    assert dark.value("getComputedStyle(document.getElementById('map')).colorScheme") == "light only"


def test_paper_is_white(dark: Tab) -> None:
    dark.page.emulate_media(media="print", color_scheme="dark")
    assert color(dark, "body", "backgroundColor") == WHITE
    assert contrast(color(dark, "body", "color"), WHITE) >= READABLE
    assert dark.value("getComputedStyle(document.querySelector('.letter circle')).stroke") == "none"


def test_a_light_system_shows_a_light_page(report: Path, plain_chromium: Browser) -> None:
    with opened_tab(plain_chromium, color_scheme="light") as tab:
        tab.open(report)
        assert color(tab, "body", "backgroundColor") == WHITE
