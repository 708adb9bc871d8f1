"""The shipped network against its source, its tables and the posts that defeat plain polygons."""

import csv
from importlib.util import find_spec

import numpy as np
import pytest

from corridor.bundled import data_path
from corridor.evidence import Evidence, read_evidence
from corridor.network.check import MEAN_ERROR_MAX, PAIR_ERROR_MAX, measure_known_distances
from corridor.network.files import StoredNetwork, read_network
from corridor.network.geometry import great_circle_km
from corridor.network.snapshot import build_embedded_network

NEEDED_HOLES = (
    "IR Lisar-Astara (Road 49)",
    "IR/AZ Astara border bridge",
    "IR Quchan-Mashhad freeway gap",
    "PK Miranshah gap (Ghulam Khan road)",
    "BY/PL Bruzgi-Kuznica",
    "BY/PL Berestovitsa-Bobrowniki (to Bialystok)",
)


@pytest.fixture(scope="module")
def evidence() -> Evidence:
    return read_evidence()


@pytest.fixture(scope="module")
def stored() -> StoredNetwork:
    return read_network(data_path("network", "embedded"))


@pytest.mark.skipif(find_spec("scgraph_data") is None, reason="needs the package scgraph-data")
def test_the_shipped_network_is_what_the_build_makes(evidence: Evidence, stored: StoredNetwork) -> None:
    roads, description, _ = build_embedded_network(evidence, progress=lambda _: None)
    assert description == stored.description
    assert roads.crossing_edges == stored.roads.crossing_edges
    np.testing.assert_array_equal(roads.tail, stored.roads.tail)
    np.testing.assert_array_equal(roads.node_country, stored.roads.node_country)
    np.testing.assert_allclose(roads.length_km, stored.roads.length_km, atol=5.1e-4)


def test_every_connected_post_has_its_two_countries_on_its_two_sides(evidence: Evidence, stored: StoredNetwork) -> None:
    for crossing_id in stored.roads.crossing_edges:
        crossing = evidence.crossings[crossing_id]
        assert set(stored.roads.crossing_nodes(crossing_id)) == {crossing.country_a, crossing.country_b}


def test_every_post_stands_where_the_table_puts_it(evidence: Evidence, stored: StoredNetwork) -> None:
    with data_path("snapshot", "post_edges.csv").open(encoding="utf-8", newline="") as file:
        off_road_km = {row["crossing"]: float(row["off_road_km"] or 8.0) for row in csv.DictReader(file)}
    for crossing_id, edge in stored.roads.crossing_edges.items():
        node, crossing = stored.roads.tail[edge], evidence.crossings[crossing_id]
        away_km = great_circle_km(
            lon_a=stored.roads.node_lon[node],
            lat_a=stored.roads.node_lat[node],
            lon_b=crossing.lon,
            lat_b=crossing.lat,
        )
        assert float(away_km) <= off_road_km[crossing_id] + 8.0, crossing_id


def test_posts_without_a_road_are_listed_with_a_reason(evidence: Evidence, stored: StoredNetwork) -> None:
    missing = set(evidence.crossings) - set(stored.roads.crossing_edges)
    assert missing == set(stored.description.unconnected_posts)
    assert all(stored.description.unconnected_posts.values())


def test_the_needed_holes_are_closed() -> None:
    with data_path("network", "embedded", "repairs.csv").open(encoding="utf-8", newline="") as file:
        closed = [row["reason"].split(": ")[0] for row in csv.DictReader(file) if row["kind"] == "hole_closed"]
    assert set(NEEDED_HOLES) <= set(closed)


def test_distances_that_were_not_used_to_fit_are_right_on_average_and_one_by_one(stored: StoredNetwork) -> None:
    checks = measure_known_distances(stored.roads, data_path("snapshot", "city_pairs.csv"))
    errors = [abs(check.error_share) for check in checks if check.use == "check"]
    assert len(errors) >= 20
    assert sum(errors) / len(errors) <= MEAN_ERROR_MAX
    assert max(errors) <= PAIR_ERROR_MAX


def test_every_published_length_names_a_source_of_the_table(evidence: Evidence) -> None:
    with data_path("snapshot", "published_lengths.csv").open(encoding="utf-8", newline="") as file:
        assert {row["source"] for row in csv.DictReader(file)} <= set(evidence.sources)


def test_published_lengths_come_out_as_published(stored: StoredNetwork) -> None:
    checks = measure_known_distances(stored.roads, data_path("snapshot", "city_pairs.csv"))
    by_name = {check.name: check.length_km for check in checks}
    assert by_name["Islamabad - Khunjerab"] == pytest.approx(870.0, abs=1.0)
    assert by_name["Khunjerab - Kashgar"] == pytest.approx(420.0, abs=1.0)
