"""Sentences about re-routing, from checks written down by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from corridor.evidence import Evidence, read_evidence
from corridor.futures.route_check import RouteCheck
from corridor.report.numerals import NBSP
from corridor.report.rerouting_wording import check_section, check_sentences, gap_rows, limits_sentence

SOUTH, NORTH = ("taftan", "astara", "samur"), ("khunjerab", "torugart")


@pytest.fixture(scope="module")
def evidence() -> Evidence:
    return read_evidence()


@pytest.fixture
def check() -> RouteCheck:
    """Four futures of 1,000 USD: no gap, half a cent, 10 USD on other roads, 40 USD by other posts."""
    return RouteCheck(
        rerouted_usd=np.full(4, 1000.0),
        fixed_usd=np.array([1000.0, 1000.005, 1010.0, 1040.0]),
        rerouted_chains=(SOUTH, SOUTH, SOUTH, NORTH),
        fixed_chains=(SOUTH, NORTH, SOUTH, SOUTH),
        listed_usd=np.array([[2000.0, 2100.0], [2000.0, 2100.0], [2500.0, 2400.0], [2000.0, 2200.0]]),
        unlisted_usd=np.array([[2010.0], [1900.0], [2280.0], [2000.0]]),
        unlisted_chains=(NORTH,),
        left_out=("B",),
        has_luck=False,
    )


def said(check: RouteCheck, evidence: Evidence) -> str:
    return " ".join(check_sentences(check, evidence)).replace(NBSP, " ")


def test_less_than_a_cent_is_no_cheaper_way(check: RouteCheck) -> None:
    assert check.gap_usd.tolist() == [0.0, 0.0, 10.0, 40.0]
    assert check.is_cheaper.tolist() == [False, False, True, True]
    assert check.is_other_chain.tolist() == [False, False, False, True]


def test_the_gap_is_told_as_a_share_and_in_usd(check: RouteCheck) -> None:
    # of 0, 0, 1 and 4 %: half way between 0 and 1; 0.85 of the way from 1 to 4; 0.97 of it; and 4
    rows = [tuple(cell.replace(NBSP, " ") for cell in row) for row in gap_rows(check)]
    assert rows == [
        ("median", "0.50 %", "5.00"), ("P95", "3.55 %", "35.50"), ("P99", "3.91 %", "39.10"),
        ("largest", "4.00 %", "40.00"),
    ]  # fmt: skip


def test_the_sentences_say_how_often_by_how_much_and_give_an_example(check: RouteCheck, evidence: Evidence) -> None:
    text = said(check, evidence)
    assert "4 futures, with the luck of single trucks averaged out." in text
    assert (
        "In 2 of them there is a cheaper way than the best over the roads that the run uses, in 1 by other posts."
        in text
    )
    assert "The largest saving, 40 USD, is by Khunjerab > Torugart in place of Taftan > Astara > Samur." in text
    assert "not searched anew: option B changes it." in text


def test_a_saving_of_some_cents_is_not_told_as_nothing(check: RouteCheck, evidence: Evidence) -> None:
    small = replace(check, fixed_usd=np.array([1000.0, 1000.0, 1000.2, 1000.0]))
    assert "The largest saving, less than 1 USD, is on other roads between the same posts" in said(small, evidence)


def test_a_chain_that_is_not_listed_is_named_where_it_costs_less_than_all_options(
    check: RouteCheck, evidence: Evidence
) -> None:
    # 1,900 against 2,000 is 5 % less, 2,280 against 2,400 too; 2,000 against 2,000 is not less
    assert check.best_unlisted == (None, NORTH, NORTH, None)
    text = said(check, evidence)
    assert "In 2 of them a chain of posts that is not listed costs less than all options" in text
    assert "5.00 % less at the median and 5.00 % at most" in text
    assert "Khunjerab > Torugart, 2 times." in text


def test_where_nothing_is_cheaper_the_text_says_so_and_names_no_example(check: RouteCheck, evidence: Evidence) -> None:
    settled = replace(
        check, fixed_usd=check.rerouted_usd, unlisted_usd=np.zeros((4, 0)), unlisted_chains=(), left_out=()
    )
    text = said(settled, evidence)
    assert "In none of them is there a cheaper way" in text
    assert "In none of them does a chain of posts that is not listed cost less" in text
    assert "saving" not in text
    assert "tractor" not in text
    assert limits_sentence(settled).endswith("in 4 futures none was better.")


def test_the_sentence_for_the_limits_has_the_measured_gap(check: RouteCheck) -> None:
    text = limits_sentence(check).replace(NBSP, " ")
    assert text.endswith("in 4 futures, the cheapest way costs 0.50 % less at the median and 4.00 % less at most.")


def test_the_section_has_a_row_for_each_quantile_and_no_cell_missing(check: RouteCheck, evidence: Evidence) -> None:
    section = check_section(check, evidence)
    assert len(section.rows) == 4
    assert {len(row) for row in section.rows} == {len(section.header)}


def test_a_frame_has_one_row_a_future_with_units_in_its_columns(check: RouteCheck) -> None:
    frame = check.to_frame()
    assert frame["gap_usd"].tolist() == [0.0, 0.0, 10.0, 40.0]
    assert frame["best_unlisted_chain"].tolist() == ["", "khunjerab > torugart", "khunjerab > torugart", ""]
    assert frame["best_option_generalised_usd"].tolist() == [2000.0, 2000.0, 2400.0, 2000.0]
