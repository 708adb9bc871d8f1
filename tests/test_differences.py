"""Explaining and comparing real runs: exact, honest about data, and told in plain messages."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest

from corridor.analysis.accounts import build_account
from corridor.analysis.assessment import Assessment
from corridor.analysis.comparison import ReportedRun
from corridor.analysis.explain import explain
from corridor.differences import compare_runs, explain_run, read_or_run
from corridor.errors import ScenarioError
from corridor.evidence import Evidence, read_evidence
from corridor.report.comparing import input_sentences, result_sentences, share_rows
from corridor.report.exports import write_text
from corridor.report.run_folder import report_run, run_texts
from corridor.run import run
from corridor.scenario import read_scenario

from .test_cli import corridor

pytestmark = pytest.mark.xdist_group("differences")

QUICK = ("routes.alternatives=2", "routes.presets=[]")


def silent(_: str) -> None:
    """Nobody listens."""


@pytest.fixture(scope="module")
def evidence() -> Evidence:
    return read_evidence()


@pytest.fixture(scope="module")
def assessment(evidence: Evidence) -> Assessment:
    scenario = read_scenario("islamabad-minsk", known=evidence.known_names()).scenario
    return run(scenario, evidence, against_sea=False, progress=silent)


def quick_run(evidence: Evidence, *assignments: str) -> ReportedRun:
    resolved = read_scenario("islamabad-minsk", known=evidence.known_names(), assignments=(*QUICK, *assignments))
    return report_run(run(resolved.scenario, evidence, progress=silent))


@pytest.fixture(scope="module")
def base(evidence: Evidence) -> ReportedRun:
    return quick_run(evidence)


@pytest.fixture(scope="module")
def folder(assessment: Assessment, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("runs") / assessment.run_id
    place.mkdir()
    for name, text in run_texts(assessment).items():
        write_text(place / name, text)
    return place


def test_the_parts_of_any_two_real_options_add_up_to_the_cent(assessment: Assessment) -> None:
    for a, b in combinations(assessment.all_options, 2):
        difference = explain(build_account(a), build_account(b))
        assert difference.total("money") == pytest.approx(b.ledger.money_usd - a.ledger.money_usd, abs=0.005)
        assert difference.total("time") == pytest.approx(b.ledger.time_h - a.ledger.time_h, abs=1e-6)
        assert difference.total("co2e") == pytest.approx(b.ledger.co2e_wtw_kg - a.ledger.co2e_wtw_kg, abs=1e-6)
        gap = b.generalised_cost_usd - a.generalised_cost_usd
        assert difference.generalised_cost_usd == pytest.approx(gap, abs=0.005)


def test_without_a_choice_the_best_is_explained_against_its_rival(assessment: Assessment, folder: Path) -> None:
    difference = explain_run(read_or_run(folder, progress=silent))
    assert assessment.rival is not None
    assert (difference.label_a, difference.label_b) == (assessment.options[0].label, assessment.rival.label)


def test_an_unknown_option_is_refused_with_the_valid_ones(base: ReportedRun) -> None:
    with pytest.raises(ScenarioError, match=r"no option 'Q'; expected one of A, B, got 'Q'\."):
        explain_run(base, ("A", "Q"))


def test_a_run_with_one_option_has_nothing_to_compare(base: ReportedRun) -> None:
    alone = replace(base, options=base.options[:1], accounts=base.accounts[:1])
    with pytest.raises(ScenarioError, match="expected two open options, got 1"):
        explain_run(alone)


def test_the_shares_of_changed_keys_add_up_to_the_reported_change(base: ReportedRun, evidence: Evidence) -> None:
    new = quick_run(evidence, "vehicle.crew=1", "cargo.mass_t=20")
    comparison = compare_runs(base, new, progress=silent)
    attribution = comparison.attribution
    assert attribution is not None
    assert base.best is not None
    assert new.best is not None
    assert [share.keys for share in attribution.shares] == [("vehicle.crew",), ("cargo.mass_t",)]
    assert attribution.rest.is_nothing  # the runs in between reproduce what was reported
    usd = sum(share.mean.generalised_cost_usd for share in attribution.shares)
    assert usd == pytest.approx(new.best.generalised_cost_usd - base.best.generalised_cost_usd, abs=0.005)
    printed = [[float(cell.replace(",", "").replace("−", "-")) for cell in row[3:]] for row in share_rows(attribution)]
    assert [sum(column) for column in zip(*printed[:-1], strict=True)] == pytest.approx(printed[-1])


def test_identical_runs_are_called_identical(base: ReportedRun) -> None:
    comparison = compare_runs(base, base, progress=silent)
    assert input_sentences(comparison) == [
        "The two scenarios are identical, and so are the data and the version of the program."
    ]
    assert result_sentences(comparison, {}) == ["No result differs."]


def test_what_other_tables_change_is_not_put_down_to_the_scenario(base: ReportedRun) -> None:
    assert base.best is not None
    dearer = replace(base.best, generalised_cost_usd=base.best.generalised_cost_usd + 10.0)
    digests = {**base.inputs_sha256, "data/parameters.csv": "0" * 64}
    aged = replace(base, name="aged", options=(dearer, *base.options[1:]), inputs_sha256=digests)
    comparison = compare_runs(aged, base, progress=silent)
    assert comparison.changed_files == ("data/parameters.csv",)
    assert comparison.attribution is not None
    assert comparison.attribution.shares == ()
    assert comparison.attribution.rest.generalised_cost_usd == -10.0
    assert share_rows(comparison.attribution)[0][:4] == ["data, network or version", "", "", "−10.00"]
    assert input_sentences(comparison) == ["The two scenarios are identical.", "Other digests: data/parameters.csv."]


def test_runs_of_changed_keys_say_that_they_use_the_present_tables(base: ReportedRun, evidence: Evidence) -> None:
    aged = replace(base, name="aged", inputs_sha256={**base.inputs_sha256, "data/parameters.csv": "0" * 64})
    comparison = compare_runs(aged, quick_run(evidence, "vehicle.crew=1"), progress=silent)
    assert comparison.attribution is not None
    assert comparison.attribution.notes == (
        "Runs of changed keys use the present tables, which are not those of aged.",
    )


def test_keys_that_make_no_sense_alone_are_told_together(base: ReportedRun, evidence: Evidence) -> None:
    new = quick_run(evidence, "trip.origin=minsk", "trip.destination=islamabad", "vehicle.plate=BLR")
    comparison = compare_runs(base, new, progress=silent)
    assert comparison.attribution is not None
    (share,) = comparison.attribution.shares
    assert set(share.keys) == {"trip.origin", "trip.destination", "vehicle.plate"}
    assert share.from_old == share.from_new == share.mean
    assert "The keys cannot be told apart: " in comparison.attribution.notes[0]


def test_a_status_that_is_overridden_stands_beside_that_of_the_day(base: ReportedRun, evidence: Evidence) -> None:
    new = quick_run(evidence, "override.crossings.torkham.status=open")
    (row,) = compare_runs(base, new, progress=silent).changed_keys
    assert (row.key, row.old, row.new) == ("override.crossings.torkham.status", "closed", "open")
    assert row.old_source


def test_the_command_explains_a_folder_with_exact_numbers(folder: Path, assessment: Assessment) -> None:
    done = corridor("explain", str(folder), "--options", "A", "B", "--json")
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    a, b = (option.ledger.money_usd for option in assessment.options[:2])
    assert document["b_less_a"]["money_usd"] == pytest.approx(b - a, abs=0.005)
    money = [part["difference"] for part in document["parts"] if part["quantity"] == "money"]
    assert sum(money) == pytest.approx(document["b_less_a"]["money_usd"], abs=1e-6)


def test_a_closed_preset_is_explained_as_a_counterfactual(folder: Path, assessment: Assessment) -> None:
    closed = assessment.closed_options[0].label
    done = corridor("explain", str(folder), "--options", "A", closed)
    assert f"{closed} is closed on the day; its figures are as if its posts were open." in done.stdout


def test_explaining_gives_the_same_bytes_under_two_hash_seeds(folder: Path) -> None:
    one, two = (corridor("explain", str(folder), seed=seed).stdout for seed in ("1", "2"))
    assert one == two
    assert "Total" in one


def test_comparing_gives_the_same_bytes_under_two_hash_seeds_and_ends_well(tmp_path: Path) -> None:
    for name, crew in (("one", 2), ("two", 1)):
        (tmp_path / f"{name}.yaml").write_text(
            f"extends: islamabad-minsk\nid: {name}\nvehicle: {{crew: {crew}}}\n"
            "routes: {alternatives: 1, presets: []}\n"
            "override: {crossings.torkham.status: open}\n",
            encoding="utf-8",
        )
    runs = [
        corridor("compare", *(str(tmp_path / f"{name}.yaml") for name in ("one", "two")), seed=seed)
        for seed in ("1", "2")
    ]
    assert [done.returncode for done in runs] == [0, 0]
    assert runs[0].stdout == runs[1].stdout
    assert "vehicle.crew" in runs[0].stdout


def test_a_missing_folder_is_bad_usage() -> None:
    done = corridor("explain", "runs/nothing")
    assert done.returncode == 2
    assert "runs/nothing: no such run or scenario; expected a folder written by `corridor run`" in done.stderr


def test_an_unknown_option_is_bad_usage(folder: Path) -> None:
    done = corridor("explain", str(folder), "--options", "A", "Z")
    assert done.returncode == 2
    assert "no option 'Z'; expected one of A, B, C" in done.stderr


def test_a_damaged_summary_is_damaged_data(folder: Path, tmp_path: Path) -> None:
    for path in folder.iterdir():
        write_text(tmp_path / path.name, path.read_text(encoding="utf-8"))
    write_text(tmp_path / "summary.json", "{}")
    done = corridor("compare", str(folder), str(tmp_path))
    assert done.returncode == 4
    assert "summary.json: damaged" in done.stderr
