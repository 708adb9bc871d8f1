"""Two options of a run held against each other in the same futures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from corridor.analysis.assessment import Assessment, Option
from corridor.errors import ScenarioError
from corridor.evidence import Evidence
from corridor.futures.draws import first_draws
from corridor.futures.effects import Effect
from corridor.futures.factors import Factors
from corridor.futures.option_draw import Rest
from corridor.futures.outcomes import draw_outcomes
from corridor.names import suggestion
from corridor.scenario import Scenario

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Pair:
    """Options A and B with what they were priced on; an option may be closed, its figures are then as if it was open.

    Parameters
    ----------
    evidence : overrides and measures applied, as in `Assessment.evidence`
    """

    a: Option
    b: Option
    evidence: Evidence
    scenario: Scenario

    @property
    def labels(self) -> tuple[str, str]:
        """Labels of A and B."""
        return self.a.label, self.b.label

    @property
    def closed(self) -> tuple[str, ...]:
        """Labels of those that cannot be used on the day."""
        return tuple(option.label for option in (self.a, self.b) if not option.is_open)

    @property
    def basis(self) -> tuple[str, ...]:
        """Keys of the evidence that A or B rests on, sorted."""
        return tuple(sorted({*self.a.ledger.basis, *self.b.ledger.basis}))

    def gap_usd(self, factors: Factors, *, rest: Rest = "smooth") -> Floats:
        """Generalised cost of A less that of B in every future, USD, shape (futures,); below 0 A is the better one."""
        outcomes = draw_outcomes([self.a, self.b], factors, self.scenario, rest=rest)
        return np.asarray(outcomes.generalised_usd @ np.array([1.0, -1.0]))

    def better(self, gap_usd: float) -> str:
        """Label of the better one at a gap."""
        return self.a.label if gap_usd < 0 else self.b.label


def find_pair(assessment: Assessment, between: tuple[str, str] | None = None) -> Pair:
    """The two options named, else the best one and the best on other roads (the second where none is).

    Raises
    ------
    ScenarioError
        No such label, twice the same, or fewer than two open options.
    """
    labels = between or _first_two(assessment)
    if labels[0] == labels[1]:
        raise ScenarioError(f"between: twice the same option; expected two, got '{labels[0]}'. Name another one.")
    a, b = (find_option(assessment, label) for label in labels)
    return Pair(a, b, assessment.evidence, assessment.scenario)


def _first_two(assessment: Assessment) -> tuple[str, str]:
    options = assessment.options
    if len(options) < 2:
        advice = (
            "Name two with --between; closed ones count as if they were open."
            if len(assessment.all_options) > 1
            else "Ask for more `routes.alternatives` or `routes.presets`."
        )
        raise ScenarioError(f"between: too few open options; expected two or more, got {len(options)}. {advice}")
    return options[0].label, (assessment.rival or options[1]).label


def find_option(assessment: Assessment, label: str) -> Option:
    """The option of this label, open or closed."""
    found = {option.label: option for option in assessment.all_options}
    if label not in found:
        raise ScenarioError(f"between: no option '{label}'. {suggestion(label, found)}")
    return found[label]


def scenario_factors(assessment: Assessment, *, has_luck: bool) -> Factors:
    """The futures that the scenario asks for; without luck a future is a mean over its trips."""
    return Factors(assessment.evidence, first_draws(assessment.scenario), has_luck)


@dataclass(frozen=True)
class Multiplied(Factors):
    """The futures of `base` with some evidence multiplied; what `base` has drawn is not drawn again."""

    base: Factors = field(kw_only=True)

    def of(self, effect: Effect) -> Floats | None:
        """Factor of an effect, as in the futures of `base`."""
        return self.base.of(effect)


def multiplied(base: Factors, multiples: Mapping[str, float]) -> Factors:
    """The same futures with pieces of evidence times a number each."""
    return Multiplied(base.evidence, base.uniforms, base.has_luck, dict(multiples), base=base)
