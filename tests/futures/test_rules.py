"""Rules in words: boxes that are known, told of futures that were not used to find them."""

from __future__ import annotations

import numpy as np
import pytest

from corridor.futures.draws import Draws
from corridor.futures.effects import Effect
from corridor.futures.pairs import Floats
from corridor.futures.rules import CONDITIONS_MAX, Mask, Rule, build_rule, round_number, rules_frame
from corridor.futures.variables import Variable

N = 8192
DRAWS = Draws(N, 7, ("queue", "fee", "speed", "price"))


def variable(name: str, unit: str) -> Variable:
    return Variable(name, name, unit, name, name, (name,), "", 0.0, ((Effect("parameter", name), 1.0),))


VARIABLES = (variable("queue", "h"), variable("fee", "USD"), variable("speed", "km/h"), variable("price", "USD/l"))
VALUES: Floats = np.stack(
    [60 * DRAWS.knowledge("queue"), 1000 * DRAWS.knowledge("fee"), *(DRAWS.knowledge(n) for n in ("speed", "price"))]
)
QUEUE, FEE, SPEED, PRICE = VALUES


def rule_for(wins: Mask) -> Rule:
    return build_rule(wins, ("A", "B"), VARIABLES, VALUES)


def test_a_box_of_two_conditions_is_found() -> None:
    rule = rule_for((QUEUE < 30) & (FEE < 400))
    assert [(c.variable.id, c.is_above, c.threshold) for c in rule.conditions] == [
        ("queue", False, 30.0),
        ("fee", False, 400.0),
    ]
    assert (rule.coverage, rule.density) == (1.0, 1.0)
    assert rule.win_share == pytest.approx(0.5 * 0.4, abs=0.01)


def test_coverage_and_density_are_counted_in_the_other_half() -> None:
    wins = (QUEUE < 30) & (DRAWS.luck("coin") < 0.8)
    rule = rule_for(wins)
    inside, told = QUEUE[N // 2 :] < rule.conditions[0].threshold, wins[N // 2 :]
    assert len(rule.conditions) == 1
    assert rule.density == pytest.approx((told & inside).sum() / inside.sum())
    assert rule.coverage == pytest.approx((told & inside).sum() / told.sum())
    assert rule.inside_share == inside.mean()


def test_a_window_of_one_variable_takes_two_conditions() -> None:
    rule = rule_for((QUEUE > 15) & (QUEUE < 30))
    assert {(c.is_above, c.threshold) for c in rule.conditions} == {(True, 15.0), (False, 30.0)}


def test_a_rule_has_at_most_three_conditions() -> None:
    rule = rule_for((QUEUE < 30) & (FEE < 500) & (SPEED < 0.5) & (PRICE < 0.5))
    assert len(rule.conditions) == CONDITIONS_MAX
    assert rule.coverage == 1.0
    assert rule.density == pytest.approx(0.5, abs=0.05)  # the fourth condition is missing


def test_wins_that_hang_on_nothing_have_no_rule() -> None:
    rule = rule_for(DRAWS.luck("coin") < 0.7)
    assert rule.conditions == ()
    assert rule.coverage == 1.0
    assert rule.density == rule.win_share == pytest.approx(0.7, abs=0.02)


@pytest.mark.parametrize(("wins", "share"), [(np.ones(N, dtype=bool), 1.0), (np.zeros(N, dtype=bool), 0.0)])
def test_always_and_never_need_no_rule(wins: Mask, share: float) -> None:
    rule = rule_for(wins)
    assert rule.conditions == ()
    assert rule.win_share == share


def test_without_variables_there_is_no_rule() -> None:
    rule = build_rule(QUEUE < 30, ("A", "B"), (), np.zeros((0, N)))
    assert rule.conditions == ()


def test_thresholds_are_round() -> None:
    rule = rule_for((QUEUE < 29.87) & (FEE < 387.1))
    assert all(condition.threshold == round_number(condition.threshold) for condition in rule.conditions)


def test_the_frame_has_a_row_for_each_condition() -> None:
    frame = rules_frame([rule_for((QUEUE < 30) & (FEE < 400)), rule_for(DRAWS.luck("coin") < 0.7)])
    assert frame["variable"].tolist() == ["queue", "fee"]
    assert frame["unit"].tolist() == ["h", "USD"]
