"""What a post or a leg is worth to a trip over all futures: the loss without it, and how far it may go (F5)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corridor.analysis.assessment import Option, Stage
from corridor.analysis.criticality import find_criticality
from corridor.analysis.losses import Criticality, kind_of, without_text
from corridor.analysis.trip import Trip
from corridor.evidence import Evidence
from corridor.futures.choice import SpreadLoss, draw_choice
from corridor.futures.ways_in_futures import find_ways_in_futures
from corridor.routing.steps import Element, legs_among, posts_among, posts_at_ends
from corridor.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd

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


@dataclass(frozen=True)
class CriticalityStudy:
    """Which posts and legs a trip cannot easily do without, at mean inputs and over the futures.

    Parameters
    ----------
    at_means : posts, legs, pairs and cuts at mean inputs
    posts, legs : each that the best way of some future uses, greatest mean loss first
    pairs : the pairs of `at_means`, greatest mean loss first
    leg_stages : each of `legs` with its line on the map
    futures, ways : how many futures there are, and how many ways they choose from

    Notes
    -----
    Those without which no way is left are not among these: there is no mean of nothing. They are in `at_means`, amounts
    missing.
    """

    scenario: Scenario
    evidence: Evidence
    at_means: Criticality
    posts: tuple[SpreadLoss, ...]
    legs: tuple[SpreadLoss, ...]
    pairs: tuple[SpreadLoss, ...]
    leg_stages: Mapping[Element, Stage]
    futures: int
    ways: int

    @property
    def losses(self) -> tuple[SpreadLoss, ...]:
        """Posts, then legs, then pairs."""
        return (*self.posts, *self.legs, *self.pairs)

    def post_like(self, leg: SpreadLoss, *, within_usd: float) -> str | None:
        """The post at an end of a leg that costs about as much on average; None where the leg costs less than both."""
        post_usd = {loss.without[0]: loss.generalised_usd for loss in self.posts}
        ends = [post for post in posts_at_ends(leg.without[0]) if post in post_usd]
        return next((post for post in ends if post_usd[post] - leg.generalised_usd < within_usd), None)

    def to_frame(self) -> pd.DataFrame:
        """One row per post, leg or pair that leaves a way; `at_means_usd` is its loss at mean inputs."""
        import pandas as pd

        rows = [
            (kind_of(loss.without), without_text(loss.without), loss.use_share,
             self.at_means.loss_usd(loss.without), loss.generalised_usd, loss.p90_generalised_usd, loss.money_usd,
             loss.time_h, loss.p90_time_h, loss.co2e_wtw_kg, loss.sd_usd)
            for loss in self.losses
        ]  # fmt: skip
        return pd.DataFrame(rows, columns=list(FRAME_COLUMNS))


def study_criticality(trip: Trip, options: Iterable[Option] = ()) -> CriticalityStudy:
    """Which posts, legs and pairs of these a trip cannot easily do without.

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
    legs = choice.losses((leg,) for leg in legs_among(choice.used))
    stages = {stage.element: stage for way in ways.values() for stage in way.stages}
    return CriticalityStudy(
        scenario=trip.scenario,
        evidence=trip.evidence,
        at_means=at_means,
        posts=choice.losses((post,) for post in posts_among(choice.used)),
        legs=legs,
        pairs=choice.losses(pair.without for pair in at_means.pairs),
        leg_stages={leg: stages[leg] for loss in legs for leg in loss.without},
        futures=choice.futures,
        ways=len(ways),
    )
