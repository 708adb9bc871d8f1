"""Tables of what cost, time and CO2e are made of: components and countries against options."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corridor.analysis.assessment import Assessment, Option
from corridor.costs.ledger import MONEY_COMPONENTS, TIME_COMPONENTS
from corridor.report.naming import country_name
from corridor.report.numerals import tonnes_text


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
class CarbonRowText:
    """CO2e of one option: totals, intensities, litres."""

    label: str
    fuel: str
    ttw: str
    wtw: str
    ttw_intensity: str
    wtw_intensity: str


def build_carbon_rows(assessment: Assessment) -> list[CarbonRowText]:
    """CO2e of every option, tank to wheel and well to wheel, and per t-km of its own road length."""
    return [_carbon_row(option, assessment.scenario.cargo.mass_t) for option in assessment.all_options]


def _carbon_row(option: Option, mass_t: float) -> CarbonRowText:
    ledger = option.ledger
    t_km = mass_t * option.length_km
    litres = sum(row.fuel_l for row in ledger.carbon)
    return CarbonRowText(
        label=option.label,
        fuel=f"{litres:,.0f}",
        ttw=tonnes_text(ledger.co2e_ttw_kg),
        wtw=tonnes_text(ledger.co2e_wtw_kg),
        ttw_intensity=f"{1000 * ledger.co2e_ttw_kg / t_km:.0f}" if t_km else "–",
        wtw_intensity=f"{1000 * ledger.co2e_wtw_kg / t_km:.0f}" if t_km else "–",
    )
