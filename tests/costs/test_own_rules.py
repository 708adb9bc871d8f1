"""A rule of the scenario's own at a post where an event refuses the plate."""

from __future__ import annotations

from datetime import date

import pytest

from corridor.costs.border import Border, Passage, Refusal
from corridor.costs.tariff import Tariff
from corridor.evidence import Evidence, read_evidence
from corridor.scenario import read_scenario


@pytest.fixture(scope="module")
def evidence() -> Evidence:
    return read_evidence()


def at_kozlovichi(evidence: Evidence, plate: str) -> Passage | Refusal:
    scenario = read_scenario("lahore-berlin", known=None).scenario
    border = Border(evidence, date(2026, 11, 1), ("kozlovichi",), frozenset({"PAK", "DEU"}))
    passages = border.passages(lambda name: Tariff(evidence, scenario, name), plate)
    return next(one for one in passages if one.direction == "BLR-POL")


@pytest.mark.parametrize("plate", ["PAK", "BLR"])
def test_a_truck_refused_by_an_event_changes_tractor_unless_an_own_rule_admits_it(
    evidence: Evidence, plate: str
) -> None:
    before = at_kozlovichi(evidence, plate)
    after = at_kozlovichi(evidence.overridden({f"eligibility.{plate}.POL.BLR": "drive"}), plate)
    assert isinstance(before, Passage)
    assert isinstance(after, Passage)
    assert (before.rule, before.plate_after, after.rule, after.plate_after) == ("swap", "POL", "drive", plate)
    assert before.wait_h - after.wait_h == pytest.approx(before.swap.known)


def test_the_country_on_the_other_side_still_has_its_say(evidence: Evidence) -> None:
    own = {"eligibility.PAK.POL.BLR": "drive", "eligibility.PAK.BLR.POL": "transload"}
    passage = at_kozlovichi(evidence.overridden(own), "PAK")
    assert isinstance(passage, Passage)
    assert passage.rule == "transload"


def test_an_own_rule_that_refuses_is_a_refusal(evidence: Evidence) -> None:
    refusal = at_kozlovichi(evidence.overridden({"eligibility.PAK.POL.BLR": "refuse"}), "PAK")
    assert isinstance(refusal, Refusal)


def test_an_own_rule_does_not_open_a_closed_post(evidence: Evidence) -> None:
    own = {"eligibility.PAK.POL.BLR": "drive", "crossings.kozlovichi.status": "closed"}
    refusal = at_kozlovichi(evidence.overridden(own), "PAK")
    assert isinstance(refusal, Refusal)
    assert "closed by the scenario" in refusal.reason
