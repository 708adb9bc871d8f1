"""Layers of the live map: each box hides and shows what it says, and arrowheads lie on the lines and point ahead."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from playwright.sync_api import Browser
from scipy.ndimage import label

from corridor.analysis.assessment import Assessment
from corridor.report.interactive_map import build_map_page

from .browser import DESKTOP, MAP_IS_DRAWN, PHONE, Tab, needs_chromium, opened_tab
from .test_accessibility import findings

SHOWN = """((selector) => [...document.querySelectorAll('#map ' + selector)].filter(
    (node) => getComputedStyle(node).visibility === 'visible').length)"""
"""How many nodes of a kind are seen on the map."""

BOXES = "document.querySelectorAll('[data-layer], [data-option]')"
"""All boxes but those of groups."""

ALL_OPTIONS, CLOSED_OPTIONS = list("ABCDEFG"), list("EFG")


@pytest.fixture(scope="module")
def opened(report: Path, chromium: Browser) -> Iterator[Tab]:
    with opened_tab(chromium) as tab:
        tab.open_with_map(report)
        yield tab
        assert tab.errors == []


@pytest.fixture
def tab(opened: Tab) -> Iterator[Tab]:
    """The page with all boxes on and nothing focused."""
    yield opened
    opened.page.emulate_media(media="screen")
    opened.value(f"{BOXES}.forEach((box) => box.checked || box.click())")
    opened.value("document.activeElement.blur()")


def shown(tab: Tab, selector: str) -> int:
    return int(tab.value(f"{SHOWN}('{selector}')"))


def visibility(tab: Tab, layer: str) -> str:
    """Of a layer of the map, as MapLibre has it."""
    return str(tab.value(f"window.corridorMap.getLayoutProperty('{layer}', 'visibility') || 'visible'"))


def layer_box(tab: Tab, name: str) -> Any:
    return tab.page.get_by_role("group", name="Show on the map").get_by_role("checkbox", name=name, exact=True)


def group_box(tab: Tab, name: str) -> Any:
    return tab.page.get_by_role("group", name="Options", exact=True).get_by_role("checkbox", name=name, exact=True)


def state(box: Any) -> str:
    """Whether all, some or none of a group is on."""
    if box.evaluate("box => box.indeterminate"):
        return "some"
    return "all" if box.is_checked() else "none"


def checked_options(tab: Tab) -> list[str]:
    return list(
        tab.value("[...document.querySelectorAll('input[data-option]:checked')].map(box => box.dataset.option)")
    )


@needs_chromium
def test_posts_go_with_their_names_and_crosses_and_come_back(tab: Tab) -> None:
    circles = "window.corridorMap.queryRenderedFeatures({layers: ['posts']}).length"
    before = tab.value(circles), shown(tab, "button.name"), shown(tab, ".cross")
    assert min(before) > 0
    layer_box(tab, "Posts").uncheck()
    tab.wait_for(f"{circles} === 0")
    assert (shown(tab, "button.name"), shown(tab, ".cross")) == (0, 0)
    layer_box(tab, "Posts").check()
    tab.wait_for(f"{circles} === {before[0]}")
    assert (shown(tab, "button.name"), shown(tab, ".cross")) == before[1:]


@needs_chromium
def test_cities_and_countries_go_and_the_two_ends_stay(tab: Tab) -> None:
    kinds = (".name-place", ".place-mark", ".name-country")
    before = [shown(tab, kind) for kind in kinds]
    assert min(before) > 0
    layer_box(tab, "Cities and countries").uncheck()
    assert [shown(tab, kind) for kind in kinds] == [0, 0, 0]
    assert (shown(tab, ".name-end"), shown(tab, ".end-mark")) == (2, 2)
    layer_box(tab, "Cities and countries").check()
    assert [shown(tab, kind) for kind in kinds] == before


@needs_chromium
def test_roads_go_and_come_back(tab: Tab) -> None:
    layer_box(tab, "Roads").press("Space")
    assert visibility(tab, "roads") == "none"
    layer_box(tab, "Roads").press("Space")
    assert visibility(tab, "roads") == "visible"


@needs_chromium
def test_an_option_that_is_hidden_keeps_no_arrowhead(tab: Tab) -> None:
    tab.page.locator("input[data-option=A]").uncheck()
    assert visibility(tab, "option-A-direction") == "none"
    assert visibility(tab, "option-B-direction") == "visible"
    layer_box(tab, "Direction").uncheck()
    assert {visibility(tab, f"option-{label}-direction") for label in ALL_OPTIONS} == {"none"}
    assert visibility(tab, "option-B") == "visible"
    layer_box(tab, "Direction").check()
    shown_again = [label for label in ALL_OPTIONS if visibility(tab, f"option-{label}-direction") == "visible"]
    assert shown_again == ALL_OPTIONS[1:]


@needs_chromium
def test_the_box_of_closed_options_is_in_step_with_theirs(tab: Tab) -> None:
    closed, every = group_box(tab, "Closed options"), group_box(tab, "All options")
    closed.press("Space")
    assert checked_options(tab) == ["A", "B", "C", "D"]
    assert [visibility(tab, f"option-{label}") for label in CLOSED_OPTIONS] == ["none"] * 3
    assert (state(closed), state(every)) == ("none", "some")
    tab.page.locator("input[data-option=F]").check()
    assert (state(closed), state(every)) == ("some", "some")
    closed.check()
    assert (state(closed), state(every)) == ("all", "all")
    assert checked_options(tab) == ALL_OPTIONS


@needs_chromium
def test_with_no_option_the_map_is_bare_but_for_its_ends(tab: Tab) -> None:
    every = group_box(tab, "All options")
    every.uncheck()
    assert checked_options(tab) == []
    assert state(group_box(tab, "Closed options")) == "none"
    assert [shown(tab, kind) for kind in ("button.name", ".cross", ".map-letter", ".name-end")] == [0, 0, 0, 2]
    tab.page.locator("input[data-option=A]").check()
    assert state(every) == "some"
    assert shown(tab, ".map-letter") == 1


LANES = """(async (label) => {
    const { features } = await window.corridorMap.getSource('option-' + label).getData();
    return [...new Set(features.map(({ properties }) => properties.lane))].sort((a, b) => a - b);
})"""


@needs_chromium
def test_options_that_stay_close_the_gap_that_a_hidden_one_leaves(tab: Tab) -> None:
    assert len(tab.value(f"{LANES}('A')")) > 2
    group_box(tab, "All options").uncheck()
    tab.page.locator("input[data-option=A]").check()
    assert tab.value(f"{LANES}('A')") == [0]
    tab.page.locator("input[data-option=B]").check()
    assert tab.value(f"{LANES}('A')") == [-0.5, 0]
    assert tab.value(f"{LANES}('B')") == [0, 0.5]


@needs_chromium
def test_figures_of_a_post_close_when_the_post_is_hidden(tab: Tab) -> None:
    figures, name = tab.page.get_by_role("dialog"), tab.page.locator("button.name", has_text="Khunjerab")
    name.click()
    layer_box(tab, "Roads").uncheck()
    assert figures.count() == 1
    layer_box(tab, "Posts").press("Space")
    assert figures.count() == 0
    assert tab.focused == "input"
    layer_box(tab, "Posts").press("Space")
    name.click()
    tab.page.locator("input[data-option=A]").uncheck()
    assert figures.count() == 1  # G goes there, too
    tab.page.locator("input[data-option=G]").uncheck()
    assert figures.count() == 0


@needs_chromium
def test_arrowheads_fade_with_the_lines_of_other_options(tab: Tab) -> None:
    tab.value("document.querySelector('.toggles label[data-label=B]').dispatchEvent(new Event('mouseenter'))")
    opacity = (
        "['A', 'B'].map(label => window.corridorMap.getPaintProperty(`option-${label}-direction`, 'icon-opacity'))"
    )
    faded, full = tab.value(opacity)
    assert faded < full == 1
    tab.value("document.querySelector('.toggles label[data-label=B]').dispatchEvent(new Event('mouseleave'))")
    assert tab.value(opacity) == [1, 1]


@needs_chromium
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_boxes_fit_and_are_accessible_where_it_is_dark(
    report: Path, chromium: Browser, size: tuple[int, int]
) -> None:
    with opened_tab(chromium, size=size, color_scheme="dark") as tab:
        tab.open_with_map(report)
        group_box(tab, "Closed options").uncheck()
        assert findings(tab) == []
        assert tab.value("document.documentElement.scrollWidth") <= size[0]
        assert tab.value("[...document.querySelectorAll('.controls *')].every(n => n.scrollWidth <= n.clientWidth + 1)")
        assert tab.errors == []


@needs_chromium
def test_a_long_list_of_options_scrolls_beside_the_map_and_the_layers_stay(tab: Tab) -> None:
    bottoms = "['#map', '.toggles'].map((place) => document.querySelector(place).getBoundingClientRect().bottom)"
    of_map, of_list = tab.value(bottoms)
    assert of_list == pytest.approx(of_map, abs=1)
    hidden_px = "((list) => list.scrollHeight - list.clientHeight)(document.querySelector('.toggles'))"
    assert tab.value(hidden_px) > 0
    tab.page.locator("input[data-option=G]").click()
    assert tab.value("document.querySelector('.toggles').scrollTop") > 0
    assert checked_options(tab) == ALL_OPTIONS[:-1]


@needs_chromium
def test_no_box_is_printed(tab: Tab) -> None:
    assert tab.page.locator(".controls").is_visible()
    tab.page.emulate_media(media="print")
    assert not tab.page.locator(".controls").is_visible()
    assert tab.page.locator(".static-map img").is_visible()


def test_where_no_option_is_closed_there_is_no_box_for_closed_ones(assessment: Assessment) -> None:
    box = 'data-group="closed"'
    assert box in build_map_page(assessment)
    assert box not in build_map_page(replace(assessment, closed_options=()))


LONE_ARROWHEADS = """(() => {
    for (const box of document.querySelectorAll('[data-layer]')) if (box.dataset.layer !== 'direction') box.click();
    for (const { id, source } of window.corridorMap.getStyle().layers) {
        const isOfOption = String(source).startsWith('option-') && id !== 'option-A-direction';
        if (isOfOption) window.corridorMap.setLayoutProperty(id, 'visibility', 'none');
    }
    for (const node of document.querySelectorAll('.maplibregl-marker, .controls')) node.style.display = 'none';
    const wholeWindow = { position: 'fixed', inset: 0, height: 'auto', border: 0, zIndex: 9 };
    Object.assign(document.getElementById('map').style, wholeWindow);
})()"""
"""Leaves nothing in the window but the arrowheads of option A, in its lane among all others, on a map."""

PIECES = """JSON.parse(document.getElementById('map-data').textContent).options[0].pieces.map(({ beside, line }) =>
    [-beside.length / 2, line.map((at) => window.corridorMap.project(at)).map(({ x, y }) => [x, y])])"""
"""The pieces of option A: of the options beside it, all are to its right."""

BUNDLE = [32.83, 53.98]
"""Where A runs beside five other options, 2.5 lanes to the left of the road."""

LANE_PX = {3: 3.2, 5.5: 4.3, 8: 5.4}
"""Zoom -> width of a lane: `lanes` in live_map.js, for a few options."""

SHARPNESS = 3
"""Pixels of a picture for each CSS pixel."""

BLUE = (18, 79, 160)
FADE_MS = 600
OFF_PX = 0.2
ROOM_PX = 10
"""An arrowhead this far from a bend lies along one straight step of its line."""

NEAR_LANES = 4
LEAST_SKEWNESS = 0.1
"""An arrowhead is broad behind and long ahead; one that points back has a skewness below zero."""

Points = NDArray[np.float64]


def arrowheads(tab: Tab) -> list[Points]:
    """Pixels (x, y) of each arrowhead that is wholly on the map, in CSS pixels."""
    tab.wait_for(MAP_IS_DRAWN)
    tab.page.wait_for_timeout(FADE_MS)
    picture = Image.open(BytesIO(tab.page.screenshot())).convert("RGB")
    pixels = np.asarray(picture).astype(int)
    marks, count = label(np.abs(pixels - BLUE).sum(axis=2) < 120)
    clouds = [np.argwhere(marks == number)[:, ::-1] for number in range(1, count + 1)]
    edges = np.array(marks.shape)[::-1] - 1
    whole = [cloud for cloud in clouds if len(cloud) > 40 and cloud.min() > 0 and (cloud.max(axis=0) < edges).all()]
    return [(cloud + 0.5) / SHARPNESS for cloud in whole]


def along_and_right(points: Points, start: Points, end: Points) -> Points:
    """Pixels along a step from its start, and to the right of it; y grows downward."""
    (x, y), step_px = end - start, np.hypot(*(end - start))
    turned: Points = (points - start) @ np.array([[x, -y], [y, x]]) / step_px
    return turned


def beside_line(
    head: Points, pieces: list[tuple[float, list[list[float]]]], lane_px: float
) -> tuple[float, float] | None:
    """Pixels from an arrowhead to the middle of its lane, and its skewness along the way; None beside a bend."""
    found = []
    for lane, line in pieces:
        for start, end in pairwise(np.array(line)):
            along, right = along_and_right(head, start, end).T
            is_beside = abs(right.mean()) < NEAR_LANES * lane_px
            if is_beside and ROOM_PX < along.mean() < np.hypot(*(end - start)) - ROOM_PX:
                skewness = float((((along - along.mean()) / along.std()) ** 3).mean())
                found.append((abs(float(right.mean()) - lane * lane_px), skewness))
    return min(found, default=None)


@needs_chromium
@pytest.mark.parametrize("zoom", LANE_PX)
def test_arrowheads_lie_in_the_lane_of_their_option_and_point_to_the_destination(
    report: Path, chromium: Browser, zoom: float
) -> None:
    with opened_tab(chromium, device_scale_factor=SHARPNESS) as tab:
        tab.open_with_map(report)
        tab.value(LONE_ARROWHEADS)
        tab.value(f"window.corridorMap.jumpTo({{center: {BUNDLE}, zoom: {zoom}}})")
        heads, pieces = arrowheads(tab), tab.value(PIECES)
    placed = [found for head in heads if (found := beside_line(head, pieces, LANE_PX[zoom]))]
    assert placed
    assert max(off_px for off_px, _ in placed) < OFF_PX
    assert min(skewness for _, skewness in placed) > LEAST_SKEWNESS
