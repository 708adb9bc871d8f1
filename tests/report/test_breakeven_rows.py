"""Break-evens, fees of states and lines of two numbers in words: from values that are counted or invented."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corridor.analysis.assessment import Assessment
from corridor.futures.asked import Asked
from corridor.futures.breakeven import BreakEven
from corridor.futures.indifference import find_indifference
from corridor.futures.leverage import Leverage, LeverageTable
from corridor.futures.switches import Line, Switch
from corridor.network.roads import RoadNetwork
from corridor.report.breakeven_rows import break_even_lines, indifference_lines, leverage_section
from corridor.report.numerals import NBSP
from tests.futures.change_trip import FEE, QUEUE, drawn_assessment, labels_of, sure_evidence, toy_assessment

QUEUE_ASKED = Asked(QUEUE, "Queue at Torkham", 10.0, "h", 1.0, 100.0, 0.0, float("inf"), "multiples", moves_hours=True)


def plain(text: str) -> str:
    return text.replace(NBSP, " ")


def found_at(
    *switches: Switch, gap_usd: float = -500.0, spread: float = 4.0, closed: tuple[str, ...] = (), third: str = "A"
) -> BreakEven:
    line = Line(
        futures=8192,
        gap_usd=gap_usd,
        error_usd=20.0,
        is_straight=False,
        values=(1.0, 100.0),
        gaps_usd=(-900.0, 900.0),
        switches=switches,
    )
    best_there = tuple(third for _ in switches)
    return BreakEven(QUEUE_ASKED, ("A", "B"), closed, 8192, line, best_there, spread, likely=None)


def switch(value: float) -> Switch:
    return Switch(value, "A", "B", is_inside=True, error=0.5)


@pytest.fixture
def sure(toy_network: RoadNetwork) -> Assessment:
    return toy_assessment(toy_network, sure_evidence())


@pytest.fixture
def drawn(toy_network: RoadNetwork) -> Assessment:
    return drawn_assessment(toy_network, "uncertainty.draws=256")


def test_a_break_even_is_told_with_both_sides_and_its_distance(sure: Assessment) -> None:
    lines = [plain(line) for line in break_even_lines(found_at(switch(22.0)), sure)]
    assert lines[0] == (
        "Queue at Torkham: 10.0 h as it is. A costs 500 USD less than B on average over 8,192 futures "
        "(standard error 20 USD)."
    )
    assert lines[1] == (
        "A and B cost the same at 22.0 h: below that A is the better one, above it B. That is 12.0 h more than now, "
        "3.0 standard deviations of what is not known about it."  # (22 - 10) / 4
    )
    assert lines[2] == "Sought from 1.0 h to 100.0 h, about a tenth to ten times the figure."


def test_no_value_in_the_range_is_an_answer(sure: Assessment) -> None:
    inside = [plain(line) for line in break_even_lines(found_at(), sure)]
    assert inside[1] == (
        "No value from 1.0 h to 100.0 h, about a tenth to ten times the figure, changes the order: "
        "A stays the better one."
    )
    beyond = [plain(line) for line in break_even_lines(found_at(replace(switch(150.0), is_inside=False)), sure)]
    assert beyond[2].startswith("Beyond that range: A and B cost the same at 150.0 h")


def test_what_is_not_drawn_has_no_chance(sure: Assessment) -> None:
    lines = break_even_lines(found_at(switch(6.0), spread=0.0), sure)
    assert "4.0 h less than now; nothing is drawn about it" in plain(lines[1])


def test_a_third_option_that_is_better_than_both_is_told(sure: Assessment) -> None:
    lines = break_even_lines(found_at(switch(22.0), third="C"), sure)
    assert lines[1].endswith("There, however, C is better than both.")


def test_a_closed_option_and_unknown_costs_are_told(sure: Assessment) -> None:
    lines = break_even_lines(found_at(closed=("B",)), sure)
    assert "B is closed on the day; its figures are as if its posts were open." in lines
    assert "The figures count known costs only." in lines


def test_a_number_of_both_alike_moves_nothing(sure: Assessment) -> None:
    found = replace(found_at(), line=replace(found_at().line, gaps_usd=(-500.0, -500.0)))
    assert break_even_lines(found, sure)[1] == "It moves A and B alike: no value of it changes which is better."


def test_what_a_country_could_ask_is_told_with_the_way_around(sure: Assessment) -> None:
    around = Leverage(
        label="A",
        country="TKM",
        fees_usd=120.0,
        has_unknown_fees=False,
        detour="C",
        headroom_usd=800.0,
        best_extra_usd=700.0,
        share_left=0.6,
    )
    alone = replace(around, country="AFG", fees_usd=0.0, has_unknown_fees=True, detour="", headroom_usd=0.0)
    lost = replace(around, headroom_usd=-5.0)
    section = leverage_section(LeverageTable("A", 64, (alone, around)), sure)
    assert plain(section.title) == "Turkmenistan could ask 800 USD more per truck before A loses"
    assert [tuple(map(plain, row)) for row in section.rows] == [
        ("Afghanistan", "not known", "no limit found", "none", ""),
        ("Turkmenistan", "120 USD", "920 USD", "C", "+700 USD, 60 %"),
    ]
    already = leverage_section(LeverageTable("A", 64, (lost,)), sure)
    assert already.title == "A through Turkmenistan already costs more than the way around"
    assert leverage_section(LeverageTable("A", 64, (alone,)), sure).title == "No open option goes around Afghanistan"
    assert leverage_section(LeverageTable("A", 64, ()), sure).title == "A crosses no third country"


def test_the_line_of_two_numbers_is_told_by_its_points(drawn: Assessment) -> None:
    fees = [FEE, "crossings.chaman.PAK-AFG.exit_fee_usd"]
    found = find_indifference(drawn, fees, between=labels_of(drawn), size=5)
    lines = [plain(line) for line in indifference_lines(found, drawn)]
    assert ("cost the same along a line" in lines[0]) == bool(found.contours)
    assert any(line.startswith("Looked at: fees at the exit side at Torkham") for line in lines)
