"""Workbooks: text is never a formula, formulas are, and the clock is nowhere."""

import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from corridor.report.spreadsheet import Formula, Sheet, write_workbook
from tests.hash_seeds import printed_under_hash_seeds

DAY = date(2026, 5, 31)
HOSTILE = ["=cmd()", "+1", "-1", "@SUM(A1)", "#N/A", "\u202e=1", "<script>", '"', "🚛", 300 * "x", "2026-05-31", "1"]


def test_text_is_never_a_formula_a_number_or_an_error(tmp_path: Path) -> None:
    write_workbook(tmp_path / "w.xlsx", [Sheet("Text", ("text",), [[text] for text in HOSTILE])], title="", day=DAY)
    cells = [row[0] for row in openpyxl.load_workbook(tmp_path / "w.xlsx")["Text"].iter_rows(min_row=2)]
    assert [cell.value for cell in cells] == HOSTILE
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.quotePrefix for cell in cells[:4]] == [True] * 4


def test_a_formula_is_a_formula_also_below_text(tmp_path: Path) -> None:
    rows: list[list[str | float | Formula | None]] = [["=text"], [Formula("1+1")], [2.0], [None], [True]]
    write_workbook(tmp_path / "w.xlsx", [Sheet("Sums", ("a_usd",), rows)], title="", day=DAY)
    cells = [row[0] for row in openpyxl.load_workbook(tmp_path / "w.xlsx")["Sums"].iter_rows(min_row=2)]
    assert [(cell.data_type, cell.value) for cell in cells] == [
        ("s", "=text"), ("f", "=1+1"), ("n", 2), ("n", None), ("s", "yes"),
    ]  # fmt: skip


def test_characters_that_xml_cannot_hold_are_marked(tmp_path: Path) -> None:
    write_workbook(tmp_path / "w.xlsx", [Sheet("Text", ("text",), [["bell\a"]])], title="\a", day=DAY)
    assert openpyxl.load_workbook(tmp_path / "w.xlsx")["Text"]["A2"].value == "bell\ufffd"


def test_every_file_in_the_archive_has_the_day_asked_for(tmp_path: Path) -> None:
    write_workbook(tmp_path / "w.xlsx", [Sheet("Text", ("text",), [["a"]])], title="", day=DAY)
    with zipfile.ZipFile(tmp_path / "w.xlsx") as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(2026, 5, 31, 0, 0, 0)}


@pytest.mark.parametrize("rows", [[], [["a"]]])
def test_the_same_tables_give_the_same_bytes_under_any_hash_seed(rows: list[list[str]]) -> None:
    code = f"""
import hashlib, tempfile
from datetime import date
from pathlib import Path
from corridor.report.spreadsheet import Sheet, write_workbook
path = Path(tempfile.mkdtemp()) / "w.xlsx"
sheet = Sheet("Text", ("text", "b_usd"), {[[*row, 1.5] for row in rows]!r})
write_workbook(path, [sheet], title="t", day=date(2026, 5, 31))
print(hashlib.sha256(path.read_bytes()).hexdigest())
"""
    assert len(printed_under_hash_seeds(code)) == 1
