"""Why one option costs more or takes longer than another, in words and in tables whose printed parts add up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum
from types import MappingProxyType

from corridor.analysis.accounts import Quantity
from corridor.analysis.explain import Bound, Difference, Part
from corridor.costs.ledger import MONEY_COMPONENTS, TIME_COMPONENTS
from corridor.report.rounding import rounded, rounded_parts
from corridor.report.verdict import signed

Names = Mapping[str, str]
"""What a reader calls a country or a post, by its code or id."""

CARBON_COMPONENTS: Mapping[str, str] = MappingProxyType(
    {
        "driving": "Fuel burnt driving",
        "idling": "Fuel burnt idling in queues",
        "empty_return": "Share of the empty way back",
    }
)
COMPONENTS: Mapping[Quantity, Mapping[str, str]] = MappingProxyType(
    {"money": MONEY_COMPONENTS, "time": TIME_COMPONENTS, "co2e": CARBON_COMPONENTS}
)
UNITS: Mapping[Quantity, str] = MappingProxyType({"money": "USD", "time": "h", "co2e": "kg CO₂e"})
TITLES: Mapping[Quantity, str] = MappingProxyType(
    {"money": "USD per truck", "time": "Hours", "co2e": "kg CO₂e, well to wheel"}
)
SIGNS: Mapping[Bound, str] = MappingProxyType({"exact": "", "at_least": "≥ ", "at_most": "≤ ", "not_settled": "? "})
SIGNS_KEY = "≥ at least, ≤ at most, ? not settled: a part is unknown in one of the two options."

PLACES_SHOWN = 3
"""Countries or posts that a row of a table names; the others are summed."""


@dataclass(frozen=True, slots=True)
class DifferenceRow:
    """One component: by how much B exceeds A, and in which countries or at which posts."""

    name: str
    amount: str
    places: str


@dataclass(frozen=True, slots=True)
class DifferenceTable:
    """All components of one quantity; the printed rows add up to the printed total."""

    title: str
    rows: tuple[DifferenceRow, ...]
    total: str

    @property
    def has_bounds(self) -> bool:
        """Whether a figure carries a sign that must be explained."""
        return any(text.startswith(("≥", "≤", "?")) for text in (self.total, *(row.amount for row in self.rows)))


def build_difference_tables(difference: Difference, names: Names, *, decimals: int) -> tuple[DifferenceTable, ...]:
    """Tables of money, hours and CO2e, rounded so that each adds up."""
    return tuple(build_difference_table(difference, quantity, names, decimals=decimals) for quantity in COMPONENTS)


def build_difference_table(
    difference: Difference, quantity: Quantity, names: Names, *, decimals: int
) -> DifferenceTable:
    """One quantity, its components in the order of a report; those that neither option has are left out."""
    by_component = parts_by_component(difference, quantity)
    sums = [fsum(part.amount for part in parts) for parts in by_component.values()]
    total = rounded(difference.total(quantity), decimals=decimals)
    rows = [
        DifferenceRow(
            name=COMPONENTS[quantity].get(component, component),
            amount=_bounded(amount, _bound(difference, quantity, component), decimals=decimals),
            places=places_text(parts, names, total=amount, decimals=decimals),
        )
        for (component, parts), amount in zip(
            by_component.items(), rounded_parts(sums, decimals=decimals, total=total), strict=True
        )
    ]
    bound = _bound(difference, quantity, "")
    return DifferenceTable(TITLES[quantity], tuple(rows), _bounded(total, bound, decimals=decimals))


def parts_by_component(difference: Difference, quantity: Quantity) -> dict[str, list[Part]]:
    """Parts of one quantity under their component; one that is only unknown has none."""
    found: dict[str, list[Part]] = {component: [] for component in COMPONENTS[quantity]}
    for part in difference.parts:
        if part.quantity == quantity and (part.in_a or part.in_b):
            found.setdefault(part.component, []).append(part)
    unsettled = {component for component in found if _bound(difference, quantity, component) != "exact"}
    return {component: parts for component, parts in found.items() if parts or component in unsettled}


def _bound(difference: Difference, quantity: Quantity, component: str) -> Bound:
    """Only money has unknown parts; no component means the total."""
    if quantity != "money":
        return "exact"
    return difference.component_bound(component) if component else difference.bound


def _bounded(amount: float, bound: Bound, *, decimals: int) -> str:
    return SIGNS[bound] + signed(amount, decimals=decimals)


def places_text(parts: Sequence[Part], names: Names, *, total: float, decimals: int) -> str:
    """The countries or posts that weigh most in a component; the printed figures add up to its printed `total`."""
    largest = largest_places(place_sums(parts))
    shown = [(names.get(place, place) if place else "elsewhere", amount) for place, amount in largest]
    if len(shown) == 1:
        return shown[0][0] if total else ""
    amounts = rounded_parts([amount for _, amount in shown], decimals=decimals, total=total)
    texts = [
        f"{name} {signed(amount, decimals=decimals)}"
        for (name, _), amount in zip(shown, amounts, strict=True)
        if amount
    ]
    return ", ".join(texts)


def place_sums(parts: Sequence[Part]) -> dict[str, float]:
    """Amounts by post, or by country where no post is named; in the order of the parts."""
    amounts: dict[str, list[float]] = {}
    for part in parts:
        at_post = part.quantity == "time" and part.post
        amounts.setdefault(part.post if at_post else part.country, []).append(part.amount)
    return {place: fsum(values) for place, values in amounts.items()}


def largest_places(sums: Mapping[str, float]) -> list[tuple[str, float]]:
    """The places of the largest amounts, largest first, then all others as one without a name."""
    ordered = sorted(sums.items(), key=lambda item: (-abs(item[1]), item[0]))
    shown, others = ordered[:PLACES_SHOWN], ordered[PLACES_SHOWN:]
    return [*shown, ("", fsum(amount for _, amount in others))] if others else shown
