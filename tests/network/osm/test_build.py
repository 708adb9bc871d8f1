"""The toy corridor, built from two files: every edge, length and hour as added up on paper (see `toy_extract`)."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from corridor.errors import DataError
from corridor.evidence import Evidence
from corridor.road_kinds import ROAD_CLASSES, SURFACES, TOLLS, TRUCK_ACCESS
from tests.network.osm.conftest import Build, BuiltRoads
from tests.network.osm.toy_extract import write_extract, write_toy_corridor


def test_all_roads_of_the_toy_add_up_and_ways_in_both_files_count_once(toy_roads: BuiltRoads) -> None:
    km = {row.country: row.length_km for row in toy_roads.description.mapped}
    # the line north and its first km, six rungs, seven ways round, half of the road through the post
    assert km["AFG"] == pytest.approx(34 + 1 + 6 * 8 + 7 * 14 + 2, abs=0.01)
    # half of the post road, rung n and its way round, two carriageways, roundabout, five ways, Peshawar, Mardan
    assert km["PAK"] == pytest.approx(2 + 8 + 14 + 20.001 + 4.94 + 0.17 + 20 + 13 + 15 + 56.001 + 34 + 8, abs=0.01)


def test_the_listed_post_joins_the_two_countries_where_it_stands(toy_roads: BuiltRoads) -> None:
    network = toy_roads.network
    assert list(network.crossing_edges) == ["torkham"]
    gates = network.crossing_nodes("torkham")
    assert sorted(gates) == ["AFG", "PAK"]
    assert set(gates.values()) == toy_roads.node_at((0.0, 0.0))
    assert network.length_km[network.crossing_edges["torkham"]] == 0.0


def test_a_road_across_the_border_away_from_a_post_is_cut_and_listed(toy_roads: BuiltRoads) -> None:
    (cut,) = [repair for repair in toy_roads.repairs if repair.kind == "border_edge_dropped"]
    assert "PAK-AFG: no listed post here" in cut.reason
    assert toy_roads.node_at((45.0, 20.0)) == set()


def test_a_ferry_takes_the_time_that_is_mapped(toy_roads: BuiltRoads) -> None:
    ferry = toy_roads.edge((-58.0, 0.0), (-50.0, 0.0), length_km=8.0)
    assert ROAD_CLASSES[toy_roads.network.attributes.road_class[ferry]] == "ferry"
    assert toy_roads.network.attributes.speed_km_per_h[ferry] == pytest.approx(12.0, rel=1e-4)  # 8 km in 40 minutes


def test_oneway_minus_one_is_drivable_against_the_order_of_its_nodes(toy_roads: BuiltRoads) -> None:
    (road,) = toy_roads.edges_between((-42.0, 0.0), (-50.0, 0.0))
    assert toy_roads.network.attributes.one_way[road]
    assert not toy_roads.edges_between((-50.0, 0.0), (-42.0, 0.0))[1:]


def test_the_two_carriageways_stay_two_edges_with_their_own_lengths(toy_roads: BuiltRoads) -> None:
    (eastward,) = toy_roads.edges_between((10.0, 0.0), (20.0, 0.0))
    (westward,) = toy_roads.edges_between((20.0, 0.0), (10.0, 0.0))
    assert toy_roads.network.length_km[[eastward, westward]].tolist() == pytest.approx([10.0, 10.001], abs=5e-4)
    assert toy_roads.network.attributes.one_way[[eastward, westward]].all()


def test_a_roundabout_is_two_one_way_halves(toy_roads: BuiltRoads) -> None:
    west, east = (24.94, 0.0), (25.0, 0.0)
    halves = [*toy_roads.edges_between(west, east), *toy_roads.edges_between(east, west)]
    assert toy_roads.network.length_km[halves].tolist() == pytest.approx([0.0849, 0.0849], abs=1e-3)
    assert toy_roads.network.attributes.one_way[halves].all()


def test_ways_of_one_kind_become_one_edge_with_summed_length_and_time(toy_roads: BuiltRoads) -> None:
    # bridge 2, tunnel 2 and 4 km, all paved trunk at a posted 80; the way ends where the surface or the label changes
    road = toy_roads.edge((37.0, 0.0), (45.0, 0.0), length_km=8.0)
    assert SURFACES[toy_roads.network.attributes.surface[road]] == "paved"


def test_a_posted_limit_below_the_class_speed_sets_the_speed(toy_roads: BuiltRoads) -> None:
    slow = toy_roads.edge((25.0, 0.0), (31.0, 0.0), length_km=6.0)
    gravel = toy_roads.edge((31.0, 0.0), (37.0, 0.0), length_km=6.0)
    speed = toy_roads.network.attributes.speed_km_per_h
    assert speed[slow] <= 60.0
    assert speed[gravel] == pytest.approx(30.0)


def test_a_dead_end_and_a_road_out_of_the_file_that_serve_nothing_are_left_out(toy_roads: BuiltRoads) -> None:
    north_km = (toy_roads.network.node_lat - 34.124) * 111.195
    east_km = (toy_roads.network.node_lon - 71.093) * 92.05
    assert not ((east_km > 15) & (east_km < 30) & (north_km > 0.1)).any()


@pytest.mark.parametrize(
    ("start_km", "end_km", "name", "limit"),
    [(-23.0, -21.0, "max_height_m", 3.5), (-15.0, -13.0, "max_mass_t", 10.0)],
)
def test_a_limit_holds_on_its_own_two_km_only(
    toy_roads: BuiltRoads, start_km: float, end_km: float, name: str, limit: float
) -> None:
    limits = getattr(toy_roads.network.attributes, name)
    road = toy_roads.edge((start_km, 0.0), (end_km, 0.0), length_km=2.0)
    assert limits[road] == limit
    assert np.isinf(np.delete(limits, road)).all()


@pytest.mark.parametrize(
    ("west_km", "access"), [(-42.0, "destination"), (-10.0, "closed"), (2.0, "closed"), (-26.0 - 8.0, None)]
)
def test_what_trucks_may_not_use_is_known_and_what_is_under_construction_is_absent(
    toy_roads: BuiltRoads, west_km: float, access: str | None
) -> None:
    west, east = (west_km, 0.0), (west_km + 8.0, 0.0)
    straight = [
        edge
        for edge in (*toy_roads.edges_between(west, east), *toy_roads.edges_between(east, west))
        if toy_roads.network.length_km[edge] < 9
    ]
    kinds = [TRUCK_ACCESS[toy_roads.network.attributes.access[edge]] for edge in straight]
    assert kinds == ([] if access is None else [access])


def test_a_toll_motorway_carries_its_toll_both_ways(toy_roads: BuiltRoads) -> None:
    tolled = toy_roads.network.attributes.toll == TOLLS.index("tolled")
    assert toy_roads.network.length_km[tolled].sum() == pytest.approx(28.0 + 28.001, abs=0.002)
    assert toy_roads.network.attributes.one_way[tolled].all()


def test_the_order_of_the_files_does_not_change_the_network(
    build: Build, tmp_path: Path, toy_roads: BuiltRoads
) -> None:
    paths = list(write_toy_corridor(tmp_path).values())
    other = build(paths[::-1]).network
    assert sorted(other.length_km.tolist()) == sorted(toy_roads.network.length_km.tolist())
    assert other.node_lon.tolist() == toy_roads.network.node_lon.tolist()


def test_every_listed_post_is_on_the_network_or_in_the_list_of_those_that_are_not(
    toy_roads: BuiltRoads, evidence: Evidence
) -> None:
    missing = toy_roads.description.unconnected_posts
    assert set(missing) | set(toy_roads.network.crossing_edges) == set(evidence.crossings)
    assert missing["taftan"] == "no roads of IRN on this network"
    assert missing["chaman"] == "no road of these files crosses its border within 15 km of it"


def test_a_file_without_roads_for_trucks_is_refused(build: Build, tmp_path: Path) -> None:
    path = write_extract(
        tmp_path / "paths.osm.pbf", {1: (71.0, 34.0), 2: (71.1, 34.0)}, [(1, [1, 2], {"highway": "footway"})]
    )
    with pytest.raises(DataError, match=r"paths.osm.pbf: no road that a truck can drive"):
        build([path])


def test_ways_that_could_not_be_read_whole_are_counted(toy_roads: BuiltRoads) -> None:
    assert toy_roads.description.repairs["ways_with_missing_nodes"] == 1  # the road north of km 20 leaves the file
