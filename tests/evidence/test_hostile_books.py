"""Workbooks that are none, are damaged, or were made to do harm: one message, status 4, and nothing is written."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from openpyxl import Workbook

from corridor.errors import DataError
from corridor.evidence_book import import_book, opening
from tests.evidence.conftest import edited

SHEET = "xl/worksheets/sheet3.xml"
"""The sheet of crossing_times in the small book."""


def refused(path: Path, tmp_path: Path) -> str:
    """The message with which a book is refused; nothing is left behind."""
    with pytest.raises(DataError) as caught:
        import_book(path, tmp_path / "own")
    assert not (tmp_path / "own").exists()
    return str(caught.value)


def message_of(path: Path, folder: Path) -> str:
    """The message with which a book is refused; empty where it is taken."""
    try:
        import_book(path, folder)
    except DataError as error:
        return str(error)
    return ""


def repacked(book: Path, tmp_path: Path, change: Callable[[str, bytes], bytes], **more: bytes) -> Path:
    """A copy of a book with some of its parts changed."""
    path = tmp_path / "repacked.xlsx"
    with zipfile.ZipFile(book) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, content in more.items():
            new.writestr(name, content)
    return path


def in_sheet(old: bytes, new: bytes) -> Callable[[str, bytes], bytes]:
    """A change of the sheet of crossing_times."""

    def change(name: str, content: bytes) -> bytes:
        if name != SHEET:
            return content
        assert old in content
        return content.replace(old, new, 1)

    return change


# no workbook -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "no workbook; expected .xlsx"),
        (b"crossing,side\ntorkham,PAK\n", "no workbook; expected .xlsx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "an old .xls, or a workbook with a password"),
        (b"PK\x03\x04" + bytes(100), "damaged"),
    ],
)
def test_another_kind_of_file_is_refused_by_what_it_is(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(content)
    assert words in refused(path, tmp_path)


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    assert "cannot be read (No such file" in refused(tmp_path / "none.xlsx", tmp_path)
    assert "cannot be read (Is a directory)" in refused(tmp_path, tmp_path)


def test_an_opendocument_sheet_is_refused_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "<office/>")
    assert refused(path, tmp_path).endswith("got another kind of file. Save it as .xlsx.")


def test_a_workbook_that_is_no_template_is_refused(tmp_path: Path) -> None:
    Workbook().save(tmp_path / "book.xlsx")
    assert "sheet README: row 'Tables': expected the names of the tables in the book" in refused(
        tmp_path / "book.xlsx", tmp_path
    )


# another template ------------------------------------------------------------------------------------------------


def test_a_missing_and_a_renamed_sheet_are_told(small_book: Path, tmp_path: Path) -> None:
    def edit(book: Workbook) -> None:
        del book["events"]
        book["queue_estimates"].title = "queue_estimate"

    lines = refused(edited(small_book, edit, tmp_path), tmp_path).splitlines()
    assert lines[1:] == [
        "sheet queue_estimates: missing; expected it in the book. Is it 'queue_estimate'? Restore the name.",
        "sheet events: missing; expected it in the book. Restore it, or export anew.",
    ]


def test_renamed_moved_and_added_columns_are_told_by_their_heads(small_book: Path, tmp_path: Path) -> None:
    def edit(book: Workbook) -> None:
        book["crossing_times"]["E1"] = "hrs"
        book["queue_estimates"].insert_cols(3)
        book["sources"]["H3"] = "see me"

    lines = refused(edited(small_book, edit, tmp_path), tmp_path).splitlines()
    assert lines[1] == (
        "sheet crossing_times, E1: expected the head 'hours (h)', got 'hrs'. Heads may not be renamed, moved or added: "
        "restore it."
    )
    assert lines[2].startswith("sheet queue_estimates, C1: expected the head 'evidence', got ''.")
    assert (
        lines[-1] == "sheet sources, H3: outside the table; expected nothing, got 'see me'. Move it to its own sheet."
    )


def test_merged_cells_are_refused(small_book: Path, tmp_path: Path) -> None:
    path = edited(small_book, lambda book: book["crossing_times"].merge_cells("M5:M6"), tmp_path)
    line = refused(path, tmp_path).splitlines()[1]
    assert line == "sheet crossing_times, M5:M6: merged cells; expected a value in each. Unmerge them and fill all."


def test_further_sheets_are_left_alone_and_said_to_be(small_book: Path, tmp_path: Path) -> None:
    def edit(book: Workbook) -> None:
        book.create_sheet("my notes")["A1"] = "=1/0"
        book.create_sheet("vehicles")

    imported = import_book(edited(small_book, edit, tmp_path), tmp_path / "own")
    assert imported.changes == ()
    assert imported.remarks == (
        "sheet my notes: no table, not read.",
        "sheet vehicles: not among the tables that sheet README lists, not read.",
    )


# formulas, links, macros -------------------------------------------------------------------------------------------


def test_a_formula_counts_with_its_last_computed_value_and_that_is_said(small_book: Path, tmp_path: Path) -> None:
    computed = in_sheet(b'<c r="E152" s="4" t="n"><v>24.2</v></c>', b'<c r="E152" s="4"><f>6*3</f><v>18</v></c>')
    imported = import_book(repacked(small_book, tmp_path, computed), tmp_path / "own")
    assert [(change.column, change.old, change.new) for change in imported.changes] == [("hours", "24.2", "18")]
    same_source, formulas = imported.remarks
    assert "hours changed, source and grade did not" in same_source
    assert formulas == "sheet crossing_times: cells with formulas: 1; their values of the last saving count."


def test_formulas_that_nothing_has_computed_are_refused_and_never_run(small_book: Path, tmp_path: Path) -> None:
    def edit(book: Workbook) -> None:
        book["crossing_times"]["E152"] = '=WEBSERVICE("http://localhost/x")'
        book["crossing_times"]["M152"] = "=cmd|'/C calc'!A0"

    lines = refused(edited(small_book, edit, tmp_path), tmp_path).splitlines()
    assert [line.split(": a formula")[0] for line in lines[1:]] == [
        "sheet crossing_times, E152: hours",
        "sheet crossing_times, M152: note",
    ]


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#DIV/0!"])
def test_errors_of_cells_are_refused(small_book: Path, tmp_path: Path, error: str) -> None:
    broken = in_sheet(
        b'<c r="E152" s="4" t="n"><v>24.2</v></c>',
        f'<c r="E152" s="4" t="e"><f>[1]Other!A1</f><v>{error}</v></c>'.encode(),
    )
    line = refused(repacked(small_book, tmp_path, broken), tmp_path).splitlines()[1]
    assert line.startswith(f"sheet crossing_times, E152: hours: holds an error; expected a number, got {error}.")


def test_macros_and_links_to_other_files_are_not_looked_at(small_book: Path, tmp_path: Path) -> None:
    path = repacked(
        small_book,
        tmp_path,
        lambda _, content: content,
        **{"xl/vbaProject.bin": b"\x00macro", "xl/externalLinks/externalLink1.xml": b"<broken"},
    )
    assert import_book(path, tmp_path / "own").changes == ()


# made to do harm ---------------------------------------------------------------------------------------------------


def test_a_bomb_of_zeros_is_refused_before_it_is_unpacked(small_book: Path, tmp_path: Path) -> None:
    path = repacked(small_book, tmp_path, lambda _, content: content, **{"xl/media/a.bin": bytes(40_000_000)})
    assert path.stat().st_size < 1_000_000
    assert "too large; expected at most 30,000,000 bytes unpacked" in refused(path, tmp_path)


def test_a_size_that_the_archive_lies_about_is_found_out(small_book: Path, tmp_path: Path) -> None:
    path = repacked(small_book, tmp_path, in_sheet(b"<sheetData>", b"<!--" + b"x" * 5_000_000 + b"--><sheetData>"))
    content = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        size = archive.getinfo(SHEET).file_size
    path.write_bytes(content.replace(size.to_bytes(4, "little"), (1000).to_bytes(4, "little")))
    assert "damaged" in refused(path, tmp_path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_that_grow_are_refused(small_book: Path, tmp_path: Path, encoding: str) -> None:
    def change(name: str, content: bytes) -> bytes:
        if name != SHEET:
            return content
        levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
        doctype = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [<!ENTITY e0 "x">{levels}]>'
        return (doctype + content.decode().replace("<v>24.2</v>", "<v>&e9;</v>")).encode(encoding)

    assert f"damaged ({SHEET} declares a document type)" in refused(repacked(small_book, tmp_path, change), tmp_path)


def test_a_sheet_is_not_believed_about_its_size(small_book: Path, tmp_path: Path) -> None:
    small = in_sheet(b"<sheetViews>", b'<dimension ref="A1:B2"/><sheetViews>')
    assert import_book(repacked(small_book, tmp_path, small), tmp_path / "own").changes == ()
    huge = in_sheet(b"<sheetViews>", b'<dimension ref="A1:XFD1048576"/><sheetViews>')
    assert import_book(repacked(small_book, tmp_path, huge), tmp_path / "own").changes == ()


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (b'<row r="168">', b'<row r="99999999999">', "has a row 1048577"),
        (b'r="M168"', b'r="ZZZ168"', "at most 100 columns in sheet crossing_times"),
        (b'r="M168"', b'r="ZZZZZZ168"', "damaged"),
    ],
)
def test_rows_and_columns_beyond_all_sense_are_refused(
    small_book: Path, tmp_path: Path, old: bytes, new: bytes, words: str
) -> None:
    def change(name: str, content: bytes) -> bytes:
        return content.replace(old, new) if name == SHEET else content

    assert words in refused(repacked(small_book, tmp_path, change), tmp_path)


def test_more_rows_than_anybody_types_are_refused(
    small_book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "ROWS_MAX", 100)
    assert "too large; expected at most 100 rows in sheet crossings" in refused(small_book, tmp_path)


def test_a_file_larger_than_the_limit_is_not_read(
    small_book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "FILE_MAX_BYTES", 1000)
    assert "too large; expected a file of at most 1,000 bytes" in refused(small_book, tmp_path)


@pytest.mark.parametrize("seed", range(24))
def test_damaged_bytes_are_refused_or_harmless_and_never_crash(small_book: Path, tmp_path: Path, seed: int) -> None:
    """Bytes flipped inside the parts, packed anew, so that no check of the archive catches them first."""
    rng = np.random.default_rng(seed)

    def change(name: str, content: bytes) -> bytes:
        if not name.endswith((".xml", ".rels")) or rng.random() < 0.5:
            return content
        damaged = bytearray(content)
        for place in rng.integers(0, len(damaged), size=3):
            damaged[place] = int(rng.integers(32, 127))
        return bytes(damaged)

    path = repacked(small_book, tmp_path, change)
    message = message_of(path, tmp_path / "own")
    assert message.startswith(str(path)) != (tmp_path / "own").exists()


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_a_book_cut_short_is_refused(small_book: Path, tmp_path: Path, share: float) -> None:
    content = small_book.read_bytes()
    path = tmp_path / "cut.xlsx"
    path.write_bytes(content[: int(len(content) * share)])
    assert "damaged" in refused(path, tmp_path)


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels", SHEET])
def test_a_book_without_one_of_its_parts_is_refused_or_reads_the_same(
    small_book: Path, tmp_path: Path, part: str
) -> None:
    path = tmp_path / "less.xlsx"
    with zipfile.ZipFile(small_book) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            if name != part:
                new.writestr(name, old.read(name))
    if part == "xl/styles.xml":  # numbers and texts do not need it
        assert import_book(path, tmp_path / "own").changes == ()
    else:
        assert str(path) in refused(path, tmp_path)


def test_text_that_looks_like_a_formula_goes_out_and_in_as_text(small_book: Path, tmp_path: Path) -> None:
    def edit(book: Workbook) -> None:
        cell = book["crossing_times"]["M152"]
        cell.value = "=cmd()"
        cell.data_type = "s"

    import_book(edited(small_book, edit, tmp_path), tmp_path / "own")
    assert ",=cmd()\n" in (tmp_path / "own" / "crossing_times.csv").read_text(encoding="utf-8")
