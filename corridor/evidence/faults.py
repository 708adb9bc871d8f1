"""Small checks that the tables share: each answers with (line, what is wrong)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from corridor.names import suggestion
from corridor.tables import Row

Fault = tuple[int, str]


def unknown_names(rows: Sequence[Row], column: str, known: Collection[str], what: str) -> Iterator[Fault]:
    """Cells, or entries of list cells, that name nothing known; empty cells pass."""
    for row in rows:
        for name in row.items(column) or (row.text(column),):
            if name and name not in known:
                yield row.line, f"{column}: unknown {what} '{name}'. {suggestion(name, known)}"


def disordered(rows: Sequence[Row], columns: Sequence[str]) -> Iterator[Fault]:
    """Rows whose numbers in `columns` do not rise from left to right; unknown ones are passed over."""
    for row in rows:
        known = [(name, row.maybe_number(name)) for name in columns]
        numbers = [number for _, number in known if number is not None]
        if numbers != sorted(numbers):
            shown = ", ".join(f"{name} {number:g}" for name, number in known if number is not None)
            yield row.line, f"expected {' <= '.join(columns)}, got {shown}. Correct the row."


def outside(rows: Iterable[Row], column: str, minimum: float, maximum: float) -> Iterator[Fault]:
    """Rows whose number in `column` is outside minimum..maximum; unknown ones are passed over."""
    for row in rows:
        number = row.maybe_number(column)
        if number is not None and not minimum <= number <= maximum:
            yield row.line, f"{column}: expected {minimum:g} to {maximum:g}, got {number:g}. Correct the row."
