"""Studies of futures that can be counted, from outcomes written down by hand."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from corridor.analysis.assessment import Option
from corridor.futures.convergence import Convergence, find_steps
from corridor.futures.draws import Draws
from corridor.futures.limits import build_limits_table
from corridor.futures.outcomes import Outcomes
from corridor.futures.pareto import build_pareto_set, unknown_ids
from corridor.futures.preferences import build_preference_ranking
from corridor.futures.ranking import build_rank_acceptability
from corridor.futures.regret import build_regret_table
from corridor.futures.reliability import build_reliability_panel, lower_bounds
from corridor.futures.replicates import Replicates
from corridor.futures.study import FuturesStudy
from tests.futures.by_hand import outcomes_by_hand

N = 100


def study_of(
    on_average: Outcomes,
    this_truck: Outcomes | None = None,
    *,
    options: Sequence[Option] = (),
    promised_days: float | None = None,
    limits: tuple[float, float] | None = None,
) -> FuturesStudy:
    """A study of outcomes written down by hand, of the same futures with luck unless others are given."""
    single = this_truck or on_average
    n, count = single.hours.shape
    means = np.tile(single.generalised_usd.mean(axis=0), (8, 1)) + np.arange(8.0)[:, np.newaxis]
    at_least = lower_bounds(options)
    return FuturesStudy(
        on_average=on_average,
        this_truck=single,
        ranks_on_average=build_rank_acceptability(on_average),
        ranks_this_truck=build_rank_acceptability(single),
        regret_on_average=build_regret_table(on_average),
        regret_this_truck=build_regret_table(single),
        preferences=build_preference_ranking(on_average, AnyUniforms(n)),
        reliability=build_reliability_panel(single, lower_bounds=at_least, promised_days=promised_days),
        limits=build_limits_table(single, days=limits[0], usd=limits[1], lower_bounds=at_least) if limits else None,
        pareto=build_pareto_set(single, unknown=unknown_ids(options)),
        convergence=Convergence(
            single.labels, find_steps(single), Replicates(n, single.labels, means, np.zeros((8, count)))
        ),
    )


class AnyUniforms:
    """Random numbers for a number of futures that need be no power of two, at most 1,024."""

    def __init__(self, n: int) -> None:
        self.n = n

    def knowledge(self, name: str) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        return Draws(1024, 7, ()).luck(name)[: self.n]

    luck = knowledge


def four_options() -> FuturesStudy:
    """A is cheapest in 62 of 100 futures and within 200 USD of the cheapest in 81, B in 20, C in 18, D never.

    A costs 50 USD more than B in 19 futures, and 210 more or 360 more than C in the last 19. Means: 1,087.4 and 1,100
    and 1,155 and 3,000.
    """
    a = [1000.0] * 62 + [1150.0] * 19 + [1310.0] * 19
    c = [1200.0] * 82 + [950.0] * 18
    return study_of(outcomes_by_hand({"A": a, "B": [1100.0] * N, "C": c, "D": [3000.0] * N}, cargo_usd_per_day=10.0))
