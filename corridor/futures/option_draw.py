"""The ledger of one option in every future."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import fsum
from typing import Literal, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from corridor.analysis.assessment import Option
from corridor.costs.closed_days import find_spells, spell_wait_h
from corridor.costs.closures import HOURS_PER_DAY
from corridor.costs.ledger import Ledger, TimeRow
from corridor.costs.tariff import Tariff
from corridor.futures.effects import OF_THE_POST, Effect, effects_of
from corridor.futures.factors import Factors
from corridor.futures.rest import smooth_rest_h
from corridor.futures.timetable_rest import timetable_rest_h

Floats = NDArray[np.float64]

HoursOf = Callable[[TimeRow], Floats]
Name = TypeVar("Name", str, int)

Rest = Literal["smooth", "timetable"]

REST = "driver_rest"
HOLIDAY = "holiday_wait"


class Part(NamedTuple):
    """A row of the ledger: hours, USD or kg, whichever is drawn."""

    stage: int
    country: str
    component: str
    amount: float
    basis: tuple[str, ...]


def time_parts(ledger: Ledger) -> list[Part]:
    """Hours."""
    return [Part(row.stage, row.country, row.component, row.hours, row.basis) for row in ledger.time]


def money_parts(ledger: Ledger) -> list[Part]:
    """Known USD."""
    return [Part(row.stage, row.country, row.component, row.usd or 0.0, row.basis) for row in ledger.money]


def carbon_parts(ledger: Ledger) -> list[Part]:
    """Kg CO2e, well to wheel."""
    return [Part(row.stage, row.country, row.component, row.wtw_kg, row.basis) for row in ledger.carbon]


@dataclass(frozen=True)
class OptionDraw:
    """One option under the factors of its evidence.

    Parameters
    ----------
    tariff : of the plate at the origin
    rest : ``smooth`` (the timetable's, moved by what the smooth rule says) or ``timetable`` (one for each future)
    """

    option: Option
    factors: Factors
    tariff: Tariff
    rest: Rest = "smooth"

    def by(self, name_of: Callable[[Part], Name], parts: Iterable[Part]) -> dict[Name, Floats]:
        """Amounts by component or stage, shape (futures,); parts under the same variables are added up first."""
        groups: dict[tuple[Name, frozenset[Effect]], list[float]] = {}
        for part in parts:
            key = name_of(part), self._effects(part.stage, part.country, part.basis)
            groups.setdefault(key, []).append(part.amount * self.factors.scale(part.basis))
        drawn: dict[Name, Floats] = {}
        for (name, effects), amounts in groups.items():
            total = drawn.setdefault(name, np.zeros(self.factors.uniforms.n))
            total += fsum(amounts) * self._product(effects)
        return drawn

    def _effects(self, stage: int, country: str, basis: Iterable[str]) -> frozenset[Effect]:
        """The variables that a row is proportional to; closures and doors are those of the post of its stage."""
        post = self.option.stages[stage].crossing_id
        effects = effects_of(basis, country)
        return frozenset(Effect(each.kind, post) if each.kind in OF_THE_POST.values() else each for each in effects)

    def factors_of(self, part: Part) -> list[Floats]:
        """What a part is multiplied with, each of shape (futures,)."""
        return self._factors(self._effects(part.stage, part.country, part.basis))

    def _product(self, effects: frozenset[Effect]) -> Floats | float:
        product: Floats | float = 1.0
        for factor in self._factors(effects):
            product = product * factor
        return product

    def _factors(self, effects: frozenset[Effect]) -> list[Floats]:
        factors = (self._factor(effect) for effect in sorted(effects))
        return [factor for factor in factors if factor is not None]

    def _factor(self, effect: Effect) -> Floats | None:
        if effect.kind == "rest":
            return self._rest_factor
        if effect.kind == "closure":
            return self._closure_factor(effect.name)
        if effect.kind == "opening":
            return self.factors.opening_share(effect.name, work_h=self._work_h(self._stage_of(effect.name)))
        if effect.kind == "holiday":
            return self._holiday_factor_of(effect.name)
        return self.factors.of(effect)

    def _closure_factor(self, post: str) -> Floats:
        """Closures drawn over closures expected, on the day on which the timetable comes to the post."""
        stage = self._stage_of(post)
        before_h = fsum(row.hours for row in self.option.ledger.time if row.stage < stage)
        days_ahead = np.full(self.factors.uniforms.n, before_h / HOURS_PER_DAY)
        return self.factors.closure_share(post, days_ahead)

    def _holiday_factor_of(self, post: str) -> Floats | None:
        """Hours lost to closed days in each future over those to be expected; a mean over trips has just these."""
        if not self.factors.has_luck:
            return None
        if post not in self._holiday_factors:
            self._holiday_factors[post] = self._holiday_factor(post)
        return self._holiday_factors[post]

    def _holiday_factor(self, post: str) -> Floats:
        stage = self._stage_of(post)
        expected_h, work_h = self._mean_component_h(stage, HOLIDAY), self._work_h(stage)
        spells = find_spells(self.factors.evidence.closed_days_of(post), self.option.departures.first)
        arrival_h = self._before_h(stage) + self.option.departures.drawn_late_h(self.factors.uniforms.n)
        lost_h = sum((spell_wait_h(arrival_h, spell, work_h=work_h) for spell in spells), np.zeros_like(arrival_h))
        return lost_h / expected_h

    def _before_h(self, stage: int) -> Floats:
        """Hours from departure to a stage in each future, shape (futures,); rest in proportion to driving.

        Notes
        -----
        Holidays at posts before it count at their mean: each would have to know of the others.
        """
        rows = [row for row in self.option.ledger.time if row.stage < stage]
        moving = [row for row in rows if row.component not in (REST, HOLIDAY)]
        total_h = sum((self._drawn_h(row) for row in moving), np.zeros(self.factors.uniforms.n))
        drive_h = sum((self._drawn_h(row) for row in moving if row.component == "drive"), np.zeros_like(total_h))
        mean_drive_h, rest_h, holiday_h = (
            fsum(row.hours for row in rows if row.component == name) for name in ("drive", REST, HOLIDAY)
        )
        return total_h + holiday_h + (rest_h * drive_h / mean_drive_h if mean_drive_h else 0.0)

    def _work_h(self, stage: int) -> float:
        """Hours of work at a post, which must be done while it is open."""
        return self._mean_component_h(stage, "exit_side")

    def _mean_component_h(self, stage: int, component: str) -> float:
        rows = self.option.ledger.time
        return fsum(row.hours for row in rows if (row.stage, row.component) == (stage, component))

    def _stage_of(self, post: str) -> int:
        return next(number for number, stage in enumerate(self.option.stages) if stage.crossing_id == post)

    @cached_property
    def _holiday_factors(self) -> dict[str, Floats]:
        return {}

    @cached_property
    def _rest_factor(self) -> Floats | None:
        """Rest in each future over that of the timetable at mean inputs; None where that has none."""
        planned_h = fsum(row.hours for row in self.option.ledger.time if row.component == REST)
        if not planned_h:
            return None
        if self.rest == "timetable":
            futures = self.factors.uniforms.n
            return timetable_rest_h(self.option, self._drawn_h, self.tariff, futures=futures) / planned_h
        change_h = self._smooth_h(self._drawn_h) - self._smooth_h(self._mean_h)
        return np.maximum(0.0, planned_h + change_h) / planned_h

    def _smooth_h(self, hours_of: HoursOf) -> Floats:
        """Rest of all crews on the way by the smooth rule."""
        starts = [*(stage for stage, _ in self.option.plates), len(self.option.stages)]
        return sum((self._crew_h(first, last, hours_of) for first, last in pairwise(starts)), np.zeros(1))

    def _crew_h(self, first: int, last: int, hours_of: HoursOf) -> Floats:
        rows = [row for row in self.option.ledger.time if first <= row.stage < last and row.component != REST]
        drives = [row for row in rows if row.component == "drive"]
        posts = [
            [row for row in rows if row.stage == stage]
            for stage in range(first, last)
            if self.option.stages[stage].kind == "post"
        ]
        rules = [self.tariff.rules(row.country) for row in drives]
        drive_h = _stacked(hours_of(row) for row in drives)
        wait_h = _stacked(sum((hours_of(row) for row in post), np.zeros(1)) for post in posts)
        return smooth_rest_h(rules, drive_h, wait_h, self.tariff.absorption)

    def _drawn_h(self, row: TimeRow) -> Floats:
        scale = self.factors.scale(row.basis)
        product = self._product(self._effects(row.stage, row.country, row.basis))
        return scale * row.hours * product * np.ones(self.factors.uniforms.n)

    def _mean_h(self, row: TimeRow) -> Floats:
        return np.full(1, row.hours)


def _stacked(rows: Iterable[Floats]) -> Floats:
    """Rows of one shape under each other, shape (rows, futures); none give one future of nothing."""
    stacked = list(rows)
    return np.stack(stacked) if stacked else np.zeros((0, 1))
