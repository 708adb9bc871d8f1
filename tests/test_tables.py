"""Tables: typed cells, and every fault of a file at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest

from corridor.errors import DataError
from corridor.names import nearest, suggestion
from corridor.tables import Column, Row, read_table

COLUMNS = (
    Column("id"),
    Column("wait_h", "number", optional=True),
    Column("lanes", "whole"),
    Column("trucks", "yes_no"),
    Column("since", "date", optional=True),
    Column("source", "list", optional=True),
    Column("grade", choices=("A", "B")),
)
HEADER = "id,wait_h,lanes,trucks,since,source,grade\n"


def written(folder: Path, text: str) -> Path:
    path = folder / "posts.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_row_answers_with_the_types_of_its_columns(tmp_path: Path) -> None:
    (row,) = read_table(written(tmp_path, HEADER + "torkham,24.2,3,yes,2025-10-11,cpmm; dawn,A\n"), COLUMNS)
    assert (row.line, row.text("id"), row.number("wait_h"), row.whole("lanes")) == (2, "torkham", 24.2, 3)
    assert row.is_yes("trucks")
    assert row.day("since") == date(2025, 10, 11)
    assert row.items("source") == ("cpmm", "dawn")


def test_an_empty_optional_cell_is_not_known_rather_than_zero(tmp_path: Path) -> None:
    (row,) = read_table(written(tmp_path, HEADER + "taftan,,3,no,,,B\n"), COLUMNS)
    assert row.maybe_number("wait_h") is None
    assert row.maybe_day("since") is None
    assert row.items("source") == ()


def test_all_faults_of_a_file_come_at_once_with_their_lines(tmp_path: Path) -> None:
    text = HEADER + "torkham,long,3,yes,,,A\nchaman,1,3,yes,,,A\ntaftan,nan,3.5,true,11.10.2025,a;;b,C\ngabd,1,3\n"
    with pytest.raises(DataError) as caught:
        read_table(written(tmp_path, text), COLUMNS)
    assert str(caught.value).splitlines() == [
        "posts.csv:2: wait_h: expected a number, got 'long'",
        "posts.csv:4: wait_h: expected a number, got 'nan'",
        "posts.csv:4: lanes: expected a whole number, got '3.5'",
        "posts.csv:4: trucks: expected yes or no, got 'true'",
        "posts.csv:4: since: expected a date like 2026-05-31, got '11.10.2025'",
        "posts.csv:4: source: expected names joined by ';', got 'a;;b'",
        "posts.csv:4: grade: expected one of A, B, got 'C'. Known: A, B.",
        "posts.csv:5: expected 7 cells, got 3. Check the commas and quotes.",
    ]


def test_a_repeated_key_names_the_first_line(tmp_path: Path) -> None:
    text = HEADER + "taftan,1,3,yes,,,A\ntaftan,2,3,yes,,,A\n"
    with pytest.raises(DataError, match=r"^posts.csv:3: id: 'taftan' is already on line 2. Keep one of the two.$"):
        read_table(written(tmp_path, text), COLUMNS, key=("id",))


def test_a_misspelt_header_names_the_nearest_column(tmp_path: Path) -> None:
    text = HEADER.replace("wait_h", "wait_hours") + "taftan,1,3,yes,,,A\n"
    with pytest.raises(DataError, match=r"posts.csv:1: header: unknown 'wait_hours' \(Did you mean 'wait_h'\?\)"):
        read_table(written(tmp_path, text), COLUMNS)


def test_faults_of_cells_and_of_further_checks_come_in_file_order(tmp_path: Path) -> None:
    def check(rows: Sequence[Row]) -> Iterator[tuple[int, str]]:
        return ((row.line, "too many lanes") for row in rows if row.whole("lanes") > 9)

    text = HEADER + "torkham,1,10,yes,,,A\ntaftan,x,3,yes,,,A\nchaman,1,11,yes,,,A\n"
    with pytest.raises(DataError) as caught:
        read_table(written(tmp_path, text), COLUMNS, check=check)
    assert [line.split(": ")[0] for line in str(caught.value).splitlines()] == [
        "posts.csv:2",
        "posts.csv:3",
        "posts.csv:4",
    ]


def test_a_missing_table_says_which(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"nowhere.csv: the table is missing"):
        read_table(tmp_path / "nowhere.csv", COLUMNS)


def test_no_name_is_near_when_nothing_is_alike() -> None:
    assert nearest("xyz", ["chaman", "torkham"]) is None
    assert nearest("Torkam", ["chaman", "torkham"]) == "torkham"


def test_a_suggestion_never_lists_more_than_eight_names() -> None:
    assert suggestion("zzz", [f"a{number}" for number in range(10)]).endswith("a7 and 2 more.")
