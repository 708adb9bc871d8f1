"""The site as a whole: built without a warning, read without the internet."""

from __future__ import annotations

import json
import re
import tomllib
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.docs.blocks import ROOT

LOADED_BY = {"script": "src", "img": "src", "iframe": "src", "source": "src", "link": "href"}
"""Tags that make a browser fetch something, and the attribute that says what."""

_PART = re.compile(r"(?m)^\| ([A-Z][\w :]+?) \| ")


class Loaded(HTMLParser):
    """Addresses of what a page has a browser fetch."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        address = dict(attrs).get(LOADED_BY.get(tag, ""))
        self.addresses += [address] if address else []


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, str]:
    return {path.relative_to(site).as_posix(): path.read_text(encoding="utf-8") for path in site.rglob("*.html")}


def test_the_site_is_built_without_a_warning_and_has_every_page(pages: dict[str, str]) -> None:
    written = {path.relative_to(ROOT / "docs").with_suffix(".html").as_posix() for path in ROOT.glob("docs/**/*.md")}
    generated = {f"{name}.html" for name in ("scenario-reference", "commands", "ids", "gallery")}
    elsewhere = {f"{name}.html" for name in ("overview", "data", "speed", "changes")}
    assert set(pages) == written | generated | elsewhere | {"404.html", "report.html"}


def test_no_page_fetches_anything_from_elsewhere(pages: dict[str, str], site: Path) -> None:
    for name, page in pages.items():
        outside = [address for address in Loaded(page).addresses if re.match(r"(?:[a-z]+:)?//", address)]
        assert not outside, name
        assert 'class="mermaid"' not in page, name
    for path in site.rglob("*.css"):
        assert not re.search(r"url\(['\"]?(?:https?:)?//", path.read_text(encoding="utf-8")), path.name


def test_the_page_on_installing_has_every_extra() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = (ROOT / "docs" / "install.md").read_text(encoding="utf-8").partition("## Extras")[2]
    assert set(re.findall(r"(?m)^\| `(\w+)` \|", extras)) == set(project["optional-dependencies"])


def test_search_has_an_index_of_every_key(site: Path) -> None:
    index = json.loads((site / "search" / "search_index.json").read_text(encoding="utf-8"))
    assert any("override_after_measures" in row["text"] for row in index["docs"])


def test_the_first_report_names_the_parts_of_the_report_that_it_explains(pages: dict[str, str]) -> None:
    page = (ROOT / "docs" / "first-report.md").read_text(encoding="utf-8")
    explained = _PART.findall(page.partition("## What the report says")[2])
    nav = pages["report.html"].partition("<nav")[2].partition("</nav>")[0]
    contents = re.findall(r"<a [^>]*>([^<]+)</a>", nav)
    not_in_a_quick_run = {"What if: measures", "Which post matters", "When to leave", "Past closures"}
    assert [part for part in explained if part not in {"Part", *not_in_a_quick_run}] == contents
