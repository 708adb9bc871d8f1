"""What a post is worth to a trip over all futures: the loss without it, and how far it may go (F5, model.md 6.7)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from corridor.analysis.assessment import Option
from corridor.analysis.criticality import find_criticality
from corridor.analysis.losses import Criticality
from corridor.analysis.trip import Trip
from corridor.evidence import Evidence
from corridor.futures.draws import first_draws
from corridor.futures.factors import Factors
from corridor.futures.outcomes import Outcomes, draw_outcomes
from corridor.futures.ways_in_futures import find_ways_in_futures
from corridor.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]
Integers = NDArray[np.intp]

HIGH = 0.9
"""Share of the futures, or of the trucks, that stay below what is reported as high."""

FRAME_COLUMNS = (
    "kind",
    "without",
    "use_share",
    "at_means_usd",
    "mean_generalised_usd",
    "p90_generalised_usd",
    "mean_money_usd",
    "mean_time_h",
    "p90_time_h",
    "mean_co2e_wtw_kg",
    "sd_usd",
)


@dataclass(frozen=True, slots=True)
class SpreadLoss:
    """What a trip loses without one or two posts, over the futures.

    Parameters
    ----------
    without : ids of posts, sorted
    use_share : of the futures in which the best way passes one of them, 0 to 1
    generalised_usd : mean over the futures of the best way left less the best way, >= 0
    p90_generalised_usd : what this difference stays below in nine of ten futures
    money_usd, time_h, co2e_wtw_kg : means of the same difference in known money, hours and kg
    p90_time_h : hours that nine of ten trucks keep to, less those with every post open
    sd_usd : standard deviation of the generalised cost of single trucks, less that with every post open
    """

    without: tuple[str, ...]
    use_share: float
    generalised_usd: float
    p90_generalised_usd: float
    money_usd: float
    time_h: float
    p90_time_h: float
    co2e_wtw_kg: float
    sd_usd: float


@dataclass(frozen=True)
class CriticalityStudy:
    """Which posts a trip cannot easily do without, at mean inputs and over the futures.

    Parameters
    ----------
    at_means : posts, pairs, legs and cuts at mean inputs
    posts : each post that the best way of some future passes, greatest mean loss first
    pairs : the pairs of `at_means`, greatest mean loss first
    futures, ways : how many futures there are, and how many ways they choose from

    Notes
    -----
    Posts and pairs without which no way is left are not in `posts` and `pairs`: there is no mean of nothing. They are
    in `at_means`, amounts missing.
    """

    scenario: Scenario
    evidence: Evidence
    at_means: Criticality
    posts: tuple[SpreadLoss, ...]
    pairs: tuple[SpreadLoss, ...]
    futures: int
    ways: int

    def to_frame(self) -> pd.DataFrame:
        """One row per post or pair that leaves a way; `at_means_usd` is its loss at mean inputs."""
        import pandas as pd

        rows = [
            ("post" if len(loss.without) == 1 else "pair", " + ".join(loss.without), loss.use_share,
             self.at_means.loss_usd(loss.without), loss.generalised_usd, loss.p90_generalised_usd, loss.money_usd,
             loss.time_h, loss.p90_time_h, loss.co2e_wtw_kg, loss.sd_usd)
            for loss in (*self.posts, *self.pairs)
        ]  # fmt: skip
        return pd.DataFrame(rows, columns=list(FRAME_COLUMNS))


def study_criticality(trip: Trip, options: Iterable[Option] = ()) -> CriticalityStudy:
    """Which posts, pairs and legs a trip cannot easily do without.

    Parameters
    ----------
    options : further open ways to choose from, such as those of a run

    Raises
    ------
    RouteError
        No way is open on the day; carries the certificate.
    """
    at_means = find_criticality(trip)
    ways = {option.chain: option for option in (*find_ways_in_futures(trip, at_means), *options)}
    choice = draw_choice(tuple(ways.values()), trip.evidence, trip.scenario)
    return CriticalityStudy(
        scenario=trip.scenario,
        evidence=trip.evidence,
        at_means=at_means,
        posts=choice.losses([(post,) for post in choice.used_posts]),
        pairs=choice.losses([pair.without for pair in at_means.pairs]),
        futures=choice.futures,
        ways=len(ways),
    )


def draw_choice(ways: Sequence[Option], evidence: Evidence, scenario: Scenario) -> Choice:
    """Some ways in all futures that a scenario asks for."""
    draws = first_draws(scenario)
    on_average, this_truck = (
        draw_outcomes(ways, Factors(evidence, draws, has_luck), scenario) for has_luck in (False, True)
    )
    return Choice(tuple(frozenset(way.post_ids) for way in ways), on_average, this_truck)


@dataclass(frozen=True)
class Choice:
    """Ways to choose from in each future, by what is known of it before the truck sets out.

    Parameters
    ----------
    posts : of each way
    on_average : of a mean truck in each future, by which the way is chosen
    this_truck : with the luck of one truck
    """

    posts: tuple[frozenset[str], ...]
    on_average: Outcomes
    this_truck: Outcomes

    @property
    def futures(self) -> int:
        """Number of futures."""
        return len(self.on_average.hours)

    @property
    def used_posts(self) -> tuple[str, ...]:
        """Posts that the best way of some future passes, sorted."""
        return tuple(sorted({post for way in np.unique(self._best) for post in self.posts[way]}))

    def losses(self, cases: Iterable[Collection[str]]) -> tuple[SpreadLoss, ...]:
        """The loss of each case that leaves a way, greatest mean first."""
        losses = [loss for posts in cases if (loss := self.loss(posts)) is not None]
        return tuple(sorted(losses, key=lambda loss: (-loss.generalised_usd, loss.without)))

    def loss(self, closed: Collection[str]) -> SpreadLoss | None:
        """What closing some posts costs; None where no way is left."""
        left = self._chosen(closed)
        if left is None:
            return None
        extra_usd = self._difference(self._generalised_usd, left)
        p90_h, best_p90_h = (np.quantile(_of(self.this_truck.hours, way), HIGH) for way in (left, self._best))
        sd_usd, best_sd_usd = (_of(self.this_truck.generalised_usd, way).std() for way in (left, self._best))
        return SpreadLoss(
            without=tuple(sorted(closed)),
            use_share=float(np.mean([not self.posts[way].isdisjoint(closed) for way in self._best])),
            generalised_usd=float(extra_usd.mean()),
            p90_generalised_usd=float(np.quantile(extra_usd, HIGH)),
            money_usd=float(self._difference(self.on_average.usd, left).mean()),
            time_h=float(self._difference(self.on_average.hours, left).mean()),
            p90_time_h=float(p90_h - best_p90_h),
            co2e_wtw_kg=float(self._difference(self.on_average.co2e_wtw_kg, left).mean()),
            sd_usd=float(sd_usd - best_sd_usd),
        )

    def _chosen(self, closed: Collection[str]) -> Integers | None:
        """The cheapest way in each future past none of some posts, shape (futures,)."""
        left = np.flatnonzero([posts.isdisjoint(closed) for posts in self.posts])
        if not len(left):
            return None
        return np.asarray(left[np.argmin(self._generalised_usd[:, left], axis=1)])

    def _difference(self, amounts: Floats, left: Integers) -> Floats:
        """What the way left has above the best in each future."""
        return _of(amounts, left) - _of(amounts, self._best)

    @cached_property
    def _generalised_usd(self) -> Floats:
        return self.on_average.generalised_usd

    @cached_property
    def _best(self) -> Integers:
        """The cheapest way in each future."""
        return np.asarray(np.argmin(self._generalised_usd, axis=1))


def _of(amounts: Floats, way: Integers) -> Floats:
    """Amounts of one way in each future."""
    return np.asarray(amounts[np.arange(len(way)), way])
