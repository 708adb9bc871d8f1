"""Which break-evens a report shows: those behind the largest swings, every own queue, and a map of two posts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corridor.analysis.assessment import Assessment
from corridor.futures.asked import list_asked
from corridor.futures.breakeven import find_break_even
from corridor.futures.breakeven_study import (
    MAP_MARGIN,
    QUEUE_MIN_H,
    SWINGS_MAX,
    influential_numbers,
    number_behind,
    study_break_evens,
)
from corridor.futures.pairs import Pair, find_pair
from corridor.futures.tornado import Tornado
from corridor.futures.variables import Variable, find_variables
from corridor.network.roads import RoadNetwork
from tests.futures.change_trip import QUEUE, drawn_assessment, labels_of

CHAMAN_QUEUE = "crossings.chaman.PAK-AFG.queue_h"


@pytest.fixture
def drawn(toy_network: RoadNetwork) -> Assessment:
    return drawn_assessment(toy_network, "uncertainty.draws=256")


@pytest.fixture
def pair(drawn: Assessment) -> Pair:
    return find_pair(drawn, labels_of(drawn))


@pytest.fixture
def variables(drawn: Assessment, pair: Pair) -> dict[str, Variable]:
    found = find_variables([pair.a, pair.b], drawn.evidence, drawn.scenario)
    return {variable.id: variable for variable in found}


def no_swings(pair: Pair) -> Tornado:
    return Tornado(pair.labels, trips=1, middle_gap_usd=0.0, bars=())


def test_a_variable_is_asked_about_by_the_largest_number_that_it_is_made_of(
    pair: Pair, variables: dict[str, Variable]
) -> None:
    asked = list_asked(pair)
    speed = number_behind(variables["speed.AFG"], asked, pair)
    post = number_behind(variables["post.torkham.PAK-AFG"], asked, pair)
    assert speed is not None
    assert speed.key == "parameters.swod_km_per_h.AFG"
    at_torkham = [number for number in asked if number.key.startswith("crossings.torkham") and number.unit == "h"]
    assert len(at_torkham) > 1
    assert post == max(at_torkham, key=lambda number: number.value)


def test_prices_that_move_as_one_are_no_single_number(pair: Pair, variables: dict[str, Variable]) -> None:
    assert number_behind(variables["diesel"], list_asked(pair), pair) is None


def test_the_queue_of_every_post_that_one_option_passes_alone_is_among_the_numbers(
    pair: Pair, variables: dict[str, Variable]
) -> None:
    assert {number.key for number in influential_numbers(pair, [])} == {QUEUE, CHAMAN_QUEUE}
    chosen = [number.key for number in influential_numbers(pair, list(variables.values()))]
    assert {QUEUE, CHAMAN_QUEUE} <= set(chosen)
    assert len(set(chosen)) == len(chosen) <= SWINGS_MAX + 2


def test_a_short_queue_is_tried_up_to_a_hundred_hours(pair: Pair) -> None:
    assert all(number.high >= QUEUE_MIN_H for number in influential_numbers(pair, []))


def test_the_study_gives_what_single_questions_give(drawn: Assessment, pair: Pair) -> None:
    for row in study_break_evens(drawn, no_swings(pair)).table.rows:
        asked = row.asked
        single = find_break_even(drawn, asked.key, between=pair.labels, low=asked.low, high=asked.high)
        assert single.likely == row.likely
        for switch in row.switches:
            assert min(abs(each.value - switch.value) for each in single.switches) <= 0.11  # both bisect to 0.1 h


def test_the_map_has_a_post_of_each_option_and_reaches_beyond_what_is_likely(drawn: Assessment, pair: Pair) -> None:
    study = study_break_evens(drawn, no_swings(pair))
    assert study.queues is not None
    assert {study.queues.x.key, study.queues.y.key} == {QUEUE, CHAMAN_QUEUE}
    for asked in (study.queues.x, study.queues.y):
        row = study.row(asked)
        assert row.likely is not None
        assert asked.low == 0.0
        assert asked.high >= MAP_MARGIN * max(asked.value, row.likely[1])


def test_the_line_of_the_map_passes_the_break_even_of_one_queue_alone(drawn: Assessment, pair: Pair) -> None:
    study = study_break_evens(drawn, no_swings(pair))
    assert study.queues is not None
    alone = study.row(study.queues.y).nearest
    assert alone is not None
    (line,) = study.queues.contours
    near = min(line, key=lambda point: abs(point[0] - study.queues.x.value) if study.queues else 0.0)
    slope = (line[-1][1] - line[0][1]) / (line[-1][0] - line[0][0])
    at_now = near[1] + slope * (study.queues.x.value - near[0])
    assert at_now == pytest.approx(alone.value, rel=0.03)


def test_where_one_post_alone_tells_the_options_apart_there_is_no_map(drawn: Assessment, pair: Pair) -> None:
    option = next(option for option in drawn.options if option.label == pair.a.label)
    twin = replace(option, label="Z")
    twins = replace(drawn, options=(option, twin))
    study = study_break_evens(twins, Tornado((option.label, "Z"), trips=1, middle_gap_usd=0.0, bars=()))
    assert study.queues is None
    assert study.table.rows == ()


def test_the_frame_has_a_row_for_each_number_with_what_is_likely_of_it(drawn: Assessment, pair: Pair) -> None:
    frame = study_break_evens(drawn, no_swings(pair)).to_frame()
    assert set(frame["key"]) == {QUEUE, CHAMAN_QUEUE}
    assert (frame["p10"] < frame["value_now"]).all()
    assert (frame["value_now"] < frame["p90"]).all()
