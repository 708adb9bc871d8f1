from __future__ import annotations

from pathlib import Path

import pytest

from corridor.errors import DataError
from corridor.evidence import Evidence, read_evidence
from corridor.road_kinds import ROAD_CLASSES
from tests.evidence.conftest import add_rows


@pytest.mark.parametrize("road_class", sorted({*ROAD_CLASSES} - {"unknown", "ferry"}))
@pytest.mark.parametrize("country", ["PAK", "KAZ", "FRA"])
def test_every_road_of_every_country_has_a_speed_and_a_limit(evidence: Evidence, country: str, road_class: str) -> None:
    assert evidence.truck_speeds.class_speed_km_per_h(country, road_class) > 0
    assert evidence.truck_speeds.legal_limit_km_per_h(country, road_class) >= 60


def test_better_roads_are_faster(evidence: Evidence) -> None:
    classes = ("motorway", "trunk", "primary", "secondary", "tertiary", "unclassified", "residential", "living_street")
    speeds = [evidence.truck_speeds.class_speed_km_per_h("PAK", road_class) for road_class in classes]
    assert speeds == sorted(set(speeds), reverse=True)


def test_worse_surfaces_are_slower_and_an_unknown_one_is_taken_as_paved(evidence: Evidence) -> None:
    factor = evidence.truck_speeds.surface_factor
    assert 1.0 == factor("paved") == factor("unknown") > factor("gravel") > factor("earth") > 0


@pytest.mark.parametrize(
    ("country", "road_class", "km_per_h"),
    [
        ("BLR", "motorway", 90),
        ("BLR", "motorway_link", 90),
        ("BLR", "primary", 70),
        ("LTU", "trunk", 80),
        ("LTU", "secondary", 70),
        ("FRA", "motorway", 90),  # no row of its own
        ("FRA", "primary", 80),
        ("KGZ", "motorway", 70),  # its own row for all classes comes before the common one for motorways
    ],
)
def test_the_law_of_the_country_comes_first_and_then_that_for_all(
    evidence: Evidence, country: str, road_class: str, km_per_h: float
) -> None:
    assert evidence.truck_speeds.legal_limit_km_per_h(country, road_class) == km_per_h


def test_zones_are_named_as_tags_name_them(evidence: Evidence) -> None:
    zones = evidence.truck_speeds.zone_limits
    assert (zones["RU:urban"], zones["BY:rural"], zones["PL:motorway"]) == (60, 90, 140)
    assert zones["walk"] < 10


def test_faults_of_the_table_come_at_once_with_their_lines(tables: Path) -> None:
    first = add_rows(
        tables / "truck_speeds.csv",
        "class_speed,PAK,motorwy,85,,,km/h,2026,judgement,D,",
        "class_speed,PAC,motorway,85,,,km/h,2026,judgement,D,",
        "truck_limit,PAK,trunk,80,,,mph,2026,judgement,D,",
        "surface_factor,PAK,gravel,1.5,,,ratio,2026,judgement,D,",
        "zone_limit,PAK,urban,50,60,70,km/h,2026,hearsay,D,",
    )
    with pytest.raises(DataError) as caught:
        read_evidence(tables)
    lines = str(caught.value).splitlines()
    for offset, words in enumerate(
        [
            "unknown kind of road 'motorwy'. Did you mean 'motorway'?",
            "unknown country 'PAC'. Did you mean 'PAK'?",
            "unit: expected km/h, got 'mph'",
            "value: expected 0.01 to 1, got 1.5",
            "expected low <= value <= high",
        ]
    ):
        assert any(line.startswith(f"truck_speeds.csv:{first + offset}:") and words in line for line in lines)


def test_a_class_without_any_speed_is_refused(tables: Path) -> None:
    path = tables / "truck_speeds.csv"
    rows = [row for row in path.read_text(encoding="utf-8").splitlines() if not row.startswith("class_speed,*,trunk,")]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"no row for all countries \('\*'\) of class_speed of 'trunk'"):
        read_evidence(tables)
