"""How the model compares with what was measured, for the report: the countries on its ways, and observed trips."""

from __future__ import annotations

from dataclasses import dataclass

from corridor.analysis.assessment import Assessment
from corridor.analysis.calibration import CountryComparison, CpmmComparison, compare_countries
from corridor.analysis.calibration_summary import COMMAND, ShippedCalibration
from corridor.evidence import OwnTables
from corridor.report.naming import country_name
from corridor.report.numerals import NBSP, counted

MEASURES_SHOWN = {
    "swod": "Speed without delay (SWOD), km/h",
    "swd_stops": "Speed with stops (SWD), km/h",
    "side_h": "Hours a side of a post (TFI1)",
    "tfi3": "USD per 500 km and 20 t (TFI3)",
}
"""Measure -> heading of its column."""

METHOD = (
    "Over all options of this report, closed ones included. CPMM: the latest year published by CAREC and the range of "
    "2019 to 2023. SWOD and the hours of measured posts are inputs, so their agreement is no success; SWD and TFI3 set "
    "nothing in the model. SWD and TFI3 depend on the length of the way through a country. Fees once a trip count in "
    "the country of origin."
)


@dataclass(frozen=True, slots=True)
class CalibrationCell:
    """One measure: the model's figure, CPMM's with its year, its range, and the verdict; empty without CPMM."""

    model: str
    cpmm: str
    years: str
    verdict: str


@dataclass(frozen=True, slots=True)
class CalibrationRow:
    """One country, with a cell for each of `MEASURES_SHOWN`."""

    country: str
    length: str
    cells: tuple[CalibrationCell, ...]


def build_calibration_rows(assessment: Assessment) -> list[CalibrationRow]:
    """Countries on the options' ways that CPMM covers, by name."""
    found = compare_countries(assessment.all_options, assessment.evidence, mass_t=assessment.scenario.cargo.mass_t)
    rows = [_row(country, assessment) for country in found]
    return sorted(rows, key=lambda row: row.country)


def _row(found: CountryComparison, assessment: Assessment) -> CalibrationRow:
    return CalibrationRow(
        country=country_name(found.country, assessment.evidence),
        length=f"{found.totals.km:,.0f}",
        cells=tuple(_cell(found.measures.get(key)) for key in MEASURES_SHOWN),
    )


def _cell(comparison: CpmmComparison | None) -> CalibrationCell:
    if comparison is None:
        return CalibrationCell("-", "not published", "", "")
    decimals, latest = comparison.measure.decimals, comparison.latest
    low, high = f"{comparison.low:,.{decimals}f}", f"{comparison.high:,.{decimals}f}"
    return CalibrationCell(
        model=f"{comparison.modelled:,.{decimals}f}",
        cpmm=f"{latest.value:,.{decimals}f} in {latest.year}",
        years="one year only" if len(comparison.published) == 1 else f"{low} to {high}",
        verdict=comparison.verdict,
    )


def calibration_title(rows: list[CalibrationRow]) -> str:
    """How many figures lie inside what was measured."""
    cells = [cell for row in rows for cell in row.cells if cell.verdict]
    inside = sum(cell.verdict == "inside" for cell in cells)
    if not cells:
        return "How the model compares with what was measured"
    return f"Measured: {inside} of {counted(len(cells), 'figure', 'figures')} inside the range of CPMM's years"


def trip_sentence(shipped: ShippedCalibration) -> str:
    """How far off the days of observed trips are, beside a naive rival."""
    summary = shipped.summary
    return (
        f"Trips that others have reported, {summary.model.n} of them held out and run: days off by "
        f"{_percent(summary.model.mape_share)} on average, bias {_percent(summary.model.bias_share, sign='+')}. "
        f"A rule of thumb ({summary.naive_rule}) is off by {_percent(summary.naive.mape_share)}."
    )


def freshness_sentence(shipped: ShippedCalibration, own: OwnTables | None) -> str:
    """A warning where the tables are not those that the trips were run with; empty otherwise."""
    if own:
        return (
            f"The trips were run with the bundled tables, not with those in {own.name}: how well the model fits them "
            "says nothing of the numbers that you changed."
        )
    if shipped.is_current:
        return ""
    return (
        "The tables have changed since these trips were run, so the figures on trips may be out of date. Run them "
        f"again: {COMMAND}"
    )


def _percent(share: float, sign: str = "") -> str:
    return f"{share * 100:{sign}.0f}{NBSP}%"
