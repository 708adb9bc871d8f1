"""A scenario's own numbers in place of the tables'."""

from __future__ import annotations

import pytest

from corridor.errors import ScenarioError
from corridor.evidence import Evidence
from corridor.evidence.overrides import TABLES


def test_an_override_changes_one_part_and_leaves_the_others(evidence: Evidence) -> None:
    time = evidence.crossings["torkham"].times["PAK-AFG"]
    changed = evidence.overridden(
        {"crossings.torkham.PAK-AFG.queue_h": 12, "crossings.torkham.PAK-AFG.exit_fee_usd": 5}
    )
    own = changed.crossings["torkham"].times["PAK-AFG"]
    assert (own.queue.hours, own.queue.rung, own.exit_fee.usd) == (12, "override", 5)
    assert (own.exit_side, own.entry_side, own.entry_fee) == (time.exit_side, time.entry_side, time.entry_fee)
    assert evidence.crossings["torkham"].times["PAK-AFG"] == time


def test_a_parameter_override_is_in_the_unit_of_its_name(evidence: Evidence) -> None:
    diesel = evidence.overridden({"parameters.diesel_usd_per_l.PAK": 1.5}).parameter("diesel_usd_per_l", "PAK")
    assert (diesel.value, diesel.unit, diesel.currency, diesel.grade) == (1.5, "USD/l", "USD", "D")


def test_another_exchange_rate_moves_every_amount_in_that_currency(evidence: Evidence) -> None:
    changed = evidence.overridden({"parameters.fx_local_per_usd.EUR": 1.0})
    assert changed.parameter("toll_usd_per_km", "BLR").value == pytest.approx(0.176)
    assert changed.parameter("toll_usd_per_km", "RUS") == evidence.parameter("toll_usd_per_km", "RUS")


def test_posts_follow_the_parameters_they_rest_on(evidence: Evidence) -> None:
    time = evidence.overridden({"parameters.clear_h.*": 4}).crossings["torkham"].times["PAK-AFG"]
    assert time.queue.hours == pytest.approx(20.2)  # 24.2 h in all
    assert time.exit_side.hours == 4


def test_all_faults_come_at_once_with_the_nearest_names(evidence: Evidence) -> None:
    with pytest.raises(ScenarioError) as caught:
        evidence.overridden(
            {
                "crossings.torkam.status": "open",
                "crossings.torkham.PAK-IRN.queue_h": 1,
                "crossings.torkham.PAK-AFG.queue_hours": 1,
                "crossings.torkham.PAK-AFG.queue_h": -1,
                "crossings.torkham.status": "ajar",
                "parameters.diesel_per_l.PAK": 1,
                "parameters.idle_share.*": True,
                "posts.torkham.status": "open",
            }
        )
    assert str(caught.value).splitlines() == [
        "override crossings.torkam.status: unknown post 'torkam'. Did you mean 'torkham'?",
        "override crossings.torkham.PAK-IRN.queue_h: unknown direction 'PAK-IRN'. Known: AFG-PAK, PAK-AFG, status.",
        "override crossings.torkham.PAK-AFG.queue_hours: unknown quantity 'queue_hours'. Did you mean 'queue_h'?",
        "override crossings.torkham.PAK-AFG.queue_h: expected a number of h >= 0, got -1",
        "override crossings.torkham.status: unknown status 'ajar'. Known: closed, open.",
        "override parameters.diesel_per_l.PAK: unknown parameter 'diesel_per_l'. Did you mean 'diesel_usd_per_l'?",
        "override parameters.idle_share.*: expected a number of share from 0 to 1, got 'True'",
        f"override posts.torkham.status: begins with no known table 'posts'. Known: {', '.join(TABLES)}.",
    ]
