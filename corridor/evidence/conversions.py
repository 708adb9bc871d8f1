"""How an amount became USD of the base year, in words."""

from __future__ import annotations

from corridor.evidence.evidence import Evidence
from corridor.evidence.parameters import FX_NAME, PACKAGE_CURRENCY, Parameter


def conversion_text(parameter: Parameter, evidence: Evidence) -> str:
    """The sum behind the USD of an amount: ``0.176 EUR/km / 0.853971 EUR/USD (2025)``; empty where it is not money."""
    if not parameter.currency:
        return ""
    stated = f"{parameter.stated_value:g} {parameter.unit}"
    return f"{stated}{_inflation_text(parameter, evidence)}{_rate_text(parameter, evidence)}; {_years_text(parameter)}"


def _inflation_text(parameter: Parameter, evidence: Evidence) -> str:
    prices = evidence.prices
    factor = prices.inflation(parameter)
    if factor is None:
        return ""
    index = prices.indexing[parameter.name]
    return f" x {factor:.4g} ({parameter.currency} {index}, {parameter.year} to {prices.base_year})"


def _rate_text(parameter: Parameter, evidence: Evidence) -> str:
    if parameter.currency == PACKAGE_CURRENCY:
        return ""
    rate = evidence.parameters[(FX_NAME, parameter.currency)]
    year = f" ({rate.year})" if rate.year else ""
    return f" / {rate.value:g} {parameter.currency}/USD{year}"


def _years_text(parameter: Parameter) -> str:
    return f"in prices of {parameter.price_year}" if parameter.price_year else "the year of its prices is not known"
