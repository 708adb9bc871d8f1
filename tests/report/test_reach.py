"""Corridors of ways, bands of values, and changes: small cases by hand."""

from __future__ import annotations

import numpy as np
import pytest

from corridor.evidence import read_evidence
from corridor.network.roads import RoadNetwork
from corridor.report.reach_bands import usd_bands
from corridor.report.reach_corridors import HOME, Family, family_name, find_family
from corridor.report.reach_findings import Change
from corridor.report.reach_grid import CELL_KM, ROAD_LIMIT_KM, build_grid, find_roads
from corridor.routing.steps import Move
from tests.conftest import build_toy_network

EVIDENCE = read_evidence()
CORRIDORS = list(EVIDENCE.corridors.values())


def way(*posts: str) -> list[Move]:
    """Posts as "taftan PAK-IRN"."""
    found = [text.split() for text in posts]
    return [Move(post, direction, "", "", 1.0, "PAK", "PAK") for post, direction in found]


@pytest.mark.parametrize(
    ("posts", "family"),
    [
        ((), HOME),
        (("khunjerab PAK-CHN", "torugart CHN-KGZ", "ak_tilek KGZ-KAZ", "taskala KAZ-RUS"), Family("qtta", "")),
        (("khunjerab PAK-CHN",), Family("qtta", "")),  # no other corridor begins there
        (("taftan PAK-IRN",), Family("", "IRN")),  # three begin there
        (("taftan PAK-IRN", "bazargan IRN-TUR"), Family("iti", "")),
        (("taftan PAK-IRN", "astara IRN-AZE", "alat_kuryk AZE-KAZ"), Family("caspian", "")),
        (("kuhak PAK-IRN", "astara IRN-AZE"), Family("", "IRN")),
    ],
)
def test_a_way_is_on_the_corridor_whose_posts_it_passes(posts: tuple[str, ...], family: Family) -> None:
    assert find_family(way(*posts), CORRIDORS, is_outward=True) == family


def test_a_way_to_the_anchor_is_read_backwards() -> None:
    back = way("torugart KGZ-CHN", "khunjerab CHN-PAK")
    assert find_family(back, CORRIDORS, is_outward=False) == Family("qtta", "")
    assert find_family(way("zvenchatka RUS-BLR"), CORRIDORS, is_outward=False) == Family("", "RUS")


def test_a_corridor_is_called_by_its_name_and_code_and_a_country_by_its_name() -> None:
    assert family_name(Family("qtta", ""), EVIDENCE) == "QTTA (R3)"
    assert family_name(Family("", "IRN"), EVIDENCE) == "by Iran"
    assert family_name(HOME, EVIDENCE) == "no border"


def test_bands_of_usd_are_round_and_few() -> None:
    assert usd_bands(np.array([10.0, 620.0])) == (100.0, 200.0, 300.0, 400.0, 500.0, 600.0, 700.0)
    assert usd_bands(np.full(3, np.inf)) == (10.0,)


def test_a_change_is_told_in_three_ways_and_where_there_is_no_way_in_none() -> None:
    found = Change(np.array([10.0, np.inf, 10.0]), np.array([8.0, 5.0, np.inf]), np.array([400.0, 0.0, 400.0]))
    np.testing.assert_allclose(found.absolute, [-2.0, np.nan, np.nan])
    np.testing.assert_allclose(found.share, [-0.2, np.nan, np.nan])
    np.testing.assert_allclose(found.per_km, [-0.005, np.nan, np.nan])
    assert found.is_new.tolist() == [False, True, False]
    assert found.is_lost.tolist() == [False, False, True]


def test_cells_fill_a_country_to_its_border_and_know_the_nearest_road_of_their_own(toy_network: RoadNetwork) -> None:
    grid = build_grid(toy_network, np.ones(toy_network.node_count, dtype=bool))
    assert set(grid.country.tolist()) <= set(toy_network.countries)
    hexagon_km2 = CELL_KM**2 * np.sqrt(3) / 2
    areas_km2 = np.array([shape.area for shape in grid.shape]) / 1e6
    np.testing.assert_allclose(areas_km2[grid.is_whole], hexagon_km2, rtol=1e-9)
    assert (areas_km2 <= hexagon_km2 * (1 + 1e-9)).all()
    roads = find_roads(grid, toy_network, np.flatnonzero(~toy_network.is_crossing))
    numbers = toy_network.edge_country[roads.edge[roads.has_road]]
    assert [toy_network.countries[number] for number in numbers] == grid.country[roads.has_road].tolist()
    assert (roads.road_km[roads.has_road] <= ROAD_LIMIT_KM).all()


def test_a_cell_beside_a_long_road_takes_the_point_that_is_near_it() -> None:
    network = build_toy_network([("a", "KAZ", 66.0, 48.0), ("b", "KAZ", 70.0, 48.0)], [("a", "b", 300.0)], {})
    grid = build_grid(network, np.ones(2, dtype=bool))
    roads = find_roads(grid, network, np.array([0]))
    middle = int(np.argmin(np.hypot(grid.lon - 68.0, grid.lat - 48.1)))
    assert roads.share[middle] == pytest.approx(0.5, abs=0.1)
