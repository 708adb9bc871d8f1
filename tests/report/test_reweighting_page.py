"""The sliders in a real browser: the ranking that they show is the one that Python computes."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from corridor.analysis.assessment import Assessment
from corridor.costs.ledger import MoneyRow
from corridor.futures.outlook import Outlook
from corridor.report.html import build_html
from corridor.report.pictures import Picture
from corridor.report.reweighting import Reweighted, Weights, build_parts, neutral_weights, rank

from .browser import PHONE, Tab, needs_chromium, opened_tab
from .fake_trip import SHIPPED

pytestmark = needs_chromium

SHOWN = """[...document.querySelectorAll('.ranking tbody')].map((body) => [body.dataset.label,
    ...['usd', 'generalised', 'days', 'borders', 'co2e'].map((cell) =>
        body.querySelector(`[data-cell=${cell}]`).textContent)])"""
STATUS = "document.querySelector('#reweighting [role=status]').textContent"
SETTINGS: list[Mapping[str, float]] = [
    {"cargo": 0},
    {"cargo": 4, "carbon": 200},
    {"border": 3},
    {"border": 0.25, "cargo": 0.5},
    {"premium": 50},
    {"cargo": 1.35, "carbon": 75, "border": 2.15, "premium": 12},
]


TOLL_USD = 1400.0
"""Makes option A dearer than B by 103 USD, though it spends 33 h less at posts."""


@pytest.fixture(scope="module")
def close_race(assessment: Assessment) -> Assessment:
    """The invented trip with a toll on A, so that B comes first until hours count for more."""
    first, second, *others = assessment.options
    toll = MoneyRow(0, "PAK", "toll", TOLL_USD, ())
    dearer = replace(first, ledger=replace(first.ledger, money=(*first.ledger.money, toll)))
    return replace(assessment, options=(second, dearer, *others))


@pytest.fixture(scope="module")
def report(close_race: Assessment, pictures: Mapping[str, Picture], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sliders") / "report.html"
    path.write_text(build_html(close_race, Outlook(), pictures, SHIPPED), encoding="utf-8")
    return path


@pytest.fixture
def tab(plain_chromium: Browser, report: Path) -> Iterator[Tab]:
    with opened_tab(plain_chromium) as tab:
        tab.open(report)
        yield tab


def set_sliders(tab: Tab, settings: Mapping[str, float]) -> None:
    for key, value in settings.items():
        tab.page.locator(f"#weight-{key}").fill(f"{value:g}")


def weights_of(assessment: Assessment, settings: Mapping[str, float]) -> Weights:
    neutral = neutral_weights(assessment)
    return Weights(
        cargo_usd_per_day=neutral.cargo_usd_per_day * settings.get("cargo", 1),
        carbon_usd_per_t=settings.get("carbon", neutral.carbon_usd_per_t),
        border_times=settings.get("border", 1),
        premium_usd_per_h=settings.get("premium", 0),
    )


def cells(option: Reweighted) -> list[str]:
    return [
        option.label, f"{option.money_usd:,.0f}", f"{option.generalised_cost_usd:,.0f}", f"{option.time_h / 24:.1f}",
        f"{option.border_h / 24:.1f}", f"{option.co2e_kg / 1000:.1f}",
    ]  # fmt: skip


@pytest.mark.parametrize("settings", SETTINGS, ids=str)
def test_order_and_numbers_are_those_of_python(tab: Tab, close_race: Assessment, settings: Mapping[str, float]) -> None:
    set_sliders(tab, settings)
    ranked = rank(build_parts(close_race), weights_of(close_race, settings))
    assert tab.value(SHOWN) == [cells(option) for option in ranked]


def test_the_table_turns_round_where_hours_at_posts_count_for_more(tab: Tab) -> None:
    assert [row[0] for row in tab.value(SHOWN)] == ["B", "A", "C", "D"]
    set_sliders(tab, {"border": 3})
    assert [row[0] for row in tab.value(SHOWN)] == ["A", "B", "C", "D"]


def test_the_best_option_is_named_in_words(tab: Tab, close_race: Assessment) -> None:
    set_sliders(tab, {"border": 3})
    best, following, *_ = rank(build_parts(close_race), weights_of(close_race, {"border": 3}))
    lead_usd = following.generalised_cost_usd - best.generalised_cost_usd
    status = tab.value(STATUS)
    assert status.startswith(f"Best at these settings, on what is known: {best.label}, ")
    assert status.endswith(
        f"at {best.generalised_cost_usd:,.0f} USD of generalised cost, {lead_usd:,.0f} USD less than {following.label}."
    )


def test_the_button_brings_back_the_ranking_of_the_report(tab: Tab) -> None:
    before = tab.value(SHOWN)
    set_sliders(tab, {"cargo": 0, "border": 3})
    assert tab.value(SHOWN) != before
    tab.page.locator("#reweighting button").click()
    assert tab.value(SHOWN) == before


def test_arrow_keys_move_a_slider_which_says_its_value(tab: Tab) -> None:
    tab.page.locator("#weight-carbon").press("ArrowRight")
    assert tab.value("document.getElementById('weight-carbon').value") == "1"
    assert tab.value("document.getElementById('weight-carbon-shown').textContent") == "1 USD/t"
    assert tab.value("document.getElementById('weight-carbon').getAttribute('aria-valuetext')") == "1 USD/t"


def test_paper_has_the_scenario_and_no_sliders(tab: Tab) -> None:
    before = tab.value(SHOWN)
    set_sliders(tab, {"cargo": 0, "border": 3})
    moved = tab.value(SHOWN)
    tab.value("window.dispatchEvent(new Event('beforeprint'))")
    assert tab.value(SHOWN) == before
    tab.value("window.dispatchEvent(new Event('afterprint'))")
    assert tab.value(SHOWN) == moved
    tab.page.emulate_media(media="print")
    assert not tab.page.locator("#reweighting").is_visible()


def test_a_narrow_phone_scrolls_only_down(tab: Tab) -> None:
    tab.resize(PHONE)
    assert tab.value("document.documentElement.scrollWidth") <= PHONE[0]


def test_the_console_stays_silent(tab: Tab) -> None:
    set_sliders(tab, {"border": 2})
    assert tab.errors == []
