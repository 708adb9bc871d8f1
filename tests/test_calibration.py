"""The calibration page and the figures that reports repeat say what the model says now."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from corridor.analysis.calibration_summary import read_shipped_calibration, summary_json
from corridor.analysis.country_totals import country_totals
from corridor.bundled import data_path
from corridor.calibration import Calibration, calibrate
from corridor.calibration_output import (
    build_page,
    calibration_document,
    print_calibration,
    summarise,
    write_calibration,
)
from corridor.errors import DataError, ScenarioError
from corridor.evidence import read_evidence
from corridor.evidence.held_out import read_held_out

pytestmark = pytest.mark.xdist_group("calibration")

PAGE = Path(__file__).resolve().parents[1] / "docs" / "calibration.md"


@pytest.fixture(scope="module")
def calibration() -> Calibration:
    """With the held-out trips only: to run all takes too long for a test."""
    evidence, held_out = read_evidence(), read_held_out(data_path("held_out.toml"))
    observed = [trip for trip in evidence.observed_trips if trip.id in held_out.trips]
    return calibrate(evidence, observed, progress=lambda _: None)


def test_the_page_says_what_the_model_says_now(calibration: Calibration) -> None:
    """If not, look at what moved, then write it again: the page's second sentence has the command."""
    written = set(PAGE.read_text(encoding="utf-8").splitlines())
    assert [line for line in build_page(calibration).splitlines() if line not in written] == []


def test_the_figures_that_reports_repeat_are_those_of_the_model_now(calibration: Calibration) -> None:
    assert data_path("calibration.json").read_text(encoding="utf-8") == summary_json(summarise(calibration))
    assert read_shipped_calibration(data_path()).is_current


def test_rest_and_stops_only_ever_slow_a_truck_down(calibration: Calibration) -> None:
    for _, options in calibration.ways:
        for option in options:
            for totals in country_totals([option], mass_t=18.0).values():
                swod, stops, door = totals.swod_km_per_h, totals.swd_stops_km_per_h, totals.swd_door_km_per_h
                if swod and stops and door:
                    assert door <= stops <= swod, (option.post_ids, totals.country)


def test_each_trip_goes_there_and_back_through_its_posts(calibration: Calibration) -> None:
    for trip, (there, back) in calibration.ways:
        assert [post for post in there.post_ids if post in trip.via] == list(trip.via)
        assert [post for post in back.post_ids if post in trip.via] == list(trip.via[::-1])


def test_every_country_of_cpmm_is_compared(calibration: Calibration) -> None:
    countries = [row.country for row in calibration.countries]
    assert countries == ["AFG", "AZE", "CHN", "GEO", "KAZ", "KGZ", "PAK", "TJK", "TKM", "UZB"]


def test_hours_by_country_are_those_of_the_sides_listed(calibration: Calibration) -> None:
    for row in calibration.countries:
        sides = [side for side in calibration.sides if side.country == row.country]
        mean_h = sum(side.hours * side.times for side in sides) / sum(side.times for side in sides)
        assert row.measures["side_h"].modelled == pytest.approx(mean_h)


def test_the_model_takes_the_posts_that_a_trip_names(calibration: Calibration) -> None:
    for comparison in calibration.trips:
        named = [name for name in comparison.trip.via if name in calibration.evidence.crossings]
        assert [post for post in comparison.option.post_ids if post in named] == named, comparison.trip.id


def test_a_measured_side_agrees_with_its_own_measurement(calibration: Calibration) -> None:
    measured = [post for post in calibration.posts if post.rung == "measured"]
    assert measured
    assert all(post.is_inside for post in measured)


def test_the_document_holds_the_model_beside_every_year_published(calibration: Calibration) -> None:
    document = calibration_document(calibration)
    pakistan = next(row for row in document["countries"] if row["country"] == "PAK")
    assert pakistan["measures"]["swod"]["cpmm"] == {2019: 28.2, 2020: 28.1, 2021: 27.3, 2022: 25.2, 2023: 24.8}
    assert pakistan["measures"]["swd_stops"]["fitted"] == "no"


def test_a_distance_far_off_has_its_reason_beside_it() -> None:
    rows = [line.split(" | ") for line in PAGE.read_text(encoding="utf-8").splitlines() if "| **" in line]
    assert rows
    assert [row[0] for row in rows if not re.search(r"\w", row[-1])] == []


def test_a_trip_that_is_not_compared_says_why() -> None:
    assert [trip.id for trip in read_evidence().observed_trips if not trip.is_comparable and not trip.note] == []


def test_the_terminal_shows_the_tables_of_the_page(
    calibration: Calibration, capsys: pytest.CaptureFixture[str]
) -> None:
    print_calibration(calibration, as_json=False)
    printed = capsys.readouterr().out
    assert "In short\n\nwhat " in printed
    assert "Speeds by country, km/h" in printed


def test_json_is_one_document(calibration: Calibration, capsys: pytest.CaptureFixture[str]) -> None:
    print_calibration(calibration, as_json=True)
    assert set(json.loads(capsys.readouterr().out)) == {"summary", "countries", "posts", "trips", "distances"}


def test_page_and_summary_are_written_where_asked(calibration: Calibration, tmp_path: Path) -> None:
    write_calibration(calibration, page_path=tmp_path / "page.md", summary_path=None)
    assert [path.name for path in tmp_path.iterdir()] == ["page.md"]
    with pytest.raises(ScenarioError, match="cannot be written"):
        write_calibration(calibration, page_path=None, summary_path=tmp_path / "missing" / "summary.json")


def test_changed_tables_are_noticed(tmp_path: Path) -> None:
    for name in ("calibration.json", "cpmm.csv", "network/embedded/network.json", "snapshot/city_pairs.csv"):
        target = tmp_path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data_path(*name.split("/")).read_bytes())
    assert not read_shipped_calibration(tmp_path).is_current  # the other tables are not there


def test_a_missing_summary_says_how_to_make_it(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="Make it again: corridor calibration"):
        read_shipped_calibration(tmp_path)
