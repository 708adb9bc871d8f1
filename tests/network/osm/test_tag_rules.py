from __future__ import annotations

import json
from collections import Counter
from math import inf, isfinite, isnan
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridor.evidence import Evidence
from corridor.network.osm.tag_rules import (
    CONDITIONAL_KEYS,
    RULE_KEYS,
    Tags,
    ferry_duration_h,
    height_limit_m,
    is_bridge,
    is_tunnel,
    lane_count,
    mass_limit_t,
    road_class,
    road_label,
    speed_limit_km_per_h,
    surface,
    toll,
    travel_direction,
    truck_access,
    truck_speed_limit_km_per_h,
)
from corridor.road_kinds import ROAD_CLASSES, SURFACES, TOLLS, TRUCK_ACCESS

ZONES = {"PK:urban": 50.0, "RU:urban": 60.0, "RU:rural": 90.0, "walk": 6.0}
PERM = Path(__file__).parents[4] / "shared" / "osm" / "perm_roads.geojson"


def speed(text: str) -> float | None:
    return speed_limit_km_per_h({"maxspeed": text}, zone_limits=ZONES)


@pytest.mark.parametrize("highway", sorted({*ROAD_CLASSES} - {"unknown", "ferry"}))
def test_every_class_that_a_truck_can_drive_is_a_road(highway: str) -> None:
    assert road_class({"highway": highway}) == highway


@pytest.mark.parametrize(
    "highway",
    ["construction", "proposed", "planned", "footway", "cycleway", "track", "raceway", "road", "trunk;primary", ""],
)
def test_roads_not_yet_built_paths_and_roads_of_unknown_class_are_left_out(highway: str) -> None:
    assert road_class({"highway": highway, "construction": "trunk", "proposed": "trunk"}) is None


def test_works_on_a_road_in_use_do_not_close_it() -> None:
    assert road_class({"highway": "trunk", "construction": "minor"}) == "trunk"


def test_an_area_is_no_road() -> None:
    assert road_class({"highway": "service", "area": "yes"}) is None


@pytest.mark.parametrize("key", ["motor_vehicle", "motorcar", "hgv", "vehicle"])
def test_a_ferry_that_takes_motor_vehicles_is_a_way_over_water(key: str) -> None:
    assert road_class({"route": "ferry", key: "yes"}) == "ferry"


def test_a_ferry_of_which_nothing_is_said_or_that_takes_none_is_left_out() -> None:
    assert road_class({"route": "ferry"}) is None
    assert road_class({"route": "ferry", "motor_vehicle": "no", "foot": "yes"}) is None


@pytest.mark.parametrize(
    ("tags", "direction"),
    [
        ({"oneway": "yes"}, "forward"),
        ({"oneway": "true"}, "forward"),
        ({"oneway": "1"}, "forward"),
        ({"oneway": "-1"}, "backward"),
        ({"oneway": "reverse"}, "backward"),
        ({"oneway": "no"}, "both"),
        ({}, "both"),
    ],
)
def test_oneway_says_in_which_direction_trucks_drive(tags: Tags, direction: str) -> None:
    assert travel_direction({"highway": "primary", **tags}) == direction


def test_a_reversible_road_is_open_both_ways_at_some_hour() -> None:
    assert travel_direction({"highway": "motorway", "oneway": "reversible"}) == "both"
    assert travel_direction({"highway": "primary", "oneway": "alternating"}) == "both"


@pytest.mark.parametrize("junction", ["roundabout", "circular"])
def test_a_roundabout_is_driven_one_way_unless_a_tag_says_otherwise(junction: str) -> None:
    assert travel_direction({"highway": "primary", "junction": junction}) == "forward"
    assert travel_direction({"highway": "primary", "junction": junction, "oneway": "no"}) == "both"


def test_a_motorway_is_one_way_and_its_link_is_not_unless_tagged() -> None:
    assert travel_direction({"highway": "motorway"}) == "forward"
    assert travel_direction({"highway": "motorway", "oneway": "no"}) == "both"
    assert travel_direction({"highway": "motorway_link"}) == "both"


def test_what_oneway_says_of_trucks_beats_what_it_says_of_all() -> None:
    assert travel_direction({"highway": "primary", "oneway": "yes", "oneway:hgv": "no"}) == "both"


@pytest.mark.parametrize(
    ("text", "km_per_h"),
    [("60", 60.0), (" 60 ", 60.0), ("60 km/h", 60.0), ("60,5", 60.5), ("90.0", 90.0), ("1", 1.0), ("200", 200.0)],
)
def test_a_bare_speed_limit_is_in_km_per_h(text: str, km_per_h: float) -> None:
    assert speed(text) == km_per_h


@pytest.mark.parametrize(("text", "km_per_h"), [("40 mph", 64.37376), ("40mph", 64.37376), ("20 knots", 37.04)])
def test_miles_and_knots_are_converted(text: str, km_per_h: float) -> None:
    assert speed(text) == pytest.approx(km_per_h)


def test_no_limit_is_known_to_be_none() -> None:
    assert speed("none") == inf


@pytest.mark.parametrize(
    ("text", "km_per_h"),
    [("PK:urban", 50.0), ("pk:urban", 50.0), ("RU:rural", 90.0), ("DE:zone30", 30.0), ("DE:zone:30", 30.0)],
)
def test_a_zone_stands_for_the_limit_of_its_country(text: str, km_per_h: float) -> None:
    assert speed(text) == km_per_h


def test_an_unknown_zone_says_nothing() -> None:
    assert speed("XX:urban") is None


def test_walking_pace_is_that_of_the_table() -> None:
    assert speed("walk") == 6.0


@pytest.mark.parametrize("text", ["50;60", "60;50", "60|50", "50; nonsense", "RU:urban;50"])
def test_of_a_list_of_speeds_the_lowest_counts(text: str) -> None:
    assert speed(text) == 50.0


@pytest.mark.parametrize(
    "text",
    [
        "0",
        "999",
        "-50",
        "fast",
        "signals",
        "variable",
        "",
        "50 60",
        "1e3",
        "\u0665\u0660",
        "\uff15\uff10",
        "6" * 300,
        "nan",
    ],
)
def test_a_speed_that_is_none_is_not_mapped(text: str) -> None:
    assert speed(text) is None


def test_where_directions_differ_the_lower_limit_counts() -> None:
    tags = {"maxspeed": "90", "maxspeed:forward": "70", "maxspeed:backward": "80"}
    assert speed_limit_km_per_h(tags, zone_limits=ZONES) == 70.0


@pytest.mark.parametrize("key", ["maxspeed:type", "source:maxspeed", "zone:maxspeed", "zone:traffic"])
def test_the_kind_of_limit_serves_where_its_number_is_missing(key: str) -> None:
    assert speed_limit_km_per_h({key: "RU:urban"}, zone_limits=ZONES) == 60.0
    assert speed_limit_km_per_h({key: "RU:urban", "maxspeed": "40"}, zone_limits=ZONES) == 40.0


def test_a_limit_for_trucks_is_read_apart_from_that_for_all() -> None:
    tags = {"maxspeed": "110", "maxspeed:hgv": "80", "maxspeed:hgv:backward": "70"}
    assert truck_speed_limit_km_per_h(tags, zone_limits=ZONES) == 70.0
    assert speed_limit_km_per_h(tags, zone_limits=ZONES) == 110.0
    assert truck_speed_limit_km_per_h({"maxspeed": "110"}, zone_limits=ZONES) is None


@pytest.mark.parametrize(
    ("text", "mass_t"),
    [
        ("3.5", 3.5),
        ("3,5", 3.5),
        ("3.5 t", 3.5),
        ("7.5t", 7.5),
        ("16000 kg", 16.0),
        ("20 st", 18.1436948),
        ("40;20", 20.0),
        ("10,000 lbs", 4.5359237),
        ("12,000 kg", 12.0),
        ("30 т", 30.0),
        ("16000 кг", 16.0),
    ],
)
def test_a_weight_limit_is_in_tonnes_unless_it_says_otherwise(text: str, mass_t: float) -> None:
    assert mass_limit_t({"maxweight": text}) == pytest.approx(mass_t)


def test_of_several_weight_limits_the_lowest_counts() -> None:
    assert mass_limit_t({"maxweight": "30", "maxweight:hgv": "20", "maxweightrating": "25"}) == 20.0


@pytest.mark.parametrize("text", ["none", "default", "unsigned", "heavy", "0", "-3"])
def test_a_weight_limit_that_says_nothing_limits_nothing(text: str) -> None:
    assert mass_limit_t({"maxweight": text}) == inf
    assert mass_limit_t({}) == inf


@pytest.mark.parametrize(
    ("text", "height_m"),
    [
        ("4", 4.0),
        ("4.2 m", 4.2),
        ("4,2", 4.2),
        ("420 cm", 4.2),
        ("10'6\"", 3.2004),
        ("10’6”", 3.2004),
        ("10′6″", 3.2004),
        ("12'", 3.6576),
        ("13 ft 6 in", 4.1148),
    ],
)
def test_a_height_limit_is_in_metres_unless_it_says_otherwise(text: str, height_m: float) -> None:
    assert height_limit_m({"maxheight": text}) == pytest.approx(height_m)


def test_the_lower_of_the_signed_and_the_measured_height_counts() -> None:
    assert height_limit_m({"maxheight": "4.5", "maxheight:physical": "4.3"}) == 4.3


@pytest.mark.parametrize("text", ["default", "below_default", "none", "no_sign", "tall", "0"])
def test_a_height_that_says_nothing_limits_nothing(text: str) -> None:
    assert height_limit_m({"maxheight": text}) == inf


@pytest.mark.parametrize("value", ["no", "private", "agricultural", "forestry", "military", "emergency", "permit"])
@pytest.mark.parametrize("key", ["hgv", "motor_vehicle", "access"])
def test_a_road_that_forbids_trucks_is_closed_to_them(key: str, value: str) -> None:
    assert truck_access({key: value}) == "closed"


@pytest.mark.parametrize("value", ["destination", "delivery", "customers", "destination;delivery"])
def test_a_road_for_customers_is_open_to_load_and_unload_only(value: str) -> None:
    assert truck_access({"hgv": value}) == "destination"


@pytest.mark.parametrize("value", ["yes", "designated", "permissive", "official", "unknown", "discouraged"])
def test_a_road_that_allows_trucks_or_says_nothing_is_open(value: str) -> None:
    assert truck_access({"access": value}) == "open"
    assert truck_access({}) == "open"


def test_what_is_said_of_trucks_beats_what_is_said_of_all_vehicles() -> None:
    assert truck_access({"access": "no", "motor_vehicle": "yes"}) == "open"
    assert truck_access({"access": "yes", "motor_vehicle": "yes", "hgv": "no"}) == "closed"
    assert truck_access({"access": "private", "hgv": "nonsense"}) == "closed"


def test_a_road_closed_to_vans_is_closed_to_trucks_but_one_open_to_vans_need_not_be_open() -> None:
    assert truck_access({"goods": "no"}) == "closed"
    assert truck_access({"goods": "yes", "access": "no"}) == "closed"


@pytest.mark.parametrize("value", ["yes;no", "no;destination", "yes|private"])
def test_of_a_list_of_rights_the_most_restrictive_counts(value: str) -> None:
    assert truck_access({"hgv": value}) == "closed"


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ({"toll": "yes"}, "tolled"),
        ({"toll": "no"}, "free"),
        ({"toll": "no", "toll:hgv": "yes"}, "tolled"),
        ({"toll": "yes", "toll:hgv": "no"}, "free"),
        ({"toll": "sometimes"}, "unknown"),
        ({}, "unknown"),
    ],
)
def test_a_toll_of_trucks_beats_one_of_all(tags: Tags, expected: str) -> None:
    assert toll(tags) == expected


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ({"surface": "asphalt"}, "paved"),
        ({"surface": "concrete:plates"}, "paved"),
        ({"surface": "unpaved"}, "gravel"),
        ({"surface": "mud"}, "earth"),
        ({"surface": "asphalt;gravel"}, "gravel"),
        ({"surface": "chocolate"}, "unknown"),
        ({}, "unknown"),
    ],
)
def test_surfaces_are_paved_gravel_or_earth_the_worst_of_a_list(tags: Tags, expected: str) -> None:
    assert surface(tags) == expected


def test_a_rough_road_drives_like_a_worse_surface() -> None:
    assert surface({"surface": "asphalt", "smoothness": "bad"}) == "gravel"
    assert surface({"surface": "asphalt", "smoothness": "very_bad"}) == "earth"
    assert surface({"surface": "dirt", "smoothness": "good"}) == "earth"
    assert surface({"smoothness": "good"}) == "paved"
    assert surface({"surface": "asphalt", "smoothness": "intermediate"}) == "paved"


@pytest.mark.parametrize(
    ("text", "count"), [("2", 2), ("2;3", 2), ("1.5", None), ("many", None), ("0", None), ("²", None)]
)
def test_lanes_are_whole_numbers(text: str, count: int | None) -> None:
    assert lane_count({"lanes": text}) == count


def test_bridges_and_tunnels_of_any_kind_are_structures() -> None:
    assert is_bridge({"bridge": "viaduct"})
    assert is_tunnel({"tunnel": "yes"})
    assert not is_bridge({"bridge": "no"})
    assert not is_tunnel({})


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("00:40", 2 / 3),
        ("1:30", 1.5),
        ("01:30:00", 1.5),
        ("PT45M", 0.75),
        ("PT1H30M", 1.5),
        ("P1DT2H", 26.0),
        ("90", 1.5),
    ],
)
def test_the_duration_of_a_ferry_is_read_in_every_usual_form(text: str, hours: float) -> None:
    assert ferry_duration_h({"duration": text}) == pytest.approx(hours)


@pytest.mark.parametrize("text", ["", "a while", "0", "P", "PT", "99999"])
def test_a_duration_that_is_none_is_not_mapped(text: str) -> None:
    assert ferry_duration_h({"duration": text}) is None


def test_a_road_is_called_by_its_number_then_its_english_name_then_its_name() -> None:
    assert road_label(ref="M1", int_ref="E30", name_en="Road", name="Дорога") == "M1"
    assert road_label(ref="", int_ref="E30", name_en="Road", name="Дорога") == "E30"
    assert road_label(ref="", int_ref="", name_en="Road", name="Дорога") == "Road"
    assert road_label(ref="", int_ref="", name_en="", name="Дорога") == "Дорога"


def test_rules_for_some_hours_are_kept_and_no_key_is_read_twice() -> None:
    assert set(CONDITIONAL_KEYS) <= set(RULE_KEYS)
    assert len(set(RULE_KEYS)) == len(RULE_KEYS)


@given(st.dictionaries(st.sampled_from(RULE_KEYS), st.text(max_size=60)))
def test_no_text_in_a_tag_breaks_a_rule_or_gives_an_impossible_value(tags: Tags) -> None:
    limits = [rule(tags, zone_limits=ZONES) for rule in (speed_limit_km_per_h, truck_speed_limit_km_per_h)]
    assert all(limit is None or limit > 0 for limit in limits)
    assert mass_limit_t(tags) > 0
    assert height_limit_m(tags) > 0
    assert not isnan(mass_limit_t(tags) + height_limit_m(tags))
    hours = ferry_duration_h(tags)
    assert hours is None or (hours > 0 and isfinite(hours))
    assert truck_access(tags) in TRUCK_ACCESS
    assert toll(tags) in TOLLS
    assert surface(tags) in SURFACES
    assert road_class(tags) in {*ROAD_CLASSES, None}
    assert travel_direction(tags) in ("both", "forward", "backward")
    assert lane_count(tags) is None or is_bridge(tags) in (True, False)


@pytest.mark.parametrize(
    "text", [":" * 100_000, "a:" * 50_000, "9" * 100_000, "PT" * 50_000, ";" * 100_000, "1'" * 50_000]
)
def test_a_text_of_a_hundred_kilobytes_is_read_at_once(text: str) -> None:
    tags = dict.fromkeys(RULE_KEYS, text)
    assert speed_limit_km_per_h(tags, zone_limits=ZONES) is None
    assert (mass_limit_t(tags), height_limit_m(tags), ferry_duration_h(tags)) == (inf, inf, None)


@pytest.fixture(scope="module")
def perm() -> list[dict[str, str]]:
    if not PERM.exists():
        pytest.skip("the real extracts are not on this machine")
    features = json.loads(PERM.read_text(encoding="utf-8"))["features"]
    rows = [{key: str(value) for key, value in feature["properties"].items() if value} for feature in features]
    return [row for row in rows if "highway" in row]


def test_every_road_of_perm_has_a_class_or_is_on_a_short_list(perm: list[dict[str, str]]) -> None:
    left_out = Counter(tags["highway"] for tags in perm if road_class(tags) is None)
    assert len(perm) > 1000
    assert set(left_out) == {"motorway_junction"}


def test_every_posted_speed_of_perm_is_understood(perm: list[dict[str, str]], evidence: Evidence) -> None:
    zones = evidence.truck_speeds.zone_limits
    posted = [tags["maxspeed"] for tags in perm if "maxspeed" in tags]
    unknown = [text for text in posted if speed_limit_km_per_h({"maxspeed": text}, zone_limits=zones) is None]
    assert len(posted) > 100
    assert unknown == []


def test_one_way_roads_of_perm_are_as_many_as_a_plain_count_finds(perm: list[dict[str, str]]) -> None:
    found = sum(travel_direction(tags) != "both" for tags in perm)
    plain = sum(
        tags.get("oneway") in ("yes", "-1") or ("oneway" not in tags and tags.get("junction") == "roundabout")
        or ("oneway" not in tags and tags["highway"] == "motorway")
        for tags in perm
    )  # fmt: skip
    assert found == plain > 0
