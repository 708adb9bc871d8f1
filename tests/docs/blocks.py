"""The fenced blocks of a page, with the mark that says why one of them is not run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGES = {
    path.relative_to(ROOT).as_posix(): path
    for path in sorted(
        [
            *(ROOT / "docs").rglob("*.md"),
            ROOT / "README.md",
            ROOT / "data" / "README.md",
            ROOT / "benchmarks" / "README.md",
        ]
    )
}
"""Every page that people wrote, by its path in the repository."""

NOT_RUN_BECAUSE = ("sets up an environment", "downloads from the internet", "takes minutes")
"""The only reasons for which a block is not run."""

_BLOCK = re.compile(
    r"(?ms)^(?:[ ]*<!-- not run: (?P<reason>[^\n]*?) -->\n)?"
    r"(?P<indent>[ ]*)```(?P<language>[^\n]*)\n(?P<text>.*?)^(?P=indent)```[ ]*$"
)


@dataclass(frozen=True)
class Block:
    """A fenced block: its language, its text, where it begins, and why it is not run ("" if it is)."""

    page: str
    line: int
    language: str
    text: str
    not_run_because: str

    @property
    def where(self) -> str:
        return f"{self.page}:{self.line}"


def read_blocks(page: str) -> list[Block]:
    """All fenced blocks of a page, in order."""
    return list(blocks_in(PAGES[page].read_text(encoding="utf-8"), page))


def blocks_in(markdown: str, page: str) -> Iterator[Block]:
    """All fenced blocks of a text."""
    for found in _BLOCK.finditer(markdown):
        line = markdown.count("\n", 0, found.start("language")) + 1
        text = re.sub(f"(?m)^{found['indent']}", "", found["text"])
        yield Block(page, line, found["language"].strip(), text, found["reason"] or "")
