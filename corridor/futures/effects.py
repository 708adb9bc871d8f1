"""Which drawn variables act on a row of the ledger, told from the evidence that it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

SPEED_TABLES = ("parameters.swod_", "truck_speeds.")
EXIT_FIELDS = ("queue_h", "exit_side_h")
FEE_FIELDS = ("exit_fee_usd", "entry_fee_usd")

NOT_DRAWN = frozenset(
    {
        "arrival_sd_share",
        "closure_days",
        "entry_extras_apply",
        "fuel_empty_l_per_100_km",
        "fuel_full_l_per_100_km",
        "fuel_reference_mass_t",
        "fuel_terrain_factor_per_100_m",
        "fx_local_per_usd",
        "mountain_relief_sd_m",
        "queue_rest_share",
        "relief_cap_m",
        "relief_time_factor_per_100_m",
        "return_revenue_usd",
        "ttw_kg_per_l",
        "wtw_kg_per_l",
    }
)
"""Parameters with which a row does not grow in proportion, or that are conventions; they stay at their value."""


OF_THE_POST: Mapping[str, str] = MappingProxyType(
    {"closures_per_open_year": "closure", "open_days_per_week": "opening", "open_hours_per_day": "opening"}
)
"""Parameter -> the effect that it has through the luck of a truck at the post."""


class Effect(NamedTuple):
    """A drawn variable as it acts on rows.

    Parameters
    ----------
    kind : ``speed`` (of a country), ``exit`` and ``entry`` (hours of a side), ``closure`` and ``opening`` (of a post;
        until the stage of the row names it, the scope of a figure), ``holiday`` (closed days of a post), ``rest`` (of
        the drivers), ``fee`` (of a side), ``ferry`` (a figure of one) or ``parameter``
    name : country, ``torkham.PAK-AFG``, post, or key of the evidence; empty for rest
    """

    kind: str
    name: str


def effects_of(basis: Iterable[str], country: str) -> frozenset[Effect]:
    """The variables that a row of the ledger is proportional to.

    Examples
    --------
    >>> effects_of(["crossings.torkham.PAK-AFG.queue_h", "parameters.idle_l_per_h.*"], "PAK") == {
    ...     Effect("exit", "torkham.PAK-AFG"), Effect("parameter", "parameters.idle_l_per_h.*")
    ... }
    True
    """
    effects = (_effect(key, country) for key in basis)
    return frozenset(effect for effect in effects if effect is not None)


@cache
def _effect(key: str, country: str) -> Effect | None:
    if key.startswith(SPEED_TABLES):
        return Effect("speed", country)
    table, _, rest = key.partition(".")
    if table == "driver_rules":
        return Effect("rest", "")
    if table == "crossings":
        return _crossing_effect(key, rest)
    if table == "ferries":
        return Effect("ferry", key)
    if table == "closed_days":
        return Effect("holiday", rest.partition(".")[0])
    return _parameter_effect(key, rest) if table == "parameters" else None


def _crossing_effect(key: str, rest: str) -> Effect | None:
    post, direction, field = [*rest.split("."), "", ""][:3]
    if field in EXIT_FIELDS:
        return Effect("exit", f"{post}.{direction}")
    if field == "entry_side_h":
        return Effect("entry", f"{post}.{direction}")
    return Effect("fee", key) if field in FEE_FIELDS else None


def _parameter_effect(key: str, rest: str) -> Effect | None:
    name, _, scope = rest.partition(".")
    if name in OF_THE_POST:
        return Effect(OF_THE_POST[name], scope)
    return None if name in NOT_DRAWN else Effect("parameter", key)
