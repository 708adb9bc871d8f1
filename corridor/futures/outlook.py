"""What the futures say of a run, as its report shows it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from corridor.analysis.assessment import Assessment
from corridor.futures.bands import Band, draw_bands
from corridor.futures.draws import Draws
from corridor.futures.factors import Factors
from corridor.futures.registry import SOBOL_VARIABLES
from corridor.futures.study import FuturesStudy, study_futures


@dataclass(frozen=True)
class Outlook:
    """The parts of a report that look ahead; a part that was not asked for is empty.

    Parameters
    ----------
    bands : of each option along its way, by its label
    study : reliability, ranks and regret of the open options
    """

    bands: Mapping[str, Band] = field(default_factory=dict)
    study: FuturesStudy | None = None


def look_ahead(assessment: Assessment, *, progress: Callable[[str], None]) -> Outlook:
    """Every part for the options of a run."""
    scenario = assessment.scenario
    progress(f"drawing {scenario.uncertainty.draws:,} futures")
    draws = Draws(scenario.uncertainty.draws, scenario.uncertainty.seed, SOBOL_VARIABLES)
    return Outlook(
        bands=draw_bands(assessment.all_options, Factors(assessment.evidence, draws), scenario),
        study=study_futures(assessment) if assessment.options else None,
    )
