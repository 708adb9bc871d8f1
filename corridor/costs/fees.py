"""Fees of states for a truck of one plate and mass: entry, stay, bridges, vignettes, escorts (model.md 4)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from corridor.costs.tariff import Amount, Tariff
from corridor.evidence import Parameter

NOTHING = Amount(0.0, ())


def entry_fee_usd(tariff: Tariff, country: str) -> Amount:
    """Entry or transit fee of a country for this plate and mass, on the shortest tier of stay; none at home."""
    if country == tariff.plate:
        return NOTHING
    base = tariff.row("entry_fee_usd", f"{country}:{tariff.plate}")
    return _of_mass(tariff, base, "entry_fee_by_mass_usd") if base else Amount(None, ())


def bridge_fee_usd(tariff: Tariff, crossing_id: str) -> Amount | None:
    """Fee of the bridge at a post for this mass; None where the post has no tolled bridge."""
    base = tariff.row("bridge_fee_usd", crossing_id)
    return _of_mass(tariff, base, "bridge_fee_by_mass_usd") if base else None


def _of_mass(tariff: Tariff, base: Parameter, name: str) -> Amount:
    """The lowest tier of the same scope that holds the truck, else the fee itself."""
    tiers = tariff.tiers(name, base.scope)
    row = next((row for limit_t, row in tiers if tariff.gross_mass_t <= limit_t), base)
    return Amount(row.value, row.basis)


def entry_extras_usd(tariff: Tariff, country: str) -> Amount:
    """What a state is known to ask at entry on top of its fee; 0 where nothing of the kind is known of."""
    applies = tariff.evidence.parameter("entry_extras_apply", country).value
    if country == tariff.plate or not applies:
        return NOTHING
    return tariff.amount("entry_extras_usd", f"{country}:{tariff.plate}")


def risk_fees_usd(tariff: Tariff, country: str) -> tuple[Amount, Amount]:
    """Escort of a country, and its risk premium: premium_share * value of the cargo."""
    premium = tariff.amount("premium_share", country)
    value_usd = tariff.scenario.cargo.value_usd
    usd = None if premium.value is None else premium.value * value_usd
    return tariff.amount("escort_usd", country), Amount(usd, premium.basis)


def long_stay_usd(tariff: Tariff, country: str, days: int) -> Amount:
    """What a stay of so many days adds to the entry fee: the tier of the longest limit that it exceeds."""
    base = tariff.row("entry_fee_usd", f"{country}:{tariff.plate}")
    tiers = tariff.tiers("long_stay_fee_usd", base.scope) if base and country != tariff.plate else ()
    exceeded = [row for limit_days, row in tiers if days > limit_days]
    return Amount(exceeded[-1].value, exceeded[-1].basis) if exceeded else NOTHING


def vignette_usd(tariff: Tariff, country: str, days: int) -> Amount:
    """Cheapest mix of vignettes that covers so many days; 0 where a country has none."""
    tiers = tariff.tiers("vignette_usd", country)
    if not tiers:
        return NOTHING
    usd = cheapest_cover_usd(days, MappingProxyType({limit_days: row.value for limit_days, row in tiers}))
    return Amount(usd, tuple(dict.fromkeys(key for _, row in tiers for key in row.basis)))


def cheapest_cover_usd(days: int, price_usd: Mapping[int, float]) -> float:
    """Least USD for vignettes that together are valid for so many days.

    Parameters
    ----------
    price_usd : days of validity -> price

    Examples
    --------
    >>> prices = {1: 16.0, 7: 40.0}
    >>> [cheapest_cover_usd(days, prices) for days in (0, 1, 2, 3, 8)]
    [0.0, 16.0, 32.0, 40.0, 56.0]
    """
    least_usd = [0.0]
    for day in range(1, days + 1):
        least_usd.append(min(usd + least_usd[max(0, day - valid)] for valid, usd in price_usd.items()))
    return least_usd[-1]
