"""A workbook brought back: unedited it gives the same bytes, edited it tells every change, or else every fault."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from corridor.bundled import data_path
from corridor.errors import DataError, ScenarioError
from corridor.evidence import read_own_evidence
from corridor.evidence.table_forms import OWN_FORMS, TABLE_FILES
from corridor.evidence_book import export_book, import_book
from corridor.evidence_book.cells import cell_text, number_text
from corridor.evidence_book.opening import RawCell
from corridor.printing_book import print_imported
from corridor.tables import Column
from tests.evidence.conftest import add_rows, edited

Edit = Callable[[Workbook], object]
POINT = "Use a point for decimals and no separator of thousands."
SURVEY = ("motc-survey-2026", "Own count", "Ministry of Transport", 2026, None, "2026-05-20")
TORKHAM = (
    "torkham", "PAK", "exit", "PAK-AFG", 18.5, None, "tfi1", None, 2026, "motc-survey-2026", "A", "yes", "own count"
)  # fmt: skip


def put(sheet: str, **cells: Any) -> Edit:
    """An edit of some cells of one sheet, by their addresses."""

    def edit(workbook: Workbook) -> None:
        for address, value in cells.items():
            workbook[sheet][address] = value

    return edit


def add(sheet: str, *rows: tuple[Any, ...]) -> Edit:
    """An edit that adds rows below the last one."""

    def edit(workbook: Workbook) -> None:
        for row in rows:
            workbook[sheet].append(row)

    return edit


def faults(book: Path, tmp_path: Path, *edits: Edit, start: Path | None = None) -> list[str]:
    """The faults that an import of the edited book tells, one a line; it leaves nothing behind."""
    path = edited(book, lambda workbook: [edit(workbook) for edit in edits], tmp_path)
    with pytest.raises(DataError) as caught:
        import_book(path, tmp_path / "own", start=start)
    assert not (tmp_path / "own").exists()
    head, *lines = str(caught.value).splitlines()
    assert head.startswith(f"{path}: {len(lines)} fault")
    return lines


def row_of(sheet: Worksheet, *key: str) -> int:
    """The first row whose cells begin with a key."""
    return next(row[0].row or 0 for row in sheet.iter_rows(2) if tuple(cell.value for cell in row[: len(key)]) == key)


# there and back ------------------------------------------------------------------------------------------------


def test_unedited_every_table_comes_back_with_the_same_bytes(whole_book: Path, tmp_path: Path) -> None:
    imported = import_book(whole_book, tmp_path / "own")
    assert imported.changes == ()
    assert imported.remarks == ()
    assert sorted(path.name for path in (tmp_path / "own").iterdir()) == sorted(TABLE_FILES)
    for name in TABLE_FILES:
        assert (tmp_path / "own" / name).read_bytes() == data_path(name).read_bytes(), name


def test_a_spreadsheet_that_saves_the_book_changes_nothing(whole_book: Path, tmp_path: Path) -> None:
    path = edited(whole_book, lambda _: None, tmp_path)  # other styles, shared texts, no day in the file
    assert import_book(path, tmp_path / "own").changes == ()
    for name in TABLE_FILES:
        assert (tmp_path / "own" / name).read_bytes() == data_path(name).read_bytes(), name


def test_own_tables_come_back_with_the_same_bytes(tables: Path, tmp_path: Path) -> None:
    (tables / "calibration_trips.csv").unlink()
    add_rows(tables / "sources.csv", """=cmd(),"quoted ""title"", with a comma",@x,2020,http://x/a?b=c&d,""")
    add_rows(tables / "queue_estimates.csv", "ishkashim,AFG-TJK,none,03.50,4.0,0.30,12;1,judgement,D,1-2")
    export_book(tmp_path / "book.xlsx", folder=tables)
    imported = import_book(tmp_path / "book.xlsx", tmp_path / "own", start=tables)
    assert (imported.changes, imported.remarks) == ((), ())
    for name in TABLE_FILES:
        assert (tmp_path / "own" / name).read_bytes() == (tables / name).read_bytes(), name


def test_an_edited_row_alone_gets_other_bytes(small_book: Path, tmp_path: Path) -> None:
    """Numbers written as 54.0 and quotes that need not be stay as they are in every other row."""
    path = edited(small_book, put("queue_estimates", D2=5), tmp_path)
    import_book(path, tmp_path / "own")
    old = data_path("queue_estimates.csv").read_text(encoding="utf-8").splitlines()
    new = (tmp_path / "own" / "queue_estimates.csv").read_text(encoding="utf-8").splitlines()
    assert [(was, now) for was, now in zip(old, new, strict=True) if was != now] == [
        (old[1], old[1].replace("post,4,", "post,5,"))
    ]


def test_changes_are_told_old_to_new_by_cell(
    small_book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def edit(book: Workbook) -> None:
        row = row_of(book["queue_estimates"], "taftan", "PAK-IRN")
        put("queue_estimates", **{f"C{row}": "post", f"D{row}": 6, f"G{row}": "12;1"})(book)
        add("sources", SURVEY)(book)
        add("crossing_times", TORKHAM)(book)

    imported = import_book(edited(small_book, edit, tmp_path), tmp_path / "own")
    print_imported(imported, as_json=False)
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "sheet crossing_times, row 169: torkham PAK exit PAK-AFG tfi1 (4): new row"
    assert lines[1] == "sheet queue_estimates, C40: taftan PAK-IRN: evidence: none -> post"
    assert lines[2] == "sheet queue_estimates, D40: taftan PAK-IRN: ordinary_h: 12 -> 6"
    assert lines[3] == "sheet queue_estimates, G40: taftan PAK-IRN: congested_months: empty -> 12;1"
    assert lines[-2] == f"Cells changed: 3; rows added: 2; rows removed: 0. {tmp_path / 'own'} written."


def test_what_was_imported_is_what_a_run_reads(small_book: Path, tmp_path: Path) -> None:
    def edit(book: Workbook) -> None:
        add("sources", SURVEY)(book)
        add("crossing_times", TORKHAM)(book)

    import_book(edited(small_book, edit, tmp_path), tmp_path / "own")
    times = read_own_evidence(tmp_path / "own").crossings["torkham"].times["PAK-AFG"]
    assert times.queue.hours + times.exit_side.hours == pytest.approx(18.5)


def test_a_removed_row_is_told_and_gone(small_book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def edit(book: Workbook) -> None:
        sheet = book["queue_estimates"]
        sheet.delete_rows(row_of(sheet, "taftan", "PAK-IRN"))

    imported = import_book(edited(small_book, edit, tmp_path), tmp_path / "own")
    print_imported(imported, as_json=False)
    assert "sheet queue_estimates: taftan PAK-IRN: row removed\n" in capsys.readouterr().out
    assert "taftan,PAK-IRN" not in (tmp_path / "own" / "queue_estimates.csv").read_text(encoding="utf-8")


def test_rows_may_be_sorted(small_book: Path, tmp_path: Path) -> None:
    def edit(book: Workbook) -> None:
        sheet = book["queue_estimates"]
        rows = sorted([[cell.value for cell in row] for row in sheet.iter_rows(2)], key=lambda row: str(row[0]))
        for number, row in enumerate(rows, start=2):
            for column, value in enumerate(row, start=1):
                sheet.cell(number, column).value = value

    imported = import_book(edited(small_book, edit, tmp_path), tmp_path / "own")
    assert imported.changes == ()
    old, new = (
        (folder / "queue_estimates.csv").read_text(encoding="utf-8").splitlines()
        for folder in (data_path(), tmp_path / "own")
    )
    assert sorted(old) == sorted(new)
    assert old != new


def test_blank_rows_are_left_out_and_do_not_shift_the_cells_of_messages(small_book: Path, tmp_path: Path) -> None:
    late = ("taftan", "PAK-IRN", "post", 9, 3, 0.1, None, "judgement", "D", "x")

    def edit(book: Workbook) -> None:
        sheet = book["queue_estimates"]
        sheet.delete_rows(row_of(sheet, "taftan", "PAK-IRN"))
        for column, value in enumerate(late, start=1):
            sheet.cell(200, column).value = value
        sheet["A300"], sheet["B301"] = "  ", None

    (line,) = faults(small_book, tmp_path, edit)
    assert line.startswith("sheet queue_estimates, row 200: expected ordinary_h <= congested_h, got ordinary_h 9, ")


# faults ----------------------------------------------------------------------------------------------------------


def test_every_fault_is_told_at_once_by_sheet_and_cell_with_the_words_of_the_tables(
    small_book: Path, tmp_path: Path
) -> None:
    found = faults(
        small_book,
        tmp_path,
        put("crossings", E2=200, G3="opened", C4="PAKK"),
        put("crossing_times", C14="enter", E152="1,5", K151="E"),
        put("queue_estimates", G5="13;1", F40=1.5),
        put("events", E5="2001-01-01"),
        add("sources", ("survey", "Own count", "Ministry", None, None, None)),
    )
    assert found == [
        "sheet crossings, E2: lon: expected -180 to 180, got 200. Correct the row.",
        "sheet crossings, G3: status: expected one of open, restricted, closed, got 'opened'. Did you mean 'open'?",
        "sheet crossings, C4: country_a: unknown country 'PAKK'. Did you mean 'PAK'?",
        "sheet crossing_times, C14: movement: expected one of exit, entry, got 'enter'. Did you mean 'entry'?",
        "sheet crossing_times, K151: grade: expected one of A, B, C, D, got 'E'. Known: A, B, C, D.",
        f"sheet crossing_times, E152: hours: expected a number, got the text '1,5'. {POINT}",
        "sheet queue_estimates, G5: congested_months: expected months from 1 to 12 such as 12;1;2, got '13'",
        "sheet queue_estimates, F40: congested_share: expected 0 to 1, got 1.5. Correct the row.",
        "sheet events, E5: end: expected a day after 2025-10-11, got 2001-01-01. Correct the row.",
        "sheet sources, D360: sources.csv: 'survey' has neither year nor read_on; expected one of them.",
    ]


def test_a_faulty_row_is_not_told_again_by_the_rows_that_name_it(small_book: Path, tmp_path: Path) -> None:
    post = ("my_post", "My post", "PAK", "IRN", "sixty", 26.5, "open", "yes", None, "my-source", None)
    queue = ("my_post", "PAK-IRN", "post", 3, 20, 0.2, None, "my-source", "D", "counted")
    source = ("my-source", None, "Ministry", 2026, None, None)
    assert faults(
        small_book, tmp_path, add("crossings", post), add("queue_estimates", queue), add("sources", source)
    ) == [
        "sheet crossings, E129: lon: expected a number, got the text 'sixty'. Correct the cell.",
        "sheet sources, B360: title: expected text, got an empty cell",
    ]


def test_a_repeated_key_names_the_row_that_has_it_already(small_book: Path, tmp_path: Path) -> None:
    twice = ("taftan", "PAK-IRN", "post", 3, 20, 0.2, None, "judgement", "D", "counted")
    assert faults(small_book, tmp_path, add("queue_estimates", twice)) == [
        "sheet queue_estimates, A87: crossing + direction: 'taftan PAK-IRN' is already on row 40. Keep one of the two."
    ]


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"K169": "D", "M169": None}, "M169: crossing_times.csv: .*: grade D without a note"),
        ({"J169": "judgement", "K169": "A"}, "K169: crossing_times.csv: .*: grade A rests on judgement alone"),
        ({"I169": "undated", "M169": "x"}, "I169: crossing_times.csv: .*: has no year"),
    ],
)
def test_what_the_ledger_forbids_is_put_to_the_row_that_was_edited(
    small_book: Path, tmp_path: Path, cells: dict[str, Any], words: str
) -> None:
    new = add("crossing_times", TORKHAM)
    (line,) = faults(small_book, tmp_path, add("sources", SURVEY), new, put("crossing_times", **cells))
    assert re.match(f"sheet crossing_times, {words}", line)


def test_a_source_that_no_row_uses_any_more_is_no_fault(small_book: Path, tmp_path: Path) -> None:
    assert import_book(edited(small_book, add("sources", SURVEY), tmp_path), tmp_path / "own").changes


def test_a_removed_source_that_a_table_outside_the_book_names_is_a_fault(small_book: Path, tmp_path: Path) -> None:
    def edit(book: Workbook) -> None:
        sheet = book["sources"]
        sheet.delete_rows(row_of(sheet, "geonames"))

    lines = faults(small_book, tmp_path, edit)
    assert lines[0].startswith("places.csv:2: source: unknown source 'geonames'.")


# cells -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "kind", "column", "text"),
    [
        (12, "n", "number", "12"),
        (12.0, "n", "number", "12"),
        (0.1 + 0.2, "n", "number", "0.3"),
        ("12.50", "s", "number", "12.50"),
        ("  padded\u00a0", "s", "text", "padded"),
        (None, "n", "number", ""),
        ("", "s", "date", ""),
        (7, "n", "list", "7"),
        (2023, "n", "year", "2023"),
        ("undated", "s", "year", "undated"),
        ("2026-05", "s", "text", "2026-05"),
        ("=cmd()", "s", "text", "=cmd()"),
        (datetime.fromisoformat("2026-05-31"), "d", "date", "2026-05-31"),
        (date(2026, 5, 31), "d", "date", "2026-05-31"),
        ("2026-05-31", "s", "date", "2026-05-31"),
    ],
)
def test_what_a_cell_can_only_mean_is_taken(value: Any, kind: str, column: Any, text: str) -> None:
    assert cell_text(RawCell(value, kind), Column("x", column)) == text


@pytest.mark.parametrize(
    ("value", "kind", "column", "words"),
    [
        ("1,5", "s", "number", "expected a number, got the text '1,5'. Use a point"),
        ("1 500", "s", "number", "got the text '1 500'"),
        ("1_000", "s", "number", "got the text '1_000'"),
        ("nan", "s", "number", "got the text 'nan'"),
        ("١٢", "s", "number", "got the text"),
        ("12 h", "s", "number", "got the text '12 h'"),
        ("#N/A", "e", "number", "holds an error; expected a number, got #N/A"),
        ("#REF!", "e", "text", "holds an error; expected text, got #REF!"),
        ("=A1+1", "f", "number", "a formula without a computed value; expected a number. Save the workbook"),
        (True, "b", "yes_no", "expected yes or no, got TRUE"),
        (
            datetime.fromisoformat("2026-05-01"),
            "d",
            "text",
            "expected text, got a date, 2026-05-01. Format the cell as text",
        ),
        (datetime.fromisoformat("2026-02-01"), "d", "number", "expected a number, got a date, 2026-02-01"),
        (
            datetime.fromisoformat("2026-05-31T12:30"),
            "d",
            "date",
            "expected a date like 2026-05-31, got a date, 2026-05-31 12:30:00",
        ),
        ("two\nlines", "s", "text", "holds a line break"),
        ("bell\a", "s", "text", "control character"),
        (float("inf"), "n", "number", "expected a finite number"),
    ],
)
def test_what_a_cell_might_mean_is_refused(value: Any, kind: str, column: Any, words: str) -> None:
    with pytest.raises(ValueError, match=re.escape(words)):
        cell_text(RawCell(value, kind), Column("x", column))


@pytest.mark.parametrize("number", [0.0, -0.5, 1e-7, 123456.789, 2**53, 1e300, 53.0, 0.853971])
def test_the_text_of_a_number_is_the_number(number: float) -> None:
    assert float(number_text(number)) == pytest.approx(number, rel=1e-14)


def test_a_date_typed_as_a_date_comes_back_right(small_book: Path, tmp_path: Path) -> None:
    path = edited(small_book, put("events", E2=datetime.fromisoformat("2026-12-24")), tmp_path)
    (change,) = import_book(path, tmp_path / "own").changes
    assert (change.column, change.old, change.new) == ("end", "", "2026-12-24")


# places --------------------------------------------------------------------------------------------------------


def test_a_folder_of_tables_is_replaced_as_a_whole(small_book: Path, tmp_path: Path) -> None:
    import_book(edited(small_book, put("queue_estimates", D2=5), tmp_path), tmp_path / "own")
    import_book(small_book, tmp_path / "own")
    assert (tmp_path / "own" / "queue_estimates.csv").read_bytes() == data_path("queue_estimates.csv").read_bytes()
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_a_folder_that_holds_something_else_is_left_alone(small_book: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    import_book(small_book, own)
    (own / "notes.txt").write_text("mine")
    with pytest.raises(ScenarioError, match=r"holds something else; .* got notes.txt in it. Choose another folder"):
        import_book(small_book, own)
    assert (own / "notes.txt").read_text() == "mine"


def test_a_folder_with_changes_that_the_book_leaves_out_is_left_alone(small_book: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    import_book(small_book, own)
    add_rows(own / "vehicles.csv", "mine,Mine,40,25,5,16.5,4,Euro V,judgement,D,as the other")
    before = (own / "vehicles.csv").read_bytes()
    with pytest.raises(
        ScenarioError, match=r"has changes of its own in vehicles.csv, which .* \(--from .*own\) to keep"
    ):
        import_book(small_book, own)
    assert (own / "vehicles.csv").read_bytes() == before
    import_book(small_book, own, start=own)
    assert (own / "vehicles.csv").read_bytes() == before


def test_a_book_of_older_tables_is_said_to_be_one(small_book: Path, tables: Path, tmp_path: Path) -> None:
    (tables / "calibration_trips.csv").unlink()
    text = (tables / "queue_estimates.csv").read_text(encoding="utf-8")
    (tables / "queue_estimates.csv").write_text(text.replace("post,4,35,0.3", "post,4,36,0.3", 1), encoding="utf-8")
    imported = import_book(small_book, tmp_path / "own", start=tables)
    assert "made from other tables than those it is compared with" in imported.remarks[0]
    assert [(change.old, change.new) for change in imported.changes] == [("36", "35")]


def test_tables_that_the_book_leaves_out_are_those_it_began_from(tables: Path, tmp_path: Path) -> None:
    (tables / "calibration_trips.csv").unlink()
    add_rows(tables / "sources.csv", "mine,Own count,,2026,,")
    export_book(tmp_path / "vehicles.xlsx", tables=["vehicles"], folder=tables)
    import_book(tmp_path / "vehicles.xlsx", tmp_path / "own", start=tables)
    assert (tmp_path / "own" / "sources.csv").read_bytes() == (tables / "sources.csv").read_bytes()


def test_a_folder_may_be_replaced_by_its_own_edited_book(small_book: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    import_book(small_book, own)
    export_book(tmp_path / "again.xlsx", tables=["queue_estimates"], folder=own)
    import_book(edited(tmp_path / "again.xlsx", put("queue_estimates", D2=5), tmp_path), own, start=own)
    assert ",post,5,35," in (own / "queue_estimates.csv").read_text(encoding="utf-8")


def test_every_own_table_can_be_edited(whole_book: Path, tmp_path: Path) -> None:
    """A note or title in the last column of text of every table that has rows."""

    def edit(book: Workbook) -> None:
        for form in OWN_FORMS:
            places = [number for number, column in enumerate(form.columns, start=1) if column.name in FREE_TEXT]
            if book[form.name].max_row > 1:
                book[form.name].cell(2, places[-1]).value = 'edited; with a comma, and a quote "'

    imported = import_book(edited(whole_book, edit, tmp_path), tmp_path / "own")
    assert [change.table for change in imported.changes] == [
        form.name for form in OWN_FORMS if form.name != "deflators"
    ]
    read_own_evidence(tmp_path / "own")


FREE_TEXT = ("name", "note", "title", "reason")
