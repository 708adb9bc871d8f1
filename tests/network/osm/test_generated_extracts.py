"""Extracts made for tests of scale: the embedded network as files of countries, and files of any size."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import networkx as nx
import numpy as np
import osmium
import pytest

from benchmarks.large_extracts import ExtractPlan, plan_extract, write_large_extract
from benchmarks.osm_build import Bar, Curve, Run, bar_table, curve_table, run_table, write_as_xml
from benchmarks.pbf_blocks import folded, varints
from benchmarks.process_meter import Measured, measure_process
from benchmarks.snapshot_extracts import write_snapshot_extracts
from corridor.bundled import data_path
from corridor.network.files import read_network
from corridor.network.geometry import great_circle_km
from corridor.network.roads import RoadNetwork

BORDER = ("PAK", "AFG")
SMALL_COUNTRIES = ("PAK", "AFG", "AUT", "SVN")
"""Two that have a post between them, and two between which anyone may cross anywhere."""

LARGE_ROADS = ("trunk", "primary")


@dataclass(frozen=True)
class Objects:
    """What a file holds: id -> place or node ids, and tags."""

    places: dict[int, tuple[float, float]]
    points: dict[int, dict[str, str]]
    ways: dict[int, list[int]]
    tags: dict[int, dict[str, str]]

    def length_km(self, way: int) -> float:
        lon, lat = np.array([self.places[ref] for ref in self.ways[way]]).T
        return float(great_circle_km(lon_a=lon[:-1], lat_a=lat[:-1], lon_b=lon[1:], lat_b=lat[1:]).sum())


@dataclass(frozen=True)
class LargeExtract:
    path: Path
    plan: ExtractPlan
    objects: Objects


def read_objects(path: Path) -> Objects:
    objects = Objects({}, {}, {}, {})
    for thing in osmium.FileProcessor(str(path)):
        if isinstance(thing, osmium.osm.Node):
            objects.places[thing.id] = (thing.location.lon, thing.location.lat)
            if len(thing.tags):
                objects.points[thing.id] = dict(thing.tags)
        elif isinstance(thing, osmium.osm.Way):
            objects.ways[thing.id] = [node.ref for node in thing.nodes]
            objects.tags[thing.id] = dict(thing.tags)
    return objects


@pytest.fixture(scope="module")
def part_of_embedded() -> RoadNetwork:
    network = read_network(data_path("network", "embedded")).roads
    numbers = [network.countries.index(country) for country in SMALL_COUNTRIES]
    inside = np.isin(network.node_country, numbers)
    return network.keeping_edges(inside[network.tail] & inside[network.head])


@pytest.fixture(scope="module")
def country_files(part_of_embedded: RoadNetwork, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return write_snapshot_extracts(part_of_embedded, tmp_path_factory.mktemp("snapshot"))


@pytest.fixture(scope="module")
def country_objects(country_files: dict[str, Path]) -> dict[str, Objects]:
    return {country: read_objects(path) for country, path in country_files.items()}


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> LargeExtract:
    path = tmp_path_factory.mktemp("large") / "large.osm.pbf"
    plan = write_large_extract(path, megabytes=1.0)
    return LargeExtract(path=path, plan=plan, objects=read_objects(path))


def test_each_country_with_roads_has_a_file(country_files: dict[str, Path]) -> None:
    assert sorted(country_files) == sorted(SMALL_COUNTRIES)


def test_a_way_is_as_long_along_its_nodes_as_the_road_it_stands_for(
    part_of_embedded: RoadNetwork, country_objects: dict[str, Objects]
) -> None:
    ways = {way: objects for objects in country_objects.values() for way in objects.ways}
    written = np.array([ways[way].length_km(way) for way in sorted(ways)])
    wanted = part_of_embedded.length_km[np.array(sorted(ways)) - 1]
    shorter_than_straight = written > wanted * 1.0005
    assert shorter_than_straight.sum() <= 13  # of the whole embedded network
    assert written[~shorter_than_straight] == pytest.approx(wanted[~shorter_than_straight], rel=5e-4)


def test_every_road_is_in_the_files_but_crossings_are_not_ways(
    part_of_embedded: RoadNetwork, country_objects: dict[str, Objects]
) -> None:
    written = {way for objects in country_objects.values() for way in objects.ways}
    has_length = part_of_embedded.length_km > 0
    assert written == set((np.flatnonzero(has_length) + 1).tolist())
    assert not has_length[list(part_of_embedded.crossing_edges.values())].any()


def test_the_two_gates_of_a_post_are_one_node_at_which_ways_of_both_countries_end(
    country_objects: dict[str, Objects],
) -> None:
    posts = [{node: tags["name"] for node, tags in country_objects[country].points.items()} for country in BORDER]
    shared = posts[0].keys() & posts[1].keys()
    assert "torkham" in {posts[0][node] for node in shared}
    for country in BORDER:
        ends = {ref for refs in country_objects[country].ways.values() for ref in (refs[0], refs[-1])}
        assert shared <= ends


def test_a_post_is_tagged_as_border_control(country_objects: dict[str, Objects]) -> None:
    kinds = Counter(tags["barrier"] for objects in country_objects.values() for tags in objects.points.values())
    assert kinds.keys() == {"border_control"}


def test_a_road_across_an_open_border_is_in_both_files_the_same(country_objects: dict[str, Objects]) -> None:
    austria, slovenia = country_objects["AUT"], country_objects["SVN"]
    both = austria.ways.keys() & slovenia.ways.keys()
    assert both
    assert all(austria.ways[way] == slovenia.ways[way] for way in both)
    assert all(austria.tags[way] == slovenia.tags[way] for way in both)


def test_the_same_network_gives_the_same_bytes(
    part_of_embedded: RoadNetwork, country_files: dict[str, Path], tmp_path: Path
) -> None:
    again = write_snapshot_extracts(part_of_embedded, tmp_path)
    assert again["AFG"].read_bytes() == country_files["AFG"].read_bytes()


def test_a_large_extract_has_about_the_size_asked_for(large: LargeExtract) -> None:
    assert large.path.stat().st_size == pytest.approx(1e6, rel=0.15)  # rounds of 0.25 MB


def test_one_way_in_fifty_is_a_main_road_and_most_are_buildings(large: LargeExtract) -> None:
    tags = large.objects.tags.values()
    main = sum(row.get("highway") in LARGE_ROADS for row in tags)
    assert main == large.plan.road_ways
    assert main / len(tags) == pytest.approx(0.018, abs=0.005)
    assert sum("building" in row for row in tags) / len(tags) > 0.6


def test_main_roads_can_be_as_many_in_a_larger_file() -> None:
    plans = [plan_extract(megabytes, road_ways=1000) for megabytes in (1.0, 3.0)]
    assert plans[0].road_ways == plans[1].road_ways == pytest.approx(1000, rel=0.1)
    assert plans[1].rounds > 2 * plans[0].rounds


def test_all_main_roads_hang_together(large: LargeExtract) -> None:
    objects = large.objects
    graph = nx.Graph()
    for way, refs in objects.ways.items():
        if objects.tags[way].get("highway") in LARGE_ROADS:
            nx.add_path(graph, refs)
    assert nx.is_connected(graph)
    assert graph.number_of_nodes() == large.plan.road_nodes


def test_every_node_of_a_way_is_in_the_file_once_inside_its_box(large: LargeExtract) -> None:
    objects = large.objects
    assert {ref for refs in objects.ways.values() for ref in refs} == objects.places.keys()
    lon, lat = np.array(list(objects.places.values())).T
    assert large.plan.area.west <= lon.min() <= lon.max() < large.plan.area.east + 0.01
    assert large.plan.area.south <= lat.min() <= lat.max() < large.plan.area.north + 0.01


def test_ids_rise_and_do_not_fit_into_32_bits(large: LargeExtract) -> None:
    for ids in (list(large.objects.places), list(large.objects.ways)):
        assert ids == sorted(set(ids))
    assert min(large.objects.places) > 2**32


def test_a_large_extract_has_the_same_bytes_each_time(large: LargeExtract, tmp_path: Path) -> None:
    again = tmp_path / "again.osm.pbf"
    write_large_extract(again, megabytes=1.0)
    assert again.read_bytes() == large.path.read_bytes()


def test_an_extract_of_any_shape_counts_its_road_nodes_right() -> None:
    plan = ExtractPlan(rounds=1, cells=2)
    # 3 x 3 junctions, 12 chains of 4 ways and 60 stretches: 59 nodes within each
    assert (plan.junctions, plan.chains, plan.road_ways) == (9, 12, 48)
    assert plan.road_nodes == 9 + 12 * 59


def test_large_signed_numbers_are_written_in_ten_bytes() -> None:
    assert varints(folded([-(2**63)])).hex() == "ff" * 9 + "01"  # 2^64 - 1: 9 x 7 bits and 1 more


def test_xml_of_an_extract_has_the_same_objects(large: LargeExtract, tmp_path: Path) -> None:
    objects = read_objects(write_as_xml(large.path, tmp_path / "large.osm"))
    assert objects == large.objects


def test_memory_of_a_process_and_of_what_it_starts_is_measured() -> None:
    hold = "held = bytearray(b'x' * 60_000_000)"
    wait = f"import time; {hold}; time.sleep(0.5)"
    start = f"import subprocess, sys; {hold}; subprocess.run([sys.executable, '-c', {wait!r}])"
    measured = measure_process([sys.executable, "-c", start])
    assert measured.anon_mib > 2 * 57  # 60,000,000 bytes are 57.2 MiB, in each of two processes
    assert measured.peak_mib >= measured.anon_mib


def test_a_command_that_fails_says_what_it_said() -> None:
    with pytest.raises(SystemExit, match="no such road"):
        measure_process([sys.executable, "-c", "raise SystemExit('no such road')"])


def run_of(name: str, *, file_mb: float, own_mib: float) -> Run:
    return Run(name, file_mb, Measured(2.0, own_mib + 100, own_mib, 100, "2 nodes"), inner_s=0.5)


def test_runs_are_printed_as_a_table() -> None:
    row = run_table([run_of("pyrosm", file_mb=100, own_mib=900)]).splitlines()[-1]
    assert row == "| pyrosm | 100.0 MB | 2.0 s | 0.50 s | 1000 MiB | 900 MiB | 100 MiB |"


@pytest.mark.parametrize(
    ("bar", "row"),
    [
        (Bar("times faster", 4.0, 4, at_least=True), "| times faster | 4.00 | at least 4 | yes |"),
        (Bar("times faster", 3.9, 4, at_least=True), "| times faster | 3.90 | at least 4 | no |"),
        (Bar("share", 0.6, 0.5, at_least=False), "| share | 0.60 | at most 0.5 | no |"),
    ],
)
def test_a_goal_is_met_on_the_right_side_of_its_bar(bar: Bar, row: str) -> None:
    assert bar_table([bar]).splitlines()[-1] == row


def test_memory_on_nine_gigabytes_is_read_off_the_line_through_the_runs() -> None:
    curve = Curve("build", tuple(run_of("build", file_mb=mb, own_mib=80 + 0.5 * mb) for mb in (50, 100, 400)))
    # 80 MiB + 0.5 MiB a MB: 500 MiB a GB, 80 + 0.5 x 9000 on 9 GB
    assert "Of its own: 80 MiB and 500 MiB a GB of file; on 9 GB that would be 4,580 MiB." in curve_table(curve)
