"""Hours, USD and CO2e of every option in every future (model.md 15.4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from corridor.analysis.assessment import Option
from corridor.costs.closures import HOURS_PER_DAY
from corridor.costs.tariff import Tariff
from corridor.evidence import Evidence
from corridor.futures.draws import first_draws
from corridor.futures.factors import Factors
from corridor.futures.option_draw import OptionDraw, Part, Rest, carbon_parts, money_parts, time_parts
from corridor.scenario import Scenario

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Outcomes:
    """What some options come to, all arrays of shape (futures, options).

    Parameters
    ----------
    labels : of the options, in the order of the columns
    hours, usd, co2e_wtw_kg : door to door, known money, well to wheel
    cargo_usd_per_h, carbon_usd_per_t : values of time and carbon
    hours_by_component, usd_by_component : the parts of `hours` and `usd`
    """

    labels: tuple[str, ...]
    hours: Floats
    usd: Floats
    co2e_wtw_kg: Floats
    cargo_usd_per_h: float
    carbon_usd_per_t: float
    hours_by_component: Mapping[str, Floats]
    usd_by_component: Mapping[str, Floats]

    @property
    def generalised_usd(self) -> Floats:
        """Money + value of the cargo's time + carbon price, USD."""
        return self.usd + self.cargo_usd_per_h * self.hours + self.carbon_usd_per_t / 1000 * self.co2e_wtw_kg

    @property
    def days(self) -> Floats:
        """Door to door in days."""
        return self.hours / HOURS_PER_DAY

    def column(self, label: str) -> int:
        """Number of the column of an option."""
        return self.labels.index(label)

    def of(self, labels: Sequence[str]) -> Outcomes:
        """Some of the options, in the order given."""
        columns = [self.column(label) for label in labels]
        return Outcomes(
            labels=tuple(labels),
            hours=self.hours[:, columns],
            usd=self.usd[:, columns],
            co2e_wtw_kg=self.co2e_wtw_kg[:, columns],
            cargo_usd_per_h=self.cargo_usd_per_h,
            carbon_usd_per_t=self.carbon_usd_per_t,
            hours_by_component={name: part[:, columns] for name, part in self.hours_by_component.items()},
            usd_by_component={name: part[:, columns] for name, part in self.usd_by_component.items()},
        )


def draw_futures(
    options: Sequence[Option],
    evidence: Evidence,
    scenario: Scenario,
    *,
    has_luck: bool = True,
    rest: Rest = "smooth",
) -> Outcomes:
    """Every option in the futures that a scenario asks for.

    Parameters
    ----------
    evidence : as the options were priced with, overrides and measures included
    has_luck : whether single trips differ from each other; without it a future is a mean over its trips
    rest : see `draw_outcomes`
    """
    draws = first_draws(scenario)
    return draw_outcomes(options, Factors(evidence, draws, has_luck), scenario, rest=rest)


def draw_outcomes(
    options: Sequence[Option], factors: Factors, scenario: Scenario, *, rest: Rest = "smooth"
) -> Outcomes:
    """Every option in every future.

    Parameters
    ----------
    rest : ``smooth`` moves the rest of the timetable by the smooth rule; ``timetable`` plans one for each future

    Notes
    -----
    Each row of a ledger is proportional to the evidence that it rests on, so a future multiplies it with the factors
    of that evidence; where all factors are 1 the ledger comes out. All options meet the same futures.
    """
    tariff = Tariff(factors.evidence, scenario, scenario.vehicle.plate)
    drawn = [OptionDraw(option, factors, tariff, rest) for option in options]
    hours, usd, co2e_kg = (
        [each.by(_component, parts(each.option.ledger)) for each in drawn]
        for parts in (time_parts, money_parts, carbon_parts)
    )
    n = factors.uniforms.n
    return Outcomes(
        labels=tuple(option.label for option in options),
        hours=_totals(hours, n),
        usd=_totals(usd, n),
        co2e_wtw_kg=_totals(co2e_kg, n),
        cargo_usd_per_h=tariff.cargo_usd_per_h.known,
        carbon_usd_per_t=scenario.criteria.carbon_usd_per_t,
        hours_by_component=_columns(hours, n),
        usd_by_component=_columns(usd, n),
    )


def joined_outcomes(first: Outcomes, later: Outcomes) -> Outcomes:
    """The same options in some futures and then in others."""

    def join(a: Floats, b: Floats) -> Floats:
        return np.concatenate([a, b])

    return replace(
        first,
        hours=join(first.hours, later.hours),
        usd=join(first.usd, later.usd),
        co2e_wtw_kg=join(first.co2e_wtw_kg, later.co2e_wtw_kg),
        hours_by_component={
            name: join(part, later.hours_by_component[name]) for name, part in first.hours_by_component.items()
        },
        usd_by_component={
            name: join(part, later.usd_by_component[name]) for name, part in first.usd_by_component.items()
        },
    )


def _component(part: Part) -> str:
    return part.component


def _totals(parts: Sequence[Mapping[str, Floats]], n: int) -> Floats:
    return np.stack([sum(part.values(), np.zeros(n)) for part in parts], axis=1)


def _columns(parts: Sequence[Mapping[str, Floats]], n: int) -> dict[str, Floats]:
    names = dict.fromkeys(name for part in parts for name in part)
    return {name: np.stack([part.get(name, np.zeros(n)) for part in parts], axis=1) for name in names}
