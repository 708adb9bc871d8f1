"""Fees that depend on how long a truck stays in a country: vignettes, and entry fees with tiers by stay."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil, fsum

from corridor.costs.fees import NOTHING, long_stay_usd, vignette_usd
from corridor.costs.ledger import MoneyRow, TimeRow
from corridor.costs.stretches import PricedStage, RoadStage

HOURS_PER_DAY = 24
SLACK_DAYS = 1e-9
LONG_STAY_DAYS = 10**6
"""Longer than any tier: asks whether a country has tiers at all."""


@dataclass(frozen=True, slots=True)
class Stay:
    """All that one tractor does in one country; `stage` is its first leg there, `days` are begun days of 24 h."""

    stage: int
    country: str
    days: int


def stay_rows(stages: Sequence[PricedStage], time: Sequence[TimeRow]) -> list[MoneyRow]:
    """Vignettes and what long stays add to entry fees; hours at the country's side of its posts count."""
    rows = []
    for stay in _stays(stages, time):
        tariff = stages[stay.stage].tariff
        fees = {
            "toll": vignette_usd(tariff, stay.country, stay.days),
            "entry_fee": long_stay_usd(tariff, stay.country, stay.days),
        }
        rows += [
            MoneyRow(stay.stage, stay.country, component, fee.value, fee.basis)
            for component, fee in fees.items()
            if fee != NOTHING
        ]
    return rows


def has_stay_fees(stages: Sequence[PricedStage]) -> bool:
    """Whether any country driven through asks a fee that depends on the length of the stay."""
    return any(
        vignette_usd(stages[number].tariff, country, 1) != NOTHING
        or long_stay_usd(stages[number].tariff, country, LONG_STAY_DAYS) != NOTHING
        for (_, country), number in _first_legs(stages).items()
    )


def _stays(stages: Sequence[PricedStage], time: Sequence[TimeRow]) -> Iterator[Stay]:
    hours: dict[tuple[str, str], list[float]] = defaultdict(list)
    for row in time:
        hours[stages[row.stage].tariff.plate, row.country].append(row.hours)
    for (plate, country), number in _first_legs(stages).items():
        days = ceil(fsum(hours[plate, country]) / HOURS_PER_DAY - SLACK_DAYS)
        yield Stay(number, country, days)


def _first_legs(stages: Sequence[PricedStage]) -> dict[tuple[str, str], int]:
    """(plate, country) -> the first leg on which a tractor of the plate drives there."""
    found: dict[tuple[str, str], int] = {}
    for number, stage in enumerate(stages):
        if isinstance(stage, RoadStage):
            for stretch in stage.stretches:
                if stretch.road_km:
                    found.setdefault((stage.tariff.plate, stretch.country), number)
    return found
