"""A page as sections of text and tables, for Markdown and for the terminal."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

NUMBER_STARTS = "0123456789+-−<>≥≤?–"
ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, sentences, and a table; the table may be empty.

    Parameters
    ----------
    notes : what a reader of the table may want to know besides, listed behind it
    """

    title: str
    text: str
    header: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def number_columns(self) -> tuple[int, ...]:
        """Columns of which every cell is a number: it begins with a digit, a sign, < or >, or is a dash."""
        return tuple(
            column
            for column in range(len(self.header))
            if self.rows and all(_is_number(row[column]) for row in self.rows)
        )

    @property
    def date_columns(self) -> tuple[int, ...]:
        """Columns with a date in any cell, which should not be broken over two lines."""
        return tuple(
            column for column in range(len(self.header)) if any(ISO_DATE.fullmatch(row[column]) for row in self.rows)
        )


def _is_number(text: str) -> bool:
    """Whether a cell reads as a number, which a date is not."""
    return text[:1] in NUMBER_STARTS and not ISO_DATE.fullmatch(text)


def markdown(title: str, introduction: str, sections: Sequence[Section]) -> str:
    """The whole page."""
    parts = [f"# {title}", introduction, *(part for section in sections for part in _markdown_parts(section))]
    return "\n\n".join(part for part in parts if part) + "\n"


def _markdown_parts(section: Section) -> tuple[str, str, str, str]:
    notes = "\n".join(f"- {note}" for note in section.notes)
    if not section.header:
        return f"## {section.title}", section.text, "", notes
    lines = [section.header, ["---"] * len(section.header), *section.rows]
    table = "\n".join(f"| {' | '.join(map(_cell, cells))} |" for cells in lines)
    return f"## {section.title}", section.text, table, notes


def _cell(text: str) -> str:
    """A cell that cannot end its column."""
    return text.replace("|", "\\|").replace("\n", " ")
