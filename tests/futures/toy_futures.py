"""The toy trip at the numbers of the real tables, so that everything that is drawn is drawn."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from functools import cache

from corridor.analysis.assess import assess
from corridor.analysis.assessment import Option
from corridor.analysis.trip import build_trip
from corridor.evidence import Evidence, Place, read_evidence
from corridor.futures.draws import Draws
from corridor.futures.factors import Factors
from corridor.futures.option_draw import Rest
from corridor.futures.outcomes import Outcomes, draw_outcomes
from corridor.futures.registry import SOBOL_VARIABLES
from corridor.network.roads import RoadNetwork
from corridor.scenario import Scenario
from tests.analysis.conftest import toy_scenario

OWN_NUMBERS: dict[str, object] = {
    "crossings.torkham.status": "open",
    "crossings.chaman.status": "open",
    "parameters.permit_usd.*": 20_000,
}
"""Both Afghan posts open, and a permit so dear that all ways cost less than half more than the best."""

ENDS = {
    "islamabad": Place("islamabad", "Islamabad", "PAK", 73.0, 33.7, "city", 0, ()),
    "tashkent": Place("tashkent", "Tashkent", "UZB", 69.3, 41.3, "city", 0, ()),
}


@dataclass(frozen=True)
class ToyFutures:
    """Options of the toy trip with what their futures are drawn from."""

    options: tuple[Option, ...]
    evidence: Evidence
    scenario: Scenario

    def draw(
        self,
        *,
        n: int = 8192,
        seed: int = 7,
        has_luck: bool = True,
        multiples: dict[str, float] | None = None,
        options: tuple[Option, ...] | None = None,
        rest: Rest = "smooth",
    ) -> Outcomes:
        """Outcomes of all options, or of some."""
        factors = Factors(self.evidence, Draws(n, seed, SOBOL_VARIABLES), has_luck, multiples or {})
        return draw_outcomes(self.options if options is None else options, factors, self.scenario, rest=rest)


@cache
def toy_evidence() -> Evidence:
    """The real tables with a few numbers of our own, and the two places on the toy network."""
    return replace(read_evidence().overridden(OWN_NUMBERS), places=ENDS)


def build_toy_futures(network: RoadNetwork, *assignments: str) -> ToyFutures:
    """All distinct options of the toy trip, with a price of carbon and an empty way back."""
    keys = ("vehicle.empty_return_share=0.4", "criteria.carbon_usd_per_t=80", *assignments)
    scenario = toy_scenario(*keys)
    return ToyFutures(assess(build_trip(scenario, toy_evidence(), network)).options, toy_evidence(), scenario)


def digest(outcomes: Outcomes) -> str:
    """A hash of every number."""
    totals = (outcomes.hours, outcomes.usd, outcomes.co2e_wtw_kg)
    parts = (by[name] for by in (outcomes.hours_by_component, outcomes.usd_by_component) for name in sorted(by))
    return hashlib.sha256(b"".join(array.tobytes() for array in (*totals, *parts))).hexdigest()
