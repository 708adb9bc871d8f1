"""The best of some ways in every future, and the loss without some of their posts and legs (model.md 6.7)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from corridor.analysis.assessment import Option
from corridor.analysis.losses import without_text
from corridor.evidence import Evidence
from corridor.futures.draws import first_draws
from corridor.futures.factors import Factors
from corridor.futures.outcomes import Outcomes, draw_outcomes
from corridor.routing.steps import Element, Removed
from corridor.scenario import Scenario

Floats = NDArray[np.float64]
Integers = NDArray[np.intp]

HIGH = 0.9
"""Share of the futures, or of the trucks, that stay below what is reported as high."""


@dataclass(frozen=True, slots=True)
class SpreadLoss:
    """What a trip loses without one or two posts or legs, over the futures.

    Parameters
    ----------
    without : ids of posts, then legs by their terminals in the order of travel, each sorted
    use_share : of the futures in which the best way uses one of them, 0 to 1
    generalised_usd : mean over the futures of the best way left less the best way, >= 0
    p90_generalised_usd : what this difference stays below in nine of ten futures
    money_usd, time_h, co2e_wtw_kg : means of the same difference in known money, hours and kg
    p90_time_h : hours that nine of ten trucks keep to, less those with everything open
    sd_usd : standard deviation of the generalised cost of single trucks, less that with everything open
    """

    without: tuple[Element, ...]
    use_share: float
    generalised_usd: float
    p90_generalised_usd: float
    money_usd: float
    time_h: float
    p90_time_h: float
    co2e_wtw_kg: float
    sd_usd: float


def draw_choice(ways: Sequence[Option], evidence: Evidence, scenario: Scenario) -> Choice:
    """Some ways in all futures that a scenario asks for."""
    draws = first_draws(scenario)
    on_average, this_truck = (
        draw_outcomes(ways, Factors(evidence, draws, has_luck), scenario) for has_luck in (False, True)
    )
    return Choice(tuple(frozenset(stage.element for stage in way.stages) for way in ways), on_average, this_truck)


@dataclass(frozen=True)
class Choice:
    """Ways to choose from in each future, by what is known of it before the truck sets out.

    Parameters
    ----------
    elements : posts and legs of each way
    on_average : of a mean truck in each future, by which the way is chosen
    this_truck : with the luck of one truck
    """

    elements: tuple[frozenset[Element], ...]
    on_average: Outcomes
    this_truck: Outcomes

    @property
    def futures(self) -> int:
        """Number of futures."""
        return len(self.on_average.hours)

    @property
    def used(self) -> tuple[Element, ...]:
        """Posts, then legs that the best way of some future uses, each sorted."""
        return Removed.of(element for way in np.unique(self._best) for element in self.elements[way]).elements

    def losses(self, cases: Iterable[Collection[Element]]) -> tuple[SpreadLoss, ...]:
        """The loss of each case that leaves a way, greatest mean first."""
        losses = [loss for without in cases if (loss := self.loss(without)) is not None]
        return tuple(sorted(losses, key=lambda loss: (-loss.generalised_usd, without_text(loss.without))))

    def loss(self, without: Collection[Element]) -> SpreadLoss | None:
        """What it costs to do without some posts and legs; None where no way is left."""
        is_barred = np.array([not own.isdisjoint(without) for own in self.elements])
        if is_barred.all():
            return None
        left = self._chosen(is_barred)
        extra_usd = self._difference(self._generalised_usd, left)
        p90_h, best_p90_h = (np.quantile(_of(self.this_truck.hours, way), HIGH) for way in (left, self._best))
        sd_usd, best_sd_usd = (_of(self._this_truck_usd, way).std() for way in (left, self._best))
        return SpreadLoss(
            without=Removed.of(without).elements,
            use_share=float(np.mean(is_barred[self._best])),
            generalised_usd=float(extra_usd.mean()),
            p90_generalised_usd=float(np.quantile(extra_usd, HIGH)),
            money_usd=float(self._difference(self.on_average.usd, left).mean()),
            time_h=float(self._difference(self.on_average.hours, left).mean()),
            p90_time_h=float(p90_h - best_p90_h),
            co2e_wtw_kg=float(self._difference(self.on_average.co2e_wtw_kg, left).mean()),
            sd_usd=float(sd_usd - best_sd_usd),
        )

    def _chosen(self, is_barred: NDArray[np.bool_]) -> Integers:
        """The cheapest way in each future among those that are not barred, shape (futures,)."""
        is_moved, left = is_barred[self._best], np.flatnonzero(~is_barred)
        chosen = self._best.copy()
        chosen[is_moved] = left[np.argmin(self._generalised_usd[np.ix_(is_moved, left)], axis=1)]
        return chosen

    def _difference(self, amounts: Floats, left: Integers) -> Floats:
        """What the way left has above the best in each future."""
        return _of(amounts, left) - _of(amounts, self._best)

    @cached_property
    def _generalised_usd(self) -> Floats:
        return self.on_average.generalised_usd

    @cached_property
    def _this_truck_usd(self) -> Floats:
        return self.this_truck.generalised_usd

    @cached_property
    def _best(self) -> Integers:
        """The cheapest way in each future."""
        return np.asarray(np.argmin(self._generalised_usd, axis=1))


def _of(amounts: Floats, way: Integers) -> Floats:
    """Amounts of one way in each future."""
    return np.asarray(amounts[np.arange(len(way)), way])
