"""What is mapped of the real roads of Perm, counted once by the rules and once by the tags alone."""

from __future__ import annotations

import json
from collections import Counter
from math import inf
from pathlib import Path

import pytest

from corridor.evidence import Evidence
from corridor.network.osm.tag_rules import (
    RULE_KEYS,
    height_limit_m,
    is_bridge,
    is_tunnel,
    lane_count,
    mass_limit_t,
    road_class,
    speed_limit_km_per_h,
    surface,
    toll,
    travel_direction,
    truck_access,
)

PERM = Path(__file__).resolve().parents[3].parent / "shared" / "osm" / "perm_roads.geojson"

pytestmark = pytest.mark.skipif(not PERM.is_file(), reason="needs ../shared/osm/perm_roads.geojson, the roads of Perm")

SPEED_KEYS = ("maxspeed", "maxspeed:forward", "maxspeed:backward", "maxspeed:type")
GRAVEL = {"gravel", "compacted", "unpaved"}
EARTH = {"ground", "dirt", "sand", "grass"}


@pytest.fixture(scope="module")
def roads() -> list[dict[str, str]]:
    features = json.loads(PERM.read_text(encoding="utf-8"))["features"]
    return [feature["properties"] for feature in features]


@pytest.fixture(scope="module")
def zone_limits(evidence: Evidence) -> dict[str, float]:
    return dict(evidence.truck_speeds.zone_limits)


def test_as_many_limits_are_mapped_in_perm_as_roads_have_a_tag_of_one(
    roads: list[dict[str, str]], zone_limits: dict[str, float]
) -> None:
    found = [speed_limit_km_per_h(tags, zone_limits=zone_limits) for tags in roads]
    tagged = [any(tags.get(key, "sign") != "sign" for key in SPEED_KEYS) for tags in roads]
    assert [speed is not None for speed in found] == tagged
    assert all(speed is None or 5 <= speed <= 90 for speed in found)


def test_surfaces_of_perm_are_all_understood(roads: list[dict[str, str]]) -> None:
    plain = [tags for tags in roads if "surface" in tags and "smoothness" not in tags]
    expected = Counter(
        "earth" if tags["surface"] in EARTH else "gravel" if tags["surface"] in GRAVEL else "paved" for tags in plain
    )
    assert Counter(surface(tags) for tags in plain) == expected
    assert all(surface(tags) == "unknown" for tags in roads if not {"surface", "smoothness"} & tags.keys())


def test_limits_of_mass_and_height_in_perm_are_the_posted_ones(roads: list[dict[str, str]]) -> None:
    masses = Counter(mass for tags in roads if (mass := mass_limit_t(tags)) < inf)
    heights = Counter(height for tags in roads if (height := height_limit_m(tags)) < inf)
    assert masses == Counter(float(tags["maxweight"]) for tags in roads if "maxweight" in tags)
    assert heights == {4.7: 1, 4.5: 1}  # five more say "default", which is no number


def test_roads_of_perm_are_closed_to_trucks_where_the_most_specific_tag_says_so(roads: list[dict[str, str]]) -> None:
    words = [tags.get("hgv") or tags.get("motor_vehicle") or tags.get("access") or "yes" for tags in roads]
    by_hand = Counter(
        "closed" if word in ("no", "private") else "destination" if word == "destination" else "open" for word in words
    )
    assert Counter(truck_access(tags) for tags in roads) == by_hand
    assert by_hand["closed"] == 15  # hgv=no 8, access=no 5, access=private 2, none with both


def test_lanes_bridges_and_tunnels_of_perm_are_counted_as_tagged(roads: list[dict[str, str]]) -> None:
    assert sum(lane_count(tags) is not None for tags in roads) == sum("lanes" in tags for tags in roads)
    assert sum(is_bridge(tags) for tags in roads) == sum(tags.get("bridge") == "yes" for tags in roads)
    assert sum(is_tunnel(tags) for tags in roads) == sum("tunnel" in tags for tags in roads)


def test_no_road_of_perm_says_whether_it_is_tolled(roads: list[dict[str, str]]) -> None:
    assert Counter(toll(tags) for tags in roads) == {"unknown": len(roads)}


def test_the_copied_keys_alone_say_the_same_of_every_road_of_perm(roads: list[dict[str, str]]) -> None:
    for tags in roads:
        copied = {key: text for key, text in tags.items() if key in RULE_KEYS}
        for rule in (road_class, travel_direction, surface, truck_access, mass_limit_t, height_limit_m, lane_count):
            assert rule(copied) == rule(tags)
