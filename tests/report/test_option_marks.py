"""What belongs to an option in a figure: one of them can stand out by the end of the picture's address."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path

import pytest
from matplotlib.figure import Figure
from PIL import Image
from playwright.sync_api import Browser

from corridor.report.option_marks import FADED, marked, with_targets
from corridor.report.pictures import Picture

from .browser import needs_chromium, opened_tab


def test_what_is_drawn_for_an_option_is_of_its_class_and_nothing_else_is() -> None:
    figure = Figure()
    axes = figure.add_axes((0, 0, 1, 1))
    axes.plot([0, 1], [0, 1])
    with marked(axes, "A"):
        axes.plot([0, 1], [1, 0])
        axes.text(0.5, 0.5, "A")
    buffer = io.StringIO()
    figure.savefig(buffer, format="svg")
    svg = with_targets(buffer.getvalue())
    assert svg.count('class="o o-A"') == 2
    assert svg.index('<g id="A"/>') < svg.index('id="figure_1"')


def test_a_figure_without_options_stays_as_it_is() -> None:
    svg = '<svg width="1"><g id="line2d_1"/></svg>'
    assert with_targets(svg) == svg


@pytest.mark.parametrize("name", ["map", "time_staircase", "cost_staircase", "cost_by_component", "time_by_component"])
def test_every_option_can_stand_out_in_every_figure_that_shows_it(pictures: Mapping[str, Picture], name: str) -> None:
    svg = pictures[name].svg.decode()
    assert "#A:target~*" in svg
    assert 'class="o o-A"' in svg


@needs_chromium
def test_pointing_at_an_option_fades_the_others_in_the_charts(report: Path, chromium: Browser) -> None:
    with opened_tab(chromium) as tab:
        tab.open_with_map(report)
        chart = tab.page.locator("#staircases img").first
        chart.scroll_into_view_if_needed()
        before = darkness(chart.screenshot())
        tab.value("document.querySelector('.ranking tbody[data-label=A]').dispatchEvent(new MouseEvent('mouseenter'))")
        chart.evaluate("image => image.decode()")
        assert str(chart.get_attribute("src")).endswith("#A")
        assert darkness(chart.screenshot()) < before
        tab.value("document.querySelector('.ranking tbody[data-label=A]').dispatchEvent(new MouseEvent('mouseleave'))")
        chart.evaluate("image => image.decode()")
        assert "#" not in str(chart.get_attribute("src"))
        assert darkness(chart.screenshot()) == before
        assert tab.errors == []


def darkness(png: bytes) -> int:
    """How much ink is on a picture."""
    histogram = Image.open(io.BytesIO(png)).convert("L").histogram()
    return sum((255 - level) * count for level, count in enumerate(histogram))


def test_the_page_fades_the_map_as_much_as_the_charts() -> None:
    script = Path(__file__).parents[2] / "corridor" / "report" / "templates" / "highlight.js"
    assert f"const FADED = {FADED};" in script.read_text(encoding="utf-8")
