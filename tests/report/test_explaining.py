"""Tables and sentences of a difference: signs, bounds, ties, and figures that add up as printed."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridor.analysis.accounts import Entry, OptionAccount, build_account
from corridor.analysis.assessment import Assessment
from corridor.analysis.explain import Bound, Difference, explain
from corridor.report.difference_wording import (
    difference_sentence,
    generalised_sentence,
    money_phrase,
    time_phrase,
    unknown_sentences,
)
from corridor.report.explaining import DifferenceTable, build_difference_table, build_difference_tables
from corridor.report.numerals import NBSP
from corridor.report.why_best import build_why_best

NAMES = {"RUS": "Russia", "KAZ": "Kazakhstan", "KGZ": "Kyrgyzstan", "taskala": "Taskala-Ozinki"}


def plain(text: str) -> str:
    return text.replace(NBSP, " ").replace("−", "-")


def usd(component: str, country: str, amount: float | None, *, post: str = "") -> Entry:
    return Entry("money", component, country, post or "leg", bool(post), amount)


def hours(component: str, country: str, amount: float, *, post: str = "") -> Entry:
    return Entry("time", component, country, post or "leg", bool(post), amount)


def difference(a: Sequence[Entry], b: Sequence[Entry]) -> Difference:
    return explain(OptionAccount("A", tuple(a), 0.0, 0.0, {}), OptionAccount("B", tuple(b), 0.0, 0.0, {}))


def number(text: str) -> float:
    return float(plain(text).lstrip("≥≤? ").replace(",", "") or 0)


def printed_numbers(places: str) -> list[float]:
    return [number(part.rsplit(" ", 1)[1]) for part in places.split(", ")]


def check_that_it_adds_up(table: DifferenceTable) -> None:
    assert sum(number(row.amount) for row in table.rows) == pytest.approx(number(table.total), abs=1e-6)
    for row in table.rows:
        if "," in row.places.replace(", ", "|").replace(",", "").replace("|", ", "):
            assert sum(printed_numbers(row.places)) == pytest.approx(number(row.amount), abs=1e-6), row


@pytest.mark.parametrize("decimals", [0, 2])
def test_every_table_of_the_invented_trip_adds_up_as_printed(assessment: Assessment, decimals: int) -> None:
    a, *others = [build_account(option) for option in assessment.all_options]
    for b in others:
        for table in build_difference_tables(explain(a, b), {}, decimals=decimals):
            check_that_it_adds_up(table)


@given(st.lists(st.floats(0, 9999).map(lambda size: round(size, 3)), min_size=3, max_size=3))
def test_a_table_of_any_three_parts_adds_up_as_printed(sizes: list[float]) -> None:
    b = [usd("fuel", "RUS", sizes[0]), usd("fuel", "KAZ", sizes[1]), usd("toll", "RUS", sizes[2])]
    for decimals in (0, 2):
        check_that_it_adds_up(build_difference_table(difference([], b), "money", NAMES, decimals=decimals))


def test_a_row_names_the_places_that_weigh_most_and_sums_the_others() -> None:
    b = [usd("fuel", code, size) for code, size in [("A", 50.0), ("B", -20.0), ("C", 9.0), ("D", 2.0), ("E", 1.0)]]
    (row,) = build_difference_table(difference([], b), "money", {}, decimals=0).rows
    assert plain(row.places) == "A +50, B -20, C +9, elsewhere +3"
    assert plain(row.amount) == "+42"


def test_hours_at_posts_name_the_post_and_hours_on_the_road_the_country() -> None:
    b = [hours("border_queue", "KAZ", 12.5, post="taskala"), hours("drive", "KAZ", 3.0)]
    table = build_difference_table(difference([], b), "time", NAMES, decimals=1)
    assert [(row.name, row.places) for row in table.rows] == [
        ("Driving", "Kazakhstan"),
        ("Border queue", "Taskala-Ozinki"),
    ]


def test_a_component_that_only_b_leaves_out_is_at_least() -> None:
    table = build_difference_table(difference([], [usd("toll", "RUS", None)]), "money", NAMES, decimals=0)
    assert [(row.name, row.amount) for row in table.rows] == [("Tolls", "≥ 0")]
    assert table.total == "≥ 0"


def test_the_sentence_names_sign_component_and_country() -> None:
    a = [usd("fuel", "KAZ", 300.0)]
    b = [usd("toll", "RUS", 430.0), usd("fuel", "KAZ", 222.0), hours("border_queue", "KAZ", 28.8, post="taskala")]
    assert plain(difference_sentence(difference(a, b), NAMES)) == (
        "B costs 352 USD more than A and takes 28.8 h (1.2 days) longer: +430 USD tolls (Russia) and "
        "-78 USD fuel (Kazakhstan); +28.8 h border queue (Taskala-Ozinki)."
    )


def test_one_component_stands_alone() -> None:
    text = plain(difference_sentence(difference([], [usd("toll", "RUS", 430.0)]), NAMES))
    assert text == "B costs 430 USD more than A and takes the same time: +430 USD tolls (Russia)."


def test_a_tie_is_said_plainly() -> None:
    same = [usd("toll", "RUS", 430.0)]
    assert difference_sentence(difference(same, same), NAMES) == "B costs the same as A and takes the same time."


def test_many_small_components_are_summed_and_the_phrases_add_up() -> None:
    b = [usd(key, "RUS", size) for key, size in [("fuel", 90.4), ("toll", 50.4), ("driver", 30.4), ("risk", 1.4)]]
    b.append(usd("permit", "RUS", 1.4))
    text = plain(difference_sentence(difference([], b), NAMES))
    assert "costs 174 USD more" in text  # 90.4 + 50.4 + 30.4 + 1.4 + 1.4 = 174.0
    assert text.endswith(
        "+91 USD fuel (Russia), +50 USD tolls (Russia), +30 USD driver (Russia) and +3 USD other parts."
    )


def test_a_place_is_named_only_where_it_makes_up_most_of_a_component() -> None:
    b = [usd("fuel", "RUS", 50.0), usd("fuel", "KAZ", 45.0)]
    assert "+95 USD fuel." in plain(difference_sentence(difference([], b), NAMES))


@pytest.mark.parametrize(
    ("amount", "bound", "text"),
    [
        (612.0, "exact", "costs 612 USD more than A"),
        (612.0, "at_least", "costs at least 612 USD more than A"),
        (612.0, "at_most", "costs at most 612 USD more than A"),
        (-78.0, "at_least", "costs at most 78 USD less than A"),  # B - A >= -78
        (-78.0, "at_most", "costs at least 78 USD less than A"),  # B - A <= -78
        (-78.0, "not_settled", "costs 78 USD less than A, on what is known,"),
        (0.2, "exact", "costs the same as A"),
        (0.0, "at_least", "costs at least as much as A"),
        (0.0, "at_most", "costs at most as much as A"),
    ],
)
def test_a_bound_turns_with_the_sign(amount: float, bound: Bound, text: str) -> None:
    assert plain(money_phrase(amount, bound, than="A")) == text


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (24.0, "24.0 h (1.0 day) longer"),
        (-51.0, "51.0 h (2.1 days) less"),
        (0.3, "0.3 h longer"),
        (0.02, "the same time"),
    ],
)
def test_hours_become_days_from_one_day_on(size: float, text: str) -> None:
    assert plain(time_phrase(size)) == f"takes {text}"


def test_unknown_parts_are_told_by_side_component_and_place() -> None:
    a = [usd("toll", "KGZ", None), usd("toll", "KAZ", None), usd("permit", "RUS", None)]
    b = [usd("border_fee", "KAZ", None, post="taskala"), usd("permit", "RUS", None)]
    assert unknown_sentences(difference(a, b), NAMES) == [
        "Not known, and only in A: tolls in Kazakhstan and Kyrgyzstan.",
        "Not known, and only in B: border fees at Taskala-Ozinki (Kazakhstan).",
        "Not known in either, and taken to be equal: permits in Russia.",
        "Which of the two costs more is not settled: each has unknown parts of its own.",
    ]


def test_an_unknown_toll_on_unequal_km_is_not_passed_over() -> None:
    a, b = (
        OptionAccount(x, (usd("toll", "RUS", None),), 0, 0, {"RUS": km}) for x, km in (("A", 1270.0), ("B", 1395.0))
    )
    assert plain(unknown_sentences(explain(a, b), NAMES)[-1]) == (
        "Not quite equal, for the km differ: tolls in Russia (1,270 km against 1,395 km)."
    )


def test_generalised_cost_is_split_into_parts_that_add_up() -> None:
    a = OptionAccount("A", (usd("fuel", "RUS", 100.4),), 10.0, 0.0, {})
    b = OptionAccount("B", (usd("fuel", "RUS", 50.0),), 70.4, 0.2, {})
    assert plain(generalised_sentence(explain(a, b))) == (  # -50.4 + 60.4 + 0.2 = 10.2
        "In generalised cost that is 10 USD more: money -50, the cargo's time +60, carbon 0."
    )


def test_the_report_explains_the_best_against_its_rival(assessment: Assessment, page: str) -> None:
    why = build_why_best(assessment)
    assert why is not None
    rival = assessment.rival or assessment.options[1]
    assert why.title == f"Why A and not {rival.label}"
    assert f">{why.title}</h3>" in page
    check_that_it_adds_up(why.table)
    gap = rival.ledger.money_usd - assessment.options[0].ledger.money_usd
    assert number(why.table.total) == round(gap)
