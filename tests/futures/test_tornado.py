"""The tornado of a gap: one drawn fee on paper, and what must hold for all bars."""

from __future__ import annotations

from math import exp

import pytest
from scipy.special import ndtri

from corridor.analysis.assessment import Assessment
from corridor.futures.draws import Draws
from corridor.futures.pairs import find_pair
from corridor.futures.tornado import Tornado, build_tornado
from corridor.futures.variables import find_variables
from corridor.network.roads import RoadNetwork
from tests.analysis.conftest import ROUND_NUMBERS
from tests.futures.change_trip import FEE, drawn_assessment, labels_of, sure_evidence, toy_assessment


def tornado_of(assessment: Assessment) -> Tornado:
    pair = find_pair(assessment, labels_of(assessment))
    variables = find_variables([pair.a, pair.b], assessment.evidence, assessment.scenario)
    return build_tornado(pair, variables, Draws(256, 7, ()))


def test_a_fee_alone_swings_the_gap_by_its_own_range(toy_network: RoadNetwork, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only figures of the tables are drawn, with an sdlog of 0.3: swing = fee x (P90 - P10 of its factor)."""
    monkeypatch.delitem(ROUND_NUMBERS, FEE)
    evidence = sure_evidence(**{f"parameters.figure_sdlog.{grade}": 0.3 for grade in "ABCD"})
    sure = toy_assessment(toy_network, evidence)
    fee_usd = sure.evidence.crossings["torkham"].times["PAK-AFG"].exit_fee.usd
    z, s = ndtri(0.9), 0.3
    assert fee_usd
    (bar,) = (bar for bar in tornado_of(sure).bars if bar.variable.id == FEE)
    assert bar.low == pytest.approx(fee_usd * exp(-s * z - s * s / 2))
    assert bar.high == pytest.approx(fee_usd * exp(s * z - s * s / 2))
    assert bar.swing_usd == pytest.approx(bar.high - bar.low)  # only the first of the two pays it
    assert bar.gap_at_high_usd > bar.gap_at_low_usd


@pytest.fixture
def tornado(toy_network: RoadNetwork) -> Tornado:
    return tornado_of(drawn_assessment(toy_network))


def test_bars_are_sorted_by_swing(tornado: Tornado) -> None:
    swings = [bar.swing_usd for bar in tornado.bars]
    assert swings == sorted(swings, reverse=True)
    assert swings[0] > 0


def test_what_both_options_pay_alike_swings_nothing(tornado: Tornado) -> None:
    (bar,) = (bar for bar in tornado.bars if bar.variable.id == "parameters.tir_carnet_usd.*")
    assert bar.swing_usd == pytest.approx(0.0, abs=1e-6)


def test_low_is_below_high_in_the_unit_of_the_variable(tornado: Tornado) -> None:
    assert all(bar.low < bar.high for bar in tornado.bars)


def test_slow_hours_at_a_post_of_the_first_make_it_dearer(tornado: Tornado) -> None:
    (torkham,) = (bar for bar in tornado.bars if bar.variable.id == "post.torkham.PAK-AFG")
    (chaman,) = (bar for bar in tornado.bars if bar.variable.id == "post.chaman.PAK-AFG")
    assert torkham.gap_at_high_usd > tornado.middle_gap_usd > torkham.gap_at_low_usd
    assert chaman.gap_at_high_usd < tornado.middle_gap_usd < chaman.gap_at_low_usd


def test_the_frame_has_a_row_for_each_variable(tornado: Tornado) -> None:
    frame = tornado.to_frame()
    assert frame["variable"].tolist() == [bar.variable.id for bar in tornado.bars]
    assert frame["swing_usd"].iloc[0] == tornado.bars[0].swing_usd
