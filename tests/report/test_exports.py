"""The run folder: complete, whole or absent, the same every time."""

import csv
import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from corridor.analysis.assessment import Assessment
from corridor.errors import ScenarioError
from corridor.futures.outlook import Outlook
from corridor.report import exports
from corridor.report.exports import write_run_folder
from corridor.report.figures import BUILDERS
from corridor.report.findings import Findings
from corridor.report.ledger_csv import costs_csv
from corridor.report.manifest import input_hashes
from corridor.report.pictures import Picture
from corridor.report.writable import check_writable
from corridor.scenario import MapView, parse_scenario
from tests.hash_seeds import printed_under_hash_seeds


def rows_of(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def test_the_folder_holds_everything_a_run_leaves(run_folder: Path) -> None:
    names = {path.name for path in run_folder.iterdir()}
    assert names == {
        "scenario.resolved.yaml", "manifest.json", "options.gpkg", "options.parquet", "posts.parquet", "options.kml",
        "options.gpx", "legs.csv", "posts.csv", "costs.csv", "evidence.csv", "data_dictionary.csv", "workbook.xlsx",
        "summary.json", "report.html", "brief.pdf", "figures",
    }  # fmt: skip
    assert {path.name for path in (run_folder / "figures").iterdir()} == {
        f"{name}.{kind}" for name in BUILDERS for kind in ("svg", "png", "csv")
    }


def test_costs_sum_to_the_totals_of_the_summary(run_folder: Path) -> None:
    summary = json.loads((run_folder / "summary.json").read_text(encoding="utf-8"))
    rows = rows_of(run_folder / "costs.csv")
    for option in summary["options"]:
        own = [row for row in rows if row["option"] == option["label"]]
        usd = sum(float(row["amount"]) for row in own if row["quantity"] == "money" and row["amount"])
        hours = sum(float(row["amount"]) for row in own if row["quantity"] == "time")
        assert usd == pytest.approx(option["money_usd"], abs=0.01)
        assert hours == pytest.approx(option["time_h"], abs=1e-3)


def test_unknown_money_is_an_empty_cell(assessment: Assessment) -> None:
    rows = list(csv.DictReader(costs_csv(assessment).splitlines()))
    tolls = [row for row in rows if row["component"] == "toll" and row["country"] == "RUS"]
    assert tolls
    assert {row["amount"] for row in tolls} == {""}


def test_the_resolved_scenario_reads_back_as_itself(run_folder: Path, assessment: Assessment) -> None:
    text = (run_folder / "scenario.resolved.yaml").read_text(encoding="utf-8")
    assert parse_scenario(text) == assessment.scenario


def test_the_manifest_names_command_versions_and_inputs(run_folder: Path) -> None:
    manifest = json.loads((run_folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["command"] == "corridor run islamabad-minsk"
    assert len(manifest["inputs_sha256"]["data/parameters.csv"]) == 64
    assert manifest["versions"]["numpy"]


def test_the_manifest_has_the_digest_of_boundaries_of_ones_own(assessment: Assessment, tmp_path: Path) -> None:
    own = tmp_path / "own.geojson"
    own.write_text("{}", encoding="utf-8")
    scenario = assessment.scenario.model_copy(update={"map": MapView(boundaries=str(own))})
    digests = input_hashes(scenario, assessment.evidence)
    assert digests["boundaries/own.geojson"] == hashlib.sha256(b"{}").hexdigest()
    assert not [
        name for name in input_hashes(assessment.scenario, assessment.evidence) if name.startswith("boundaries/")
    ]


def test_writing_twice_gives_the_same_bytes_but_for_the_manifest(
    run_folder: Path, assessment: Assessment, tmp_path: Path
) -> None:
    again = write_run_folder(Findings(assessment, Outlook()), tmp_path, command="corridor run islamabad-minsk")
    for path in sorted(run_folder.rglob("*.*")):
        if path.name != "manifest.json":
            assert (again / path.relative_to(run_folder)).read_bytes() == path.read_bytes(), path.name


def test_a_figure_that_is_drawn_is_not_drawn_again(
    assessment: Assessment, pictures: Mapping[str, Picture], tmp_path: Path
) -> None:
    drawn = {"map": pictures["time_staircase"]}
    folder = write_run_folder(Findings(assessment, Outlook()), tmp_path, command="", drawn=drawn) / "figures"
    assert (folder / "map.svg").read_bytes() == pictures["time_staircase"].svg
    assert (folder / "cost_staircase.svg").read_bytes() == pictures["cost_staircase"].svg


def test_every_file_has_the_same_bytes_under_any_hash_seed() -> None:
    code = """
import hashlib, tempfile
from pathlib import Path
from corridor.futures.outlook import Outlook
from corridor.report.exports import write_run_folder
from corridor.report.findings import Findings
from tests.report.fake_trip import build_assessment
folder = write_run_folder(Findings(build_assessment(), Outlook()), Path(tempfile.mkdtemp()), command="")
for path in sorted(folder.rglob("*.*")):
    if path.name != "manifest.json":
        print(path.suffix, path.name, hashlib.sha256(path.read_bytes()).hexdigest())
"""
    (printed,) = printed_under_hash_seeds(code)
    kinds = {line.split()[0] for line in printed.splitlines()}
    text, pictures, tables = {".html", ".json", ".yaml"}, {".svg", ".png", ".pdf"}, {".csv", ".xlsx", ".parquet"}
    assert kinds == {*text, *pictures, *tables, ".gpkg", ".kml", ".gpx"}


def test_a_stopped_run_leaves_neither_half_a_folder_nor_rests(
    assessment: Assessment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(exports, "begin_drawing", stop)
    with pytest.raises(KeyboardInterrupt):
        write_run_folder(Findings(assessment, Outlook()), tmp_path, command="")
    assert list(tmp_path.iterdir()) == []


def test_a_stopped_run_keeps_the_folder_of_an_earlier_one(
    assessment: Assessment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / assessment.run_id).mkdir()
    (tmp_path / assessment.run_id / "kept.txt").write_text("kept", encoding="utf-8")

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(exports, "begin_drawing", stop)
    with pytest.raises(KeyboardInterrupt):
        write_run_folder(Findings(assessment, Outlook()), tmp_path, command="")
    assert [path.name for path in (tmp_path / assessment.run_id).iterdir()] == ["kept.txt"]


def test_an_existing_folder_is_replaced_as_a_whole(assessment: Assessment, tmp_path: Path) -> None:
    (tmp_path / assessment.run_id).mkdir()
    (tmp_path / assessment.run_id / "stale.txt").write_text("stale", encoding="utf-8")
    small = replace(assessment, options=assessment.options[:1], closed_options=())
    folder = write_run_folder(Findings(small, Outlook()), tmp_path, command="")
    assert not (folder / "stale.txt").exists()
    assert [path.name for path in tmp_path.iterdir()] == [assessment.run_id]


def test_a_parent_that_is_a_file_is_refused_with_advice(tmp_path: Path) -> None:
    (tmp_path / "runs").write_text("", encoding="utf-8")
    with pytest.raises(ScenarioError, match=r"--out .*runs: cannot be written to; .* Name another folder\."):
        check_writable(tmp_path / "runs")


@pytest.mark.parametrize("kept", [(1, 0), (0, 1), (2, 0), (1, 3)])
def test_any_number_of_options_makes_a_report(assessment: Assessment, tmp_path: Path, kept: tuple[int, int]) -> None:
    few = replace(
        assessment, options=assessment.options[: kept[0]], closed_options=assessment.closed_options[: kept[1]]
    )
    assert (write_run_folder(Findings(few, Outlook()), tmp_path, command="") / "report.html").stat().st_size > 0
