"""The report on paper: few pages, nothing cut, and every table left out is named with its file."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader

from corridor.futures.outlook import look_ahead
from corridor.report.exports import write_run_folder
from corridor.report.figures import FIGURES
from corridor.report.findings import Findings
from corridor.report.outlook_groups import OutlookGroup
from corridor.report.paper import ELSEWHERE
from corridor.report.sections import Section
from corridor.scenario_reading import run_on_roads

from .browser import CHROMIUM, WITHOUT_WEBGL, Page, opened_page

PAGES_MAX = 12
PAPER_WIDTH_PX, PAPER_HEIGHT_PX = 703, 1031
"""What is left of A4 within the margins: 186 mm by 273 mm, at 96 px an inch."""

needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")


def test_the_lines_on_paper_name_files_of_the_run_folder(run_folder: Path) -> None:
    named = {name for line in ELSEWHERE.values() for name in re.findall(r"[\w.]+\.(?:csv|json|yaml|html)", line)}
    assert named == {"posts.csv", "costs.csv", "summary.json", "evidence.csv", "scenario.resolved.yaml", "report.html"}
    assert named <= {path.name for path in run_folder.iterdir()}


def test_every_table_left_to_the_screen_has_its_line_on_paper(page: str) -> None:
    for section in ("posts", "cost", "measured", "evidence", "changes", "sources"):
        body = page[page.index(f'<section id="{"evidence" if section == "changes" else section}"') :]
        assert ELSEWHERE[section] in body[: body.index("</section>")], section


def test_a_group_prints_its_first_section_and_names_the_others() -> None:
    group = OutlookGroup("change", "What would change it", (Section("First", ""), Section("Second", "")), ("tornado",))
    assert [section.title for section in group.printed] == ["First"]
    assert not group.prints_tables
    assert group.elsewhere == (
        "On screen, in report.html: Second. Numbers of the figure: figures/tornado.csv beside the report."
    )


def test_a_group_that_prints_two_tables_prints_two_sections() -> None:
    sections = tuple(Section(title, "") for title in ("First", "Second", "Third"))
    group = OutlookGroup("sure", "How sure", sections, tables_printed=2)
    assert [section.title for section in group.printed] == ["First", "Second"]
    assert group.elsewhere == "On screen, in report.html: Third."


@pytest.fixture(scope="module")
def bundled_report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole report of the first bundled scenario, with fewer futures than it asks for."""
    assessment, roads = run_on_roads("islamabad-minsk", ["uncertainty.draws=1024"], against_sea=True)
    outlook = look_ahead(assessment, roads, progress=lambda _: None)
    folder = write_run_folder(Findings(assessment, outlook), tmp_path_factory.mktemp("bundled"), command="")
    return folder / "report.html"


def test_the_brief_beside_it_has_one_page_and_says_what_moves_the_answer(bundled_report: Path) -> None:
    (page,) = PdfReader(bundled_report.with_name("brief.pdf")).pages
    text = " ".join(page.extract_text().split())
    subjects = (
        "How far a number must move",
        "Which post matters most",
        "When to leave",
        "Survey first",
        "Against the sea",
    )
    assert [subject for subject in subjects if f"• {subject}" not in text] == []
    assert text.endswith("report.html beside this page.")


def test_every_figure_of_the_report_is_there_for_slides_with_its_numbers(bundled_report: Path) -> None:
    files = {path.name for path in (bundled_report.parent / "figures").iterdir() if path.stat().st_size}
    assert files == {f"{name}.{kind}" for name in FIGURES for kind in ("svg", "png", "csv")}


@pytest.fixture(scope="module")
def paper(bundled_report: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with opened_page(tmp_path_factory.mktemp("profile"), *WITHOUT_WEBGL) as tab:
        tab.resize(PAPER_WIDTH_PX, PAPER_HEIGHT_PX)
        tab.open(bundled_report)
        tab.call("Emulation.setEmulatedMedia", media="print")
        yield tab


@needs_chromium
def test_the_report_of_a_bundled_scenario_prints_on_twelve_pages(paper: Page) -> None:
    pages = len(re.findall(rb"/Type\s*/Page\b", paper.pdf()))
    assert 0 < pages <= PAGES_MAX


@needs_chromium
def test_nothing_on_paper_is_wider_than_the_paper_or_higher_than_a_page(paper: Page) -> None:
    boxes = "[...document.querySelectorAll('main *')].map(node => [node, node.getBoundingClientRect()])"
    wide = f"{boxes}.filter(([, box]) => box.right > {PAPER_WIDTH_PX + 1}).map(([node]) => node.outerHTML.slice(0, 80))"
    assert paper.value(wide) == []
    high = (
        "[...document.querySelectorAll('main :is(tr, figure, li, .card)')].map(n => n.getBoundingClientRect().height)"
    )
    assert max(paper.value(high)) < PAPER_HEIGHT_PX
