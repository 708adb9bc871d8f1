"""The report on paper: few pages, nothing cut, and every table left out is named with its file."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from pypdf import PdfReader

from corridor.report.figures import FIGURES
from corridor.report.outlook_groups import OutlookGroup
from corridor.report.paper import ELSEWHERE
from corridor.report.sections import Section

from .browser import Tab, needs_chromium, opened_tab

PAGES_MAX = 12
FIVE_MB = 5_000_000
PAPER = PAPER_WIDTH_PX, PAPER_HEIGHT_PX = 703, 1031
"""What is left of A4 within the margins: 186 mm by 273 mm, at 96 px an inch."""


def test_the_lines_on_paper_name_files_of_the_run_folder(run_folder: Path) -> None:
    named = {name for line in ELSEWHERE.values() for name in re.findall(r"[\w.]+\.(?:csv|json|yaml|html)", line)}
    assert named == {"posts.csv", "costs.csv", "summary.json", "evidence.csv", "scenario.resolved.yaml", "report.html"}
    assert named <= {path.name for path in run_folder.iterdir()}


def test_every_table_left_to_the_screen_has_its_line_on_paper(page: str) -> None:
    for section in ("posts", "cost", "measured", "evidence", "changes", "sources"):
        body = page[page.index(f'<section id="{"evidence" if section == "changes" else section}"') :]
        assert ELSEWHERE[section] in body[: body.index("</section>")], section


def test_a_group_prints_its_first_section_and_names_the_others() -> None:
    group = OutlookGroup("change", (Section("First", ""), Section("Second", "")), ("tornado",))
    assert [section.title for section in group.printed] == ["First"]
    assert not group.prints_tables
    assert group.elsewhere == (
        "On screen, in report.html: Second. Numbers of the figure: figures/tornado.csv beside the report."
    )


def test_a_group_that_prints_two_tables_prints_two_sections() -> None:
    sections = tuple(Section(title, "") for title in ("First", "Second", "Third"))
    group = OutlookGroup("sure", sections, tables_printed=2)
    assert [section.title for section in group.printed] == ["First", "Second"]
    assert group.elsewhere == "On screen, in report.html: Third."


def test_the_brief_beside_it_has_one_page_and_says_what_moves_the_answer(full_report: Path) -> None:
    (page,) = PdfReader(full_report.with_name("brief.pdf")).pages
    text = " ".join(page.extract_text().split())
    subjects = (
        "What if",
        "How far a number must move",
        "Which post matters most",
        "When to leave",
        "Survey first",
    )
    assert [subject for subject in subjects if f"• {subject}" not in text] == []
    assert text.endswith("report.html beside this page.")


def test_every_figure_of_the_report_is_there_for_slides_with_its_numbers(full_report: Path) -> None:
    files = {path.name for path in (full_report.parent / "figures").iterdir() if path.stat().st_size}
    assert files == {f"{name}.{kind}" for name in FIGURES for kind in ("svg", "png", "csv")}


@pytest.fixture(scope="module")
def paper(full_report: Path, plain_chromium: Browser) -> Iterator[Tab]:
    with opened_tab(plain_chromium, size=PAPER) as tab:
        tab.open(full_report)
        tab.page.emulate_media(media="print")
        yield tab


def test_ten_options_with_measures_stay_under_five_megabytes(full_report: Path) -> None:
    assert full_report.stat().st_size < FIVE_MB


@needs_chromium
def test_ten_options_with_measures_print_on_twelve_pages(paper: Tab) -> None:
    pages = len(re.findall(rb"/Type\s*/Page\b", paper.page.pdf(prefer_css_page_size=True)))
    assert 0 < pages <= PAGES_MAX


@needs_chromium
def test_nothing_on_paper_is_wider_than_the_paper_or_higher_than_a_page(paper: Tab) -> None:
    boxes = "[...document.querySelectorAll('main *')].map(node => [node, node.getBoundingClientRect()])"
    wide = f"{boxes}.filter(([, box]) => box.right > {PAPER_WIDTH_PX + 1}).map(([node]) => node.outerHTML.slice(0, 80))"
    assert paper.value(wide) == []
    high = (
        "[...document.querySelectorAll('main :is(tr, figure, li, .card)')].map(n => n.getBoundingClientRect().height)"
    )
    assert max(paper.value(high)) < PAPER_HEIGHT_PX
