"""A user's own tables: read like the bundled ones, held against them cell by cell, and told in a run."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from corridor.analysis.unplaced_posts import check_posts, unplaced_posts_sentence
from corridor.bundled import data_path
from corridor.errors import DataError
from corridor.evidence import Evidence, read_own_evidence
from corridor.evidence.layering import with_layers
from corridor.evidence.table_changes import TableChange, changed_rows, compare_rows
from corridor.evidence.table_forms import TABLE_FILES, TABLE_FORMS
from corridor.evidence.table_text import WrittenRow, line_of, read_written_tables
from corridor.network.files import StoredNetwork, read_network
from corridor.network.roads import RoadNetwork
from corridor.report.calibration_rows import freshness_sentence
from corridor.report.html import CHANGES_SHOWN, _change_rows
from corridor.report.manifest import input_hashes
from corridor.routes import read_routes_scenario
from corridor.run import run, run_id
from corridor.scenario import ScenarioFileError, find_own_tables, read_scenario
from tests.evidence.conftest import add_rows
from tests.report.fake_trip import SHIPPED

FORMS = {form.name: form for form in TABLE_FORMS}
SURVEY = "motc-survey-2026,Own count,Ministry of Transport,2026,,2026-05-20"
TORKHAM = "torkham,PAK,exit,PAK-AFG,18.5,,tfi1,,2026,motc-survey-2026,A,yes,own count"
NEW_POST = "my_post,My Post,PAK,IRN,62,26.5,open,yes,,general-knowledge,"


@pytest.fixture
def own(tables: Path) -> Path:
    """Bundled tables with one queue and its source added, and the queue of Taftan halved."""
    add_rows(tables / "sources.csv", SURVEY)
    add_rows(tables / "crossing_times.csv", TORKHAM)
    edit(tables / "queue_estimates.csv", "taftan,PAK-IRN,none,12,84,", "taftan,PAK-IRN,post,6,42,")
    return tables


@pytest.fixture(scope="module")
def embedded() -> StoredNetwork:
    return read_network(data_path("network", "embedded"))


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_the_bundled_tables_as_own_ones_differ_in_nothing(tables: Path, evidence: Evidence) -> None:
    found = read_own_evidence(tables)
    assert found.own is not None
    assert found.own.changes == ()
    assert found.own.sentence == f"Numbers: own tables in {tables.name}; 0 rows differ from the bundled ones."
    assert replace(found, own=None, prices=evidence.prices) == evidence


def test_every_changed_cell_is_told_with_its_line_and_new_rows_once(own: Path) -> None:
    found = read_own_evidence(own)
    assert found.own is not None
    told = [(change.table, change.row, change.column, change.old, change.new) for change in found.own.changes]
    assert told == [
        ("crossing_times", "torkham PAK exit PAK-AFG tfi1 (4)", "", "no row", "new row"),
        ("queue_estimates", "taftan PAK-IRN", "evidence", "none", "post"),
        ("queue_estimates", "taftan PAK-IRN", "ordinary_h", "12", "6"),
        ("queue_estimates", "taftan PAK-IRN", "congested_h", "84", "42"),
        ("sources", "motc-survey-2026", "", "no row", "new row"),
    ]
    line = (own / "queue_estimates.csv").read_text(encoding="utf-8").splitlines()[found.own.changes[1].line - 1]
    assert line.startswith("taftan,PAK-IRN,")
    assert changed_rows(found.own.changes) == 3
    assert "; 3 rows differ from" in found.own.sentence


def test_own_hours_are_the_hours_of_the_post(own: Path) -> None:
    times = read_own_evidence(own).crossings["torkham"].times["PAK-AFG"]
    assert times.queue.hours + times.exit_side.hours == pytest.approx(18.5)  # the latest year wins
    assert times.queue.source == ("motc-survey-2026",)
    taftan = read_own_evidence(own).crossings["taftan"].times["PAK-IRN"]
    assert taftan.queue.hours + taftan.exit_side.hours == pytest.approx(0.8 * 6 + 0.2 * 42)


def test_a_row_that_is_gone_is_told_and_a_number_written_otherwise_is_none() -> None:
    form = FORMS["queue_estimates"]
    rest = ("post", "54.0", "60", "0.1", "", "judgement", "D", "")
    old = [WrittenRow(2, ("a", "PAK-AFG", *rest)), WrittenRow(3, ("b", "PAK-AFG", *rest))]
    new = [WrittenRow(2, ("a", "PAK-AFG", "post", "54", *rest[2:]))]
    gone = TableChange("queue_estimates", "b PAK-AFG", "", "row", "no row", 3, "removed")
    assert compare_rows(form, old, new) == [gone]


def test_the_day_of_the_tables_is_one_of_the_changes(tables: Path) -> None:
    edit(tables / "evidence.toml", "2026-05-31", "2026-09-30")
    found = read_own_evidence(tables)
    assert found.as_of == date(2026, 9, 30)
    assert found.own is not None
    assert [(change.column, change.old, change.new) for change in found.own.changes] == [
        ("evidence_as_of", "2026-05-31", "2026-09-30")
    ]


def test_faults_of_own_tables_name_their_folder(tables: Path) -> None:
    line = add_rows(tables / "crossing_times.csv", TORKHAM)
    with pytest.raises(DataError, match=f"^{tables.name}/crossing_times.csv:{line}: source: unknown source 'motc-sur"):
        read_own_evidence(tables)


def test_a_missing_table_is_named_once(tables: Path) -> None:
    (tables / "events.csv").unlink()
    with pytest.raises(DataError, match=rf"^{tables}/events.csv: the table is missing"):
        read_own_evidence(tables)


def test_every_table_that_is_read_has_a_form_and_its_key_tells_rows_apart(tables: Path) -> None:
    read = {path.name for path in tables.iterdir()} - {"calibration_trips.csv"}
    assert read == set(TABLE_FILES)
    written = read_written_tables(tables)
    for form in TABLE_FORMS:
        first = line_of(column.name for column in form.columns)
        assert written.headers[form.name] == first, form.name
        assert {form.place_of(name) for name in form.key} <= set(range(len(form.columns)))


def test_a_row_over_several_lines_stays_one_row(tables: Path) -> None:
    added = 'two-lines,"One title\nin two lines",,2020,,'
    add_rows(tables / "sources.csv", added)
    last = read_written_tables(tables).rows["sources"][-1]
    assert last.cells[1] == "One title\nin two lines"
    assert last.written == added + "\n"


# the scenario ----------------------------------------------------------------------------------------------


def scenario_file(folder: Path, evidence: str) -> Path:
    path = folder / "mine.yaml"
    path.write_text(f"extends: islamabad-minsk\nid: mine\nevidence: {evidence}\n", encoding="utf-8")
    return path


def test_a_scenario_finds_its_tables_from_where_it_lies(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = scenario_file(own.parent, own.name)
    monkeypatch.chdir(own)
    assert find_own_tables(path) == own.parent.resolve() / own.name
    assert find_own_tables("islamabad-minsk") is None
    assert find_own_tables(path, assignments=["evidence=bundled"]) is None


def test_on_the_command_line_tables_are_seen_from_where_one_runs(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(own.parent)
    assert find_own_tables("islamabad-minsk", assignments=[f"evidence={own.name}"]) == Path(own.name)


@pytest.mark.parametrize("name", ["no-such-folder", '"\\0"', "../../.."])
def test_a_folder_without_tables_is_refused_with_its_line(tmp_path: Path, name: str) -> None:
    path = scenario_file(tmp_path, name)
    with pytest.raises(ScenarioFileError, match=r"mine.yaml:3: evidence: no folder of tables; expected bundled, or a"):
        find_own_tables(path)


@pytest.mark.parametrize("value", ["3", "[a]", ""])
def test_what_is_no_name_is_left_to_the_reading_of_the_scenario(tmp_path: Path, value: str, evidence: Evidence) -> None:
    path = scenario_file(tmp_path, value)
    assert find_own_tables(path) is None
    if value:
        with pytest.raises(ScenarioFileError, match=r"evidence: .*expected bundled or the folder of your own tables"):
            read_scenario(path, known=evidence.known_names())


def test_a_scenario_that_says_nothing_runs_on_the_bundled_tables(evidence: Evidence) -> None:
    assert read_scenario("islamabad-minsk", known=evidence.known_names()).scenario.evidence == "bundled"


# the run ---------------------------------------------------------------------------------------------------


def test_a_run_says_whose_numbers_it_has_and_has_an_id_and_digests_of_its_own(
    own: Path, embedded: StoredNetwork
) -> None:
    found, resolved = read_routes_scenario(
        "islamabad", "zahedan", departure=None, via=["taftan"], avoid=(), alternatives=1, tables=own
    )
    answer = run(
        resolved.scenario, found, changes=resolved.changes, against_sea=False, network=embedded, progress=lambda _: None
    )
    assert answer.notes[0] == f"Numbers: own tables in {own.name}; 3 rows differ from the bundled ones."
    keys = [change.key for change in answer.changes]
    assert keys.index("queue_estimates taftan PAK-IRN ordinary_h") < keys.index("evidence")  # tables lie lowest
    changed = next(change for change in answer.changes if change.key == "queue_estimates taftan PAK-IRN ordinary_h")
    assert (changed.old, changed.new) == ("12", "6")
    assert changed.origin.startswith(f"{own.name}/queue_estimates.csv:")
    assert ("sources motc-survey-2026", "no row", "new row") in [row[:3] for row in _change_rows(answer)]
    assert answer.run_id == run_id(resolved.scenario, embedded, own=found.own)
    assert answer.run_id != run_id(resolved.scenario, embedded)
    digests, bundled = (input_hashes(resolved.scenario, tables) for tables in (found, replace(found, own=None)))
    differing = {name for name in digests if digests[name] != bundled[name]}
    assert differing == {"data/sources.csv", "data/crossing_times.csv", "data/queue_estimates.csv"}


def test_the_digest_follows_the_numbers_and_not_the_folder(own: Path, embedded: StoredNetwork) -> None:
    found, resolved = read_routes_scenario(
        "islamabad", "zahedan", departure=None, via=(), avoid=(), alternatives=1, tables=own
    )
    before = run_id(resolved.scenario, embedded, own=found.own)
    assert run_id(resolved.scenario, embedded, own=read_own_evidence(own).own) == before
    edit(own / "queue_estimates.csv", "taftan,PAK-IRN,post,6,42,", "taftan,PAK-IRN,post,6,43,")
    assert run_id(resolved.scenario, embedded, own=read_own_evidence(own).own) != before


def test_very_many_changes_are_counted_in_the_report(own: Path, embedded: StoredNetwork) -> None:
    found, resolved = read_routes_scenario(
        "islamabad", "lahore", departure=None, via=(), avoid=(), alternatives=1, tables=own
    )
    answer = run(resolved.scenario, found, against_sea=False, network=embedded, progress=lambda _: None)
    rows = _change_rows(replace(answer, changes=answer.changes[:1] * (CHANGES_SHOWN + 7)))
    assert len(rows) == CHANGES_SHOWN + 1
    assert rows[-1] == ("and 7 more", "", "", "see manifest.json")


def test_an_emptied_cell_is_told_in_words(own: Path, evidence: Evidence) -> None:
    edit(own / "queue_estimates.csv", "taftan,PAK-IRN,post,6,42,0.2,,", "taftan,PAK-IRN,post,6,42,0.2,12;1,")
    scenario = read_scenario("islamabad-minsk", known=evidence.known_names()).scenario
    _, log = with_layers(read_own_evidence(own), scenario, ())
    assert ("an empty cell", "12;1") in [(change.old, change.new) for change in log]


def test_the_page_says_that_the_trips_were_run_with_the_bundled_tables(own: Path) -> None:
    sentence = freshness_sentence(SHIPPED, read_own_evidence(own).own)
    assert f"run with the bundled tables, not with those in {own.name}" in sentence


# posts -----------------------------------------------------------------------------------------------------


def test_a_post_that_the_network_lacks_is_named_with_what_to_do(tables: Path, embedded: StoredNetwork) -> None:
    add_rows(tables / "crossings.csv", NEW_POST)
    sentence = unplaced_posts_sentence(read_own_evidence(tables), embedded)
    assert sentence.startswith("No way passes my_post: not on this road network. Build a network with it: corridor net")


def test_posts_that_are_known_to_have_no_road_are_not_told_again(tables: Path, embedded: StoredNetwork) -> None:
    assert embedded.description.unconnected_posts  # there are some
    assert unplaced_posts_sentence(read_own_evidence(tables), embedded) == ""


def test_a_post_that_the_tables_lack_ends_the_run_with_its_name(evidence: Evidence, toy_network: RoadNetwork) -> None:
    crossings = {key: post for key, post in evidence.crossings.items() if key != "torkham"}
    with pytest.raises(DataError, match=r"crossings.csv: no row for torkham; .* trucks 'no' takes a post out"):
        check_posts(replace(evidence, crossings=crossings), toy_network)


def test_schema_and_base_scenario_name_the_key() -> None:
    schema = json.loads(data_path("schema", "scenario.schema.json").read_text(encoding="utf-8"))
    assert "corridor evidence import" in schema["properties"]["evidence"]["description"]
