"""Labels in other languages: one file holds them all, and none of the page's own texts is missing."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from string import Formatter

import pytest
from babel import Locale

from corridor.analysis.assessment import Assessment
from corridor.bundled import data_path
from corridor.costs.ledger import MONEY_COMPONENTS, TIME_COMPONENTS
from corridor.errors import DataError
from corridor.report import languages
from corridor.report.baseline_rows import INPUT_HEADER
from corridor.report.calibration_rows import MEASURES_SHOWN
from corridor.report.caveats import MISUSE
from corridor.report.comparing import OPTION_HEADER, SHARE_HEADER
from corridor.report.html import CONTENTS
from corridor.report.languages import DRAFT, LANGUAGES, SENTENCES, build_language_data, read_labels, verdict
from corridor.report.numerals import with_plain_spaces
from corridor.report.option_rows import build_option_rows
from corridor.report.page_parts import TEMPLATES
from corridor.report.palette import GROUP_COLORS
from corridor.report.replay_rows import OTHER_HEADER
from corridor.report.reweighting_panel import build_sliders
from corridor.report.road_health import MAPPED_PARTS
from corridor.report.verdict import build_cards
from corridor.report.wording import headline

CODES = [language.code for language in LANGUAGES]
GAP = "\0"
SPOKEN = ("aria-label", "title", "alt")
WRITING = {"ru": re.compile("[а-яё]", re.IGNORECASE), "ur": re.compile("[\u0600-\u06ff]")}
GENERATED = {"Run", "UTF-8"}
MADE_FROM_DATA = re.compile(r"^[A-P]$|^[A-P] (less [A-P]|1st)$|^More than [A-P]$|years than \d{4}$")
"""Heads of columns that name an option by its letter, or the year of the prices."""


class OwnTexts(HTMLParser):
    """The texts of a template that have no gap in them: what stands on every page as it is."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: set[str] = set()

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in SPOKEN and value:
                self.handle_data(value)

    def handle_data(self, data: str) -> None:
        text = " ".join(data.split())
        if GAP not in text and re.search("[A-Za-z]{2}", text):
            self.texts.add(text)


def own_texts() -> Iterator[str]:
    """All texts of the templates, and those that the program names in lists."""
    for path in sorted(TEMPLATES.glob("*.jinja")):
        source = re.sub(r"\{#.*?#\}|\{%.*?%\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        parser = OwnTexts()
        parser.feed(re.sub(r"\{\{.*?\}\}", GAP, source, flags=re.DOTALL))
        yield from parser.texts - GENERATED
    yield from (name for _, name in CONTENTS)
    yield from (*GROUP_COLORS, *MONEY_COMPONENTS.values(), *TIME_COMPONENTS.values(), *MISUSE)


def test_no_text_of_the_page_lacks_a_label() -> None:
    known = read_labels()["ru"]
    assert sorted(set(own_texts()) - set(known) - {"English"}) == []


def test_sliders_and_cards_have_labels(assessment: Assessment) -> None:
    cards = build_cards(assessment, build_option_rows(assessment, assessment.options))
    texts = {text for slider in build_sliders(assessment) for text in (slider.name, slider.meaning)}
    texts |= {text for card in cards for name, _, unit, note in card.numbers for text in (name, unit, note)}
    texts |= {card.title for card in cards}
    assert {text for text in texts if text and not re.search(r"\d", text)} - set(read_labels()["ur"]) == set()


@pytest.mark.parametrize("code", CODES)
def test_a_label_keeps_the_gaps_and_numbers_of_the_english_text(code: str) -> None:
    for english, text in read_labels()[code].items():
        assert gaps(text) == gaps(english), english
        assert sorted(re.findall(r"\d+", text)) == sorted(re.findall(r"\d+", english)), english


@pytest.mark.parametrize("code", CODES)
def test_a_label_is_written_in_the_letters_of_its_language(code: str) -> None:
    other = WRITING[next(each for each in CODES if each != code)]
    for english, text in read_labels()[code].items():
        assert WRITING[code].search(text), english
        assert not other.search(text), english


def gaps(text: str) -> set[str]:
    """Names of what a sentence leaves open."""
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_the_verdict_has_the_three_numbers_of_the_english_headline(assessment: Assessment) -> None:
    numbers = re.findall(r"[\d,]*\d(?:\.\d)?", with_plain_spaces(headline(assessment)))
    for code in CODES:
        assert re.findall(r"[\d,]*\d(?:\.\d)?", verdict(code, assessment)) == numbers


def test_where_nothing_is_open_the_verdict_says_so(assessment: Assessment) -> None:
    closed = replace(assessment, options=())
    assert verdict("ru", closed) == "Islamabad – Minsk: 1 November 2026 открытого пути нет."


def test_countries_on_the_way_are_named_as_unicode_has_them(assessment: Assessment) -> None:
    evidence = assessment.evidence
    pakistan = replace(evidence.countries["PAK"], iso2="PK")
    known = replace(assessment, evidence=replace(evidence, countries={**evidence.countries, "PAK": pakistan}))
    russian, urdu = (language["labels"] for language in build_language_data(known))
    assert russian["Pakistan"] == "Пакистан"
    assert urdu["Pakistan"] == "پاکستان"


def test_every_country_of_the_tables_has_a_name_in_every_language() -> None:
    with data_path("countries.csv").open(encoding="utf-8", newline="") as file:
        codes = [row["iso2"] for row in csv.DictReader(file)]
    for language in LANGUAGES:
        assert not [code for code in codes if code not in Locale.parse(language.code).territories]


def test_sentences_with_gaps_are_no_labels_of_the_page(assessment: Assessment) -> None:
    for language in build_language_data(assessment):
        assert not set(SENTENCES) & set(language["labels"])
        assert DRAFT in language["labels"]


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        ("Days,Сутки,\n", r"labels\.csv:2: .* got none in ur"),
        ("Days,Сутки,دن\nDays,Дни,دن\n", r"labels\.csv:3: .* got it again"),
    ],
)
def test_a_table_with_a_gap_is_refused(rows: str, fault: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = tmp_path / "labels.csv"
    table.write_text("en,ru,ur\n" + rows, encoding="utf-8")
    monkeypatch.setattr(languages, "TABLE", table)
    read_labels.cache_clear()
    with pytest.raises(DataError, match=fault):
        read_labels()
    read_labels.cache_clear()


def test_no_head_of_a_column_of_the_longest_report_lacks_a_label(full_report: Path) -> None:
    page = full_report.read_text(encoding="utf-8")
    heads = {own_text(head) for head in re.findall(r'<th scope="col"[^>]*>(.*?)</th>', page)}
    assert len(heads) > 80
    assert {head for head in heads if not MADE_FROM_DATA.search(head)} - set(read_labels()["ru"]) == set()


def test_heads_of_columns_that_only_some_reports_have_are_labelled() -> None:
    heads = {*INPUT_HEADER, *OPTION_HEADER, *SHARE_HEADER, *OTHER_HEADER, *MAPPED_PARTS.values()}
    heads |= {*MEASURES_SHOWN.values(), "leaves on", "closed", "Late, USD"}
    assert heads - set(read_labels()["ur"]) == set()


def own_text(html: str) -> str:
    return " ".join(unescape(html).split())
