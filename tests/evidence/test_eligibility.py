"""Who may drive where."""

from __future__ import annotations

from datetime import date

import pytest

from corridor.evidence import Evidence, entry_rule

AUTUMN_2026 = date(2026, 11, 1)


@pytest.mark.parametrize("plate", ["PAK", "BLR", "RUS"])
def test_trucks_from_outside_the_eu_change_tractor_on_entering_poland(evidence: Evidence, plate: str) -> None:
    rule = entry_rule(evidence, plate=plate, country="POL", entered_from="BLR", day=AUTUMN_2026)
    assert (rule.rule, rule.grade, rule.assumed) == ("swap", "B", False)


def test_a_polish_truck_enters_poland_at_home(evidence: Evidence) -> None:
    rule = entry_rule(evidence, plate="POL", country="POL", entered_from="BLR", day=AUTUMN_2026)
    assert (rule.rule, rule.assumed) == ("drive", False)


def test_poland_took_all_plates_before_the_rule(evidence: Evidence) -> None:
    rule = entry_rule(evidence, plate="KAZ", country="POL", entered_from="BLR", day=date(2023, 2, 20))
    assert (rule.rule, rule.assumed, rule.grade, rule.source) == ("drive", True, "D", ())


def test_hauliers_of_belarus_may_not_drive_in_the_eu_since_april_2022(evidence: Evidence) -> None:
    before = entry_rule(evidence, plate="BLR", country="LVA", entered_from="BLR", day=date(2022, 4, 15))
    after = entry_rule(evidence, plate="BLR", country="LVA", entered_from="BLR", day=date(2022, 4, 16))
    assert (before.rule, after.rule, after.grade) == ("drive", "swap", "D")


def test_goods_for_lithuania_are_reloaded_whoever_brings_them(evidence: Evidence) -> None:
    rule = entry_rule(evidence, plate="LTU", country="LTU", entered_from="BLR", day=AUTUMN_2026)
    assert rule.rule == "swap"


def test_the_agreement_with_belarus_counts_from_the_day_it_is_in_force(evidence: Evidence) -> None:
    before = entry_rule(evidence, plate="PAK", country="BLR", entered_from="RUS", day=date(2025, 10, 23))
    after = entry_rule(evidence, plate="PAK", country="BLR", entered_from="RUS", day=date(2025, 10, 24))
    assert (before.assumed, after.assumed) == (True, False)


def test_a_pair_that_no_row_names_is_assumed_and_flagged(evidence: Evidence) -> None:
    rule = entry_rule(evidence, plate="PAK", country="TKM", entered_from="IRN", day=AUTUMN_2026)
    assert (rule.rule, rule.assumed, rule.grade) == ("drive", True, "D")
