"""The GLEC default beside the figure: its regional uplift is weighted by km (model.md 7)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corridor.analysis.assessment import Assessment
from corridor.report.emissions import check_wtw_kg


def test_the_uplift_of_each_region_counts_by_the_km_driven_there(assessment: Assessment) -> None:
    option, evidence = assessment.options[0], assessment.evidence
    first = next(stage for stage in option.stages if stage.kind == "leg")
    leg = replace(first, length_km=400.0, length_km_by_country={"PAK": 300.0, "POL": 100.0})
    everywhere = evidence.parameters["default_uplift_share", "*"]
    uplifts = {
        ("default_uplift_share", "PAK"): replace(everywhere, scope="PAK", value=0.22),
        ("default_uplift_share", "POL"): replace(everywhere, scope="POL", value=0.0),
    }
    here = replace(assessment, evidence=replace(evidence, parameters={**evidence.parameters, **uplifts}))
    # 95 g x 18 t x 6,000 km x (1 + (300 x 0.22 + 100 x 0)/400) = 10,260 kg x 1.165
    assert check_wtw_kg(replace(option, stages=(leg,)), here) == pytest.approx(10_260 * 1.165)
