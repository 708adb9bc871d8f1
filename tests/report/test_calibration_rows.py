"""What the report says of the model beside measurements."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corridor.analysis.assessment import Assessment
from corridor.evidence import OwnTables
from corridor.evidence.layering import own_table_changes
from corridor.evidence.table_changes import TableChange
from corridor.futures.outlook import Outlook
from corridor.report.calibration_rows import build_calibration_rows, freshness_sentence, trip_sentence
from corridor.report.html import build_html
from corridor.report.pictures import Picture

from .fake_trip import SHIPPED


def test_only_countries_that_cpmm_covers_are_shown(assessment: Assessment) -> None:
    assert [row.country for row in build_calibration_rows(assessment)] == ["Pakistan"]


def test_a_cell_shows_the_model_the_latest_year_and_the_range(assessment: Assessment) -> None:
    speed = build_calibration_rows(assessment)[0].cells[0]
    assert speed.model == "25.0"  # the invented speed of Pakistan
    assert (speed.cpmm, speed.years, speed.verdict) == ("24.8 in 2023", "24.8 to 25.2", "inside")


def test_trips_are_summed_up_beside_the_rule_of_thumb() -> None:
    sentence = trip_sentence(SHIPPED).replace("\u00a0", " ")
    assert "3 of them held out and run: days off by 16 % on average, bias -8 %" in sentence
    assert "(500 km a day and 2 days at every post) is off by 30 %" in sentence


def test_the_report_says_so_when_the_tables_have_changed_since() -> None:
    assert freshness_sentence(SHIPPED, None) == ""
    assert "tables have changed" in freshness_sentence(replace(SHIPPED, is_current=False), None)


def test_a_folder_of_own_tables_is_named_on_the_page_and_is_no_code_there(
    assessment: Assessment, pictures: dict[str, Picture]
) -> None:
    change = TableChange("crossings", "<b>x</b>", "name", "<i>", "<script>alert(1)</script>", 2)
    own = OwnTables("<script>alert(1)</script>", {}, (change,))
    evidence = replace(assessment.evidence, own=own)
    told = replace(assessment, evidence=evidence, changes=own_table_changes(evidence), notes=(own.sentence,))
    page = build_html(told, Outlook(), pictures, SHIPPED)
    assert "<script>alert" not in page
    assert "<b>x</b>" not in page
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;") == 4  # note, changed cell, its origin, calibration


def test_the_page_has_the_section(page: str) -> None:
    assert 'id="measured"' in page
    assert "beside what CAREC" in page
    assert page.count("in 2023") >= 3


@pytest.mark.parametrize("column", range(4))
def test_every_measure_of_pakistan_has_a_verdict(assessment: Assessment, column: int) -> None:
    assert build_calibration_rows(assessment)[0].cells[column].verdict in {"inside", "outside"}
