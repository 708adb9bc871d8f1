"""Amounts in prices of one year and in one currency: inflated in their own currency, then converted (model.md 4.1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from corridor.errors import DataError
from corridor.evidence.parameters import FX_NAME, PACKAGE_CURRENCY, Parameter

INDICES = ("purchases", "wages")
"""What a price index may follow: what firms buy (producer or consumer prices), or pay."""

NOT_INDEXED = "none"
"""Index of amounts that are fixed by law or that are prices of their day: never inflated."""

Parameters = Mapping[tuple[str, str], Parameter]


@dataclass(frozen=True, slots=True)
class PriceIndex:
    """The level of a price index in a year, in the units of its publisher: only ratios between years matter."""

    currency: str
    index: str
    year: int
    value: float
    source: tuple[str, ...]
    grade: str
    note: str

    @property
    def key(self) -> str:
        """How ledgers name it: ``deflators.EUR.wages.2021``."""
        return f"deflators.{self.currency}.{self.index}.{self.year}"


@dataclass(frozen=True, slots=True)
class PriceBasis:
    """The year of whose prices results are, and what leads there.

    Parameters
    ----------
    indices : by (currency, index, year)
    indexing : parameter of money -> the index that its amounts follow, `NOT_INDEXED` for none
    """

    base_year: int
    indices: Mapping[tuple[str, str, int], PriceIndex]
    indexing: Mapping[str, str]

    def inflation(self, parameter: Parameter) -> float | None:
        """Prices of the base year over those of the parameter's year; None where the amount keeps its year.

        Raises
        ------
        DataError
            See `levels`.
        """
        levels = self.levels(parameter)
        return levels[0].value / levels[1].value if levels else None

    def levels(self, parameter: Parameter) -> tuple[PriceIndex, PriceIndex] | None:
        """The index in the base year and in the parameter's year; None where the amount keeps its year.

        An amount keeps its year if it is undated, of the base year already, not indexed, or in a currency without
        any index of its kind.

        Raises
        ------
        DataError
            The currency has the index, but not for both years: the nearest year is no substitute.
        """
        index = self.indexing.get(parameter.name, NOT_INDEXED)
        own = {key[2]: row for key, row in self.indices.items() if key[:2] == (parameter.currency, index)}
        if parameter.year is None or parameter.year == self.base_year or not own:
            return None
        missing = sorted({parameter.year, self.base_year} - own.keys())
        if missing:
            raise DataError(
                f"deflators.csv: {parameter.key}: expected the index '{index}' of {parameter.currency} for "
                f"{parameter.year} and {self.base_year}, got none for {', '.join(map(str, missing))}. Add it."
            )
        return own[self.base_year], own[parameter.year]


def usd_in_base_prices(amount: float, *, inflation: float, local_per_usd: float) -> float:
    """An amount in USD of the base year: inflated in its own currency first, converted at the rate of the base year.

    Notes
    -----
    usd_base = value * (deflator[c, base] / deflator[c, year]) / fx_local_per_usd[c, base]. Converting first would
    need the deflator of the USD, and differs by the change of the real exchange rate.

    Examples
    --------
    >>> round(usd_in_base_prices(0.049, inflation=1.30, local_per_usd=1 / 1.171), 4)
    0.0746
    """
    return amount * inflation / local_per_usd


def in_base_prices(parameters: Parameters, prices: PriceBasis) -> dict[tuple[str, str], Parameter]:
    """All parameters with money in USD, at prices of the base year where an index leads there.

    Parameters
    ----------
    parameters : by (name, scope); money in any currency, with a rate among them for each

    Raises
    ------
    DataError
        A rate or an index is missing; all of them in one message.
    """
    faults = list(price_faults(parameters, prices))
    if faults:
        raise DataError("\n".join(faults))
    return {key: _priced(parameter, parameters, prices) for key, parameter in parameters.items()}


def price_faults(parameters: Parameters, prices: PriceBasis) -> Iterator[str]:
    """What keeps amounts from being inflated and converted, as sentences; empty when all is well."""
    for parameter in parameters.values():
        try:
            _priced(parameter, parameters, prices)
        except DataError as error:
            yield str(error)


def _priced(parameter: Parameter, parameters: Parameters, prices: PriceBasis) -> Parameter:
    if not parameter.currency:
        return parameter
    levels = prices.levels(parameter)
    rate = local_per_usd(parameter, parameters)
    if levels:
        _check_rate_year(parameter, parameters, prices)
    inflation = levels[0].value / levels[1].value if levels else 1.0
    usd = usd_in_base_prices(parameter.stated_value, inflation=inflation, local_per_usd=rate)
    return replace(
        _restated(parameter, usd),
        price_year=prices.base_year if levels else parameter.price_year,
        converted_by=(*_rate_keys(parameter), *(level.key for level in levels or ())),
    )


def _rate_keys(parameter: Parameter) -> tuple[str, ...]:
    is_foreign = parameter.currency != PACKAGE_CURRENCY
    return (f"parameters.{FX_NAME}.{parameter.currency}",) if is_foreign else ()


def local_per_usd(parameter: Parameter, parameters: Parameters) -> float:
    """The rate at which the amount of a parameter is converted, in its currency per USD.

    Raises
    ------
    DataError
        There is no rate for the currency.
    """
    if parameter.currency == PACKAGE_CURRENCY:
        return 1.0
    rate = parameters.get((FX_NAME, parameter.currency))
    if rate is None:
        raise DataError(
            f"parameters.csv: {parameter.key}: expected a row of '{FX_NAME}' for {parameter.currency}, got none. "
            "Add it."
        )
    return rate.value


def _check_rate_year(parameter: Parameter, parameters: Parameters, prices: PriceBasis) -> None:
    """Raise DataError where an inflated amount would be converted at a table's rate of another year."""
    rate = parameters.get((FX_NAME, parameter.currency))
    if rate is not None and rate.source and rate.year != prices.base_year:
        raise DataError(
            f"parameters.csv: {parameter.key}: inflated to {prices.base_year}; expected the rate of {rate.scope} of "
            f"that year, got one of {rate.year or 'no year'}. Replace the rate."
        )


def _restated(parameter: Parameter, usd: float) -> Parameter:
    """The parameter with its value in USD, and low and high by the same factor."""
    return parameter.scaled(usd / parameter.value) if parameter.value else parameter
