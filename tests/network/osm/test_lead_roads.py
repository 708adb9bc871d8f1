"""Small roads drawn as lists of (node, node, km), with nodes 1 km apart on a line of latitude."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from corridor.network.edge_shapes import straight
from corridor.network.osm.edges import Edges, Nodes
from corridor.network.osm.lead_roads import with_lead_roads

KM_DEGREES = 0.009
Road = tuple[int, int, float]


def kept(
    main: Sequence[Road],
    minor: Sequence[Road],
    *,
    ends: Sequence[int] = (),
    places: Sequence[float] = (),
    one_way: bool = False,
) -> NDArray[np.bool_]:
    """Which roads are kept, the main ones first; `places` are km along the line."""
    roads = [*main, *minor]
    count = 1 + max(max(a, b) for a, b, _ in roads)
    nodes = Nodes(np.arange(count), np.arange(count, dtype=float) * KM_DEGREES, np.zeros(count))
    edges = Edges(
        np.array([a for a, _, _ in roads]),
        np.array([b for _, b, _ in roads]),
        np.arange(len(roads)),
        np.array([one_way and number >= len(main) for number in range(len(roads))]),
        np.array([km for *_, km in roads]),
        np.array([km / 50 for *_, km in roads]),
        straight(len(roads)),
    )
    is_main = np.arange(len(roads)) < len(main)
    lon = np.array(places) * KM_DEGREES
    return with_lead_roads(nodes, edges, is_main, ends=ends, place_lon=lon, place_lat=np.zeros(len(lon)))


def test_a_place_off_the_main_roads_keeps_the_least_way_to_them_and_no_other() -> None:
    found = kept([(0, 1, 30.0)], [(1, 5, 9.0), (1, 3, 2.0), (3, 5, 2.0), (5, 9, 4.0)], places=[9.0])
    assert found.tolist() == [True, False, True, True, True]


def test_a_place_beside_a_main_road_keeps_no_lesser_one() -> None:
    assert kept([(0, 1, 30.0)], [(1, 2, 1.0)], places=[2.0]).tolist() == [True, False]


def test_a_post_is_reached_however_near_the_main_road_is() -> None:
    assert kept([(0, 1, 30.0)], [(1, 2, 1.0), (2, 3, 1.0)], ends=[2]).tolist() == [True, True, False]


def test_a_way_in_that_is_one_way_has_its_way_out_kept_too() -> None:
    found = kept([(0, 1, 30.0)], [(1, 9, 8.0), (9, 10, 1.0), (10, 0, 10.0), (1, 5, 4.0)], ends=[9], one_way=True)
    assert found.tolist() == [True, True, True, True, False]


def test_a_main_street_that_hangs_on_lesser_roads_only_is_joined_by_them() -> None:
    """A post at the end of 3 km of main road, with 5 km of lesser road between that and the next main road."""
    found = kept([(0, 1, 30.0), (6, 9, 3.0)], [(1, 6, 5.0), (1, 9, 20.0)], ends=[9])
    assert found.tolist() == [True, True, True, False]


def test_a_lone_piece_of_main_road_that_leads_nowhere_is_not_kept() -> None:
    assert kept([(0, 1, 30.0), (6, 9, 3.0)], [(1, 2, 1.0)]).tolist() == [True, False, False]


def test_the_longest_piece_of_main_road_is_kept_however_short() -> None:
    assert kept([(0, 1, 5.0), (6, 9, 3.0)], [(1, 6, 5.0)], ends=[9]).tolist() == [True, True, True]
