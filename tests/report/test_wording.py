"""Sentences follow the numbers of the assessment."""

from dataclasses import replace

import pytest

from corridor.analysis.assessment import Assessment, Option
from corridor.costs.ledger import MoneyRow
from corridor.report import caveats, wording
from corridor.report.certainty import UNSETTLED
from corridor.report.naming import telling_posts, via_text
from corridor.report.numerals import NBSP

from .fake_trip import build_option


def plain(text: str) -> str:
    return text.replace(NBSP, " ")


def test_the_headline_names_the_best_option_and_its_three_numbers(assessment: Assessment) -> None:
    best = assessment.options[0].ledger
    text = plain(wording.headline(assessment))
    assert text.startswith("The best way from Islamabad to Minsk is option A, via Khunjerab")
    assert f"at least {best.money_usd:,.0f} USD per truck" in text
    assert f"{best.time_h / 24:.1f} days and {best.co2e_wtw_kg / 1000:.1f} t CO₂e." in text


def test_the_runner_up_sentence_gives_the_gap_and_says_that_it_is_between_lower_bounds(assessment: Assessment) -> None:
    best, second = (option.ledger for option in assessment.options[:2])
    text = plain(wording.runner_up_sentence(assessment))
    assert f"Against A that is {second.money_usd - best.money_usd:,.0f} USD more on what is known" in text


def test_no_open_option_is_said_plainly(assessment: Assessment) -> None:
    closed = replace(assessment, options=())
    assert wording.headline(closed) == "No way from Islamabad to Minsk is open on 1 November 2026."


def test_one_open_option_has_no_runner_up(assessment: Assessment) -> None:
    alone = replace(assessment, options=assessment.options[:1])
    assert wording.runner_up_sentence(alone) == "There is no second open option to compare it with."
    assert wording.ranking_title(alone) == "Option A is the only open one"


def test_closed_presets_are_named_with_their_post(assessment: Assessment) -> None:
    assert wording.closed_sentence(assessment) == (
        "Closed on 1 November 2026: Trans-Afghan (R1) at Torkham, Western Afghan (R2) at Chaman and "
        "China - Tajikistan (R7) at Kulma, which are shown for comparison only."
    )


def test_nothing_closed_gives_no_sentence(assessment: Assessment) -> None:
    assert wording.closed_sentence(replace(assessment, closed_options=())) == ""


@pytest.mark.parametrize(
    ("usd", "text"),
    [(612.4, "612 USD more"), (-78.0, "78 USD less"), (0.3, "the same cost"), (1500.0, "1,500 USD more")],
)
def test_a_difference_in_money_says_more_or_less(usd: float, text: str) -> None:
    assert plain(wording.signed_usd(usd)) == text


def test_a_difference_in_time_is_in_days() -> None:
    assert plain(wording.signed_days(-57.6)) == "2.4 days less"  # 57.6 / 24


def test_unknown_parts_are_named_with_their_countries(assessment: Assessment) -> None:
    assert wording.unknown_sentence(assessment) == (
        'Totals marked "at least" leave out what is not known: tolls in Kyrgyzstan and Russia; '
        "border fees in Azerbaijan and Russia."
    )


def test_a_complete_total_has_no_sentence_on_unknown_parts(assessment: Assessment) -> None:
    complete = replace(assessment, options=(build_option("D"),), closed_options=())
    assert wording.unknown_sentence(complete) == ""


def test_the_largest_part_is_named_with_its_share() -> None:
    title = wording.largest_part_title("A", {"fuel": 60.0, "tolls": 40.0}, of_what="cost")
    assert plain(title) == "The largest part of A's cost is fuel, 60 %"


def test_telling_posts_start_with_the_first_and_leave_out_what_all_share(assessment: Assessment) -> None:
    option = assessment.options[1]
    assert telling_posts(option, assessment.all_options) == ("taftan", "astara")
    assert via_text(option, assessment.all_options, assessment.evidence) == "via Taftan and Astara"


def test_telling_posts_of_twins_stop_at_the_limit() -> None:
    one, other = build_option("A"), build_option("A")
    assert telling_posts(one, (one, other)) == ("khunjerab", "torugart")


def test_notes_of_the_run_come_first_among_the_limits(assessment: Assessment) -> None:
    sentences = caveats.limits(assessment)
    assert sentences[0] == assessment.notes[0]
    assert any("ranges of days and dollars" in sentence for sentence in sentences)
    assert any("Posts are as known on 2026-05-31" in sentence for sentence in sentences)


def test_posts_without_evidence_of_their_own_are_named(assessment: Assessment) -> None:
    assert caveats.estimated_posts(assessment) == ["Khunjerab", "Kozlovichi-Koroszczyn", "Kulma"]


def with_money(option: Option, usd: float, *unknown: str) -> Option:
    """The option with one known amount and some components unknown in Pakistan."""
    rows = [MoneyRow(0, "PAK", "fuel", usd, ()), *(MoneyRow(0, "PAK", name, None, ()) for name in unknown)]
    return replace(option, ledger=replace(option.ledger, money=tuple(rows)))


@pytest.mark.parametrize(
    ("best_unknown", "second_unknown", "second_usd", "words"),
    [
        ((), (), 1200.0, "200 USD more"),
        (("permit",), ("permit",), 1200.0, "200 USD more"),
        ((), ("permit",), 1200.0, "at least 200 USD more"),
        (("permit",), (), 800.0, "at least 200 USD less"),
        (("permit",), (), 1200.0, "200 USD more on what is known"),
        (("permit",), ("toll",), 1200.0, "200 USD more on what is known"),
    ],
)
def test_a_difference_is_as_firm_as_what_is_unknown_allows(
    assessment: Assessment,
    best_unknown: tuple[str, ...],
    second_unknown: tuple[str, ...],
    second_usd: float,
    words: str,
) -> None:
    best = with_money(assessment.options[0], 1000.0, *best_unknown)
    second = with_money(assessment.options[1], second_usd, *second_unknown)
    assert plain(wording.gap_text(best, second)) == words


def test_cheapest_is_certain_only_where_no_unknown_fee_can_change_it(assessment: Assessment) -> None:
    first, second = assessment.options[:2]
    sure = replace(assessment, options=(with_money(first, 1000.0), with_money(second, 1200.0, "toll")))
    open_question = replace(assessment, options=(with_money(first, 1000.0, "permit"), with_money(second, 1200.0)))
    assert UNSETTLED not in wording.ranking_sentence(sure)
    assert wording.ranking_sentence(open_question).endswith(UNSETTLED)
    assert "costs least, " in wording.cost_title(sure)
    assert "costs least on what is known, " in wording.cost_title(open_question)
    assert wording.ranking_title(open_question).endswith("on what is known")


@pytest.mark.parametrize(
    ("closed", "without", "title"),
    [
        (1, 0, "1 corridor is closed on 1 November 2026"),
        (2, 1, "2 corridors are closed on 1 November 2026, 1 has no figures"),
        (0, 2, "2 corridors have no figures"),
    ],
)
def test_closed_corridors_are_told_from_those_without_figures(
    assessment: Assessment, closed: int, without: int, title: str
) -> None:
    counted = replace(
        assessment,
        closed_options=(assessment.options[0],) * closed,
        unreachable_corridors={f"corridor_{number}": "no road" for number in range(without)},
    )
    assert plain(wording.closed_title(counted)) == title


def test_a_map_of_one_way_names_its_days_once(assessment: Assessment) -> None:
    one = replace(assessment, options=assessment.options[:1])
    days = f"{one.options[0].ledger.time_h / 24:.0f}"
    assert wording.map_title(one) == f"1 open way from Islamabad to Minsk, {days} days"
