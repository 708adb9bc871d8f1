"""The departure calendar and the replay as printed, drawn and written as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import matplotlib as mpl
import pytest

from corridor.analysis.assessment import Assessment
from corridor.analysis.replay import OtherEpisode, Replay, ReplayedEpisode
from corridor.analysis.replay_loss import Loss
from corridor.analysis.seasons import Season
from corridor.evidence import MONTHS, ClosedDays, Event, TruckBan
from corridor.futures.calendar import CalendarCell, DepartureCalendar, ShutPost
from corridor.printing_calendar import print_calendar, print_replay
from corridor.report.calendar_chart import build_calendar_strip, calendar_strip_alt
from corridor.report.calendar_rows import (
    build_calendar_section,
    build_closed_days_section,
    build_week_section,
    calendar_title,
)
from corridor.report.calendar_wording import calendar_sentences, month_spans
from corridor.report.numerals import NBSP
from corridor.report.pictures import STYLE, svg_bytes
from corridor.report.replay_rows import (
    build_other_section,
    build_replay_section,
    build_ways_section,
    loss_text,
    replay_sentences,
)

FIRST = date(2026, 11, 1)
SUMMER = (0.5,) * 5 + (2.0,) * 3 + (1.0,) * 3 + (0.5,)


def cell(label: str, week: int, *, p50_days: float, usd: float, is_open: bool = True) -> CalendarCell:
    day = FIRST + timedelta(days=7 * week)
    shut = ShutPost("taftan", "PAK-IRN", day, "closed since 2026-11-05: strike", ("wire",))
    return CalendarCell(
        label=label,
        departure=day,
        p50_days=p50_days,
        p95_days=p50_days + 5,
        mean_usd=usd,
        mean_generalised_usd=usd,
        is_lower_bound=label == "B",
        blocked_share=0.0,
        ban_h=0.0,
        closed_days={},
        shut_posts=() if is_open else (shut,),
    )


@pytest.fixture
def calendar() -> DepartureCalendar:
    """Three weeks: A is cheapest, but shut in the second; B takes a day longer in the third."""
    cells = (
        cell("A", 0, p50_days=14.0, usd=100),
        cell("B", 0, p50_days=13.0, usd=120),
        cell("A", 1, p50_days=14.0, usd=100, is_open=False),
        cell("B", 1, p50_days=13.0, usd=120),
        cell("A", 2, p50_days=14.0, usd=100),
        cell("B", 2, p50_days=14.0, usd=125),
    )
    season = Season("samur", "AZE-RUS", ("B",), SUMMER, 3.0, 15.0, "D", ("judgement",))
    departures = tuple(FIRST + timedelta(days=7 * week) for week in range(3))
    return DepartureCalendar(departures, ("A", "B"), cells, (season,), ("taftan",), date(2026, 5, 31))


def sentences(calendar: DepartureCalendar, assessment: Assessment) -> str:
    return " ".join(calendar_sentences(calendar, with_hours(assessment))).replace(NBSP, " ")


def with_hours(assessment: Assessment) -> Assessment:
    """The invented evidence with posts that are open day and night."""
    evidence = assessment.evidence
    named = next(iter(evidence.definitions.values()))
    values = {"open_hours_per_day": 24.0, "open_days_per_week": 7.0}
    row = next(iter(evidence.parameters.values()))
    rows = {(name, "*"): replace(row, name=name, scope="*", value=value) for name, value in values.items()}
    definitions = {name: replace(named, name=name) for name in values}
    changed = replace(
        evidence,
        parameters={**evidence.parameters, **rows},
        definitions={**evidence.definitions, **definitions},
    )
    return replace(assessment, evidence=changed)


def test_the_title_says_in_how_many_weeks_an_option_is_best(calendar: DepartureCalendar) -> None:
    assert calendar_title(calendar) == "When to leave: A is best in 2 of 3 weeks, B in the others"
    alone = replace(calendar, departures=calendar.departures[:1], cells=calendar.cells[:2])
    assert calendar_title(alone) == "When to leave: A is best in the one week"


def test_a_row_of_an_option_has_ranges_and_single_numbers(calendar: DepartureCalendar, assessment: Assessment) -> None:
    a, b = build_calendar_section(calendar, with_hours(assessment)).rows
    assert a[1:] == ("14.0", "19.0", "100", "2 weeks", "1 week", "at any time", "nothing known")
    assert b[1:] == ("13.0 to 14.0", "18.0 to 19.0", "≥ 120 to 125", "1 week", "never", "November", "Samur")


def test_a_week_says_which_option_is_best_and_which_is_closed(calendar: DepartureCalendar) -> None:
    rows = build_week_section(calendar).rows
    assert rows[0] == ("2026-11-01", "A", "14.0 / 19.0", "13.0 / 18.0")
    assert rows[1] == ("2026-11-08", "B", "closed", "13.0 / 18.0")


def test_the_sentences_tell_the_season_the_closure_and_what_is_missing(
    calendar: DepartureCalendar, assessment: Assessment
) -> None:
    text = sentences(calendar, assessment)
    assert "At Samur (option B) the mean queue is 3 to 15 h over the year, longest from June to August" in text
    assert "Taftan: closed since 2026-11-05: strike. It shuts A to trucks that leave on 8 November 2026." in text
    assert "1 other post on these ways: taken to be the same all year" in text
    assert "as known on 31 May 2026" in text
    for missing in ("bans on trucks hang", "timetables of ferries", "spring thaw"):
        assert missing in text


def test_a_truck_that_is_overtaken_is_told_to_wait(calendar: DepartureCalendar, assessment: Assessment) -> None:
    late = replace(calendar, cells=(cell("A", 0, p50_days=30.0, usd=100), *calendar.cells[1:]))
    assert "Better to leave a week later than with A on 1 November 2026" in sentences(late, assessment)


def test_closed_days_are_told_by_date_with_the_worst_week(calendar: DepartureCalendar, assessment: Assessment) -> None:
    festival = ClosedDays("khunjerab", date(2026, 11, 10), date(2026, 11, 12), "festival", ("wire",), "A", "")
    new_year = ClosedDays("khunjerab", date(2026, 12, 31), date(2027, 1, 1), "New Year", ("wire",), "D", "")
    unmet = ClosedDays("khunjerab", date(2027, 5, 1), date(2027, 5, 1), "Labour Day", ("wire",), "D", "")
    lost_h = {("A", 1): {festival.key: 48.0}, ("A", 2): {festival.key: 12.0}, ("B", 2): {new_year.key: 20.0}}
    cells = tuple(
        replace(each, closed_days=lost_h.get((each.label, (each.departure - FIRST).days // 7), {}))
        for each in calendar.cells
    )
    evidence = replace(assessment.evidence, closed_days=(new_year, festival, unmet))
    section = build_closed_days_section(replace(calendar, cells=cells), evidence)
    assert section.rows == (
        ("Khunjerab", "10 to 12 November 2026", "festival", "A", "A", "48", "2026-11-08"),
        ("Khunjerab", "31 December 2026 to 1 January 2027", "New Year", "D", "B", "20", "2026-11-15"),
    )
    assert "The table ends" not in section.text
    changed = with_hours(replace(assessment, evidence=evidence))
    options = build_calendar_section(replace(calendar, cells=cells), changed)
    assert [row[-1] for row in options.rows] == ["Khunjerab", "Samur and Khunjerab"]


def test_the_end_of_the_table_of_closed_days_is_told(calendar: DepartureCalendar, assessment: Assessment) -> None:
    old = ClosedDays("khunjerab", date(2025, 10, 1), date(2025, 10, 6), "National Day", ("wire",), "A", "")
    section = build_closed_days_section(calendar, replace(assessment.evidence, closed_days=(old,)))
    assert section.rows == ()
    assert section.text.endswith("The table ends on 6 October 2025.")


def test_bans_are_told_by_option_with_the_countries_that_have_any(
    calendar: DepartureCalendar, assessment: Assessment
) -> None:
    ban = TruckBan("rus_sunday", "RUS", (7,), 0.0, 22.0, MONTHS, 7.5, 1.0, ("wire",), "A", "")
    cells = tuple(replace(each, ban_h=2.75 if each.label == "B" else 0.0) for each in calendar.cells)
    changed = replace(assessment, evidence=replace(assessment.evidence, truck_bans=(ban,)))
    assert "Bans on trucks take up to 2.8 h on B, as a mean over all days; known of Russia." in sentences(
        replace(calendar, cells=cells), changed
    )
    assert "Bans on trucks" not in sentences(calendar, changed)


def test_months_are_joined_over_the_turn_of_the_year() -> None:
    assert month_spans([1, 11, 12]) == "November to January"
    assert month_spans([3]) == "March"
    assert month_spans(list(range(1, 13))) == "January to December"


def test_the_strip_is_the_same_picture_twice_and_has_a_text_for_those_who_cannot_see_it(
    calendar: DepartureCalendar, assessment: Assessment
) -> None:
    with mpl.rc_context(STYLE):
        first, second = (svg_bytes(build_calendar_strip(calendar, assessment)) for _ in range(2))
    assert first == second
    alt = calendar_strip_alt(calendar)
    assert "A: 14.0 / 19.0; B: 13.0 / 18.0 to 14.0 / 19.0" in alt
    assert "from 2026-11-01 to 2026-11-15" in alt


def test_a_loss_is_told_with_its_sign_and_what_is_unknown(strike: ReplayedEpisode) -> None:
    assert loss_text(strike.at_departure).replace(NBSP, " ") == "+1.1 days, ? +662 USD"
    assert loss_text(strike.on_the_road).replace(NBSP, " ") == "−0.4 days, ≥ −737 USD"
    assert loss_text(Loss(3, 3, None, None, "exact", 0, ())) == "no way left"
    assert loss_text(Loss(3, 1, 1.0, 5.0, "exact", 2, ())).endswith("; 1 of 3 stranded")


def test_a_disruption_names_the_way_it_bars_and_the_ways_taken_instead(
    strike: ReplayedEpisode, assessment: Assessment
) -> None:
    replay = Replay((strike,), (), date(2026, 5, 31))
    (row,), (ways,) = (build(replay, assessment).rows for build in (build_replay_section, build_ways_section))
    assert row[:5] == ("2025-06-15", "2025-06-25", "10", "10", "Taftan")
    assert row[5] == "A: Taftan › Astara"
    assert ways[-2] == "from the start Khunjerab › Torugart (10 of 10); before the post Sarahs (4 of 10), 6 of 10 wait"
    assert ways[-1] == "wire"


def test_a_disruption_without_figures_says_why(strike: ReplayedEpisode, assessment: Assessment) -> None:
    others = (OtherEpisode(strike.episode, "not_on_the_way"), OtherEpisode(strike.episode, "no_hours"))
    section = build_other_section(Replay((), others, date(2026, 5, 31)), assessment)
    assert section.title == "2 disruptions without figures"
    assert [row[3] for row in section.rows] == ["closed: strike"] * 2
    assert len({row[4] for row in section.rows}) == 2


def test_a_post_passed_before_it_was_opened_is_named(strike: ReplayedEpisode, assessment: Assessment) -> None:
    opened = Event("khunjerab", "open", "*", date(2025, 12, 1), None, "day", "open all year", ("press",), "high")
    evidence = replace(assessment.evidence, events=(opened,))
    told = " ".join(replay_sentences(Replay((strike,), (), date(2026, 5, 31)), evidence))
    assert "Khunjerab is passed before 1 December 2025" in told


@pytest.mark.parametrize("as_json", [True, False])
def test_both_are_printed_for_people_and_for_programs(
    calendar: DepartureCalendar,
    strike: ReplayedEpisode,
    assessment: Assessment,
    capsys: pytest.CaptureFixture[str],
    *,
    as_json: bool,
) -> None:
    found = Replay((strike,), (OtherEpisode(strike.episode, "no_hours"),), date(2026, 5, 31))
    printed = {}
    prints: dict[str, Callable[[], None]] = {
        "calendar": lambda: print_calendar(calendar, with_hours(assessment), as_json=as_json),
        "replay": lambda: print_replay(found, assessment, as_json=as_json),
    }
    for name, call in prints.items():
        call()
        printed[name] = capsys.readouterr().out
    if as_json:
        weeks = json.loads(printed["calendar"])["weeks"]
        assert [week["best"] for week in weeks] == ["A", "B", "A"]
        assert weeks[1]["options"]["A"]["shut_posts"][0]["source"] == ["wire"]
        losses = json.loads(printed["replay"])["replayed"][0]
        assert losses["told_at_the_post"]["mean_days_lost"] == -0.42
        assert losses["if_all_wait"]["waiting"] == 10
    else:
        assert NBSP not in printed["calendar"] + printed["replay"]
        assert "2026-11-08  B     closed       13.0 / 18.0" in printed["calendar"]
        assert "Ways taken instead" in printed["replay"]
        assert "1 disruption without figures" in printed["replay"]


def test_what_is_to_be_known_besides_stands_in_notes_behind_the_table(
    calendar: DepartureCalendar, strike: ReplayedEpisode, assessment: Assessment
) -> None:
    weeks = build_calendar_section(calendar, with_hours(assessment))
    assert [weeks.text, *weeks.notes] == calendar_sentences(calendar, with_hours(assessment))
    past = Replay((strike,), (), date(2026, 5, 31), since=date(2023, 5, 1))
    closures = build_replay_section(past, assessment)
    assert closures.text.startswith("A truck on the best option through the post comes there at midday")
    assert "Only what lasted beyond 1 May 2023; corridor replay has all." in closures.notes
