"""The workbook of a run: live sums that give the totals of the summary, and the tables behind them."""

import csv
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from math import fsum
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from corridor.analysis.assessment import Assessment
from corridor.report.workbook import UNKNOWN, write_run_workbook

from .fake_trip import HOSTILE_TEXT

SUM = re.compile(r"=SUMIFS\((?P<sheet>\w+)!\$(?P<column>\w):\$\w,\w+!\$(?P<key>\w):\$\w,\$A(?P<row>\d+)\)")
COUNT = re.compile(
    r'=IF\(COUNTIFS\((?P<sheet>\w+)!\$(?P<key>\w):\$\w,\$A(?P<row>\d+),\w+!\$(?P<column>\w):\$\w,"(?P<word>\w+)"\)>0,'
    r'"yes","no"\)'
)
COLUMNS = {
    "time": "time_h",
    "money": "money_usd",
    "fuel": "fuel_l",
    "co2e_ttw": "co2e_ttw_kg",
    "co2e_wtw": "co2e_wtw_kg",
}
"""Quantity in costs.csv -> column of sheet Costs."""

Row = dict[str, object]


@pytest.fixture(scope="module")
def workbook(run_folder: Path) -> Workbook:
    return openpyxl.load_workbook(run_folder / "workbook.xlsx")


@pytest.fixture(scope="module")
def summary(run_folder: Path) -> dict[str, dict[str, float]]:
    document = json.loads((run_folder / "summary.json").read_text(encoding="utf-8"))
    return {option["label"]: option for option in document["options"] + document["closed_options"]}


def rows_of(sheet: Worksheet) -> list[Row]:
    header, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(map(str, header), row, strict=True)) for row in rows]


def summed(workbook: Workbook, formula: object) -> float:
    """What a spreadsheet makes of a SUMIFS over one option: text and empty cells count as nothing."""
    parts = SUM.fullmatch(str(formula))
    assert parts, formula
    label = workbook["Options"][f"A{parts['row']}"].value
    cells = zip(workbook[parts["sheet"]][parts["key"]], workbook[parts["sheet"]][parts["column"]], strict=True)
    return fsum(cell.value for key, cell in cells if key.value == label and isinstance(cell.value, int | float))


def flagged(workbook: Workbook, formula: object) -> bool:
    """What a spreadsheet makes of the formula that looks for an unknown amount of one option."""
    parts = COUNT.fullmatch(str(formula))
    assert parts, formula
    label = workbook["Options"][f"A{parts['row']}"].value
    cells = zip(workbook[parts["sheet"]][parts["key"]], workbook[parts["sheet"]][parts["column"]], strict=True)
    return any(cell.value == parts["word"] for key, cell in cells if key.value == label)


def test_the_sheets_are_there_in_order(workbook: Workbook) -> None:
    assert workbook.sheetnames == ["README", "Options", "Costs", "Posts", "Legs", "Evidence", "Data dictionary"]


@pytest.mark.parametrize(
    ("column", "reported", "within"),
    [
        ("time_h", "time_h", 1e-3),
        ("money_usd", "money_usd", 0.01),
        ("length_km", "length_km", 1e-2),
        ("co2e_ttw_kg", "co2e_ttw_kg", 0.01),
        ("co2e_wtw_kg", "co2e_wtw_kg", 0.01),
    ],
)
def test_sums_over_the_rows_are_the_totals_of_the_summary(
    workbook: Workbook, summary: Mapping[str, Mapping[str, float]], column: str, reported: str, within: float
) -> None:
    options = rows_of(workbook["Options"])
    assert [row["option"] for row in options] == list(summary)
    for row in options:
        assert summed(workbook, row[column]) == pytest.approx(summary[str(row["option"])][reported], abs=within)


def test_a_total_is_flagged_where_a_row_is_unknown(
    workbook: Workbook, summary: Mapping[str, Mapping[str, float]]
) -> None:
    flags = {str(row["option"]): flagged(workbook, row["is_lower_bound"]) for row in rows_of(workbook["Options"])}
    assert flags == {label: option["is_lower_bound"] for label, option in summary.items()}
    assert set(flags.values()) == {True, False}


def test_generalised_cost_is_money_plus_hours_and_carbon_at_their_rates(
    workbook: Workbook, summary: Mapping[str, Mapping[str, float]]
) -> None:
    sheet = workbook["Options"]
    names = {str(header.value): get_column_letter(number) for number, header in enumerate(sheet[1], start=1)}
    for number, row in enumerate(rows_of(sheet), start=2):
        at = {column: f"{letter}{number}" for column, letter in names.items()}
        assert row["generalised_cost_usd"] == (
            f"={at['money_usd']}+{at['time_h']}*{at['cargo_time_usd_per_h']}"
            f"+{at['co2e_wtw_kg']}/1000*{at['carbon_usd_per_t']}"
        )
        rate = row["cargo_time_usd_per_h"]
        assert isinstance(rate, float | int)
        usd = summed(workbook, row["money_usd"]) + summed(workbook, row["time_h"]) * rate
        assert usd == pytest.approx(
            summary[str(row["option"])]["generalised_cost_usd"], abs=0.02
        )  # carbon is free here


def test_carbon_has_the_price_of_the_scenario(assessment: Assessment, tmp_path: Path) -> None:
    criteria = assessment.scenario.criteria.model_copy(update={"carbon_usd_per_t": 40.0})
    priced = replace(assessment, scenario=assessment.scenario.model_copy(update={"criteria": criteria}))
    write_run_workbook(priced, (), tmp_path / "w.xlsx")
    rows = rows_of(openpyxl.load_workbook(tmp_path / "w.xlsx")["Options"])
    assert {row["carbon_usd_per_t"] for row in rows} == {40}


def test_what_was_reported_stays_beside_the_sums(
    workbook: Workbook, summary: Mapping[str, Mapping[str, float]]
) -> None:
    for row in rows_of(workbook["Options"]):
        option = summary[str(row["option"])]
        assert row["reported_money_usd"] == pytest.approx(option["money_usd"], abs=0.01)
        assert row["reported_time_h"] == pytest.approx(option["time_h"], abs=1e-3)
        assert row["reported_generalised_cost_usd"] == pytest.approx(option["generalised_cost_usd"], abs=0.01)


def test_every_amount_of_costs_csv_is_in_the_sheet(workbook: Workbook, run_folder: Path) -> None:
    with (run_folder / "costs.csv").open(encoding="utf-8", newline="") as file:
        amounts = [
            (row["option"], COLUMNS[row["quantity"]], row["component"], row["amount"]) for row in csv.DictReader(file)
        ]
    assert sorted(amounts_of(rows_of(workbook["Costs"]))) == sorted(amounts)


def amounts_of(rows: list[Row]) -> Iterator[tuple[str, str, str, str]]:
    """Option, column, component and amount as in costs.csv of every cell that holds an amount."""
    for row in rows:
        for column in COLUMNS.values():
            value = row[column]
            if value is not None:
                text = "" if value == UNKNOWN else f"{value:.6f}".rstrip("0").rstrip(".")
                yield str(row["option"]), column, str(row["component"]), text


def test_evidence_has_grade_source_and_address(workbook: Workbook) -> None:
    rows = {str(row["key"]): row for row in rows_of(workbook["Evidence"])}
    speed = rows["parameters.swod_km_per_h.PAK"]
    assert (speed["grade"], speed["source"], speed["addresses"]) == ("A", "cpmm-2023", "https://example.org/cpmm")


def test_the_first_sheet_says_what_it_is(workbook: Workbook, assessment: Assessment) -> None:
    about = " ".join(str(cell) for row in workbook["README"].iter_rows(values_only=True) for cell in row)
    for word in (assessment.run_id, "2026-05-31", "at least", "OpenStreetMap", assessment.network.licence, "GeoNames"):
        assert word in about


def test_headers_stay_in_sight_and_numbers_are_readable(workbook: Workbook) -> None:
    assert all(sheet.freeze_panes for sheet in workbook)
    assert workbook["Options"]["H2"].number_format == "#,##0.00"
    assert workbook["Options"].column_dimensions["B"].width == 44


def test_the_workbook_has_no_macros_and_the_day_of_the_evidence(workbook: Workbook) -> None:
    assert workbook.vba_archive is None
    assert workbook.properties.created == workbook.properties.modified == datetime(2026, 5, 31)  # noqa: DTZ001


def test_hostile_text_stays_text(hostile_assessment: Assessment, tmp_path: Path) -> None:
    write_run_workbook(hostile_assessment, (), tmp_path / "w.xlsx")
    hostile = openpyxl.load_workbook(tmp_path / "w.xlsx")
    cells = [cell for sheet in hostile for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert {cell.parent.title for cell in cells} == {"Options"}
    assert not any("cmd" in str(cell.value) for cell in cells)
    for sheet, column in (("Posts", "name"), ("Costs", "label"), ("Evidence", "note")):
        assert HOSTILE_TEXT in {row[column] for row in rows_of(hostile[sheet])}
    guarded = next(cell for row in hostile["Posts"].iter_rows() for cell in row if cell.value == HOSTILE_TEXT)
    assert (guarded.data_type, guarded.quotePrefix) == ("s", True)
