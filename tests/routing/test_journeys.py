"""Ways through stops on a line of places, added up by hand."""

from __future__ import annotations

import numpy as np
import pytest

from corridor.routing.journeys import Halt, least_journeys
from corridor.routing.road_arcs import RoadArcs
from corridor.routing.tree_search import TreeSearch

# 0 -1- 1 -1- 2 in both directions, and a post from 1 to 3 (weight 5, row 2) whose far side leads back to 2 (row 3)
ENDS = [(0, 1), (1, 2), (1, 0), (2, 1), (1, 3), (3, 2)]
ROWS = [0, 1, 0, 1, 2, 3]
STEPS = np.array([[1, 10], [1, 10], [5, 5], [2, 2]])


@pytest.fixture
def search() -> TreeSearch:
    start, end = np.array(ENDS, dtype=np.int32).T
    return TreeSearch(RoadArcs(4, start, end, np.array(ROWS, dtype=np.int32)))


def place(node: int) -> list[Halt]:
    return [Halt(node, node)]


def test_without_stops_on_the_way_a_journey_is_the_least_way(search: TreeSearch) -> None:
    ways = least_journeys(search, STEPS, [place(0), place(2)])
    # 1 + 1 in the first future; in the second 10 + 10, or round by the post: 10 + 5 + 2
    assert [(way.steps, way.rows.tolist()) for way in ways if way] == [(2, [0, 1]), (17, [0, 2, 3])]


def test_a_place_is_passed_where_it_is_asked_for(search: TreeSearch) -> None:
    [way, _] = least_journeys(search, STEPS, [place(0), place(2), place(1)])
    assert way is not None
    assert way.rows.tolist() == [0, 1, 1]  # to the end, and one road back


def test_a_post_is_passed_with_its_own_weight(search: TreeSearch) -> None:
    [way, _] = least_journeys(search, STEPS, [place(0), [Halt(1, 3, 2)], place(2)])
    assert way is not None
    assert (way.steps, way.rows.tolist()) == (1 + 5 + 2, [0, 2, 3])


def test_of_two_halts_that_will_do_the_cheaper_one_is_taken(search: TreeSearch) -> None:
    either = [Halt(1, 3, 2), Halt(1, 1)]
    ways = least_journeys(search, STEPS, [place(0), either, place(2)])
    assert [way.steps for way in ways if way] == [2, 17]


def test_where_no_road_leads_on_there_is_no_journey(search: TreeSearch) -> None:
    cut = TreeSearch(RoadArcs(4, search.arcs.start[:1], search.arcs.end[:1], search.arcs.row[:1]))
    assert least_journeys(cut, STEPS, [place(0), place(2)]) == [None, None]
