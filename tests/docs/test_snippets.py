"""Every command, snippet and file that a page shows is run, page by page, and says what the page says."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.docs.blocks import NOT_RUN_BECAUSE, PAGES, ROOT, blocks_in, read_blocks
from tests.docs.playing import STEPS, Reader, looks_like
from tests.docs.shared_runs import SharedRuns
from tests.network.osm.toy_extract import write_toy_corridor

WITHOUT_COMMANDS = ("", "text", "csv")
"""Languages of blocks with formulas, tables and output."""

_COMMAND = re.compile(r"(?m)^(?:\$ )?(?:corridor|python3?|pip|make|mkdocs|cp|echo) ")

_MAKE = re.compile(r"(?m)^make (\w+)")


def _copy_repository(folder: Path) -> None:
    for name in ("corridor", "data", "scenarios"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))


def _write_extracts(folder: Path) -> None:
    """A toy in place of the extracts that `corridor network fetch PAK AFG` downloads."""
    (folder / "extracts").mkdir()
    names = {"PAK": "pakistan-latest.osm.pbf", "AFG": "afghanistan-latest.osm.pbf"}
    for country, path in write_toy_corridor(folder).items():
        path.rename(folder / "extracts" / names[country])


GIVEN: Mapping[str, Callable[[Path], None]] = {
    "docs/add-a-post-or-country.md": _copy_repository,
    "docs/own-extract.md": _write_extracts,
}
"""What a page takes for granted in the folder in which its commands are given."""

WITH_STEPS = [page for page in PAGES if any(block.language in STEPS for block in read_blocks(page))]


@pytest.mark.parametrize("page", WITH_STEPS)
def test_a_page_can_be_followed_from_top_to_bottom(page: str, tmp_path: Path, shared_runs: SharedRuns) -> None:
    if page in GIVEN:
        GIVEN[page](tmp_path)
    reader = Reader(tmp_path, shared_runs, code=tmp_path if (tmp_path / "corridor").is_dir() else ROOT)
    for block in read_blocks(page):
        reader.follow(block)


@pytest.mark.parametrize("page", PAGES)
def test_what_is_not_run_says_why_in_one_of_few_ways(page: str) -> None:
    for block in read_blocks(page):
        assert block.not_run_because in ("", *NOT_RUN_BECAUSE), block.where
        assert "corridor run" not in block.text or block.not_run_because != "takes minutes", block.where


@pytest.mark.parametrize("page", PAGES)
def test_every_command_stands_in_a_block_that_is_run(page: str) -> None:
    for block in read_blocks(page):
        assert block.language in (*STEPS, *WITHOUT_COMMANDS), f"{block.where}: {block.language}"
        if block.language in WITHOUT_COMMANDS:
            assert not _COMMAND.search(block.text), f"{block.where}: a command in a block that is not run"


def test_every_make_target_that_a_page_names_is_there() -> None:
    targets = set(re.findall(r"(?m)^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8")))
    texts = [path.read_text(encoding="utf-8") for path in PAGES.values()]
    named = {name for text in texts for name in re.findall(r"`make (\w+)`", text)}
    named |= {name for page in PAGES for block in read_blocks(page) for name in _MAKE.findall(block.text)}
    assert named <= targets
    assert {"report", "test", "docs"} <= named


def test_a_mark_belongs_to_the_block_right_below_it() -> None:
    text = "<!-- not run: takes minutes -->\n```sh\none\n```\n\n```sh\ntwo\n```\n"
    assert [(block.not_run_because, block.line) for block in blocks_in(text, "page")] == [("takes minutes", 2), ("", 6)]


@pytest.mark.parametrize(
    ("told", "shown", "same"),
    [
        ("a\nb\n", "a\nb\n", True),
        ("a\nb\n", "a\n", False),
        ("a\nb\nc\n", "a\n…\n", True),
        ("a\nb\nc\n", "…\nb\n", False),
        ("a 13.7 days\n", "a … days\n", True),
        ("a 13.7\ndays\n", "a … days\n", False),
    ],
)
def test_shown_output_stands_for_all_of_it_but_for_an_ellipsis(told: str, shown: str, *, same: bool) -> None:
    assert looks_like(told, shown) is same


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("```sh\nfalse\n```\n", "status 1"),
        ("```console\n$ echo one\ntwo\n```\n", "it printed\none"),
        ("```python\nprint(1)\n```\n\n```text\n2\n```\n", "it printed\n1"),
        ("```yaml\nid: nameless\n```\n", "expected a first line like '# my-trip.yaml'"),
        ("```yaml\n# a.yaml, refused\nextends: islamabad-minsk\n```\n", "not refused"),
        ("```yaml\n# a.yaml\nextends: islamabad-minks\n```\n", "islamabad-minks"),
    ],
)
def test_a_block_that_does_not_hold_fails_with_its_place(
    text: str, words: str, tmp_path: Path, shared_runs: SharedRuns
) -> None:
    reader = Reader(tmp_path, shared_runs)
    *before, last = blocks_in(text, "page.md")
    for block in before:
        reader.follow(block)
    with pytest.raises(AssertionError) as failure:
        reader.follow(last)
    assert "page.md:" in str(failure.value)
    assert words in str(failure.value)
