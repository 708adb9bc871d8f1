"""How far places reach on the embedded network: beside runs, before and after, and as a folder of files."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from math import fsum
from pathlib import Path

import geopandas as gpd
import matplotlib as mpl
import numpy as np
import pyogrio
import pytest

from corridor.analysis.assess import open_ways
from corridor.analysis.reach_prices import AIMS
from corridor.analysis.trip import build_trip
from corridor.costs.drivers_hours import rest_slack_h
from corridor.costs.hours import chain_rests_h, time_rows
from corridor.errors import ScenarioError
from corridor.evidence import read_evidence
from corridor.evidence.layering import with_layers
from corridor.network.files import read_network
from corridor.reach import compare_reach, find_reach
from corridor.report.numerals import NBSP
from corridor.report.pictures import STYLE, svg_bytes
from corridor.report.reach_findings import Reach, ReachChange, change_at_cells, change_at_places, count_within
from corridor.report.reach_folder import folder_name, write_reach_folder
from corridor.report.reach_maps import CHANGE_MAPS, REACH_MAPS, build_reach_map, isochrone_map
from corridor.report.reach_rows import counts_csv, places_csv, shut_reasons
from corridor.report.reach_wording import days_title
from corridor.run import network_folder
from corridor.scenario import read_scenario
from tests.hash_seeds import printed_under_hash_seeds
from tests.test_cli import corridor

pytestmark = pytest.mark.xdist_group("reach")

TABLES = read_evidence()
SEASON_DAYS = 0.1
"""By how much an opened post may change the hour at which another one is met, and so its season."""


def reach_of(name: str, *assignments: str, like: Reach | None = None, is_outward: bool = True) -> Reach:
    resolved = read_scenario(name, known=TABLES.known_names(), assignments=assignments)
    return find_reach(
        resolved.scenario, TABLES, is_outward=is_outward, measures=resolved.measures, grid=like.grid if like else None,
        network=read_network(network_folder(resolved.scenario)), progress=lambda _: None,
    )  # fmt: skip


@pytest.fixture(scope="module")
def closed() -> Reach:
    return reach_of("islamabad-minsk")


@pytest.fixture(scope="module")
def reopened(closed: Reach) -> Reach:
    return reach_of("islamabad-minsk-open", like=closed)


@pytest.fixture(scope="module")
def change(closed: Reach, reopened: Reach) -> ReachChange:
    return compare_reach(closed, reopened)


@pytest.fixture(scope="module")
def folder(change: ReachChange, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_reach_folder(change.before, change, tmp_path_factory.mktemp("runs"), command="corridor reach")


def place(reach: Reach, name: str) -> int:
    return [each.id for each in reach.places].index(name)


# beside the ways of runs ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["minsk", "tashkent", "istanbul", "tehran", "karachi"])
def test_days_are_those_of_a_runs_fastest_chain_within_half_of_each_rest(closed: Reach, name: str) -> None:
    resolved = read_scenario("islamabad-minsk", known=TABLES.known_names(), assignments=[f"trip.destination={name}"])
    evidence, _ = with_layers(TABLES.with_ferries(), resolved.scenario, ())
    trip = build_trip(resolved.scenario, evidence, read_network(network_folder(resolved.scenario)).roads)
    seen, _ = open_ways(trip).looked_at(6, required=())
    crew = [rules for rules in evidence.driver_rules.values() if rules.crew == resolved.scenario.vehicle.crew]
    number = place(closed, name)
    timed_h = [
        fsum(row.hours for row in time_rows(each.stages, rests_h=rests))
        for each, rests in zip(seen, chain_rests_h([each.stages for each in seen]), strict=True)
    ]
    assert closed.timetable_h[number] == pytest.approx(min(timed_h), rel=0.02)
    assert closed.at_places["fastest"].value[number] == pytest.approx(min(timed_h), abs=rest_slack_h(crew) / 2)


def test_days_on_the_maps_are_those_of_the_timetable_in_the_middle_of_all_places(closed: Reach) -> None:
    is_away = closed.is_reached & (closed.timetable_h > 0)
    ratio = closed.place_days()[is_away] / closed.timetable_days()[is_away]
    low, middle, high = np.quantile(ratio, [0.1, 0.5, 0.9])
    assert middle == pytest.approx(1.0, abs=0.03)
    assert (low, high) == (pytest.approx(1.0, abs=0.08), pytest.approx(1.0, abs=0.08))


def test_the_way_to_berlin_changes_the_tractor_and_is_as_long_seen_from_there(closed: Reach) -> None:
    back = reach_of("islamabad-minsk", "trip.destination=berlin", like=closed, is_outward=False)
    berlin, islamabad = place(closed, "berlin"), place(back, "islamabad")
    for aim in AIMS:
        there, here = closed.at_places[aim], back.at_places[aim]
        assert here.value[islamabad] == pytest.approx(there.value[berlin], rel=1e-5)
        assert here.posts[islamabad] == there.posts[berlin]
    moscow = back.at_places["fastest"].posts[place(back, "moscow")]
    assert [post.plate_before for post in moscow] == ["PAK"] * len(moscow)  # whoever sets out has the scenario's plates


def test_every_cell_abroad_is_reached_by_posts_that_lead_there(closed: Reach) -> None:
    area = {code: row.free_movement_area or code for code, row in closed.evidence.countries.items()}
    found = closed.at_cells["best"]
    countries = closed.grid.country[closed.cells]
    for number in np.flatnonzero(np.isfinite(found.value)).tolist():
        at = "PAK"
        for post in found.posts[number]:
            left, entered = post.direction.split("-")
            assert area[left] == area[at]
            at = entered
        assert area[at] == area[str(countries[number])]


def test_ukraine_is_reached_but_nobody_drives_through_it(closed: Reach) -> None:
    kyiv = closed.at_places["fastest"].posts[place(closed, "kyiv")]
    assert kyiv[-1].direction.endswith("-UKR")
    for way in closed.at_places["fastest"].posts:
        assert not any(post.direction.startswith("UKR-") for post in way)


def test_countries_of_which_nothing_is_reached_are_named_with_the_reason(closed: Reach) -> None:
    assert "closed" in shut_reasons(closed)["IND"]


# before and after ----------------------------------------------------------------------------------------------------
def test_opening_posts_makes_no_place_farther_or_dearer(change: ReachChange) -> None:
    days, usd = (change_at_places(change, aim) for aim in ("fastest", "cheapest"))
    assert np.nanmax(days.absolute) <= 24 * SEASON_DAYS
    assert np.nanmax(usd.absolute) <= 24 * SEASON_DAYS * 20  # an hour of truck and crew costs less than 20 USD
    assert np.nanmin(days.absolute) < -48  # Kabul, Jalalabad: days nearer
    both = change.before.is_reached & change.after.is_reached
    timed_h = change.after.timetable_h[both] - change.before.timetable_h[both]
    assert timed_h.max() <= 24 * SEASON_DAYS  # no guarantee, but what the counts of this change rest on


def test_a_scenario_against_itself_changes_nothing(closed: Reach) -> None:
    same = compare_reach(closed, closed)
    for aim in AIMS:
        _, found = change_at_cells(same, aim)
        assert set(found.absolute[found.is_both].tolist()) == {0.0}
        assert not found.is_new.any()
        assert not found.is_lost.any()


def test_per_cent_and_by_km_agree_with_the_absolute_change(change: ReachChange) -> None:
    found = change_at_places(change, "fastest")
    moved = found.is_both & (found.before > 0) & (found.km > 0)
    np.testing.assert_allclose((found.share * found.before)[moved], found.absolute[moved], atol=1e-9)
    np.testing.assert_allclose((found.per_km * found.km)[moved], found.absolute[moved], atol=1e-9)


def test_two_scenarios_with_other_places_are_not_compared(closed: Reach) -> None:
    with pytest.raises(ScenarioError, match="expected Islamabad, got Minsk"):
        compare_reach(closed, replace(closed, anchor="Minsk"))
    with pytest.raises(ScenarioError, match="cells of its own"):
        compare_reach(closed, replace(closed, grid=replace(closed.grid)))


def test_more_days_reach_more_places_and_people(closed: Reach) -> None:
    counts = [count_within(closed, closed.place_days(), days) for days in (0, 1, 3, 7, 14, 100)]
    assert [c.places for c in counts] == sorted(c.places for c in counts)
    assert [c.people for c in counts] == sorted(c.people for c in counts)
    assert counts[-1].places == int(closed.is_reached.sum())


def test_with_every_post_closed_the_title_says_that_no_way_leads_abroad() -> None:
    shut = reach_of("islamabad-minsk", *(f"override.crossings.{post}.status=closed" for post in TABLES.crossings))
    assert days_title(shut) == "No way is open from Islamabad to another country"
    assert {each.country for each, ok in zip(shut.places, shut.is_reached, strict=True) if ok} == {"PAK"}


# files ---------------------------------------------------------------------------------------------------------------
def test_the_folder_holds_maps_tables_and_cells(folder: Path) -> None:
    assert {path.name for path in folder.iterdir()} == {
        "figures", "places.csv", "places_change.csv", "counts.csv", "summary.json", "reach.gpkg", "data_dictionary.csv",
        "scenario.resolved.yaml", "against.resolved.yaml", "manifest.json",
    }  # fmt: skip
    names = (*REACH_MAPS, *CHANGE_MAPS)
    assert {path.name for path in (folder / "figures").iterdir()} == {
        f"{name}.{kind}" for name in names for kind in ("svg", "png", "csv")
    }


def test_every_column_of_the_folder_is_described_and_none_is_extra(folder: Path) -> None:
    with (folder / "data_dictionary.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    described: dict[str, list[str]] = {}
    for row in rows:
        described.setdefault(row["table"], []).append(row["column"])
    found = {path.relative_to(folder).as_posix(): header(path) for path in folder.rglob("*.csv")}
    for layer, _ in pyogrio.list_layers(folder / "reach.gpkg"):
        found[f"reach.gpkg: {layer}"] = list(gpd.read_file(folder / "reach.gpkg", layer=layer).columns)
    assert described == found


def header(path: Path) -> list[str]:
    with path.open(encoding="utf-8", newline="") as file:
        return next(csv.reader(file))


def test_the_summary_counts_what_the_table_of_places_lists(folder: Path, closed: Reach) -> None:
    rows = list(csv.DictReader(places_csv(closed).splitlines()))
    summary = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    week = next(row for row in summary["within"] if row["unit"] == "days" and row["within"] == 7)
    near = [row for row in rows if row["timetable_days"] and float(row["timetable_days"]) <= 7]
    assert week["places"] == len(near)
    assert week["people"] == sum(int(row["population"]) for row in near)


def test_the_title_and_the_counts_give_the_same_number(closed: Reach) -> None:
    week = next(
        row
        for row in csv.DictReader(counts_csv([closed]).splitlines())
        if (row["unit"], float(row["within"])) == ("days", 7.0)
    )
    assert f"reaches {week['places']} places" in days_title(closed).replace(NBSP, " ")


def test_the_name_of_a_folder_has_nothing_that_leads_elsewhere(closed: Reach) -> None:
    assert folder_name(replace(closed, anchor="../73.0,33.7"), None).startswith(
        "reach-from-_73_0_33_7-islamabad-minsk-"
    )


def test_the_same_map_has_the_same_bytes(closed: Reach) -> None:
    with mpl.rc_context(STYLE):
        first, second = (svg_bytes(build_reach_map(closed, isochrone_map(closed))) for _ in range(2))
    assert first == second


def test_the_same_cells_come_out_under_two_hash_seeds() -> None:
    code = (
        "import hashlib; from corridor.report.reach_rows import isochrones_csv, places_csv; "
        "from tests.test_reach import reach_of; "
        "reach = reach_of('islamabad-minsk'); "
        "print(hashlib.sha256((isochrones_csv(reach) + places_csv(reach)).encode()).hexdigest())"
    )
    assert len(printed_under_hash_seeds(code)) == 1


# the command ---------------------------------------------------------------------------------------------------------
def test_the_command_writes_maps_and_prints_what_is_within_days_and_usd(tmp_path: Path) -> None:
    done = corridor("reach", "islamabad-minsk", "--to", "islamabad", "-o", str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert "reach Islamabad within 7 days" in done.stdout
    assert "of these abroad" in done.stdout
    [written] = tmp_path.iterdir()
    assert (written / "figures" / "isochrones.svg").is_file()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--from", "islmabad"), "Did you mean 'islamabad'?"),
        (("--from", "it's"), "unknown place"),
        (("--from", "kabul", "--to", "minsk"), "expected --from or --to, got both"),
        (("--against", "islamabad-minsk-opn"), "Did you mean 'islamabad-minsk-open'?"),
    ],
)
def test_what_cannot_be_understood_is_said_at_once(arguments: tuple[str, ...], message: str, tmp_path: Path) -> None:
    done = corridor("reach", "islamabad-minsk", *arguments, "-o", str(tmp_path))
    assert done.returncode == 2
    assert message in done.stderr
    assert "searching" not in done.stderr
    assert not list(tmp_path.iterdir())
