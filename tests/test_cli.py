"""The command line as a user meets it: what it prints, and with which status it ends."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from corridor.analysis.assessment import Option
from corridor.bundled import data_path
from corridor.errors import ScenarioError
from corridor.evidence import read_evidence
from corridor.run import run
from corridor.scenario import bundled_measures, read_scenario


def corridor(*arguments: str, cwd: Path | None = None, seed: str = "0") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "corridor.cli", *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=cwd,
        env=os.environ | {"PYTHONHASHSEED": seed},
    )


def routes(*arguments: str) -> dict[str, list[dict[str, object]]]:
    done = corridor("routes", *arguments, "--json")
    assert done.returncode == 0, done.stderr
    document: dict[str, list[dict[str, object]]] = json.loads(done.stdout)
    return document


def test_help_answers_and_names_the_commands() -> None:
    done = corridor("--help")
    assert done.returncode == 0
    commands = (
        "run routes futures split regret breakeven sensitivity criticality calendar check-routes replay sea explain "
        "compare validate init schema params evidence measures calibration network"
    )
    for command in commands.split():
        assert command in done.stdout


def test_routes_print_json_with_the_promised_keys_least_generalised_cost_first() -> None:
    document = routes("islamabad", "minsk")
    keys = {"chain", "length_km", "time_h", "cost_usd", "cost_is_lower_bound", "generalised_cost_usd"}
    assert all(keys <= option.keys() for option in document["options"])
    costs = [option["generalised_cost_usd"] for option in document["options"]]
    assert costs == sorted(costs)  # type: ignore[type-var]
    assert document["assumptions"]["evidence_as_of"] == "2026-05-31"  # type: ignore[call-overload]


def test_inside_one_country_the_chain_is_empty() -> None:
    assert routes("islamabad", "lahore")["options"][0]["chain"] == []


def test_the_eu_is_crossed_without_posts_and_lahore_reaches_berlin() -> None:
    assert len(routes("istanbul", "warsaw", "--k", "1")["options"][0]["chain"]) == 1  # type: ignore[arg-type]
    berlin = routes("lahore", "berlin", "--k", "1")["options"][0]
    entries = {"kozlovichi", "berestovitsa", "burachki", "ubylinka", "hamzabeyli"}
    assert entries & set(berlin["chain"])  # type: ignore[call-overload]


def test_coordinates_serve_as_well_as_a_place() -> None:
    by_name, by_point = routes("islamabad", "minsk"), routes("73.05,33.68", "minsk")
    assert by_name["options"][0]["chain"] == by_point["options"][0]["chain"]


def test_nothing_transits_ukraine_and_nothing_crosses_closed_lines() -> None:
    for origin, destination in (("karachi", "minsk"), ("baku", "minsk"), ("warsaw", "istanbul"), ("yerevan", "baku")):
        for option in routes(origin, destination)["options"]:
            chain = set(option["chain"])  # type: ignore[call-overload]
            assert not chain & {"medyka", "dorohusk", "chop", "novaya_guta", "margara"}


def test_the_same_question_gives_the_same_bytes_under_two_hash_seeds() -> None:
    one = corridor("routes", "karachi", "berlin", "--json", seed="1")
    two = corridor("routes", "karachi", "berlin", "--json", seed="2")
    assert one.stdout == two.stdout


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["routes", "islamabad", "minks"], 2, "Did you mean 'minsk'?"),
        (["routes", "60.0,23.0", "minsk"], 2, "too far from a road"),
        (["routes", "islamabad", "minsk", "--avoid", "torkhan"], 2, "Did you mean 'torkham'?"),
        (["routes", "islamabad", "minsk", "--date", "yesterday"], 2, "departure"),
        (["routes", "islamabad", "minsk", "--k", "0"], 2, "alternatives"),
        (["routes", "islamabad", "minsk", "--avoid", "CHN", "--avoid", "IRN"], 3, "Cheapest to reopen: torkham"),
        (["run", "no-such-file.yaml"], 2, "no-such-file.yaml"),
        (["measures", "tir_lane_torkham"], 2, "Did you mean 'tir_green_lane_torkham'?"),
        (["params", "show", "diesel_usd_per_litre"], 2, "Did you mean 'diesel_usd_per_l'?"),
        (["params", "cite", "torkam"], 2, "Did you mean 'torkham'?"),
        (["params", "list", "deisel_usd"], 2, "no number holds 'deisel_usd'"),
        (["params", "list", "--grade", "E"], 2, "--grade: expected one of A, B, C, D, got 'E'"),
        (["network", "info", "/nowhere"], 4, "expected a folder made by `corridor network build`"),
        (["network", "build", "--from", "elsewhere"], 2, "or --from scgraph-data, got 'elsewhere'"),
        (["network", "export", "-o", "roads.shp"], 2, "ending in .gpkg or .graphml, or a folder, got 'roads.shp'"),
        (["network", "fetch"], 2, "expected countries (PAK UZB) or --overpass W,S,E,N, got neither"),
        (["network", "fetch", "PAK", "--overpass", "1,2,3,4"], 2, "got both"),
        (["run", "islamabad-minsk", "--set", "evidence=nowhere"], 2, "no folder of tables; expected bundled, or a fol"),
        (["routes", "islamabad", "minsk", "--evidence", "/nowhere"], 4, "/nowhere/evidence.toml: cannot be read"),
        (["evidence", "export", "book.xlsx", "crossing"], 2, "Did you mean 'crossings'?"),
        (["evidence", "import", "/nowhere/book.xlsx", "-o", "/nowhere/else/own"], 4, "book.xlsx: cannot be read"),
        (["network", "build", "--from", "scgraph-data", "--evidence", "own"], 2, "--evidence: goes with --pbf only"),
        (["frobnicate"], 2, "frobnicate"),
    ],
)
def test_what_goes_wrong_is_said_in_one_message_with_its_own_status(
    arguments: list[str], status: int, words: str
) -> None:
    done = corridor(*arguments)
    assert done.returncode == status, done.stderr
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("assignment", "words"),
    [
        ("routes.avoid.countries=[NO]", "expected an ISO alpha-3 code, got 'NO'"),
        ("trip.departure=22:30", "got '22:30'"),
        ("cargo.mass_t=-3", "cargo.mass_t"),
        ("cargo.mas_t=3", "Did you mean 'mass_t'?"),
        ("override={crossings.torkam.status: open}", "Did you mean 'torkham'?"),
        ("override={eligibility.PAK.POLL: drive}", "Did you mean 'POL'?"),
        ("measures=[etir_advance_data]", "Put tir_sealed_transit before etir_advance_data"),
    ],
)
def test_bad_keys_and_values_are_refused_before_anything_is_written(
    tmp_path: Path, assignment: str, words: str
) -> None:
    done = corridor("run", "islamabad-minsk", "--set", assignment, cwd=tmp_path)
    assert done.returncode == 2
    assert words in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_said_before_the_run_begins(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    done = corridor("run", "islamabad-minsk", "--out", str(tmp_path / "file" / "runs"))
    assert done.returncode == 2
    assert "cannot be written to" in done.stderr
    assert "reading the network" not in done.stderr


def test_a_run_with_every_post_closed_writes_nothing_and_names_the_cut(tmp_path: Path) -> None:
    posts = ("taftan", "gabd", "mand", "kuhak", "khunjerab")
    closed = ", ".join(f"crossings.{post}.status: closed" for post in posts)
    done = corridor("run", "islamabad-minsk", "--set", f"override={{{closed}}}", cwd=tmp_path)
    assert done.returncode == 3
    assert "Cheapest to reopen" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_too_heavy_a_load_is_refused_with_the_payload() -> None:
    done = corridor("run", "islamabad-minsk", "--set", "cargo.mass_t=60")
    assert done.returncode == 2
    assert "cargo.mass_t: too heavy for artic_euro5_40t; expected at most" in done.stderr


def test_a_truncated_network_file_is_named(tmp_path: Path) -> None:
    shutil.copytree(data_path("network", "embedded"), tmp_path / "net")
    path = tmp_path / "net" / "nodes.parquet"
    path.write_bytes(path.read_bytes()[:1000])
    done = corridor("run", "islamabad-minsk", "--set", f"network={tmp_path / 'net'}", cwd=tmp_path)
    assert done.returncode == 4
    assert "nodes.parquet: damaged or cut short" in done.stderr
    assert [entry.name for entry in tmp_path.iterdir()] == ["net"]


def test_the_sea_is_printed_as_json_and_its_parts_add_up() -> None:
    done = corridor("sea", "karachi-minsk", "--json")
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    ports = {way["port"]: way for way in document["ways"]}
    assert set(ports) == {"klaipeda", "gdansk", "st_petersburg", "novorossiysk", "constanta", "bandar_abbas"}
    for way in ports.values():
        known_usd = (way["freight_usd"] or 0) + (way["handling_usd"] or 0)
        assert way["money_usd"] == pytest.approx(way["truck_usd"] + known_usd, abs=0.02)
        truck_h = sum(leg["time_h"] for leg in way["truck_legs"])
        assert way["time_h"] == pytest.approx(way["sail_h"] + way["port_h"] + truck_h, abs=0.001)
    assert "ocean freight" in ports["bandar_abbas"]["unknown"]


def test_the_sea_says_why_there_is_nothing_to_compare() -> None:
    done = corridor("sea", "karachi-minsk", "--set", "trip.origin=almaty", "--set", "vehicle.plate=KAZ")
    assert done.returncode == 0, done.stderr
    assert "neither end of the trip lies in Pakistan" in done.stdout


def test_a_ferry_without_a_road_is_named_when_asked_for() -> None:
    done = corridor("routes", "islamabad", "minsk", "--via", "alat_kuryk")
    assert done.returncode == 3
    assert "alat_kuryk: Kuryk is 44 km from the nearest road." in done.stderr


def test_validate_prints_what_was_inherited() -> None:
    done = corridor("validate", "islamabad-minsk-open")
    assert done.returncode == 0
    assert "crossings.torkham.status: open" in done.stdout


def test_schema_is_the_file_that_editors_read() -> None:
    assert corridor("schema").stdout == data_path("schema", "scenario.schema.json").read_text(encoding="utf-8")


def test_init_writes_a_scenario_that_validates_and_never_overwrites(tmp_path: Path) -> None:
    assert corridor("init", "mine.yaml", cwd=tmp_path).returncode == 0
    assert corridor("validate", "mine.yaml", cwd=tmp_path).returncode == 0
    again = corridor("init", "mine.yaml", cwd=tmp_path)
    assert again.returncode == 2


def test_params_list_filters_by_text_and_grade() -> None:
    rows = json.loads(corridor("params", "list", "diesel", "--grade", "D", "--json").stdout)
    assert {row["grade"] for row in rows} == {"D"}
    assert "parameters.diesel_usd_per_l.CHN" in {row["key"] for row in rows}


def test_params_list_has_the_numbers_of_every_table() -> None:
    listed = corridor("params", "list").stdout
    for start in (
        "parameters.", "crossings.", "queue_estimates.", "truck_speeds.", "driver_rules.", "cargo_kinds.", "vehicles."
    ):  # fmt: skip
        assert f"\n{start}" in listed
    assert "crossings.torkham.PAK-AFG.queue_h" in listed


def test_params_show_an_amount_as_its_source_has_it_with_its_conversion() -> None:
    shown = corridor("params", "show", "toll_usd_per_km.BLR").stdout
    assert "0.176 EUR/km / 0.853971 EUR/USD (2025); in prices of 2025" in shown
    assert "[beltoll-2025]" in shown


def test_params_cite_names_title_publisher_year_address_and_day_of_reading() -> None:
    cited = corridor("params", "cite", "diesel_usd_per_l.PAK").stdout
    assert cited.startswith(
        "[diesel-pakistan-2026-03] Pakistan: diesel 280.86 to 335.86 Rs/l, March 2026, clickpakistan.com.pk, 2026, "
        "https://clickpakistan.com.pk/?p=8665, read 2026-11-23."
    )
    assert "7 March 2026, after the closure of Hormuz" in cited


def test_the_bundled_tables_pass_their_own_check_with_warnings_only() -> None:
    done = corridor("evidence", "check", "--json")
    assert done.returncode == 0, done.stderr
    assert {row["severity"] for row in json.loads(done.stdout)} == {"warning"}


def test_a_faulty_table_ends_the_check_with_status_4_and_every_fault(tmp_path: Path) -> None:
    for path in [*data_path().glob("*.csv"), data_path("evidence.toml")]:
        shutil.copy(path, tmp_path)
    with (tmp_path / "parameters.csv").open("a", encoding="utf-8") as file:
        file.write("toll_usd_per_km,GEO,1,,,USD/km,USD,,judgement,D,no year\n")
        file.write("toll_usd_per_km,TJK,1,1.5,1.2,USD/km,USD,2025,judgement,D,upside down\n")
    done = corridor("evidence", "check", str(tmp_path))
    assert done.returncode == 4
    assert "year: expected a year, or 'undated' where the source gives none, got an empty cell" in done.stdout
    assert "expected low <= high, got low 1.5, high 1.2" in done.stdout
    assert "evidence check: 2 faults found" in done.stderr


def test_network_info_and_check_pass_on_the_embedded_network() -> None:
    info = json.loads(corridor("network", "info", "--json").stdout)
    assert info["nodes"] > 100_000
    assert info["licence"].startswith("Open Database License")
    check = corridor("network", "check")
    assert check.returncode == 0, check.stdout + check.stderr


def test_measures_are_listed_and_one_is_shown_with_its_range_and_sources() -> None:
    listed = corridor("measures")
    assert len(listed.stdout.splitlines()) == len(bundled_measures()) + 1
    shown = corridor("measures", "terminal_torkham").stdout
    assert "range     0.2 to 1 times the queue. 600 trucks a day" in shown
    assert "excludes  tir_green_lane_torkham" in shown
    assert "changes   crossings.torkham.*.queue_h: x0.3" in shown
    assert "[brecorder-terminals-2024]" in shown
    document = json.loads(corridor("measures", "--json").stdout)
    assert [row["id"] for row in document] == list(bundled_measures())
    assert json.loads(corridor("measures", "terminal_torkham", "--json").stdout) in document


def test_validate_tells_what_measures_change_before_what_the_command_line_sets_over_them() -> None:
    key = "crossings.khunjerab.PAK-CHN.exit_side_h"
    done = corridor("validate", "islamabad-minsk-measures", "--set", f"override.{key}=x3")
    lines = [line.split(" (")[0] for line in done.stdout.splitlines() if line.startswith(f"# override.{key}")]
    assert lines == [f"# override.{key}: 2.0 -> 1.0", f"# override.{key}: 1.0 -> x3"]
    assert f"override_after_measures:\n  {key}: x3\n" in done.stdout


def test_a_run_with_measures_is_the_same_under_two_hash_seeds_and_says_what_each_is_worth(tmp_path: Path) -> None:
    quick = [
        *("run", "islamabad-minsk", "--quick"),
        *("--set", "measures=[opening_hours_torugart, tir_sealed_transit, etir_advance_data]"),
        *("--set", "routes.alternatives=1", "--set", "routes.presets=[]"),
        *("--out", str(tmp_path), "--json"),
    ]
    one, two = (corridor(*quick, seed=seed) for seed in ("1", "2"))
    assert one.stdout == two.stdout
    assert "the only open way" in json.loads(one.stdout)["how_sure"]
    rows = json.loads(one.stdout)["measures"]
    assert [row["applied"] for row in rows] == [
        ["opening_hours_torugart"],
        ["tir_sealed_transit"],
        ["tir_sealed_transit", "etir_advance_data"],
        ["opening_hours_torugart", "tir_sealed_transit", "etir_advance_data"],
    ]
    assert all(row["generalised_cost_usd"] < 0 for row in rows)


def test_a_run_needs_the_measures_that_its_scenario_lists() -> None:
    scenario = read_scenario("islamabad-minsk-measures", known=None).scenario
    with pytest.raises(ScenarioError, match="measures: not those of the scenario; expected single_window_pakistan"):
        run(scenario, read_evidence(), against_sea=False, progress=lambda _: None)


def test_the_table_of_measures_is_the_difference_of_two_runs() -> None:
    def best(*measures: str) -> Option:
        names = f"measures=[{', '.join(measures)}]"
        resolved = read_scenario("islamabad-minsk", known=None, assignments=[names, "routes.alternatives=2"])
        return run(
            resolved.scenario, read_evidence(), measures=resolved.measures, against_sea=False, progress=lambda _: None
        ).options[0]

    resolved = read_scenario("islamabad-minsk", known=None, assignments=["measures=[road_speed_pakistan]"])
    assessment = run(
        resolved.scenario, read_evidence(), measures=resolved.measures, against_sea=False, progress=lambda _: None
    )
    (effect,) = assessment.measure_effects
    with_, without = best("road_speed_pakistan"), best()
    assert effect.generalised_cost_usd == with_.generalised_cost_usd - without.generalised_cost_usd
    assert effect.time_h == with_.ledger.time_h - without.ledger.time_h
    assert assessment.options[0].generalised_cost_usd == with_.generalised_cost_usd
