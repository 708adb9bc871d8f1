"""The page for those who cannot see it well or hold a mouse: what axe-core finds, and every step of the Tab key."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from corridor.report.palette import (
    CLOSED_GREY,
    CLOSED_GREY_SHARE,
    GROUP_COLORS,
    LEAST_CONTRAST,
    OPTION_COLORS,
    contrast,
    ink_on,
    mixed,
)

from .browser import DESKTOP, PHONE, Tab, needs_chromium, opened_tab

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FINDS = {"runOnly": RULES, "resultTypes": ["violations"]}
STEPS_MAX = 400
"""More than the page has stops of the Tab key."""

RING = "(({ outlineStyle, outlineWidth }) => outlineStyle === 'none' ? 0 : parseFloat(outlineWidth))"


def findings(tab: Tab) -> list[str]:
    """What axe-core finds wrong, serious or not, one line each."""
    return [
        f"{rule['id']} ({rule['impact']}): {node['html'][:120]}"
        for rule in Axe().run(tab.page, options=FINDS).response["violations"]
        for node in rule["nodes"]
    ]


@needs_chromium
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_axe_finds_nothing_in_the_longest_report(
    full_report: Path, chromium: Browser, size: tuple[int, int], scheme: Literal["light", "dark"]
) -> None:
    with opened_tab(chromium, size=size, color_scheme=scheme) as tab:
        tab.open_with_map(full_report)
        tab.value("document.querySelectorAll('details').forEach(details => { details.open = true; })")
        assert findings(tab) == []
        assert tab.value("document.documentElement.scrollWidth") <= size[0]
        assert tab.errors == []


@needs_chromium
def test_axe_finds_nothing_where_the_static_map_is_shown(report: Path, plain_chromium: Browser) -> None:
    with opened_tab(plain_chromium) as tab:
        tab.open(report)
        assert findings(tab) == []


@needs_chromium
def test_axe_sees_what_is_wrong(plain_chromium: Browser, tmp_path: Path) -> None:
    path = tmp_path / "grey.html"
    faint = '<main><h1 style="color: #ccc">Faint words</h1></main>'
    path.write_text(f'<!doctype html><html lang="en"><title>t</title>{faint}</html>', encoding="utf-8")
    with opened_tab(plain_chromium) as tab:
        tab.open(path)
        assert [finding.split(" ")[0] for finding in findings(tab)] == ["color-contrast"]


@pytest.mark.parametrize("color", [*OPTION_COLORS, *GROUP_COLORS.values()])
def test_letters_on_a_colour_are_readable(color: str) -> None:
    for ground in (color, mixed(color, CLOSED_GREY, share=CLOSED_GREY_SHARE)):
        assert contrast(ink_on(ground), ground) >= LEAST_CONTRAST


@pytest.fixture
def tab(report: Path, chromium: Browser) -> Iterator[Tab]:
    with opened_tab(chromium, reduced_motion="reduce") as tab:
        tab.open_with_map(report)
        yield tab


def walk(tab: Tab) -> list[str]:
    """What the Tab key reaches, from the top of the page until it comes round; each stop shows its ring."""
    stops: list[str] = []
    for _ in range(STEPS_MAX):
        tab.page.keyboard.press("Tab")
        if tab.value("document.activeElement === document.body"):
            return stops
        assert tab.value(f"{RING}(getComputedStyle(document.activeElement))") >= 2, tab.focused
        assert tab.value("document.activeElement.getClientRects().length") > 0, tab.focused
        stops.append(tab.focused)
    raise AssertionError(f"no end in sight: {stops[-5:]}")


def position(stops: list[str], beginning: str) -> int:
    return next(number for number, stop in enumerate(stops) if stop.startswith(beginning))


@needs_chromium
def test_the_tab_key_goes_from_the_top_through_map_table_and_sources_and_out(tab: Tab) -> None:
    stops = walk(tab)
    assert stops[0] == "a .skip Skip to the verdict"
    way = [
        "canvas .maplibregl-canvas", "button .name", "button .maplibregl-ctrl-zoom-in", "input", "a Ranking",
        "input #weight-cargo", "input #weight-premium", "button .plain Back", "button .pick", "a https",
    ]  # fmt: skip
    places = [position(stops, beginning) for beginning in way]
    assert all(before < after for before, after in pairwise(places)), list(zip(way, places, strict=True))
    assert sum(stop.startswith("button .pick") for stop in stops) == tab.page.locator(".ranking tbody").count()
    assert sum(stop == "input" for stop in stops) == tab.page.locator(".controls input").count()
    contents = tab.page.locator(".contents a").all_inner_texts()
    assert [stop.removeprefix("a ") for stop in stops if stop.removeprefix("a ") in contents] == contents


@needs_chromium
def test_the_skip_link_leads_past_the_head_to_the_map(tab: Tab) -> None:
    tab.page.keyboard.press("Tab")
    assert tab.value("document.activeElement.getBoundingClientRect().left") > 0
    tab.page.keyboard.press("Enter")
    assert tab.value("location.hash") == "#verdict"
    tab.page.keyboard.press("Tab")
    assert tab.focused.startswith("canvas")


@needs_chromium
def test_arrow_keys_move_the_map_and_plus_and_minus_zoom(tab: Tab) -> None:
    centre, zoom = "window.corridorMap.getCenter().lng", "window.corridorMap.getZoom()"
    tab.page.locator("#map canvas").focus()
    before = tab.value(centre)
    tab.page.keyboard.press("ArrowRight")
    tab.wait_for(f"{centre} > {before}")
    before = tab.value(zoom)
    tab.page.keyboard.press("=")
    tab.wait_for(f"{zoom} > {before}")


@needs_chromium
def test_the_map_jumps_where_motion_is_not_wanted(tab: Tab) -> None:
    zoom = "window.corridorMap.getZoom()"
    before = tab.value(zoom)
    assert tab.value(f"(window.corridorMap.zoomIn(), {zoom})") == pytest.approx(before + 1)
    assert tab.value("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


@needs_chromium
def test_escape_closes_the_figures_of_a_post_and_the_focus_goes_back(tab: Tab) -> None:
    name = tab.page.locator("button.name", has_text="Taftan")
    name.press("Enter")
    assert tab.page.get_by_role("dialog", name="Taftan-Mirjaveh: Pakistan to Iran").is_visible()
    assert tab.focused.startswith("button .maplibregl-popup-close-button")
    assert findings(tab) == []
    tab.page.keyboard.press("Escape")
    assert tab.page.get_by_role("dialog").count() == 0
    assert "Taftan" in tab.focused


@needs_chromium
def test_a_post_says_its_name_and_hours_to_a_screen_reader(tab: Tab) -> None:
    assert tab.page.get_by_role("button", name="Taftan 45 h", exact=True).count() == 1
    assert tab.page.get_by_label("Map marker").count() == 0


@needs_chromium
def test_the_space_bar_takes_an_option_from_the_map(tab: Tab) -> None:
    tab.page.locator("input[data-option=B]").press("Space")
    assert tab.value("window.corridorMap.getLayoutProperty('option-B', 'visibility')") == "none"
