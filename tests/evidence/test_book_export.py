"""The tables as a workbook: complete, locked where it must be, with hints and lists, and the same bytes every time."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from corridor.bundled import data_path
from corridor.errors import ScenarioError
from corridor.evidence.table_forms import OWN_FORMS, TABLE_FORMS
from corridor.evidence_book import export_book
from corridor.evidence_book.export import HINT_MAX, LAST_ROW
from corridor.evidence_book.template import read_evidence_dictionary
from tests.evidence.conftest import add_rows


@pytest.fixture(scope="module")
def sheets(whole_book: Path) -> dict[str, Worksheet]:
    workbook = load_workbook(whole_book)
    return {name: workbook[name] for name in workbook.sheetnames}


def validation(sheet: Worksheet, column: str) -> DataValidation:
    heads = [str(cell.value).split(" ")[0] for cell in sheet[1]]
    letter = get_column_letter(heads.index(column) + 1)
    found: list[DataValidation] = sheet.data_validations.dataValidation
    return next(each for each in found if str(each.sqref).startswith(letter))


def test_every_column_that_a_user_may_own_is_described_once() -> None:
    columns = {(form.name, column.name) for form in OWN_FORMS for column in form.columns}
    assert set(read_evidence_dictionary()) == columns
    with data_path("schema", "evidence_dictionary.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert sum(len(row["table"].split(";")) for row in rows) == len(columns)
    assert all(row["meaning"] and len(row["meaning"]) <= HINT_MAX for row in rows)


def test_the_book_has_a_sheet_a_table_and_says_which_tables_it_leaves_out_and_why(sheets: dict[str, Worksheet]) -> None:
    assert list(sheets) == ["README", *(form.name for form in OWN_FORMS)]
    about = [(row[0].value, str(row[1].value)) for row in sheets["README"].iter_rows(min_row=2)]
    left_out = [text.partition(":")[0] for name, text in about if name == "Not here"]
    assert left_out == [form.name for form in TABLE_FORMS if form.kept_because]
    assert any(name == "Licence" and "GeoNames, CC BY 4.0" in text for name, text in about)
    assert dict(about)["Made from"] == "the bundled tables"
    assert "evidence up to 2026-05-31" in dict(about)["Version"]


def test_rows_of_a_sheet_are_lines_of_the_table(sheets: dict[str, Worksheet]) -> None:
    lines = data_path("queue_estimates.csv").read_text(encoding="utf-8").splitlines()
    sheet = sheets["queue_estimates"]
    assert sheet.max_row == len(lines)
    assert [str(sheet.cell(40, column).value) for column in (1, 2)] == lines[39].split(",")[:2]


def test_numbers_are_numbers_and_everything_else_is_text_in_cells_formatted_as_text(
    sheets: dict[str, Worksheet],
) -> None:
    for form in OWN_FORMS:
        for number, column in enumerate(form.columns, start=1):
            cells = [row[0] for row in sheets[form.name].iter_rows(2, min_col=number, max_col=number)]
            filled = [cell for cell in cells if cell.value is not None]
            is_number = column.kind in ("number", "whole", "year")
            assert {cell.number_format for cell in filled} <= {"General" if is_number else "@"}, (
                form.name,
                column.name,
            )
            assert all(cell.data_type == ("n" if is_number and cell.value != "undated" else "s") for cell in filled)


def test_rows_to_come_are_formatted_as_text_too_and_are_not_locked(sheets: dict[str, Worksheet]) -> None:
    columns = sheets["closed_days"].column_dimensions
    assert {columns[letter].number_format for letter in "ABCDEFG"} == {"@"}  # no date is made of 2026-05
    assert not any(columns[letter].protection.locked for letter in "ABCDEFG")


def test_heads_and_keys_are_locked_without_a_password_and_all_else_is_free(sheets: dict[str, Worksheet]) -> None:
    sheet = sheets["parameters"]
    assert sheet.protection.sheet
    assert sheet.protection.password is None
    assert all(cell.protection.locked for cell in sheet[1])
    assert [cell.protection.locked for cell in sheet[2]][:3] == [True, True, False]  # name, scope, value
    assert sheet.freeze_panes == "C2"
    assert str(sheet.auto_filter.ref).startswith("A1:K")


def test_an_empty_cell_of_a_key_is_locked_as_well(sheets: dict[str, Worksheet]) -> None:
    sheet = sheets["crossing_times"]
    row = next(row for row in sheet.iter_rows(2) if row[1].value is None)  # a count of trucks, of no side
    assert row[1].protection.locked


def test_heads_carry_units_and_hints_carry_meanings(sheets: dict[str, Worksheet]) -> None:
    sheet = sheets["crossing_times"]
    assert [cell.value for cell in sheet[1]][4:6] == ["hours (h)", "fee_usd (USD per truck)"]
    hint = validation(sheet, "hours")
    assert (hint.promptTitle, hint.showInputMessage) == ("hours", True)
    assert str(hint.prompt).startswith("mean hours on that side")
    assert str(hint.sqref) == f"E2:E{LAST_ROW}"


def test_closed_vocabularies_are_lists_that_refuse_and_names_are_lists_that_do_not(
    sheets: dict[str, Worksheet],
) -> None:
    grade = validation(sheets["crossing_times"], "grade")
    assert (grade.type, grade.formula1, grade.showErrorMessage) == ("list", '"A,B,C,D"', True)
    trucks = validation(sheets["crossings"], "trucks")
    assert (trucks.formula1, trucks.showErrorMessage) == ('"yes,no"', True)
    country = validation(sheets["places"], "country")
    assert (country.type, country.showErrorMessage) == ("list", False)
    assert country.formula1 == f"countries!$A$2:$A${LAST_ROW}"
    assert validation(sheets["crossing_times"], "crossing").formula1 == f"crossings!$A$2:$A${LAST_ROW}"


def test_a_list_never_points_to_a_sheet_that_is_not_there(tmp_path: Path) -> None:
    export_book(tmp_path / "one.xlsx", tables=["queue_estimates"])
    workbook = load_workbook(tmp_path / "one.xlsx")
    assert workbook.sheetnames == ["README", "queue_estimates"]
    assert validation(workbook["queue_estimates"], "crossing").type is None
    assert validation(workbook["queue_estimates"], "crossing").prompt


def test_numbers_are_checked_while_they_are_typed(sheets: dict[str, Worksheet]) -> None:
    hours = validation(sheets["queue_estimates"], "ordinary_h")
    assert (hours.type, hours.operator, hours.showErrorMessage) == ("decimal", "between", True)
    assert validation(sheets["places"], "population").type == "whole"


def test_text_that_begins_like_a_formula_stays_text(tables: Path, tmp_path: Path) -> None:
    add_rows(tables / "sources.csv", """=cmd(),"=HYPERLINK(""http://x"")",+x,2020,@y,""")
    export_book(tmp_path / "book.xlsx", tables=["sources"], folder=tables)
    last = list(load_workbook(tmp_path / "book.xlsx")["sources"].iter_rows())[-1]
    assert [cell.data_type for cell in last[:3]] == ["s", "s", "s"]
    assert [cell.quotePrefix for cell in (*last[:3], last[4])] == [True] * 4


def test_two_exports_have_the_same_bytes_under_any_hash_seed(tmp_path: Path, whole_book: Path) -> None:
    command = "import sys; from corridor.evidence_book import export_book; from pathlib import Path"
    for seed in ("1", "2"):
        path = tmp_path / f"{seed}.xlsx"
        subprocess.run(
            [sys.executable, "-c", f"{command}; export_book(Path(sys.argv[1]))", str(path)],
            check=True,
            env=os.environ | {"PYTHONHASHSEED": seed},
        )
        assert path.read_bytes() == whole_book.read_bytes()


def test_a_book_that_is_there_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    path.write_text("edited for three days")
    with pytest.raises(ScenarioError, match="exists already and may hold your changes; expected a new file"):
        export_book(path, tables=["vehicles"])
    assert path.read_text() == "edited for three days"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("name", "tables", "words"),
    [
        ("book.xls", ["vehicles"], "expected a name like book.xlsx"),
        ("book.xlsx", ["crossing_time"], "no table 'crossing_time'; .* Did you mean 'crossing_times'?"),
        ("book.xlsx", ["cpmm"], "no table 'cpmm'; expected one of crossings, "),
        ("nowhere/book.xlsx", ["vehicles"], "cannot be written .* Choose another folder"),
    ],
)
def test_what_cannot_be_exported_is_said(tmp_path: Path, name: str, tables: list[str], words: str) -> None:
    with pytest.raises(ScenarioError, match=words):
        export_book(tmp_path / name, tables=tables)
    assert list(tmp_path.iterdir()) == []
