"""The workbook of a run: every table as a sheet, with totals that are sums over the rows of costs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from corridor.analysis.assessment import Assessment, Option
from corridor.evidence import GRADES
from corridor.report.data_dictionary import DICTIONARY_COLUMNS, DescribedColumn
from corridor.report.evidence_used import UsedFigure, build_used_figures
from corridor.report.figure_data import Cell, Row
from corridor.report.ledger_csv import (
    EVIDENCE_COLUMNS,
    LEG_COLUMNS,
    POST_COLUMNS,
    TITLE_SEPARATOR,
    evidence_cells,
    leg_cells,
    post_cells,
)
from corridor.report.naming import option_title
from corridor.report.numerals import with_plain_spaces
from corridor.report.sources import PLACE_LICENCE, road_licence
from corridor.report.spreadsheet import Formula, Sheet, write_workbook
from corridor.report.wording import AT_MEANS, headline

OPTION_COLUMNS = (
    "option", "name", "is_open", "posts", "length_km", "time_h", "time_days", "money_usd", "is_lower_bound",
    "cargo_time_usd_per_h", "carbon_usd_per_t", "generalised_cost_usd", "fuel_l", "co2e_ttw_kg", "co2e_wtw_kg",
    "reported_time_h", "reported_money_usd", "reported_generalised_cost_usd", "reported_co2e_wtw_kg",
)  # fmt: skip
LEDGER_COLUMNS = (
    "option", "stage", "label", "country", "component", "time_h", "money_usd", "fuel_l", "co2e_ttw_kg", "co2e_wtw_kg",
    "basis",
)  # fmt: skip
UNKNOWN = "unknown"
"""In place of an amount that nobody knows: no sum counts it, and a number can be typed over it."""

AT_LEAST = (
    f"Where nobody knows an amount, sheet Costs says '{UNKNOWN}'. No total counts it, and is_lower_bound is then "
    "'yes': read the total as 'at least'. Type a number over it, and the total includes it."
)
SUMS = (
    "Hours, USD, litres and kg of sheet Options are formulas over sheet Costs, and km over sheet Legs: change a row "
    "there and the totals follow. The columns that begin with 'reported' keep what the run reported. Programs that do "
    "not compute formulas find these empty until the file was saved by a spreadsheet."
)

WIDTHS = {
    "option": 8, "name": 44, "posts": 60, "label": 36, "basis": 60, "key": 48, "what": 52, "titles": 60, "note": 60,
    "addresses": 60, "used_by": 30, "about": 18, "text": 110, "table": 28, "column": 28, "meaning": 100,
}  # fmt: skip


def write_run_workbook(assessment: Assessment, dictionary: Sequence[DescribedColumn], path: Path) -> None:
    """Write the tables of a run to a new Excel file, dated by the day of the evidence."""
    sheets = (
        Sheet("README", ("about", "text"), _about(assessment), WIDTHS, frozen="A2", is_wrapped=True),
        Sheet("Options", OPTION_COLUMNS, _option_rows(assessment), WIDTHS, frozen="C2"),
        Sheet("Costs", LEDGER_COLUMNS, _cost_rows(assessment), WIDTHS),
        Sheet("Posts", POST_COLUMNS, post_cells(assessment), WIDTHS, frozen="E2"),
        Sheet("Legs", LEG_COLUMNS, leg_cells(assessment), WIDTHS),
        Sheet("Evidence", (*EVIDENCE_COLUMNS, "addresses"), _evidence_rows(assessment), WIDTHS),
        Sheet("Data dictionary", DICTIONARY_COLUMNS, (row.cells for row in dictionary), WIDTHS, frozen="A2"),
    )
    title = assessment.scenario.title
    write_workbook(path, sheets, title=title, day=assessment.evidence.as_of)


def _about(assessment: Assessment) -> Iterator[Row]:
    trip, evidence = assessment.scenario.trip, assessment.evidence
    yield ("What", f"{assessment.scenario.title}: the options of one run, what each costs and how long it takes.")
    yield ("Run", assessment.run_id)
    yield ("Answer", with_plain_spaces(headline(assessment)))
    yield ("Departure", trip.departure.isoformat())
    yield ("Evidence up to", evidence.as_of.isoformat())
    yield ("Amounts", f"Per truck, {AT_MEANS}. The unit is the end of a column's name; sheet Data dictionary has all.")
    yield ("At least", AT_LEAST)
    yield ("Sums", SUMS)
    yield from ((f"Grade {grade}", meaning) for grade, meaning in GRADES.items())
    yield (
        "Not for",
        "Navigation (roads and posts are schematic); security or legal advice, the price of a shipment.",
    )
    yield ("Licence", road_licence(assessment))
    yield ("Licence", PLACE_LICENCE)
    yield ("Licence", "Quoted figures belong to the publications that sheet Evidence names.")


def _option_rows(assessment: Assessment) -> Iterator[Sequence[Cell | Formula]]:
    for number, option in enumerate(assessment.all_options, start=2):
        yield (
            option.label,
            option_title(option, assessment.all_options, assessment.evidence),
            option.is_open,
            " > ".join(option.post_ids),
            *_total_cells(option, number, assessment.scenario.criteria.carbon_usd_per_t),
            option.ledger.time_h,
            option.ledger.money_usd,
            option.generalised_cost_usd,
            option.ledger.co2e_wtw_kg,
        )


def _total_cells(option: Option, number: int, carbon_usd_per_t: float) -> Sequence[Cell | Formula]:
    """The formulas of a row of sheet Options, from km to CO2e."""
    at = {column: f"{_letter(OPTION_COLUMNS, column)}{number}" for column in OPTION_COLUMNS}
    return (
        _sum_over("Legs", LEG_COLUMNS, "length_km", number),
        _sum_over("Costs", LEDGER_COLUMNS, "time_h", number),
        Formula(f"{at['time_h']}/24"),
        _sum_over("Costs", LEDGER_COLUMNS, "money_usd", number),
        _lower_bound(number),
        option.cargo_time_usd / option.ledger.time_h if option.ledger.time_h else 0.0,
        carbon_usd_per_t,
        Formula(
            f"{at['money_usd']}+{at['time_h']}*{at['cargo_time_usd_per_h']}"
            f"+{at['co2e_wtw_kg']}/1000*{at['carbon_usd_per_t']}"
        ),
        *(_sum_over("Costs", LEDGER_COLUMNS, column, number) for column in ("fuel_l", "co2e_ttw_kg", "co2e_wtw_kg")),
    )


def _sum_over(sheet: str, columns: Sequence[str], column: str, number: int) -> Formula:
    """The sum of a column over the rows of the option in row `number` of sheet Options."""
    letter = _letter(columns, column)
    return Formula(f"SUMIFS({sheet}!${letter}:${letter},{sheet}!$A:$A,$A{number})")


def _lower_bound(number: int) -> Formula:
    letter = _letter(LEDGER_COLUMNS, "money_usd")
    return Formula(f'IF(COUNTIFS(Costs!$A:$A,$A{number},Costs!${letter}:${letter},"{UNKNOWN}")>0,"yes","no")')


def _letter(columns: Sequence[str], column: str) -> str:
    """Letter of a column of a sheet that has at most 26."""
    return chr(ord("A") + columns.index(column))


def _cost_rows(assessment: Assessment) -> Iterator[Row]:
    return (row for option in assessment.all_options for row in _ledger_rows(option))


def _ledger_rows(option: Option) -> Iterator[Row]:
    """The ledger of an option: each row has the amounts of its quantity and leaves the other columns empty."""
    ledger = option.ledger
    head = [(option.label, number, stage.label) for number, stage in enumerate(option.stages)]
    for time in ledger.time:
        place = (*head[time.stage], time.country, time.component)
        yield (*place, time.hours, None, None, None, None, ";".join(time.basis))
    for money in ledger.money:
        usd = UNKNOWN if money.usd is None else money.usd
        place = (*head[money.stage], money.country, money.component)
        yield (*place, None, usd, None, None, None, ";".join(money.basis))
    for carbon in ledger.carbon:
        place = (*head[carbon.stage], carbon.country, carbon.component)
        yield (*place, None, None, carbon.fuel_l, carbon.ttw_kg, carbon.wtw_kg, ";".join(carbon.basis))


def _evidence_rows(assessment: Assessment) -> Iterator[Row]:
    evidence = assessment.evidence
    return ((*evidence_cells(used, evidence), _addresses(used, assessment)) for used in build_used_figures(assessment))


def _addresses(used: UsedFigure, assessment: Assessment) -> str:
    addresses = (assessment.evidence.sources[key].address for key in used.figure.source)
    return TITLE_SEPARATOR.join(address for address in addresses if address)
