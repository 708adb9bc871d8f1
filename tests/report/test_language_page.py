"""The page in other languages, in a real browser: what changes, what stays English, and the way back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from corridor.report.languages import LANGUAGES, read_labels

from .browser import PHONE, Tab, needs_chromium, opened_tab
from .test_accessibility import findings

pytestmark = needs_chromium

NAMES = {"en": "English", **{language.code: language.name for language in LANGUAGES}}
LEFT_TO_RIGHT, END = "\u2066", "\u2069"
"""Unicode's marks around an amount that stands among words from right to left."""

EVERYTHING = """[document.documentElement.lang, document.documentElement.dir, document.body.innerText,
    ...[...document.querySelectorAll('body *')].map((node) => ['aria-label', 'title', 'alt', 'lang', 'dir',
        'data-subject'].map((name) => node.getAttribute(name)).join('|'))]"""
HEADS = "[...document.querySelectorAll('.ranking thead th')].map((head) => head.textContent)"
CELLS = """[...document.querySelectorAll('.ranking tbody')].map((body) => ['usd', 'generalised', 'days', 'co2e'].map(
    (cell) => body.querySelector(`[data-cell=${cell}]`).textContent))"""
GAPS = """JSON.parse(document.getElementById('map-data').textContent).posts.map((post) => {
    const names = [...document.querySelectorAll('#map button.name')];
    const name = names.find((node) => node.textContent.startsWith(post.name));
    const box = name.getBoundingClientRect(), frame = document.getElementById('map').getBoundingClientRect();
    const { x, y } = window.corridorMap.project(post.at);
    const isBeside = Math.abs((box.top + box.bottom) / 2 - frame.top - y) < 4;
    const gap = Math.max(box.left - frame.left - x, x - box.right + frame.left);
    return getComputedStyle(name).visibility === 'visible' && isBeside ? gap : null;
}).filter((gap) => gap !== null)"""
"""Pixels from a post on the map to its name, for names that stand right or left of it."""

LEAST_GAP_PX = 4

UNMARKED = r"""[...document.querySelectorAll('main p, main li, main h1, main h2, main h3')].filter((node) =>
    node.childElementCount === 0 && /[a-z]{3} [a-z]{2}/.test(node.textContent) &&
    node.closest('[lang]').lang !== 'en').map((node) => node.textContent)"""
"""Sentences in English that a screen reader would read out in another language."""


@pytest.fixture
def tab(report: Path, plain_chromium: Browser) -> Iterator[Tab]:
    with opened_tab(plain_chromium) as tab:
        tab.open(report)
        yield tab


def choose(tab: Tab, code: str) -> None:
    tab.page.get_by_role("button", name=NAMES[code], exact=True).click()


def pressed(tab: Tab) -> list[str]:
    """Names of the languages that are switched on."""
    return tab.page.locator('#languages [aria-pressed="true"]').all_inner_texts()


def shown(tab: Tab, selector: str) -> list[str]:
    return tab.page.locator(selector).all_inner_texts()


def test_russian_translates_heads_contents_and_cards(tab: Tab) -> None:
    labels = read_labels()["ru"]
    english = {place: shown(tab, place) for place in (".contents a", ".card dt")}
    heads = tab.value(HEADS)
    choose(tab, "ru")
    assert tab.value("document.documentElement.lang") == "ru"
    assert tab.value(HEADS) == [labels[head] for head in heads]
    for place, texts in english.items():
        assert shown(tab, place) == [labels[text] for text in texts], place
    assert tab.page.locator("#draft").is_visible()


def test_russian_writes_thousands_with_a_space_and_decimals_with_a_comma(tab: Tab) -> None:
    before = tab.value(CELLS)
    choose(tab, "ru")
    assert tab.value(CELLS) == [[russian(text) for text in row] for row in before]
    assert re.fullmatch(r"\d\u00a0\d{3}", tab.value(CELLS)[0][0])


def russian(text: str) -> str:
    return text.replace(",", "\u00a0").replace(".", ",")


@pytest.mark.parametrize("code", ["ru", "ur"])
def test_what_stays_english_says_so(tab: Tab, code: str) -> None:
    choose(tab, code)
    assert tab.value("document.querySelector('.card .way').lang") == "en"
    assert tab.value(UNMARKED) == []


def test_urdu_reads_from_right_to_left_and_scrolls_only_down_on_a_phone(tab: Tab) -> None:
    tab.resize(PHONE)
    choose(tab, "ur")
    assert tab.value("getComputedStyle(document.body).direction") == "rtl"
    assert tab.value("document.documentElement.scrollWidth") <= PHONE[0]


def test_in_urdu_the_sign_stays_before_its_number(tab: Tab) -> None:
    choose(tab, "ur")
    signed = [text for text in shown(tab, ".card dd b") if re.search("[+−]", text)]
    assert signed
    assert all(re.fullmatch(f"{LEFT_TO_RIGHT}[+−][\\d.,]+{END}", text) for text in signed), signed


@pytest.mark.parametrize("code", ["ru", "ur"])
def test_back_to_english_every_text_is_as_it_was(tab: Tab, code: str) -> None:
    before = tab.value(EVERYTHING)
    choose(tab, code)
    assert tab.value(EVERYTHING) != before
    choose(tab, "en")
    after = tab.value(EVERYTHING)
    assert after[1] == "ltr"
    assert [after[0], *after[2:]] == [before[0], *before[2:]]


def test_sliders_keep_the_numerals_of_the_language(tab: Tab) -> None:
    tab.page.locator("#weight-border").fill("3")
    english = tab.value(CELLS)
    tab.page.locator("#weight-border").fill("1")
    choose(tab, "ru")
    tab.page.locator("#weight-border").fill("3")
    assert tab.value(CELLS) == [[russian(text) for text in row] for row in english]
    assert shown(tab, "#weight-border-shown") == ["× 3,00"]
    choose(tab, "en")
    assert tab.value(CELLS) == english


@pytest.mark.parametrize("code", ["ru", "ur"])
def test_axe_finds_nothing_in_another_language(tab: Tab, code: str) -> None:
    choose(tab, code)
    assert findings(tab) == []
    assert tab.errors == []


@pytest.mark.parametrize(
    ("english", "written"),
    [("11.7 to 16.2", "11,7–16,2"), ("at least 5,870 to 7,240", "не менее 5\u00a0870–7\u00a0240")],
)
def test_a_range_is_written_in_the_numerals_of_the_language(tab: Tab, english: str, written: str) -> None:
    tab.value(f"document.getElementById('draft').insertAdjacentHTML('afterend', '<p id=range>{english}</p>')")
    choose(tab, "ru")
    assert shown(tab, "#range") == [written]


def test_the_live_map_gives_names_of_another_length_room_beside_their_marks(report: Path, chromium: Browser) -> None:
    with opened_tab(chromium) as tab:
        tab.open_with_map(report)
        choose(tab, "ur")
        gaps = tab.value(GAPS)
        assert len(gaps) > 3
        assert min(gaps) >= LEAST_GAP_PX
        choose(tab, "ru")
        tab.page.locator("input[data-option=B]").uncheck()
        choose(tab, "en")
        assert tab.errors == []


def test_the_address_chooses_a_language_and_an_unknown_one_stays_english(report: Path, plain_chromium: Browser) -> None:
    for asked, code in (("ru", "ru"), ("ur", "ur"), ("xx", "en"), ("", "en")):
        with opened_tab(plain_chromium) as tab:
            tab.page.goto(f"{report.as_uri()}?lang={asked}")
            assert tab.value("document.documentElement.lang") == code
            assert pressed(tab) == [NAMES[code]]
            assert tab.errors == []


def test_the_keyboard_reaches_the_languages_and_each_says_whether_it_is_on(tab: Tab) -> None:
    tab.page.keyboard.press("Tab")
    for code, name in NAMES.items():
        tab.page.keyboard.press("Tab")
        assert tab.value("document.activeElement.value") == code
        tab.page.keyboard.press("Enter")
        assert pressed(tab) == [name]
        assert tab.value("document.documentElement.lang") == code
