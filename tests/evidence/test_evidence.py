"""The bundled tables as a whole."""

from __future__ import annotations

import csv
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from corridor.bundled import data_path
from corridor.errors import DataError
from corridor.evidence import Corridor, Evidence, evidence_faults
from corridor.evidence.places_tables import read_places
from corridor.scenario import bundled_measures, read_measure


def test_the_bundled_tables_fit_together(evidence: Evidence) -> None:
    measures = [read_measure(name, known=None).measure for name in bundled_measures()]
    assert evidence_faults(evidence, measures) == []


def test_reading_evidence_imports_no_heavy_library() -> None:
    code = (
        "import sys; from corridor.evidence import read_evidence; read_evidence(); "
        "sys.exit(any(name in sys.modules for name in ('numpy', 'pandas', 'pydantic', 'scipy')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_no_place_has_the_id_of_a_post(evidence: Evidence) -> None:
    assert set(evidence.places) & set(evidence.crossings) == set()


@pytest.mark.parametrize(
    ("place", "country"),
    [("islamabad", "PAK"), ("minsk", "BLR"), ("st_petersburg", "RUS"), ("kashgar", "CHN"), ("town_torkham", "PAK")],
)
def test_the_places_people_ask_for_are_there(evidence: Evidence, place: str, country: str) -> None:
    assert evidence.places[place].country == country


def test_every_place_lies_in_the_box_of_the_network(evidence: Evidence) -> None:
    for place in evidence.places.values():
        assert -11 <= place.lon <= 92, place.id
        assert 20 <= place.lat <= 63, place.id


def test_the_first_six_presets_are_the_routes_named_at_the_meeting(evidence: Evidence) -> None:
    codes = {row.code: row.named_by_minister for row in evidence.corridors.values()}
    assert list(codes) == ["R1", "R2", "R3", "R4", "R5", "R6", "R7", "R8"]
    assert [code for code, is_named in codes.items() if is_named] == ["R1", "R2", "R3", "R4", "R5", "R6"]
    assert evidence.corridors["qtta"].posts[1] == ("torugart", "irkeshtam")


def test_two_drivers_start_their_weekly_rest_after_six_days(evidence: Evidence) -> None:
    rules = evidence.driver_rules["aetr_2"]
    assert rules.week_clock_h == 6 * 24
    assert rules.gap_h is None


def test_every_money_row_of_a_source_can_be_found_again(evidence: Evidence) -> None:
    for row in evidence.parameters.values():
        assert row.source, row.key
        for key in row.source:
            source = evidence.sources[key]
            assert source.address or source.title, key


def test_known_names_are_those_of_the_tables(evidence: Evidence) -> None:
    names = evidence.known_names()
    assert "torkham" in names.crossings
    assert "diesel_usd_per_l" in names.parameters
    assert names.corridors == frozenset(evidence.corridors)


def test_a_corridor_of_posts_that_do_not_meet_is_found(evidence: Evidence) -> None:
    broken = Corridor("x", "X", "X1", named_by_minister=False, posts=(("torkham",), ("kordai",)), note="", source=())
    assert evidence_faults(replace(evidence, corridors={"x": broken}))[-2:] == [
        "corridors.csv: x: post 'kordai' takes no trucks; expected one that does.",
        "corridors.csv: x: no country lies between torkham and kordai.",
    ]


def test_a_place_off_the_globe_in_an_unknown_country_is_refused(tables: Path, evidence: Evidence) -> None:
    path = tables / "places.csv"
    path.write_text(
        "id,name,country,lon,lat,kind,population,source,note\nx,X,PKA,73.0,133.6,city,0,geonames,\n", "utf-8"
    )
    with pytest.raises(DataError) as caught:
        read_places(path, evidence.sources, evidence.countries)
    assert str(caught.value).splitlines() == [
        "places.csv:2: country: unknown country 'PKA'. Did you mean 'PAK'?",
        "places.csv:2: lat: expected -90 to 90, got 133.6. Correct the row.",
    ]


def test_all_posts_of_the_tables_have_both_countries_and_a_direction_each_way(evidence: Evidence) -> None:
    assert evidence.crossings["torkham"].directions == ("PAK-AFG", "AFG-PAK")
    assert len(evidence.crossings) == 127


def test_times_of_posts_off_the_network_are_kept_but_never_used(evidence: Evidence) -> None:
    ports = {port.id for ferry in evidence.ferries.values() if ferry.ferry for port in ferry.ferry.ports}
    off = [row for row in evidence.measured_times if row.crossing not in {*evidence.crossings, *ports}]
    assert {row.crossing for row in off} == {"kazygurt", "ken_bulun", "guliston"}
    assert {row.use for row in off} == {"no"}


def test_every_date_of_an_event_is_before_the_tables_end(evidence: Evidence) -> None:
    assert max(event.start for event in evidence.events) <= evidence.as_of
    assert min(event.start for event in evidence.events) > date(2010, 1, 1)


def test_every_table_has_a_final_newline_and_no_carriage_return() -> None:
    for path in data_path().glob("*.csv"):
        text = path.read_bytes()
        assert text.endswith(b"\n"), path.name
        assert b"\r" not in text, path.name


def test_every_row_that_is_not_used_says_why() -> None:
    with data_path("crossing_times.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["crossing"] for row in rows if row["use"] != "yes" and "not" not in row["note"]] == []
