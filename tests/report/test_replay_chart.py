"""The chart of past closures: its title from the numbers, its rows, and nothing where no closure bars an option."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import matplotlib as mpl
import pytest

from corridor.analysis.assessment import Assessment
from corridor.analysis.disruptions import Episode
from corridor.analysis.replay import Replay, ReplayedEpisode
from corridor.analysis.replay_loss import Loss
from corridor.evidence import Event
from corridor.futures.outlook import Outlook
from corridor.report.figure_data import FIGURE_DATA
from corridor.report.findings import Findings
from corridor.report.numerals import NBSP
from corridor.report.outlook_groups import ahead_captions, build_outlook_groups
from corridor.report.pictures import STYLE, svg_bytes
from corridor.report.replay_chart import (
    ROWS_MAX,
    build_replay_chart,
    closure_name,
    replay_alt,
    replay_chart_title,
    usd_cell,
)

KNOWN_UNTIL = date(2026, 5, 31)
STRIKE = Event("taftan", "closed", "*", date(2025, 6, 15), date(2025, 6, 25), "day", "strike", ("wire",), "high")
STRANDED = Loss(3, 3, None, None, "exact", 0, ())


def loss(days: float, usd: float) -> Loss:
    return Loss(10, 0, days, usd, "exact", 0, ())


@pytest.fixture
def strike(strike: ReplayedEpisode) -> ReplayedEpisode:
    """The closure with losses that differ from mark to mark."""
    on_time = Loss(10, 0, 1.06, 662.4, "not settled", 0, ())
    return replace(strike, at_departure=on_time, on_the_road=loss(3.4, 804.0), if_all_wait=loss(5.0, 532.0))


def replay_of(*rows: ReplayedEpisode) -> Replay:
    return Replay(rows, (), KNOWN_UNTIL)


def title_of(*rows: ReplayedEpisode) -> str:
    return replay_chart_title(replay_of(*rows)).replace(NBSP, " ")


def test_the_title_has_the_most_days_lost_told_in_time_and_waiting(strike: ReplayedEpisode) -> None:
    worse = replace(strike, at_departure=loss(-0.4, -196.0), if_all_wait=loss(13.5, 1437.0))
    assert title_of(strike, worse) == "Past closures: at most 1.1 days lost if told at departure, 13.5 if all wait"
    years = replace(strike, if_all_wait=loss(896.0, 9e4))
    assert title_of(years) == "Past closures: at most 1.1 days lost if told at departure, more than 30 if all wait"


def test_the_title_says_where_nothing_is_lost_no_end_is_known_or_no_way_is_left(strike: ReplayedEpisode) -> None:
    quick = replace(strike, at_departure=loss(-0.4, -196.0), if_all_wait=None)
    assert title_of(quick) == "Past closures: no day lost if told at departure"
    assert title_of(replace(quick, at_departure=STRANDED)) == "Past closures: no way left for the trucks"


def test_a_row_is_named_by_its_first_day_its_length_and_the_post_on_the_way(
    strike: ReplayedEpisode, assessment: Assessment
) -> None:
    assert closure_name(strike, assessment.evidence) == "15 Jun 2025, 10 days: Taftan"
    both = Episode((STRIKE, replace(STRIKE, crossing="astara")))
    lasting = replace(strike, episode=both, closed_days=None)
    assert closure_name(lasting, assessment.evidence) == "15 Jun 2025, not over: Taftan and 1 other"


def test_usd_keep_the_sign_of_what_is_unknown_in_them(strike: ReplayedEpisode) -> None:
    assert usd_cell(strike.at_departure) == "? +662"
    assert usd_cell(loss(0.0, -196.4)) == "−196"
    assert (usd_cell(None), usd_cell(STRANDED)) == ("no end known", "no way left")


def test_the_chart_has_a_row_for_each_closure_of_the_latest(strike: ReplayedEpisode, assessment: Assessment) -> None:
    days = [STRIKE.start + timedelta(days=20 * place) for place in range(ROWS_MAX + 2)]
    many = [replace(strike, episode=Episode((replace(STRIKE, start=day, end=day),))) for day in days]
    figure = build_replay_chart(replay_of(*many), assessment)
    assert figure is not None
    names = [label.get_text() for label in figure.axes[0].get_yticklabels()]
    assert names == [closure_name(row, assessment.evidence) for row in many[-ROWS_MAX:]]


def test_a_wait_of_years_does_not_squeeze_the_other_closures(strike: ReplayedEpisode, assessment: Assessment) -> None:
    years = replace(strike, if_all_wait=loss(830.8, 88_361.0))
    assert title_of(years).endswith("more than 30 if all wait")
    figure = build_replay_chart(replay_of(strike, years), assessment)
    assert figure is not None
    (axes,) = figure.axes
    assert axes.get_xlim()[1] < 40
    assert "→ 831 days" in [text.get_text().replace(NBSP, " ") for text in axes.texts]


def test_columns_of_usd_do_not_touch(strike: ReplayedEpisode, assessment: Assessment) -> None:
    figure = build_replay_chart(replay_of(strike), assessment)
    assert figure is not None
    figure.draw_without_rendering()
    heads = [text for text in figure.axes[0].texts if text.get_text().startswith("USD,")]
    boxes = [head.get_window_extent() for head in heads]
    assert len(boxes) == 3
    assert all(left.x1 < right.x0 for left, right in pairwise(boxes))
    assert boxes[-1].x1 <= figure.bbox.x1


def test_a_closure_of_a_way_that_the_run_does_not_list_is_drawn_as_well(
    strike: ReplayedEpisode, assessment: Assessment
) -> None:
    assert build_replay_chart(replay_of(replace(strike, label="")), assessment) is not None
    stranded = replace(strike, at_departure=STRANDED, on_the_road=STRANDED, if_all_wait=None)
    assert build_replay_chart(replay_of(stranded), assessment) is not None


def test_the_chart_has_the_same_bytes_twice(strike: ReplayedEpisode, assessment: Assessment) -> None:
    with mpl.rc_context(STYLE):
        figures = [build_replay_chart(replay_of(strike), assessment) for _ in range(2)]
        once, again = (svg_bytes(figure) for figure in figures if figure)
    assert once == again


def test_the_numbers_behind_the_chart_are_those_of_the_frame(strike: ReplayedEpisode, assessment: Assessment) -> None:
    outlook = Outlook(replay=replay_of(strike))
    header, *rows = FIGURE_DATA["replay"](Findings(assessment, outlook)).splitlines()
    assert "lost_days,extra_usd" in header
    assert len(rows) == 3
    assert "at_departure" in rows[0]
    assert "1.06,662.4,not settled" in rows[0]


def test_the_group_has_a_chart_with_a_text_for_those_who_cannot_see_it(
    strike: ReplayedEpisode, assessment: Assessment
) -> None:
    found = replay_of(strike)
    (group,) = build_outlook_groups(assessment, Outlook(replay=found))
    assert group.pictures == ("replay",)
    assert ahead_captions(assessment, Outlook(replay=found))["replay"] == replay_alt(found)


def test_without_a_closure_there_is_a_sentence_and_no_chart(assessment: Assessment) -> None:
    (group,) = build_outlook_groups(assessment, Outlook(replay=replay_of()))
    assert group.pictures == ()
    assert [section.rows for section in group.sections] == [()]
    assert group.sections[0].text == "The tables know of no disruption up to 31 May 2026 that bars an option."
    assert build_replay_chart(replay_of(), assessment) is None
