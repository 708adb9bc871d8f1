"""What makes one option dearer, slower or dirtier than another: parts that add up to the difference (model.md 4.4)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import fsum
from typing import TYPE_CHECKING, Literal

from corridor.analysis.accounts import Entry, OptionAccount, Quantity

if TYPE_CHECKING:
    import pandas as pd

Bound = Literal["exact", "at_least", "at_most", "not_settled"]
"""What unknown parts, none of them below 0, make of a difference of known amounts."""

PartKey = tuple[Quantity, str, str, str]
"""Quantity, component, country, post."""


@dataclass(frozen=True, slots=True)
class Part:
    """What one component in one country, or at one post, adds to the difference.

    Parameters
    ----------
    post : id of the post; empty on the road
    in_a, in_b : known amounts of the two options in USD, h or kg
    """

    quantity: Quantity
    component: str
    country: str
    post: str
    in_a: float
    in_b: float

    @property
    def amount(self) -> float:
        """B less A."""
        return self.in_b - self.in_a


@dataclass(frozen=True, slots=True)
class Unknown:
    """An amount of money that nobody knows.

    Parameters
    ----------
    place : post or leg that has this fee of its own; empty where it holds in a whole country
    km_a, km_b : road length of the two options in that country
    """

    component: str
    country: str
    place: str
    km_a: float
    km_b: float


@dataclass(frozen=True, slots=True)
class Difference:
    """Option B less option A, part by part; every total is the sum of `parts`.

    Parameters
    ----------
    cargo_time_usd, carbon_usd : B less A, the parts of generalised cost beside money
    unknown_in_a, unknown_in_b : unknown in one of the two only
    unknown_in_both : taken to cancel, which is exact where both options pay them on the same km
    """

    label_a: str
    label_b: str
    parts: tuple[Part, ...]
    cargo_time_usd: float
    carbon_usd: float
    unknown_in_a: tuple[Unknown, ...]
    unknown_in_b: tuple[Unknown, ...]
    unknown_in_both: tuple[Unknown, ...]

    def total(self, quantity: Quantity) -> float:
        """Known USD, h or kg CO2e by which B exceeds A."""
        return fsum(part.amount for part in self.parts if part.quantity == quantity)

    @property
    def generalised_cost_usd(self) -> float:
        """Known USD of generalised cost by which B exceeds A."""
        return fsum((self.total("money"), self.cargo_time_usd, self.carbon_usd))

    @property
    def bound(self) -> Bound:
        """What the unknown parts make of the difference in money, and in generalised cost."""
        return bound_of(has_a=bool(self.unknown_in_a), has_b=bool(self.unknown_in_b))

    def component_bound(self, component: str) -> Bound:
        """The same for one component of money."""
        return bound_of(
            has_a=any(unknown.component == component for unknown in self.unknown_in_a),
            has_b=any(unknown.component == component for unknown in self.unknown_in_b),
        )

    def to_frame(self) -> pd.DataFrame:
        """One row per part: quantity, unit, component, country, post, both amounts and B less A."""
        import pandas as pd

        units = {"money": "USD", "time": "h", "co2e": "kg"}
        columns = ["quantity", "unit", "component", "country", "post", "in_a", "in_b", "difference"]
        rows = [
            (p.quantity, units[p.quantity], p.component, p.country, p.post, p.in_a, p.in_b, p.amount)
            for p in self.parts
        ]
        return pd.DataFrame(rows, columns=columns)


def bound_of(*, has_a: bool, has_b: bool) -> Bound:
    """What B less A is where A, B or both have unknown parts of their own (model.md 4.2).

    Examples
    --------
    >>> bound_of(has_a=False, has_b=True)  # an unknown fee of B can only make B dearer
    'at_least'
    """
    if has_a and has_b:
        return "not_settled"
    if has_a:
        return "at_most"
    return "at_least" if has_b else "exact"


def explain(a: OptionAccount, b: OptionAccount) -> Difference:
    """Why option B costs, takes and emits more or less than option A.

    Notes
    -----
    Amounts are subtracted part by part. Unknown amounts of the same component, country and post cancel.
    """
    ids_a, ids_b = _unknown_ids(a), _unknown_ids(b)
    return Difference(
        label_a=a.label,
        label_b=b.label,
        parts=_parts(a.entries, b.entries),
        cargo_time_usd=b.cargo_time_usd - a.cargo_time_usd,
        carbon_usd=b.carbon_usd - a.carbon_usd,
        unknown_in_a=_unknowns(ids_a - ids_b, a, b),
        unknown_in_b=_unknowns(ids_b - ids_a, a, b),
        unknown_in_both=_unknowns(ids_a & ids_b, a, b),
    )


def _parts(entries_a: Iterable[Entry], entries_b: Iterable[Entry]) -> tuple[Part, ...]:
    """Parts in alphabetical order of their keys."""
    sums_a, sums_b = _sums(entries_a), _sums(entries_b)
    return tuple(Part(*key, sums_a.get(key, 0.0), sums_b.get(key, 0.0)) for key in sorted({*sums_a, *sums_b}))


def _sums(entries: Iterable[Entry]) -> dict[PartKey, float]:
    amounts: dict[PartKey, list[float]] = {}
    for entry in entries:
        if entry.amount is not None:
            post = entry.place if entry.is_post else ""
            amounts.setdefault((entry.quantity, entry.component, entry.country, post), []).append(entry.amount)
    return {key: fsum(values) for key, values in amounts.items()}


def _unknown_ids(account: OptionAccount) -> set[tuple[str, str, str]]:
    return {entry.unknown_id for entry in account.entries if entry.amount is None}


def _unknowns(ids: set[tuple[str, str, str]], a: OptionAccount, b: OptionAccount) -> tuple[Unknown, ...]:
    return tuple(
        Unknown(
            component, country, place, km_a=a.km_by_country.get(country, 0.0), km_b=b.km_by_country.get(country, 0.0)
        )
        for component, country, place in sorted(ids)
    )
