"""Where two options cost the same as two numbers move: the grid against single evaluations, the line against 0."""

from __future__ import annotations

import numpy as np
import pytest

from corridor.analysis.assessment import Assessment
from corridor.errors import ScenarioError
from corridor.futures.asked import find_asked, gap_at_usd
from corridor.futures.breakeven import find_break_even
from corridor.futures.indifference import find_indifference, zero_contours
from corridor.futures.pairs import find_pair, scenario_factors
from corridor.network.roads import RoadNetwork
from tests.futures.change_trip import FEE, QUEUE, drawn_assessment, labels_of, sure_evidence, toy_assessment

DIESEL = "parameters.diesel_usd_per_l.AFG"
CHAMAN_FEE = "crossings.chaman.PAK-AFG.exit_fee_usd"


@pytest.fixture
def drawn(toy_network: RoadNetwork) -> Assessment:
    return drawn_assessment(toy_network)


@pytest.mark.parametrize("keys", [(FEE, DIESEL), (QUEUE, DIESEL), (FEE, QUEUE)])
def test_the_grid_holds_what_single_evaluations_give(keys: tuple[str, str], drawn: Assessment) -> None:
    between = labels_of(drawn)
    found = find_indifference(drawn, keys, between=between, size=5)
    pair, factors = find_pair(drawn, between), scenario_factors(drawn, has_luck=True)
    for row, column in ((0, 0), (2, 3), (4, 1)):
        values = {found.x: float(found.x_values[column]), found.y: float(found.y_values[row])}
        assert found.gaps_usd[row, column] == pytest.approx(gap_at_usd(pair, factors, values).mean(), abs=1e-6)


def test_two_fees_that_oppose_each_other_have_a_straight_line_of_slope_one(toy_network: RoadNetwork) -> None:
    sure = toy_assessment(toy_network, sure_evidence())
    found = find_indifference(sure, (FEE, CHAMAN_FEE), between=labels_of(sure))
    (line,) = found.contours
    (switch,) = find_break_even(sure, FEE, between=labels_of(sure)).switches
    gaps = [x - y for x, y in line]  # a dollar more at Torkham is made up by one more at Chaman
    chaman = find_asked(CHAMAN_FEE, find_pair(sure, labels_of(sure))).value
    assert gaps == pytest.approx([switch.value - chaman] * len(line))


def test_both_options_cost_the_same_on_the_line(drawn: Assessment) -> None:
    between = labels_of(drawn)
    found = find_indifference(drawn, (FEE, CHAMAN_FEE), between=between)
    pair, factors = find_pair(drawn, between), scenario_factors(drawn, has_luck=True)
    for x, y in found.contours[0]:
        assert gap_at_usd(pair, factors, {found.x: x, found.y: y}).mean() == pytest.approx(0.0, abs=1e-6)


def test_where_one_option_is_better_everywhere_there_is_no_line() -> None:
    x = np.array([1.0, 2.0])
    assert zero_contours(x, x, np.full((2, 2), -3.0)) == ()


def test_the_frame_has_a_row_for_each_point_with_the_better_option(drawn: Assessment) -> None:
    found = find_indifference(drawn, (FEE, DIESEL), between=labels_of(drawn), size=3)
    frame = found.to_frame()
    assert len(frame) == 9
    assert (frame["better"] == found.labels[0]).mean() == found.share_of_a


@pytest.mark.parametrize("keys", [(FEE, FEE), (FEE,), (FEE, "torkham.PAK-AFG.exit_fee_usd")])
def test_one_number_is_not_two(keys: tuple[str, ...], drawn: Assessment) -> None:
    with pytest.raises(ScenarioError, match="expected two different numbers"):
        find_indifference(drawn, keys)
