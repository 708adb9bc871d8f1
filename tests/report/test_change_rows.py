"""What would change the answer, in words, tables, JSON and charts: from values that are counted or invented."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import matplotlib as mpl
import pytest

from corridor.analysis.assessment import Assessment
from corridor.errors import ScenarioError
from corridor.futures.asked import Asked
from corridor.futures.breakeven import BreakEven, find_break_even, find_break_evens
from corridor.futures.effects import Effect
from corridor.futures.indifference import find_indifference
from corridor.futures.information import Information, SurveyValue
from corridor.futures.leverage import Leverage, LeverageTable
from corridor.futures.rules import Condition, Rule
from corridor.futures.sensitivity import Sensitivity, find_sensitivity
from corridor.futures.sobol import Index, Indices
from corridor.futures.switches import Line, Switch
from corridor.futures.tornado import Bar, Tornado
from corridor.futures.variables import Variable
from corridor.network.roads import RoadNetwork
from corridor.printing_change import print_break_even, print_sensitivity
from corridor.report.breakeven_rows import break_even_lines, break_evens_section, indifference_lines, leverage_section
from corridor.report.change_charts import build_tornado_chart, write_indifference_chart
from corridor.report.change_rows import (
    build_change_sections,
    change_headline,
    rule_sentence,
    sobol_section,
    survey_section,
    tornado_section,
)
from corridor.report.change_words import closed_sentence, gap_phrase, unknown_sentence, value_text
from corridor.report.figures import STYLE, svg_bytes
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
    return BreakEven(QUEUE_ASKED, ("A", "B"), closed, 8192, line, best_there, spread)


def switch(value: float) -> Switch:
    return Switch(value, "A", "B", is_inside=True, error=0.5)


def variable(label: str, unit: str = "h") -> Variable:
    return Variable(label, label, unit, label, label, (label,), "", 0.0, ((Effect("parameter", label), 1.0),))


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


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (42.69, "h", "42.7 h"),
        (1348.4, "USD", "1,348 USD"),
        (0.65, "USD/l", "0.65 USD/l"),
        (24.8, "km/h", "24.8 km/h"),
        (0.001, "share", "<1 %"),
        (0.00104, "share/day", "0.10 % a day"),
        (1.133, "times what the tables say", "1.13 times what the tables say"),
        (2.0, "1/100 km", "2 per 100 km"),
    ],
)
def test_values_are_told_in_their_own_unit(value: float, unit: str, text: str) -> None:
    assert plain(value_text(value, unit)) == text


def test_gaps_and_closures_agree_in_number() -> None:
    assert plain(gap_phrase(983.4, ("A", "G"))) == "A costs 983 USD more than G"
    assert gap_phrase(-0.4, ("A", "G")) == "A and G cost the same"
    assert (
        closed_sentence(["K", "L"]) == "K and L are closed on the day; their figures are as if their posts were open."
    )
    assert closed_sentence([]) == ""


def test_the_table_of_break_evens_says_when_there_is_none() -> None:
    assert break_evens_section([], ("A", "B")).title == "No number alone changes whether A or B is the better one"
    section = break_evens_section([found_at(switch(22.0))], ("A", "B"))
    assert tuple(map(plain, section.rows[0])) == ("Queue at Torkham", "10.0 h", "22.0 h", "A", "B", "none", "3.0")


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


def sensitivity(*bars: Bar, gap_usd: float = -100.0, share_a: float = 0.71) -> Sensitivity:
    survey = SurveyValue("post", "Hours at Torkham", 80.4, 0.1, 1.0, 0.3)
    nothing = replace(survey, id="z", label="Dummy", usd=0.4)
    rule = Rule(
        "A", "B", (Condition(variable("Hours at Torkham"), is_above=False, threshold=30.0),), 0.78, 0.91, 0.71, 0.6
    )
    return Sensitivity(
        labels=("A", "B"),
        closed=(),
        futures=8192,
        gap_usd=gap_usd,
        share_a=share_a,
        tornado=Tornado(("A", "B"), 1024, -60.0, bars),
        indices=Indices(2048, gap_usd, 0.0, ()),
        information=Information(("A", "B", "C"), "A", 8192, 120.0, 2.0, (survey, nothing)),
        rules=(rule, replace(rule, winner="B", loser="A", conditions=(), win_share=0.29)),
    )


def test_the_headline_names_the_better_one_whichever_comes_first() -> None:
    assert plain(change_headline(sensitivity())) == (
        "On average A costs 100 USD less than B, money, the cargo's time and carbon together; it is the better one in "
        "71 % of 8,192 futures, each the mean of many trips."
    )
    turned = plain(change_headline(sensitivity(gap_usd=100.0, share_a=0.3)))
    assert turned.startswith("On average B costs 100 USD less than A")
    assert "in 70 % of 8,192" in turned


def test_the_tornado_marks_what_changes_the_order_alone() -> None:
    bars = (
        Bar(variable("Hours at Torkham"), 5.0, 40.0, -300.0, 900.0),
        Bar(variable("Diesel price", "USD/l"), 0.5, 0.9, -100.0, -20.0),
        Bar(variable("TIR carnet", "USD"), 90.0, 110.0, -60.0, -60.0),
    )
    section = tornado_section(sensitivity(*bars).tornado)
    assert plain(section.title) == "Hours at Torkham: moves the gap between A and B by 1,200 USD"
    assert [row[0] for row in section.rows] == ["Hours at Torkham", "Diesel price"]  # no swing, no row
    assert [row[-1] for row in section.rows] == ["yes", "no"]
    assert "With everything in the middle A costs 60 USD less than B." in plain(section.text)


def test_nothing_drawn_is_said_in_so_many_words() -> None:
    flat = sensitivity()
    assert tornado_section(flat.tornado).title == "Nothing that is drawn changes the gap"
    assert sobol_section(flat.indices, ("A", "B")).title == "Nothing that is drawn changes the gap"


def test_a_share_below_nothing_is_noise_with_its_sign() -> None:
    index = Index("x", "Hours at Torkham", 0.6, 0.55, 0.65, 0.62, 0.6, 0.64)
    noisy = Index("z", "Driving speed", -0.004, -0.01, 0.002, 0.013, 0.011, 0.015)
    section = sobol_section(Indices(2048, -100.0, 400.0, (index, noisy)), ("A", "B"))
    assert plain(section.title) == "Hours at Torkham: 62 % of the doubt about A and B"
    assert [plain(row[1]) for row in section.rows] == ["60.0 % (55-65)", "−0.4 % (noise)"]


def test_surveys_are_priced_per_truck_and_per_year() -> None:
    section = survey_section(sensitivity().information, trucks_per_year=1000)
    assert plain(section.title) == "Survey first: hours at Torkham, worth 80 USD per truck"
    assert [tuple(map(plain, row)) for row in section.rows] == [("Hours at Torkham", "80", "1.0", "in 30 %", "80,400")]
    assert survey_section(sensitivity().information).header[-1] == "would change the choice"
    none = replace(sensitivity().information, surveys=())
    assert survey_section(none).title == "No survey of one thing alone would pay"


def test_a_rule_is_told_with_coverage_and_purity() -> None:
    first, second = sensitivity().rules
    assert plain(rule_sentence(first)) == (
        "A wins with hours at Torkham below 30 h (covers 78 % of its wins, 91 % pure; it wins in 71 % of all futures)."
    )
    assert plain(rule_sentence(second)) == (
        "B is better than A in 29 % of all futures; no rule of three conditions says more."
    )


def test_unknown_costs_of_one_option_are_told_and_common_ones_are_not(sure: Assessment) -> None:
    a, b = labels_of(sure)
    text = unknown_sentence(sure, (a, b))
    gap = sure.options[0].ledger.money_cell.minus(sure.options[1].ledger.money_cell)
    assert bool(text) == bool(gap.only_a | gap.only_b)
    assert unknown_sentence(sure, (a, a)) == ""


def test_every_row_has_a_cell_for_each_column(drawn: Assessment) -> None:
    found = find_sensitivity(drawn)
    sections = [
        *build_change_sections(found, drawn, trucks_per_year=10),
        break_evens_section(find_break_evens(drawn), found.labels),
    ]
    assert sections[0].title == "What would change the answer"
    assert all(len(row) == len(section.header) for section in sections for row in section.rows)


@pytest.mark.parametrize("keys", [[], [QUEUE], [QUEUE, FEE]])
def test_the_command_prints_text_or_strict_json(
    keys: list[str], drawn: Assessment, capsys: pytest.CaptureFixture[str]
) -> None:
    between = labels_of(drawn)
    print_break_even(drawn, keys, between=between, as_json=False)
    assert NBSP not in capsys.readouterr().out
    print_break_even(drawn, keys, between=between, as_json=True)
    document = json.loads(capsys.readouterr().out, parse_constant=pytest.fail)
    assert document["between"] == list(between)


def test_the_sensitivity_command_prints_text_or_strict_json(
    drawn: Assessment, capsys: pytest.CaptureFixture[str]
) -> None:
    print_sensitivity(drawn, trucks_per_year=100, as_json=False)
    assert "What would change the answer" in capsys.readouterr().out
    print_sensitivity(drawn, trucks_per_year=100, as_json=True)
    document = json.loads(capsys.readouterr().out, parse_constant=pytest.fail)
    assert {"tornado", "sobol", "information", "rules"} <= document.keys()
    assert document["information"]["surveys"][0]["usd_per_year"] >= 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"keys": ["a", "b", "c"]}, "at most two numbers, got 3"),
        ({"keys": [QUEUE], "figure": Path("map.png")}, "a figure is of two numbers, got 1"),
        ({"keys": [], "low": 1.0}, "a range is of one number, got 0"),
        ({"keys": [QUEUE, FEE], "figure": Path("map.pdf")}, "ends in .png or .svg"),
    ],
)
def test_questions_that_make_no_sense_are_refused(
    arguments: dict[str, object], message: str, drawn: Assessment
) -> None:
    with pytest.raises(ScenarioError, match=message):
        print_break_even(drawn, as_json=False, **arguments)  # type: ignore[arg-type]


def test_trucks_that_are_none_are_refused(drawn: Assessment) -> None:
    with pytest.raises(ScenarioError, match="expected a number above 0, got 0"):
        print_sensitivity(drawn, trucks_per_year=0.0, as_json=False)


@pytest.mark.parametrize("suffix", [".svg", ".png"])
def test_the_map_of_two_numbers_has_the_same_bytes_twice(suffix: str, drawn: Assessment, tmp_path: Path) -> None:
    found = find_indifference(drawn, [FEE, "parameters.diesel_usd_per_l.AFG"], between=labels_of(drawn), size=5)
    paths = [tmp_path / f"{name}{suffix}" for name in ("one", "two")]
    for path in paths:
        write_indifference_chart(found, drawn, path)
    assert paths[0].read_bytes() == paths[1].read_bytes()
    assert len(paths[0].read_bytes()) > 1000


def test_the_line_of_two_numbers_is_told_by_its_points(drawn: Assessment) -> None:
    fees = [FEE, "crossings.chaman.PAK-AFG.exit_fee_usd"]
    found = find_indifference(drawn, fees, between=labels_of(drawn), size=5)
    lines = [plain(line) for line in indifference_lines(found, drawn)]
    assert ("cost the same along a line" in lines[0]) == bool(found.contours)
    assert any(line.startswith("Looked at: fees at the exit side at Torkham") for line in lines)


def test_the_chart_of_the_tornado_names_every_bar(drawn: Assessment) -> None:
    tornado = find_sensitivity(drawn).tornado
    figure = build_tornado_chart(tornado, drawn)
    names = [label.get_text() for label in figure.axes[0].get_yticklabels()]
    assert names == [bar.variable.label for bar in tornado.bars][:12]


def test_the_chart_of_the_tornado_has_the_same_bytes_twice(drawn: Assessment) -> None:
    tornado = find_sensitivity(drawn).tornado
    with mpl.rc_context(STYLE):
        once, again = (svg_bytes(build_tornado_chart(tornado, drawn)) for _ in range(2))
    assert once == again


def test_a_chart_of_nothing_says_so(sure: Assessment) -> None:
    figure = build_tornado_chart(find_sensitivity(sure).tornado, sure)
    assert any("nothing that is drawn" in text.get_text() for text in figure.texts)


def test_one_question_agrees_with_the_table_of_all(drawn: Assessment) -> None:
    between = labels_of(drawn)
    everything = {each.asked.key: each for each in find_break_evens(drawn, between=between)}
    alone = find_break_even(drawn, FEE, between=between)
    if FEE in everything:
        assert everything[FEE].switches[0].value == pytest.approx(alone.switches[0].value)
    else:
        assert not any(switch.is_inside for switch in alone.switches)
