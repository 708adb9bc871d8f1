"""Factors, keys for all posts, rules of one's own, and layers in their order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from corridor.errors import ScenarioError
from corridor.evidence import Evidence, entry_rule
from corridor.evidence.layering import measure_layer, with_layers
from corridor.scenario import Change, EffectRange, ListedMeasure, Measure, Scenario, read_scenario

TORKHAM = "crossings.torkham.PAK-AFG"
QUEUE = f"{TORKHAM}.queue_h"
AUTUMN_2026 = date(2026, 11, 1)


def listed(measure_id: str, override: dict[str, Any], *, grade: str = "D") -> ListedMeasure:
    measure = Measure(
        id=measure_id,
        title="A measure",
        why="To try it out.",
        kind="green_lane",
        source=("judgement",),
        grade=grade,  # type: ignore[arg-type]
        range=EffectRange(text="Invented."),
        override=override,
    )
    return ListedMeasure(measure_id, measure, dict.fromkeys(override, f"{measure_id}.yaml:9"))


def scenario(*assignments: str) -> Scenario:
    return read_scenario("islamabad-minsk", known=None, assignments=assignments).scenario


def queue_h(evidence: Evidence) -> float:
    return evidence.crossings["torkham"].times["PAK-AFG"].queue.hours


def test_a_factor_multiplies_hours_fees_and_parameters(evidence: Evidence) -> None:
    changed = evidence.overridden(
        {QUEUE: "x0.5", f"{TORKHAM}.exit_fee_usd": "x2", "parameters.swod_km_per_h.PAK": "x1.1"}
    )
    time = changed.crossings["torkham"].times["PAK-AFG"]
    assert time.queue.hours == pytest.approx(11.1)  # half of 24.2 h - 2 h of formalities
    assert time.exit_fee.usd == pytest.approx(534.0)  # 2 x 267 USD
    assert changed.parameter("swod_km_per_h", "PAK").value == pytest.approx(27.28)  # 1.1 x 24.8 km/h


def test_a_product_rests_on_both_its_parts_and_has_the_worse_grade(evidence: Evidence) -> None:
    old = evidence.crossings["torkham"].times["PAK-AFG"].queue
    layer = measure_layer(listed("lane", {QUEUE: "x0.5"}, grade="C"))
    new = evidence.with_layer(layer).crossings["torkham"].times["PAK-AFG"].queue
    assert (old.grade, new.grade, new.rung, new.year) == ("A", "C", "measure", 2022)
    assert new.source == ("judgement", *old.source)
    assert new.note == "measure lane: x0.5 of 22.2 h"


def test_low_and_high_of_a_parameter_are_multiplied_with_it_inside_their_bounds(evidence: Evidence) -> None:
    half = evidence.overridden({"parameters.swod_km_per_h.IRN": "x0.5"}).parameter("swod_km_per_h", "IRN")
    assert (half.low, half.value, half.high) == (27.5, 28.75, 30.0)  # half of 55, 57.5 and 60 km/h
    fast = evidence.overridden({"parameters.swod_km_per_h.IRN": "x1.9"}).parameter("swod_km_per_h", "IRN")
    assert fast.value == pytest.approx(109.25)
    assert fast.high == 110.0  # 1.9 x 60 = 114, but no row may say more than 110 km/h


def test_a_multiple_of_an_amount_in_euros_follows_the_exchange_rate(evidence: Evidence) -> None:
    key, rate = "parameters.toll_usd_per_km.BLR", "parameters.fx_local_per_usd.EUR"
    doubled = evidence.overridden({rate: 1.0, key: "x2"}).parameter("toll_usd_per_km", "BLR")
    assert doubled.value == pytest.approx(2 * 0.176)  # 0.176 EUR/km at one to one
    later = evidence.overridden({key: "x2"}).overridden({rate: 1.0}).parameter("toll_usd_per_km", "BLR")
    assert later.value == pytest.approx(2 * 0.176)


def test_a_factor_for_a_scope_without_a_row_takes_the_row_that_answers_for_it(evidence: Evidence) -> None:
    others = evidence.parameter("swod_km_per_h", "*").value
    changed = evidence.overridden({"parameters.swod_km_per_h.ARM": "x0.5"})
    assert changed.parameter("swod_km_per_h", "ARM").value == pytest.approx(others / 2)
    assert changed.parameter("swod_km_per_h", "*").value == others


def test_a_multiple_of_an_unknown_fee_stays_unknown(evidence: Evidence) -> None:
    key = "crossings.khunjerab.PAK-CHN.entry_fee_usd"
    assert evidence.crossings["khunjerab"].times["PAK-CHN"].entry_fee.usd is None
    assert evidence.overridden({key: "x0.5"}).crossings["khunjerab"] == evidence.crossings["khunjerab"]


def test_a_star_stands_for_every_post_and_direction(evidence: Evidence) -> None:
    changed = evidence.overridden({"crossings.*.*.queue_h": "x0.8", "crossings.torkham.*.entry_side_h": 1})
    for post, crossing in evidence.crossings.items():
        for way, time in crossing.times.items():
            assert changed.crossings[post].times[way].queue.hours == pytest.approx(0.8 * time.queue.hours)
    assert {time.entry_side.hours for time in changed.crossings["torkham"].times.values()} == {1.0}


def test_in_one_layer_a_post_wins_over_all_posts_in_whatever_order_they_are_written(evidence: Evidence) -> None:
    keys: list[tuple[str, object]] = [(QUEUE, 6), ("crossings.*.*.queue_h", "x0.5")]
    assert queue_h(evidence.overridden(dict(keys))) == queue_h(evidence.overridden(dict(keys[::-1]))) == 6.0


def test_what_a_layer_set_for_a_post_outlives_a_parameter_of_a_later_one(evidence: Evidence) -> None:
    changed = evidence.overridden({QUEUE: 6}).overridden({"parameters.clear_h.*": 4})
    time = changed.crossings["torkham"].times["PAK-AFG"]
    assert (time.queue.hours, time.exit_side.hours) == (6.0, 4.0)


@pytest.mark.parametrize(
    ("key", "value", "problem"),
    [
        (QUEUE, "x-1", "expected a number of h >= 0, or a factor like x0.5, got 'x-1'"),
        (QUEUE, "half", "expected a number of h >= 0, or a factor like x0.5, got 'half'"),
        (
            "parameters.swod_km_per_h.PAK",
            "x10",
            "expected a number of km/h from 10 to 110, got x10 of 24.8 = 248",
        ),
        ("parameters.bridge_fee_usd.torkham", "x2", "no number to multiply by 'x2'. Give a number of USD."),
        (
            "crossings.*.status",
            "open",
            "a status is set post by post; expected crossings.POST.status, got '*'. Name the posts.",
        ),
        ("crossings.*.*.queue", "x2", "unknown quantity 'queue'. Did you mean 'queue_h'?"),
        ("eligibility.PAC.POL.BLR", "drive", "unknown plate 'PAC'. Did you mean 'PAK'?"),
        ("eligibility.PAK.POLL", "drive", "unknown country 'POLL'. Did you mean 'POL'?"),
        ("eligibility.PAK.POL.BLRR", "drive", "unknown country 'BLRR'. Did you mean 'BLR'?"),
        ("eligibility.PAK.POL", "drve", "unknown rule 'drve'. Did you mean 'drive'?"),
        (
            "eligibility.PAK",
            "drive",
            (
                "expected eligibility.PLATE.COUNTRY or eligibility.PLATE.COUNTRY.FROM, got 'PAK'. "
                "Write e.g. eligibility.PAK.POL.BLR: drive."
            ),
        ),
    ],
)
def test_what_makes_no_sense_is_told_with_its_key(evidence: Evidence, key: str, value: object, problem: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        evidence.overridden({key: value})
    assert str(caught.value) == f"override {key}: {problem}"


def test_a_fault_in_a_measure_names_its_file_and_line(evidence: Evidence) -> None:
    with pytest.raises(ScenarioError, match=r"lane.yaml:9: override crossings.torkam.status: unknown post 'torkam'"):
        evidence.with_layer(measure_layer(listed("lane", {"crossings.torkam.status": "open"})))


def test_layers_stand_in_the_promised_order(evidence: Evidence) -> None:
    one, two = listed("one", {QUEUE: "x0.5"}), listed("two", {QUEUE: "x0.1"})
    below = scenario(f"override={{{QUEUE}: 40}}")
    assert queue_h(with_layers(evidence, below, [one, two])[0]) == pytest.approx(2.0)  # 40 x 0.5 x 0.1
    above = below.model_copy(update={"override_after_measures": {QUEUE: "x3"}})
    assert queue_h(with_layers(evidence, above, [one, two])[0]) == pytest.approx(6.0)  # 2 x 3


def test_measures_are_applied_in_the_order_of_the_list(evidence: Evidence) -> None:
    half, six = listed("half", {QUEUE: "x0.5"}), listed("six", {QUEUE: 6})
    assert queue_h(with_layers(evidence, scenario(), [six, half])[0]) == 3.0
    assert queue_h(with_layers(evidence, scenario(), [half, six])[0]) == 6.0


def test_every_change_of_a_measure_is_told_old_and_new_with_file_and_line(evidence: Evidence) -> None:
    rule, status = "eligibility.PAK.POL.BLR", "crossings.torkham.status"
    one = listed("one", {QUEUE: "x0.5", rule: "drive", status: "open"})
    two = listed("two", {QUEUE: 6, "parameters.swod_km_per_h.PAK": 24.8, "crossings.*.*.queue_h": "x1"})
    assert with_layers(evidence, scenario(), [one, two])[1] == (
        Change(f"override.{QUEUE}", 22.2, 11.1, "one.yaml:9"),
        Change(f"override.{rule}", "swap", "drive", "one.yaml:9"),
        Change(f"override.{status}", "closed", "open", "one.yaml:9"),
        Change(f"override.{QUEUE}", 11.1, 6.0, "two.yaml:9"),
        Change("override.crossings.*.*.queue_h", "254 figures, mean 9.44", "254 figures, mean 9.42", "two.yaml:9"),
    )  # 5.1 h less at one of 254; 24.8 km/h is what it was, so no change


def test_the_log_puts_the_command_line_after_measures_and_tells_what_each_replaced(evidence: Evidence) -> None:
    key = f"override.{QUEUE}"
    file, line = Change(key, None, 40.0, "x.yaml:3"), Change(key, 40.0, "x3", "--set")
    below = scenario(f"override={{{QUEUE}: 40}}").model_copy(update={"override_after_measures": {QUEUE: "x3"}})
    log = with_layers(evidence, below, [listed("one", {QUEUE: "x0.5"})], [file, line])[1]
    assert log == (
        Change(key, 22.2, 40.0, "x.yaml:3"),
        Change(key, 40.0, 20.0, "one.yaml:9"),
        Change(key, 20.0, "x3", "--set"),
    )


def test_without_measures_the_log_is_as_the_layers_of_the_scenario_tell_it(evidence: Evidence) -> None:
    key = f"override.{QUEUE}"
    file, line = Change(key, None, 40.0, "x.yaml:3"), Change(key, 40.0, 50.0, "--set")
    log = with_layers(evidence, scenario(f"override={{{QUEUE}: 50}}"), [], [file, line])[1]
    assert log == (Change(key, 22.2, 40.0, "x.yaml:3"), line)


def test_an_override_of_a_scenario_is_told_with_what_the_tables_say(evidence: Evidence) -> None:
    key = "override.crossings.torkham.status"
    own = scenario("override={crossings.torkham.status: open}")
    change = Change(key, None, "open", "x.yaml:3")
    assert with_layers(evidence, own, [], [change])[1] == (replace(change, old="closed"),)


def rule_of(evidence: Evidence, plate: str, country: str, entered_from: str) -> str:
    return entry_rule(evidence, plate=plate, country=country, entered_from=entered_from, day=AUTUMN_2026).rule


def test_a_rule_of_ones_own_wins_over_a_row_that_names_the_border(evidence: Evidence) -> None:
    changed = evidence.overridden({"eligibility.PAK.POL": "drive"})
    assert (rule_of(evidence, "PAK", "POL", "BLR"), rule_of(changed, "PAK", "POL", "BLR")) == ("swap", "drive")
    assert rule_of(changed, "BLR", "POL", "BLR") == "swap"
    assert not entry_rule(changed, plate="PAK", country="POL", entered_from="BLR", day=AUTUMN_2026).assumed


def test_among_own_rules_the_more_specific_wins_and_then_the_later_layer(evidence: Evidence) -> None:
    changed = evidence.overridden({"eligibility.*.POL": "refuse", "eligibility.PAK.POL.BLR": "drive"})
    assert (rule_of(changed, "PAK", "POL", "BLR"), rule_of(changed, "KAZ", "POL", "BLR")) == ("drive", "refuse")
    assert rule_of(changed.overridden({"eligibility.*.POL": "swap"}), "PAK", "POL", "BLR") == "swap"


def test_the_tables_themselves_are_left_as_they_were(evidence: Evidence) -> None:
    before = replace(evidence)
    evidence.overridden({"crossings.*.*.queue_h": "x0", "eligibility.PAK.POL": "drive"})
    assert evidence == before
    assert queue_h(evidence) == pytest.approx(22.2)
