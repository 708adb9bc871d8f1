"""A run folder read back: the figures that were reported, or a message that says which file is damaged."""

import json
from collections.abc import Callable
from math import fsum
from pathlib import Path

import pytest

from corridor.analysis.accounts import build_account
from corridor.analysis.assessment import Assessment
from corridor.analysis.explain import explain
from corridor.errors import DataError
from corridor.report.exports import write_text
from corridor.report.run_folder import read_run_folder, report_run, run_texts


@pytest.fixture
def folder(assessment: Assessment, tmp_path: Path) -> Path:
    """What can be read back of a run, without its figures."""
    for name, text in run_texts(assessment).items():
        write_text(tmp_path / name, text)
    return tmp_path


def edit(path: Path, change: Callable[[str], str]) -> None:
    write_text(path, change(path.read_text(encoding="utf-8")))


def test_a_folder_reads_back_as_what_its_run_reported(run_folder: Path, assessment: Assessment) -> None:
    read, reported = read_run_folder(run_folder), report_run(assessment)
    assert read == reported
    assert [option.label for option in read.options] == [option.label for option in assessment.all_options]
    assert read.rival == (assessment.rival.label if assessment.rival else "")


def test_a_folder_explains_the_same_difference_as_the_ledgers(folder: Path, assessment: Assessment) -> None:
    read = read_run_folder(folder)
    for number in range(1, len(read.accounts)):
        stored = explain(read.accounts[0], read.accounts[number])
        exact = explain(*(build_account(assessment.all_options[index]) for index in (0, number)))
        assert stored.total("money") == pytest.approx(exact.total("money"), abs=0.005)
        assert stored.total("time") == pytest.approx(exact.total("time"), abs=1e-3)
        assert (stored.bound, stored.unknown_in_a) == (exact.bound, exact.unknown_in_a)


def test_closed_presets_have_no_rank(folder: Path, assessment: Assessment) -> None:
    ranks = [option.rank for option in read_run_folder(folder).options]
    open_count = len(assessment.options)
    assert ranks == [*range(1, open_count + 1), *[None] * len(assessment.closed_options)]


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "costs.csv").unlink()
    with pytest.raises(DataError, match=r"no whole run folder; .*got none of the name costs\.csv\. Run the scenario"):
        read_run_folder(folder)


def test_a_cut_summary_is_damaged(folder: Path) -> None:
    edit(folder / "summary.json", lambda text: text[: len(text) // 2])
    with pytest.raises(DataError, match=r"summary\.json: damaged, or written by another version; expected"):
        read_run_folder(folder)


def test_a_summary_without_a_key_says_where(folder: Path) -> None:
    def without_money(text: str) -> str:
        document = json.loads(text)
        del document["options"][1]["money_usd"]
        return json.dumps(document)

    edit(folder / "summary.json", without_money)
    with pytest.raises(DataError, match=r"summary\.json: .*got at options\.1\.money_usd: Field required\."):
        read_run_folder(folder)


def test_rows_that_do_not_add_up_to_the_total_are_refused(folder: Path) -> None:
    def dearer(text: str) -> str:
        document = json.loads(text)
        document["options"][0]["money_usd"] += 1.0
        return json.dumps(document)

    edit(folder / "summary.json", dearer)
    with pytest.raises(DataError, match=r"costs\.csv and summary\.json disagree on the money of option A; expected"):
        read_run_folder(folder)


def test_a_word_in_place_of_a_number_is_damage(folder: Path) -> None:
    lines = (folder / "costs.csv").read_text(encoding="utf-8").splitlines()
    cells = lines[1].split(",")
    cells[7] = "nan"
    write_text(folder / "costs.csv", "\n".join([lines[0], ",".join(cells), *lines[2:]]) + "\n")
    with pytest.raises(DataError, match=r"costs\.csv: damaged; expected a number, got 'nan'"):
        read_run_folder(folder)


def test_other_columns_and_short_lines_are_damage(folder: Path) -> None:
    edit(folder / "legs.csv", lambda text: text.replace("length_km", "km", 1))
    with pytest.raises(DataError, match=r"legs\.csv: other columns; expected option, stage"):
        read_run_folder(folder)
    edit(folder / "legs.csv", lambda text: text.replace("km", "length_km", 1) + "A,0\n")
    with pytest.raises(DataError, match=r"legs\.csv:\d+: damaged; expected 11 cells, got 2"):
        read_run_folder(folder)


def test_the_rows_of_an_account_add_up_to_the_reported_total(folder: Path) -> None:
    read = read_run_folder(folder)
    for account, option in zip(read.accounts, read.options, strict=True):
        usd = fsum(entry.amount or 0.0 for entry in account.entries if entry.quantity == "money")
        assert usd == pytest.approx(option.money_usd, abs=0.01)
