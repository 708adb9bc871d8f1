"""The section on measures: its sentences, its table, and that it is only there when there are measures."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace

import pytest

from corridor.analysis.assessment import Assessment, Option
from corridor.analysis.measures import MeasureEffect
from corridor.futures.outlook import Outlook
from corridor.report.html import build_html
from corridor.report.measure_rows import build_measure_rows, effect_phrase, measures_title, sum_sentence
from corridor.report.pictures import Picture
from corridor.report.summary import summary_json
from corridor.scenario import EffectRange, Measure
from tests.report.fake_trip import SHIPPED

HOSTILE = "<script>alert(1)</script>"


def measure(measure_id: str, *, title: str = "A lane", requires: tuple[str, ...] = ()) -> Measure:
    return Measure(
        id=measure_id,
        title=title,
        why="To try it out.",
        kind="green_lane",
        source=("judged",),
        grade="D",
        range=EffectRange(low=1, high=2, unit="h", text="Invented."),
        requires=requires,
        override={"crossings.taftan.PAK-IRN.queue_h": 1.0},
    )


def later(option: Option, hours: float, usd: float) -> Option:
    """The option with other hours at its first row of time, and other USD at its first row of money."""
    time, money = option.ledger.time, option.ledger.money
    changed = replace(
        option.ledger,
        time=(replace(time[0], hours=time[0].hours + hours), *time[1:]),
        money=(replace(money[0], usd=(money[0].usd or 0.0) + usd), *money[1:]),
    )
    return replace(option, ledger=changed)


@pytest.fixture(scope="module")
def measured(assessment: Assessment) -> Assessment:
    """Two measures: one saves 12 h and 100 USD, the other makes D the best; nothing is open without a third."""
    best, other = assessment.options[0], assessment.options[3]
    return replace(
        assessment,
        measures=(measure("a", title=HOSTILE), measure("b", requires=("a",))),
        measure_effects=(
            MeasureEffect("a", ("a",), best, later(best, -12, -100)),
            MeasureEffect("b", ("a", "b"), best, other),
            MeasureEffect("", ("a", "b"), best, later(best, -36, -150)),
        ),
    )


def test_differences_are_printed_with_sign_in_days_and_usd(measured: Assessment) -> None:
    first, second, together = build_measure_rows(measured)
    assert (first.days, first.usd, first.generalised_usd, first.bound, first.best) == (
        "−0.50",
        "−100",
        "−100",  # cargo time of the invented options is fixed
        "",
        "the same",
    )
    assert first.range == "1 to 2 h. Invented."
    assert second.applied_with == "With a, which it requires."
    assert second.best.startswith("another: Taftan")
    assert second.bound == "at most"  # the tolls of Russia, unknown for the first, are not on the other's way
    assert (together.title, together.days, together.grade) == ("All together", "−1.50", "")


def test_the_title_says_what_all_measures_bring(measured: Assessment) -> None:
    expected = "What if: 2 measures, 1.5 days less and 150 USD less of generalised cost"
    assert measures_title(measured).replace("\u00a0", " ") == expected


def test_a_bound_is_said_beside_the_usd(assessment: Assessment) -> None:
    best = assessment.options[0]
    unknown = next(number for number, row in enumerate(best.ledger.money) if row.usd is not None)
    money = list(best.ledger.money)
    money[unknown] = replace(money[unknown], usd=None)
    with_ = replace(best, ledger=replace(best.ledger, money=tuple(money)))
    assert effect_phrase(MeasureEffect("a", ("a",), best, with_)).endswith(" less of generalised cost (at least)")


@pytest.mark.parametrize(("missing", "words"), [("without", "no way is open without"), ("with", "no way is open with")])
def test_a_side_without_a_way_has_no_numbers(assessment: Assessment, missing: str, words: str) -> None:
    best = assessment.options[0]
    effect = MeasureEffect("a", ("a",), None, best) if missing == "without" else MeasureEffect("a", ("a",), best, None)
    (row,) = build_measure_rows(replace(assessment, measures=(measure("a"),), measure_effects=(effect,)))
    assert effect_phrase(effect) == words
    assert (row.days, row.usd, row.generalised_usd) == ("–", "–", "–")
    assert row.best.startswith("opens a way: " if missing == "without" else "no way is open")


def test_what_measures_bring_alone_is_held_against_what_they_bring_together(measured: Assessment) -> None:
    effects = (measured.measure_effects[0], measured.measure_effects[0], measured.measure_effects[2])
    assert sum_sentence(effects).replace("\u00a0", " ") == (
        "One by one they change the generalised cost of the best option by −200 USD in all, together by −150 USD."
    )
    assert sum_sentence(effects[:1]) == ""


def test_the_section_is_in_the_page_only_with_measures_and_shows_text_as_text(
    measured: Assessment, pictures: Mapping[str, Picture], page: str
) -> None:
    html = build_html(measured, Outlook(), pictures, SHIPPED)
    assert '<section id="measures"' in html
    assert '<a href="#measures">What if: measures</a>' in html
    assert HOSTILE not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert 'id="measures"' not in page
    assert "#measures" not in page


def test_the_summary_lists_effects_and_all_together_last(assessment: Assessment, measured: Assessment) -> None:
    rows = json.loads(summary_json(measured))["measures"]
    assert [row["measure"] for row in rows] == ["a", "b", None]
    assert (rows[0]["time_h"], rows[0]["money_usd"], rows[0]["usd_bound"]) == (-12.0, -100.0, "exact")
    assert rows[1]["best_option_changes"]
    assert json.loads(summary_json(assessment))["measures"] == []
