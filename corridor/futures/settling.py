"""Futures of a run's options, doubled until the ranking has settled (model.md 15.3, F29)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from corridor.analysis.assessment import Option
from corridor.evidence import Evidence
from corridor.futures.convergence import find_steps, settled_n
from corridor.futures.draws import Draws, Floats, first_draws
from corridor.futures.factors import Factors
from corridor.futures.option_draw import Rest
from corridor.futures.outcomes import Outcomes, draw_outcomes, joined_outcomes
from corridor.futures.registry import SOBOL_VARIABLES
from corridor.scenario import Scenario


class Drawn(NamedTuple):
    """The same options and futures, with and without luck.

    Parameters
    ----------
    on_average : each future a mean over many trips
    this_truck : with the luck of one truck as well
    """

    draws: Draws
    on_average: Outcomes
    this_truck: Outcomes


@dataclass(frozen=True)
class LaterDraws:
    """The futures of some draws from number `start` on; see `Uniforms`."""

    draws: Draws
    start: int

    @property
    def n(self) -> int:
        """Number of futures."""
        return self.draws.n - self.start

    def knowledge(self, name: str) -> Floats:
        """Draws of a knowledge variable, shape (n,)."""
        return self.draws.knowledge(name)[self.start :]

    def luck(self, name: str) -> Floats:
        """Draws of a luck variable, shape (n,)."""
        return self.draws.luck(name)[self.start :]


def draw_until_settled(options: Sequence[Option], evidence: Evidence, scenario: Scenario, *, rest: Rest) -> Drawn:
    """Futures of some options, doubled until the ranking of single trucks has settled or the scenario allows no more.

    Parameters
    ----------
    rest : see `draw_outcomes`
    """
    draws = first_draws(scenario)
    on_average, this_truck = _draw(options, evidence, scenario, rest, LaterDraws(draws, 0))
    while settled_n(find_steps(this_truck)) is None and draws.n < scenario.uncertainty.draws:
        start, draws = draws.n, Draws(2 * draws.n, draws.seed, SOBOL_VARIABLES)
        more_on_average, more_this_truck = _draw(options, evidence, scenario, rest, LaterDraws(draws, start))
        on_average = joined_outcomes(on_average, more_on_average)
        this_truck = joined_outcomes(this_truck, more_this_truck)
    return Drawn(draws, on_average, this_truck)


def _draw(
    options: Sequence[Option], evidence: Evidence, scenario: Scenario, rest: Rest, uniforms: LaterDraws
) -> tuple[Outcomes, Outcomes]:
    """Without and with luck."""
    on_average, this_truck = (
        draw_outcomes(options, Factors(evidence, uniforms, has_luck), scenario, rest=rest) for has_luck in (False, True)
    )
    return on_average, this_truck
