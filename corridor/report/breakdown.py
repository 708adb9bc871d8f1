"""Tables of what cost, time and CO2e are made of: components and countries against options."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corridor.analysis.assessment import Assessment, Option
from corridor.costs.ledger import MONEY_COMPONENTS, TIME_COMPONENTS
from corridor.costs.unit_costs import unit_costs
from corridor.report.naming import country_name


@dataclass(frozen=True, slots=True)
class BreakdownTable:
    """Amounts by component or country (rows) and option (columns)."""

    labels: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    totals: tuple[str, ...]


def build_cost_table(assessment: Assessment) -> BreakdownTable:
    """USD by component and option; "unknown" where nobody knows, a plus where a part is unknown."""
    columns = [
        (option.ledger.usd_by(lambda row: row.component), {key for key, _ in option.ledger.unknown_components})
        for option in assessment.all_options
    ]
    return _breakdown(assessment, columns, MONEY_COMPONENTS)


def build_country_table(assessment: Assessment) -> BreakdownTable:
    """USD by country and option."""
    columns = [
        (option.ledger.usd_by(lambda row: row.country), {code for _, code in option.ledger.unknown_components})
        for option in assessment.all_options
    ]
    codes = sorted({str(key) for known, unknown in columns for key in (*known, *unknown)})
    names = {code: country_name(code, assessment.evidence) for code in codes}
    return _breakdown(assessment, columns, names)


def build_time_table(assessment: Assessment) -> BreakdownTable:
    """Hours by component and option."""
    options = assessment.all_options
    columns: list[tuple[dict[object, float], set[str]]] = [
        (option.ledger.hours_by(lambda row: row.component), set()) for option in options
    ]
    table = _breakdown(assessment, columns, TIME_COMPONENTS)
    totals = tuple(f"{option.ledger.time_h:,.0f}" for option in options)
    return BreakdownTable(table.labels, table.rows, totals)


def _breakdown(
    assessment: Assessment,
    columns: Sequence[tuple[dict[object, float], set[str]]],
    names: Mapping[str, str],
) -> BreakdownTable:
    rows = tuple(
        (name, tuple(_amount_text(known.get(key), is_partial=key in unknown) for known, unknown in columns))
        for key, name in names.items()
        if any(key in known or key in unknown for known, unknown in columns)
    )
    totals = tuple(
        f"{'≥ ' if option.ledger.is_lower_bound else ''}{option.ledger.money_usd:,.0f}"
        for option in assessment.all_options
    )
    return BreakdownTable(tuple(option.label for option in assessment.all_options), rows, totals)


def _amount_text(amount: float | None, *, is_partial: bool) -> str:
    if amount is None:
        return "unknown" if is_partial else "–"
    return f"{'≥ ' if is_partial else ''}{amount:,.0f}"


@dataclass(frozen=True, slots=True)
class UnitRowText:
    """Money of one option per t, per t-km and per 500 km."""

    label: str
    per_t: str
    per_t_km: str
    per_500_km: str
    per_500_km_without_border_fees: str


def build_unit_rows(assessment: Assessment) -> list[UnitRowText]:
    """Money of every option that has a length, divided as tariffs are quoted."""
    return [_unit_row(option, assessment) for option in assessment.all_options if option.length_km > 0]


def _unit_row(option: Option, assessment: Assessment) -> UnitRowText:
    costs = unit_costs(option.ledger, mass_t=assessment.scenario.cargo.mass_t, length_km=option.length_km)
    bound = "≥ " if option.ledger.is_lower_bound else ""
    return UnitRowText(
        label=option.label,
        per_t=f"{bound}{costs.usd_per_t:,.0f}",
        per_t_km=f"{bound}{costs.usd_per_t_km:.3f}",
        per_500_km=f"{bound}{costs.usd_per_500_km:,.0f}",
        per_500_km_without_border_fees=f"{bound}{costs.usd_per_500_km_without_border_fees:,.0f}",
    )
