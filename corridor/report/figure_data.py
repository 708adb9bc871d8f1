"""The numbers behind each figure as CSV text."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Protocol

from corridor.analysis.assessment import Assessment, Option
from corridor.futures.bands import Band, LowHigh
from corridor.futures.indifference import Indifference
from corridor.futures.tornado import Tornado
from corridor.report.bars import country_parts
from corridor.report.findings import Findings
from corridor.report.profile import Step, build_money_steps, build_time_steps

if TYPE_CHECKING:
    import pandas as pd

Cell = str | float | int | bool | None
Row = Sequence[Cell]
_FORMULA = re.compile(r"[=+@\t\r-].", re.DOTALL)
"""How a text begins that a spreadsheet computes; a sign alone is none."""


def csv_text(header: Sequence[str], rows: Iterable[Row]) -> str:
    """Rows as CSV with Unix line ends; unknown is an empty cell, numbers keep six digits after the point.

    Text that a spreadsheet would take for a formula has an apostrophe before it, as a spreadsheet writes it.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([_cell(cell) for cell in row] for row in rows)
    return buffer.getvalue()


def _cell(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, str):
        return f"'{cell}" if _FORMULA.match(cell) else cell
    return f"{cell:.6f}".rstrip("0").rstrip(".") if isinstance(cell, float) else str(cell)


def options_csv(assessment: Assessment) -> str:
    """One row per option with its totals."""
    header = (
        "option", "is_open", "corridors", "posts", "length_km", "time_h", "money_usd", "is_lower_bound",
        "generalised_cost_usd", "co2e_ttw_kg", "co2e_wtw_kg",
    )  # fmt: skip
    return csv_text(header, (_option_cells(option) for option in assessment.all_options))


def _option_cells(option: Option) -> Row:
    ledger = option.ledger
    return (
        option.label, option.is_open, ";".join(option.corridors), ";".join(option.post_ids), option.length_km,
        ledger.time_h, ledger.money_usd, ledger.is_lower_bound, option.generalised_cost_usd, ledger.co2e_ttw_kg,
        ledger.co2e_wtw_kg,
    )  # fmt: skip


def _steps_csv(
    build: Callable[[Option], Sequence[Step]], amount: str, findings: Findings, band_of: Callable[[Band], LowHigh]
) -> str:
    """Steps of each option, with P10 and P90 where futures were drawn."""
    rows = []
    for option in findings.assessment.all_options:
        steps, band = build(option), findings.outlook.bands.get(option.label)
        low, high = band_of(band) if band else ((None,) * len(steps),) * 2
        rows += [
            (option.label, s.length_km, s.amount, *ends, s.post) for s, *ends in zip(steps, low, high, strict=True)
        ]
    return csv_text(("option", "length_km", amount, f"p10_{amount}", f"p90_{amount}", "post"), rows)


def _sums_csv(sums: Callable[[Option], Mapping[Any, float]], key: str, amount: str, assessment: Assessment) -> str:
    rows = ((option.label, str(name), size) for option in assessment.all_options for name, size in sums(option).items())
    return csv_text(("option", key, amount), rows)


def _time_staircase(findings: Findings) -> str:
    return _steps_csv(build_time_steps, "time_h", findings, lambda band: band.hours)


def _cost_staircase(findings: Findings) -> str:
    return _steps_csv(build_money_steps, "money_usd", findings, lambda band: band.usd)


def _cost_by_component(assessment: Assessment) -> str:
    return _sums_csv(lambda option: option.ledger.usd_by(lambda row: row.component), "component", "usd", assessment)


def _cost_by_country(assessment: Assessment) -> str:
    return _sums_csv(country_parts, "country", "usd", assessment)


def _time_by_component(assessment: Assessment) -> str:
    return _sums_csv(lambda option: option.ledger.hours_by(lambda row: row.component), "component", "hours", assessment)


def _tornado(findings: Findings) -> Tornado | None:
    return findings.outlook.sensitivity.tornado if findings.outlook.sensitivity else None


def queues_of(findings: Findings) -> Indifference | None:
    """The grid behind the figure of two queues; None where it was not asked for or has nothing to show."""
    return findings.outlook.break_evens.queues if findings.outlook.break_evens else None


class _Framed(Protocol):
    """A value that can be laid out as a table."""

    def to_frame(self) -> pd.DataFrame: ...


def _frame_csv(value: _Framed | None) -> str:
    """The table of a value; empty where it was not asked for."""
    if value is None:
        return ""
    frame = value.to_frame()
    rows = frame.astype(object).where(frame.notna(), None)
    return csv_text([str(name) for name in frame.columns], rows.to_numpy().tolist())


FIGURE_DATA: Mapping[str, Callable[[Findings], str]] = MappingProxyType(
    {
        "map": lambda findings: options_csv(findings.assessment),
        "time_staircase": _time_staircase,
        "cost_staircase": _cost_staircase,
        "cost_by_component": lambda findings: _cost_by_component(findings.assessment),
        "cost_by_country": lambda findings: _cost_by_country(findings.assessment),
        "time_by_component": lambda findings: _time_by_component(findings.assessment),
        "tornado": lambda findings: _frame_csv(_tornado(findings)),
        "queues": lambda findings: _frame_csv(queues_of(findings)),
        "criticality": lambda findings: _frame_csv(findings.outlook.criticality),
        "calendar": lambda findings: _frame_csv(findings.outlook.calendar),
        "replay": lambda findings: _frame_csv(findings.outlook.replay),
    }
)
"""File name of each figure -> what writes the numbers behind it."""
