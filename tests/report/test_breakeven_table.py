"""Tables of break-evens: each row from invented values, and what the title and the sentences make of them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corridor.futures.asked import Asked
from corridor.futures.breakeven import BreakEven, BreakEvenTable
from corridor.futures.breakeven_study import BreakEvenStudy
from corridor.futures.switches import Line, Switch
from corridor.report.breakeven_table import (
    HEADER,
    break_evens_section,
    change_text,
    likely_sentence,
    rest_sentence,
    study_section,
)
from corridor.report.numerals import NBSP

QUEUE = Asked(
    key="crossings.torkham.PAK-AFG.queue_h",
    label="Queue at Torkham",
    value=10.0,
    unit="h",
    low=1.0,
    high=100.0,
    least=0.0,
    most=1e9,
    range_from="multiples",
    moves_hours=True,
)
SPEED = replace(QUEUE, key="parameters.swod_km_per_h.KAZ", label="Driving speed in Kazakhstan", value=50.0, unit="km/h")


def plain(text: str) -> str:
    return text.replace(NBSP, " ")


def moved(
    asked: Asked,
    *values: float,
    spread: float = 4.0,
    likely: tuple[float, float] | None = (5.0, 15.0),
    third: str = "A",
) -> BreakEven:
    switches = tuple(Switch(value, "A", "B", is_inside=True, error=0.5) for value in values)
    line = Line(8192, -500.0, 20.0, False, (1.0, 100.0), (-900.0, 900.0), switches)  # noqa: FBT003
    return BreakEven(asked, ("A", "B"), (), 8192, line, (third,) * len(values), spread, likely)


def table(*rows: BreakEven) -> BreakEvenTable:
    return BreakEvenTable(("A", "B"), (), rows)


def study(*rows: BreakEven) -> BreakEvenStudy:
    return BreakEvenStudy(table(*rows), None)


def test_a_row_has_the_way_to_the_break_even_in_units_and_in_per_cent() -> None:
    (row,) = study_section(study(moved(QUEUE, 22.0)), -300.0).rows
    # from 10 to 22 h: +12 h, +120 %, and 12 / 4 = 3 standard deviations
    expected = ("Queue at Torkham", "10.0 h", "22.0 h", "+12.0 h (+120 %)", "5.0 to 15.0 h", "3.0", "no", "none")
    assert tuple(map(plain, row)) == expected
    assert len(HEADER) == len(row)


def test_a_break_even_between_p10_and_p90_and_a_better_third_are_told() -> None:
    (row,) = study_section(study(moved(QUEUE, 12.0, third="C")), -300.0).rows
    assert row[-2:] == ("yes", "C")


def test_a_number_without_a_break_even_has_dashes() -> None:
    (row,) = study_section(study(moved(QUEUE)), -300.0).rows
    assert tuple(map(plain, row)) == ("Queue at Torkham", "10.0 h", "–", "–", "5.0 to 15.0 h", "–", "–", "–")


def test_several_break_evens_stand_in_one_row() -> None:
    (row,) = study_section(study(moved(QUEUE, 6.0, 22.0)), -300.0).rows
    assert plain(row[2]) == "6.0 h; 22.0 h"
    assert plain(row[3]) == "−4.0 h (−40 %); +12.0 h (+120 %)"
    assert row[6] == "yes; no"


def test_what_is_not_drawn_has_no_range_and_no_distance() -> None:
    (row,) = study_section(study(moved(QUEUE, 22.0, spread=0.0, likely=None)), -300.0).rows
    assert row[4:7] == ("not drawn", "–", "–")


def test_the_title_names_the_number_that_has_to_move_least() -> None:
    near, far = moved(SPEED, 45.0, spread=5.0), moved(QUEUE, 22.0)  # 1 and 3 standard deviations
    title = study_section(study(far, near), -300.0).title
    assert plain(title) == (
        "How far a number must move before another option is better: driving speed in Kazakhstan, from 50 km/h to 45 "
        "km/h"
    )


def test_no_break_even_at_all_is_an_answer() -> None:
    section = study_section(study(moved(QUEUE)), -300.0)
    assert section.title.endswith("another option is better: none does it alone")
    assert "None of these numbers changes the order alone" in section.text
    nothing = study_section(study(), -300.0)
    assert nothing.text == "No number that could be moved alone tells A from B."
    assert nothing.rows == ()


def test_how_many_numbers_do_it_within_what_is_likely_is_counted() -> None:
    rows = [moved(QUEUE, 12.0), moved(QUEUE, 22.0), moved(QUEUE)]
    assert likely_sentence(rows) == "1 of these 3 numbers changes the order alone between P10 and P90."


@pytest.mark.parametrize(
    ("planned_usd", "end"),
    [
        (-300.0, "A costs 300 USD less than B: break-evens then lie nearer."),
        (-700.0, "A costs 700 USD less than B: break-evens then lie farther."),
        (100.0, "A costs 100 USD more than B: the order hangs on that."),
    ],
)
def test_the_rule_of_rest_and_what_it_does_to_the_gap_are_told(planned_usd: float, end: str) -> None:
    text = plain(rest_sentence(-500.0, planned_usd, ("A", "B")))
    assert text.startswith(
        "Drivers' rest follows the smooth rule here, as in the tornado, by which A costs 500 USD less"
    )
    assert text.endswith(end)


def test_a_share_of_the_cargo_moves_in_per_cent_a_day() -> None:
    share = replace(QUEUE, value=0.008, unit="share/day")
    found = moved(share, 0.004)
    assert plain(change_text(found, found.switches[0])) == "−0.40 % a day (−50 %)"


def test_the_table_of_all_numbers_says_when_there_is_none() -> None:
    assert break_evens_section(table()).title == "No number alone changes whether A or B is the better one"
    section = break_evens_section(table(moved(QUEUE, 22.0)))
    assert section.title == "Queue at Torkham: nearest to changing whether A or B is the better one"
    assert section.header == HEADER
