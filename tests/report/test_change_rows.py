"""What would change the answer, in words and tables: from values that are counted or invented."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corridor.analysis.assessment import Assessment
from corridor.futures.breakeven import find_break_evens
from corridor.futures.effects import Effect
from corridor.futures.information import Information, SurveyValue
from corridor.futures.rules import Condition, Rule
from corridor.futures.sensitivity import Sensitivity, find_sensitivity
from corridor.futures.sobol import Index, Indices
from corridor.futures.tornado import Bar, Tornado
from corridor.futures.variables import Variable
from corridor.network.roads import RoadNetwork
from corridor.report.breakeven_table import break_evens_section
from corridor.report.change_rows import (
    build_change_sections,
    change_headline,
    rule_sentence,
    sobol_section,
    survey_section,
    tornado_section,
)
from corridor.report.change_words import closed_sentence, gap_phrase, unknown_sentence, value_text
from corridor.report.numerals import NBSP
from tests.futures.change_trip import drawn_assessment, labels_of, sure_evidence, toy_assessment


def plain(text: str) -> str:
    return text.replace(NBSP, " ")


def variable(label: str, unit: str = "h") -> Variable:
    return Variable(label, label, unit, label, label, (label,), "", 0.0, ((Effect("parameter", label), 1.0),))


@pytest.fixture
def sure(toy_network: RoadNetwork) -> Assessment:
    return toy_assessment(toy_network, sure_evidence())


@pytest.fixture
def drawn(toy_network: RoadNetwork) -> Assessment:
    return drawn_assessment(toy_network, "uncertainty.draws=256")


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
        break_evens_section(find_break_evens(drawn)),
    ]
    assert sections[0].title == "What would change the answer"
    assert all(len(row) == len(section.header) for section in sections for row in section.rows)
